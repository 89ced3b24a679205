/* The drawing stage of a run: columns of the coverage table to map pages. */
#include "job/map_parts.h"
#include "job/styles.h"
#include "judge/map_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

/* ---- maps of the coverage ---- */

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

static struct sg_map_area *areas_of_column(const struct sg_run *run, const struct sg_column *column) {
    struct sg_map_area *areas = sg_alloc(run->layer.area_count, sizeof *areas);
    bool high_first = !sg_map_low_is_worst(column);
    bool is_uncovered = column->measure != NULL && strcmp(column->measure, "uncovered") == 0;
    for (size_t a = 0; areas != NULL && a < run->layer.area_count; a++) {
        const struct sg_area *area = &run->layer.areas[a];
        bool is_text = column->kind == SG_COLUMN_TEXT;
        double value = is_text ? NAN : column->numbers[a];
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
    bool is_of_type = column->type < run->taxonomy.type_count;
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

static enum sg_status draw_column(struct sg_run *run, const struct sg_map_request *request,
                                  const struct sg_column *column, const struct sg_map_layers *layers,
                                  const char *path) {
    struct sg_findings_source source = sg_run_findings_source(run);
    struct sg_classification classes = {0};
    enum sg_status status =
        column->kind == SG_COLUMN_TEXT ? SG_OK : sg_run_classify(run, request, column, &classes);
    if (status != SG_OK)
        return status;
    struct sg_map map;
    sg_map_init(&map);
    sg_map_apply_request(request, run->job, &map);
    char *title = sg_map_title(&source, column), *subtitle = sg_map_subtitle(&source, column);
    char *start = sg_map_method(&source, column);
    char *method = start == NULL
                       ? NULL
                       : sg_map_method_sentence(start, column->kind == SG_COLUMN_TEXT ? NULL : &classes,
                                                run->job->language);
    sg_free(start);
    struct sg_map_area *areas = areas_of_column(run, column);
    struct sg_map_region *regions = sg_map_regions_from(&run->layer);
    struct sg_map_site *sites = NULL;
    struct sg_overlay overlay = {0};
    bool is_ready = title != NULL && subtitle != NULL && method != NULL && areas != NULL && regions != NULL
                    && sg_overlay_make(layers, &overlay, &map);
    if (is_ready && request->show_sites) {
        sites = sites_of_column(run, column, &map.site_count);
        is_ready = sites != NULL;
        map.sites = sites;
        map.taxonomy = &run->taxonomy;
    }
    map.title = request->title != NULL ? request->title : title;
    map.subtitle = request->subtitle != NULL ? request->subtitle : subtitle;
    map.method = method;
    map.legend_title = sg_map_legend_title(column, run->job->language);
    map.legend_unit = sg_map_legend_unit(column, run->job->language);
    map.value_unit = "";
    map.zero_label = sg_map_zero_label(column, run->job->language);
    map.crs = run->layer.crs;
    map.areas = areas;
    map.area_count = run->layer.area_count;
    map.classification = &classes;
    map.high_is_good = sg_map_low_is_worst(column);
    map.created = sg_hashes_newest(run->hashes);
    if (request->show_regions) {
        map.regions = regions;
        map.region_count = run->layer.region_count;
    }
    struct sg_map_report report = {0};
    status = is_ready ? sg_map_write(run->context, &map, path, &report) : sg_fail_memory(run->context);
    if (status == SG_OK)
        sg_map_say_labels(run->context, request->output, &report);
    sg_overlay_release(&overlay);
    sg_free(sites);
    sg_free(regions);
    sg_free(areas);
    sg_free(method);
    sg_free(subtitle);
    sg_free(title);
    return status;
}

enum sg_status sg_run_draw(struct sg_run *run, struct sg_staging *staging) {
    enum sg_status status = SG_OK;
    struct sg_map_layers layers = {0};
    const struct sg_map_request *before = NULL;
    for (size_t i = 0; status == SG_OK && i < run->job->map_count; i++) {
        const struct sg_map_request *request = &run->job->maps[i];
        sg_progress(run->context, "drawing", (double)i / (double)run->job->map_count);
        const struct sg_column *column = sg_table_find(&run->table, request->field);
        if (column == NULL) {
            status = fail_no_column(run, request->field);
            break;
        }
        bool same_layers = before != NULL && before->streets == request->streets
                           && before->water == request->water && before->land == request->land
                           && before->streets_where == request->streets_where;
        if (!same_layers) {
            sg_map_layers_release(&layers);
            status = sg_map_layers_read(run->context, request, run->layer.crs, &layers);
        }
        before = request;
        char *path = sg_staging_path(staging, request->output);
        if (status == SG_OK)
            status = path == NULL ? sg_fail_memory(run->context)
                                  : draw_column(run, request, column, &layers, path);
        sg_free(path);
        if (status == SG_OK)
            status = sg_run_add_output(run, request->output);
        if (sg_context_interrupted(run->context) && status == SG_OK)
            status = sg_fail(run->context, SG_INTERRUPTED, NULL, "interrupted; nothing was changed");
    }
    sg_progress(run->context, "drawing", 1);
    sg_map_layers_release(&layers);
    return status;
}
