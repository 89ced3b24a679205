/* The drawing stage of a run: columns of the coverage table to map pages. */
#include "job/map_kinds.h"
#include "job/map_parts.h"
#include "job/styles.h"
#include "judge/map_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

/* ---- maps of the coverage ---- */

enum { MOST_COLUMNS = 64 };

/* The columns that a map shows; none for a map of regions. */
struct map_columns {
    const struct sg_column *columns[MOST_COLUMNS];
    size_t count;
};

static enum sg_status fail_no_column(struct sg_run *run, const char *field) {
    const char **names = sg_alloc(run->table.column_count, sizeof *names);
    if (names == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < run->table.column_count; i++)
        names[i] = run->table.columns[i].name;
    const char *nearest = sg_nearest_name(field, names, run->table.column_count);
    struct sg_text hint;
    sg_text_init(&hint);
    if (nearest != NULL)
        sg_text_append_format(&hint, "did you mean '%s'?", nearest);
    else
        sg_text_append(&hint, "`servicegap list measures` names them; a type's columns begin with its code");
    enum sg_status status =
        sg_fail(run->context, SG_BAD_PROJECT, sg_text_bytes(&hint),
                "a map asks for the column '%s', which the coverage does not have", field);
    sg_text_release(&hint);
    sg_free(names);
    return status;
}

static enum sg_status add_column(struct sg_run *run, const char *field, struct map_columns *columns) {
    const struct sg_column *column = sg_table_find(&run->table, field);
    if (column == NULL)
        return fail_no_column(run, field);
    if (columns->count == MOST_COLUMNS)
        return sg_fail(run->context, SG_BAD_PROJECT, "name fewer columns", "a map of more than %d columns",
                       MOST_COLUMNS);
    columns->columns[columns->count++] = column;
    return SG_OK;
}

/* The columns of a series: those of a list, or of every type for a measure. */
static enum sg_status add_series(struct sg_run *run, const char *fields, struct map_columns *columns) {
    for (size_t i = 0; i < run->table.column_count && columns->count < MOST_COLUMNS; i++) {
        const struct sg_column *column = &run->table.columns[i];
        if (column->measure != NULL && strcmp(column->measure, fields) == 0
            && column->type < run->taxonomy.type_count)
            columns->columns[columns->count++] = column;
    }
    if (columns->count > 0)
        return SG_OK;
    char *copy = sg_strdup(fields), *rest = copy;
    enum sg_status status = copy == NULL ? sg_fail_memory(run->context) : SG_OK;
    for (char *name = strsep(&rest, ","); name != NULL && status == SG_OK; name = strsep(&rest, ","))
        status = add_column(run, sg_text_trim(name), columns);
    sg_free(copy);
    return status;
}

static enum sg_status find_columns(struct sg_run *run, const struct sg_map_request *request,
                                   struct map_columns *columns) {
    columns->count = 0;
    if (request->kind == SG_MAP_REGIONS)
        return SG_OK;
    enum sg_status status = request->kind == SG_MAP_MULTIPLES ? add_series(run, request->field, columns)
                                                              : add_column(run, request->field, columns);
    if (status == SG_OK && request->kind == SG_MAP_BIVARIATE)
        status = add_column(run, request->field2, columns);
    bool wants_text = request->kind == SG_MAP_CLUSTERS;
    for (size_t i = 0; status == SG_OK && request->kind != SG_MAP_CHOROPLETH && i < columns->count; i++) {
        const struct sg_column *column = columns->columns[i];
        if ((column->kind == SG_COLUMN_TEXT) != wants_text)
            status =
                sg_fail(run->context, SG_BAD_PROJECT, NULL, "a map of kind %s needs %s, and '%s' holds %s",
                        sg_map_kind_name(request->kind), wants_text ? "texts" : "numbers", column->name,
                        wants_text ? "numbers" : "texts");
    }
    return status;
}

static struct sg_map_variable variable_of(const struct sg_run *run, const struct sg_column *column) {
    enum sg_language language = run->job->language;
    bool is_index = strcmp(column->name, "gap_index") == 0;
    bool is_gap = column->measure != NULL && strcmp(column->measure, "gap") == 0;
    bool has_type = column->type < run->taxonomy.type_count;
    struct sg_map_variable variable = {
        .title = sg_map_legend_title(column, language),
        .unit = sg_map_legend_unit(column, language),
        .panel_title = has_type ? sg_type_label(&run->taxonomy.types[column->type], language) : column->title,
        .zero_label = sg_map_zero_label(column, language),
        .values = column->numbers,
        .has_cuts = is_index || is_gap,
        .low_is_worst = sg_map_low_is_worst(column),
        .has_zero_class = sg_map_has_zero_class(column)};
    for (int i = 0; i < 4 && variable.has_cuts;
         i++) /* the gap of one type goes from 0 to 1, the index to 100 */
        variable.cuts[i] = is_index ? run->job->judge.cuts[i] : run->job->judge.cuts[i] / 100;
    return variable;
}

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
static char *both_methods(struct sg_run *run, const struct map_columns *columns) {
    struct sg_findings_source source = sg_run_findings_source(run);
    char *first = sg_map_method(&source, columns->columns[0]);
    char *second = sg_map_method(&source, columns->columns[1]);
    char *both = first == NULL || second == NULL ? NULL
                                                 : sg_format("%s%s%s", first,
                                                             first[0] == '\0'                  ? ""
                                                             : first[strlen(first) - 1] == '.' ? " "
                                                                                               : ". ",
                                                             second);
    sg_free(first);
    sg_free(second);
    return both;
}

static bool find_words(struct sg_run *run, const struct map_columns *columns, struct map_words *words) {
    const struct sg_column *column = columns->count > 0 ? columns->columns[0] : NULL;
    struct sg_findings_source source = sg_run_findings_source(run);
    words->title = column == NULL ? sg_strdup("") : sg_map_title(&source, column);
    words->subtitle = column == NULL ? sg_strdup("") : sg_map_subtitle(&source, column);
    words->method = column == NULL        ? sg_strdup("")
                    : columns->count == 2 ? both_methods(run, columns)
                                          : sg_map_method(&source, column);
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
                                   const struct map_columns *columns, const struct sg_map_layers *layers,
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
        map->legend_unit = sg_map_legend_unit(column, run->job->language);
        map->zero_label = sg_map_zero_label(column, run->job->language);
        map->high_is_good = sg_map_low_is_worst(column);
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

static enum sg_status draw_page(struct sg_run *run, const struct sg_map_request *request,
                                const struct map_columns *columns, const struct sg_map_layers *layers,
                                size_t page, const char *path, size_t *ret_pages) {
    const struct sg_column *column = columns->count > 0 ? columns->columns[0] : NULL;
    struct page_parts parts = {0};
    struct sg_map map;
    enum sg_status status = prepare_page(run, request, columns, layers, &parts, &map);
    if (status == SG_OK && request->kind == SG_MAP_CHOROPLETH && column->kind != SG_COLUMN_TEXT) {
        status = sg_run_classify(run, request, column, &parts.classes);
        map.classification = &parts.classes;
    }
    struct sg_map_variable variables[MOST_COLUMNS];
    for (size_t i = 0; i < columns->count; i++)
        variables[i] = variable_of(run, columns->columns[i]);
    if (status == SG_OK && column != NULL)
        variables[0].has_finding = strcmp(parts.words.title, column->title) != 0;
    if (status == SG_OK)
        status = sg_map_kind_prepare(run->context, request, SG_NOUN_NEIGHBOURHOODS, variables, columns->count,
                                     page, &parts.kind, &map, ret_pages);
    if (status == SG_OK && !finish_method(run, &map, &parts.words))
        status = sg_fail_memory(run->context);
    map.method = parts.words.method;
    struct sg_map_report report = {0};
    if (status == SG_OK)
        status = sg_map_write(run->context, &map, path, &report);
    if (status == SG_OK)
        sg_map_say_labels(run->context, request->output, &report);
    release_page(&parts);
    return status;
}

/* All pages of a map: one, or as many as a series needs. */
static enum sg_status draw_pages(struct sg_run *run, struct sg_staging *staging,
                                 const struct sg_map_request *request, const struct sg_map_layers *layers) {
    struct map_columns columns;
    enum sg_status status = find_columns(run, request, &columns);
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
        if (sg_context_interrupted(run->context) && status == SG_OK)
            status = sg_fail(run->context, SG_INTERRUPTED, NULL, "interrupted; nothing was changed");
    }
    sg_progress(run->context, "drawing", 1);
    sg_map_layers_release(&layers);
    return status;
}
