/* Shapes to GEOS and back. */
#ifndef SG_MODEL_SHAPE_GEOS_H
#define SG_MODEL_SHAPE_GEOS_H

#include <geos_c.h>

#include "model/geometry.h"

/* A polygon, or a multipolygon where there is not just one. NULL when a ring is no ring, or when out of
   memory (then *ret_no_memory is set). Destroy with GEOSGeom_destroy_r(). */
GEOSGeometry *sg_shape_to_geos(GEOSContextHandle_t geos, const struct sg_shape *shape, bool *ret_no_memory);

/* The polygons in a geometry of any kind; its points and lines are dropped. False when out of memory. Release
   with sg_shape_release(). */
bool sg_shape_from_geos(GEOSContextHandle_t geos, const GEOSGeometry *geometry, struct sg_shape *ret_shape);

#endif
