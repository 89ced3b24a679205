/* How far is it from a point to the nearest border of an area? */
#ifndef SG_MEASURE_BORDER_DISTANCE_H
#define SG_MEASURE_BORDER_DISTANCE_H

#include "core/context.h"
#include "model/area.h"

struct sg_borders;

/* An index over the outlines of all areas of the layer (borrowed only during the call). Free with
   sg_borders_free(). Searches may run in several threads at once. */
enum sg_status sg_borders_new(struct sg_context *context, const struct sg_area_layer *layer,
                              struct sg_borders **ret_borders);
void sg_borders_free(struct sg_borders *borders);

/* Geodesic metres from a point in the layer's geographic CRS to the nearest outline, to better than 5 mm;
   *ret_area (may be NULL) is whose it is, one of the two where areas share it. Infinity when none is as near
   as within_m. */
double sg_borders_nearest(const struct sg_borders *borders, struct sg_point lon_lat_deg, double within_m,
                          uint32_t *ret_area);

#endif
