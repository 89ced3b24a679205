/* Services from GeoPackage and FlatGeobuf in Arrow batches (GDAL's OGR_L_GetArrowStream), several times
   faster than feature by feature. */
#include <cpl_error.h>
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "read/batch_stream.h"
#include "read/promised_records.h"
#include "read/shape_reader.h"
#include "read/site_reading.h"
#include "read/stray_texts.h"

static bool is_plain_field(const struct sg_site_reading *reading, int field, bool as_number) {
    if (field < 0)
        return true;
    OGRFieldDefnH definition = OGR_FD_GetFieldDefn(reading->dataset.definition, field);
    OGRFieldType type = OGR_Fld_GetType(definition);
    if (!as_number)
        return type == OFTString;
    return OGR_Fld_GetSubType(definition) == OFSTNone
           && (type == OFTReal || type == OFTInteger || type == OFTInteger64);
}

bool sg_site_has_arrow(struct sg_site_reading *reading) {
    bool is_fast =
        strcmp(reading->dataset.driver, "GPKG") == 0 || strcmp(reading->dataset.driver, "FlatGeobuf") == 0;
    return is_fast && reading->point.origin == SG_POINT_GEOMETRY && isnan(reading->as_of_day)
           && reading->id < 0 && is_plain_field(reading, reading->type, false)
           && is_plain_field(reading, reading->organization, false)
           && is_plain_field(reading, reading->scope, false) && is_plain_field(reading, reading->level, false)
           && is_plain_field(reading, reading->targets, false)
           && is_plain_field(reading, reading->weight, true)
           && (reading->weight < 0 || !sg_stray_texts_in_field(&reading->dataset, reading->weight));
}

/* ---- columns ---- */

struct column {
    int64_t position; /* among the children; -1: not wanted */
    char format;      /* 'u' text, 'z' bytes, 'g' double, 'l' and 'i' integers */
    const struct ArrowArray *array;
};

struct columns {
    struct column fid, geometry, type, organization, scope, level, targets, weight;
};

static const char *field_name(const struct sg_site_reading *reading, int field) {
    return field < 0 ? NULL : OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(reading->dataset.definition, field));
}

/* Looks the column up by name; false when its format is not one that is read here. */
static bool find_column(const struct ArrowSchema *schema, const char *name, const char *formats,
                        struct column *column) {
    *column = (struct column){.position = -1};
    if (name == NULL)
        return true;
    for (int64_t i = 0; i < schema->n_children; i++) {
        const struct ArrowSchema *child = schema->children[i];
        if (strcmp(child->name, name) != 0)
            continue;
        column->position = i;
        column->format = child->format[0];
        return child->format[1] == '\0' && strchr(formats, child->format[0]) != NULL;
    }
    return false;
}

static bool find_columns(const struct sg_site_reading *reading, const struct ArrowSchema *schema,
                         struct columns *columns) {
    const char *fid = OGR_L_GetFIDColumn(reading->dataset.layer);
    const char *geometry = OGR_L_GetGeometryColumn(reading->dataset.layer);
    return find_column(schema, fid[0] == '\0' ? "OGC_FID" : fid, "l", &columns->fid)
           && find_column(schema, geometry[0] == '\0' ? "wkb_geometry" : geometry, "z", &columns->geometry)
           && find_column(schema, field_name(reading, reading->type), "u", &columns->type)
           && find_column(schema, field_name(reading, reading->organization), "u", &columns->organization)
           && find_column(schema, field_name(reading, reading->scope), "u", &columns->scope)
           && find_column(schema, field_name(reading, reading->level), "u", &columns->level)
           && find_column(schema, field_name(reading, reading->targets), "u", &columns->targets)
           && find_column(schema, field_name(reading, reading->weight), "gli", &columns->weight);
}

static void open_columns(struct columns *columns, const struct ArrowArray *batch) {
    struct column *const all[] = {&columns->fid,          &columns->geometry, &columns->type,
                                  &columns->organization, &columns->scope,    &columns->level,
                                  &columns->targets,      &columns->weight};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        all[i]->array = all[i]->position < 0 ? NULL : batch->children[all[i]->position];
}

static bool is_null(const struct ArrowArray *array, int64_t row) {
    const unsigned char *valid = array->buffers[0];
    int64_t at = row + array->offset;
    return valid != NULL && (valid[at / 8] >> (at % 8) & 1) == 0;
}

/* The bytes of a text or binary cell; NULL for null. */
static const char *cell_bytes(const struct ArrowArray *array, int64_t row, size_t *ret_length) {
    *ret_length = 0;
    if (array == NULL || is_null(array, row))
        return NULL;
    const int32_t *offsets = (const int32_t *)array->buffers[1] + array->offset;
    *ret_length = (size_t)(offsets[row + 1] - offsets[row]);
    return (const char *)array->buffers[2] + offsets[row];
}

/* The bytes of the column from a cell's first on, of the cell and of those after it. */
static size_t bytes_from(const struct ArrowArray *array, int64_t row) {
    const int32_t *offsets = (const int32_t *)array->buffers[1] + array->offset;
    return (size_t)(offsets[array->length] - offsets[row]);
}

static double cell_number(const struct column *column, int64_t row) {
    if (is_null(column->array, row))
        return NAN;
    int64_t at = row + column->array->offset;
    const void *values = column->array->buffers[1];
    double number = column->format == 'g'   ? ((const double *)values)[at]
                    : column->format == 'l' ? (double)((const int64_t *)values)[at]
                                            : (double)((const int32_t *)values)[at];
    return isfinite(number) ? number : NAN;
}

/* ---- records ---- */

/* Text as UTF-8, borrowed until the next call; both formats promise it, and break the promise at times. */
static const char *clean_text(struct sg_site_reading *reading, const char *bytes, size_t *length) {
    if (bytes == NULL || (reading->dataset.encoding == NULL && sg_utf8_is_valid(bytes, *length)))
        return bytes;
    sg_text_clear(&reading->cell);
    sg_text_append_bytes(&reading->cell, bytes, *length);
    const char *text = sg_dataset_decode(&reading->dataset, sg_text_bytes(&reading->cell));
    reading->dataset.failed = reading->dataset.failed || reading->cell.failed;
    *length = strlen(text);
    return text;
}

static uint32_t word_of(struct sg_site_reading *reading, struct sg_name_index *words,
                        const struct column *column, int64_t row) {
    size_t length;
    if (column->array == NULL)
        return UINT32_MAX;
    const char *text = cell_bytes(column->array, row, &length);
    text = clean_text(reading, text, &length);
    return sg_site_word(reading, words, text, length);
}

/* The common cell, a little-endian WKB point (2-D, or with Z and M that are left out). */
static bool read_wkb_point(const char *wkb, size_t length, struct sg_point *ret_point) {
    uint32_t type;
    if (length < 21 || wkb[0] != 1)
        return false;
    memcpy(&type, wkb + 1, sizeof type);
    if ((type & 0x0FFFFFFF) % 1000 != 1)
        return false;
    memcpy(ret_point, wkb + 5, sizeof *ret_point);
    return true;
}

/* The points of a geometry cell into scratch, which has room for one. */
static enum sg_status read_points(struct sg_site_reading *reading, const char *wkb, size_t length,
                                  size_t *count, bool *ret_is_surface, bool *ret_is_bad) {
    *count = 0;
    *ret_is_surface = false;
    *ret_is_bad = false;
    if (wkb == NULL)
        return SG_OK;
    if (read_wkb_point(wkb, length, reading->scratch)) {
        *count = !(isnan(reading->scratch->x) && isnan(reading->scratch->y)); /* POINT EMPTY is NaN NaN */
        return SG_OK;
    }
    OGRGeometryH geometry = NULL;
    bool done = true;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    *ret_is_bad = OGR_G_CreateFromWkb(wkb, NULL, &geometry, (int)length) != OGRERR_NONE;
    CPLPopErrorHandler();
    if (!*ret_is_bad)
        done = sg_points_read(geometry, &reading->scratch, count, &reading->scratch_capacity, ret_is_surface);
    OGR_G_DestroyGeometry(geometry);
    return done ? SG_OK : sg_fail_memory(reading->context);
}

static void warn_of_row(struct sg_site_reading *reading, uint64_t record, enum sg_site_outcome outcome) {
    if (outcome == SG_SITE_BAD_WEIGHT)
        sg_site_warn_of_record(reading, record, "the weight is not a number of 0 or more");
    else if (outcome == SG_SITE_OUT_OF_RANGE)
        sg_site_warn_of_record(reading, record, "coordinates are not longitude and latitude");
    else if (outcome == SG_SITE_NOT_A_NUMBER)
        sg_site_warn_of_record(reading, record, "the geometry cannot be read");
    else if (outcome != SG_SITE_MISSING)
        sg_site_warn_of_record(reading, record, "coordinates are not finite");
}

/* Fills in what a record is, by its columns other than the geometry. */
static enum sg_status describe_row(struct sg_site_reading *reading, const struct columns *columns,
                                   int64_t row, struct sg_site_entry *entry) {
    struct sg_type_list list;
    const struct sg_type_list *types = &reading->file_types;
    if (columns->type.array != NULL) {
        size_t length;
        const char *text = cell_bytes(columns->type.array, row, &length);
        types = text == NULL ? NULL
                             : sg_type_texts_recall(reading->types, text, length,
                                                    bytes_from(columns->type.array, row));
        if (types == NULL) {
            text = clean_text(reading, text, &length);
            enum sg_status status = sg_type_texts_resolve(reading->types, text, length, &list);
            if (status != SG_OK)
                return status;
            types = &list;
        }
    }
    entry->types = types->types;
    entry->type_count = types->count;
    entry->organization = word_of(reading, reading->organizations, &columns->organization, row);
    entry->scope = word_of(reading, reading->words, &columns->scope, row);
    entry->level = word_of(reading, reading->words, &columns->level, row);
    entry->targets = word_of(reading, reading->words, &columns->targets, row);
    entry->id = UINT32_MAX;
    return SG_OK;
}

static enum sg_status add_row(struct sg_site_reading *reading, const struct columns *columns, int64_t row,
                              uint64_t record) {
    struct sg_site_entry *entry = sg_site_reading_room(reading);
    if (entry == NULL)
        return sg_fail_memory(reading->context);
    size_t length, count;
    bool is_surface, is_bad;
    const char *wkb = cell_bytes(columns->geometry.array, row, &length);
    enum sg_status status = read_points(reading, wkb, length, &count, &is_surface, &is_bad);
    if (status != SG_OK)
        return status;
    entry->record = record;
    entry->weight = 1;
    entry->outcome =
        is_bad       ? SG_SITE_NOT_A_NUMBER
        : count == 0 ? SG_SITE_MISSING
                     : sg_site_outcome_of(sg_points_check(reading->scratch, count, reading->is_geographic));
    if (entry->outcome == SG_SITE_COUNTED && columns->weight.array != NULL) {
        entry->weight = cell_number(&columns->weight, row);
        if (!(entry->weight >= 0))
            entry->outcome = SG_SITE_BAD_WEIGHT;
    }
    if (entry->outcome != SG_SITE_COUNTED) {
        warn_of_row(reading, record, entry->outcome);
        *entry = (struct sg_site_entry){.record = record, .weight = entry->weight, .outcome = entry->outcome};
        sg_site_reading_pending(reading)->entry_count++;
        return SG_OK;
    }
    status = describe_row(reading, columns, row, entry);
    if (status != SG_OK)
        return status;
    reading->input->surface_count += is_surface;
    reading->input->multiple_count += count > 1;
    if (count > 1) {
        struct sg_site_entry copy = *entry;
        return sg_site_reading_add_points(reading, &copy, count);
    }
    entry->point = reading->scratch[0];
    sg_box_add(&reading->input->extent, entry->point);
    sg_site_reading_pending(reading)->entry_count++;
    return SG_OK;
}

static enum sg_status read_batch(struct sg_site_reading *reading, struct columns *columns,
                                 const struct ArrowArray *batch, double expected, uint64_t *record) {
    open_columns(columns, batch);
    const int64_t *fids = (const int64_t *)columns->fid.array->buffers[1] + columns->fid.array->offset;
    enum sg_status status = SG_OK;
    for (int64_t row = 0; status == SG_OK && row < batch->length; row++) {
        sg_site_reading_pending(reading)->fids[sg_site_reading_pending(reading)->record_count] = fids[row];
        status = add_row(reading, columns, row, ++*record);
        if (status == SG_OK)
            status = sg_site_reading_end_record(reading, *record, expected);
    }
    return status;
}

static enum sg_status read_stream(struct sg_site_reading *reading, struct sg_batch_stream *stream) {
    struct columns columns;
    if (!find_columns(reading, sg_batch_stream_schema(stream), &columns))
        return sg_fail(reading->context, SG_BAD_INPUT, "export it as a GeoPackage again",
                       "%s: its columns are not of the types that they say", reading->dataset.path);
    enum sg_status status = SG_OK;
    if (!sg_reserve(&reading->scratch, &reading->scratch_capacity, 1, sizeof *reading->scratch))
        return sg_fail_memory(reading->context);
    uint64_t record = 0;
    double expected = (double)OGR_L_GetFeatureCount(reading->dataset.layer, FALSE);
    while (status == SG_OK) {
        struct ArrowArray batch;
        status = sg_batch_stream_next(stream, &batch);
        if (status != SG_OK || batch.release == NULL)
            break;
        status = read_batch(reading, &columns, &batch, expected, &record);
        batch.release(&batch);
    }
    if (status == SG_OK)
        status = sg_promised_records_check(&reading->dataset, record);
    return sg_site_reading_finish(reading, status);
}

enum sg_status sg_site_read_arrow(struct sg_site_reading *reading) {
    struct sg_batch_stream *stream;
    enum sg_status status = sg_batch_stream_new(&reading->dataset, &stream);
    if (status != SG_OK)
        return status;
    if (stream == NULL) {
        /* rejected records are then logged from the features at hand, with all their fields */
        OGR_L_SetIgnoredFields(reading->dataset.layer, NULL);
        return sg_site_read_features(reading);
    }
    reading->locates_itself = sg_batch_stream_is_split(stream);
    reading->batch_records = reading->locates_itself ? SG_SITE_SMALL_BATCH : SG_SITE_BATCH;
    status = read_stream(reading, stream);
    sg_batch_stream_free(stream);
    return status;
}
