/* The `map` command: one map of one field of any polygon layer. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/alloc.h"
#include "core/text.h"
#include "core/threads.h"
#include "draw/map.h"
#include "job/charts.h"
#include "job/layer_checks.h"
#include "job/layer_notes.h"
#include "job/layer_variables.h"
#include "job/layer_words.h"
#include "job/map_kinds.h"
#include "job/map_parts.h"
#include "job/run.h"
#include "job/styles.h"
#include "judge/map_words.h"
#include "measure/area_size.h"
#include "measure/region_shares.h"
#include "read/area_values.h"
#include "read/region_reader.h"
#include "read/taxonomy_reader.h"

static bool is_text_layer(const struct sg_area_layer *layer) {
    for (size_t i = 0; i < layer->area_count; i++) {
        if (layer->areas[i].text != NULL)
            return true;
    }
    return false;
}

struct page {
    struct sg_area_layer layer;
    struct sg_area_values values; /* of a map of several fields */
    struct sg_taxonomy taxonomy;  /* of the fields, where one is named */
    struct sg_classification classes;
    struct sg_map_kind_parts kind;
    struct sg_map_layers layers;
    struct sg_overlay overlay;
    struct sg_map_area *areas;
    struct sg_map_region *regions;
    struct sg_point_file sites;
    struct sg_layer_words words;
    char *method, *note;
};

static void release_page(struct page *page) {
    sg_layer_words_release(&page->words);
    sg_free(page->method);
    sg_free(page->note);
    sg_free(page->areas);
    sg_area_values_release(&page->values);
    sg_taxonomy_release(&page->taxonomy);
    sg_map_kind_parts_release(&page->kind);
    sg_free(page->regions);
    sg_point_file_release(&page->sites);
    sg_overlay_release(&page->overlay);
    sg_map_layers_release(&page->layers);
    sg_area_layer_release(&page->layer);
}

/* The second field, or all fields of a series, once the areas are known; the types that they are of. */
static enum sg_status read_values(struct sg_context *context, const struct sg_source *source,
                                  const struct sg_map_request *request, const char *taxonomy,
                                  struct page *page) {
    const char *names = request->kind == SG_MAP_BIVARIATE ? request->field2 : request->field;
    bool has_more = request->kind == SG_MAP_BIVARIATE || request->kind == SG_MAP_MULTIPLES;
    enum sg_status status = SG_OK;
    if (has_more)
        status = sg_area_values_read(context, source, names, page->layer.area_count, &page->values);
    if (status == SG_OK && request->kind == SG_MAP_MULTIPLES)
        sg_layer_series_titles(&page->layer, &page->values);
    if (status == SG_OK && taxonomy != NULL && (has_more || page->layer.is_coverage))
        status = sg_taxonomy_read(context, taxonomy, &page->taxonomy);
    return status;
}

static enum sg_status read_layer(struct sg_context *context, const struct sg_source *source,
                                 const struct sg_map_request *request, const struct sg_job *job,
                                 struct page *page) {
    const char *labels =
        request->labels != NULL && strcmp(request->labels, "none") != 0 ? request->labels : NULL;
    bool has_field = request->kind != SG_MAP_MULTIPLES && request->kind != SG_MAP_REGIONS;
    struct sg_area_fields fields = {.name = labels,
                                    .name_option = "--labels",
                                    .id = job->area_fields.id,
                                    .value = has_field ? request->field : NULL,
                                    .value_option = "--field"};
    enum sg_status status = sg_areas_read(context, source, &fields, &page->layer);
    if (status == SG_OK)
        status = sg_layer_check_values(context, request, &page->layer);
    if (status == SG_OK)
        status = read_values(context, source, request, job->taxonomy, page);
    if (status == SG_OK && request->kind == SG_MAP_MULTIPLES)
        status = sg_layer_check_series(context, &page->layer, &page->values);
    if (status == SG_OK && !request->has_chart)
        sg_layer_drop_undrawn(context, &page->layer, &page->values);
    return status;
}

static enum sg_status read_regions(struct sg_context *context, const struct sg_job *job,
                                   struct sg_area_layer *layer) {
    struct sg_area_keys *keys;
    struct sg_source source = {.path = job->regions, .encoding = job->encoding, .crs_option = "--regions"};
    enum sg_status status = sg_areas_measure(context, layer);
    if (status != SG_OK)
        return status;
    status = sg_area_keys_new(context, layer, job->aliases, job->encoding, &keys);
    if (status != SG_OK)
        return status;
    status = sg_regions_read(context, &source, job->region_name, keys, layer);
    sg_area_keys_free(keys);
    return status == SG_OK ? sg_regions_share(context, layer) : status;
}

static enum sg_status prepare(struct sg_context *context, const struct sg_source *source,
                              const struct sg_map_request *request, const struct sg_job *job,
                              struct page *page) {
    enum sg_status status = read_layer(context, source, request, job, page);
    if (status == SG_OK)
        status = sg_map_layers_read(context, request, page->layer.crs, &page->layers);
    if (status == SG_OK && job->regions != NULL)
        status = read_regions(context, job, &page->layer);
    if (status == SG_OK && request->sites != NULL)
        status = sg_point_file_read(context, request->sites, job, page->layer.crs, &page->sites);
    if (status != SG_OK)
        return status;
    status = sg_layer_words_find(context, &page->layer, &page->taxonomy, job, &page->words);
    if (status == SG_OK)
        status = sg_layer_note_find(context, source, &page->layer, &page->values, &page->taxonomy,
                                    job->language, &page->note);
    if (status == SG_OK)
        status = sg_map_note_after(context, request->note, &page->note);
    if (status != SG_OK)
        return status;
    page->areas = sg_alloc(page->layer.area_count, sizeof *page->areas);
    page->regions = sg_map_regions_from(&page->layer);
    if (page->areas == NULL || page->regions == NULL)
        return sg_fail_memory(context);
    bool is_own = page->words.column.measure != NULL; /* a column that the program made */
    double turn = sg_map_low_is_worst(&page->words.column) ? -1 : 1;
    for (size_t i = 0; i < page->layer.area_count; i++) {
        const struct sg_area *area = &page->layer.areas[i];
        const char *text = is_own ? sg_map_word(area->text, job->language) : area->text;
        page->areas[i] =
            (struct sg_map_area){&area->shape, area->name, area->value, text, turn * area->value};
    }
    return SG_OK;
}

static void borrow_page(struct page *page, const struct sg_map_request *request, const struct sg_job *job,
                        struct sg_map *map) {
    sg_map_apply_request(request, job, map);
    map->area_word = NULL;
    map->note = page->note[0] != '\0' ? page->note : NULL;
    map->title = request->title != NULL ? request->title : page->words.title;
    map->subtitle = request->subtitle != NULL ? request->subtitle : page->words.subtitle;
    const struct sg_column *column = &page->words.column;
    if (column->measure != NULL) {
        enum sg_whom whom = sg_layer_whom(&page->layer);
        map->legend_title = sg_map_legend_title(column, whom, job->language);
        map->legend_unit = sg_map_legend_unit(column, whom, job->language);
        map->zero_label = sg_map_zero_label(column, whom, job->language);
        map->high_is_good = sg_map_low_is_worst(column);
        map->counts_people = sg_map_counts_people(column);
    } else {
        map->legend_title = page->layer.value_title;
    }
    map->no_labels = map->no_labels || !sg_layer_has_names(&page->layer);
    map->crs = page->layer.crs;
    map->areas = page->areas;
    map->area_count = page->layer.area_count;
    map->classification = &page->classes;
    map->regions = page->regions;
    map->region_count = page->layer.region_count;
    map->sites = page->sites.sites;
    map->site_count = page->sites.count;
    map->taxonomy = page->sites.count > 0 ? &page->sites.taxonomy : NULL;
    struct stat found;
    if (stat(page->layer.path, &found) == 0)
        map->created = (long long)found.st_mtime;
}

static enum sg_status draw_chart(struct sg_context *context, const struct sg_map_request *request,
                                 const struct sg_job *job, struct page *page,
                                 const struct sg_map_variable *variables, size_t count,
                                 const struct sg_map *map, const char *path) {
    page->method = sg_map_method_sentence("", NULL, job->language);
    if (page->method == NULL)
        return sg_fail_memory(context);
    struct sg_chart_source source = {.context = context,
                                     .request = request,
                                     .job = job,
                                     .areas = page->areas,
                                     .area_count = page->layer.area_count,
                                     .variables = variables,
                                     .variable_count = count,
                                     .population = request->field2 == NULL ? NULL : variables[1].values,
                                     .taxonomy = &page->taxonomy,
                                     .title = map->title,
                                     .subtitle = map->subtitle,
                                     .method = page->method,
                                     .note = map->note,
                                     .noun = SG_NOUN_AREAS,
                                     .created = map->created};
    return sg_chart_draw(&source, path);
}

/* One page of the map; ret_pages: how many it has. */
static enum sg_status draw(struct sg_context *context, const struct sg_map_request *request,
                           const struct sg_job *job, struct page *page, size_t index, const char *path,
                           size_t *ret_pages) {
    bool is_text = is_text_layer(&page->layer);
    enum sg_status status = SG_OK;
    if (!is_text && request->kind == SG_MAP_CHOROPLETH)
        status = sg_column_classify(context, request, &page->words.column, page->layer.area_count,
                                    job->judge.cuts, &page->classes);
    if (status == SG_OK && !is_text && request->kind == SG_MAP_CHOROPLETH)
        sg_layer_check_breaks(context, request, &page->classes);
    struct sg_map map;
    sg_map_init(&map);
    borrow_page(page, request, job, &map);
    struct sg_map_variable *variables = NULL;
    double *own = NULL;
    size_t count = 0;
    if (status == SG_OK)
        status = sg_layer_variables(context, &page->layer, &page->values, &page->taxonomy, request, job,
                                    &variables, &own, &count);
    if (request->has_chart) {
        if (status == SG_OK && request->kind == SG_MAP_MULTIPLES) /* for the finding of its title */
            status = sg_map_kind_prepare(context, request, SG_NOUN_AREAS, variables, count, 0, &page->kind,
                                         &map, ret_pages);
        *ret_pages = 1;
        if (status == SG_OK)
            status = draw_chart(context, request, job, page, variables, count, &map, path);
        sg_free(variables);
        sg_free(own);
        return status;
    }
    if (status == SG_OK)
        status = sg_map_kind_prepare(context, request, SG_NOUN_AREAS, variables, count, index, &page->kind,
                                     &map, ret_pages);
    bool has_classes = !is_text && sg_map_kind_has_method(map.kind);
    if (status == SG_OK) {
        page->method = sg_map_method_sentence("", has_classes ? map.classification : NULL, job->language);
        if (page->method == NULL || !sg_overlay_make(&page->layers, &page->overlay, &map))
            status = sg_fail_memory(context);
    }
    map.method = page->method;
    struct sg_map_report report = {0};
    if (status == SG_OK)
        status = sg_map_write(context, &map, path, &report);
    if (status == SG_OK)
        sg_map_say_labels(context, request->output, &report);
    sg_free(variables);
    sg_free(own);
    return status;
}

/* What a page made for itself goes before the next. */
static void release_drawn(struct page *page) {
    sg_map_kind_parts_release(&page->kind);
    sg_overlay_release(&page->overlay);
    sg_free(page->method);
    page->method = NULL;
}

static enum sg_status draw_pages(struct sg_context *context, struct sg_staging *staging, const char *name,
                                 const struct sg_map_request *request, const struct sg_job *job,
                                 struct page *page) {
    enum sg_status status = SG_OK;
    size_t pages = 1;
    for (size_t index = 0; status == SG_OK && index < pages; index++) {
        char *page_name = sg_map_page_name(name, index);
        if (page_name == NULL)
            return sg_fail_memory(context);
        if (index > 0)
            status = sg_staging_check(staging, page_name);
        char *path = status == SG_OK ? sg_staging_path(staging, page_name) : NULL;
        if (status == SG_OK)
            status = path == NULL ? sg_fail_memory(context)
                                  : draw(context, request, job, page, index, path, &pages);
        release_drawn(page);
        sg_free(path);
        sg_free(page_name);
    }
    return status;
}

/* Inputs are watched, and never replaced. */
static enum sg_status take_inputs(struct sg_context *context, const struct sg_source *layer,
                                  const struct sg_map_request *request, const struct sg_job *job,
                                  struct sg_staging *staging, struct sg_hashes **ret_inputs) {
    const char *paths[] = {layer->path,    request->streets, request->water, request->land,
                           request->sites, job->regions,     job->aliases};
    size_t count = 0;
    bool done = true;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (paths[i] == NULL)
            continue;
        done = done && sg_staging_protect(staging, paths[i]);
        paths[count++] = paths[i];
    }
    *ret_inputs = done ? sg_hashes_start(paths, count, false) : NULL;
    return *ret_inputs == NULL ? sg_fail_memory(context) : SG_OK;
}

enum sg_status sg_map_job_run(struct sg_context *context, const struct sg_source *layer,
                              const struct sg_map_request *request, const struct sg_job *job) {
    const char *slash = strrchr(request->output, '/');
    const char *name = slash == NULL ? request->output : slash + 1;
    char *directory = slash == NULL ? sg_strdup(".")
                      : slash == request->output
                          ? sg_strdup("/")
                          : sg_strndup(request->output, (size_t)(slash - request->output));
    if (directory == NULL)
        return sg_fail_memory(context);
    struct sg_staging *staging = NULL;
    struct page page = {0};
    sg_context_settle_threads(context);
    enum sg_status status = sg_staging_new(context, directory, job->overwrite, &staging);
    struct sg_hashes *inputs = NULL;
    if (status == SG_OK)
        status = take_inputs(context, layer, request, job, staging, &inputs);
    if (status == SG_OK)
        status = sg_staging_check(staging, name);
    if (status == SG_OK)
        status = prepare(context, layer, request, job, &page);
    if (status == SG_OK)
        status = draw_pages(context, staging, name, request, job, &page);
    if (status == SG_OK)
        status = sg_check_strict(context);
    if (status == SG_OK)
        status = sg_hashes_check(context, inputs);
    if (status == SG_OK)
        status = sg_staging_commit(staging);
    sg_hashes_free(inputs);
    sg_free(directory);
    release_page(&page);
    sg_staging_free(staging);
    return status;
}
