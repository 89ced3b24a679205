/* Validity of polygons, their repair and their union (GEOS). */
#ifndef SG_READ_SHAPE_REPAIR_H
#define SG_READ_SHAPE_REPAIR_H

#include "core/context.h"
#include "model/geometry.h"

/* Checks each of the shapes and repairs the invalid ones in place (GEOS make valid, structure method: areas
   are kept, lines and points that result are dropped). Runs on all threads. *ret_repairs (in the order of
   the shapes) belongs to the caller (sg_free). */
enum sg_status sg_shapes_repair(struct sg_context *context, struct sg_shape *const *shapes, size_t count,
                                struct sg_repair **ret_repairs, size_t *ret_repair_count);

/* The union of shapes, borders between them gone. False when out of memory (or GEOS gives up). */
bool sg_shapes_dissolve(const struct sg_shape *const *shapes, size_t count, struct sg_shape *ret_shape);

#endif
