/* Out of memory, allocation after allocation: staging and every format. Nothing is left under a final name.
 */
#include "support/failing_alloc.h"
#include "support/test.h"
#include "write/layer_writer.h"
#include "write/provenance.h"

#include <unistd.h>

struct setting {
    struct sg_table table;
    struct sg_shape shape;
    const struct sg_shape *shapes[1];
    struct sg_crs *crs;
    char *folder;
    const char *name;
};

static enum sg_status write_layer(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_layer layer = {.name = "coverage",
                             .title = "Title",
                             .description = "Description",
                             .table = &setting->table,
                             .kind = SG_POLYGONS,
                             .shapes = setting->shapes,
                             .crs = setting->crs};
    struct sg_staging *staging = NULL;
    enum sg_status status = sg_staging_new(context, setting->folder, true, &staging);
    if (status == SG_OK)
        status = sg_staging_check(staging, setting->name);
    if (status == SG_OK)
        status = sg_layers_write(context, staging, setting->name, &layer, 1, 0);
    sg_staging_free(staging);
    assert_int_equal(test_file_count(setting->folder), 0);
    return status;
}

/* Two files into place over one before, with an input to be kept: both, or neither. */
static enum sg_status commit(struct sg_context *context, void *user) {
    const char *folder = user;
    struct sg_staging *staging = NULL;
    unlink(test_path(folder, "b.csv"));
    test_write(test_path(folder, "a.csv"), "old");
    test_write(test_path(folder, "input.csv"), "x");
    const char *paths[] = {test_path(folder, "input.csv")};
    struct sg_hashes *hashes = sg_hashes_start(paths, 1, false);
    enum sg_status status =
        hashes == NULL ? sg_fail_memory(context) : sg_staging_new(context, folder, true, &staging);
    if (status == SG_OK && !sg_staging_protect(staging, paths[0]))
        status = sg_fail_memory(context);
    for (int i = 0; status == SG_OK && i < 2; i++) {
        char *path = sg_staging_path(staging, i == 0 ? "a.csv" : "b.csv");
        if (path == NULL)
            status = sg_fail_memory(context);
        else
            test_write(path, "new");
        sg_free(path);
    }
    if (status == SG_OK)
        status = sg_hashes_check(context, hashes);
    if (status == SG_OK)
        status = sg_staging_commit(staging);
    sg_staging_free(staging);
    sg_hashes_free(hashes);
    char *text = test_read(test_path(folder, "a.csv"), NULL);
    assert_string_equal(text, status == SG_OK ? "new" : "old");
    free(text);
    assert_int_equal(test_file_count(folder), status == SG_OK ? 3 : 2);
    return status;
}

/* An input hashed on a thread of its own, and what is written of it: an error, never a sum left out. */
static enum sg_status hash_input(struct sg_context *context, void *user) {
    const char *folder = user;
    test_write(test_path(folder, "input.csv"), "x");
    const char *paths[] = {test_path(folder, "input.csv")};
    struct sg_staging *staging = NULL;
    struct sg_hashes *hashes = sg_hashes_start(paths, 1, true);
    enum sg_status status =
        hashes == NULL ? sg_fail_memory(context) : sg_staging_new(context, folder, true, &staging);
    struct sg_provenance provenance = {
        .command = "coverage", .cairo_version = "1", .areas = {.path = paths[0]}};
    if (status == SG_OK)
        status = sg_provenance_write(context, staging, hashes, &provenance);
    if (status == SG_OK)
        status = sg_staging_commit(staging);
    sg_staging_free(staging);
    sg_hashes_free(hashes);
    if (status == SG_OK) {
        char *text = test_read(test_path(folder, "provenance.json"), NULL);
        /* of the one letter x, by sha256sum */
        assert_contains(text, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
        free(text);
        unlink(test_path(folder, "provenance.json"));
    }
    assert_int_equal(test_file_count(folder), 1);
    return status;
}

static void test_hashes(void **state) {
    (void)state;
    test_fail_allocation(0);
    char *folder = test_folder_new();
    assert_true(test_every_allocation(hash_input, folder) >= 15);
    test_folder_remove(folder);
}

static void test_commit(void **state) {
    (void)state;
    test_fail_allocation(0);
    char *folder = test_folder_new();
    assert_true(test_every_allocation(commit, folder) >= 15);
    test_folder_remove(folder);
}

static void test_all(void **state) {
    (void)state;
    static const char *const names[] = {"a.csv", "a.gpkg", "a.shp", "a.geojson", "a.fgb", "a.xlsx"};
    struct sg_context *context = test_context_new(1);
    struct setting setting = {.shape = {0}};
    test_fail_allocation(0);
    setting.folder = test_folder_new();
    setting.shape = test_rectangle(0, 0, 1, 1);
    setting.shapes[0] = &setting.shape;
    sg_table_init(&setting.table, 1);
    sg_table_add(&setting.table, SG_COLUMN_TEXT, "area_name", "NAME", "Area name", "", "Name of the area");
    sg_column_set_text(&setting.table.columns[0], 0, "=1+1");
    sg_table_add(&setting.table, SG_COLUMN_REAL, "reach", "RCH", "Reach", "services", "A mean.");
    setting.table.columns[1].numbers[0] = 1.5;
    assert_ok(context, sg_crs_new(context, "EPSG:4326", &setting.crs));
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        setting.name = names[i];
        assert_true(test_every_allocation(write_layer, &setting) >= 4);
    }
    sg_crs_free(setting.crs);
    sg_table_release(&setting.table);
    sg_shape_release(&setting.shape);
    test_folder_remove(setting.folder);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all), cmocka_unit_test(test_commit),
                                       cmocka_unit_test(test_hashes)};
    return cmocka_run_group_tests_name("write_memory", tests, NULL, NULL);
}
