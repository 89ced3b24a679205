/* Free corners of the map frame, for what stands on the map but must cover no area. */
#ifndef SG_DRAW_CORNER_H
#define SG_DRAW_CORNER_H

#include "draw/drawing.h"

enum sg_corner { SG_CORNER_BOTTOM_LEFT, SG_CORNER_BOTTOM_RIGHT, SG_CORNER_TOP_LEFT, SG_CORNER_TOP_RIGHT };

/* The first of the corners where the box lies free of areas and of what is already placed; moving along
   the frame's edges where the corner itself is taken. False when there is no such place. */
bool sg_find_corner(const struct sg_drawing *drawing, const enum sg_corner *corners, int count, double width,
                    double height, double *ret_x, double *ret_y);

#endif
