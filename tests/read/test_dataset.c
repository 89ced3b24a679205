/* Opening files, and only files. */
#include "read/dataset.h"

#include <stdlib.h>
#include <string.h>

#include "model/gdal.h"
#include "support/test.h"

static void assert_refused(const char *path, const char *error) {
    struct sg_context *context = test_context_new(1);
    struct sg_source source = {.path = path};
    struct sg_dataset dataset;
    assert_status(context, sg_dataset_open(context, &source, &dataset), SG_NO_INPUT);
    assert_contains(test_error(context), error);
    assert_true(strlen(test_hint(context)) > 0);
    sg_dataset_release(&dataset); /* fine after a failure */
    sg_context_free(context);
}

/* Inputs are untrusted: no network, no other program's memory, no file that points to other files (design
 * section 10). */
static void test_only_files(void **state) {
    (void)state;
    char *folder = test_folder_new();
    assert_refused("/vsicurl/http://example.invalid/a.geojson", "only files");
    assert_refused("/vsizip//vsicurl/http://example.invalid/a.zip", "only files");
    assert_refused("/vsimem/a.geojson", "only files");
    assert_refused("/vsistdin/", "only files");
    assert_refused("/vsisubfile/0_10,/etc/hostname", "only files");
    assert_refused("http://example.invalid/a.geojson", "only files are read");
    assert_refused("PG:dbname=x", "no such file");
    assert_refused(test_path(folder, "none.shp"), "no such file");
    const char *vrt = test_path(folder, "a.vrt");
    test_write(test_path(folder, "a.csv"), "a\n1\n");
    test_write(vrt,
               "<OGRVRTDataSource><OGRVRTLayer name=\"a\"><SrcDataSource>a.csv</SrcDataSource></OGRVRTLayer>"
               "</OGRVRTDataSource>");
    assert_refused(vrt, "cannot be read");
    const char *text = test_path(folder, "a.txt");
    test_write(text, "hello");
    assert_refused(text, "cannot be read");
    const char *json = test_path(folder, "a.geojson");
    test_write(json, "{\"type\":\"FeatureCollection\",\"features\":[");
    assert_refused(json, "cannot be read");
    const char *zip = test_path(folder, "a.zip");
    test_write(zip, "PK\x03\x04 not really");
    assert_refused(zip, "a.zip");
    test_folder_remove(folder);
}

static void test_fields_by_name(void **state) {
    (void)state;
    char *folder = test_folder_new();
    const char *path = test_path(folder, "a.csv");
    test_write(path, "Area Name,POP,pop,Région\nx,1,2,y\n");
    struct sg_context *context = test_context_new(1);
    struct sg_source source = {.path = path};
    struct sg_dataset dataset;
    assert_ok(context, sg_dataset_open(context, &source, &dataset));
    assert_true(dataset.is_table);
    int field = -5;
    assert_ok(context, sg_dataset_field(&dataset, "pop", "--population", &field));
    assert_int_equal(field, 2); /* the exact name goes before any case */
    assert_ok(context, sg_dataset_field(&dataset, "POP", "--population", &field));
    assert_int_equal(field, 1);
    assert_ok(context, sg_dataset_field(&dataset, "area name", "--area-name", &field));
    assert_int_equal(field, 0);
    assert_string_equal(sg_dataset_field_name(&dataset, 3), "Région");
    static const char *const names[] = {"region", "area_name", NULL};
    assert_int_equal(sg_dataset_recognise(&dataset, names),
                     3); /* the first of the names wins, accents do not count */
    static const char *const none[] = {"x", NULL};
    assert_int_equal(sg_dataset_recognise(&dataset, none), -1);
    field = -5;
    assert_status(context, sg_dataset_field(&dataset, "populace", "--population", &field), SG_BAD_INPUT);
    assert_int_equal(field, -5);
    assert_contains(test_error(context), "Area Name, POP, pop, Région");
    sg_dataset_release(&dataset);
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_no_crs(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_source source = {.path = test_sample("services_2013.csv"), .crs_option = "--services-crs"};
    struct sg_dataset dataset;
    struct sg_crs *crs = NULL;
    assert_ok(context, sg_dataset_open(context, &source, &dataset));
    assert_ok(context, sg_dataset_crs(&dataset, &crs));
    assert_string_equal(sg_crs_code(crs), "EPSG:4326");
    assert_true(test_heard("taken as WGS 84"));
    sg_crs_free(crs);
    sg_dataset_release(&dataset);
    sg_context_free(context);
    test_folder_remove(folder);
}

static const char *write_flatgeobuf(const char *folder, int count) {
    const char *path = test_path(folder, "a.fgb");
    sg_gdal_start();
    const char *const options[] = {"SPATIAL_INDEX=NO", NULL};
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("FlatGeobuf"), path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(dataset);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "a", NULL, wkbPoint, (char **)options);
    OGRFieldDefnH field = OGR_Fld_Create("n", OFTInteger);
    assert_int_equal(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
    OGR_Fld_Destroy(field);
    for (int i = 0; i < count; i++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, i, i);
        OGR_F_SetFieldInteger(feature, 0, i);
        OGR_F_SetGeometryDirectly(feature, point);
        assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    GDALClose(dataset);
    return path;
}

static void read_some(struct sg_dataset *dataset, int most) {
    OGRFeatureH feature;
    for (int i = 0; i < most && (feature = sg_dataset_next(dataset)) != NULL; i++)
        OGR_F_Destroy(feature);
}

/* A FlatGeobuf file says how many records it has; GDAL is content with those that are there. */
static void test_promised_records(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_source source = {.path = write_flatgeobuf(folder, 3)};
    struct sg_dataset dataset;
    assert_ok(context, sg_dataset_open(context, &source, &dataset));
    read_some(&dataset, 2); /* who stops early asks for no more */
    assert_ok(context, sg_dataset_finish(&dataset, "points"));
    read_some(&dataset, 9);
    assert_int_equal(dataset.record, 3);
    assert_ok(context, sg_dataset_finish(&dataset, "points"));
    sg_dataset_release(&dataset);
    source.where = "n = 1";
    assert_ok(context, sg_dataset_open(context, &source, &dataset));
    read_some(&dataset, 9);
    assert_int_equal(dataset.record, 1);
    assert_ok(context, sg_dataset_finish(&dataset, "points"));
    sg_dataset_release(&dataset);

    size_t length, whole = 0, end;
    char *bytes = test_read(source.path, &length);
    uint32_t size;
    memcpy(&size, bytes + 8, sizeof size);
    for (end = 12 + size; end < length; end += 4 + size) { /* to before the last record */
        whole = end;
        memcpy(&size, bytes + end, sizeof size);
    }
    test_write_bytes(source.path, bytes, whole);
    free(bytes);
    source.where = NULL;
    assert_ok(context, sg_dataset_open(context, &source, &dataset));
    read_some(&dataset, 9);
    assert_status(context, sg_dataset_finish(&dataset, "points"), SG_BAD_INPUT);
    assert_contains(test_error(context), "a.fgb: ends after 2 of 3 records");
    sg_dataset_release(&dataset);
    sg_context_forget_error(context);
    source.where = "n = 1";
    assert_status(context, sg_dataset_open(context, &source, &dataset), SG_BAD_INPUT);
    assert_contains(test_error(context), "ends after 2 of 3");
    sg_dataset_release(&dataset);
    sg_context_free(context);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_files),
        cmocka_unit_test(test_fields_by_name),
        cmocka_unit_test(test_no_crs),
        cmocka_unit_test(test_promised_records),
    };
    return cmocka_run_group_tests_name("dataset", tests, NULL, NULL);
}
