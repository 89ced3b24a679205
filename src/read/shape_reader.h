/* OGR geometries to plain shapes, lines and points. */
#ifndef SG_READ_SHAPE_READER_H
#define SG_READ_SHAPE_READER_H

#include <ogr_api.h>
#include <stdbool.h>

#include "core/context.h"
#include "model/geometry.h"

enum sg_shape_fault {
    SG_SHAPE_READ,
    SG_SHAPE_EMPTY,      /* null or empty */
    SG_SHAPE_WRONG_TYPE, /* not polygons */
    SG_SHAPE_NOT_FINITE, /* a coordinate is NaN or infinite */
    SG_SHAPE_NO_MEMORY
};

/* A (multi)polygon, curves made straight; open rings are closed, rings of fewer than four points left out.
   geometry may be NULL. Release *ret_shape with sg_shape_release() after SG_SHAPE_READ. */
enum sg_shape_fault sg_shape_read(OGRGeometryH geometry, struct sg_shape *ret_shape);

/* Adds the points of a Point or MultiPoint, or one point on the surface or line of any other geometry
   (*ret_is_surface says so), to an array grown with sg_reserve(). False when out of memory. */
bool sg_points_read(OGRGeometryH geometry, struct sg_point **points, size_t *count, size_t *capacity,
                    bool *ret_is_surface);

/* Adds the lines of a (multi)line or the rings of polygons. False when out of memory. */
bool sg_lines_read(OGRGeometryH geometry, struct sg_line **lines, size_t *count, size_t *capacity);

#endif
