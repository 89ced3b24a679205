/* What lies under and over the areas: water and land, streets, sites. */
#ifndef SG_DRAW_OVERLAY_H
#define SG_DRAW_OVERLAY_H

#include "draw/drawing.h"

/* Flat neighbouring land and water under the areas, clipped to the frame. */
void sg_draw_context_shapes(struct sg_drawing *drawing);

/* Finds which classes of lines there are, for the legend. */
void sg_count_lines(struct sg_drawing *drawing);

/* Streets and other lines by class, quiet, over the areas and under what is said of them. */
void sg_draw_lines(struct sg_drawing *drawing);

/* Site symbols by type; those that would overlap become one. Counts what the legend lists. Called twice:
   first to count and reserve their boxes, then (is_dry false) to draw. */
enum sg_status sg_place_sites(struct sg_drawing *drawing);
void sg_draw_sites(struct sg_drawing *drawing);

/* Does any line that is drawn run through the rectangle? */
bool sg_lines_meet(const struct sg_drawing *drawing, const struct sg_rectangle *rectangle);

/* The colour of what lies under a place off the areas: water, land or paper. */
struct sg_colour sg_ground_at(const struct sg_drawing *drawing, struct sg_point point);

#endif
