/* The areas themselves: fills, hatches, borders. */
#ifndef SG_DRAW_CHOROPLETH_H
#define SG_DRAW_CHOROPLETH_H

#include <cairo.h>

#include "draw/border_arcs.h"
#include "draw/drawing.h"

/* Adds the rings of an area to the current path. */
void sg_area_path(cairo_t *cairo, const struct sg_topology *topology, uint32_t area);

/* Does any of the area lie between two heights on the page? */
bool sg_area_reaches(const struct sg_topology *topology, uint32_t area, double from, double to);

void sg_draw_area_fills(struct sg_drawing *drawing);

/* White hairlines between areas, a heavier line around them all, regions as outlines. Hairlines thin out and
   go where the areas are too small for them. */
void sg_draw_area_borders(struct sg_drawing *drawing);
void sg_draw_region_outlines(struct sg_drawing *drawing);

#endif
