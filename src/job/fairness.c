#include "job/fairness.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "job/area_numbers.h"
#include "job/run.h"
#include "measure/contiguity.h"
#include "measure/shifted_supply.h"

void sg_run_fairness_release(struct sg_run_fairness *fairness) {
    sg_fairness_release(&fairness->fairness);
    sg_local_clusters_release(&fairness->clusters);
    sg_stability_release(&fairness->stability);
    *fairness = (struct sg_run_fairness){0};
}

/* Does a map show a column of the clusters? */
static bool map_wants_clusters(const struct sg_run *run) {
    static const char *const columns[] = {"gap_cluster", "gap_cluster_p", "gap_local_i", "gap_gi_star"};
    for (size_t i = 0; i < run->job->map_count; i++) {
        const char *field = run->job->maps[i].field;
        for (size_t c = 0; field != NULL && c < sizeof columns / sizeof *columns; c++) {
            if (strcmp(field, columns[c]) == 0)
                return true;
        }
    }
    return false;
}

bool sg_run_wants_fairness(const struct sg_run *run) {
    const struct sg_fairness_options *options = &run->job->fairness;
    if (!run->job->wants_gap || run->check != NULL)
        return false;
    return options->always || options->status != NULL || map_wants_clusters(run)
           || (run->job->output_is_own && !options->measures_are_named
               && run->layer.area_count <= SG_MOST_AREAS_COMPARED);
}

static void say_clusters(const struct sg_run *run) {
    const struct sg_local_clusters *clusters = &run->fairness.clusters;
    if (clusters->refusal == SG_CLUSTERS_TOO_FEW)
        sg_note(run->context,
                "clusters: %zu areas have a gap index and a neighbour with one; under %d none are looked for",
                clusters->tested_count, SG_LEAST_CLUSTER_AREAS);
    else if (clusters->refusal == SG_CLUSTERS_ALL_EQUAL)
        sg_note(run->context, "clusters: all %zu areas have the same gap index; there is nothing to look for",
                clusters->tested_count);
    else
        sg_detail(run->context,
                  "clusters: Moran's I %.3f (p %.4f) over %zu areas, %zu islands; %zu permutations",
                  clusters->global.statistic, clusters->global_p, clusters->tested_count,
                  clusters->island_count, run->job->fairness.permutations);
}

static enum sg_status find_clusters(struct sg_run *run) {
    const struct sg_fairness_options *options = &run->job->fairness;
    struct sg_cluster_request request = {options->permutations, options->seed, 0.05};
    struct sg_neighbours neighbours = {0};
    enum sg_status status = sg_contiguity_of_areas(run->context, &run->layer, &neighbours);
    if (status == SG_OK)
        status = sg_local_clusters_find(run->context, run->judgement.gap_index, &neighbours, &request,
                                        &run->fairness.clusters);
    sg_neighbours_release(&neighbours);
    if (status == SG_OK)
        say_clusters(run);
    if (status == SG_OK && run->fairness.clusters.refusal != SG_CLUSTERS_FOUND && map_wants_clusters(run))
        status =
            sg_fail(run->context, SG_BAD_INPUT, "leave the map of gap_cluster out, or use smaller areas",
                    "there are no clusters to map: %zu areas have a gap index and a neighbour with one%s",
                    run->fairness.clusters.tested_count,
                    run->fairness.clusters.refusal == SG_CLUSTERS_TOO_FEW ? ", and 30 are needed"
                                                                          : ", all of them the same");
    return status;
}

static enum sg_status measure(struct sg_run *run) {
    const struct sg_fairness_options *options = &run->job->fairness;
    struct sg_area_number number = {.name = options->status, .option = "--status"};
    struct sg_fairness_request request = {
        .supply = run->judgement.supply, .benchmarks = run->judgement.benchmarks, .seed = options->seed};
    uint32_t *regions = NULL;
    enum sg_status status = SG_OK;
    if (options->status != NULL) {
        status = sg_area_numbers_find(run, false, &number, 1);
        request.status = number.values;
    }
    if (status == SG_OK && run->layer.region_count > 0) {
        regions = sg_alloc(run->layer.area_count, sizeof *regions);
        if (regions == NULL)
            status = sg_fail_memory(run->context);
        else
            request.region_count = sg_main_regions(&run->layer, regions);
        request.regions = regions;
    }
    if (status == SG_OK)
        status = sg_fairness_measure(run->context, &run->measures, &request, &run->fairness.fairness);
    sg_free(regions);
    sg_area_numbers_release(&number, 1);
    return status;
}

/* Thresholds from a fifth shorter to a fifth longer (SG_LONGEST_SHIFT), in steps of a twentieth. */
static const double shifts[] = {0.80, 0.85, 0.90, 0.95, 1.00, 1.05, 1.10, 1.15, 1.20};

enum { SHIFTS = sizeof shifts / sizeof *shifts };

/* The supplies at those thresholds; where the supply has none (services counted in the area) or its threshold
   is not moved (access), only what it is. */
static enum sg_status shift_supplies(struct sg_run *run, double **rows, size_t *ret_count) {
    enum sg_supply supply = run->judgement.supply;
    *ret_count = 0;
    if (supply != SG_SUPPLY_REACH && supply != SG_SUPPLY_WITHIN)
        return SG_OK;
    return sg_shifted_supply_measure(run->context, &run->layer, &run->inventory, &run->demand,
                                     run->has_travel ? &run->travel : NULL, &run->measures,
                                     sg_supply_measure(supply), shifts, SHIFTS, rows, ret_count);
}

/* The supply that was judged, of every type and area. */
static double *judged_supply(const struct sg_run *run) {
    const struct sg_measures *measures = &run->measures;
    size_t areas = measures->area_count;
    double *supply = sg_alloc((measures->type_count + 1) * areas, sizeof *supply);
    for (size_t t = 0; supply != NULL && t <= measures->type_count; t++)
        memcpy(supply + t * areas, sg_measures_row(measures, sg_supply_measure(run->judgement.supply), t, 0),
               areas * sizeof *supply);
    return supply;
}

static enum sg_status find_stability(struct sg_run *run, const struct sg_judge_request *judge) {
    double *rows[SHIFTS] = {NULL}, *judged = judged_supply(run);
    const double *supplies[SHIFTS] = {judged};
    size_t count = 0;
    enum sg_status status = judged == NULL ? sg_fail_memory(run->context) : SG_OK;
    if (status == SG_OK && run->has_demand)
        status = shift_supplies(run, rows, &count);
    for (size_t s = 0; s < count; s++) /* nothing is rounded otherwise where nothing is moved */
        supplies[s] = shifts[s] == 1 ? judged : rows[s];
    struct sg_stability_request request = {judge, supplies, count > 0 ? count : 1, 0.25,
                                           run->job->fairness.seed};
    if (status == SG_OK)
        status = sg_stability_find(run->context, &run->measures, &run->taxonomy, &run->judgement, &request,
                                   &run->fairness.stability);
    for (size_t s = 0; s < SHIFTS; s++)
        sg_free(rows[s]);
    sg_free(judged);
    return status;
}

/* A check looks for the field, and no more. */
static enum sg_status check_status(struct sg_run *run) {
    struct sg_area_number number = {.name = run->job->fairness.status, .option = "--status"};
    enum sg_status status = number.name == NULL ? SG_OK : sg_area_numbers_find(run, false, &number, 1);
    sg_area_numbers_release(&number, 1);
    return status;
}

enum sg_status sg_run_judge_fairness(struct sg_run *run, const struct sg_judge_request *judge) {
    if (run->check != NULL)
        return check_status(run);
    if (!sg_run_wants_fairness(run))
        return SG_OK;
    enum sg_status status = measure(run);
    if (status == SG_OK)
        status = find_clusters(run);
    if (status == SG_OK)
        status = find_stability(run, judge);
    run->fairness.is_measured = status == SG_OK;
    return status;
}
