#include "read/text_table.h"

#include <string.h>

#include "core/alloc.h"
#include "read/csv_watch.h"
#include "read/stray_texts.h"

static const size_t most_bytes = (size_t)256 << 20, most_cells = 50000000;

struct reading {
    struct sg_context *context;
    struct sg_dataset dataset;
    struct sg_text_table *table;
    size_t long_rows, lone_quotes;
};

const char *sg_text_table_cell(const struct sg_text_table *table, size_t row, size_t column) {
    return table->bytes.bytes + table->starts[row * table->column_count + column];
}

void sg_text_table_release(struct sg_text_table *table) {
    sg_free(table->path);
    sg_free(table->starts);
    sg_free(table->numbers);
    sg_text_release(&table->bytes);
    *table = (struct sg_text_table){0};
}

static enum sg_status begin_row(struct reading *reading, size_t number) {
    struct sg_text_table *table = reading->table;
    size_t cells = (table->row_count + 1) * table->column_count;
    if (cells > most_cells || table->bytes.length > most_bytes)
        return sg_fail(reading->context, SG_BAD_INPUT, "join a table with one row for each area",
                       "%s: more than 50 million cells or 256 MiB of text; too large to be joined",
                       table->path);
    if (!sg_reserve(&table->starts, &table->capacity, cells, sizeof *table->starts)
        || !sg_reserve(&table->numbers, &table->row_capacity, table->row_count + 1, sizeof *table->numbers))
        return sg_fail_memory(reading->context);
    table->numbers[table->row_count++] = number;
    return SG_OK;
}

/* The cell of the last row; NULL: empty. */
static void set_cell(struct reading *reading, size_t column, const char *bytes) {
    struct sg_text_table *table = reading->table;
    const char *text = bytes == NULL ? "" : sg_dataset_decode(&reading->dataset, bytes);
    table->starts[(table->row_count - 1) * table->column_count + column] = table->bytes.length;
    sg_text_append_bytes(&table->bytes, text, strlen(text) + 1);
}

static enum sg_status end_row(struct reading *reading) {
    return reading->table->bytes.failed || reading->dataset.failed ? sg_fail_memory(reading->context) : SG_OK;
}

/* ---- CSV ---- */

static enum sg_status add_record(struct reading *reading, const struct sg_csv_record *record, size_t number) {
    struct sg_text_table *table = reading->table;
    enum sg_status status = begin_row(reading, number);
    if (status != SG_OK)
        return status;
    for (size_t c = 0; c < table->column_count; c++)
        set_cell(reading, c, c < record->cell_count ? record->cells[c] : NULL);
    bool is_long = false;
    for (size_t c = table->column_count; c < record->cell_count; c++)
        is_long = is_long || record->cells[c][0] != '\0';
    reading->long_rows += is_long;
    reading->lone_quotes += record->has_lone_quote || record->has_full_lines;
    return end_row(reading);
}

/* The separator that makes most cells of the headings. */
static enum sg_status choose_separator(struct reading *reading, char *ret_separator) {
    size_t most = 0;
    enum sg_status status = SG_OK;
    for (const char *separator = ",;\t|"; status == SG_OK && *separator != '\0'; separator++) {
        struct sg_csv_file *file;
        struct sg_csv_record record;
        bool is_end;
        status = sg_csv_file_open(reading->context, reading->table->path, *separator, &file);
        if (status != SG_OK)
            break;
        status = sg_csv_file_next(file, &record, &is_end);
        if (status == SG_OK && !is_end && record.cell_count > most) {
            most = record.cell_count;
            *ret_separator = *separator;
        }
        sg_csv_file_free(file);
    }
    reading->table->column_count = most;
    return status;
}

static enum sg_status read_csv(struct reading *reading) {
    char separator = ',';
    struct sg_csv_file *file = NULL;
    enum sg_status status = choose_separator(reading, &separator);
    if (status == SG_OK)
        status = sg_csv_file_open(reading->context, reading->table->path, separator, &file);
    size_t number = 0;
    uint64_t next_line = 1;
    while (status == SG_OK) {
        struct sg_csv_record record;
        bool is_end;
        status = sg_csv_file_next(file, &record, &is_end);
        if (status != SG_OK || is_end)
            break;
        number += 1 + (size_t)(record.line - next_line); /* blank lines are rows to a spreadsheet */
        next_line = record.line + record.line_count;
        status = add_record(reading, &record, number);
    }
    sg_csv_file_free(file);
    return status;
}

/* ---- other tables ---- */

static enum sg_status read_features(struct reading *reading) {
    struct sg_text_table *table = reading->table;
    struct sg_dataset *dataset = &reading->dataset;
    table->column_count = (size_t)OGR_FD_GetFieldCount(dataset->definition);
    enum sg_status status = begin_row(reading, 1);
    for (size_t c = 0; status == SG_OK && c < table->column_count; c++)
        set_cell(reading, c, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(dataset->definition, (int)c)));
    OGRFeatureH feature;
    while (status == SG_OK && (feature = sg_dataset_next(dataset)) != NULL) {
        status = begin_row(reading, (size_t)dataset->record + 1);
        for (size_t c = 0; status == SG_OK && c < table->column_count; c++) {
            bool is_plain = sg_stray_text(dataset, feature, (int)c) == NULL;
            OGRFieldType type = OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, (int)c));
            char number[32];
            const char *bytes = sg_dataset_bytes(dataset, feature, (int)c);
            if (bytes != NULL && is_plain && type == OFTReal)
                bytes = sg_number_text(OGR_F_GetFieldAsDouble(feature, (int)c), number);
            set_cell(reading, c, bytes);
        }
        OGR_F_Destroy(feature);
        if (status == SG_OK)
            status = end_row(reading);
    }
    return status == SG_OK ? sg_dataset_finish(dataset, "a table") : status;
}

static void warn(const struct reading *reading) {
    if (reading->long_rows > 0)
        sg_warn(reading->context, "is a separator or a quote mark missing?",
                "%s: %zu %s more cells than the headings; what is beyond is left out", reading->table->path,
                reading->long_rows, sg_plural(reading->long_rows, "row has", "rows have"));
    if (reading->lone_quotes > 0)
        sg_warn(reading->context, "double the quote marks inside a quoted cell (\"\")",
                "%s: %zu %s a quote mark that is not closed where its cell ends; rows may be swallowed",
                reading->table->path, reading->lone_quotes,
                sg_plural(reading->lone_quotes, "row has", "rows have"));
}

enum sg_status sg_text_table_read(struct sg_context *context, const struct sg_source *source,
                                  struct sg_text_table *ret_table) {
    struct sg_text_table table = {.path = sg_strdup(source->path)};
    struct reading reading = {.context = context, .table = &table};
    sg_text_init(&table.bytes);
    enum sg_status status =
        table.path == NULL ? sg_fail_memory(context) : sg_dataset_open(context, source, &reading.dataset);
    if (status == SG_OK)
        status = sg_csv_is_plain(&reading.dataset) ? read_csv(&reading) : read_features(&reading);
    if (status == SG_OK && (table.row_count == 0 || table.column_count == 0))
        status = sg_fail(context, SG_BAD_INPUT, "is it the right file?", "%s: an empty table", source->path);
    if (status == SG_OK)
        warn(&reading);
    sg_dataset_release(&reading.dataset);
    if (status != SG_OK) {
        sg_text_table_release(&table);
        return status;
    }
    *ret_table = table;
    return SG_OK;
}
