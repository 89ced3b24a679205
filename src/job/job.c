#include "job/job.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/threads.h"
#include "draw/map.h"
#include "job/run.h"

void sg_job_init(struct sg_job *job) {
    *job = (struct sg_job){.command = "coverage",
                           .wants_gap = true,
                           .fairness = {.permutations = 9999, .seed = SG_DEFAULT_SEED}};
    job->coverage.thresholds_m[0] = 1000;
    job->coverage.threshold_count = 1;
    job->coverage.access =
        (struct sg_access_request){SG_ACCESS_E2SFCA, {.kind = SG_DECAY_STEP, .a = NAN, .b = NAN}};
    job->snap_limit_m = 500;
    job->catchments.types = true;
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        job->coverage.wants[m] = true;
    static const double cuts[4] = {10, 25, 50, 75};
    memcpy(job->judge.cuts, cuts, sizeof cuts);
}

/* Themes, schemes and taxonomies are the program's own by name, or files. */
static bool is_file(const char *name) {
    return name != NULL && strpbrk(name, "/.") != NULL;
}

/* The paths of all inputs, first those of data (ret_data); NULL when out of memory. Free the list with
   sg_free(). */
static const char **input_paths(const struct sg_job *job, size_t *ret_count, size_t *ret_data) {
    const char **paths =
        sg_alloc(job->service_count + job->join_count + 6 * job->map_count + 12, sizeof *paths);
    if (paths == NULL)
        return NULL;
    size_t count = 0;
    paths[count++] = job->areas.path;
    for (size_t i = 0; i < job->service_count; i++)
        paths[count++] = job->services[i].source.path;
    for (size_t i = 0; i < job->join_count; i++)
        paths[count++] = job->joins[i].source.path;
    const char *const others[] = {
        job->project, job->regions, job->demand.path,         job->rules,         job->benchmark_file,
        job->aliases, job->costs,   job->streets.source.path, job->streets.speeds};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i] != NULL)
            paths[count++] = others[i];
    }
    *ret_data = count;
    if (is_file(job->taxonomy))
        paths[count++] = job->taxonomy;
    for (size_t i = 0; i < job->map_count; i++) {
        const struct sg_map_request *map = &job->maps[i];
        const char *const layers[] = {map->streets, map->water, map->land, map->sites};
        for (size_t l = 0; l < sizeof layers / sizeof *layers; l++) {
            if (layers[l] != NULL)
                paths[count++] = layers[l];
        }
        if (is_file(map->theme))
            paths[count++] = map->theme;
        if (is_file(map->scheme))
            paths[count++] = map->scheme;
    }
    *ret_count = count;
    return paths;
}

/* Is every file of data there, those too that this job happens not to need? Addresses and drives of GDAL's
   own are looked at when they are opened. */
static enum sg_status check_inputs(struct sg_run *run, const char *const *paths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool is_plain = strncmp(paths[i], "/vsi", 4) != 0 && strchr(paths[i], ':') == NULL;
        if (is_plain && access(paths[i], F_OK) != 0 && errno == ENOENT)
            return sg_fail(run->context, SG_NO_INPUT,
                           "check the path; a path in a project file counts from the folder of that file",
                           "%s: there is no such file", paths[i]);
    }
    return SG_OK;
}

/* Inputs are watched, hashed while the work goes on, and never replaced. */
static enum sg_status take_inputs(struct sg_run *run, struct sg_staging *staging) {
    size_t count, data;
    const char **paths = input_paths(run->job, &count, &data);
    bool done = paths != NULL;
    enum sg_status status = done ? check_inputs(run, paths, data) : SG_OK;
    for (size_t i = 0; done && i < count; i++)
        done = staging == NULL || sg_staging_protect(staging, paths[i]);
    if (done && status == SG_OK)
        run->hashes = sg_hashes_start(paths, count, staging != NULL);
    sg_free(paths);
    if (status != SG_OK)
        return status;
    return run->hashes == NULL ? sg_fail_memory(run->context) : SG_OK;
}

/* Everything to files that appear together at the end. */
static enum sg_status write_all(struct sg_run *run, struct sg_staging *staging) {
    enum sg_status status = sg_run_write(run, staging);
    if (status == SG_OK)
        status = sg_run_draw(run, staging);
    if (status == SG_OK)
        status = sg_run_write_provenance(run, staging);
    if (status == SG_OK && sg_context_interrupted(run->context))
        status = sg_fail(run->context, SG_INTERRUPTED, NULL, "interrupted; nothing was changed");
    if (status == SG_OK)
        status = sg_check_strict(run->context); /* drawing may have warned */
    if (status == SG_OK)
        status = sg_hashes_check(run->context, run->hashes);
    return status == SG_OK ? sg_staging_commit(staging) : status;
}

static void release(struct sg_run *run) {
    for (size_t i = 0; i < run->output_count; i++)
        sg_free(run->outputs[i]);
    sg_free(run->outputs);
    for (size_t i = 0; i < run->finding_count; i++)
        sg_free(run->findings[i]);
    sg_free(run->findings);
    for (size_t i = 0; i < run->input_count; i++)
        sg_site_input_release(&run->inputs[i]);
    sg_free(run->inputs);
    sg_run_regions_release(&run->regions);
    sg_table_release(&run->table);
    sg_run_groups_release(&run->groups);
    sg_run_fairness_release(&run->fairness);
    sg_run_need_release(&run->need);
    sg_judgement_release(&run->judgement);
    sg_measures_release(&run->measures);
    sg_travel_release(&run->travel);
    sg_street_report_release(&run->street_report);
    sg_street_graph_release(&run->graph);
    sg_demand_release(&run->demand);
    sg_demand_layer_release(&run->demand_layer);
    sg_reject_log_free(run->rejects);
    sg_tally_free(run->tally);
    sg_inventory_release(&run->inventory);
    sg_taxonomy_release(&run->taxonomy);
    sg_locator_free(run->locator);
    sg_area_layer_release(&run->layer);
    sg_hashes_free(run->hashes);
}

static enum sg_status run_stages(struct sg_run *run, struct sg_staging *staging, bool only_check) {
    enum sg_status status = sg_run_read(run);
    if (status == SG_OK)
        status = sg_run_measure(run);
    if (status == SG_OK)
        status = sg_hashes_check(run->context, run->hashes);
    if (status == SG_OK && only_check) {
        status = sg_check_finish(run->context, run->check, &run->layer, &run->inventory);
        if (status == SG_OK)
            status = sg_run_check_layers(run);
        if (status == SG_OK && staging != NULL)
            status = sg_run_write_problems(run, staging);
        if (status == SG_OK)
            status = sg_run_report(run);
        return status == SG_OK ? sg_check_strict(run->context) : status;
    }
    if (status == SG_OK)
        status = sg_check_strict(run->context);
    if (status == SG_OK && staging == NULL)
        return sg_table_write_csv(run->context, NULL, NULL, &run->table);
    return status == SG_OK ? write_all(run, staging) : status;
}

enum sg_status sg_job_run(struct sg_context *context, const struct sg_job *job, bool only_check) {
    struct sg_check check = {.wants_problems = only_check && job->output != NULL};
    struct sg_run run = {.context = context, .job = job, .check = only_check ? &check : NULL};
    struct sg_staging *staging = NULL;
    enum sg_status status = SG_OK;
    sg_context_settle_threads(context);
    if (job->output != NULL)
        status = sg_staging_new(context, job->output, job->overwrite || job->output_is_own, &staging);
    if (status == SG_OK)
        status = take_inputs(&run, staging);
    if (status == SG_OK && staging != NULL) {
        status = sg_run_check_outputs(&run, staging);
        if (status == SG_OK && !only_check)
            status = sg_reject_log_new(context, &run.rejects);
    }
    if (status == SG_OK)
        status = run_stages(&run, staging, only_check);
    release(&run);
    sg_check_release(&check);
    sg_staging_free(staging);
    return status;
}
