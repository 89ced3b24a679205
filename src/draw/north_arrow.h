/* The north arrow, where north is not up. */
#ifndef SG_DRAW_NORTH_ARROW_H
#define SG_DRAW_NORTH_ARROW_H

#include "draw/drawing.h"

/* Draws a small arrow to true north (at the middle of the map) in a free corner, top right for choice;
   nothing when north is up within a degree. */
void sg_draw_north_arrow(struct sg_drawing *drawing);

#endif
