/* Published broken files (the shared set's broken/): each ends as the design says, and none crashes anything.
 */
#include "measure/area_size.h"
#include "read/area_reader.h"
#include "read/collected_sites.h"
#include "support/test.h"

static void assert_areas(const char *name, const char *layer_name, enum sg_status expected, size_t areas,
                         const char *heard_or_error) {
    struct sg_context *context = test_context_new(1);
    char path[200];
    snprintf(path, sizeof path, "broken/%s", name);
    struct sg_source source = {.path = test_shared(path), .layer = layer_name, .crs_option = "--areas-crs"};
    struct sg_area_fields fields = {0};
    struct sg_area_layer layer = {0};
    assert_status(context, sg_areas_read(context, &source, &fields, &layer), expected);
    if (expected == SG_OK)
        assert_ok(context, sg_areas_measure(context, &layer));
    assert_int_equal(layer.area_count, areas);
    if (expected != SG_OK)
        assert_contains(test_error(context), heard_or_error);
    else if (heard_or_error[0] != '\0')
        assert_true(test_heard(heard_or_error));
    if (expected == SG_OK) {
        for (size_t i = 0; i < layer.area_count; i++)
            assert_true(layer.areas[i].shape.polygon_count == 0 ? isnan(layer.areas[i].area_km2)
                                                                : layer.areas[i].area_km2 > 0);
        sg_area_layer_release(&layer);
    }
    sg_context_free(context);
}

static void test_areas(void **state) {
    (void)state;
    assert_areas("bowtie.json", NULL, SG_BAD_INPUT, 0, "not a polygon"); /* a bare GeometryCollection */
    assert_areas("invalid_rings.json", NULL, SG_OK, 1, "repaired");
    assert_areas("ogc_ex12.geojson", NULL, SG_OK, 1, "");
    assert_areas("openring.json", NULL, SG_OK, 1, "");
    assert_areas("mixed_feature.json", NULL, SG_BAD_INPUT, 0, "not a polygon");
    assert_areas("six_counties_three_null.json", NULL, SG_OK, 6, "");
    assert_areas("invalid_json_sample.json", NULL, SG_NO_INPUT, 0, "cannot be read");
    assert_areas("invalid_json_sample1.json", NULL, SG_BAD_CRS, 0,
                 "not longitudes and latitudes"); /* metres */
    assert_areas("curvepolygon.gpkg", NULL, SG_OK, 1, "");
    assert_areas("null_crs_gdal.gpkg", NULL, SG_OK, 1, "no coordinate reference system");
    assert_areas("mixed_crs.gpkg", NULL, SG_OK, 1, "oregon_2269"); /* which of its layers is read is said */
    assert_areas("gauss_kruger_no_dbf/gauss_kruger.shp", NULL, SG_NO_INPUT, 0, "cannot be read");
    assert_areas("latin1_no_shx/latin1.shp", NULL, SG_NO_INPUT, 0, "cannot be read");
    assert_areas("empty_zipfile.zip", NULL, SG_NO_INPUT, 0, "empty_zipfile.zip");
    assert_areas("three_points/three_points.shp", NULL, SG_BAD_INPUT, 0, "not a polygon");
    assert_areas("wkt.csv", NULL, SG_BAD_INPUT, 0, "without geometry");
    assert_areas("test_gpkg_nulls.gpkg", NULL, SG_BAD_INPUT, 0, "");
}

/* Repeated ids are an error that names them (the GeoJSON driver renumbers its own id, so a field is asked
 * for). */
static void test_repeated_ids(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_source source = {.path = test_shared("broken/gdal_ids_0_1_null_1_null.json")};
    struct sg_area_fields fields = {.id = "id"};
    struct sg_area_layer layer = {0};
    assert_status(context, sg_areas_read(context, &source, &fields, &layer), SG_BAD_INPUT);
    assert_contains(test_error(context), "record 3"); /* a null id, before the repeated one */
    sg_context_free(context);
}

static void test_more_areas(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t areas, repaired, without;
    } layers[] = {
        {"toronto/boundaries/neighbourhoods_158_4326.geojson", 158, 0, 0},
        {"toronto/boundaries/neighbourhoods_140_named_only.geojson", 140, 1, 0},
        {"toronto/boundaries/non-residential-mask.geojson", 831, 8, 625},
        {"toronto/boundaries/toronto_boundary.geojson", 1, 0, 0},
        {"toronto/boundaries/wards_2010/icitw_wgs84.shp", 44, 0, 0},
        {"london_ontario/Electoral Wards 2018.shp", 14, 0, 0},
        {"ottawa/ons_neighbourhoods.geojson", 111, 3, 0}}; /* 3: SQLite's ST_IsValid through ogrinfo */
    for (size_t i = 0; i < TEST_COUNT(layers); i++) {
        struct sg_context *context = test_context_new(0);
        struct sg_source source = {.path = test_shared(layers[i].name)};
        struct sg_area_fields fields = {0};
        struct sg_area_layer layer;
        assert_ok(context, sg_areas_read(context, &source, &fields, &layer));
        assert_int_equal(layer.area_count, layers[i].areas);
        assert_int_equal(layer.repaired_count, layers[i].repaired);
        size_t without = 0;
        for (size_t a = 0; a < layer.area_count; a++)
            without += layer.areas[a].shape.polygon_count == 0;
        assert_int_equal(without, layers[i].without);
        sg_area_layer_release(&layer);
        sg_context_free(context);
    }
}

static void test_sites(void **state) {
    (void)state;
    struct sg_site_fields fields = {.type_value = "x"};
    struct collected found = collect(test_shared("broken/wkt.csv"), &fields, NULL, SG_OK);
    assert_int_equal(found.input.counts.read, 3);
    assert_near(found.entries[1].point.x, 8.5435, 0, "degrees");
    collected_release(&found);
    /* the shapefile's number for "no value" is finite, and nowhere */
    found = collect(test_shared("broken/invalid_coords/invalid_coordinates.shp"), &fields, NULL, SG_OK);
    assert_int_equal(found.input.counts.read, 1);
    assert_int_equal(found.input.outcomes[SG_SITE_NOT_FINITE] + found.input.outcomes[SG_SITE_MISSING], 1);
    collected_release(&found);
    found = collect(test_shared("broken/mixed_feature.json"), &fields, NULL,
                    SG_OK); /* points, a line, a polygon */
    assert_int_equal(found.input.counts.read, 3);
    assert_int_equal(found.count, 4);
    assert_int_equal(found.input.surface_count, 2);
    collected_release(&found);
    found = collect(test_shared("broken/three_points/three_points.shp"), &fields, NULL, SG_OK);
    assert_int_equal(found.count, 3);
    collected_release(&found);
    found = collect(test_shared("broken/utf8_bom.csv.gz"), &fields, NULL,
                    SG_BAD_INPUT); /* no coordinates in it */
    assert_contains(test_error(found.context), "election_dt");
    collected_release(&found);
    found = collect(test_shared("broken/corrupt_too_long/corrupt_too_long.shp"), &fields, NULL, SG_OK);
    assert_true(found.input.counts.read > 0);
    collected_release(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_areas),
        cmocka_unit_test(test_repeated_ids),
        cmocka_unit_test(test_more_areas),
        cmocka_unit_test(test_sites),
    };
    return cmocka_run_group_tests_name("real_broken", tests, NULL, NULL);
}
