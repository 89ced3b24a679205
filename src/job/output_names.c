/* The names of what a run writes: one each, and free to be written. */
#include <string.h>
#include <strings.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/catchments.h"
#include "job/run.h"

/* Tables and notes that a folder gets without being asked: beside any layer, and only a project's folder. */
static const char *const beside_layers[] = {"rejected.csv", "unreached.csv"};
static const char *const beside_projects[] = {
    "regions.csv", "region_areas.csv", "city.csv",          "closures.csv", "fairness.csv",
    "groups.csv",  "group_areas.csv",  "coverage_tidy.csv", "findings.txt", "provenance.json"};

enum {
    BESIDE_LAYERS = sizeof beside_layers / sizeof *beside_layers,
    BESIDE_PROJECTS = sizeof beside_projects / sizeof *beside_projects
};

static bool is_among(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (sg_text_equal_fold(name, names[i]))
            return true;
    }
    return false;
}

/* Is the layer what explains the fields of a shapefile among the others ("a.fields.csv" of "a.shp")? */
static bool is_dictionary(const struct sg_job *job, const char *name) {
    for (size_t i = 0; i < job->layer_count; i++) {
        size_t length = strlen(job->layers[i]), stem = length > 4 ? length - 4 : 0;
        if (stem > 0 && sg_text_equal_fold(job->layers[i] + stem, ".shp")
            && strncasecmp(name, job->layers[i], stem) == 0 && sg_text_equal_fold(name + stem, ".fields.csv"))
            return true;
    }
    return false;
}

/* No two outputs may have one name: one would be lost without a word. */
static enum sg_status check_names(struct sg_run *run) {
    const struct sg_job *job = run->job;
    if (run->check != NULL)
        return SG_OK; /* a check writes one file, and nothing beside it */
    enum sg_status bad = job->project != NULL ? SG_BAD_PROJECT : SG_USAGE;
    for (size_t i = 0; i < job->layer_count; i++) {
        const char *name = job->layers[i];
        if (is_among(name, job->layers, i))
            return sg_fail(run->context, bad, "name each layer once", "two layers are called '%s'", name);
        if (is_among(name, beside_layers, BESIDE_LAYERS) || is_dictionary(job, name)
            || (job->output_is_own && is_among(name, beside_projects, BESIDE_PROJECTS))
            || (job->tidy && sg_text_equal_fold(name, "coverage_tidy.csv")))
            return sg_fail(
                run->context, bad, "choose another name",
                "the layer '%s' would be replaced by a table of that name, which is written beside "
                "the layers",
                name);
    }
    for (size_t i = 0; i < job->map_count; i++) {
        for (size_t other = 0; other < i; other++) {
            if (sg_text_equal_fold(job->maps[i].output, job->maps[other].output))
                return sg_fail(run->context, bad, "give each its own output",
                               "map '%s': another map has the same output", job->maps[i].output);
        }
    }
    return SG_OK;
}

enum sg_status sg_run_check_outputs(struct sg_run *run, struct sg_staging *staging) {
    const struct sg_job *job = run->job;
    enum sg_status status = check_names(run);
    for (size_t i = 0; status == SG_OK && i < job->layer_count; i++) {
        if (sg_format_of(job->layers[i]) == NULL)
            return sg_fail(run->context, SG_USAGE, "use .csv .gpkg .shp .geojson .fgb .xlsx .ods or .parquet",
                           "%s: the ending does not name a format", job->layers[i]);
        status = sg_staging_check(staging, job->layers[i]);
    }
    for (size_t i = 0; status == SG_OK && i < SG_CATCHMENT_KINDS * job->layer_count; i++) {
        bool no_memory = false;
        char *name = sg_catchments_file(job, i / SG_CATCHMENT_KINDS,
                                        (enum sg_catchment_kind)(i % SG_CATCHMENT_KINDS), &no_memory);
        if (no_memory)
            status = sg_fail_memory(run->context);
        if (name != NULL)
            status = sg_staging_check(staging, name);
        sg_free(name);
    }
    for (size_t i = 0; status == SG_OK && i < job->map_count; i++)
        status = sg_staging_check(staging, job->maps[i].output);
    char *regions = sg_run_regions_file(job);
    if (status == SG_OK && regions != NULL)
        status = sg_staging_check(staging, regions);
    sg_free(regions);
    for (size_t i = 0; status == SG_OK && job->output_is_own && i < BESIDE_PROJECTS; i++)
        status = sg_staging_check(staging, beside_projects[i]);
    return status;
}
