/* The drawing stage of a run: columns of the coverage table to map pages. */
#include "job/charts.h"
#include "job/map_columns.h"
#include "job/map_parts.h"
#include "job/styles.h"
#include "judge/cluster_words.h"
#include "judge/map_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

/* ---- maps of the coverage ---- */

/* column NULL: areas without values, for a map of regions. */
static struct sg_map_area *areas_of_column(const struct sg_run *run, const struct sg_column *column) {
    struct sg_map_area *areas = sg_alloc(run->layer.area_count, sizeof *areas);
    bool high_first = column == NULL || !sg_map_low_is_worst(column);
    bool is_uncovered =
        column != NULL && column->measure != NULL && strcmp(column->measure, "uncovered") == 0;
    for (size_t a = 0; areas != NULL && a < run->layer.area_count; a++) {
        const struct sg_area *area = &run->layer.areas[a];
        bool is_text = column != NULL && column->kind == SG_COLUMN_TEXT;
        double value = is_text || column == NULL ? NAN : column->numbers[a];
        /* where nobody lives, nobody is without */
        if (is_uncovered && run->measures.states[a] != SG_AREA_MEASURED)
            value = NAN;
        areas[a] = (struct sg_map_area){.shape = &area->shape,
                                        .name = area->name,
                                        .value = value,
                                        .category = is_text ? column->texts[a] : NULL,
                                        .rank = high_first ? value : -value};
    }
    return areas;
}

/* One symbol for each type at a site; for a map of one type only the sites that offer it. */
static struct sg_map_site *sites_of_column(const struct sg_run *run, const struct sg_column *column,
                                           size_t *ret_count) {
    const struct sg_inventory *inventory = &run->inventory;
    struct sg_map_site *sites = sg_alloc(inventory->site_type_count, sizeof *sites);
    bool is_of_type = column != NULL && column->type < run->taxonomy.type_count;
    *ret_count = 0;
    for (size_t i = 0; sites != NULL && i < inventory->site_count; i++) {
        const struct sg_site *site = &inventory->sites[i];
        for (uint16_t t = 0; t < site->type_count; t++) {
            size_t type = inventory->site_types[site->first_type + t];
            if (!is_of_type || type == column->type)
                sites[(*ret_count)++] = (struct sg_map_site){site->point, type};
        }
    }
    return sites;
}

/* The words of a map of the column; empty ones for a map of regions, whose kind has its own. */
struct map_words {
    char *title, *subtitle, *method;
};

static void release_words(struct map_words *words) {
    sg_free(words->title);
    sg_free(words->subtitle);
    sg_free(words->method);
}

/* Two columns: how both came about. */
static char *both_methods(struct sg_run *run, const struct sg_map_columns *columns) {
    struct sg_findings_source source = sg_run_findings_source(run);
    char *first = sg_map_method(&source, columns->columns[0]);
    char *second = sg_map_method(&source, columns->columns[1]);
    char *both = NULL;
    if (first != NULL && second != NULL && strcmp(first, second) == 0) { /* one measure of two types */
        sg_free(second);
        return first;
    }
    if (first != NULL && second != NULL) {
        size_t length = strlen(first);
        while (length > 0 && (first[length - 1] == '.' || first[length - 1] == ' '))
            length--;
        both = sg_format("%.*s%s%s", (int)length, first, length > 0 && second[0] != '\0' ? "; " : "", second);
    }
    sg_free(first);
    sg_free(second);
    return both;
}

/* How the clusters were tested, in place of the definition of their names. */
static bool use_cluster_method(const struct sg_run *run, struct map_words *words) {
    sg_free(words->method);
    words->method =
        sg_gap_clusters_method(run->job->language, run->job->fairness.permutations, &run->fairness.clusters);
    return words->method != NULL;
}

static bool find_words(struct sg_run *run, const struct sg_map_columns *columns, struct map_words *words) {
    const struct sg_column *column = columns->count > 0 ? columns->columns[0] : NULL;
    struct sg_findings_source source = sg_run_findings_source(run);
    words->title = column == NULL ? sg_strdup("") : sg_map_title(&source, column);
    words->subtitle = column == NULL ? sg_strdup("") : sg_map_subtitle(&source, column);
    words->method = column == NULL        ? sg_strdup("")
                    : columns->count == 2 ? both_methods(run, columns)
                                          : sg_map_method(&source, column);
    if (column != NULL && strcmp(column->name, "gap_cluster") == 0 && !use_cluster_method(run, words))
        return false;
    return words->title != NULL && words->subtitle != NULL && words->method != NULL;
}

/* "definition. Classes: quantiles. servicegap 0.1.0." in place of the definition. */
static bool finish_method(const struct sg_run *run, const struct sg_map *map, struct map_words *words) {
    bool has_classes = sg_map_kind_has_method(map->kind) && map->classification != NULL
                       && map->classification->class_count > 0;
    char *method =
        sg_map_method_sentence(words->method, has_classes ? map->classification : NULL, run->job->language);
    sg_free(words->method);
    words->method = method;
    return method != NULL;
}

/* What one page borrows while it is drawn. */
struct page_parts {
    struct map_words words;
    struct sg_map_area *areas;
    struct sg_map_region *regions;
    struct sg_map_site *sites;
    struct sg_overlay overlay;
    struct sg_classification classes;
    struct sg_map_kind_parts kind;
};

static void release_page(struct page_parts *parts) {
    release_words(&parts->words);
    sg_overlay_release(&parts->overlay);
    sg_map_kind_parts_release(&parts->kind);
    sg_free(parts->sites);
    sg_free(parts->regions);
    sg_free(parts->areas);
}

/* What every kind of map has: areas, overlays, look, the words of its first column. */
static enum sg_status prepare_page(struct sg_run *run, const struct sg_map_request *request,
                                   const struct sg_map_columns *columns, const struct sg_map_layers *layers,
                                   struct page_parts *parts, struct sg_map *map) {
    const struct sg_column *column = columns->count > 0 ? columns->columns[0] : NULL;
    sg_map_init(map);
    sg_map_apply_request(request, run->job, map);
    parts->areas = areas_of_column(run, column);
    parts->regions = sg_map_regions_from(&run->layer);
    if (!find_words(run, columns, &parts->words) || parts->areas == NULL || parts->regions == NULL
        || !sg_overlay_make(layers, &parts->overlay, map))
        return sg_fail_memory(run->context);
    if (request->show_sites) {
        parts->sites = sites_of_column(run, column, &map->site_count);
        if (parts->sites == NULL)
            return sg_fail_memory(run->context);
        map->sites = parts->sites;
        map->taxonomy = &run->taxonomy;
    }
    map->title = request->title != NULL ? request->title : parts->words.title;
    map->subtitle = request->subtitle != NULL ? request->subtitle : parts->words.subtitle;
    if (column != NULL) {
        map->legend_title = sg_map_legend_title(column, run->job->language);
        map->legend_unit = sg_map_legend_unit(column, run->measures.has_need, run->job->language);
        map->zero_label = sg_map_zero_label(column, run->job->language);
        map->high_is_good = sg_map_low_is_worst(column);
        map->counts_people = sg_map_counts_people(column);
    }
    map->value_unit = "";
    map->crs = run->layer.crs;
    map->areas = parts->areas;
    map->area_count = run->layer.area_count;
    map->created = sg_hashes_newest(run->hashes);
    if (request->show_regions) {
        map->regions = parts->regions;
        map->region_count = run->layer.region_count;
    }
    return SG_OK;
}

static enum sg_status draw_chart(struct sg_run *run, const struct sg_map_request *request,
                                 const struct sg_map_columns *columns,
                                 const struct sg_map_variable *variables, struct page_parts *parts,
                                 const struct sg_map *map, const char *path) {
    char *method = sg_map_method_sentence(parts->words.method, NULL, run->job->language);
    if (method == NULL)
        return sg_fail_memory(run->context);
    struct sg_chart_source source = {.context = run->context,
                                     .request = request,
                                     .job = run->job,
                                     .areas = map->areas,
                                     .area_count = map->area_count,
                                     .variables = variables,
                                     .variable_count = columns->count,
                                     .population = run->measures.population,
                                     .measures = &run->measures,
                                     .taxonomy = &run->taxonomy,
                                     .title = map->title,
                                     .subtitle = map->subtitle,
                                     .method = method,
                                     .created = map->created};
    enum sg_status status = sg_chart_draw(&source, path);
    sg_free(method);
    return status;
}

static enum sg_status draw_page(struct sg_run *run, const struct sg_map_request *request,
                                const struct sg_map_columns *columns, const struct sg_map_layers *layers,
                                size_t page, const char *path, size_t *ret_pages) {
    const struct sg_column *column = columns->count > 0 ? columns->columns[0] : NULL;
    struct page_parts parts = {0};
    struct sg_map map;
    enum sg_status status = prepare_page(run, request, columns, layers, &parts, &map);
    if (status == SG_OK && request->kind == SG_MAP_CHOROPLETH && column != NULL
        && column->kind != SG_COLUMN_TEXT) {
        status = sg_column_classify(run->context, request, column, run->table.row_count, run->job->judge.cuts,
                                    &parts.classes);
        map.classification = &parts.classes;
    }
    struct sg_map_variable variables[SG_MOST_MAP_COLUMNS];
    for (size_t i = 0; i < columns->count; i++)
        variables[i] = sg_map_variable_of(run, columns->columns[i]);
    if (status == SG_OK && request->has_chart && request->kind == SG_MAP_MULTIPLES)
        status = sg_map_kind_prepare(run->context, request, SG_NOUN_NEIGHBOURHOODS, variables, columns->count,
                                     0, &parts.kind, &map, ret_pages); /* for the finding of its title */
    if (request->has_chart)
        *ret_pages = 1;
    if (status == SG_OK && request->has_chart)
        status = draw_chart(run, request, columns, variables, &parts, &map, path);
    if (request->has_chart) {
        release_page(&parts);
        return status;
    }
    if (status == SG_OK && column != NULL)
        variables[0].has_finding = strcmp(parts.words.title, column->title) != 0;
    if (status == SG_OK)
        status = sg_map_kind_prepare(run->context, request, SG_NOUN_NEIGHBOURHOODS, variables, columns->count,
                                     page, &parts.kind, &map, ret_pages);
    if (status == SG_OK && !finish_method(run, &map, &parts.words))
        status = sg_fail_memory(run->context);
    map.method = parts.words.method;
    struct sg_map_report report = {0};
    if (status == SG_OK && !request->has_chart)
        status = sg_map_write(run->context, &map, path, &report);
    if (status == SG_OK && !request->has_chart)
        sg_map_say_labels(run->context, request->output, &report);
    release_page(&parts);
    return status;
}

/* All pages of a map: one, or as many as a series needs. */
static enum sg_status draw_pages(struct sg_run *run, struct sg_staging *staging,
                                 const struct sg_map_request *request, const struct sg_map_layers *layers) {
    struct sg_map_columns columns;
    enum sg_status status = sg_map_columns_find(run, request, &columns);
    size_t pages = 1;
    for (size_t page = 0; status == SG_OK && page < pages; page++) {
        char *name = sg_map_page_name(request->output, page);
        char *path = name == NULL ? NULL : sg_staging_path(staging, name);
        status = path == NULL ? sg_fail_memory(run->context)
                              : draw_page(run, request, &columns, layers, page, path, &pages);
        if (status == SG_OK)
            status = sg_run_add_output(run, name);
        sg_free(path);
        sg_free(name);
    }
    return status;
}

enum sg_status sg_run_draw(struct sg_run *run, struct sg_staging *staging) {
    enum sg_status status = SG_OK;
    struct sg_map_layers layers = {0};
    const struct sg_map_request *before = NULL;
    for (size_t i = 0; status == SG_OK && i < run->job->map_count; i++) {
        const struct sg_map_request *request = &run->job->maps[i];
        sg_progress(run->context, "drawing", (double)i / (double)run->job->map_count);
        bool same_layers = before != NULL && before->streets == request->streets
                           && before->water == request->water && before->land == request->land
                           && before->streets_where == request->streets_where;
        if (!same_layers) {
            sg_map_layers_release(&layers);
            status = sg_map_layers_read(run->context, request, run->layer.crs, &layers);
        }
        before = request;
        if (status == SG_OK)
            status = draw_pages(run, staging, request, &layers);
        if (status != SG_OK && status != SG_NO_MEMORY && status != SG_INTERRUPTED)
            sg_fail_in(run->context, "map '%s'", request->output);
        if (sg_context_interrupted(run->context) && status == SG_OK)
            status = sg_fail(run->context, SG_INTERRUPTED, NULL, "interrupted; nothing was changed");
    }
    sg_progress(run->context, "drawing", 1);
    sg_map_layers_release(&layers);
    return status;
}
