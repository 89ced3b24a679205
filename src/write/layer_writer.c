#include "write/layer_writer.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/alloc.h"
#include "core/text.h"
#include "model/gdal.h"
#include "write/column_descriptions.h"
#include "write/layer_styles.h"
#include "write/safe_text.h"
#include "write/shapefile_fields.h"
#include "write/whole_file.h"
#include "write/zip_dates.h"

struct writing {
    struct sg_context *context;
    const char *name;
    const struct sg_format_info *format;
    GDALDatasetH dataset;
    bool is_shapefile, is_spreadsheet, is_geojson;
    size_t feature_count;  /* written so far */
    bool is_out_of_memory; /* what failed was ours, not GDAL's */
};

static enum sg_status fail_to_write(struct writing *writing) {
    if (writing->is_out_of_memory)
        return sg_fail_memory(writing->context);
    return sg_fail(writing->context, SG_NO_OUTPUT, "is the disk full, or the format's limit reached?",
                   "%s: cannot be written: %.300s", writing->name, CPLGetLastErrorMsg());
}

static OGRGeometryH ring_from(const struct sg_point *points, uint32_t count) {
    OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
    OGR_G_SetPoints(ring, (int)count, &points->x, sizeof *points, &points->y, sizeof *points, NULL, 0);
    return ring;
}

static OGRGeometryH geometry_from(const struct sg_shape *shape) {
    OGRGeometryH whole = OGR_G_CreateGeometry(wkbMultiPolygon);
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
        for (uint32_t r = shape->polygon_starts[p]; r < shape->polygon_starts[p + 1]; r++)
            OGR_G_AddGeometryDirectly(polygon, ring_from(shape->points + shape->ring_starts[r],
                                                         shape->ring_starts[r + 1] - shape->ring_starts[r]));
        OGR_G_AddGeometryDirectly(whole, polygon);
    }
    return whole;
}

static OGRGeometryH lines_from(const struct sg_shape *shape) {
    OGRGeometryH whole = OGR_G_CreateGeometry(wkbMultiLineString);
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        const struct sg_point *points = shape->points + shape->ring_starts[r];
        OGRGeometryH line = OGR_G_CreateGeometry(wkbLineString);
        OGR_G_SetPoints(line, (int)(shape->ring_starts[r + 1] - shape->ring_starts[r]), &points->x,
                        sizeof *points, &points->y, sizeof *points, NULL, 0);
        OGR_G_AddGeometryDirectly(whole, line);
    }
    return whole;
}

static OGRSpatialReferenceH srs_from(const struct sg_crs *crs) {
    if (crs == NULL)
        return NULL;
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    /* by code where there is one: other programs then find their own name and transformations for it */
    const char *definition = sg_crs_code(crs)[0] != '\0' ? sg_crs_code(crs) : sg_crs_wkt(crs);
    if (OSRSetFromUserInput(srs, definition) != OGRERR_NONE)
        OSRSetFromUserInput(srs, sg_crs_wkt(crs));
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    return srs;
}

static bool add_fields(struct writing *writing, OGRLayerH layer, const struct sg_table *table) {
    for (size_t c = 0; c < table->column_count; c++) {
        const struct sg_column *column = &table->columns[c];
        OGRFieldType type = column->kind == SG_COLUMN_TEXT      ? OFTString
                            : column->kind == SG_COLUMN_INTEGER ? OFTInteger64
                                                                : OFTReal;
        char *heading = writing->is_spreadsheet ? sg_sheet_text(column->name) : NULL;
        if (writing->is_spreadsheet && heading == NULL) {
            writing->is_out_of_memory = true;
            return false;
        }
        OGRFieldDefnH field = OGR_Fld_Create(writing->is_shapefile ? column->short_name
                                             : heading != NULL     ? heading
                                                                   : column->name,
                                             type);
        sg_free(heading);
        if (writing->is_shapefile)
            sg_shapefile_field_size(field, column, table->row_count);
        else if (strcmp(column->title, column->name) != 0)
            OGR_Fld_SetAlternativeName(field, column->title);
        OGRErr error = OGR_L_CreateField(layer, field, writing->is_shapefile ? FALSE : TRUE);
        OGR_Fld_Destroy(field);
        if (error != OGRERR_NONE)
            return false;
    }
    return true;
}

static void set_cell(struct writing *writing, OGRFeatureH feature, int field, const struct sg_column *column,
                     size_t row) {
    if (column->kind != SG_COLUMN_TEXT) {
        if (!isfinite(column->numbers[row]))
            OGR_F_SetFieldNull(feature, field);
        else if (column->kind == SG_COLUMN_INTEGER)
            OGR_F_SetFieldInteger64(feature, field, (GIntBig)column->numbers[row]);
        else
            OGR_F_SetFieldDouble(feature, field, column->numbers[row]);
        return;
    }
    const char *text = column->texts[row];
    if (text == NULL) {
        OGR_F_SetFieldNull(feature, field);
    } else {
        char cut[SG_SHAPEFILE_TEXT + 1];
        char *safe = writing->is_spreadsheet ? sg_sheet_text(text) : sg_text_without_controls(text);
        if (safe != NULL)
            OGR_F_SetFieldString(feature, field, writing->is_shapefile ? sg_shapefile_cut(safe, cut) : safe);
        else
            writing->is_out_of_memory = true;
        sg_free(safe);
    }
}

static void set_geometry(OGRFeatureH feature, const struct sg_layer *layer, size_t row) {
    if (layer->kind == SG_POLYGONS && layer->shapes[row]->polygon_count > 0) {
        OGR_F_SetGeometryDirectly(feature, geometry_from(layer->shapes[row]));
    } else if (layer->kind == SG_LINES && layer->shapes[row]->polygon_count > 0) {
        OGR_F_SetGeometryDirectly(feature, lines_from(layer->shapes[row]));
    } else if (layer->kind == SG_POINTS && isfinite(layer->points[row].x) && isfinite(layer->points[row].y)) {
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, layer->points[row].x, layer->points[row].y);
        OGR_F_SetGeometryDirectly(feature, point);
    }
}

static bool lacks_geometry(const struct sg_layer *layer, size_t row) {
    if (layer->kind == SG_POLYGONS || layer->kind == SG_LINES)
        return layer->shapes[row]->polygon_count == 0;
    return layer->kind == SG_POINTS && !(isfinite(layer->points[row].x) && isfinite(layer->points[row].y));
}

/* FlatGeobuf with an index: GDAL 3.6 leaves such rows out by itself, later ones refuse them. */
static bool is_left_out(const struct writing *writing, const struct sg_layer *layer, size_t row) {
    return strcmp(writing->format->driver, "FlatGeobuf") == 0 && lacks_geometry(layer, row);
}

static bool add_rows_at_hand(struct writing *writing, OGRLayerH to, const struct sg_layer *layer) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(to);
    for (size_t row = 0; row < layer->table->row_count; row++) {
        if (is_left_out(writing, layer, row))
            continue;
        OGRFeatureH feature = OGR_F_Create(definition);
        for (size_t c = 0; c < layer->table->column_count; c++)
            set_cell(writing, feature, (int)c, &layer->table->columns[c], row);
        if (writing->format->has_geometry)
            set_geometry(feature, layer, row);
        OGRErr error = OGR_L_CreateFeature(to, feature);
        OGR_F_Destroy(feature);
        if (error != OGRERR_NONE || writing->is_out_of_memory)
            return false;
        writing->feature_count++;
    }
    return true;
}

static bool add_rows(struct writing *writing, OGRLayerH to, const struct sg_layer *layer) {
    if (layer->refill == NULL)
        return add_rows_at_hand(writing, to, layer);
    for (bool is_start = true;; is_start = false) {
        if (!layer->refill(layer->user, is_start)) {
            writing->is_out_of_memory = true;
            return false;
        }
        if (layer->table->row_count == 0)
            return true;
        if (!add_rows_at_hand(writing, to, layer))
            return false;
    }
}

static size_t count_left_out(const struct writing *writing, const struct sg_layer *layer) {
    size_t count = 0;
    for (size_t row = 0; layer->refill == NULL && row < layer->table->row_count; row++)
        count += is_left_out(writing, layer, row);
    return count;
}

static char **creation_options(const struct writing *writing, const struct sg_layer *layer,
                               const char *date) {
    char **options = NULL;
    if (writing->is_shapefile) {
        options = CSLSetNameValue(options, "ENCODING", "UTF-8");
        options = CSLSetNameValue(options, "DBF_DATE_LAST_UPDATE", date);
    } else if (writing->is_geojson) {
        options = CSLSetNameValue(options, "RFC7946", "YES");
        options = CSLSetNameValue(options, "DESCRIPTION", layer->description);
    } else if (strcmp(writing->format->driver, "GPKG") == 0) {
        options = CSLSetNameValue(options, "GEOMETRY_NAME", "geom");
        options = CSLSetNameValue(options, "FID", "fid");
        options = CSLSetNameValue(options, "IDENTIFIER", layer->title);
        options = CSLSetNameValue(options, "DESCRIPTION", layer->description);
    } else if (strcmp(writing->format->driver, "FlatGeobuf") == 0) {
        options = CSLSetNameValue(options, "TITLE", layer->title);
        options = CSLSetNameValue(options, "DESCRIPTION", layer->description);
    }
    return options;
}

static enum sg_status write_layer(struct writing *writing, const struct sg_layer *layer, const char *date) {
    OGRwkbGeometryType type = !writing->format->has_geometry || layer->kind == SG_NO_GEOMETRY ? wkbNone
                              : layer->kind == SG_POLYGONS ? wkbMultiPolygon
                              : layer->kind == SG_LINES    ? wkbMultiLineString
                                                           : wkbPoint;
    if (writing->is_shapefile && (type == wkbMultiPolygon || type == wkbMultiLineString))
        type = type == wkbMultiPolygon ? wkbPolygon : wkbLineString;
    OGRSpatialReferenceH srs = type == wkbNone ? NULL : srs_from(layer->crs);
    size_t lost = count_left_out(writing, layer);
    if (lost > 0)
        sg_warn(writing->context, "write a GeoPackage or a CSV file too",
                "%s: FlatGeobuf holds no rows without geometry; %zu %s left out", writing->name, lost,
                sg_plural(lost, "is", "are"));
    char **options = creation_options(writing, layer, date);
    OGRLayerH to = GDALDatasetCreateLayer(writing->dataset, layer->name, srs, type, options);
    CSLDestroy(options);
    if (srs != NULL)
        OSRRelease(srs);
    if (to == NULL || !add_fields(writing, to, layer->table))
        return fail_to_write(writing);
    bool is_gpkg = strcmp(writing->format->driver, "GPKG") == 0;
    if (is_gpkg)
        GDALDatasetStartTransaction(writing->dataset, FALSE);
    if (!add_rows(writing, to, layer))
        return fail_to_write(writing);
    if (is_gpkg) {
        if (GDALDatasetCommitTransaction(writing->dataset) != OGRERR_NONE)
            return fail_to_write(writing);
        if (!sg_column_descriptions_add(writing->dataset, layer->name, layer->table,
                                        &writing->is_out_of_memory))
            return fail_to_write(writing);
    }
    return SG_OK;
}

/* Dates inside files are a function of the inputs, not of the clock. */
static void set_dates(long long written_at, char date[static 16]) {
    time_t time = (time_t)written_at;
    struct tm parts;
    gmtime_r(&time, &parts);
    char moment[40];
    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%S.000Z", &parts); /* as GeoPackage asks */
    strftime(date, 16, "%Y-%m-%d", &parts);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", moment);
}

static bool is_whole(const struct writing *writing, const char *path) {
    return writing->is_geojson     ? sg_geojson_is_whole(path, writing->feature_count)
           : writing->is_shapefile ? sg_shapefile_is_whole(path)
                                   : true;
}

static enum sg_status write_layers(struct writing *writing, const char *path, const struct sg_layer *layers,
                                   size_t layer_count, long long written_at) {
    GDALDriverH driver = GDALGetDriverByName(writing->format->driver);
    if (driver == NULL)
        return sg_fail(writing->context, SG_NO_OUTPUT, "choose another ending: .gpkg, .fgb or .csv",
                       "%s: this machine's GDAL has no driver for %s", writing->name, writing->format->name);
    char date[16];
    set_dates(written_at, date);
    writing->dataset = GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL);
    enum sg_status status = writing->dataset == NULL ? fail_to_write(writing) : SG_OK;
    for (size_t i = 0; status == SG_OK && i < (writing->format->has_many_layers ? layer_count : 1); i++)
        status = write_layer(writing, &layers[i], date);
    if (status == SG_OK && strcmp(writing->format->driver, "GPKG") == 0
        && !sg_layer_styles_add(writing->dataset, layers, layer_count, &writing->is_out_of_memory))
        status = fail_to_write(writing);
    CPLErrorReset();
    if (writing->dataset != NULL)
        GDALClose(writing->dataset);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
    if (status == SG_OK && CPLGetLastErrorType() == CE_Failure)
        status = fail_to_write(writing);
    if (status == SG_OK && !is_whole(writing, path))
        status = sg_fail(writing->context, SG_NO_OUTPUT,
                         "is the disk full, or a limit on the size of files reached?",
                         "%s: could not be written to its end", writing->name);
    return status;
}

/* SQLite and GDAL's spreadsheets hold 2,000 columns, of which a GeoPackage needs two. */
static enum sg_status check_column_count(const struct writing *writing, const struct sg_layer *layers,
                                         size_t layer_count) {
    enum { MOST_COLUMNS = 1998 };
    bool is_limited = writing->is_spreadsheet || strcmp(writing->format->driver, "GPKG") == 0;
    for (size_t i = 0; is_limited && i < layer_count; i++) {
        if (layers[i].table->column_count > MOST_COLUMNS)
            return sg_fail(writing->context, SG_NO_OUTPUT,
                           "name fewer measures with --measures, fewer types with a taxonomy and rules, or "
                           "write a CSV file",
                           "%s: %s holds at most %d columns, and there are %zu", writing->name,
                           writing->format->name, MOST_COLUMNS, layers[i].table->column_count);
    }
    return SG_OK;
}

enum sg_status sg_layers_write(struct sg_context *context, struct sg_staging *staging, const char *name,
                               const struct sg_layer *layers, size_t layer_count, long long written_at) {
    const struct sg_format_info *format = sg_format_of(name);
    if (format == NULL)
        return sg_fail(context, SG_USAGE, "use .csv .gpkg .shp .geojson .fgb .xlsx .ods or .parquet",
                       "%s: the ending does not name a format", name);
    if (format->driver == NULL)
        return sg_layer_write_csv(context, staging, name, &layers[0]);
    struct writing writing = {.context = context,
                              .name = name,
                              .format = format,
                              .is_shapefile = strcmp(format->driver, "ESRI Shapefile") == 0,
                              .is_geojson = strcmp(format->driver, "GeoJSON") == 0,
                              .is_spreadsheet =
                                  strcmp(format->driver, "XLSX") == 0 || strcmp(format->driver, "ODS") == 0};
    enum sg_status status = check_column_count(&writing, layers, format->has_many_layers ? layer_count : 1);
    if (status == SG_OK && writing.is_shapefile)
        status = sg_shapefile_check(context, name, layers[0].table);
    if (status != SG_OK)
        return status;
    char *path = sg_staging_path(staging, name);
    if (path == NULL)
        return sg_fail_memory(context);
    sg_gdal_start();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    status = write_layers(&writing, path, layers, layer_count, written_at);
    CPLPopErrorHandler();
    if (status == SG_OK && writing.is_spreadsheet)
        status = sg_zip_set_dates(context, path);
    if (status == SG_OK && writing.is_shapefile)
        status = sg_shapefile_dictionary(context, staging, name, layers[0].table);
    if (status == SG_OK && writing.is_shapefile && layers[0].style_count > 0)
        status = sg_shapefile_style(context, staging, name, &layers[0].styles[0], layers[0].table);
    sg_free(path);
    return status;
}
