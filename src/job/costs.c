/* Distances by a table of travel costs, in place of straight lines. */
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "job/run.h"
#include "read/cost_reader.h"

static bool has_service_ids(const struct sg_job *job) {
    for (size_t i = 0; i < job->service_count; i++) {
        if (job->services[i].fields.id != NULL)
            return true;
    }
    return false;
}

/* Which settings go together? */
static enum sg_status check_settings(struct sg_run *run) {
    const struct sg_job *job = run->job;
    if (job->costs == NULL && job->streets.source.path == NULL && job->within_is_minutes)
        return sg_fail(
            run->context, SG_USAGE,
            "write metres or kilometres, or give streets to walk along with --streets, or travel times "
            "with --costs",
            "--within in minutes needs travel times");
    if (job->costs == NULL)
        return SG_OK;
    if (!has_service_ids(job))
        return sg_fail(run->context, SG_USAGE, "name the field of the services with the ids of its to_id",
                       "--costs needs --service-id");
    if (job->demand.path != NULL && job->demand_fields.id == NULL)
        return sg_fail(run->context, SG_USAGE, "name the field of the demand with the ids of its from_id",
                       "--costs with --demand needs --demand-id");
    return SG_OK;
}

/* Without demand points of their own, costs start from the areas. */
static struct sg_name_index *area_ids(const struct sg_area_layer *layer) {
    struct sg_name_index *ids = sg_name_index_new();
    for (size_t a = 0; ids != NULL && a < layer->area_count; a++) {
        if (sg_name_index_add(ids, layer->areas[a].id, strlen(layer->areas[a].id), NULL) == SG_NO_INDEX) {
            sg_name_index_free(ids);
            return NULL;
        }
    }
    return ids;
}

/* The row of every demand point: its record's, or its area's. */
static enum sg_status assign_rows(struct sg_run *run, bool from_areas) {
    struct sg_demand *demand = &run->demand;
    run->travel.rows = sg_alloc(demand->point_count, sizeof *run->travel.rows);
    if (run->travel.rows == NULL)
        return sg_fail_memory(run->context);
    size_t without = 0;
    for (size_t a = 0; a < run->layer.area_count; a++) {
        for (size_t i = demand->area_starts[a]; i < demand->area_starts[a + 1]; i++) {
            uint64_t record = demand->points[i].record;
            bool has_row = from_areas || record > 0;
            run->travel.rows[i] = !has_row ? UINT32_MAX : from_areas ? (uint32_t)a : (uint32_t)(record - 1);
            without += !has_row;
        }
    }
    sg_demand_merge(demand, run->layer.area_count, run->travel.rows);
    if (without > 0)
        sg_warn(run->context, "they count as having no path to any service",
                "%zu %s no demand point of --demand, so that no travel costs are known",
                demand->gridded_area_count, sg_plural(demand->gridded_area_count, "area has", "areas have"));
    return SG_OK;
}

double sg_run_longest_cost(const struct sg_run *run) {
    const struct sg_coverage_request *coverage = &run->job->coverage;
    double longest = 0;
    for (size_t d = 0; d < coverage->threshold_count; d++)
        longest = fmax(longest, coverage->thresholds_m[d]);
    return sg_run_wants_fairness(run) ? fmax(longest, SG_LONGEST_SHIFT * coverage->thresholds_m[0]) : longest;
}

enum sg_status sg_run_read_costs(struct sg_run *run) {
    const struct sg_job *job = run->job;
    enum sg_status status = check_settings(run);
    if (status != SG_OK || job->costs == NULL || !run->has_demand)
        return status;
    bool from_areas = job->demand.path == NULL;
    struct sg_name_index *made = from_areas ? area_ids(&run->layer) : NULL;
    if (from_areas && made == NULL)
        return sg_fail_memory(run->context);
    struct sg_cost_origins origins = {.names = from_areas ? made : run->demand_layer.ids,
                                      .count =
                                          from_areas ? run->layer.area_count : run->demand_layer.read_count,
                                      .what = from_areas ? "area" : "demand point"};
    struct sg_source source = {.path = job->costs, .encoding = job->encoding};
    struct sg_cost_report report;
    status = sg_costs_read(run->context, &source, &origins, &run->inventory, sg_run_longest_cost(run),
                           job->within_is_minutes, &run->travel, &report);
    if (status == SG_OK)
        status = assign_rows(run, from_areas);
    run->has_travel = status == SG_OK;
    sg_name_index_free(made);
    return status;
}
