#include "read/dataset.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/encoding.h"
#include "read/damage.h"
#include "read/promised_records.h"
#include "read/stray_texts.h"

void sg_dataset_release(struct sg_dataset *dataset) {
    if (dataset->handle != NULL)
        GDALClose(dataset->handle);
    sg_free(dataset->path);
    sg_free(dataset->opened_path);
    sg_free(dataset->complaint);
    sg_free(dataset->damage);
    sg_free(dataset->doubt);
    sg_free(dataset->number_columns);
    sg_stray_texts_free(dataset->strays);
    sg_text_release(&dataset->scratch);
    sg_text_release(&dataset->list);
    *dataset = (struct sg_dataset){0};
}

/* The text, borrowed until the next is decoded; freed here. NULL: out of memory. */
static const char *keep_decoded(struct sg_dataset *dataset, char *text) {
    sg_text_clear(&dataset->scratch);
    if (text != NULL)
        sg_text_append(&dataset->scratch, text);
    dataset->failed = dataset->failed || text == NULL || dataset->scratch.failed;
    sg_free(text);
    return sg_text_bytes(&dataset->scratch);
}

static const char *decode_as_said(struct sg_dataset *dataset, const char *bytes, size_t length) {
    size_t bad;
    char *text = sg_text_from_encoding(bytes, length, dataset->encoding, &bad);
    if (text != NULL && bad > 0 && !dataset->told_encoding) {
        dataset->told_encoding = true;
        sg_warn(dataset->context, "say another --encoding, or none",
                "%s: bytes that mean nothing in %s are read as \uFFFD (first: \"%.60s\")", dataset->path,
                dataset->encoding, text);
    }
    return keep_decoded(dataset, text);
}

const char *sg_dataset_decode(struct sg_dataset *dataset, const char *bytes) {
    const char *encoding = dataset->encoding;
    size_t length = strlen(bytes);
    bool is_utf8 = encoding == NULL || sg_text_equal_fold(encoding, "UTF-8");
    if ((is_utf8 || dataset->is_utf8) && sg_utf8_is_valid(bytes, length))
        return bytes;
    if (!is_utf8)
        return decode_as_said(dataset, bytes, length);
    char *text = sg_text_from_windows_1252(bytes, length, NULL);
    if (text != NULL && !dataset->told_encoding) {
        dataset->told_encoding = true;
        sg_warn(dataset->context, "say --encoding if that is wrong",
                "%s: text that is not UTF-8 is read as Windows-1252 (first: \"%.60s\")", dataset->path, text);
    }
    return keep_decoded(dataset, text);
}

const char *sg_dataset_field_name(struct sg_dataset *dataset, int field) {
    return sg_dataset_decode(dataset, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(dataset->definition, field)));
}

/* ["Settlement","Food"] of JSON, which GDAL would write as "(2:Settlement,Food)". */
static const char *join_list(struct sg_dataset *dataset, OGRFeatureH feature, int field) {
    char separator = dataset->list_separator == '\0' ? ';' : dataset->list_separator;
    char **items = OGR_F_GetFieldAsStringList(feature, field);
    sg_text_clear(&dataset->list);
    for (int i = 0; items != NULL && items[i] != NULL; i++) {
        if (i > 0)
            sg_text_append_char(&dataset->list, separator);
        sg_text_append(&dataset->list, items[i]);
    }
    dataset->failed = dataset->failed || dataset->list.failed;
    return sg_text_bytes(&dataset->list);
}

const char *sg_dataset_bytes(struct sg_dataset *dataset, OGRFeatureH feature, int field) {
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return NULL;
    if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, field)) == OFTStringList)
        return join_list(dataset, feature, field);
    const char *stray = sg_stray_text(dataset, feature, field);
    return stray != NULL ? stray : OGR_F_GetFieldAsString(feature, field);
}

const char *sg_dataset_text(struct sg_dataset *dataset, OGRFeatureH feature, int field) {
    const char *bytes = sg_dataset_bytes(dataset, feature, field);
    return bytes == NULL ? NULL : sg_dataset_decode(dataset, bytes);
}

enum sg_status sg_dataset_check(struct sg_dataset *dataset) {
    if (dataset->fault != SG_OK)
        return dataset->fault;
    return dataset->failed ? sg_fail_memory(dataset->context) : SG_OK;
}

char *sg_dataset_text_copy(struct sg_dataset *dataset, OGRFeatureH feature, int field) {
    const char *text = field < 0 ? NULL : sg_dataset_text(dataset, feature, field);
    char *copy = text == NULL || text[0] == '\0' ? NULL : sg_strdup(text);
    if (text != NULL && text[0] != '\0' && copy == NULL)
        dataset->failed = true;
    return copy;
}

static void CPL_STDCALL tell_warning(CPLErr level, CPLErrorNum number, const char *message) {
    struct sg_dataset *dataset = CPLGetErrorHandlerUserData();
    (void)number;
    if (level == CE_Failure)
        sg_damage_note(dataset, message);
    if (level == CE_Warning)
        sg_warn_once(dataset->context, NULL, "%s: %.300s", dataset->path, message);
}

void sg_dataset_hear(struct sg_dataset *dataset) {
    CPLPushErrorHandlerEx(tell_warning, dataset);
}

/* A record is there, and only its geometry could not be made out: it is that record's fault, and what follows
   can be read. Not so where the file itself ends too early. */
static bool is_fault_of_geometry(const struct sg_dataset *dataset, OGRFeatureH feature) {
    return dataset->rejects_records && feature != NULL && OGR_F_GetGeometryRef(feature) == NULL
           && strstr(CPLGetLastErrorMsg(), "fread") == NULL;
}

OGRFeatureH sg_dataset_next(struct sg_dataset *dataset) {
    if (sg_context_interrupted(dataset->context))
        return NULL;
    CPLErrorReset();
    sg_dataset_hear(dataset);
    OGRFeatureH feature = OGR_L_GetNextFeature(dataset->layer);
    CPLPopErrorHandler();
    bool has_failed = CPLGetLastErrorType() == CE_Failure;
    dataset->has_bad_geometry = has_failed && is_fault_of_geometry(dataset, feature);
    if (has_failed && !dataset->has_bad_geometry && dataset->broken_at == 0) {
        dataset->broken_at = dataset->record + 1;
        dataset->complaint = sg_strdup(CPLGetLastErrorMsg());
    }
    dataset->record += feature != NULL;
    dataset->is_at_end = feature == NULL;
    return feature;
}

enum sg_status sg_dataset_finish(struct sg_dataset *dataset, const char *what) {
    if (sg_context_interrupted(dataset->context))
        return sg_fail(dataset->context, SG_INTERRUPTED, NULL, "interrupted while reading %s", what);
    if (dataset->broken_at != 0)
        return sg_fail(dataset->context, SG_BAD_INPUT, "is the file complete? Download or export it again",
                       "%s: cannot be read at record %llu: %.300s", dataset->path,
                       (unsigned long long)dataset->broken_at,
                       dataset->complaint == NULL ? "" : dataset->complaint);
    if (dataset->is_at_end) {
        enum sg_status status = sg_promised_records_check(dataset, dataset->record);
        if (status != SG_OK)
            return status;
    }
    if (dataset->expected_count > 0 && dataset->record != dataset->expected_count)
        sg_warn(dataset->context, "mend the quote marks, or save the table as a spreadsheet (.xlsx, .ods)",
                "%s: by its lines it has %llu records, and %llu were read: quote marks swallow the others",
                dataset->path, (unsigned long long)dataset->expected_count,
                (unsigned long long)dataset->record);
    return sg_dataset_check(dataset);
}

static const struct sg_number_style *style_of(const struct sg_dataset *dataset, int field) {
    for (size_t i = 0; i < dataset->number_column_count; i++) {
        if (dataset->number_columns[i].field == field)
            return &dataset->number_columns[i].style;
    }
    return NULL;
}

double sg_dataset_number(struct sg_dataset *dataset, OGRFeatureH feature, int field, bool *ret_is_bad) {
    if (ret_is_bad != NULL)
        *ret_is_bad = false;
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return NAN;
    OGRFieldType type = OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, field));
    const char *stray = sg_stray_text(dataset, feature, field);
    if (stray == NULL && (type == OFTInteger || type == OFTInteger64 || type == OFTReal)) {
        double number = OGR_F_GetFieldAsDouble(feature, field);
        return isfinite(number) ? number : NAN;
    }
    double number;
    const char *text = stray != NULL ? stray : OGR_F_GetFieldAsString(feature, field);
    enum sg_number_text read = sg_number_from_styled_text(style_of(dataset, field), text, &number);
    if (ret_is_bad != NULL)
        *ret_is_bad = read == SG_NUMBER_BAD;
    return number;
}

static void free_names(char **names, int count) {
    for (int i = 0; names != NULL && i < count; i++)
        sg_free(names[i]);
    sg_free(names);
}

/* Field names of the layer, for messages and spelling; NULL when out of memory. */
static char **field_names(struct sg_dataset *dataset, int *ret_count) {
    int count = OGR_FD_GetFieldCount(dataset->definition);
    char **names = sg_alloc((size_t)count + 1, sizeof *names);
    for (int i = 0; names != NULL && i < count; i++) {
        names[i] = sg_strdup(sg_dataset_field_name(dataset, i));
        if (names[i] == NULL || dataset->failed) {
            free_names(names, count);
            return NULL;
        }
    }
    *ret_count = count;
    return names;
}

/* Does the option name a table whose columns have names of their own? */
static bool has_fixed_columns(const char *option) {
    static const char *const options[] = {"--regions", "--benchmark", "--costs", "--speeds", "--aliases"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(option, options[i]) == 0)
            return true;
    }
    return false;
}

enum sg_status sg_dataset_field(struct sg_dataset *dataset, const char *name, const char *option,
                                int *ret_field) {
    int count;
    char **names = field_names(dataset, &count);
    if (names == NULL)
        return sg_fail_memory(dataset->context);
    int found = -1, folded = -1;
    for (int i = 0; i < count; i++) {
        if (found < 0 && strcmp(names[i], name) == 0)
            found = i;
        if (folded < 0 && sg_text_equal_fold(names[i], name))
            folded = i;
    }
    if (found < 0)
        found = folded;
    if (found >= 0) {
        free_names(names, count);
        *ret_field = found;
        return SG_OK;
    }
    struct sg_text list;
    sg_text_init(&list);
    for (int i = 0; i < count && i < 60; i++)
        sg_text_append_format(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    if (count > 60)
        sg_text_append_format(&list, " and %d more", count - 60);
    const char *nearest = sg_nearest_name(name, (const char *const *)names, (size_t)count);
    struct sg_text hint;
    sg_text_init(&hint);
    if (has_fixed_columns(option))
        sg_text_append_format(&hint, "call the column '%s' in the file's first row", name);
    else if (nearest != NULL)
        sg_text_append_format(&hint, "did you mean '%s'?", nearest);
    else
        sg_text_append_format(&hint, "name one of them with %s", option);
    enum sg_status status = sg_fail(dataset->context, SG_BAD_INPUT, sg_text_bytes(&hint),
                                    "%s: no field '%s' (%s); its fields are %s", dataset->path, name, option,
                                    count == 0 ? "none" : sg_text_bytes(&list));
    sg_text_release(&list);
    sg_text_release(&hint);
    free_names(names, count);
    return status;
}

bool sg_dataset_has_field(struct sg_dataset *dataset, const char *name) {
    for (int i = 0; i < OGR_FD_GetFieldCount(dataset->definition); i++) {
        if (sg_text_equal_fold(sg_dataset_field_name(dataset, i), name))
            return true;
    }
    return false;
}

/* The title from a GeoPackage's data columns, which GDAL hands on only from 3.7. NULL: none. */
static char *geopackage_title(struct sg_dataset *dataset, const char *field) {
    char *layer = CPLEscapeString(OGR_L_GetName(dataset->layer), -1, CPLES_SQL);
    char *column = CPLEscapeString(field, -1, CPLES_SQL);
    char *sql = sg_format(
        "SELECT title FROM gpkg_data_columns WHERE table_name = '%s' AND column_name = '%s'", layer, column);
    char *title = NULL;
    CPLPushErrorHandler(CPLQuietErrorHandler); /* most have no such table */
    OGRLayerH found = sql == NULL ? NULL : GDALDatasetExecuteSQL(dataset->handle, sql, NULL, NULL);
    OGRFeatureH row = found == NULL ? NULL : OGR_L_GetNextFeature(found);
    if (row != NULL && OGR_F_IsFieldSetAndNotNull(row, 0))
        title = sg_strdup(sg_dataset_decode(dataset, OGR_F_GetFieldAsString(row, 0)));
    OGR_F_Destroy(row);
    if (found != NULL)
        GDALDatasetReleaseResultSet(dataset->handle, found);
    CPLPopErrorHandler();
    CPLErrorReset();
    sg_free(sql);
    CPLFree(column);
    CPLFree(layer);
    return title;
}

char *sg_dataset_field_title(struct sg_dataset *dataset, int field) {
    OGRFieldDefnH definition = OGR_FD_GetFieldDefn(dataset->definition, field);
    const char *other = OGR_Fld_GetAlternativeNameRef(definition);
    char *title = NULL;
    if (other != NULL && other[0] != '\0')
        title = sg_strdup(sg_dataset_decode(dataset, other));
    else if (strcmp(dataset->driver, "GPKG") == 0)
        title = geopackage_title(dataset, OGR_Fld_GetNameRef(definition));
    if (title != NULL && title[0] != '\0')
        return title;
    sg_free(title);
    return sg_strdup(sg_dataset_field_name(dataset, field));
}

int sg_dataset_recognise(struct sg_dataset *dataset, const char *const *names) {
    int count = OGR_FD_GetFieldCount(dataset->definition);
    for (size_t n = 0; names[n] != NULL; n++) {
        for (int i = 0; i < count; i++) {
            char *slug = sg_text_slug(sg_dataset_field_name(dataset, i));
            bool same = slug != NULL && strcmp(slug, names[n]) == 0;
            dataset->failed = dataset->failed || slug == NULL;
            sg_free(slug);
            if (same)
                return i;
        }
    }
    return -1;
}

/* The year that a field's name ends with behind one of the names; 0: it is none of them. */
static int year_behind(const char *slug, const char *const *names) {
    size_t length = strlen(slug);
    int year = length < 4 ? 0 : atoi(slug + length - 4);
    if (year < 1900 || year > 2099 || strspn(slug + length - 4, "0123456789") != 4)
        return 0;
    size_t stem = length - 4;
    while (stem > 0 && slug[stem - 1] == '_')
        stem--;
    for (size_t n = 0; names[n] != NULL; n++) {
        if (strlen(names[n]) == stem && strncmp(slug, names[n], stem) == 0)
            return year;
    }
    return 0;
}

int sg_dataset_recognise_latest(struct sg_dataset *dataset, const char *const *names) {
    int found = sg_dataset_recognise(dataset, names), latest = 0;
    int count = found >= 0 ? 0 : OGR_FD_GetFieldCount(dataset->definition);
    for (int i = 0; i < count; i++) {
        char *slug = sg_text_slug(sg_dataset_field_name(dataset, i));
        int year = slug == NULL ? 0 : year_behind(slug, names);
        dataset->failed = dataset->failed || slug == NULL;
        sg_free(slug);
        if (year > latest) {
            latest = year;
            found = i;
        }
    }
    return found;
}

void sg_dataset_keep_fields(struct sg_dataset *dataset, const int *fields, size_t field_count,
                            bool keep_geometry) {
    if (!OGR_L_TestCapability(dataset->layer, OLCIgnoreFields))
        return;
    int count = OGR_FD_GetFieldCount(dataset->definition);
    char **ignored = NULL;
    for (int i = 0; i < count; i++) {
        /* drivers that test the condition on the features read need the fields that it names */
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(dataset->definition, i));
        bool keep = dataset->where != NULL && strcasestr(dataset->where, name) != NULL;
        for (size_t k = 0; k < field_count && !keep; k++)
            keep = fields[k] == i;
        if (!keep)
            ignored = CSLAddString(ignored, name);
    }
    if (!keep_geometry)
        ignored = CSLAddString(ignored, "OGR_GEOMETRY");
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGR_L_SetIgnoredFields(dataset->layer, (const char **)ignored);
    CPLPopErrorHandler();
    CSLDestroy(ignored);
}
