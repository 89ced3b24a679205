#include "measure/shifted_supply.h"

#include <math.h>

#include "core/alloc.h"
#include "measure/reach.h"

struct shifting {
    const struct sg_reach *reach;
    const struct sg_measures *measures;
    bool is_share;        /* within_pct; else reach */
    const double *limits; /* of each factor */
    size_t count;
    double **rows;
};

/* Adds a point's offers to the sums of the thresholds that hold them. False when out of memory. */
static bool add_point(const struct shifting *shifting, struct sg_reach_area *points, size_t i, double weight,
                      double *sums) {
    size_t offer_count;
    const struct sg_offer *offers = sg_reach_offers(points, i, 0, &offer_count);
    if (offers == NULL)
        return false;
    double own[SG_MOST_SHIFTS] = {0}; /* what comes within reach at each threshold, not before */
    size_t nearest = shifting->count;
    for (size_t o = 0; o < offer_count; o++) {
        size_t k = 0;
        while (k + 1 < shifting->count && offers[o].cost > shifting->limits[k])
            k++; /* the longest threshold is the one that was asked for */
        own[k] += offers[o].weight;
        nearest = offers[o].services > 0 && k < nearest ? k : nearest;
    }
    double reached = 0;
    for (size_t k = 0; k < shifting->count; k++) {
        reached += own[k];
        sums[k] += weight * (shifting->is_share ? (k >= nearest ? 100 : 0) : reached);
    }
    return true;
}

static bool measure_area(const struct shifting *shifting, size_t area, struct sg_reach_area *points) {
    const struct sg_reach *reach = shifting->reach;
    if (!sg_reach_area_open(reach, area, points))
        return false;
    for (size_t type = 0; type < reach->type_count; type++) {
        double sums[SG_MOST_SHIFTS] = {0}, total = 0;
        sg_reach_area_type(points, type);
        for (size_t i = 0; i < points->count; i++) {
            double weight = reach->demand->points[points->first + i].weight;
            total += weight;
            if (weight > 0 && !add_point(shifting, points, i, weight, sums))
                return false;
        }
        if (!(total > 0) || sg_area_hides_people(shifting->measures->states[area]))
            continue;
        for (size_t k = 0; k < shifting->count; k++)
            shifting->rows[k][type * shifting->measures->area_count + area] = sums[k] / total;
    }
    return true;
}

static enum sg_status measure_areas(struct sg_context *context, const struct shifting *shifting) {
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads(context))
    {
        struct sg_reach_area points = {0};
#pragma omp for schedule(dynamic, 1)
        for (size_t area = 0; area < shifting->measures->area_count; area++) {
            if (!sg_context_interrupted(context) && !measure_area(shifting, area, &points)) {
#pragma omp atomic write
                failed = true;
            }
        }
        sg_reach_area_close(&points);
    }
    if (sg_context_interrupted(context))
        return sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while measuring");
    return failed ? sg_fail_memory(context) : SG_OK;
}

enum sg_status sg_shifted_supply_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                         const struct sg_inventory *inventory, const struct sg_demand *demand,
                                         const struct sg_travel *travel, const struct sg_measures *measures,
                                         enum sg_measure measure, const double *factors, size_t factor_count,
                                         double **ret_rows, size_t *ret_count) {
    double radius_m, flattening, limits[SG_MOST_SHIFTS];
    size_t cells = (measures->type_count + 1) * measures->area_count, count = 0;
    for (size_t k = 0; k < factor_count && k < SG_MOST_SHIFTS; k++) {
        double limit = factors[k] * measures->thresholds_m[0];
        if (travel != NULL && limit > travel->limit * (1 + 1e-9))
            break;
        /* distances of offers are good to 0.05 mm; costs are sums that round */
        limits[count++] = travel == NULL ? limit + 1e-4 : limit * (1 + 1e-9);
    }
    *ret_count = count;
    if (count == 0)
        return SG_OK;
    sg_crs_ellipsoid(layer->geographic, &radius_m, &flattening);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    double longest = factors[count - 1] * measures->thresholds_m[0];
    struct sg_reach reach;
    enum sg_status status = sg_reach_new(context, &ellipsoid, inventory, demand, travel, &longest, 1, &reach);
    if (status != SG_OK)
        return status;
    for (size_t k = 0; status == SG_OK && k < count; k++) {
        ret_rows[k] = sg_alloc(cells, sizeof *ret_rows[k]);
        if (ret_rows[k] == NULL)
            status = sg_fail_memory(context);
        for (size_t i = 0; status == SG_OK && i < cells; i++)
            ret_rows[k][i] = NAN;
    }
    struct shifting shifting = {&reach, measures, measure == SG_MEASURE_WITHIN, limits, count, ret_rows};
    if (status == SG_OK)
        status = measure_areas(context, &shifting);
    sg_reach_release(&reach);
    return status;
}
