/* Out of memory, allocation after allocation: every reader. GDAL's own memory is its own affair. */
#include "measure/area_size.h"
#include "read/area_reader.h"
#include "read/demand_reader.h"
#include "read/site_reader.h"
#include "read/taxonomy_reader.h"
#include "read/yaml.h"
#include "support/failing_alloc.h"
#include "support/test.h"

static char *folder;

static enum sg_status read_areas(struct sg_context *context, void *user) {
    (void)user;
    struct sg_source source = {.path = test_path(folder, "areas.geojson")};
    struct sg_area_fields fields = {.id = "id", .name = "name"};
    struct sg_area_layer layer = {0};
    enum sg_status status = sg_areas_read(context, &source, &fields, &layer);
    if (status != SG_OK)
        assert_null(layer.areas);
    if (status == SG_OK)
        status = sg_areas_measure(context, &layer);
    if (status == SG_OK) {
        assert_string_equal(layer.areas[1].name,
                            "Caf\xC3\xA9"); /* right, or no memory: never something else */
        status = sg_regions_read(context, test_path(folder, "regions.csv"), NULL, &layer);
        if (status == SG_OK)
            assert_int_equal(layer.region_count, 2);
    }
    sg_area_layer_release(&layer);
    return status;
}

static enum sg_status take_crs(void *user, const struct sg_crs *crs) {
    (void)user, (void)crs;
    return SG_OK;
}

static enum sg_status take_batch(void *user, struct sg_site_batch *batch) {
    (void)user, (void)batch;
    return SG_OK;
}

static enum sg_status read_sites(struct sg_context *context, void *user) {
    struct sg_source source = {.path = test_path(folder, "services.csv")};
    struct sg_site_fields fields = {.organization = "agency"};
    struct sg_taxonomy taxonomy = {0};
    struct sg_site_input input = {0};
    struct sg_name_index *organizations = sg_name_index_new(), *words = sg_name_index_new();
    struct sg_reject_log *rejects = user == NULL ? NULL : sg_reject_log_new();
    enum sg_status status = SG_OK;
    if (organizations == NULL || words == NULL || (user != NULL && rejects == NULL))
        status = SG_NO_MEMORY;
    if (status == SG_OK)
        status = sg_taxonomy_read(context, NULL, &taxonomy);
    if (status == SG_OK)
        status = sg_sites_read(context, &source, &fields, &taxonomy, organizations, words, take_crs,
                               take_batch, NULL, rejects, &input);
    if (status == SG_OK) {
        assert_int_equal(input.counts.read, 3);
        assert_int_equal(taxonomy.type_count, 3);
        assert_string_equal(taxonomy.types[0].label_en, "Sant\xC3\xA9");
        assert_string_equal(sg_name_index_name(organizations, 0), "Caf\xC3\xA9");
        sg_site_input_release(&input);
    }
    sg_taxonomy_release(&taxonomy);
    sg_name_index_free(organizations);
    sg_name_index_free(words);
    sg_reject_log_free(rejects);
    return status;
}

static enum sg_status read_demand(struct sg_context *context, void *user) {
    (void)user;
    struct sg_source source = {.path = test_path(folder, "areas.geojson")};
    struct sg_demand_fields fields = {.population = "people"};
    struct sg_demand_layer layer = {0};
    enum sg_status status = sg_demand_read(context, &source, &fields, &layer);
    if (status == SG_OK)
        assert_int_equal(layer.feature_count, 2);
    sg_demand_layer_release(&layer);
    return status;
}

static enum sg_status read_taxonomy(struct sg_context *context, void *user) {
    (void)user;
    struct sg_taxonomy taxonomy = {0};
    enum sg_status status = sg_taxonomy_read(context, "lip", &taxonomy);
    if (status == SG_OK)
        status = sg_rules_read(context, test_path(folder, "rules.yaml"), &taxonomy);
    if (status == SG_OK)
        assert_int_equal(sg_taxonomy_match(&taxonomy, "basic needs - food"), 2);
    sg_taxonomy_release(&taxonomy);
    return status;
}

static int set_up(void **state) {
    (void)state;
    test_fail_allocation(0);
    folder = test_folder_new();
    test_write(test_path(folder, "areas.geojson"),
               "{\"type\":\"FeatureCollection\",\"features\":["
               "{\"type\":\"Feature\",\"properties\":{\"id\":\"1\",\"name\":\"A\",\"people\":5},\"geometry\":"
               "{\"type\":\"Polygon\","
               "\"coordinates\":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}},"
               "{\"type\":\"Feature\",\"properties\":{\"id\":\"2\",\"name\":\"Caf\xC3\xA9\",\"people\":7},"
               "\"geometry\":{\"type\":\"Polygon\","
               "\"coordinates\":[[[2,0],[3,0],[3,1],[2,1],[2,0]]]}}]}");
    test_write(test_path(folder, "regions.csv"), "area_id,region\n1,North\n2,North\n2,South\n");
    test_write(
        test_path(folder, "services.csv"),
        "agency,type,lon,lat\nCaf\xE9,Sant\xE9; Housing,1,1\nB,Food,2,2\nB,Food,,\n"); /* Windows-1252 */
    test_write(test_path(folder, "rules.yaml"),
               "rules:\n  HEA:\n    - prefix: Basic Needs\nunmatched: other\n");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    test_folder_remove(folder);
    return 0;
}

static void test_areas(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_areas, NULL) > 30);
}

static void test_sites(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_sites, NULL) > 30);
}

static void test_sites_and_rejects(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_sites, folder) > 30);
}

static void test_demand(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_demand, NULL) > 10);
}

static void test_taxonomy(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_taxonomy, NULL) > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_areas),
        cmocka_unit_test(test_sites),
        cmocka_unit_test(test_sites_and_rejects),
        cmocka_unit_test(test_demand),
        cmocka_unit_test(test_taxonomy),
    };
    return cmocka_run_group_tests_name("read_memory", tests, set_up, tear_down);
}
