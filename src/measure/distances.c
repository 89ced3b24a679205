#include "measure/distances.h"

#include <math.h>
#include <omp.h>

#include "core/alloc.h"
#include "core/weighted.h"

struct work {
    const struct sg_reach *reach;
    struct sg_measures *measures;
    struct sg_point_results *results;
};

/* A weighted mean, taken about its first value: the mean of equal values is that value, to the last bit. */
struct mean {
    double first, sum, total;
};

static void add_to_mean(struct mean *mean, double value, double weight) {
    if (mean->total == 0)
        mean->first = value;
    mean->sum += weight * (value - mean->first);
    mean->total += weight;
}

static double mean_of(const struct mean *mean) {
    return mean->first + mean->sum / mean->total;
}

static void set(double *row, size_t area, double value) {
    if (row != NULL)
        row[area] = value;
}

/* Nearest distances of one area's points for one type; pairs is scratch for twice as many points. Points that
   reach none are left out of the mean and the percentile, and their share is told. */
static void measure_nearest(const struct work *work, const struct sg_reach_area *points, size_t area,
                            struct sg_weighted *pairs) {
    const struct sg_demand *demand = work->reach->demand;
    size_t type = points->type;
    double *distances = work->results->distances_m + type * demand->point_count + points->first;
    struct mean reached = {0};
    double total = 0;
    size_t count = 0;
    for (size_t i = 0; i < points->count; i++) {
        double weight = demand->points[points->first + i].weight;
        distances[i] = work->reach->offers[type] ? sg_reach_nearest(points, i) : INFINITY;
        total += weight;
        if (!isfinite(distances[i]))
            continue;
        pairs[count++] = (struct sg_weighted){distances[i], weight};
        add_to_mean(&reached, distances[i], weight);
    }
    if (!(total > 0) || sg_area_hides_people(work->measures->states[area]))
        return;
    /* a type that is nowhere is no matter of paths */
    set(sg_measures_row(work->measures, SG_MEASURE_UNREACHED, type, 0), area,
        work->reach->offers[type] && count < points->count ? 100 * ((total - reached.total) / total) : 0);
    if (!(reached.total > 0))
        return;
    set(sg_measures_row(work->measures, SG_MEASURE_NEAREST, type, 0), area, mean_of(&reached));
    double *p90 = sg_measures_row(work->measures, SG_MEASURE_NEAREST_P90, type, 0);
    if (p90 == NULL)
        return;
    sg_weighted_sort(pairs, count, pairs + points->count);
    p90[area] = sg_weighted_quantile(pairs, count, reached.total, 0.9);
}

/* What is within one threshold of one area's points, for one type. */
static void measure_within(const struct work *work, const struct sg_reach_area *points, size_t area,
                           size_t threshold) {
    const struct sg_demand *demand = work->reach->demand;
    size_t type = points->type;
    struct mean reach = {0};
    double total = 0, once = 0, twice = 0, population = 0, uncovered = 0;
    for (size_t i = 0; i < points->count; i++) {
        const struct sg_demand_point *point = &demand->points[points->first + i];
        struct sg_within within = sg_reach_within(points, i, threshold);
        total += point->weight;
        once += within.services >= 1 ? point->weight : 0;
        twice += within.services >= 2 ? point->weight : 0;
        add_to_mean(&reach, within.weight, point->weight);
        population += point->population;
        uncovered += within.services == 0 ? point->population : 0;
        if (threshold == 0) {
            size_t at = type * demand->point_count + points->first + i;
            work->results->places[at] = within.places > 3 ? 3 : (unsigned char)within.places;
            work->results->only_place[at] = within.place;
        }
    }
    struct sg_measures *measures = work->measures;
    if (sg_area_hides_people(measures->states[area]))
        return;
    if (total > 0) {
        set(sg_measures_row(measures, SG_MEASURE_WITHIN, type, threshold), area, 100 * (once / total));
        set(sg_measures_row(measures, SG_MEASURE_WITHIN2, type, threshold), area, 100 * (twice / total));
        set(sg_measures_row(measures, SG_MEASURE_REACH, type, threshold), area, mean_of(&reach));
    }
    if (isfinite(measures->population[area])) {
        /* as many of the area's people as of its points' people */
        double scale = population > 0 ? measures->population[area] / population : 0;
        set(sg_measures_row(measures, SG_MEASURE_UNCOVERED, type, threshold), area, scale * uncovered);
    }
}

static bool measure_area(const struct work *work, size_t area) {
    struct sg_reach_area points = {0};
    const size_t *starts = work->reach->demand->area_starts;
    if (starts[area + 1] == starts[area])
        return true;
    struct sg_weighted *pairs = sg_alloc(2 * (starts[area + 1] - starts[area]), sizeof *pairs);
    bool done = pairs != NULL && sg_reach_area_open(work->reach, area, &points);
    for (size_t type = 0; done && type < work->reach->type_count; type++) {
        sg_reach_area_type(&points, type);
        measure_nearest(work, &points, area, pairs);
        for (size_t d = 0; d < work->measures->threshold_count; d++)
            measure_within(work, &points, area, d);
    }
    sg_reach_area_close(&points);
    sg_free(pairs);
    return done;
}

enum sg_status sg_distances_measure(struct sg_context *context, const struct sg_reach *reach,
                                    struct sg_measures *measures, struct sg_point_results *results) {
    struct work work = {reach, measures, results};
    bool out_of_memory = false;
    size_t done = 0, area_count = measures->area_count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(sg_context_threads(context))
    for (size_t area = 0; area < area_count; area++) {
        if (sg_context_interrupted(context))
            continue;
        if (!measure_area(&work, area)) {
#pragma omp atomic write
            out_of_memory = true;
        }
        size_t so_far;
#pragma omp atomic capture
        so_far = ++done;
        if (omp_get_thread_num() == 0 && so_far % 16 == 0)
            sg_progress(context, "measuring", (double)so_far / (double)area_count);
    }
    if (sg_context_interrupted(context))
        return sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while measuring");
    sg_progress(context, "measuring", 1);
    return out_of_memory ? sg_fail_memory(context) : SG_OK;
}
