#include "measure/region_shares.h"

#include <math.h>

#include "core/alloc.h"
#include "measure/partition_parts.h"
#include "model/shape_geos.h"

static bool boxes_meet(const struct sg_box *a, const struct sg_box *b) {
    return a->min_x < b->max_x && b->min_x < a->max_x && a->min_y < b->max_y && b->min_y < a->max_y;
}

/* Square kilometres that the shapes have in common; NaN when out of memory. */
static double common_km2(const struct sg_partition_worker *worker, const GEOSGeometry *region,
                         const struct sg_shape *area) {
    bool no_memory = false;
    GEOSGeometry *own = sg_shape_to_geos(worker->geos, area, &no_memory);
    GEOSGeometry *common = own == NULL ? NULL : GEOSIntersection_r(worker->geos, region, own);
    struct sg_shape shape;
    double km2 = NAN;
    if (common != NULL && sg_shape_from_geos(worker->geos, common, &shape)) {
        km2 = shape.polygon_count > 0 ? sg_partition_take_km2(worker, &shape) : 0;
        sg_shape_release(&shape);
    }
    GEOSGeom_destroy_r(worker->geos, common);
    GEOSGeom_destroy_r(worker->geos, own);
    return km2;
}

/* The region's share of every area, into a row of area_count numbers. */
static bool share_region(const struct sg_partition_worker *worker, const struct sg_region *region,
                         double *shares) {
    const struct sg_area_layer *layer = worker->layer;
    struct sg_box box = sg_shape_envelope(&region->shape);
    bool done = true, no_memory = false;
    GEOSGeometry *geometry = sg_shape_to_geos(worker->geos, &region->shape, &no_memory);
    done = geometry != NULL;
    for (size_t a = 0; done && a < layer->area_count; a++) {
        const struct sg_area *area = &layer->areas[a];
        if (area->shape.polygon_count == 0 || !(area->area_km2 > 0) || !boxes_meet(&box, &area->box))
            continue;
        double share = common_km2(worker, geometry, &area->shape) / area->area_km2;
        done = !isnan(share);
        shares[a] = share < SG_LEAST_SHARE ? 0 : fmin(share, 1);
    }
    GEOSGeom_destroy_r(worker->geos, geometry);
    return done;
}

static bool keep_shares(struct sg_region *region, const double *shares, size_t area_count) {
    uint32_t count = 0;
    for (size_t a = 0; a < area_count; a++)
        count += shares[a] > 0;
    region->areas = sg_alloc(count, sizeof *region->areas);
    region->shares = sg_alloc(count, sizeof *region->shares);
    if (region->areas == NULL || region->shares == NULL)
        return false;
    for (size_t a = 0; a < area_count; a++) {
        if (!(shares[a] > 0))
            continue;
        region->areas[region->area_count] = (uint32_t)a;
        region->shares[region->area_count++] = shares[a];
    }
    return true;
}

static bool scale_shares(struct sg_area_layer *layer) {
    double *sums = sg_alloc(layer->area_count, sizeof *sums);
    if (sums == NULL)
        return false;
    for (size_t r = 0; r < layer->region_count; r++) {
        const struct sg_region *region = &layer->regions[r];
        for (uint32_t i = 0; i < region->area_count; i++)
            sums[region->areas[i]] += region->shares[i];
    }
    for (size_t r = 0; r < layer->region_count; r++) {
        const struct sg_region *region = &layer->regions[r];
        for (uint32_t i = 0; i < region->area_count; i++) {
            double sum = sums[region->areas[i]];
            if (sum >= SG_LEAST_COVERED && sum <= SG_MOST_COVERED)
                region->shares[i] = region->shares[i] == sum ? 1 : region->shares[i] / sum;
        }
    }
    sg_free(sums);
    return true;
}

enum sg_status sg_regions_share(struct sg_context *context, struct sg_area_layer *layer) {
    struct sg_transformation *to_lon_lat = NULL;
    enum sg_status status = sg_transformation_new(context, layer->crs, layer->geographic, &to_lon_lat);
    if (status != SG_OK)
        return status;
    struct sg_partition_worker worker;
    bool done = sg_partition_worker_init(&worker, layer, to_lon_lat);
    double *shares = sg_alloc(layer->area_count, sizeof *shares);
    done = done && shares != NULL;
    for (size_t r = 0; done && r < layer->region_count && !sg_context_interrupted(context); r++) {
        struct sg_region *region = &layer->regions[r];
        if (region->shape.polygon_count == 0)
            continue;
        for (size_t a = 0; a < layer->area_count; a++)
            shares[a] = 0;
        done = share_region(&worker, region, shares) && keep_shares(region, shares, layer->area_count);
    }
    done = done && scale_shares(layer);
    sg_free(shares);
    sg_partition_worker_release(&worker);
    sg_transformation_free(to_lon_lat);
    if (sg_context_interrupted(context))
        return sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while areas were given to regions");
    return done ? SG_OK : sg_fail_memory(context);
}

void sg_regions_leftover(const struct sg_area_layer *layer, double *leftover) {
    for (size_t a = 0; a < layer->area_count; a++)
        leftover[a] = 1;
    for (size_t r = 0; r < layer->region_count; r++) {
        const struct sg_region *region = &layer->regions[r];
        for (uint32_t i = 0; i < region->area_count; i++)
            leftover[region->areas[i]] -= region->shares[i];
    }
    for (size_t a = 0; a < layer->area_count; a++) {
        if (leftover[a] < 1e-9)
            leftover[a] = 0;
    }
}
