/* Service records that count nowhere, with all their own fields, as a layer. */
#include "job/rejected.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"

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

enum { REJECTS_AT_A_TIME = 2048 };

static void clear_row(struct sg_table *table, size_t row) {
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].texts == NULL)
            continue;
        sg_free(table->columns[c].texts[row]);
        table->columns[c].texts[row] = NULL;
    }
}

static bool fill_reject(struct sg_run_rejected *rejected, size_t row, const struct sg_reject *reject) {
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
    struct sg_run_rejected *rejected = user;
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

enum sg_status sg_run_rejected_open(struct sg_run *run, struct sg_run_rejected *ret_rejected) {
    struct sg_run_rejected *rejected = ret_rejected;
    *rejected = (struct sg_run_rejected){0};
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

void sg_run_rejected_release(struct sg_run_rejected *rejected) {
    size_t inputs = rejected->log == NULL ? 0 : sg_reject_log_input_count(rejected->log);
    for (size_t i = 0; rejected->columns != NULL && i < inputs; i++)
        sg_free(rejected->columns[i]);
    sg_free(rejected->columns);
    sg_free(rejected->points);
    rejected->table.row_count = REJECTS_AT_A_TIME; /* all rows that may hold texts */
    sg_table_release(&rejected->table);
    sg_name_index_free(rejected->keys);
}

struct sg_layer sg_run_rejected_layer(const struct sg_run *run, struct sg_run_rejected *rejected) {
    return (struct sg_layer){.name = "rejected",
                             .title = "Outside and rejected",
                             .description =
                                 "Service records in no area, with the reason and their own fields",
                             .table = &rejected->table,
                             .kind = SG_POINTS,
                             .points = rejected->points,
                             .crs = run->layer.geographic,
                             .refill = refill_rejected,
                             .user = rejected};
}
