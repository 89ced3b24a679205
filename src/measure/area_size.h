/* How large is an area? */
#ifndef SG_MEASURE_AREA_SIZE_H
#define SG_MEASURE_AREA_SIZE_H

#include "core/context.h"
#include "model/area.h"

/* Gives each area its area_km2 on the ellipsoid of the layer's CRS: the outline's vertices in lon/lat, joined
   by geodesics. NaN stays where there is no geometry. */
enum sg_status sg_areas_measure(struct sg_context *context, struct sg_area_layer *layer);

#endif
