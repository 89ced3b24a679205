#include "read/dataset.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <string.h>

#include "core/alloc.h"
#include "read/number_text.h"

void sg_dataset_release(struct sg_dataset *dataset) {
    if (dataset->handle != NULL)
        GDALClose(dataset->handle);
    sg_free(dataset->path);
    sg_free(dataset->opened_path);
    sg_free(dataset->complaint);
    sg_text_release(&dataset->scratch);
    *dataset = (struct sg_dataset){0};
}

const char *sg_dataset_decode(struct sg_dataset *dataset, const char *bytes) {
    const char *encoding = dataset->encoding;
    size_t length = strlen(bytes);
    bool is_utf8 = encoding == NULL || sg_text_equal_fold(encoding, "UTF-8");
    if (is_utf8 && sg_utf8_is_valid(bytes, length))
        return bytes;
    sg_text_clear(&dataset->scratch);
    if (encoding == NULL || is_utf8) {
        char *text = sg_text_from_windows_1252(bytes, length, NULL);
        if (text == NULL) {
            dataset->failed = true;
            return "";
        }
        if (!dataset->told_encoding) {
            dataset->told_encoding = true;
            sg_warn(dataset->context, "say --encoding if that is wrong",
                    "%s: text that is not UTF-8 is read as Windows-1252 (first: \"%.60s\")", dataset->path,
                    text);
        }
        sg_text_append(&dataset->scratch, text);
        sg_free(text);
    } else {
        char *text = CPLRecode(bytes, encoding, "UTF-8");
        if (text != NULL)
            sg_text_append(&dataset->scratch, text);
        CPLFree(text);
    }
    dataset->failed = dataset->failed || dataset->scratch.failed;
    return sg_text_bytes(&dataset->scratch);
}

const char *sg_dataset_field_name(struct sg_dataset *dataset, int field) {
    return sg_dataset_decode(dataset, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(dataset->definition, field)));
}

const char *sg_dataset_text(struct sg_dataset *dataset, OGRFeatureH feature, int field) {
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return NULL;
    return sg_dataset_decode(dataset, OGR_F_GetFieldAsString(feature, field));
}

enum sg_status sg_dataset_check(struct sg_dataset *dataset) {
    return dataset->failed ? sg_fail_memory(dataset->context) : SG_OK;
}

char *sg_dataset_text_copy(struct sg_dataset *dataset, OGRFeatureH feature, int field) {
    const char *text = field < 0 ? NULL : sg_dataset_text(dataset, feature, field);
    char *copy = text == NULL || text[0] == '\0' ? NULL : sg_strdup(text);
    if (text != NULL && text[0] != '\0' && copy == NULL)
        dataset->failed = true;
    return copy;
}

OGRFeatureH sg_dataset_next(struct sg_dataset *dataset) {
    if (sg_context_interrupted(dataset->context))
        return NULL;
    CPLErrorReset();
    OGRFeatureH feature = OGR_L_GetNextFeature(dataset->layer);
    if (CPLGetLastErrorType() == CE_Failure && dataset->broken_at == 0) {
        dataset->broken_at = dataset->record + 1;
        dataset->complaint = sg_strdup(CPLGetLastErrorMsg());
    }
    dataset->record += feature != NULL;
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
    return sg_dataset_check(dataset);
}

double sg_dataset_number(struct sg_dataset *dataset, OGRFeatureH feature, int field, bool *ret_is_bad) {
    if (ret_is_bad != NULL)
        *ret_is_bad = false;
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return NAN;
    OGRFieldType type = OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, field));
    if (type == OFTInteger || type == OFTInteger64 || type == OFTReal) {
        double number = OGR_F_GetFieldAsDouble(feature, field);
        return isfinite(number) ? number : NAN;
    }
    double number;
    enum sg_number_text read = sg_number_from_text(OGR_F_GetFieldAsString(feature, field), &number);
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
    if (nearest != NULL)
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

static enum sg_status assume_wgs84(struct sg_dataset *dataset, struct sg_crs **ret_crs) {
    OGREnvelope extent;
    struct sg_text hint;
    sg_text_init(&hint);
    sg_text_append_format(&hint, "name it with %s EPSG:...", dataset->crs_option);
    enum sg_status status;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool known = OGR_L_GetExtent(dataset->layer, &extent, TRUE) == OGRERR_NONE;
    CPLPopErrorHandler();
    if (known
        && !(extent.MinX >= -180 && extent.MaxX <= 180.0000001 && extent.MinY >= -90 && extent.MaxY <= 90)) {
        status = sg_fail(dataset->context, SG_BAD_CRS, sg_text_bytes(&hint),
                         "%s: the layer says no coordinate reference system, and its coordinates (x %.6g to "
                         "%.6g, y %.6g to %.6g) are not longitudes and latitudes",
                         dataset->path, extent.MinX, extent.MaxX, extent.MinY, extent.MaxY);
    } else {
        sg_warn(
            dataset->context, sg_text_bytes(&hint),
            "%s: the layer says no coordinate reference system; its coordinates fit longitude and latitude "
            "and are taken as WGS 84",
            dataset->path);
        status = sg_crs_new(dataset->context, "EPSG:4326", ret_crs);
        dataset->crs_origin = SG_CRS_ASSUMED;
    }
    sg_text_release(&hint);
    return status;
}

enum sg_status sg_dataset_crs(struct sg_dataset *dataset, struct sg_crs **ret_crs) {
    dataset->crs_origin = dataset->crs_text != NULL ? SG_CRS_NAMED : SG_CRS_OF_FILE;
    if (dataset->crs_text != NULL)
        return sg_crs_new(dataset->context, dataset->crs_text, ret_crs);
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(dataset->layer);
    char *wkt = NULL;
    if (srs != NULL) {
        const char *const options[] = {"FORMAT=WKT2_2019", NULL};
        OSRExportToWktEx(srs, &wkt, options);
    }
    /* GeoPackage's and others' "undefined" systems come as engineering CRSs without a datum on the ground. */
    bool is_undefined = wkt == NULL || wkt[0] == '\0' || strncmp(wkt, "ENGCRS", 6) == 0
                        || strncmp(wkt, "LOCAL_CS", 8) == 0 || strstr(wkt, "\"Undefined") != NULL
                        || strstr(wkt, "\"undefined") != NULL;
    enum sg_status status;
    if (is_undefined) {
        status = assume_wgs84(dataset, ret_crs);
    } else {
        status = sg_crs_new(dataset->context, wkt, ret_crs);
    }
    CPLFree(wkt);
    return status;
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
