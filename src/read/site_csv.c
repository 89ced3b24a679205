/* Services from CSV files with longitude and latitude columns, cell by cell. */
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "core/alloc.h"
#include "read/csv_watch.h"
#include "read/look_through.h"
#include "read/number_text.h"
#include "read/site_reading.h"

struct csv_reading {
    struct sg_site_reading *reading;
    struct sg_csv_file *file;
    struct sg_csv_watch watch;
    const struct sg_number_style *weight_style; /* NULL: there is no weight */
};

bool sg_site_has_csv(const struct sg_site_reading *reading) {
    return reading->point.origin == SG_POINT_COLUMNS && reading->source->where == NULL
           && sg_csv_is_plain(&reading->dataset);
}

/* A cell as UTF-8; NULL when the record is too short for it. */
static const char *cell_text(struct csv_reading *csv, const struct sg_csv_record *record, int field) {
    if (field < 0 || (size_t)field >= record->cell_count)
        return NULL;
    return sg_dataset_decode(&csv->reading->dataset, record->cells[field]);
}

static uint32_t word_of(struct csv_reading *csv, struct sg_name_index *words,
                        const struct sg_csv_record *record, int field) {
    const char *text = cell_text(csv, record, field);
    return sg_site_word(csv->reading, words, text, text == NULL ? 0 : strlen(text));
}

/* A cell as it stands in the file; NULL when there is none. */
static const char *plain_text(const struct sg_csv_record *record, int field) {
    return field >= 0 && (size_t)field < record->cell_count ? record->cells[field] : NULL;
}

static void warn_of_cell(struct csv_reading *csv, const struct sg_csv_record *record, uint64_t number,
                         const char *what, int field, const char *why) {
    if (csv->reading->described++ >= 3)
        return;
    const char *text = cell_text(csv, record, field);
    sg_warn(csv->reading->context, NULL, "%s, record %llu (line %llu): %s \"%.40s\" %s",
            csv->reading->dataset.path, (unsigned long long)number, (unsigned long long)record->line, what,
            text == NULL ? "" : text, why);
}

static enum sg_site_outcome read_coordinate(struct csv_reading *csv, const struct sg_csv_record *record,
                                            uint64_t number, bool is_lon, double *ret_value) {
    const struct sg_site_reading *reading = csv->reading;
    int field = is_lon ? reading->point.lon : reading->point.lat;
    const char *what = is_lon ? "longitude" : "latitude";
    if ((size_t)field >= record->cell_count)
        return SG_SITE_MISSING;
    switch (sg_coordinate_from_text(record->cells[field], ret_value)) {
    case SG_NUMBER_MISSING:
        return SG_SITE_MISSING;
    case SG_NUMBER_BAD:
        warn_of_cell(csv, record, number, what, field, "is not a number");
        return SG_SITE_NOT_A_NUMBER;
    case SG_NUMBER_READ:
        break;
    }
    if (!(fabs(*ret_value) < 1e30))
        return SG_SITE_NOT_FINITE;
    if (reading->is_geographic && fabs(*ret_value) > (is_lon ? 360 : 180)) {
        warn_of_cell(csv, record, number, what, field, "is out of range");
        return SG_SITE_OUT_OF_RANGE;
    }
    return SG_SITE_COUNTED;
}

static enum sg_status add_record(struct csv_reading *csv, const struct sg_csv_record *record,
                                 uint64_t number) {
    struct sg_site_reading *reading = csv->reading;
    struct sg_site_entry entry = {.record = number, .weight = 1};
    enum sg_site_outcome lon = read_coordinate(csv, record, number, true, &entry.point.x);
    enum sg_site_outcome lat = read_coordinate(csv, record, number, false, &entry.point.y);
    /* a value that is wrong says more than one that is missing */
    entry.outcome = lon > lat ? lon : lat;
    if (entry.outcome == SG_SITE_COUNTED && reading->weight >= 0) {
        const char *text = (size_t)reading->weight < record->cell_count ? record->cells[reading->weight] : "";
        sg_number_from_styled_text(csv->weight_style, text, &entry.weight);
        if (!(entry.weight >= 0)) {
            warn_of_cell(csv, record, number, "weight", reading->weight, "is not a number of 0 or more");
            entry.outcome = SG_SITE_BAD_WEIGHT;
        }
    }
    if (entry.outcome == SG_SITE_COUNTED
        && !sg_site_was_open(reading, number, plain_text(record, reading->opened),
                             plain_text(record, reading->closed)))
        entry.outcome = SG_SITE_NOT_OPEN;
    if (entry.outcome == SG_SITE_COUNTED) {
        struct sg_type_list list = reading->file_types;
        if (reading->type >= 0) {
            const char *text = cell_text(csv, record, reading->type);
            enum sg_status status =
                sg_type_texts_resolve(reading->types, text, text == NULL ? 0 : strlen(text), &list);
            if (status != SG_OK)
                return status;
        }
        entry.types = list.types;
        entry.type_count = list.count;
        entry.organization = word_of(csv, reading->organizations, record, reading->organization);
        entry.scope = word_of(csv, reading->words, record, reading->scope);
        entry.level = word_of(csv, reading->words, record, reading->level);
        entry.targets = word_of(csv, reading->words, record, reading->targets);
        entry.id = word_of(csv, reading->ids, record, reading->id);
        sg_box_add(&reading->input->extent, entry.point);
    }
    return sg_site_reading_add(reading, &entry) ? SG_OK : sg_fail_memory(reading->context);
}

/* Fetches a record again, for the log of those in no area. */
enum sg_status sg_site_csv_fetch(struct sg_site_reading *reading, long long offset, char ***ret_cells,
                                 size_t *ret_count) {
    if (reading->lookup_csv == NULL) {
        enum sg_status opened = sg_csv_open_matching(&reading->dataset, true, &reading->lookup_csv);
        if (opened != SG_OK)
            return opened;
        if (reading->lookup_csv == NULL)
            return sg_fail(reading->context, SG_BAD_INPUT, "did it change while it was read?",
                           "%s: cannot be read again", reading->dataset.path);
    }
    struct sg_csv_record record;
    bool is_end = false;
    enum sg_status status = sg_csv_file_seek(reading->lookup_csv, offset);
    if (status == SG_OK)
        status = sg_csv_file_next(reading->lookup_csv, &record, &is_end);
    if (status == SG_OK && is_end)
        status = sg_fail(reading->context, SG_BAD_INPUT, "did it change while it was read?",
                         "%s: became shorter while it was read", reading->dataset.path);
    if (status != SG_OK)
        return status;
    *ret_cells = record.cells;
    *ret_count = record.cell_count;
    return SG_OK;
}

enum sg_status sg_site_read_csv(struct sg_site_reading *reading) {
    struct csv_reading csv = {.reading = reading};
    enum sg_status status = sg_csv_open_matching(&reading->dataset, true, &csv.file);
    if (status != SG_OK)
        return status;
    if (csv.file == NULL)
        return sg_site_read_features(reading);
    csv.watch =
        (struct sg_csv_watch){.context = reading->context,
                              .path = reading->dataset.path,
                              .cell_count = (size_t)OGR_FD_GetFieldCount(reading->dataset.definition)};
    if (reading->weight >= 0)
        status = sg_dataset_look_through(&reading->dataset, &reading->weight, 1, false);
    if (reading->dataset.number_column_count > 0)
        csv.weight_style = &reading->dataset.number_columns[0].style;
    reading->batch_records = SG_SITE_BATCH;
    reading->is_csv = true;
    struct stat found;
    double size = stat(reading->dataset.path, &found) == 0 ? (double)found.st_size : 0;
    uint64_t number = 0;
    while (status == SG_OK) {
        struct sg_csv_record record;
        bool is_end;
        status = sg_csv_file_next(csv.file, &record, &is_end);
        if (status != SG_OK || is_end)
            break;
        sg_csv_watch_look(&csv.watch, &record);
        struct sg_site_pending *pending = sg_site_reading_pending(reading);
        pending->fids[pending->record_count] = record.offset;
        status = add_record(&csv, &record, ++number);
        if (status == SG_OK) /* progress by bytes: the number of records is not known yet */
            status = sg_site_reading_end_record(
                reading, number, record.offset > 0 ? (double)number * size / (double)record.offset : -1);
    }
    if (status == SG_OK)
        sg_csv_watch_tell(&csv.watch, false);
    reading->dataset.surplus_count = csv.watch.surplus_count;
    status = sg_site_reading_finish(reading, status);
    sg_csv_file_free(csv.file);
    return status;
}
