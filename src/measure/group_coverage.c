#include "measure/group_coverage.h"

#include <math.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "core/weighted.h"
#include "measure/reach.h"

/* What is found at a demand point of one type. */
struct found {
    double nearest, reach;
    unsigned char services; /* within the threshold: 0, 1, 2 or more */
};

struct work {
    const struct sg_demand *demand;
    const struct sg_measures *measures;
    const struct sg_group *groups;
    const struct sg_reach *reach;
    struct found *found; /* type * point_count + point */
    struct sg_group_coverage *coverage;
};

/* People of a group at a point; NaN where that is not known. */
static double group_people(const struct work *work, size_t group, size_t point) {
    double people = work->demand->points[point].population;
    return group + 1 == work->coverage->group_count ? people : people * work->groups[group].shares[point];
}

/* Sums over points, to become figures. */
struct sums {
    double people, once, twice, reach, reached, cost;
};

static void add(struct sums *sums, const struct found *found, double people) {
    sums->people += people;
    sums->once += found->services >= 1 ? people : 0;
    sums->twice += found->services >= 2 ? people : 0;
    sums->reach += found->reach * people;
    if (isfinite(found->nearest)) {
        sums->reached += people;
        sums->cost += found->nearest * people;
    }
}

static struct sg_group_figures figures_of(const struct sums *sums) {
    bool has_people = sums->people > 0;
    return (struct sg_group_figures){
        .people = sums->people,
        .within_pct = has_people ? 100 * (sums->once / sums->people) : NAN,
        .within2_pct = has_people ? 100 * (sums->twice / sums->people) : NAN,
        .uncovered = sums->people - sums->once,
        .nearest = sums->reached > 0 ? sums->cost / sums->reached : NAN,
        .nearest_median = NAN,
        .nearest_p90 = NAN,
        .reach = has_people ? sums->reach / sums->people : NAN,
    };
}

static const struct sg_group_figures nobody = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

/* ---- areas ---- */

static bool measure_area(const struct work *work, size_t area, struct sg_reach_area *points) {
    const struct sg_group_coverage *coverage = work->coverage;
    if (!sg_reach_area_open(work->reach, area, points))
        return false;
    bool is_hidden =
        sg_area_hides_people(work->measures->states[area]) || isnan(work->measures->population[area]);
    for (size_t type = 0; type < coverage->type_count; type++) {
        struct found *found = &work->found[type * work->demand->point_count + points->first];
        sg_reach_area_type(points, type);
        for (size_t i = 0; i < points->count; i++) {
            struct sg_within within = sg_reach_within(points, i, 0);
            found[i] = (struct found){sg_reach_nearest(points, i), within.weight,
                                      within.services > 2 ? 2 : (unsigned char)within.services};
        }
        for (size_t g = 0; g < coverage->group_count; g++) {
            struct sums sums = {0};
            bool is_known = false;
            for (size_t i = 0; i < points->count && !is_hidden; i++) {
                double people = group_people(work, g, points->first + i);
                is_known = is_known || !isnan(people);
                if (people > 0)
                    add(&sums, &found[i], people);
            }
            coverage->areas[(g * coverage->type_count + type) * coverage->area_count + area] =
                is_known ? figures_of(&sums) : nobody;
        }
    }
    return true;
}

static enum sg_status measure_areas(struct sg_context *context, const struct work *work) {
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads(context))
    {
        struct sg_reach_area points = {0};
#pragma omp for schedule(dynamic, 1)
        for (size_t area = 0; area < work->coverage->area_count; area++) {
            if (!sg_context_interrupted(context) && !measure_area(work, area, &points)) {
#pragma omp atomic write
                failed = true;
            }
        }
        sg_reach_area_close(&points);
    }
    if (sg_context_interrupted(context))
        return sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while groups were measured");
    return failed ? sg_fail_memory(context) : SG_OK;
}

/* ---- the city ---- */

static bool is_counted(const struct work *work, size_t area) {
    return !sg_area_hides_people(work->measures->states[area]) && isfinite(work->measures->population[area]);
}

/* The people of each point in the city: those of overlapping areas once. */
static void weigh_points(const struct work *work, size_t group, double *weights) {
    const struct sg_demand *demand = work->demand;
    for (size_t area = 0; area < work->coverage->area_count; area++) {
        for (size_t i = demand->area_starts[area]; i < demand->area_starts[area + 1]; i++) {
            double people = is_counted(work, area) ? group_people(work, group, i) : 0;
            weights[i] = people > 0 ? people * demand->points[i].city_share : 0;
        }
    }
}

/* order: the points by their nearest cost; each weighs its own number, for its people are another group's
 * next. */
static void measure_city(const struct work *work, const struct sg_weighted *order, const double *weights,
                         size_t group, size_t type) {
    const struct sg_group_coverage *coverage = work->coverage;
    const struct found *found = &work->found[type * work->demand->point_count];
    struct sums sums = {0};
    for (size_t i = 0; i < work->demand->point_count; i++) {
        if (weights[i] > 0)
            add(&sums, &found[i], weights[i]);
    }
    struct sg_group_figures figures = sums.people > 0 ? figures_of(&sums) : nobody;
    double so_far = 0;
    for (size_t k = 0; k < work->demand->point_count && sums.reached > 0; k++) {
        size_t i = (size_t)order[k].weight;
        if (!(weights[i] > 0) || !isfinite(found[i].nearest))
            continue;
        so_far += weights[i];
        if (isnan(figures.nearest_median) && so_far >= 0.5 * sums.reached * (1 - 1e-12))
            figures.nearest_median = found[i].nearest;
        if (isnan(figures.nearest_p90) && so_far >= 0.9 * sums.reached * (1 - 1e-12))
            figures.nearest_p90 = found[i].nearest;
    }
    coverage->city[group * coverage->type_count + type] = figures;
}

static enum sg_status measure_cities(struct sg_context *context, const struct work *work) {
    size_t points = work->demand->point_count;
    struct sg_weighted *order = sg_alloc(2 * points, sizeof *order);
    double *weights = sg_alloc(points, sizeof *weights);
    enum sg_status status = order == NULL || weights == NULL ? sg_fail_memory(context) : SG_OK;
    for (size_t type = 0; status == SG_OK && type < work->coverage->type_count; type++) {
        for (size_t i = 0; i < points; i++)
            order[i] = (struct sg_weighted){work->found[type * points + i].nearest, (double)i};
        sg_weighted_sort(order, points, order + points);
        for (size_t g = 0; g < work->coverage->group_count; g++) {
            weigh_points(work, g, weights);
            measure_city(work, order, weights, g, type);
        }
    }
    sg_free(order);
    sg_free(weights);
    return status;
}

static enum sg_status check_size(struct sg_context *context, const struct work *work) {
    const struct sg_group_coverage *coverage = work->coverage;
    double found = (double)coverage->type_count * (double)work->demand->point_count * 3;
    double figures =
        8.0 * (double)coverage->group_count * (double)coverage->type_count * (double)coverage->area_count;
    return sg_check_memory(context, found + figures, sizeof(double), "the figures of all --groups",
                           "name fewer groups, or map the types to fewer with a taxonomy and rules");
}

static enum sg_status measure(struct sg_context *context, struct work *work) {
    struct sg_group_coverage *coverage = work->coverage;
    size_t pairs = coverage->group_count * coverage->type_count;
    enum sg_status status = check_size(context, work);
    if (status != SG_OK)
        return status;
    work->found = sg_alloc(coverage->type_count * work->demand->point_count, sizeof *work->found);
    coverage->city = sg_alloc(pairs, sizeof *coverage->city);
    coverage->areas = sg_alloc(pairs * coverage->area_count, sizeof *coverage->areas);
    if (work->found == NULL || coverage->city == NULL || coverage->areas == NULL)
        return sg_fail_memory(context);
    status = measure_areas(context, work);
    return status == SG_OK ? measure_cities(context, work) : status;
}

enum sg_status sg_group_coverage_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                         const struct sg_inventory *inventory, const struct sg_demand *demand,
                                         const struct sg_travel *travel, const struct sg_measures *measures,
                                         const struct sg_group *groups, size_t group_count,
                                         struct sg_group_coverage *ret_coverage) {
    double radius_m, flattening;
    sg_crs_ellipsoid(layer->geographic, &radius_m, &flattening);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    struct sg_reach reach;
    enum sg_status status =
        sg_reach_new(context, &ellipsoid, inventory, demand, travel, measures->thresholds_m, 1, &reach);
    if (status != SG_OK)
        return status;
    struct sg_group_coverage coverage = {
        .group_count = group_count + 1, .type_count = reach.type_count, .area_count = layer->area_count};
    struct work work = {
        .demand = demand, .measures = measures, .groups = groups, .reach = &reach, .coverage = &coverage};
    status = measure(context, &work);
    sg_free(work.found);
    sg_reach_release(&reach);
    if (status == SG_OK)
        *ret_coverage = coverage;
    else
        sg_group_coverage_release(&coverage);
    return status;
}
