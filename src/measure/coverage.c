#include "measure/coverage.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "measure/citywide.h"
#include "measure/site_tree.h"

bool sg_coverage_needs_distances(const struct sg_coverage_request *request) {
    static const enum sg_measure by_distance[] = {SG_MEASURE_NEAREST,   SG_MEASURE_NEAREST_P90,
                                                  SG_MEASURE_WITHIN,    SG_MEASURE_WITHIN2,
                                                  SG_MEASURE_UNCOVERED, SG_MEASURE_REACH};
    for (size_t i = 0; i < sizeof by_distance / sizeof *by_distance; i++) {
        if (request->wants[by_distance[i]])
            return true;
    }
    return false;
}

static bool allocate(struct sg_measures *measures, const struct sg_coverage_request *request) {
    size_t types = measures->type_count + 1, areas = measures->area_count;
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
        if (!request->wants[m])
            continue;
        size_t thresholds = sg_measure_info((enum sg_measure)m)->by_threshold ? measures->threshold_count : 1;
        size_t count = types * thresholds * areas;
        measures->values[m] = sg_alloc(count, sizeof(double));
        if (measures->values[m] == NULL)
            return false;
        for (size_t i = 0; i < count; i++)
            measures->values[m][i] = NAN;
    }
    measures->states = sg_alloc(areas, sizeof *measures->states);
    measures->population = sg_alloc(areas, sizeof *measures->population);
    measures->need = sg_alloc(areas, sizeof *measures->need);
    measures->city = sg_alloc(types, sizeof *measures->city);
    return measures->states != NULL && measures->population != NULL && measures->need != NULL
           && measures->city != NULL;
}

/* Would the numbers fit into memory, with their copies in the table and what is kept of every demand point?
 */
static enum sg_status check_size(struct sg_context *context, const struct sg_measures *measures,
                                 const struct sg_coverage_request *request, const struct sg_demand *demand) {
    double columns = 0, types = (double)measures->type_count + 1;
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
        if (request->wants[m])
            columns +=
                types
                * (sg_measure_info((enum sg_measure)m)->by_threshold ? (double)measures->threshold_count : 1);
    }
    double points = demand == NULL || !sg_coverage_needs_distances(request) ? 0 : (double)demand->point_count;
    double count = 2 * columns * (double)measures->area_count + 2 * types * points;
    char what[200];
    snprintf(what, sizeof what, "%.0f columns of %zu areas, from %zu types and %.0f demand points,", columns,
             measures->area_count, measures->type_count, points);
    return sg_check_memory(context, count, sizeof(double), what,
                           "map the types to fewer with a taxonomy and rules, or name the --measures wanted");
}

static enum sg_area_state state_of(const struct sg_area *area, double population, double need,
                                   bool has_points, double min_population) {
    if (area->shape.polygon_count == 0)
        return SG_AREA_NO_GEOMETRY;
    if (population == 0 || need == 0)
        return SG_AREA_NO_POPULATION;
    if (population < min_population)
        return SG_AREA_SUPPRESSED;
    return has_points ? SG_AREA_MEASURED : SG_AREA_NO_DEMAND;
}

/* Population, need and state of each area, and their totals. */
static void settle_areas(struct sg_measures *measures, const struct sg_area_layer *layer,
                         const struct sg_demand *demand, const struct sg_coverage_request *request) {
    measures->total_population = NAN;
    measures->total_need = NAN;
    measures->has_need = demand != NULL ? demand->has_need : layer->need_field != NULL;
    for (size_t a = 0; a < measures->area_count; a++) {
        const struct sg_area *area = &layer->areas[a];
        double population = demand != NULL ? demand->population[a] : area->population;
        double need = demand != NULL ? demand->need[a] : measures->has_need ? area->need : area->population;
        bool has_points = demand == NULL || demand->area_starts[a + 1] > demand->area_starts[a];
        measures->population[a] = population;
        measures->need[a] = need;
        measures->states[a] = state_of(area, population, need, has_points, request->min_population);
        if (isfinite(population)) {
            measures->has_population = true;
            measures->total_population =
                (isnan(measures->total_population) ? 0 : measures->total_population) + population;
        }
        if (isfinite(need))
            measures->total_need = (isnan(measures->total_need) ? 0 : measures->total_need) + need;
    }
    if (request->has_total_need)
        measures->total_need = request->total_need;
}

static bool hides_people(enum sg_area_state state) {
    return state == SG_AREA_SUPPRESSED || state == SG_AREA_NO_GEOMETRY;
}

/* The container measures of one type: what lies inside each area. */
static void measure_containers(struct sg_measures *measures, const struct sg_area_layer *layer, size_t type,
                               const double *counts, double total) {
    double *count = sg_measures_row(measures, SG_MEASURE_COUNT, type, 0);
    double *per_10k = sg_measures_row(measures, SG_MEASURE_PER_10K, type, 0);
    double *per_km2 = sg_measures_row(measures, SG_MEASURE_PER_KM2, type, 0);
    double *share = sg_measures_row(measures, SG_MEASURE_SHARE, type, 0);
    double *lq = sg_measures_row(measures, SG_MEASURE_LQ, type, 0);
    for (size_t a = 0; a < measures->area_count; a++) {
        enum sg_area_state state = measures->states[a];
        if (state == SG_AREA_NO_GEOMETRY)
            continue;
        double in_area = counts[a], need = measures->need[a];
        if (count != NULL)
            count[a] = in_area;
        if (share != NULL)
            share[a] = total > 0 ? 100 * in_area / total : 0;
        if (per_km2 != NULL && layer->areas[a].area_km2 > 0)
            per_km2[a] = in_area / layer->areas[a].area_km2;
        if (hides_people(state) || !(need > 0))
            continue;
        if (per_10k != NULL)
            per_10k[a] = 10000 * in_area / need;
        if (lq != NULL)
            lq[a] = total > 0 ? in_area / total / (need / measures->total_need) : 0;
    }
}

/* ---- distances ---- */

struct work {
    const struct sg_demand *demand;
    const struct sg_ellipsoid *ellipsoid;
    struct sg_site_tree **trees; /* type_count + 1 */
    const struct sg_threshold *thresholds;
    struct sg_measures *measures;
    struct sg_point_results *results;
};

struct weighted_distance {
    double distance_m, weight;
};

static int compare_distances(const void *a, const void *b) {
    const struct weighted_distance *one = a, *two = b;
    if (one->distance_m != two->distance_m)
        return one->distance_m < two->distance_m ? -1 : 1;
    return 0;
}

/* The smallest distance at which the cumulative weight reaches the share. Sorts the pairs. */
static double weighted_quantile(struct weighted_distance *pairs, size_t count, double total, double share) {
    qsort(pairs, count, sizeof *pairs, compare_distances);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += pairs[i].weight;
        if (sum >= share * total * (1 - 1e-12))
            return pairs[i].distance_m;
    }
    return count == 0 ? NAN : pairs[count - 1].distance_m;
}

static void set(double *row, size_t area, double value) {
    if (row != NULL)
        row[area] = value;
}

/* Nearest distances of one area's points for one type; pairs is scratch for as many points. */
static void measure_nearest(const struct work *work, const struct sg_search_point *froms, size_t area,
                            size_t type, struct weighted_distance *pairs) {
    const struct sg_site_tree *tree = work->trees[type];
    size_t first = work->demand->area_starts[area];
    size_t count = work->demand->area_starts[area + 1] - first;
    if (sg_site_tree_place_count(tree) == 0)
        return;
    double *distances = work->results->distances_m + type * work->demand->point_count + first;
    double sum = 0, total = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t place;
        double weight = work->demand->points[first + i].weight;
        distances[i] = sg_site_tree_nearest(tree, &froms[i], &place);
        pairs[i] = (struct weighted_distance){distances[i], weight};
        sum += weight * distances[i];
        total += weight;
    }
    if (!(total > 0) || hides_people(work->measures->states[area]))
        return;
    set(sg_measures_row(work->measures, SG_MEASURE_NEAREST, type, 0), area, sum / total);
    double *p90 = sg_measures_row(work->measures, SG_MEASURE_NEAREST_P90, type, 0);
    if (p90 != NULL)
        p90[area] = weighted_quantile(pairs, count, total, 0.9);
}

/* What is within one threshold of one area's points, for one type. */
static void measure_within(const struct work *work, const struct sg_search_point *froms, size_t area,
                           size_t type, size_t threshold) {
    const struct sg_site_tree *tree = work->trees[type];
    size_t first = work->demand->area_starts[area];
    size_t count = work->demand->area_starts[area + 1] - first;
    double total = 0, once = 0, twice = 0, reach = 0, population = 0, uncovered = 0;
    for (size_t i = 0; i < count; i++) {
        const struct sg_demand_point *point = &work->demand->points[first + i];
        struct sg_within within = sg_site_tree_within(tree, &froms[i], &work->thresholds[threshold]);
        total += point->weight;
        once += within.services >= 1 ? point->weight : 0;
        twice += within.services >= 2 ? point->weight : 0;
        reach += within.weight * point->weight;
        population += point->population;
        uncovered += within.services == 0 ? point->population : 0;
        if (threshold == 0) {
            size_t at = type * work->demand->point_count + first + i;
            work->results->places[at] = within.places > 3 ? 3 : (unsigned char)within.places;
            work->results->only_place[at] = within.place;
        }
    }
    struct sg_measures *measures = work->measures;
    if (hides_people(measures->states[area]))
        return;
    if (total > 0) {
        set(sg_measures_row(measures, SG_MEASURE_WITHIN, type, threshold), area, 100 * (once / total));
        set(sg_measures_row(measures, SG_MEASURE_WITHIN2, type, threshold), area, 100 * (twice / total));
        set(sg_measures_row(measures, SG_MEASURE_REACH, type, threshold), area, reach / total);
    }
    if (isfinite(measures->population[area])) {
        /* as many of the area's people as of its points' people */
        double scale = population > 0 ? measures->population[area] / population : 0;
        set(sg_measures_row(measures, SG_MEASURE_UNCOVERED, type, threshold), area, scale * uncovered);
    }
}

static bool measure_area(const struct work *work, size_t area) {
    size_t first = work->demand->area_starts[area];
    size_t count = work->demand->area_starts[area + 1] - first;
    if (count == 0)
        return true;
    struct sg_search_point *froms = sg_alloc(count, sizeof *froms);
    struct weighted_distance *pairs = sg_alloc(count, sizeof *pairs);
    bool done = froms != NULL && pairs != NULL;
    for (size_t i = 0; done && i < count; i++)
        froms[i] = sg_search_point_from(work->ellipsoid, work->demand->points[first + i].lon_lat_deg);
    for (size_t type = 0; done && type <= work->measures->type_count; type++) {
        measure_nearest(work, froms, area, type, pairs);
        for (size_t d = 0; d < work->measures->threshold_count; d++)
            measure_within(work, froms, area, type, d);
    }
    sg_free(froms);
    sg_free(pairs);
    return done;
}

static enum sg_status build_trees(struct sg_context *context, const struct sg_inventory *inventory,
                                  size_t type_count, const struct sg_ellipsoid *ellipsoid,
                                  struct sg_site_tree **trees) {
    struct sg_tree_service *services = sg_alloc(inventory->site_count, sizeof *services);
    if (services == NULL)
        return sg_fail_memory(context);
    enum sg_status status = SG_OK;
    for (size_t type = 0; status == SG_OK && type <= type_count; type++) {
        size_t count = 0;
        for (size_t s = 0; s < inventory->site_count; s++) {
            const struct sg_site *site = &inventory->sites[s];
            bool offers = type == type_count;
            for (uint32_t t = 0; !offers && t < site->type_count; t++)
                offers = inventory->site_types[site->first_type + t] == type;
            /* a weight of 0 is a place without the service */
            if (offers && site->weight > 0)
                services[count++] = (struct sg_tree_service){site->lon_lat_deg, site->weight, (uint32_t)s};
        }
        status = sg_site_tree_new(context, ellipsoid, services, count, &trees[type]);
    }
    sg_free(services);
    return status;
}

static enum sg_status measure_all_areas(struct sg_context *context, const struct work *work,
                                        size_t area_count) {
    bool out_of_memory = false;
    size_t done = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(sg_context_threads(context))
    for (size_t area = 0; area < area_count; area++) {
        if (sg_context_interrupted(context))
            continue;
        if (!measure_area(work, area)) {
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

static enum sg_status measure_distances(struct sg_context *context, const struct sg_area_layer *layer,
                                        const struct sg_inventory *inventory, const struct sg_demand *demand,
                                        bool only_areas, struct sg_measures *measures) {
    double radius_m, flattening;
    sg_crs_ellipsoid(layer->geographic, &radius_m, &flattening);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    struct sg_threshold thresholds[SG_MOST_THRESHOLDS];
    for (size_t d = 0; d < measures->threshold_count; d++)
        thresholds[d] = sg_threshold_from(&ellipsoid, measures->thresholds_m[d]);
    size_t types = measures->type_count + 1;
    struct sg_point_results results = {0};
    struct sg_site_tree **trees = sg_alloc(types, sizeof *trees);
    enum sg_status status = SG_OK;
    if (trees == NULL || !sg_point_results_init(&results, types, demand->point_count))
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = build_trees(context, inventory, measures->type_count, &ellipsoid, trees);
    struct work work = {demand, &ellipsoid, trees, thresholds, measures, &results};
    if (status == SG_OK)
        status = measure_all_areas(context, &work, layer->area_count);
    if (status == SG_OK && !only_areas)
        status = sg_citywide_measure(context, demand, trees, &results, measures);
    for (size_t t = 0; trees != NULL && t < types; t++)
        sg_site_tree_free(trees[t]);
    sg_free(trees);
    sg_point_results_release(&results);
    return status;
}

enum sg_status sg_coverage_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                   const struct sg_inventory *inventory, const struct sg_demand *demand,
                                   const struct sg_coverage_request *request,
                                   struct sg_measures *ret_measures) {
    struct sg_measures measures = {.area_count = layer->area_count,
                                   .type_count = inventory->type_count,
                                   .threshold_count = request->threshold_count};
    for (size_t d = 0; d < request->threshold_count; d++)
        measures.thresholds_m[d] = request->thresholds_m[d];
    enum sg_status status = check_size(context, &measures, request, demand);
    if (status == SG_OK && !allocate(&measures, request))
        status = sg_fail_memory(context);
    if (status != SG_OK) {
        sg_measures_release(&measures);
        return status;
    }
    settle_areas(&measures, layer, demand, request);
    for (size_t type = 0; type <= measures.type_count; type++) {
        bool is_all = type == measures.type_count;
        const double *counts = is_all ? inventory->all_counts : inventory->counts[type];
        double total = is_all ? inventory->all_total : inventory->totals[type];
        measure_containers(&measures, layer, type, counts, total);
        sg_citywide_count(&measures, layer, type, counts, total);
    }
    if (sg_coverage_needs_distances(request) && demand != NULL)
        status = measure_distances(context, layer, inventory, demand, request->only_areas, &measures);
    if (status != SG_OK) {
        sg_measures_release(&measures);
        return status;
    }
    *ret_measures = measures;
    return SG_OK;
}
