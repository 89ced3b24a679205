/* Small multiples: a map for each panel, all on one scale with one legend. */
#ifndef SG_DRAW_MULTIPLES_H
#define SG_DRAW_MULTIPLES_H

#include "draw/kind_drawing.h"

/* Chooses the grid that makes the maps largest and fits the map into the first panel; the others are the same
   moved. SG_DRAWING when the frame is too small. */
enum sg_status sg_place_panels(struct sg_drawing *drawing, const struct sg_rectangle *frame);

/* Draws every panel: its title, and what draw draws of it. */
enum sg_status sg_draw_panels(struct sg_drawing *drawing, enum sg_status (*draw)(struct sg_drawing *drawing));

sg_kind_describe_fn sg_multiples_describe;

#endif
