/* A transformation as a grid of exact values and quadratics between them: for drawing millions of points,
   where a thousandth of a point on the page is nothing. Never for measuring. */
#ifndef SG_DRAW_PROJECTION_GRID_H
#define SG_DRAW_PROJECTION_GRID_H

#include "model/crs.h"

struct sg_projection_grid;

/* A grid over the box. NULL when the transformation is not smooth enough there for 1e-6 of the result's
   extent (or out of memory): transform exactly then. Free with sg_projection_grid_free(). */
struct sg_projection_grid *sg_projection_grid_new(struct sg_transformation *transformation,
                                                  const struct sg_box *box);
void sg_projection_grid_free(struct sg_projection_grid *grid);

/* Transforms points of the box in place. May be called from several threads. */
void sg_projection_grid_apply(const struct sg_projection_grid *grid, struct sg_point *points, size_t count);

#endif
