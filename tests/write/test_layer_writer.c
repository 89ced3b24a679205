/* Layers to files and back through GDAL: the same values, geometry and CRS; the same bytes on a second run.
 */
#include "write/layer_writer.h"

#include <dirent.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <unistd.h>

#include "model/gdal.h"
#include "support/test.h"

enum { ROWS = 3 };

struct made {
    struct sg_table table;
    struct sg_shape shapes[ROWS];
    const struct sg_shape *pointers[ROWS];
    struct sg_point points[ROWS];
    struct sg_crs *crs;
    struct sg_layer layer;
};

static const char *const NAMES[ROWS] = {"Étang-du-Nord", "=HYPERLINK(\"x\")", NULL};
static const double REACH[ROWS] = {1.0 / 3, NAN, 1234567.875};
static const double RANK[ROWS] = {1, 2, NAN};

static void make(struct sg_context *context, struct made *made, const char *crs) {
    *made = (struct made){0};
    sg_table_init(&made->table, ROWS);
    sg_table_add(&made->table, SG_COLUMN_TEXT, "area_name", "NAME", "Area name", "", "Name of the area");
    sg_table_add(&made->table, SG_COLUMN_REAL, "emp_reach", "EMP_RCH", "Employment: reach", "services",
                 "It's a mean.");
    sg_table_add(&made->table, SG_COLUMN_INTEGER, "gap_rank", "GAP_RANK", "Gap rank", "rank", "1 = worst");
    for (size_t row = 0; row < ROWS; row++) {
        if (NAMES[row] != NULL)
            assert_true(sg_column_set_text(&made->table.columns[0], row, NAMES[row]));
        made->table.columns[1].numbers[row] = REACH[row];
        made->table.columns[2].numbers[row] = RANK[row];
        made->pointers[row] = &made->shapes[row];
    }
    made->shapes[0] = test_rectangle(-79.5, 43.5, -79.25, 43.75);
    const struct sg_point hole[] = {{-79.4, 43.6}, {-79.3, 43.6}, {-79.35, 43.7}};
    const struct sg_point island[] = {{-79.125, 43.5}, {-79, 43.5}, {-79, 43.625}};
    test_add_hole(&made->shapes[0], hole, 3);
    test_add_polygon(&made->shapes[0], island, 3);
    made->shapes[1] = test_rectangle(-79.25, 43.5, -79.125, 43.75); /* the third has no geometry */
    made->points[0] = (struct sg_point){-79.4, 43.7};
    made->points[1] = (struct sg_point){NAN, NAN};
    made->points[2] = (struct sg_point){-79.3, 43.6};
    assert_ok(context, sg_crs_new(context, crs, &made->crs));
    made->layer = (struct sg_layer){.name = "coverage",
                                    .title = "Service gaps",
                                    .description = "A test",
                                    .table = &made->table,
                                    .kind = SG_POLYGONS,
                                    .shapes = made->pointers,
                                    .points = made->points,
                                    .crs = made->crs};
}

static void release(struct made *made) {
    sg_table_release(&made->table);
    for (int row = 0; row < ROWS; row++)
        sg_shape_release(&made->shapes[row]);
    sg_crs_free(made->crs);
}

static void write_file(struct sg_context *context, const char *folder, const char *name,
                       const struct sg_layer *layers, size_t count) {
    struct sg_staging *staging;
    assert_ok(context, sg_staging_new(context, folder, true, &staging));
    assert_ok(context, sg_layers_write(context, staging, name, layers, count, 1372550400)); /* 30 June 2013 */
    assert_ok(context, sg_staging_commit(staging));
    sg_staging_free(staging);
}

static GDALDatasetH open_file(const char *path) {
    sg_gdal_start();
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(dataset);
    return dataset;
}

/* ---- round trips ---- */

static void check_features(OGRLayerH layer, bool has_short_names, bool is_rounded, size_t least) {
    OGRFeatureH feature;
    size_t row = 0;
    OGR_L_ResetReading(layer);
    while ((feature = OGR_L_GetNextFeature(layer)) != NULL) {
        int name = OGR_F_GetFieldIndex(feature, has_short_names ? "NAME" : "area_name");
        int reach = OGR_F_GetFieldIndex(feature, has_short_names ? "EMP_RCH" : "emp_reach");
        int rank = OGR_F_GetFieldIndex(feature, has_short_names ? "GAP_RANK" : "gap_rank");
        assert_true(name >= 0 && reach >= 0 && rank >= 0);
        /* FlatGeobuf puts features in the order of its index: rows are found by their rank */
        size_t of_row = OGR_F_IsFieldSetAndNotNull(feature, rank)
                            ? (size_t)OGR_F_GetFieldAsInteger(feature, rank) - 1
                            : 2;
        if (NAMES[of_row] == NULL)
            assert_false(OGR_F_IsFieldSetAndNotNull(feature, name));
        else
            assert_string_equal(OGR_F_GetFieldAsString(feature, name), NAMES[of_row]);
        if (isnan(REACH[of_row])) /* missing stays missing */
            assert_false(OGR_F_IsFieldSetAndNotNull(feature, reach));
        else
            assert_near(OGR_F_GetFieldAsDouble(feature, reach), REACH[of_row], has_short_names ? 1e-4 : 0,
                        "services");
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        if (of_row == 2) {
            assert_true(geometry == NULL || OGR_G_IsEmpty(geometry));
        } else {
            assert_non_null(geometry);
            double expected =
                of_row == 0 ? 0.25 * 0.25 - 0.5 * 0.1 * 0.1 + 0.5 * 0.125 * 0.125 : 0.125 * 0.25;
            assert_near(OGR_G_Area(geometry), expected, is_rounded ? 1e-6 : 1e-12, "square degrees");
        }
        OGR_F_Destroy(feature);
        row++;
    }
    assert_in_range(row, least, ROWS);
}

static void test_round_trips(void **state) {
    (void)state;
    static const char *const names[] = {"coverage.gpkg", "coverage.geojson", "coverage.fgb", "coverage.shp"};
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct made made;
    make(context, &made, "EPSG:4326");
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        bool is_shapefile = strstr(names[i], ".shp") != NULL;
        write_file(context, folder, names[i], &made.layer, 1);
        GDALDatasetH dataset = open_file(test_path(folder, names[i]));
        assert_int_equal(GDALDatasetGetLayerCount(dataset), 1);
        OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
        assert_string_equal(OGR_L_GetName(layer), "coverage");
        check_features(layer, is_shapefile, strstr(names[i], "geojson") != NULL,
                       strstr(names[i], ".fgb") != NULL ? ROWS - 1 : ROWS);
        OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
        assert_non_null(srs);
        assert_string_equal(OSRGetAuthorityCode(srs, NULL), "4326");
        GDALClose(dataset);
    }
    /* beside the shapefile: the encoding and the dictionary */
    char *encoding = test_read(test_path(folder, "coverage.cpg"), NULL);
    assert_contains(encoding, "UTF-8");
    free(encoding);
    char *dictionary = test_read(test_path(folder, "coverage.fields.csv"), NULL);
    assert_contains(dictionary, "EMP_RCH,emp_reach");
    free(dictionary);
    release(&made);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* Design section 5: areas without geometry stay as rows, in every format. */
static void test_flatgeobuf_says_what_it_leaves_out(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct made made;
    make(context, &made, "EPSG:4326");
    write_file(context, folder, "a.fgb", &made.layer, 1);
    GDALDatasetH dataset = open_file(test_path(folder, "a.fgb"));
    /* the format's driver (GDAL 3.6) drops rows without geometry: that must not go unsaid */
    assert_int_equal(OGR_L_GetFeatureCount(GDALDatasetGetLayer(dataset, 0), TRUE), ROWS - 1);
    check_features(GDALDatasetGetLayer(dataset, 0), false, false, ROWS - 1);
    assert_int_equal(sg_context_warning_count(context), 1);
    assert_non_null(strstr(sg_context_warning(context, 0), "1 is left out"));
    GDALClose(dataset);
    release(&made);
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_geopackage_words(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct made made;
    make(context, &made, "EPSG:26917");
    struct sg_layer layers[] = {made.layer, made.layer};
    layers[1].name = "sites";
    layers[1].title = "Sites";
    layers[1].kind = SG_POINTS;
    write_file(context, folder, "a.gpkg", layers, 2);
    GDALDatasetH dataset = open_file(test_path(folder, "a.gpkg"));
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "coverage");
    assert_string_equal(OSRGetAuthorityCode(OGR_L_GetSpatialRef(layer), NULL), "26917");
    /* the GeoPackage schema extension: GDAL 3.6 neither writes nor reads it, other programs do */
    const char *sql = "SELECT title, description FROM gpkg_data_columns WHERE column_name = 'emp_reach' AND "
                      "table_name = 'coverage'";
    OGRLayerH result = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    assert_non_null(result);
    OGRFeatureH row = OGR_L_GetNextFeature(result);
    assert_non_null(row);
    assert_string_equal(OGR_F_GetFieldAsString(row, 0), "Employment: reach");
    assert_string_equal(OGR_F_GetFieldAsString(row, 1), "It's a mean. [services]");
    OGR_F_Destroy(row);
    GDALDatasetReleaseResultSet(dataset, result);
    layer = GDALDatasetGetLayerByName(dataset, "sites");
    OGRFeatureH feature = OGR_L_GetNextFeature(layer);
    assert_near(OGR_G_GetX(OGR_F_GetGeometryRef(feature), 0), -79.4, 0, "");
    OGR_F_Destroy(feature);
    feature = OGR_L_GetNextFeature(layer);
    assert_null(OGR_F_GetGeometryRef(feature));
    OGR_F_Destroy(feature);
    GDALClose(dataset);
    release(&made);
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_csv(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_table table;
    sg_table_init(&table, 6);
    sg_table_add(&table, SG_COLUMN_TEXT, "name", "NAME", "Name", "", "");
    sg_table_add(&table, SG_COLUMN_REAL, "value", "VALUE", "Value", "", "");
    static const char *const texts[] = {"plain",      "with, comma", "with \"quotes\"",
                                        "two\nlines", "=1+1",        NULL};
    static const double numbers[] = {1, 0.1, -2.5, NAN, 1234567.891, 0};
    for (size_t row = 0; row < 6; row++) {
        assert_true(texts[row] == NULL || sg_column_set_text(&table.columns[0], row, texts[row]));
        table.columns[1].numbers[row] = numbers[row];
    }
    struct sg_staging *staging;
    assert_ok(context, sg_staging_new(context, folder, false, &staging));
    assert_ok(context, sg_table_write_csv(context, staging, "a.csv", &table));
    assert_ok(context, sg_staging_commit(staging));
    sg_staging_free(staging);
    char *text = test_read(test_path(folder, "a.csv"), NULL);
    assert_string_equal(text, "name,value\n"
                              "plain,1\n"
                              "\"with, comma\",0.1\n"
                              "\"with \"\"quotes\"\"\",-2.5\n"
                              "\"two\nlines\",\n"
                              "\"'=1+1\",1234567.891\n"
                              ",0\n");
    free(text);
    sg_table_release(&table);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* ---- the same bytes ---- */

static void test_byte_identical(void **state) {
    (void)state;
    static const char *const names[] = {"a.gpkg", "a.shp", "a.geojson", "a.fgb", "a.csv", "a.xlsx", "a.ods"};
    char *first = test_folder_new(), *second = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct made made;
    make(context, &made, "EPSG:4326");
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < TEST_COUNT(names); i++)
            write_file(context, round == 0 ? first : second, names[i], &made.layer, 1);
        usleep(1100000); /* a clock in a file would show */
    }
    DIR *directory = opendir(first);
    struct dirent *entry;
    size_t compared = 0;
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        size_t one_length, two_length;
        char *one = test_read(test_path(first, entry->d_name), &one_length);
        char *two = test_read(test_path(second, entry->d_name), &two_length);
        if (one_length != two_length || memcmp(one, two, one_length) != 0)
            fail_msg("%s differs on the second run", entry->d_name);
        free(one);
        free(two);
        compared++;
    }
    closedir(directory);
    assert_true(compared >= 7 + 4); /* the shapefile is several */
    release(&made);
    sg_context_free(context);
    test_folder_remove(first);
    test_folder_remove(second);
}

/* A spreadsheet would run the cell: it gets an apostrophe, in a layer file it stays as it is. */
static void test_spreadsheet_cells(void **state) {
    (void)state;
    static const char *const names[] = {"a.xlsx", "a.ods"};
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct made made;
    make(context, &made, "EPSG:4326");
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        write_file(context, folder, names[i], &made.layer, 1);
        GDALDatasetH dataset = open_file(test_path(folder, names[i]));
        OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
        assert_int_equal(OGR_L_GetFeatureCount(layer, TRUE), ROWS);
        OGR_F_Destroy(OGR_L_GetNextFeature(layer));
        OGRFeatureH feature = OGR_L_GetNextFeature(layer);
        assert_string_equal(OGR_F_GetFieldAsString(feature, 0), "'=HYPERLINK(\"x\")");
        OGR_F_Destroy(feature);
        GDALClose(dataset);
    }
    release(&made);
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_formats(void **state) {
    (void)state;
    assert_string_equal(sg_format_of("x/coverage.GPKG")->name, "GeoPackage");
    assert_string_equal(sg_format_of("a.shp")->driver, "ESRI Shapefile");
    assert_null(sg_format_of("a.doc"));
    assert_null(sg_format_of("gpkg"));
    assert_null(sg_format_of(".gpkg"));
    for (size_t i = 0; i < sg_format_count(); i++)
        assert_true(sg_format_at(i)->ending[0] == '.');
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct made made;
    make(context, &made, "EPSG:4326");
    struct sg_staging *staging;
    assert_ok(context, sg_staging_new(context, folder, false, &staging));
    assert_status(context, sg_layers_write(context, staging, "a.doc", &made.layer, 1, 0), SG_USAGE);
    assert_contains(test_hint(context), ".gpkg");
    sg_staging_free(staging);
    assert_int_equal(test_file_count(folder), 0);
    release(&made);
    sg_context_free(context);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trips),      cmocka_unit_test(test_flatgeobuf_says_what_it_leaves_out),
        cmocka_unit_test(test_geopackage_words), cmocka_unit_test(test_csv),
        cmocka_unit_test(test_byte_identical),   cmocka_unit_test(test_spreadsheet_cells),
        cmocka_unit_test(test_formats),
    };
    return cmocka_run_group_tests_name("layer_writer", tests, NULL, NULL);
}
