/* Names outside the areas: lakes, neighbouring municipalities, main roads where they leave the city. */
#ifndef SG_DRAW_PLACE_NAME_H
#define SG_DRAW_PLACE_NAME_H

#include "draw/drawing.h"

/* Writes the names of the largest context shapes where there is most room for them. */
void sg_draw_place_names(struct sg_drawing *drawing);

/* Writes a few main roads' names along straight stretches of them outside the areas. */
void sg_draw_street_names(struct sg_drawing *drawing);

#endif
