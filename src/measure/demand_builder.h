/* From places as read to the demand points of every area. */
#ifndef SG_MEASURE_DEMAND_BUILDER_H
#define SG_MEASURE_DEMAND_BUILDER_H

#include "core/context.h"
#include "measure/locate.h"
#include "model/area.h"
#include "model/demand.h"

/* Gives every area its demand points: those of the demand layer in it (source may be NULL: none was read;
   polygons are spread over a grid of at least grid_points), else a grid in the area itself. An area's own
   population and need, where known, set its totals, and the points say where in it the people are. Release
   the result with sg_demand_release(). */
enum sg_status sg_demand_build(struct sg_context *context, const struct sg_area_layer *layer,
                               const struct sg_locator *locator, const struct sg_demand_layer *source,
                               size_t grid_points, struct sg_demand *ret_demand);

#endif
