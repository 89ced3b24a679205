/* Where people live, from points and polygons: nobody is lost unsaid. */
#include "read/demand_reader.h"

#include "support/test.h"

static struct sg_demand_layer read_layer(struct sg_context *context, const char *path,
                                         const struct sg_demand_fields *fields, enum sg_status expected) {
    struct sg_source source = {.path = path};
    struct sg_demand_layer layer = {0};
    assert_status(context, sg_demand_read(context, &source, fields, &layer), expected);
    return layer;
}

static void test_points(void **state) {
    (void)state;
    char *folder = test_folder_new();
    const char *path = test_path(folder, "blocks.csv");
    test_write(path, "id,lon,lat,Population,newcomers\n"
                     "1,-79.4,43.7,\"1,200\",30\n"
                     "2,-79.5,43.6,x,\n"
                     "3,,,50,1\n"
                     "4,-79.6,43.5,-7,0\n"
                     "5,-79.6,43.5,lots,0\n");
    struct sg_context *context = test_context_new(1);
    struct sg_demand_fields fields = {.need = "newcomers"};
    struct sg_demand_layer layer = read_layer(context, path, &fields, SG_OK);
    assert_int_equal(layer.read_count, 5);
    assert_int_equal(layer.feature_count + layer.rejected_count, 5);
    assert_int_equal(layer.rejected_count, 1);
    assert_true(layer.has_need);
    assert_near(layer.features[0].population, 1200, 0, "people");
    assert_near(layer.features[0].need, 30, 0, "people");
    assert_missing(layer.features[1].population);
    assert_missing(layer.features[2].population); /* fewer than nobody: missing, and said */
    assert_true(test_heard("\"-7\"") && test_heard("\"lots\""));
    assert_near(layer.features[0].point.x, -79.4, 0, "degrees");
    assert_int_equal(layer.features[0].shape.polygon_count, 0);
    assert_near(layer.total_population, 1250, 0, "people"); /* read, with the one that has no place */
    sg_demand_layer_release(&layer);
    fields = (struct sg_demand_fields){.population = "popluation"};
    read_layer(context, path, &fields, SG_BAD_INPUT);
    assert_contains(test_hint(context), "'Population'");
    sg_context_free(context);
    test_folder_remove(folder);
}

/* The people of a MultiPoint are shared by its points; a broken polygon is repaired. */
static void test_geometries(void **state) {
    (void)state;
    char *folder = test_folder_new();
    const char *path = test_path(folder, "d.geojson");
    test_write(path, "{\"type\":\"FeatureCollection\",\"features\":["
                     "{\"type\":\"Feature\",\"properties\":{\"pop\":30},\"geometry\":{\"type\":"
                     "\"MultiPoint\",\"coordinates\":[[1,1],[2,2],[3,3]]}},"
                     "{\"type\":\"Feature\",\"properties\":{\"pop\":8},\"geometry\":{\"type\":\"Polygon\","
                     "\"coordinates\":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}},"
                     "{\"type\":\"Feature\",\"properties\":{\"pop\":5},\"geometry\":null}]}");
    struct sg_context *context = test_context_new(1);
    struct sg_demand_fields fields = {0};
    struct sg_demand_layer layer = read_layer(context, path, &fields, SG_OK);
    assert_int_equal(layer.read_count, 3);
    assert_int_equal(layer.feature_count, 4);
    assert_near(layer.features[0].population, 10, 1e-12, "people");
    assert_near(layer.features[2].point.x, 3, 0, "degrees");
    assert_int_equal(layer.polygon_count, 1);
    assert_near(sg_shape_planar_area(&layer.features[3].shape), 0.5, 1e-9, "square degrees");
    assert_int_equal(layer.repaired_count, 1);
    assert_int_equal(layer.repairs[0].index, 2); /* the record */
    assert_near(layer.repairs[0].point.x, 0.5, 1e-12, "degrees");
    assert_int_equal(layer.rejected_count, 1);
    assert_true(test_heard("not counted"));
    sg_demand_layer_release(&layer);
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_nothing_usable(void **state) {
    (void)state;
    char *folder = test_folder_new();
    const char *path = test_path(folder, "n.csv");
    test_write(path, "lon,lat,population\n,,5\n");
    struct sg_context *context = test_context_new(1);
    struct sg_demand_fields fields = {0};
    read_layer(context, path, &fields, SG_BAD_INPUT);
    assert_contains(test_error(context), "none of the 1 records");
    sg_context_free(context);
    test_folder_remove(folder);
}

/* The sample's own numbers (its README): 2,539 blocks; their people are those of the neighbourhoods. */
static void test_sample_city(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(0);
    struct sg_demand_fields fields = {.population = "population", .need = "recent_immigrants"};
    struct sg_demand_layer layer = read_layer(context, test_sample("blocks.geojson"), &fields, SG_OK);
    assert_int_equal(layer.feature_count, 2539);
    assert_int_equal(layer.polygon_count, 2539);
    assert_int_equal(layer.rejected_count, 0);
    assert_true(layer.total_population > 100000);
    sg_demand_layer_release(&layer);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points),
        cmocka_unit_test(test_geometries),
        cmocka_unit_test(test_nothing_usable),
        cmocka_unit_test(test_sample_city),
    };
    return cmocka_run_group_tests_name("demand_reader", tests, NULL, NULL);
}
