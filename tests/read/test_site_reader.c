/* Services from files: every record is read, and ends with one outcome; design section 5. */
#include "read/collected_sites.h"
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

static const char *file_of(const char *name, const char *text) {
    const char *path = test_path(folder, name);
    test_write(path, text);
    return path;
}

/* The sums of the input's counts: nothing disappears. */
static void assert_adds_up(const struct collected *collected, uint64_t read) {
    const struct sg_input_counts *counts = &collected->input.counts;
    uint64_t outcomes = 0;
    for (int o = 0; o < SG_SITE_OUTCOME_COUNT; o++)
        outcomes += collected->input.outcomes[o];
    assert_int_equal(counts->read, read);
    assert_int_equal(counts->counted + counts->outside + counts->rejected, read);
    assert_int_equal(outcomes, read);
}

static void test_recognised_columns(void **state) {
    (void)state;
    const char *path = file_of("services.csv", "Agency,Service Type,Longitude,LATITUDE\n"
                                               "One,Health,-79.4,43.7\n"
                                               "Two,Housing; Health,-79.5,43.6\n"
                                               "One,,-79.3,43.8\n");
    struct sg_site_fields fields = {0};
    struct collected found = collect(path, &fields, NULL, SG_OK);
    assert_adds_up(&found, 3);
    assert_int_equal(found.count, 3);
    assert_near(found.entries[1].point.x, -79.5, 0, "degrees");
    assert_near(found.entries[1].point.y, 43.6, 0, "degrees");
    assert_string_equal(found.crs, "EPSG:4326");
    assert_int_equal(found.entries[1].type_count, 2);
    assert_int_equal(found.taxonomy.type_count, 3); /* Health, Housing, and one for the empty text */
    assert_int_equal(found.entries[0].organization, found.entries[2].organization);
    assert_int_equal(sg_name_index_count(found.organizations), 2);
    assert_near(found.entries[0].weight, 1, 0, "");
    assert_int_equal(found.entries[2].record, 3);
    assert_int_equal(found.input.crs_origin, SG_CRS_FOR_COLUMNS);
    assert_string_equal(found.input.fields[1].role, "lon");
    assert_string_equal(found.input.fields[1].name, "Longitude");
    assert_true(found.input.fields[1].is_recognised);
    assert_true(test_heard("Service Type")); /* what was recognised is said */
    collected_release(&found);
}

static void test_named_fields(void **state) {
    (void)state;
    const char *path = file_of("named.csv", "a,b,c,d,kind,w,scope,open,close\n"
                                            "1,2,-79.4,43.7,Health,2.5,mixed,2001-05-01,\n"
                                            "1,2,-79.4,43.7,Health,0,universal,2014-01-01,\n"
                                            "1,2,-79.4,43.7,Health,\"1,000\",mixed,,2012-12-31\n"
                                            "1,2,-79.4,43.7,Health,lots,mixed,,\n"
                                            "1,2,-79.4,43.7,Health,-1,mixed,,\n"
                                            "1,2,-79.4,43.7,Health,,mixed,,\n");
    struct sg_site_fields fields = {.lon = "c", .lat = "D", .type = "kind", .weight = "w", .scope = "scope"};
    struct collected found = collect(path, &fields, NULL, SG_OK);
    static const enum sg_site_outcome expected[] = {SG_SITE_COUNTED,    SG_SITE_COUNTED,
                                                    SG_SITE_COUNTED,    SG_SITE_BAD_WEIGHT,
                                                    SG_SITE_BAD_WEIGHT, SG_SITE_BAD_WEIGHT};
    for (size_t i = 0; i < TEST_COUNT(expected); i++)
        assert_int_equal(found.entries[i].outcome, expected[i]);
    assert_near(found.entries[0].weight, 2.5, 0, "");
    assert_near(found.entries[2].weight, 1000, 0, "");
    assert_int_equal(found.entries[0].scope, found.entries[2].scope);
    assert_adds_up(&found, 6);
    assert_true(test_heard("record 4")); /* the message says which and what */
    assert_true(test_heard("lots"));
    collected_release(&found);
    /* open on 30 June 2013: the first, and those whose dates are not known */
    fields = (struct sg_site_fields){
        .lon = "c", .lat = "d", .type = "kind", .opened = "open", .closed = "close", .as_of = "2013-06-30"};
    found = collect(path, &fields, NULL, SG_OK);
    assert_int_equal(found.input.outcomes[SG_SITE_NOT_OPEN], 2);
    assert_int_equal(found.input.outcomes[SG_SITE_COUNTED], 4);
    collected_release(&found);
    fields.as_of = "yesterday";
    found = collect(path, &fields, NULL, SG_USAGE);
    collected_release(&found);
}

static void test_bad_coordinates(void **state) {
    (void)state;
    const char *path = file_of("bad.csv", "type,lon,lat\n"
                                          "a,-79.4,43.7\n"
                                          "a,,\n"
                                          "a,-79.4,\n"
                                          "a,-79.4,43.6x\n"
                                          "a,n/a,43.6\n"
                                          "a,-79.4,943.7\n"
                                          "a,\"-79,4\",\"43,7\"\n"
                                          "a,1e400,43.7\n");
    struct sg_site_fields fields = {0};
    struct collected found = collect(path, &fields, NULL, SG_OK);
    static const enum sg_site_outcome expected[] = {
        SG_SITE_COUNTED, SG_SITE_MISSING,      SG_SITE_MISSING, SG_SITE_NOT_A_NUMBER,
        SG_SITE_MISSING, SG_SITE_OUT_OF_RANGE, SG_SITE_COUNTED, SG_SITE_NOT_A_NUMBER};
    for (size_t i = 0; i < TEST_COUNT(expected); i++)
        assert_string_equal(sg_site_outcome_reason(found.entries[i].outcome),
                            sg_site_outcome_reason(expected[i]));
    assert_near(found.entries[6].point.y, 43.7, 0, "degrees"); /* a decimal comma */
    assert_adds_up(&found, 8);
    assert_true(test_heard("latitude \"43.6x\" is not a number"));
    collected_release(&found);
}

static void test_geometry_in_text(void **state) {
    (void)state;
    const char *path =
        file_of("wkt.csv", "type,geom\n"
                           "a,POINT (-79.4 43.7)\n"
                           "a,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[-79.5,43.6]}\"\n"
                           "a,\"MULTIPOINT ((-79.1 43.1),(-79.2 43.2))\"\n"
                           "a,\"POLYGON ((0 0,2 0,2 2,0 2,0 0))\"\n"
                           "a,nonsense\n"
                           "a,\n");
    struct sg_site_fields fields = {0};
    struct collected found = collect(path, &fields, NULL, SG_OK);
    assert_int_equal(found.count, 7); /* the MultiPoint is two points of one record */
    assert_near(found.entries[1].point.x, -79.5, 0, "degrees");
    assert_int_equal(found.entries[2].record, 3);
    assert_int_equal(found.entries[3].record, 3);
    assert_near(found.entries[3].point.y, 43.2, 0, "degrees");
    assert_true(found.entries[4].point.x > 0 && found.entries[4].point.x < 2); /* on the surface */
    assert_int_equal(found.entries[5].outcome, SG_SITE_NOT_A_NUMBER);
    assert_int_equal(found.entries[6].outcome, SG_SITE_MISSING);
    assert_int_equal(found.input.multiple_count, 1);
    assert_int_equal(found.input.surface_count, 1);
    assert_adds_up(&found, 6);
    collected_release(&found);
}

/* "school_master.csv" has good columns; "licensed_child_care_2024.csv" has a Python dict: said so, with what
 * to do. */
static void test_geometry_that_is_none(void **state) {
    (void)state;
    struct sg_site_fields fields = {0};
    struct collected found =
        collect(file_of("python.csv", "type,geometry\na,\"{'type': 'Point', 'coordinates': [1, 2]}\"\n"),
                &fields, NULL, SG_BAD_INPUT);
    assert_contains(test_error(found.context), "Python");
    assert_contains(test_hint(found.context), "--lon");
    collected_release(&found);
    found =
        collect(file_of("r.csv", "type,geometry\na,\"c(-79.364, 43.654)\"\n"), &fields, NULL, SG_BAD_INPUT);
    assert_contains(test_error(found.context), "R source");
    collected_release(&found);
    found = collect(file_of("none.csv", "type,street\na,Main\n"), &fields, NULL, SG_BAD_INPUT);
    assert_contains(test_error(found.context), "street"); /* the columns there are */
    assert_contains(test_hint(found.context), "--lon");
    collected_release(&found);
    fields.lon = "street";
    found = collect(file_of("half.csv", "type,street\na,Main\n"), &fields, NULL, SG_USAGE);
    assert_contains(test_error(found.context), "--lat");
    collected_release(&found);
}

static void test_windows_1252(void **state) {
    (void)state;
    struct sg_site_fields fields = {.organization = "name"};
    struct collected found = collect(file_of("latin.csv", "type,name,lon,lat\nSant\xE9,Caf\xE9 \x96 Montr\xE9"
                                                          "al,-79.4,43.7\n"),
                                     &fields, NULL, SG_OK);
    assert_string_equal(found.taxonomy.types[0].label_en, "Santé");
    assert_string_equal(sg_name_index_name(found.organizations, 0), "Café – Montréal");
    assert_true(test_heard("Windows-1252"));
    collected_release(&found);
    /* an encoding that is named is believed */
    struct sg_source source = {.path = test_path(folder, "latin2.csv"), .encoding = "ISO-8859-2"};
    test_write(source.path, "type,lon,lat\n\xA3\xF3"
                            "d\xBC,-79.4,43.7\n");
    found = collect_from(&source, &fields, NULL, SG_BAD_INPUT); /* no field `name` there */
    collected_release(&found);
    fields.organization = NULL;
    found = collect_from(&source, &fields, NULL, SG_OK);
    assert_string_equal(found.taxonomy.types[0].label_en, "Łódź");
    collected_release(&found);
}

static void test_line_ends_and_marks(void **state) {
    (void)state;
    static const char *const texts[] = {
        "type,lon,lat\na,-79.4,43.7\nb,-79.5,43.6\n", "type,lon,lat\r\na,-79.4,43.7\r\nb,-79.5,43.6\r\n",
        "\xEF\xBB\xBFtype,lon,lat\na,-79.4,43.7\nb,-79.5,43.6", "type;lon;lat\na;-79.4;43.7\nb;-79.5;43.6\n",
        "type\tlon\tlat\na\t-79.4\t43.7\nb\t-79.5\t43.6\n"};
    struct sg_site_fields fields = {0};
    for (size_t i = 0; i < TEST_COUNT(texts); i++) {
        struct collected found = collect(file_of("ends.csv", texts[i]), &fields, NULL, SG_OK);
        assert_adds_up(&found, 2);
        assert_int_equal(found.taxonomy.type_count, 2);
        assert_string_equal(found.taxonomy.types[1].label_en, "b");
        assert_near(found.entries[1].point.y, 43.6, 0, "degrees");
        collected_release(&found);
    }
}

static void test_one_type_for_the_file(void **state) {
    (void)state;
    struct sg_site_fields fields = {.type_value = "Food Bank"};
    struct collected found =
        collect(file_of("x.csv", "lon,lat\n-79.4,43.7\n-79.5,43.7\n"), &fields, NULL, SG_OK);
    assert_int_equal(found.taxonomy.type_count, 1);
    assert_string_equal(found.taxonomy.types[0].label_en, "Food Bank");
    assert_int_equal(found.entries[1].type_count, 1);
    collected_release(&found);
    fields.type_value = NULL; /* nothing says the type: the file's name does, and it is said */
    found = collect(file_of("walk_in_clinics.csv", "lon,lat\n-79.4,43.7\n"), &fields, NULL, SG_OK);
    assert_string_equal(found.taxonomy.types[0].label_en, "walk in clinics");
    assert_true(test_heard("walk in clinics"));
    collected_release(&found);
}

static void test_unknown_types_are_counted(void **state) {
    (void)state;
    struct sg_site_fields fields = {0};
    struct collected found =
        collect(file_of("u.csv", "type,lon,lat\nHealth,1,1\nMagic,1,1\nSports,1,1\nMagic,1,1\n"), &fields,
                "lip", SG_OK);
    assert_int_equal(found.input.unknown_type_count, 2);
    assert_string_equal(found.input.unknown_types[0].text, "Magic"); /* most frequent first */
    assert_int_equal(found.input.unknown_types[0].count, 2);
    assert_int_equal(found.taxonomy.type_count, 13); /* kept under other: no new types */
    collected_release(&found);
}

static void test_misspelt_field(void **state) {
    (void)state;
    struct sg_site_fields fields = {.type = "catgory"};
    struct collected found =
        collect(file_of("f.csv", "category,lon,lat\na,1,1\n"), &fields, NULL, SG_BAD_INPUT);
    assert_contains(test_error(found.context), "no field 'catgory' (--type)");
    assert_contains(test_error(found.context), "category, lon, lat");
    assert_contains(test_hint(found.context), "did you mean 'category'?");
    collected_release(&found);
}

/* More records than fit in a batch come in order, none twice, none left out. */
static void test_many_batches(void **state) {
    (void)state;
    enum { COUNT = 30000 };
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append(&text, "type,lon,lat\n");
    for (int i = 0; i < COUNT; i++)
        sg_text_append_format(&text, "t%d,%d.5,%d.25\n", i % 7, i % 90, i % 80);
    struct sg_site_fields fields = {0};
    struct collected found = collect(file_of("many.csv", sg_text_bytes(&text)), &fields, NULL, SG_OK);
    sg_text_release(&text);
    assert_adds_up(&found, COUNT);
    assert_int_equal(found.taxonomy.type_count, 7);
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(found.entries[i].record, i + 1);
        assert_near(found.entries[i].point.x, i % 90 + 0.5, 0, "degrees");
    }
    collected_release(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recognised_columns),
        cmocka_unit_test(test_named_fields),
        cmocka_unit_test(test_bad_coordinates),
        cmocka_unit_test(test_geometry_in_text),
        cmocka_unit_test(test_geometry_that_is_none),
        cmocka_unit_test(test_windows_1252),
        cmocka_unit_test(test_line_ends_and_marks),
        cmocka_unit_test(test_one_type_for_the_file),
        cmocka_unit_test(test_unknown_types_are_counted),
        cmocka_unit_test(test_misspelt_field),
        cmocka_unit_test(test_many_batches),
    };
    return cmocka_run_group_tests_name("site_reader", tests, set_up, tear_down);
}
