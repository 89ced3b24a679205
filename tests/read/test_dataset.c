/* Opening files, and only files. */
#include "read/dataset.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_files),
        cmocka_unit_test(test_fields_by_name),
        cmocka_unit_test(test_no_crs),
    };
    return cmocka_run_group_tests_name("dataset", tests, NULL, NULL);
}
