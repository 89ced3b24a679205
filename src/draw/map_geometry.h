/* The map's shapes, lines and sites brought to the page. */
#ifndef SG_DRAW_MAP_GEOMETRY_H
#define SG_DRAW_MAP_GEOMETRY_H

#include "draw/drawing.h"

/* Transforms everything to the display CRS and cuts the areas into arcs. SG_DRAWING when no area can be
   drawn; areas that cannot are warned of. */
enum sg_status sg_map_geometry_load(struct sg_drawing *drawing);

/* Fits the map into a frame, leaving foot_pt free at its foot, and moves everything onto the page. */
enum sg_status sg_map_geometry_place(struct sg_drawing *drawing, const struct sg_rectangle *rectangle);

/* Makes room at the foot of the frame after all, for a scale bar that found no corner or for the key; the map
   becomes smaller only where moving it up is not enough. */
enum sg_status sg_map_geometry_raise(struct sg_drawing *drawing, double foot_pt);

/* Makes the map smaller or larger where it stands: its top and its middle across stay. */
enum sg_status sg_map_geometry_scale(struct sg_drawing *drawing, double factor);

void sg_map_geometry_release(struct sg_drawing *drawing);

/* The height in points that the areas take on the page. */
double sg_map_geometry_height(const struct sg_drawing *drawing);

#endif
