/* The same services from CSV, GeoJSON and a zipped shapefile of the City of Toronto's 2018 challenge: the
   same records. And files whose points are wrong or not there: a diagnosis. */
#include "read/collected_sites.h"
#include "support/test.h"

static int compare_entries(const void *a, const void *b) {
    const struct sg_point one = ((const struct sg_site_entry *)a)->point,
                          two = ((const struct sg_site_entry *)b)->point;
    if (fabs(one.x - two.x) > 1e-7)
        return one.x < two.x ? -1 : 1;
    return fabs(one.y - two.y) <= 1e-7 ? 0 : one.y < two.y ? -1 : 1;
}

static void test_three_formats_one_answer(void **state) {
    (void)state;
    static const char *const names[] = {"refugee_services_211.csv", "refugee_services_211.geojson",
                                        "refugee_services_211.zip"};
    struct sg_site_fields fields = {.type_value = "Refugee services"};
    struct collected found[3];
    for (int i = 0; i < 3; i++) {
        char name[200];
        snprintf(name, sizeof name, "toronto/services/vz_challenge_2018/%s", names[i]);
        found[i] = collect(test_shared(name), &fields, NULL, SG_OK);
        assert_int_equal(found[i].input.counts.read, 234); /* line breaks in addresses are no records */
        assert_int_equal(found[i].count, 234);
        qsort(found[i].entries, found[i].count, sizeof *found[i].entries, compare_entries);
    }
    for (int i = 1; i < 3; i++) {
        for (size_t k = 0; k < 234; k++) {
            assert_near(found[i].entries[k].point.x, found[0].entries[k].point.x, 1e-6, "degrees");
            assert_near(found[i].entries[k].point.y, found[0].entries[k].point.y, 1e-6, "degrees");
        }
    }
    for (int i = 0; i < 3; i++)
        collected_release(&found[i]);
}

static void test_multipoints_of_one(void **state) {
    (void)state;
    /* 888 features: 247 Point, 640 MultiPoint of one point each, 1 null (the shared data's README) */
    struct sg_site_fields fields = {.type = "Type"};
    struct collected found =
        collect(test_shared("toronto/services/gta_shelters_and_housing.geojson"), &fields, NULL, SG_OK);
    assert_int_equal(found.input.counts.read, 888);
    assert_int_equal(found.input.outcomes[SG_SITE_MISSING], 1);
    assert_int_equal(found.input.multiple_count, 0);
    assert_int_equal(found.count, 888);
    assert_int_equal(found.taxonomy.type_count, 8);
    collected_release(&found);
}

static void test_windows_1252_listing(void **state) {
    (void)state;
    struct sg_site_fields fields = {0};
    struct collected found =
        collect(test_shared("toronto/services/2021_211_PeelYorkTO.csv"), &fields, "lip", SG_OK);
    assert_int_equal(found.input.counts.read, 6414);
    assert_string_equal(found.input.fields[0].name, "TaxonomyTerms");
    assert_string_equal(found.input.fields[1].name, "Longitude");
    assert_true(test_heard("Windows-1252"));
    collected_release(&found);
}

static void test_other_crs(void **state) {
    (void)state;
    struct sg_site_fields fields = {.type_value = "Walk-in clinic"};
    struct collected found =
        collect(test_shared("toronto/services/vz_challenge_2018/walk_in_clinics.zip"), &fields, NULL, SG_OK);
    assert_int_equal(found.input.counts.read, 97);
    assert_string_equal(found.crs, "EPSG:4269"); /* NAD83, as the layer says */
    collected_release(&found);
}

static void test_wrong_geometry(void **state) {
    (void)state;
    struct sg_site_fields fields = {.type = "DESCRIPTIO"};
    /* the GeoJSON's points lie near 0, 0 in the ocean, its columns are right: --lon and --lat go before the
     * geometry */
    struct collected found = collect(test_shared("toronto/services/vz_challenge_2018/school_master.geojson"),
                                     &fields, NULL, SG_OK);
    assert_int_equal(found.count, 1327);
    assert_near(found.entries[0].point.x, -98.738, 0.001, "degrees");
    collected_release(&found);
    fields.lon = "LONGITUDE", fields.lat = "LATITUDE";
    found = collect(test_shared("toronto/services/vz_challenge_2018/school_master.geojson"), &fields, NULL,
                    SG_OK);
    assert_near(found.entries[0].point.x, -79.51293668, 1e-9, "degrees");
    assert_near(found.entries[0].point.y, 43.70173006, 1e-9, "degrees");
    collected_release(&found);
    /* its shapefile has no .prj: WGS 84 is assumed, and said */
    fields = (struct sg_site_fields){.type_value = "School"};
    found =
        collect(test_shared("toronto/services/vz_challenge_2018/school_master.zip"), &fields, NULL, SG_OK);
    assert_true(test_heard("no coordinate reference system"));
    assert_int_equal(found.count, 1327);
    collected_release(&found);
}

static void test_geometry_as_program_text(void **state) {
    (void)state;
    struct sg_site_fields fields = {0};
    struct collected found =
        collect(test_shared("toronto/services/licensed_child_care_2024.csv"), &fields, NULL, SG_BAD_INPUT);
    assert_contains(test_error(found.context), "Python");
    assert_contains(test_hint(found.context), "--lon");
    collected_release(&found);
    found =
        collect(test_shared("toronto/messy/red_light_cameras_R_geometry.csv"), &fields, NULL, SG_BAD_INPUT);
    assert_contains(test_error(found.context), "R source");
    collected_release(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_formats_one_answer), cmocka_unit_test(test_multipoints_of_one),
        cmocka_unit_test(test_windows_1252_listing),     cmocka_unit_test(test_other_crs),
        cmocka_unit_test(test_wrong_geometry),           cmocka_unit_test(test_geometry_as_program_text),
    };
    return cmocka_run_group_tests_name("real_formats", tests, NULL, NULL);
}
