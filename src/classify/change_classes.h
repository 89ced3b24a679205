/* Classes of change: symmetric about a class of no change. */
#ifndef SG_CLASSIFY_CHANGE_CLASSES_H
#define SG_CLASSIFY_CHANGE_CLASSES_H

#include "classify/breaks.h"

/* Classes for values of both signs. The sizes of the changes are classed by the request's method, half of the
   class count (rounded down, at least one) on each side; a size falls in the same class whichever its sign.
   The class in the middle holds no change: values of exactly 0, or with custom breaks (sizes, ascending,
   above 0) those smaller than the first. A value on a custom break belongs to the class farther from 0. The
   middle label break is 0 where only 0 is no change. There is no zero class beside. Values NaN are missing;
   SG_USAGE for breaks that are not above 0. */
enum sg_status sg_classify_change(struct sg_context *context, const double *values, size_t count,
                                  const struct sg_break_request *request,
                                  struct sg_classification *ret_classification);

#endif
