#include "measure/area_size.h"

#include "model/geodesic.h"

enum sg_status sg_areas_measure(struct sg_context *context, struct sg_area_layer *layer) {
    double radius_m, flattening;
    sg_crs_ellipsoid(layer->geographic, &radius_m, &flattening);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    struct sg_transformation *first;
    enum sg_status status = sg_transformation_new(context, layer->crs, layer->geographic, &first);
    if (status != SG_OK)
        return status;
    size_t point_count = 0;
    for (size_t i = 0; i < layer->area_count; i++)
        point_count += sg_shape_point_count(&layer->areas[i].shape);
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads_for(context, point_count))
    {
        struct sg_transformation *own = sg_transformation_copy(first);
        /* every thread must come to the loop: its end waits for all */
#pragma omp for schedule(dynamic, 8)
        for (size_t i = 0; i < layer->area_count; i++) {
            struct sg_area *area = &layer->areas[i];
            if (area->shape.polygon_count == 0)
                continue;
            struct sg_shape shape = area->shape;
            struct sg_shape copy = {0};
            if (own == NULL || (!sg_transformation_is_identity(own) && !sg_shape_copy(&area->shape, &copy))) {
#pragma omp atomic write
                failed = true;
                continue;
            }
            if (!sg_transformation_is_identity(own)) {
                sg_transform_points(own, copy.points, sg_shape_point_count(&copy));
                shape = copy;
            }
            area->area_km2 = sg_geodesic_area(&ellipsoid, &shape) / 1e6;
            sg_shape_release(&copy);
        }
        sg_transformation_free(own);
    }
    sg_transformation_free(first);
    return failed ? sg_fail_memory(context) : SG_OK;
}
