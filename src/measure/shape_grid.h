/* A deterministic grid of points inside a polygon, over which its people are spread evenly. */
#ifndef SG_MEASURE_SHAPE_GRID_H
#define SG_MEASURE_SHAPE_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "model/geometry.h"

enum { SG_GRID_LEAST = 100, SG_GRID_MOST = 10000 };

/* The area of a shape in square units in which a grid of equal ground spacing is square: for lon/lat the
   longitudes are shortened by the cosine of the middle latitude. */
double sg_grid_area(const struct sg_shape *shape, bool is_geographic);

/* Points inside the shape on a grid of the given spacing (in units of sg_grid_area's root), narrowed or
   widened until there are at least `least` and at most SG_GRID_MOST. Points are in rows from south to
   north, west to east in each. *ret_points belongs to the caller (sg_free); *ret_count is 0 when the
   shape is too thin to hold any. False when out of memory. */
bool sg_grid_in_shape(const struct sg_shape *shape, bool is_geographic, double spacing, size_t least,
                      struct sg_point **ret_points, size_t *ret_count);

#endif
