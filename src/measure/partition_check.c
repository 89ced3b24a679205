#include "measure/partition_check.h"

#include <math.h>

#include "core/alloc.h"
#include "measure/partition_parts.h"
#include "model/shape_geos.h"

bool sg_partition_worker_init(struct sg_partition_worker *worker, const struct sg_area_layer *layer,
                              const struct sg_transformation *to_lon_lat) {
    double radius_m, flattening;
    sg_crs_ellipsoid(layer->geographic, &radius_m, &flattening);
    *worker = (struct sg_partition_worker){.layer = layer,
                                           .geos = GEOS_init_r(),
                                           .to_lon_lat = sg_transformation_copy(to_lon_lat),
                                           .ellipsoid = sg_ellipsoid_new(radius_m, flattening)};
    return worker->geos != NULL && worker->to_lon_lat != NULL;
}

void sg_partition_worker_release(struct sg_partition_worker *worker) {
    if (worker->geos != NULL)
        GEOS_finish_r(worker->geos);
    sg_transformation_free(worker->to_lon_lat);
}

double sg_partition_take_km2(const struct sg_partition_worker *worker, struct sg_shape *shape) {
    sg_transform_points(worker->to_lon_lat, shape->points, sg_shape_point_count(shape));
    return sg_geodesic_area(&worker->ellipsoid, shape) / 1e6;
}

struct sg_point sg_partition_point_in(const struct sg_partition_worker *worker,
                                      const GEOSGeometry *geometry) {
    struct sg_point point = {NAN, NAN};
    GEOSGeometry *inside = GEOSPointOnSurface_r(worker->geos, geometry);
    if (inside != NULL
        && (GEOSGeomGetX_r(worker->geos, inside, &point.x) != 1
            || GEOSGeomGetY_r(worker->geos, inside, &point.y) != 1))
        point = (struct sg_point){NAN, NAN};
    GEOSGeom_destroy_r(worker->geos, inside);
    return point;
}

enum sg_status sg_partition_check(struct sg_context *context, const struct sg_area_layer *layer,
                                  struct sg_partition *ret_partition) {
    struct sg_partition partition = {0};
    struct sg_transformation *to_lon_lat = NULL;
    enum sg_status status = sg_transformation_new(context, layer->crs, layer->geographic, &to_lon_lat);
    if (status == SG_OK)
        status = sg_partition_find_overlaps(context, layer, to_lon_lat, &partition);
    if (status == SG_OK && sg_context_interrupted(context))
        status = sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while the areas were compared");
    if (status == SG_OK)
        status = sg_partition_find_gaps(context, layer, to_lon_lat, &partition);
    sg_transformation_free(to_lon_lat);
    if (status != SG_OK) {
        sg_partition_release(&partition);
        return status;
    }
    *ret_partition = partition;
    return SG_OK;
}

void sg_partition_release(struct sg_partition *partition) {
    sg_free(partition->overlaps);
    sg_free(partition->gaps);
    *partition = (struct sg_partition){0};
}
