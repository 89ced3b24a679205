/* The outline of where a cost is within a limit, from its values on a grid. */
#ifndef SG_MEASURE_CONTOUR_H
#define SG_MEASURE_CONTOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "model/geometry.h"

/* Points in rows from the south, each from the west. */
struct sg_cost_grid {
    struct sg_point origin; /* the south-western point: lon, lat in degrees */
    double step_x, step_y;  /* degrees */
    size_t columns, rows;
    double spacing_m; /* near enough: how far the points are from each other */
};

/* Marching squares (Lorensen & Cline 1987, in the plane): the line where the costs, taken as straight between
   neighbours, pass the limit; half way to a neighbour that no way leads to. Beyond the grid nothing is
   within. Rings are closed, outer ones to the left, each followed by its holes. A grid without any cost
   within gives a shape without polygons. False when out of memory. Release with sg_shape_release(). */
bool sg_contour(const struct sg_cost_grid *grid, const double *costs, double limit,
                struct sg_shape *ret_shape);

#endif
