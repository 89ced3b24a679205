/* What the parts of the partition check share; private to it. */
#ifndef SG_MEASURE_PARTITION_PARTS_H
#define SG_MEASURE_PARTITION_PARTS_H

#include <geos_c.h>

#include "measure/partition_check.h"
#include "model/geodesic.h"

/* What one thread works with. */
struct sg_partition_worker {
    const struct sg_area_layer *layer;
    GEOSContextHandle_t geos;
    struct sg_transformation *to_lon_lat;
    struct sg_ellipsoid ellipsoid;
};

/* False when out of memory. Release after either. */
bool sg_partition_worker_init(struct sg_partition_worker *worker, const struct sg_area_layer *layer,
                              const struct sg_transformation *to_lon_lat);
void sg_partition_worker_release(struct sg_partition_worker *worker);

/* Geodesic area of a shape in the CRS of the layer, whose points become longitudes and latitudes. */
double sg_partition_take_km2(const struct sg_partition_worker *worker, struct sg_shape *shape);

/* A point inside, in the CRS of the layer; NaN when GEOS finds none. */
struct sg_point sg_partition_point_in(const struct sg_partition_worker *worker, const GEOSGeometry *geometry);

/* Fill the partition's overlaps, and its gaps. to_lon_lat: from the CRS of the layer. */
enum sg_status sg_partition_find_overlaps(struct sg_context *context, const struct sg_area_layer *layer,
                                          const struct sg_transformation *to_lon_lat,
                                          struct sg_partition *partition);
enum sg_status sg_partition_find_gaps(struct sg_context *context, const struct sg_area_layer *layer,
                                      const struct sg_transformation *to_lon_lat,
                                      struct sg_partition *partition);

/* Adds what areas surround but for an opening below SG_HAIRLINE_M to the gaps (count of them, room for
   capacity). whole: all areas united. False when out of memory. */
bool sg_partition_add_pockets(const struct sg_partition_worker *worker, const struct sg_shape *whole,
                              struct sg_gap **gaps, size_t *capacity, size_t *count);

#endif
