/* `init`: a commented project file for the layers it is given, with the fields it recognised. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "core/alloc.h"
#include "core/file.h"
#include "read/dataset.h"
#include "read/field_names.h"
#include "read/street_finder.h"
#include "write/staging.h"

/* A value as YAML: always quoted, so that no name is taken for something else. */
static void append_quoted(struct sg_text *text, const char *value) {
    sg_text_append_char(text, '"');
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            sg_text_append_char(text, '\\');
        sg_text_append_char(text, *c);
    }
    sg_text_append_char(text, '"');
}

static void append_setting(struct sg_text *text, const char *indent, const char *name, const char *value) {
    sg_text_append_format(text, "%s%s: ", indent, name);
    append_quoted(text, value);
    sg_text_append(text, "\n");
}

/* The project as it is written, and what it lacks: "population of areas.geojson". */
struct project {
    struct sg_text text, missing;
};

/* The field as named, else as recognised (a comment says so), else a commented line. Returns whether there is
 * one. */
static bool append_field(struct sg_text *text, const char *indent, const char *option, const char *named,
                         struct sg_dataset *dataset, const char *const *names) {
    if (named != NULL) {
        append_setting(text, indent, option, named);
        return true;
    }
    int field = sg_dataset_recognise_latest(dataset, names);
    if (field >= 0) {
        sg_text_append_format(text, "%s%s: ", indent, option);
        append_quoted(text, sg_dataset_field_name(dataset, field));
        sg_text_append(text, "  # recognised\n");
    } else {
        sg_text_append_format(text, "%s# %s: FIELD\n", indent, option);
    }
    return field >= 0;
}

/* The same for a field that a run needs or is much the poorer without: it is told where it is not recognised.
 */
static void append_wanted_field(struct project *project, const char *indent, const char *option,
                                const char *named, struct sg_dataset *dataset, const char *const *names) {
    if (!append_field(&project->text, indent, option, named, dataset, names))
        sg_text_append_format(&project->missing, "%s%s of %s", project->missing.length == 0 ? "" : ", ",
                              option, dataset->path);
}

/* A field's name in a comment, which ends with its line. */
static void append_name(struct sg_text *text, struct sg_dataset *dataset, int field) {
    for (const char *c = sg_dataset_field_name(dataset, field); *c != '\0'; c++)
        sg_text_append_char(text, *c == '\n' || *c == '\r' ? ' ' : *c);
}

static void append_fields_comment(struct sg_text *text, const char *indent, struct sg_dataset *dataset) {
    int count = OGR_FD_GetFieldCount(dataset->definition);
    sg_text_append_format(text, "%s# fields:", indent);
    for (int i = 0; i < count && i < 40; i++) {
        sg_text_append(text, i == 0 ? " " : ", ");
        append_name(text, dataset, i);
    }
    sg_text_append_format(text, "%s\n", count > 40 ? " ..." : "");
}

/* The path as a project in the output's folder would write it: itself when absolute, else from here. */
static char *project_path(const char *path, const char *output) {
    const char *slash = output == NULL ? NULL : strrchr(output, '/');
    if (slash == NULL || path[0] == '/')
        return sg_strdup(path);
    char *resolved = realpath(path, NULL);
    char *copy = sg_strdup(resolved == NULL ? path : resolved);
    free(resolved);
    return copy;
}

static void append_path(struct sg_text *text, const char *indent, const char *name, const char *path,
                        const char *output) {
    char *written = project_path(path, output);
    append_setting(text, indent, name, written == NULL ? "" : written);
    text->failed = text->failed || written == NULL;
    sg_free(written);
}

/* Streets among the layers that were given for something else. */
struct found_streets {
    const char *path; /* NULL: none */
    char *layer;      /* of several in the file; NULL: it is a service file that holds nothing else */
};

/* Notes the first layer of streets that a file holds beside the one that was asked for. */
static enum sg_status look_for_streets(const struct sg_dataset *dataset, const char *path,
                                       struct found_streets *streets) {
    enum sg_status status = SG_OK;
    if (streets->path == NULL)
        status = sg_street_layer_find(dataset, &streets->layer);
    if (streets->layer != NULL && streets->path == NULL)
        streets->path = path;
    return status;
}

static enum sg_status describe_areas(struct sg_context *context, const char *const *of,
                                     struct found_streets *streets, struct project *project) {
    struct sg_text *text = &project->text;
    struct sg_source source = {.path = of[SG_OPT_AREAS], .layer = of[SG_OPT_AREAS_LAYER]};
    struct sg_dataset dataset;
    enum sg_status status = sg_dataset_open(context, &source, &dataset);
    if (status == SG_OK) {
        sg_text_append(text, "# The neighbourhoods\n");
        append_path(text, "", "areas", source.path, of[SG_OPT_OUTPUT]);
        if (of[SG_OPT_AREAS_LAYER] != NULL)
            append_setting(text, "", "areas-layer", of[SG_OPT_AREAS_LAYER]);
        append_fields_comment(text, "", &dataset);
        append_wanted_field(project, "", "area-id", of[SG_OPT_AREA_ID], &dataset, sg_area_id_fields);
        append_field(text, "", "area-name", of[SG_OPT_AREA_NAME], &dataset, sg_area_name_fields);
        if (of[SG_OPT_DEMAND] != NULL)
            append_field(text, "", "population", of[SG_OPT_POPULATION], &dataset, sg_area_population_fields);
        else
            append_wanted_field(project, "", "population", of[SG_OPT_POPULATION], &dataset,
                                sg_area_population_fields);
        if (of[SG_OPT_NEED] != NULL)
            append_setting(text, "", "need", of[SG_OPT_NEED]);
        else
            sg_text_append(text, "# need: FIELD   # people who need the services, if not everybody\n");
        if (of[SG_OPT_REGIONS] != NULL)
            append_path(text, "", "regions", of[SG_OPT_REGIONS], of[SG_OPT_OUTPUT]);
        else
            sg_text_append(text, "# regions: regions.csv   # columns area_id, region\n");
        status = look_for_streets(&dataset, source.path, streets);
    }
    sg_dataset_release(&dataset);
    return status;
}

static enum sg_status describe_services(struct sg_context *context, const struct sg_settings *settings,
                                        const struct sg_values *service, struct found_streets *streets,
                                        struct project *project) {
    struct sg_text *text = &project->text;
    struct sg_source source = {.path = service->of[SG_OPT_SERVICES]};
    struct sg_dataset dataset;
    enum sg_status status = sg_dataset_open(context, &source, &dataset);
    if (status == SG_OK && settings->general.of[SG_OPT_STREETS] == NULL && sg_is_street_layer(&dataset)) {
        if (streets->path == NULL || streets->layer != NULL)
            streets->path = source.path;
        sg_free(streets->layer);
        streets->layer = NULL;
        sg_note(context, "%s: lines of streets and no services: written as streets", source.path);
    } else if (status == SG_OK) {
        append_path(text, "  - ", "file", source.path, settings->general.of[SG_OPT_OUTPUT]);
        append_fields_comment(text, "    ", &dataset);
        append_wanted_field(project, "    ", "type", service->of[SG_OPT_TYPE], &dataset, sg_type_fields);
        if (dataset.is_table) {
            append_field(text, "    ", "lon", NULL, &dataset, sg_lon_fields);
            append_field(text, "    ", "lat", NULL, &dataset, sg_lat_fields);
        }
        append_field(text, "    ", "organization", NULL, &dataset, sg_organization_fields);
        status = look_for_streets(&dataset, source.path, streets);
    }
    sg_dataset_release(&dataset);
    return status;
}

static enum sg_status describe_demand(struct sg_context *context, const char *const *of,
                                      struct found_streets *streets, struct project *project) {
    struct sg_text *text = &project->text;
    if (of[SG_OPT_DEMAND] == NULL) {
        sg_text_append(
            text, "\n# Where people live: points or polygons with a population (default: spread evenly over "
                  "each area)\n# demand: blocks.geojson\n# demand-population: FIELD\n");
        return SG_OK;
    }
    struct sg_source source = {.path = of[SG_OPT_DEMAND]};
    struct sg_dataset dataset;
    enum sg_status status = sg_dataset_open(context, &source, &dataset);
    if (status == SG_OK) {
        sg_text_append(text, "\n# Where people live\n");
        append_path(text, "", "demand", source.path, of[SG_OPT_OUTPUT]);
        append_fields_comment(text, "", &dataset);
        append_wanted_field(project, "", "demand-population", of[SG_OPT_DEMAND_POPULATION], &dataset,
                            sg_demand_population_fields);
        status = look_for_streets(&dataset, source.path, streets);
    }
    sg_dataset_release(&dataset);
    return status;
}

/* What is recognised by itself in a layer of streets, and so has no setting. */
static void append_street_signs(struct sg_text *text, struct sg_dataset *dataset) {
    struct sg_street_signs signs = sg_street_signs_of(dataset);
    int field = signs.tags >= 0 ? signs.tags : signs.class_field;
    append_fields_comment(text, "", dataset);
    if (field < 0)
        sg_text_append(text, "# no field tells what the streets are: all are open to everybody\n");
    if (field >= 0) {
        sg_text_append(text, "# what the streets are: ");
        append_name(text, dataset, field);
        sg_text_append(text, signs.tags >= 0 ? ", with OpenStreetMap's other tags   # recognised\n"
                                             : "   # recognised\n");
    }
    if (signs.one_way >= 0) {
        sg_text_append(text, "# which way they lead: ");
        append_name(text, dataset, signs.one_way);
        sg_text_append(text, "   # recognised\n");
    }
}

/* Streets that are named are measured along; those found in a file of several layers are offered. */
static enum sg_status describe_streets(struct sg_context *context, const char *const *of,
                                       const struct found_streets *found, struct sg_text *text) {
    bool is_named = of[SG_OPT_STREETS] != NULL, is_offered = !is_named && found->layer != NULL;
    struct sg_source source = {.path = is_named ? of[SG_OPT_STREETS] : found->path,
                               .layer = is_named ? of[SG_OPT_STREETS_LAYER] : found->layer,
                               .usual_layer = "lines"};
    sg_text_append(text, "\n# Streets that people travel along, in place of straight lines\n");
    if (source.path == NULL) {
        sg_text_append(text, "# streets: streets.osm.pbf   # a layer of lines, or an OpenStreetMap file\n");
        return SG_OK;
    }
    struct sg_dataset dataset;
    enum sg_status status = sg_dataset_open(context, &source, &dataset);
    if (status == SG_OK && dataset.is_table)
        status = sg_fail(context, SG_BAD_INPUT, "name a layer of lines with --streets-layer",
                         "%s: a table without geometry", source.path);
    if (status == SG_OK) {
        append_path(text, is_offered ? "# " : "", "streets", source.path, of[SG_OPT_OUTPUT]);
        if (source.layer != NULL)
            append_setting(text, is_offered ? "# " : "", "streets-layer", source.layer);
        append_street_signs(text, &dataset);
        sg_text_append(text, "# travel-mode: walk   # walk, cycle, drive\n"
                             "# walk-speed: 4.8     # km/h, for within: 15min\n"
                             "# snap-limit: 500m    # who is farther from any street is on none\n"
                             "# min-piece: 200m     # leaves out shorter pieces that lead nowhere\n");
    }
    sg_dataset_release(&dataset);
    return status;
}

static void describe_rest(const char *const *of, struct sg_text *text) {
    sg_text_append(text, "\n# Kinds of service: a taxonomy, or as found in the file\n");
    if (of[SG_OPT_TAXONOMY] != NULL && sg_option_is_path(SG_OPT_TAXONOMY, of[SG_OPT_TAXONOMY]))
        append_path(text, "", "taxonomy", of[SG_OPT_TAXONOMY], of[SG_OPT_OUTPUT]);
    else if (of[SG_OPT_TAXONOMY] != NULL)
        append_setting(text, "", "taxonomy", of[SG_OPT_TAXONOMY]);
    else
        sg_text_append(text, "# taxonomy: lip\n");
    sg_text_append(text, "# rules: rules.yaml   # how the file's own words map to the taxonomy\n"
                         "\n# What is measured and judged\n");
    append_setting(text, "", "within", of[SG_OPT_WITHIN] == NULL ? "1km" : of[SG_OPT_WITHIN]);
    sg_text_append(
        text, "# benchmark: median   # median, average, \"1 per 5000\", \"90%\"\n"
              "# supply: reach       # reach, count, access, within\n"
              "\n# For whom: fields of the demand, the areas or a joined table\n"
              "# groups: seniors=FIELD, newcomers=FIELD:percent\n"
              "# need-index: \"FIELD:+:2, OTHER:-\"   # + where high values mean need, - where low ones do\n"
              "# status: FIELD   # income or another rank: who has more?\n"
              "\n# Words on maps\nlanguage: en\n# source: City open data, 2026\n"
              "\n# Results, in this folder\noutput: servicegap-output\n"
              "layers: [coverage.gpkg, coverage.csv]\n"
              "maps:\n  - field: gap_index\n    output: gap.png\n");
}

/* The layers that the project is made for are never replaced. */
static bool protect_inputs(const struct sg_settings *settings, struct sg_staging *staging) {
    static const enum sg_option_id inputs[] = {SG_OPT_AREAS, SG_OPT_REGIONS, SG_OPT_DEMAND, SG_OPT_STREETS,
                                               SG_OPT_TAXONOMY};
    bool done = true;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        const char *path = settings->general.of[inputs[i]];
        done = done && (path == NULL || sg_staging_protect(staging, path));
    }
    for (size_t i = 0; i < settings->service_count; i++)
        done = done && sg_staging_protect(staging, settings->services[i].of[SG_OPT_SERVICES]);
    return done;
}

static enum sg_status write_file(struct sg_context *context, const struct sg_settings *settings,
                                 const char *directory, const char *name, const struct sg_text *text) {
    struct sg_staging *staging;
    bool may_replace = sg_flag_is_on((const char *const *)settings->general.of, SG_OPT_OVERWRITE);
    enum sg_status status = sg_staging_new(context, directory, may_replace, &staging);
    if (status != SG_OK)
        return status;
    char *path = sg_staging_path(staging, name);
    if (path == NULL || !protect_inputs(settings, staging))
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = sg_staging_check(staging, name);
    if (status == SG_OK)
        status = sg_file_write(context, path, sg_text_bytes(text), text->length);
    if (status == SG_OK)
        status = sg_staging_commit(staging);
    sg_free(path);
    sg_staging_free(staging);
    return status;
}

static enum sg_status write_project(struct sg_context *context, const struct sg_settings *settings,
                                    const struct sg_text *text) {
    const char *path = settings->general.of[SG_OPT_OUTPUT];
    if (path == NULL || strcmp(path, "-") == 0) {
        fputs(sg_text_bytes(text), stdout);
        return SG_OK;
    }
    char *directory = NULL, *name = NULL;
    enum sg_status status = sg_split_path(path, &directory, &name) ? SG_OK : sg_fail_memory(context);
    if (status == SG_OK && name[0] == '\0')
        status = sg_fail(context, SG_USAGE, "write a file name: project.yaml", "-o %s: a folder, not a file",
                         path);
    if (status == SG_OK)
        status = write_file(context, settings, directory, name, text);
    if (status == SG_OK)
        sg_note(context, "%s is written; look through it, then: servicegap run %s", path, path);
    sg_free(directory);
    sg_free(name);
    return status;
}

enum sg_status sg_command_init(struct sg_context *context, struct sg_settings *settings) {
    const char *const *of = (const char *const *)settings->general.of;
    if (of[SG_OPT_AREAS] == NULL)
        return sg_fail(context, SG_USAGE, "add --areas neighbourhoods.geojson", "--areas is missing");
    if (settings->service_count == 0)
        return sg_fail(context, SG_USAGE, "add --services services.csv", "--services is missing");
    struct project project;
    struct sg_text *text = &project.text;
    sg_text_init(text);
    sg_text_init(&project.missing);
    sg_text_append(
        text,
        "# A servicegap project: keys are the options of `servicegap coverage` and `servicegap map`\n"
        "# without the dashes. Paths count from this file's folder. Run it with: servicegap run FILE\n\n");
    struct found_streets streets = {0};
    enum sg_status status = describe_areas(context, of, &streets, &project);
    sg_text_append(text, "\n# The services: one entry for each file\nservices:\n");
    size_t head = text->length;
    for (size_t i = 0; status == SG_OK && i < settings->service_count; i++)
        status = describe_services(context, settings, &settings->services[i], &streets, &project);
    if (status == SG_OK && text->length == head && !text->failed)
        status = sg_fail(context, SG_USAGE, "add --services services.csv, and say --streets for the streets",
                         "--services names streets and nothing else");
    if (status == SG_OK)
        status = describe_demand(context, of, &streets, &project);
    if (status == SG_OK)
        status = describe_streets(context, of, &streets, text);
    sg_free(streets.layer);
    describe_rest(of, text);
    if (status == SG_OK)
        status = text->failed || project.missing.failed ? sg_fail_memory(context)
                                                        : write_project(context, settings, text);
    if (status == SG_OK && project.missing.length > 0)
        sg_note(context, "no field is recognised as %s: write its name in the project",
                sg_text_bytes(&project.missing));
    sg_text_release(text);
    sg_text_release(&project.missing);
    return status;
}
