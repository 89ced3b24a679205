/* Where in its surroundings the mapped place lies. */
#ifndef SG_DRAW_LOCATOR_H
#define SG_DRAW_LOCATOR_H

#include "draw/drawing.h"

/* Draws the land and water around the areas small, the areas dark among them, in a free corner of the frame:
   where that ground reaches so far beyond the frame that the map itself cannot show it, and a corner is free
   of all else. */
void sg_draw_locator(struct sg_drawing *drawing);

#endif
