/* The key of numbered areas in the legend. */
#ifndef SG_DRAW_LEGEND_KEY_H
#define SG_DRAW_LEGEND_KEY_H

#include "draw/legend.h"

/* The width that so many columns of key need side by side. */
double sg_legend_key_width(const struct sg_drawing *drawing, int columns);

/* Cuts the room that the legend has left into columns for the key. */
void sg_legend_key_plan(struct sg_drawing *drawing, struct sg_legend *legend);

/* Takes the next row of the key for an area, if there is room for its name; its number is the key's count
   afterwards. SG_NO_MEMORY is told by the boxes. */
bool sg_legend_key_add(struct sg_drawing *drawing, struct sg_legend *legend, uint32_t area);

void sg_legend_key_draw(struct sg_drawing *drawing, const struct sg_legend *legend);

#endif
