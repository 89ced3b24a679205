#include "read/point_fields.h"

#include <cpl_error.h>
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "read/field_names.h"
#include "read/number_text.h"
#include "read/shape_reader.h"

static const char *const text_names[] = {"wkt",          "geom",  "geometry", "the_geom",
                                         "wkb_geometry", "shape", NULL};

/* The first value of a text column that is not empty, copied; NULL when there is none in the first rows. */
static char *sample_value(struct sg_dataset *dataset, int field) {
    char *sample = NULL;
    OGR_L_ResetReading(dataset->layer);
    OGRFeatureH feature;
    for (int i = 0; i < 50 && sample == NULL && (feature = OGR_L_GetNextFeature(dataset->layer)) != NULL;
         i++) {
        const char *text = sg_dataset_text(dataset, feature, field);
        if (text != NULL && text[0] != '\0')
            sample = sg_strdup(text);
        dataset->failed = dataset->failed || (text != NULL && text[0] != '\0' && sample == NULL);
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(dataset->layer);
    return sample;
}

static OGRGeometryH geometry_from_text(const char *text) {
    OGRGeometryH geometry = NULL;
    while (*text == ' ' || *text == '\t' || *text == '\n')
        text++;
    if (*text == '{') {
        if (strstr(text, "\"coordinates\"") != NULL)
            geometry = OGR_G_CreateGeometryFromJson(text);
    } else {
        if (strncmp(text, "SRID=", 5) == 0 && strchr(text, ';') != NULL)
            text = strchr(text, ';') + 1;
        char *at = (char *)text;
        if (OGR_G_CreateFromWkt(&at, NULL, &geometry) != OGRERR_NONE)
            geometry = NULL;
    }
    return geometry;
}

/* What a geometry text that cannot be read looks like, for people. */
static const char *kind_of_text(const char *text) {
    while (*text == ' ' || *text == '\t' || *text == '\n')
        text++;
    if (*text == '{' && strchr(text, '\'') != NULL)
        return "a Python dictionary (single quotes), not GeoJSON";
    if (text[0] == 'c' && text[1] == '(')
        return "R source text, not WKT";
    if (strspn(text, "0123456789ABCDEFabcdef") == strlen(text) && strlen(text) > 20)
        return "WKB in hexadecimal, not WKT";
    return "neither WKT nor GeoJSON";
}

static enum sg_status fail_without_points(struct sg_dataset *dataset, int text_field) {
    struct sg_text list;
    sg_text_init(&list);
    int count = OGR_FD_GetFieldCount(dataset->definition);
    for (int i = 0; i < count && i < 60; i++)
        sg_text_append_format(&list, "%s%s", i == 0 ? "" : ", ", sg_dataset_field_name(dataset, i));
    enum sg_status status;
    char *sample = text_field < 0 ? NULL : sample_value(dataset, text_field);
    char *name = text_field < 0 ? NULL : sg_strdup(sg_dataset_field_name(dataset, text_field));
    if (sample != NULL)
        status = sg_fail(
            dataset->context, SG_BAD_INPUT,
            "add a longitude and a latitude column and name them with --lon and --lat, or write the "
            "geometry as WKT: POINT (-79.38 43.65)",
            "%s: no longitude and latitude columns, and column '%s' holds %s: %.70s ... (columns: %s)",
            dataset->path, name, kind_of_text(sample), sample, sg_text_bytes(&list));
    else
        status = sg_fail(dataset->context, SG_BAD_INPUT, "name the two columns with --lon and --lat",
                         "%s: no geometry, and no columns that look like longitude and latitude among %s",
                         dataset->path, sg_text_bytes(&list));
    sg_free(sample);
    sg_free(name);
    sg_text_release(&list);
    return status;
}

enum sg_status sg_point_fields_find(struct sg_dataset *dataset, const char *lon, const char *lat,
                                    struct sg_point_fields *ret_fields) {
    struct sg_point_fields fields = {SG_POINT_COLUMNS, -1, -1, -1};
    enum sg_status status = SG_OK;
    if (lon != NULL || lat != NULL) {
        if (lon == NULL || lat == NULL)
            return sg_fail(dataset->context, SG_USAGE, "name both", "%s: %s is named but %s is not",
                           dataset->path, lon == NULL ? "--lat" : "--lon", lon == NULL ? "--lon" : "--lat");
        status = sg_dataset_field(dataset, lon, "--lon", &fields.lon);
        if (status == SG_OK)
            status = sg_dataset_field(dataset, lat, "--lat", &fields.lat);
        if (status == SG_OK)
            *ret_fields = fields;
        return status;
    }
    if (!dataset->is_table) {
        *ret_fields = (struct sg_point_fields){SG_POINT_GEOMETRY, -1, -1, -1};
        return SG_OK;
    }
    fields.lon = sg_dataset_recognise(dataset, sg_lon_fields);
    fields.lat = sg_dataset_recognise(dataset, sg_lat_fields);
    if (fields.lon >= 0 && fields.lat >= 0) {
        char *lon_name = sg_strdup(sg_dataset_field_name(dataset, fields.lon));
        sg_note(dataset->context, "%s: columns '%s' and '%s' are taken as longitude and latitude",
                dataset->path, lon_name == NULL ? "?" : lon_name, sg_dataset_field_name(dataset, fields.lat));
        sg_free(lon_name);
        *ret_fields = fields;
        return SG_OK;
    }
    int text_field = sg_dataset_recognise(dataset, text_names);
    status = sg_dataset_check(dataset);
    if (status != SG_OK)
        return status;
    if (text_field >= 0) {
        char *sample = sample_value(dataset, text_field);
        CPLPushErrorHandler(CPLQuietErrorHandler);
        OGRGeometryH geometry = sample == NULL ? NULL : geometry_from_text(sample);
        CPLPopErrorHandler();
        sg_free(sample);
        if (geometry != NULL) {
            OGR_G_DestroyGeometry(geometry);
            sg_note(dataset->context, "%s: column '%s' is taken as the geometry", dataset->path,
                    sg_dataset_field_name(dataset, text_field));
            *ret_fields = (struct sg_point_fields){SG_POINT_TEXT, -1, -1, text_field};
            return SG_OK;
        }
    }
    status = sg_dataset_check(dataset);
    return status == SG_OK ? fail_without_points(dataset, text_field) : status;
}

enum sg_status sg_point_fields_crs(struct sg_dataset *dataset, const struct sg_point_fields *fields,
                                   struct sg_crs **ret_crs) {
    if (fields->origin == SG_POINT_GEOMETRY || dataset->crs_text != NULL)
        return sg_dataset_crs(dataset, ret_crs);
    dataset->crs_origin = SG_CRS_FOR_COLUMNS;
    return sg_crs_new(dataset->context, "EPSG:4326", ret_crs);
}

enum sg_point_fault sg_points_check(const struct sg_point *points, size_t count, bool is_geographic) {
    for (size_t i = 0; i < count; i++) {
        /* the shapefile format's "no value" is about -1.8e308: finite for C, nowhere on Earth */
        if (!(fabs(points[i].x) < 1e30) || !(fabs(points[i].y) < 1e30))
            return SG_POINT_NOT_FINITE;
        if (is_geographic && (fabs(points[i].x) > 360 || fabs(points[i].y) > 180))
            return SG_POINT_OUT_OF_RANGE;
    }
    return SG_POINT_READ;
}

enum sg_point_fault sg_point_fields_read(struct sg_dataset *dataset, const struct sg_point_fields *fields,
                                         OGRFeatureH feature, bool is_geographic, struct sg_point **points,
                                         size_t *count, size_t *capacity, bool *ret_is_surface) {
    *count = 0;
    *ret_is_surface = false;
    if (fields->origin == SG_POINT_COLUMNS) {
        struct sg_point point;
        if (!OGR_F_IsFieldSetAndNotNull(feature, fields->lon)
            || !OGR_F_IsFieldSetAndNotNull(feature, fields->lat))
            return SG_POINT_MISSING;
        enum sg_number_text x =
            sg_coordinate_from_text(sg_dataset_bytes(dataset, feature, fields->lon), &point.x);
        enum sg_number_text y =
            sg_coordinate_from_text(sg_dataset_bytes(dataset, feature, fields->lat), &point.y);
        if (x == SG_NUMBER_BAD || y == SG_NUMBER_BAD)
            return SG_POINT_NOT_A_NUMBER;
        if (x == SG_NUMBER_MISSING || y == SG_NUMBER_MISSING)
            return SG_POINT_MISSING;
        if (!sg_reserve(points, capacity, 1, sizeof **points))
            return SG_POINT_NO_MEMORY;
        (*points)[(*count)++] = point;
        return sg_points_check(*points, 1, is_geographic);
    }
    OGRGeometryH geometry;
    if (fields->origin == SG_POINT_TEXT) {
        const char *text = sg_dataset_text(dataset, feature, fields->text);
        if (text == NULL || text[0] == '\0')
            return SG_POINT_MISSING;
        CPLPushErrorHandler(CPLQuietErrorHandler);
        geometry = geometry_from_text(text);
        CPLPopErrorHandler();
        if (geometry == NULL)
            return SG_POINT_NOT_A_NUMBER;
    } else {
        geometry = OGR_F_GetGeometryRef(feature);
    }
    bool done = sg_points_read(geometry, points, count, capacity, ret_is_surface);
    if (fields->origin == SG_POINT_TEXT)
        OGR_G_DestroyGeometry(geometry);
    if (!done)
        return SG_POINT_NO_MEMORY;
    if (*count == 0 && fields->origin == SG_POINT_GEOMETRY && dataset->has_bad_geometry)
        return SG_POINT_NOT_A_NUMBER;
    return *count == 0 ? SG_POINT_MISSING : sg_points_check(*points, *count, is_geographic);
}

void sg_point_fault_describe(struct sg_dataset *dataset, const struct sg_point_fields *fields,
                             OGRFeatureH feature, enum sg_point_fault fault, struct sg_text *sentence) {
    if (fields->origin != SG_POINT_COLUMNS) {
        sg_text_append(sentence, fault == SG_POINT_MISSING ? "no geometry"
                                 : fault == SG_POINT_OUT_OF_RANGE
                                     ? "coordinates are not longitude and latitude"
                                 : fault == SG_POINT_NOT_FINITE ? "coordinates are not finite"
                                                                : "the geometry cannot be read");
        return;
    }
    if (fault == SG_POINT_MISSING) {
        sg_text_append(sentence, "no coordinates");
        return;
    }
    const int columns[] = {fields->lon, fields->lat};
    const double limits[] = {360, 180};
    for (int i = 0; i < 2; i++) {
        double value;
        const char *text = sg_dataset_bytes(dataset, feature, columns[i]);
        enum sg_number_text read = sg_coordinate_from_text(text, &value);
        const char *what = i == 0 ? "longitude" : "latitude";
        if (fault == SG_POINT_NOT_A_NUMBER && read == SG_NUMBER_BAD) {
            const char *clean = sg_dataset_text(dataset, feature, columns[i]);
            sg_text_append_format(sentence, "%s \"%.40s\" is not a number", what, clean == NULL ? "" : clean);
            return;
        }
        if (fault == SG_POINT_OUT_OF_RANGE && fabs(value) > limits[i]) {
            sg_text_append_format(sentence, "%s %.12g is out of range", what, value);
            return;
        }
    }
    sg_text_append(sentence, "coordinates are not finite");
}
