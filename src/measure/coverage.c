#include "measure/coverage.h"

#include <math.h>
#include <stdio.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "measure/access.h"
#include "measure/citywide.h"
#include "measure/distances.h"
#include "measure/reach.h"

bool sg_coverage_needs_distances(const struct sg_coverage_request *request) {
    static const enum sg_measure by_distance[] = {
        SG_MEASURE_NEAREST,   SG_MEASURE_NEAREST_P90, SG_MEASURE_WITHIN, SG_MEASURE_WITHIN2,
        SG_MEASURE_UNCOVERED, SG_MEASURE_UNREACHED,   SG_MEASURE_REACH,  SG_MEASURE_ACCESS};
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
        if (sg_area_hides_people(state) || !(need > 0))
            continue;
        if (per_10k != NULL)
            per_10k[a] = 10000 * in_area / need;
        if (lq != NULL)
            lq[a] = total > 0 ? in_area / total / (need / measures->total_need) : 0;
    }
}

static enum sg_status measure_distances(struct sg_context *context, const struct sg_area_layer *layer,
                                        const struct sg_inventory *inventory, const struct sg_demand *demand,
                                        const struct sg_coverage_request *request,
                                        struct sg_measures *measures) {
    double radius_m, flattening;
    sg_crs_ellipsoid(layer->geographic, &radius_m, &flattening);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    struct sg_reach reach;
    enum sg_status status = sg_reach_new(context, &ellipsoid, inventory, demand, request->travel,
                                         measures->thresholds_m, measures->threshold_count, &reach);
    if (status != SG_OK)
        return status;
    struct sg_point_results results = {0};
    if (!sg_point_results_init(&results, reach.type_count, demand->point_count))
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = sg_distances_measure(context, &reach, measures, &results);
    if (status == SG_OK && !request->only_areas)
        status =
            sg_citywide_measure(context, demand, reach.offers, inventory->site_count, &results, measures);
    sg_point_results_release(&results);
    if (status == SG_OK && !request->only_areas && request->wants[SG_MEASURE_ACCESS])
        status = sg_access_measure(context, &reach, &request->access, measures);
    sg_reach_release(&reach);
    return status;
}

enum sg_status sg_coverage_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                   const struct sg_inventory *inventory, const struct sg_demand *demand,
                                   const struct sg_coverage_request *request,
                                   struct sg_measures *ret_measures) {
    struct sg_measures measures = {.area_count = layer->area_count,
                                   .type_count = inventory->type_count,
                                   .threshold_count = request->threshold_count,
                                   .metres_per_minute = request->metres_per_minute};
    if (request->travel != NULL) {
        measures.way = request->travel->way;
        measures.is_time = request->travel->is_time;
    }
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
        status = measure_distances(context, layer, inventory, demand, request, &measures);
    if (status != SG_OK) {
        sg_measures_release(&measures);
        return status;
    }
    *ret_measures = measures;
    return SG_OK;
}
