/* The areas of an inset as their labels see them. */
#ifndef SG_DRAW_INSET_LABELS_H
#define SG_DRAW_INSET_LABELS_H

#include "draw/drawing.h"

/* A drawing of the enlarged areas, in which nothing may be written outside the inset. It borrows all from the
   page's but its points and boxes. False when out of memory. Release with sg_inset_part_release(), also after
   a failure. */
bool sg_inset_part_init(const struct sg_drawing *drawing, struct sg_drawing *ret_part);
void sg_inset_part_release(struct sg_drawing *part);

/* Does the box of an area on the page lie in the inset's window? False without an inset. */
bool sg_inset_shows(const struct sg_drawing *drawing, const struct sg_box *box);

#endif
