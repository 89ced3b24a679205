/* The writing stage of a run: layers, tables, findings, rejected records. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
#include "job/catchments.h"
#include "job/run.h"
#include "job/sites_table.h"
#include "job/styles.h"
#include "job/unreached.h"

enum sg_status sg_run_add_output(struct sg_run *run, const char *name) {
    char *copy = sg_strdup(name);
    if (copy == NULL
        || !sg_reserve(&run->outputs, &run->output_capacity, run->output_count + 1, sizeof *run->outputs)) {
        sg_free(copy);
        return sg_fail_memory(run->context);
    }
    run->outputs[run->output_count++] = copy;
    return SG_OK;
}

/* ---- rejected ---- */

/* What a field is found by: its name in small letters (GeoPackage knows no capitals), numbered when the same
   input has it twice; GeoPackage's own columns keep theirs. Free with sg_free(). */
static char *column_key(const struct sg_reject_log *log, size_t input, size_t field) {
    const char *name = sg_reject_log_field_name(log, input, field);
    unsigned before = 0;
    for (size_t f = 0; f < field; f++)
        before += sg_text_equal_fold(sg_reject_log_field_name(log, input, f), name);
    bool is_taken = sg_text_equal_fold(name, "fid") || sg_text_equal_fold(name, "geom");
    struct sg_text key;
    sg_text_init(&key);
    sg_text_append_format(&key, "%s%s", name, is_taken ? "_" : "");
    if (before > 0)
        sg_text_append_format(&key, "_%u", before + 1);
    return sg_text_take(&key);
}

/* Columns are compared in small letters but keep the spelling they came with first. */
static size_t add_key(struct sg_name_index *keys, const char *name, bool *ret_is_new) {
    char *folded = sg_text_fold(name);
    size_t position =
        folded == NULL ? SG_NO_INDEX : sg_name_index_add(keys, folded, strlen(folded), ret_is_new);
    sg_free(folded);
    return position;
}

enum { OWN_COLUMNS = 5 };

/* Our own columns, then those of all inputs together, by name. */
static bool add_reject_columns(const struct sg_reject_log *log, struct sg_name_index *keys,
                               struct sg_table *table) {
    static const char *const ours[OWN_COLUMNS] = {"servicegap_file", "servicegap_record", "servicegap_reason",
                                                  "servicegap_lon", "servicegap_lat"};
    static const char *const definitions[OWN_COLUMNS] = {
        "Input file", "Number of the record in it, 1 = first", "Why it is in no count of an area",
        "Longitude in degrees", "Latitude in degrees"};
    for (int i = 0; i < OWN_COLUMNS; i++) {
        enum sg_column_kind kind = i == 1 ? SG_COLUMN_INTEGER : i >= 3 ? SG_COLUMN_REAL : SG_COLUMN_TEXT;
        if (sg_table_add(table, kind, ours[i], ours[i], ours[i], "", definitions[i]) == NULL)
            return false;
    }
    for (size_t i = 0; i < sg_reject_log_input_count(log); i++) {
        for (size_t f = 0; f < sg_reject_log_field_count(log, i); f++) {
            char *name = column_key(log, i, f);
            bool is_new = false;
            bool done =
                name != NULL && add_key(keys, name, &is_new) != SG_NO_INDEX
                && (!is_new
                    || sg_table_add(table, SG_COLUMN_TEXT, name, name, name, "", "As in the input") != NULL);
            sg_free(name);
            if (!done)
                return false;
        }
    }
    return true;
}

/* Where each field of an input goes in the table. */
static size_t *columns_of_input(const struct sg_reject_log *log, struct sg_name_index *keys, size_t input) {
    size_t count = sg_reject_log_field_count(log, input);
    size_t *columns = sg_alloc(count, sizeof *columns);
    for (size_t f = 0; columns != NULL && f < count; f++) {
        char *name = column_key(log, input, f);
        columns[f] = name == NULL ? SG_NO_INDEX : add_key(keys, name, NULL);
        sg_free(name);
        if (columns[f] == SG_NO_INDEX) {
            sg_free(columns);
            return NULL;
        }
        columns[f] += OWN_COLUMNS;
    }
    return columns;
}

/* The log's records, so many at a time. */
struct rejected {
    struct sg_reject_log *log;
    uint64_t given; /* records, since the first */
    struct sg_name_index *keys;
    struct sg_table table;
    struct sg_point *points;
    size_t **columns; /* of each input: where its fields go */
};

enum { REJECTS_AT_A_TIME = 2048 };

static void clear_row(struct sg_table *table, size_t row) {
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].texts == NULL)
            continue;
        sg_free(table->columns[c].texts[row]);
        table->columns[c].texts[row] = NULL;
    }
}

static bool fill_reject(struct rejected *rejected, size_t row, const struct sg_reject *reject) {
    struct sg_table *table = &rejected->table;
    const size_t *columns = rejected->columns[reject->input];
    clear_row(table, row);
    rejected->points[row] = reject->has_point ? reject->lon_lat_deg : (struct sg_point){NAN, NAN};
    table->columns[1].numbers[row] = (double)reject->record;
    table->columns[3].numbers[row] = rejected->points[row].x;
    table->columns[4].numbers[row] = rejected->points[row].y;
    bool done =
        sg_column_set_text(&table->columns[0], row, sg_reject_log_input_path(rejected->log, reject->input))
        && sg_column_set_text(&table->columns[2], row, reject->reason);
    for (size_t v = 0; done && v < reject->value_count; v++)
        done = reject->values[v] == NULL
               || sg_column_set_text(&table->columns[columns[v]], row, reject->values[v]);
    return done;
}

static bool refill_rejected(void *user, bool is_start) {
    struct rejected *rejected = user;
    if (is_start) {
        sg_reject_log_rewind(rejected->log);
        rejected->given = 0;
    }
    uint64_t left = sg_reject_log_count(rejected->log) - rejected->given;
    size_t rows = left < REJECTS_AT_A_TIME ? (size_t)left : REJECTS_AT_A_TIME;
    for (size_t row = 0; row < rows; row++) {
        struct sg_reject reject;
        if (!sg_reject_log_next(rejected->log, &reject) || !fill_reject(rejected, row, &reject))
            return false;
    }
    rejected->given += rows;
    rejected->table.row_count = rows;
    return true;
}

static enum sg_status build_rejected(struct sg_run *run, struct rejected *rejected) {
    if (!sg_reject_log_flush(run->rejects))
        return sg_fail(run->context, SG_NO_OUTPUT, "free some space for temporary files",
                       "the records outside the areas cannot be kept: the disk is full");
    rejected->log = run->rejects;
    rejected->keys = sg_name_index_new();
    sg_table_init(&rejected->table, REJECTS_AT_A_TIME);
    rejected->points = sg_alloc(REJECTS_AT_A_TIME, sizeof *rejected->points);
    size_t inputs = sg_reject_log_input_count(run->rejects);
    rejected->columns = sg_alloc(inputs, sizeof *rejected->columns);
    bool done = rejected->keys != NULL && rejected->points != NULL && rejected->columns != NULL
                && add_reject_columns(run->rejects, rejected->keys, &rejected->table);
    for (size_t i = 0; done && i < inputs; i++) {
        rejected->columns[i] = columns_of_input(run->rejects, rejected->keys, i);
        done = rejected->columns[i] != NULL;
    }
    return done ? SG_OK : sg_fail_memory(run->context);
}

static void release_rejected(struct rejected *rejected) {
    size_t inputs = rejected->log == NULL ? 0 : sg_reject_log_input_count(rejected->log);
    for (size_t i = 0; rejected->columns != NULL && i < inputs; i++)
        sg_free(rejected->columns[i]);
    sg_free(rejected->columns);
    sg_free(rejected->points);
    rejected->table.row_count = REJECTS_AT_A_TIME; /* all rows that may hold texts */
    sg_table_release(&rejected->table);
    sg_name_index_free(rejected->keys);
}

/* ---- all layers ---- */

struct layers {
    struct sg_table sites;
    struct sg_table regions; /* borrowed: the run's, without the row of what is in no region */
    struct rejected rejected;
    struct sg_run_unreached unreached;
    struct sg_run_catchments catchments;
    struct sg_point *site_points;
    const struct sg_shape **area_shapes, **region_shape_pointers;
    struct sg_layer_style *styles;
    size_t style_count;
    struct sg_layer_style site_style, region_style, unreached_style, rejected_style;
    struct sg_layer items[8];
    size_t count;
};

static void release_layers(struct layers *layers) {
    sg_table_release(&layers->sites);
    release_rejected(&layers->rejected);
    sg_run_unreached_release(&layers->unreached);
    sg_run_catchments_release(&layers->catchments);
    sg_styles_free(layers->styles, layers->style_count);
    sg_layer_style_release(&layers->site_style);
    sg_layer_style_release(&layers->region_style);
    sg_layer_style_release(&layers->unreached_style);
    sg_layer_style_release(&layers->rejected_style);
    sg_free(layers->site_points);
    sg_free(layers->area_shapes);
    sg_free(layers->region_shape_pointers);
}

static enum sg_status add_sites_layer(struct sg_run *run, struct layers *layers) {
    size_t count = run->inventory.site_count;
    layers->site_points = sg_alloc(count, sizeof *layers->site_points);
    if (layers->site_points == NULL || !sg_run_build_sites(run, &layers->sites))
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < count; i++)
        layers->site_points[i] = run->inventory.sites[i].point;
    layers->items[layers->count++] = (struct sg_layer){.name = "sites",
                                                       .title = "Sites",
                                                       .description = "Every service record that has a place",
                                                       .table = &layers->sites,
                                                       .kind = SG_POINTS,
                                                       .points = layers->site_points,
                                                       .crs = run->layer.crs,
                                                       .styles = &layers->site_style,
                                                       .style_count = 1};
    return sg_run_site_style(run, &layers->site_style);
}

static enum sg_status add_regions_layer(struct sg_run *run, struct layers *layers) {
    const struct sg_run_regions *regions = &run->regions;
    size_t count = run->layer.region_count;
    layers->regions = regions->table;
    layers->regions.row_count = count;
    layers->region_shape_pointers = sg_alloc(count, sizeof *layers->region_shape_pointers);
    if (layers->region_shape_pointers == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < count; i++)
        layers->region_shape_pointers[i] = &regions->shapes[i];
    const char *title = "Regions";
    layers->items[layers->count++] = (struct sg_layer){
        .name = "regions",
        .title = title,
        .description =
            "Coverage by region, from its own areas, demand points and services; an area may be in several",
        .table = &layers->regions,
        .kind = SG_POLYGONS,
        .shapes = layers->region_shape_pointers,
        .crs = run->layer.crs,
        .styles = &layers->region_style,
        .style_count = 1};
    return sg_run_plain_style(run, SG_STYLE_OUTLINES, layers->regions.columns[0].name, title,
                              &layers->region_style);
}

static enum sg_status add_catchments_layers(struct sg_run *run, struct layers *layers) {
    enum sg_status status = sg_run_find_catchments(run, &layers->catchments);
    for (size_t i = 0; status == SG_OK && i < layers->catchments.layer_count; i++)
        layers->items[layers->count++] = layers->catchments.layers[i];
    return status;
}

static enum sg_status add_unreached_layer(struct sg_run *run, struct layers *layers) {
    if (!sg_run_unreached_open(run, &layers->unreached))
        return sg_fail_memory(run->context);
    if (layers->unreached.count == 0)
        return SG_OK;
    struct sg_layer *layer = &layers->items[layers->count++];
    *layer = sg_run_unreached_layer(&layers->unreached);
    layer->styles = &layers->unreached_style;
    layer->style_count = 1;
    return sg_run_plain_style(run, SG_STYLE_POINTS, layer->table->columns[0].name, layer->title,
                              &layers->unreached_style);
}

static enum sg_status add_rejected_layer(struct sg_run *run, struct layers *layers) {
    enum sg_status status = build_rejected(run, &layers->rejected);
    if (status != SG_OK)
        return status;
    const char *title = "Outside and rejected";
    layers->items[layers->count++] =
        (struct sg_layer){.name = "rejected",
                          .title = title,
                          .description = "Service records in no area, with the reason and their own fields",
                          .table = &layers->rejected.table,
                          .kind = SG_POINTS,
                          .points = layers->rejected.points,
                          .crs = run->layer.geographic,
                          .refill = refill_rejected,
                          .user = &layers->rejected,
                          .styles = &layers->rejected_style,
                          .style_count = 1};
    return sg_run_plain_style(run, SG_STYLE_POINTS, layers->rejected.table.columns[0].name, title,
                              &layers->rejected_style);
}

static enum sg_status build_layers(struct sg_run *run, struct layers *layers) {
    layers->area_shapes = sg_alloc(run->layer.area_count, sizeof *layers->area_shapes);
    if (layers->area_shapes == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < run->layer.area_count; i++)
        layers->area_shapes[i] = &run->layer.areas[i].shape;
    layers->items[layers->count++] =
        (struct sg_layer){.name = "coverage",
                          .title = run->job->title != NULL ? run->job->title : "Service coverage by area",
                          .description = "Coverage, gaps and verdicts by servicegap",
                          .table = &run->table,
                          .kind = SG_POLYGONS,
                          .shapes = layers->area_shapes,
                          .crs = run->layer.crs};
    enum sg_status status = sg_run_styles(run, &layers->styles, &layers->style_count);
    if (status != SG_OK)
        return status;
    layers->items[0].styles = layers->styles;
    layers->items[0].style_count = layers->style_count;
    if (run->inventory.keeps_sites && run->inventory.site_count > 0)
        status = add_sites_layer(run, layers);
    if (status == SG_OK && run->layer.region_count > 0)
        status = add_regions_layer(run, layers);
    if (status == SG_OK)
        status = add_catchments_layers(run, layers);
    if (status == SG_OK)
        status = add_unreached_layer(run, layers);
    if (status == SG_OK && sg_reject_log_count(run->rejects) > 0)
        status = add_rejected_layer(run, layers);
    return status;
}

/* Whom and what no area or no way holds goes beside the layers as a table, too. */
static enum sg_status write_beside(struct sg_run *run, struct sg_staging *staging,
                                   const struct sg_layer *layer) {
    bool is_rejected = strcmp(layer->name, "rejected") == 0;
    if (!is_rejected && strcmp(layer->name, "unreached") != 0)
        return SG_OK;
    const char *name = is_rejected ? "rejected.csv" : "unreached.csv";
    enum sg_status status = sg_layer_write_csv(run->context, staging, name, layer);
    return status == SG_OK ? sg_run_add_output(run, name) : status;
}

enum sg_status sg_run_write(struct sg_run *run, struct sg_staging *staging) {
    struct layers layers = {0};
    enum sg_status status = build_layers(run, &layers);
    long long written_at = sg_hashes_newest(run->hashes);
    bool are_in = false;
    for (size_t i = 0; status == SG_OK && i < run->job->layer_count; i++) {
        const char *name = run->job->layers[i];
        sg_progress(run->context, "writing", (double)i / (double)run->job->layer_count);
        status = sg_layers_write(run->context, staging, name, layers.items, layers.count, written_at);
        are_in = are_in || sg_format_of(name)->has_many_layers;
        if (status == SG_OK)
            status = sg_run_add_output(run, name);
    }
    bool also_as_tables = !are_in || run->job->output_is_own;
    for (size_t i = 0; status == SG_OK && also_as_tables && i < layers.count; i++)
        status = write_beside(run, staging, &layers.items[i]);
    if (status == SG_OK)
        status = sg_run_write_catchments(run, staging, &layers.catchments);
    if (status == SG_OK)
        status = sg_run_write_tables(run, staging);
    sg_progress(run->context, "writing", 1);
    release_layers(&layers);
    return status;
}
