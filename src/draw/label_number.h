/* Places for the numbers of areas that have no room for their names. */
#ifndef SG_DRAW_LABEL_NUMBER_H
#define SG_DRAW_LABEL_NUMBER_H

#include "draw/label_place.h"

/* Looks for room about the middle of the area that is loaded, for a number of as many digits as the given
   one, which is the highest that it can have: in the full size, then smaller. */
void sg_label_try_number(struct sg_labelling *work, struct sg_label *label, size_t number);

/* The same for areas that had none, in the least size: anywhere in the area, or reaching a little out of it;
   at last where a number that stands near can move aside. None is looked for where there are more numbers
   than a key can list. */
void sg_label_try_last_number(struct sg_labelling *work, struct sg_label *label, size_t number);

#endif
