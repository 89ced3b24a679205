/* The commands that run a job: run, coverage, check, map. */
#include <stdlib.h>
#include <string.h>

#include "cli/blame.h"
#include "cli/command.h"
#include "cli/job_settings.h"
#include "cli/project.h"
#include "core/alloc.h"

static enum sg_status need_areas(struct sg_context *context, const struct sg_settings *settings) {
    if (settings->general.of[SG_OPT_AREAS] == NULL)
        return sg_fail(context, SG_USAGE, "add --areas neighbourhoods.geojson", "--areas is missing");
    return SG_OK;
}

static enum sg_status need_services(struct sg_context *context, const struct sg_settings *settings) {
    if (settings->service_count == 0)
        return sg_fail(context, SG_USAGE, "add --services services.csv", "--services is missing");
    return SG_OK;
}

bool sg_split_path(const char *path, char **ret_directory, char **ret_name) {
    const char *slash = strrchr(path, '/');
    *ret_name = sg_strdup(slash == NULL ? path : slash + 1);
    *ret_directory = slash == NULL   ? sg_strdup(".")
                     : slash == path ? sg_strdup("/")
                                     : sg_strndup(path, (size_t)(slash - path));
    return *ret_name != NULL && *ret_directory != NULL;
}

enum sg_status sg_command_coverage(struct sg_context *context, struct sg_settings *settings) {
    enum sg_status status = need_areas(context, settings);
    if (status == SG_OK)
        status = need_services(context, settings);
    struct sg_prepared_job prepared = {0};
    if (status == SG_OK)
        status = sg_job_prepare(context, settings, &prepared);
    if (status != SG_OK)
        return status;
    const char *output = settings->general.of[SG_OPT_OUTPUT];
    char *directory = NULL, *name = NULL;
    if (output != NULL && !sg_split_path(output, &directory, &name)) {
        status = sg_fail_memory(context);
    } else if (output != NULL && name[0] == '\0') {
        status = sg_fail(context, SG_USAGE, "write a file name: out/coverage.gpkg",
                         "-o %s: a folder, not a file", output);
    } else {
        const char *layers[1] = {name};
        prepared.job.output = directory;
        prepared.job.layers = layers;
        prepared.job.layer_count = output == NULL ? 0 : 1;
        status = sg_job_run(context, &prepared.job, false);
    }
    sg_free(directory);
    sg_free(name);
    sg_prepared_job_release(&prepared);
    return status;
}

void sg_apply_to_context(struct sg_context *context, const struct sg_values *values) {
    const char *const *of = (const char *const *)values->of;
    if (of[SG_OPT_THREADS] != NULL)
        sg_context_set_threads(context, (int)strtod(of[SG_OPT_THREADS], NULL));
    sg_context_set_strict(context, sg_flag_is_on(of, SG_OPT_STRICT));
}

/* Options of the command line go before those of the project. */
static enum sg_status merge_project(struct sg_context *context, const char *path,
                                    struct sg_settings *settings) {
    struct sg_values given = settings->general;
    settings->general = (struct sg_values){0};
    enum sg_status status = sg_project_read(context, path, settings);
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        if (given.of[i] == NULL)
            continue;
        sg_free(settings->general.of[i]);
        settings->general.of[i] = given.of[i];
        settings->general.lines[i] = 0;
    }
    sg_apply_to_context(context, &settings->general);
    return status;
}

enum sg_status sg_run_project(struct sg_context *context, const char *path, const char *output,
                              struct sg_settings *settings) {
    enum sg_status status = merge_project(context, path, settings);
    struct sg_prepared_job prepared = {0};
    if (status == SG_OK)
        status = sg_job_prepare(context, settings, &prepared);
    if (status != SG_OK)
        return sg_project_blame(context, path, settings, status);
    prepared.job.command = "run";
    prepared.job.project = path;
    prepared.job.output = output != NULL ? output : settings->general.of[SG_OPT_OUTPUT];
    prepared.job.output_is_own = true;
    if (prepared.job.layer_count == 0 && prepared.job.map_count == 0)
        status = sg_fail(context, SG_BAD_PROJECT, "add layers: [coverage.gpkg] or a list of maps",
                         "%s: the project asks for no layers and no maps", path);
    if (status == SG_OK)
        status = sg_job_run(context, &prepared.job, false);
    status = sg_project_blame(context, path, settings, status);
    sg_prepared_job_release(&prepared);
    return status;
}

/* A check writes what its own -o names; the output of a project is for `run`. */
static enum sg_status run_check(struct sg_context *context, const char *output, struct sg_job *job) {
    char *directory = NULL, *name = NULL;
    enum sg_status status = SG_OK;
    const char *layers[1];
    job->command = "check";
    job->map_count = 0;
    job->layer_count = 0;
    job->output = NULL;
    job->output_is_own = false;
    if (output != NULL && !sg_split_path(output, &directory, &name))
        status = sg_fail_memory(context);
    if (status == SG_OK && output != NULL && name[0] == '\0')
        status = sg_fail(context, SG_USAGE, "write a file name: out/problems.gpkg",
                         "-o %s: a folder, not a file", output);
    if (status == SG_OK && output != NULL) {
        layers[0] = name;
        job->layers = layers;
        job->layer_count = 1;
        job->output = directory;
    }
    if (status == SG_OK)
        status = sg_job_run(context, job, true);
    job->layers = NULL;
    job->layer_count = 0;
    job->output = NULL;
    sg_free(directory);
    sg_free(name);
    return status;
}

enum sg_status sg_command_check(struct sg_context *context, struct sg_settings *settings) {
    enum sg_status status = SG_OK;
    char *output = sg_strdup(settings->general.of[SG_OPT_OUTPUT]);
    if (settings->general.of[SG_OPT_OUTPUT] != NULL && output == NULL)
        return sg_fail_memory(context);
    if (settings->word_count > 0)
        status = merge_project(context, settings->words[0], settings);
    else
        status = need_areas(context, settings);
    struct sg_prepared_job prepared = {0};
    if (status == SG_OK)
        status = sg_job_prepare(context, settings, &prepared);
    if (status == SG_OK) {
        prepared.job.report_as_json = sg_flag_is_on((const char *const *)settings->general.of, SG_OPT_JSON);
        status = run_check(context, output, &prepared.job);
    }
    if (settings->word_count > 0)
        status = sg_project_blame(context, settings->words[0], settings, status);
    sg_free(output);
    sg_prepared_job_release(&prepared);
    return status;
}

enum sg_status sg_command_map(struct sg_context *context, struct sg_settings *settings) {
    const char *const *of = (const char *const *)settings->general.of;
    if (of[SG_OPT_LAYER] == NULL)
        return sg_fail(context, SG_USAGE, "add --layer coverage.gpkg", "--layer is missing");
    struct sg_prepared_job prepared = {0};
    enum sg_status status = sg_job_prepare(context, settings, &prepared);
    if (status != SG_OK)
        return status;
    struct sg_map_request request;
    sg_map_request_from(&settings->general, &settings->general, &request);
    /* fields of the points file are given like those of a services file */
    struct sg_service_source points = {.fields = {.type = of[SG_OPT_TYPE],
                                                  .type_value = of[SG_OPT_TYPE_VALUE],
                                                  .separators = of[SG_OPT_TYPE_SEPARATOR],
                                                  .lon = of[SG_OPT_LON],
                                                  .lat = of[SG_OPT_LAT]}};
    prepared.job.services = &points;
    prepared.job.service_count = 1;
    status = sg_map_request_check(context, &request);
    if (status == SG_OK && request.output == NULL)
        status = sg_fail(context, SG_USAGE, "add -o map.png (or .svg, .pdf)", "--output is missing");
    struct sg_source layer = {.path = of[SG_OPT_LAYER],
                              .layer = of[SG_OPT_LAYER_NAME],
                              .where = of[SG_OPT_LAYER_WHERE],
                              .crs = of[SG_OPT_LAYER_CRS],
                              .encoding = of[SG_OPT_ENCODING],
                              .crs_option = "--layer-crs"};
    if (status == SG_OK)
        status = sg_map_job_run(context, &layer, &request, &prepared.job);
    sg_prepared_job_release(&prepared);
    return status;
}
