/* A quick proof that a polygon is valid, for the many that plainly are. */
#ifndef SG_MODEL_SIMPLE_SHAPE_H
#define SG_MODEL_SIMPLE_SHAPE_H

#include "model/geometry.h"

/* True when the shape is valid beyond doubt (OGC 06-103r4, 6.1.11.1): no two edges of its rings touch but at
   the corner that neighbours share, holes lie in their outer ring, polygons lie apart. False when it is not,
   or when only a closer look can tell (rings that touch, repeated points, many rings, no memory): ask GEOS
   then. Decided with exact arithmetic, in O(n log n) for outlines as they are drawn. */
bool sg_shape_is_surely_valid(const struct sg_shape *shape);

#endif
