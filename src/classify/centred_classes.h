/* Classes on both sides of a value that means something: the city's rate, a target, one. */
#ifndef SG_CLASSIFY_CENTRED_CLASSES_H
#define SG_CLASSIFY_CENTRED_CLASSES_H

#include "classify/breaks.h"

/* Classes the values below the centre and those from it on apart, each by the request's method into half of
   its classes (rounded down, at least one), and parts them at the centre, so that a diverging scheme can turn
   there. Where one side has no values its class is kept, empty: colours keep their meaning. Custom breaks are
   not for it (SG_USAGE): they say where the classes are. No values at all gives class_count 0. */
enum sg_status sg_classify_about(struct sg_context *context, const double *values, size_t count,
                                 double centre, const struct sg_break_request *request,
                                 struct sg_classification *ret_classification);

#endif
