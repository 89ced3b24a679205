/* Areas from files: ids, names, numbers, repair, and what bad ones get; regions. */
#include "measure/area_size.h"
#include "read/area_reader.h"
#include "read/regions_of.h"
#include "support/test.h"

static char *folder;

static int set_up(void **state) {
    (void)state;
    folder = test_folder_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    test_folder_remove(folder);
    return 0;
}

static const char *geojson(const char *name, const char *features) {
    const char *path = test_path(folder, name);
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text, "{\"type\":\"FeatureCollection\",\"features\":[%s]}", features);
    test_write(path, sg_text_bytes(&text));
    sg_text_release(&text);
    return path;
}

#define FEATURE(properties, geometry)                                                                        \
    "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":" geometry "}"
#define SQUARE(x)                                                                                            \
    "{\"type\":\"Polygon\",\"coordinates\":[[[" x ",0],[" x ".5,0],[" x ".5,0.5],[" x ",0.5],[" x ",0]]]}"

static struct sg_area_layer read_layer(struct sg_context *context, const char *path,
                                       const struct sg_area_fields *fields, enum sg_status expected) {
    struct sg_source source = {.path = path, .crs_option = "--areas-crs"};
    struct sg_area_layer layer = {0};
    assert_status(context, sg_areas_read(context, &source, fields, &layer), expected);
    if (expected == SG_OK)
        assert_ok(context, sg_areas_measure(context, &layer));
    if (expected != SG_OK)
        assert_int_equal(layer.area_count, 0); /* nothing handed out */
    return layer;
}

static void test_fields(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(0);
    struct sg_area_fields fields = {
        .id = "code", .name = "title", .population = "people", .need = "newcomers"};
    struct sg_area_layer layer = read_layer(
        context,
        geojson(
            "a.geojson",
            FEATURE(
                "\"code\":\"001\",\"title\":\" Étang \",\"people\":\"1,234\",\"newcomers\":56",
                SQUARE(
                    "1")) "," FEATURE("\"code\":\"010\",\"title\":null,\"people\":\"x\",\"newcomers\":null",
                                      SQUARE("2")) "," FEATURE("\"code\":\"100\",\"title\":\"C\",\"people\":"
                                                               "\"many\",\"newcomers\":-3",
                                                               SQUARE("3"))),
        &fields, SG_OK);
    assert_int_equal(layer.area_count, 3);
    assert_string_equal(layer.areas[0].id, "001"); /* codes stay text */
    assert_string_equal(layer.areas[0].name, "Étang");
    assert_near(layer.areas[0].population, 1234, 0, "people");
    assert_near(layer.areas[0].need, 56, 0, "people");
    assert_string_equal(layer.areas[1].name, "010"); /* the id stands in */
    assert_missing(layer.areas[1].population);       /* suppressed is missing, never 0 */
    assert_missing(layer.areas[1].need);
    assert_missing(layer.areas[2].population); /* no number: missing, and said */
    assert_missing(layer.areas[2].need);
    assert_true(test_heard("many"));
    assert_string_equal(layer.population_field, "people");
    assert_true(sg_crs_is_geographic(layer.crs)); /* WGS 84, as GeoJSON says */
    /* half a degree square on the equator: 55.66 km by 55.29 km, by M and N of WGS 84 there 3,077.2 km2 */
    assert_near(layer.areas[0].area_km2, 3077.2, 0.5, "km2");
    assert_near(layer.extent.min_x, 1, 0, "degrees");
    assert_near(layer.extent.max_x, 3.5, 0, "degrees");
    sg_area_layer_release(&layer);
    sg_context_free(context);
}

static void test_recognised_fields(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_area_fields fields = {0};
    struct sg_area_layer layer = read_layer(
        context, geojson("b.geojson", FEATURE("\"AREA_NAME\":\"North\",\"Population\":12", SQUARE("1"))),
        &fields, SG_OK);
    assert_string_equal(layer.areas[0].name, "North");
    assert_near(layer.areas[0].population, 12, 0, "people");
    assert_null(layer.id_field); /* the feature id serves */
    assert_true(test_heard("AREA_NAME") && test_heard("Population"));
    sg_area_layer_release(&layer);
    sg_context_free(context);
}

struct fault {
    const char *features, *error, *hint;
};

static void test_faults(void **state) {
    (void)state;
    static const struct fault faults[] = {
        {FEATURE("\"id\":\"7\"", SQUARE("1")) "," FEATURE("\"id\":\"7\"", SQUARE("2")),
         "area id '7' occurs twice", "--area-id"},
        {FEATURE("\"id\":\"7\"", SQUARE("1")) "," FEATURE("\"id\":null", SQUARE("2")),
         "record 2: the area has no id", "--area-id"},
        {FEATURE("\"id\":\"7\"", "{\"type\":\"Point\",\"coordinates\":[1,2]}"), "not a polygon",
         "a file of points goes with --services"},
        {FEATURE("\"id\":\"7\"", "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}"), "not a polygon",
         ""},
        {FEATURE("\"id\":\"7\"", "null"), "none of the 1 areas has a geometry", ""},
        {"", "", ""},
    };
    for (size_t i = 0; i < TEST_COUNT(faults); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_area_fields fields = {.id = "id"};
        read_layer(context, geojson("c.geojson", faults[i].features), &fields, SG_BAD_INPUT);
        assert_contains(test_error(context), faults[i].error);
        assert_contains(test_hint(context), faults[i].hint);
        sg_context_free(context);
    }
    struct sg_context *context = test_context_new(1);
    struct sg_area_fields fields = {.id = "AREA_SHORT_COD"};
    read_layer(context,
               geojson("d.geojson", FEATURE("\"AREA_SHORT_CODE\":\"1\",\"AREA_NAME\":\"x\"", SQUARE("1"))),
               &fields, SG_BAD_INPUT);
    assert_contains(test_error(context), "no field 'AREA_SHORT_COD' (--area-id)");
    assert_contains(test_error(context), "AREA_SHORT_CODE, AREA_NAME");
    assert_contains(test_hint(context), "did you mean 'AREA_SHORT_CODE'?");
    sg_context_free(context);
    context = test_context_new(1);
    fields.id = NULL;
    test_write(test_path(folder, "table.csv"), "id,name\n1,a\n");
    read_layer(context, test_path(folder, "table.csv"), &fields, SG_BAD_INPUT);
    assert_contains(test_error(context), "without geometry");
    sg_context_free(context);
}

/* A bow tie of two triangles of 1/4: repaired, its area kept, and the area is named in the warning. */
static void test_repair(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(0);
    struct sg_area_fields fields = {.id = "id"};
    struct sg_area_layer layer = read_layer(
        context,
        geojson(
            "e.geojson",
            FEATURE("\"id\":\"tie\"",
                    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[1,0],[0,1],[0,0]]"
                    "]}") "," FEATURE("\"id\":\"fine\"",
                                      SQUARE("3")) "," FEATURE("\"id\":\"nothing\"",
                                                               "null") "," FEATURE("\"id\":\"flat\"",
                                                                                   "{\"type\":\"Polygon\","
                                                                                   "\"coordinates\":[[[5,0],["
                                                                                   "6,0],[5,0],[5,0]]]}")),
        &fields, SG_OK);
    assert_int_equal(layer.area_count, 4); /* rows without geometry stay */
    assert_near(sg_shape_planar_area(&layer.areas[0].shape), 0.5, 1e-9, "square degrees");
    assert_true(sg_shape_holds(&layer.areas[0].shape, (struct sg_point){0.1, 0.5}));
    assert_false(sg_shape_holds(&layer.areas[0].shape, (struct sg_point){0.5, 0.1}));
    assert_int_equal(layer.areas[2].shape.polygon_count, 0);
    assert_missing(layer.areas[2].area_km2);
    assert_int_equal(layer.areas[3].shape.polygon_count, 0);
    assert_int_equal(layer.repaired_count, 2);
    assert_int_equal(layer.repairs[0].index, 0);
    assert_near(layer.repairs[0].point.x, 0.5, 1e-12, "degrees");
    assert_near(layer.repairs[0].point.y, 0.5, 1e-12, "degrees");
    assert_int_equal(layer.repairs[1].index, 3);
    assert_true(layer.repairs[1].is_lost && layer.repairs[1].point.x >= 5); /* of a line, somewhere on it */
    assert_true(test_heard("'tie'") && test_heard("Self-intersection"));
    assert_true(test_heard("'flat'"));
    assert_false(test_heard("'fine'"));
    sg_area_layer_release(&layer);
    sg_context_free(context);
}

static void test_where_and_layers(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    const char *path = geojson("f.geojson", FEATURE("\"id\":\"1\",\"kind\":\"NIA\"", SQUARE("1")) "," FEATURE(
                                                "\"id\":\"2\",\"kind\":\"no\"", SQUARE("2")));
    struct sg_source source = {.path = path, .where = "kind = 'NIA'"};
    struct sg_area_fields fields = {.id = "id"};
    struct sg_area_layer layer;
    assert_ok(context, sg_areas_read(context, &source, &fields, &layer));
    assert_int_equal(layer.area_count, 1);
    assert_string_equal(layer.areas[0].id, "1");
    sg_area_layer_release(&layer);
    source.where = "kind ==== 1";
    assert_status(context, sg_areas_read(context, &source, &fields, &layer), SG_BAD_INPUT);
    assert_contains(test_error(context), "kind ==== 1");
    sg_context_forget_error(context);
    source.where = "kind = 'nobody'";
    assert_status(context, sg_areas_read(context, &source, &fields, &layer), SG_BAD_INPUT);
    assert_contains(test_error(context), "no areas");
    sg_context_forget_error(context);
    source = (struct sg_source){.path = path, .layer = "g"};
    assert_status(context, sg_areas_read(context, &source, &fields, &layer), SG_BAD_INPUT);
    assert_contains(test_error(context), "no layer 'g'; its layers are f");
    sg_context_free(context);
}

/* --areas-crs goes before what the file says. */
static void test_named_crs(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_area_fields fields = {.id = "id"};
    struct sg_area_layer layer = {0};
    struct sg_source source = {
        .path = geojson("g.geojson",
                        FEATURE("\"id\":\"1\"",
                                "{\"type\":\"Polygon\",\"coordinates\":[[[630000,4833000],[631000,4833000],"
                                "[631000,4834000],[630000,4834000],[630000,4833000]]]}")),
        .crs = "EPSG:26917"};
    assert_ok(context, sg_areas_read(context, &source, &fields, &layer));
    assert_ok(context, sg_areas_measure(context, &layer));
    assert_string_equal(sg_crs_code(layer.crs), "EPSG:26917");
    assert_true(sg_crs_is_geographic(layer.geographic));
    /* a square kilometre of the map, by the scale there: k0 0.9996 and 129.5 km from the middle, k = 0.99981
     */
    assert_near(layer.areas[0].area_km2, 1 / (0.99981 * 0.99981), 2e-5, "km2");
    sg_area_layer_release(&layer);
    source.crs = "Toronto";
    assert_status(context, sg_areas_read(context, &source, &fields, &layer), SG_BAD_CRS);
    sg_context_free(context);
}

static void test_regions(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_area_fields fields = {.id = "id"};
    struct sg_area_layer layer = read_layer(
        context,
        geojson("h.geojson", FEATURE("\"id\":\"001\"", SQUARE("1")) "," FEATURE(
                                 "\"id\":\"002\"", SQUARE("2")) "," FEATURE("\"id\":\"003\"", SQUARE("3"))),
        &fields, SG_OK);
    const char *path = test_path(folder, "regions.csv");
    test_write(path, "area_id,region\n003,North\n001,North\n1,South\n002,South\n002,South\n");
    assert_ok(context, test_regions_read(context, path, &layer));
    assert_int_equal(layer.region_count, 2);
    assert_string_equal(layer.regions[0].name, "North");
    assert_int_equal(layer.regions[0].area_count, 2);
    assert_int_equal(layer.regions[0].areas[0], 0); /* ascending */
    assert_int_equal(layer.regions[0].areas[1], 2);
    assert_int_equal(layer.regions[1].area_count, 2); /* shared with the north; "1" is "001"; twice is once */
    assert_int_equal(layer.regions[1].areas[0], 0);
    sg_area_layer_release(&layer);
    layer = read_layer(context, test_path(folder, "h.geojson"), &fields, SG_OK);
    test_write(path, "area_id,region\n001,North\n9,South\n");
    assert_status(context, test_regions_read(context, path, &layer), SG_BAD_INPUT);
    assert_contains(test_error(context), "'9'");
    sg_area_layer_release(&layer);
    sg_context_forget_error(context);
    layer = read_layer(context, test_path(folder, "h.geojson"), &fields, SG_OK);
    test_write(path, "area,region\n001,North\n");
    assert_status(context, test_regions_read(context, path, &layer), SG_BAD_INPUT);
    assert_contains(test_error(context), "no field 'area_id' (--regions); its fields are area, region");
    sg_area_layer_release(&layer);
    sg_context_free(context);
}

/* The sample's own numbers (its README): 54 areas, 8 regions, 8 areas shared. */
static void test_sample_city(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(0);
    struct sg_area_fields fields = {.id = "id", .population = "population", .need = "recent_immigrants"};
    struct sg_area_layer layer = read_layer(context, test_sample("neighbourhoods.geojson"), &fields, SG_OK);
    assert_int_equal(layer.area_count, 54);
    assert_int_equal(layer.repaired_count, 0);
    assert_ok(context, test_regions_read(context, test_sample("regions.csv"), &layer));
    assert_int_equal(layer.region_count, 8);
    size_t memberships = 0;
    for (size_t r = 0; r < layer.region_count; r++)
        memberships += layer.regions[r].area_count;
    assert_int_equal(memberships, 54 + 8);
    sg_area_layer_release(&layer);
    sg_context_free(context);
}

/* Points are brought to where the areas are written; areas that are written in two ways, to one of them. */
static void test_longitudes(void **state) {
    (void)state;
    static const struct {
        const char *west, *middle, *east; /* of three squares, half a degree wide */
        double min_x, max_x;
        double lon, turn; /* a point, and what brings it there */
        bool is_told;
    } cases[] = {
        {"-80", "-79", "-78", -80, -77.5, -79.25, 0, false},
        {"-80", "-79", "-78", -80, -77.5, 280.75, -360, false},
        {"-80", "-79", "-78", -80, -77.5, 180, 0, false},
        {"-180", "0", "179", -180, 179.5, 180, 0, false},
        {"-180", "0", "179", -180, 179.5, -180, 0, false},
        {"280", "281", "282", 280, 282.5, -79.25, 360, false},
        {"280", "281", "282", 280, 282.5, 280.75, 0, false},
        {"179", "180", "181", 179, 181.5, -179.25, 360, false},
        {"-181", "-180", "-182", -182, -179.5, 179.25, -360, false},
        {"-180", "181", "179", 179, 181.5, -179.25, 360, true},
        {"-80", "281", "-78", -80, -77.5, -79.25, 0, true},
        {"-300", "-299", "62", 60, 62.5, 60.25, 0, true},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_text text;
        sg_text_init(&text);
        const char *const starts[] = {cases[i].west, cases[i].middle, cases[i].east};
        for (int s = 0; s < 3; s++) {
            double x = strtod(starts[s], NULL);
            sg_text_append_format(&text,
                                  "%s{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":"
                                  "\"Polygon\",\"coordinates\":[[[%g,0],[%g,0],[%g,0.5],[%g,0.5],[%g,0]]]}}",
                                  s == 0 ? "" : ",", x, x + 0.5, x + 0.5, x, x);
        }
        struct sg_area_fields fields = {0};
        struct sg_area_layer layer =
            read_layer(context, geojson("turns.geojson", sg_text_bytes(&text)), &fields, SG_OK);
        assert_near(layer.extent.min_x, cases[i].min_x, 0, "degrees");
        assert_near(layer.extent.max_x, cases[i].max_x, 0, "degrees");
        assert_near(sg_areas_turn(&layer, cases[i].lon), cases[i].turn, 0, "degrees");
        assert_near(sg_areas_turn(&layer, INFINITY), 0, 0, "degrees");
        assert_int_equal(test_heard("name the same places twice"), cases[i].is_told);
        sg_text_release(&text);
        sg_area_layer_release(&layer);
        sg_context_free(context);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),      cmocka_unit_test(test_recognised_fields),
        cmocka_unit_test(test_longitudes),  cmocka_unit_test(test_faults),
        cmocka_unit_test(test_repair),      cmocka_unit_test(test_where_and_layers),
        cmocka_unit_test(test_named_crs),   cmocka_unit_test(test_regions),
        cmocka_unit_test(test_sample_city),
    };
    return cmocka_run_group_tests_name("area_reader", tests, set_up, tear_down);
}
