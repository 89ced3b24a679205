/* Who may go where: OpenStreetMap's tags and cities' own classes, and files with them. */
#include "read/street_reader.h"

#include "read/street_finder.h"
#include "read/street_rules.h"
#include "support/test.h"

/* Tags as "foot=no oneway=yes". */
static const char *tag_in(void *user, const char *key) {
    static char value[64];
    size_t length = strlen(key);
    for (const char *at = user; at != NULL && *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
        if (strncmp(at, key, length) == 0 && at[length] == '=') {
            snprintf(value, sizeof value, "%.*s", (int)strcspn(at + length + 1, " "), at + length + 1);
            return value;
        }
    }
    return NULL;
}

static struct sg_street_verdict tagged(enum sg_travel_mode mode, const char *highway, const char *tags) {
    char copy[200];
    snprintf(copy, sizeof copy, "%s", tags);
    return sg_street_by_tags(mode, highway, tag_in, copy);
}

/* What OpenStreetMap's wiki says of access on foot ("OSM tags for routing", "Key:foot", "Key:motorroad"). */
static void test_walking(void **state) {
    (void)state;
    static const struct {
        const char *highway, *tags;
        enum sg_street_use use;
    } cases[] = {
        {"residential", "", SG_STREET_OPEN},
        {"footway", "", SG_STREET_OPEN},
        {"steps", "", SG_STREET_OPEN},
        {"path", "", SG_STREET_OPEN},
        {"cycleway", "", SG_STREET_OPEN},
        {"cycleway", "foot=no", SG_STREET_CLOSED},
        {"motorway", "", SG_STREET_CLOSED},
        {"motorway_link", "", SG_STREET_CLOSED},
        {"trunk", "", SG_STREET_OPEN},
        {"trunk", "foot=no", SG_STREET_CLOSED},
        {"trunk", "motorroad=yes", SG_STREET_CLOSED},
        {"trunk", "motorroad=yes foot=yes", SG_STREET_OPEN},
        {"primary", "foot=use_sidepath", SG_STREET_CLOSED},
        {"service", "access=private", SG_STREET_CLOSED},
        {"service", "access=no", SG_STREET_CLOSED},
        {"service", "access=private foot=yes", SG_STREET_OPEN},
        {"service", "access=customers", SG_STREET_OPEN},
        {"service", "access=destination", SG_STREET_OPEN},
        {"motorway", "access=yes", SG_STREET_CLOSED},
        {"residential", "oneway=yes", SG_STREET_OPEN},
        {"construction", "", SG_STREET_NO_STREET},
        {"proposed", "", SG_STREET_NO_STREET},
        {"raceway", "", SG_STREET_NO_STREET},
        {NULL, "", SG_STREET_NO_STREET},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct sg_street_verdict verdict = tagged(SG_TRAVEL_WALK, cases[i].highway, cases[i].tags);
        if (verdict.use != cases[i].use)
            fail_msg("%s %s: %d", cases[i].highway, cases[i].tags, verdict.use);
        if (verdict.use == SG_STREET_OPEN)
            assert_int_equal(verdict.directions, SG_STREET_BOTH);
    }
}

static void test_riding_and_driving(void **state) {
    (void)state;
    static const struct {
        enum sg_travel_mode mode;
        const char *highway, *tags;
        enum sg_street_use use;
        uint8_t directions;
    } cases[] = {
        {SG_TRAVEL_CYCLE, "residential", "oneway=yes", SG_STREET_OPEN, SG_STREET_FORWARD},
        {SG_TRAVEL_CYCLE, "residential", "oneway=yes oneway:bicycle=no", SG_STREET_OPEN, SG_STREET_BOTH},
        {SG_TRAVEL_CYCLE, "residential", "oneway=yes cycleway=opposite_lane", SG_STREET_OPEN, SG_STREET_BOTH},
        {SG_TRAVEL_CYCLE, "footway", "", SG_STREET_CLOSED, 0},
        {SG_TRAVEL_CYCLE, "footway", "bicycle=yes", SG_STREET_OPEN, SG_STREET_BOTH},
        {SG_TRAVEL_CYCLE, "footway", "bicycle=dismount", SG_STREET_CLOSED, 0},
        {SG_TRAVEL_CYCLE, "motorway", "", SG_STREET_CLOSED, 0},
        {SG_TRAVEL_CYCLE, "residential", "vehicle=no", SG_STREET_CLOSED, 0},
        {SG_TRAVEL_DRIVE, "motorway", "", SG_STREET_OPEN, SG_STREET_FORWARD},
        {SG_TRAVEL_DRIVE, "motorway", "oneway=no", SG_STREET_OPEN, SG_STREET_BOTH},
        {SG_TRAVEL_DRIVE, "residential", "oneway=-1", SG_STREET_OPEN, SG_STREET_BACKWARD},
        {SG_TRAVEL_DRIVE, "tertiary", "junction=roundabout", SG_STREET_OPEN, SG_STREET_FORWARD},
        {SG_TRAVEL_DRIVE, "residential", "oneway=yes oneway:bicycle=no", SG_STREET_OPEN, SG_STREET_FORWARD},
        {SG_TRAVEL_DRIVE, "steps", "", SG_STREET_CLOSED, 0},
        {SG_TRAVEL_DRIVE, "pedestrian", "motor_vehicle=yes", SG_STREET_OPEN, SG_STREET_BOTH},
        {SG_TRAVEL_DRIVE, "service", "access=private motor_vehicle=destination", SG_STREET_OPEN,
         SG_STREET_BOTH},
        {SG_TRAVEL_DRIVE, "residential", "motor_vehicle=no", SG_STREET_CLOSED, 0},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct sg_street_verdict verdict = tagged(cases[i].mode, cases[i].highway, cases[i].tags);
        if (verdict.use != cases[i].use
            || (verdict.use == SG_STREET_OPEN && verdict.directions != cases[i].directions))
            fail_msg("%s %s: %d, directions %d", cases[i].highway, cases[i].tags, verdict.use,
                     verdict.directions);
    }
}

/* Classes of Toronto's centreline, the National Road Network, Quebec, and the sample city. */
static void test_classes(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum sg_street_use walk, drive;
    } cases[] = {
        {"major arterial", SG_STREET_OPEN, SG_STREET_OPEN},
        {"local", SG_STREET_OPEN, SG_STREET_OPEN},
        {"laneway", SG_STREET_OPEN, SG_STREET_OPEN},
        {"expressway", SG_STREET_CLOSED, SG_STREET_OPEN},
        {"expressway ramp", SG_STREET_CLOSED, SG_STREET_OPEN},
        {"trail", SG_STREET_OPEN, SG_STREET_CLOSED},
        {"walkway", SG_STREET_OPEN, SG_STREET_CLOSED},
        {"major railway", SG_STREET_NO_STREET, SG_STREET_NO_STREET},
        {"river", SG_STREET_NO_STREET, SG_STREET_NO_STREET},
        {"pending", SG_STREET_NO_STREET, SG_STREET_NO_STREET},
        {"autoroute", SG_STREET_CLOSED, SG_STREET_OPEN},
        {"piste cyclable", SG_STREET_OPEN, SG_STREET_CLOSED},
        {"artere", SG_STREET_OPEN, SG_STREET_OPEN},
        {"path", SG_STREET_OPEN, SG_STREET_CLOSED},
        {"", SG_STREET_OPEN, SG_STREET_OPEN},
        {"boulevard", SG_STREET_OPEN, SG_STREET_OPEN},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct sg_street_verdict walk = sg_street_by_class(SG_TRAVEL_WALK, cases[i].text, "1");
        struct sg_street_verdict drive = sg_street_by_class(SG_TRAVEL_DRIVE, cases[i].text, "-1");
        if (walk.use != cases[i].walk || drive.use != cases[i].drive)
            fail_msg("%s: %d on foot, %d by car", cases[i].text, walk.use, drive.use);
        assert_int_equal(walk.directions, SG_STREET_BOTH);
        assert_int_equal(drive.directions, SG_STREET_BACKWARD);
    }
}

static void test_other_tags(void **state) {
    (void)state;
    char value[64];
    static const char tags[] = "\"name:en\"=>\"a \\\"b\\\" => c\",\"foot\"=>\"no\",\"empty\"=>\"\"";
    assert_true(sg_other_tag(tags, "foot", value));
    assert_string_equal(value, "no");
    assert_true(sg_other_tag(tags, "name:en", value));
    assert_string_equal(value, "a \"b\" => c");
    assert_true(sg_other_tag(tags, "empty", value));
    assert_string_equal(value, "");
    assert_false(sg_other_tag(tags, "no", value));               /* a value, not a key */
    assert_false(sg_other_tag("\"foot\"=>\"no", "foot", value)); /* cut off */
    assert_false(sg_other_tag("", "foot", value));
}

/* ---- files ---- */

static enum sg_status read_file(struct sg_context *context, const char *path, enum sg_travel_mode mode,
                                const char *where, struct sg_street_layer *layer) {
    struct sg_crs *wgs84 = NULL;
    assert_ok(context, sg_crs_new(context, "EPSG:4326", &wgs84));
    const struct sg_street_source source = {.source = {.path = path, .where = where}, .mode = mode};
    enum sg_status status = sg_street_layer_read(context, &source, wgs84, layer);
    sg_crs_free(wgs84);
    return status;
}

struct street {
    const char *properties, *type, *coordinates; /* type NULL: no geometry */
};

/* Writes a GeoJSON layer; crs may be "". */
static void write_streets(const char *path, const char *crs, const struct street *streets, size_t count) {
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text, "{\"type\":\"FeatureCollection\",%s\"features\":[", crs);
    for (size_t i = 0; i < count; i++) {
        sg_text_append_format(&text,
                              "%s{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":", i > 0 ? "," : "",
                              streets[i].properties);
        if (streets[i].type == NULL)
            sg_text_append(&text, "null}");
        else
            sg_text_append_format(&text, "{\"type\":\"%s\",\"coordinates\":%s}}", streets[i].type,
                                  streets[i].coordinates);
    }
    sg_text_append(&text, "]}");
    test_write(path, sg_text_bytes(&text));
    sg_text_release(&text);
}

static void test_layer_of_lines(void **state) {
    (void)state;
    static const struct street streets[] = {
        {"\"class\":\"Local\",\"oneway\":\"F\"", "LineString", "[[0,0],[1,1],[2,1]]"},
        {"\"class\":\"Expressway\"", "LineString", "[[0,0],[5,5]]"},
        {"\"class\":\"Local\"", NULL, NULL},
        {"\"class\":\"Trail\"", "MultiLineString", "[[[0,0],[0,1]],[[3,3],[3,4]]]"},
        {"\"class\":\"Local\"", "Point", "[0,0]"},
        {"\"class\":\"Railway\"", "LineString", "[[0,0],[6,6]]"},
    };
    char *folder = test_folder_new();
    const char *path = test_path(folder, "streets.geojson");
    write_streets(path, "", streets, TEST_COUNT(streets));
    struct sg_context *context = test_context_new(1);
    struct sg_street_layer layer;
    assert_ok(context, read_file(context, path, SG_TRAVEL_WALK, NULL, &layer));
    assert_int_equal(layer.read_count, 6);
    assert_int_equal(layer.line_count, 3);
    assert_int_equal(layer.closed_count, 1);
    assert_int_equal(layer.no_street_count, 1);
    assert_int_equal(layer.no_line_count, 2);
    assert_int_equal(layer.one_way_count, 0); /* people on foot */
    assert_int_equal(layer.lines[2].record, 4);
    assert_string_equal(layer.classes[layer.lines[0].street_class], "Local");
    assert_string_equal(layer.classes[layer.lines[1].street_class], "Trail");
    assert_true(test_heard("3 lines of streets for people on foot from 6 features, 1 is closed"));
    sg_street_layer_release(&layer);
    assert_ok(context, read_file(context, path, SG_TRAVEL_DRIVE, NULL, &layer));
    assert_int_equal(layer.line_count, 2);
    assert_int_equal(layer.lines[0].directions, SG_STREET_FORWARD);
    assert_near(layer.class_speeds_kmh[layer.lines[1].street_class], 90, 0, "km/h");
    sg_street_layer_release(&layer);
    assert_ok(context, read_file(context, path, SG_TRAVEL_WALK, "class = 'Trail'", &layer));
    assert_int_equal(layer.line_count, 2);
    sg_street_layer_release(&layer);
    assert_status(context, read_file(context, path, SG_TRAVEL_WALK, "class = 'Railway'", &layer),
                  SG_BAD_INPUT);
    assert_contains(test_error(context), "no street that people on foot may use");
    sg_context_free(context);
    test_folder_remove(folder);
}

/* Metres become degrees; a field highway is read as OpenStreetMap's wherever it comes from. */
static void test_projected_layer(void **state) {
    (void)state;
    static const struct street streets[] = {
        {"\"highway\":\"residential\",\"foot\":\"no\"", "LineString", "[[630000,4830000],[630100,4830000]]"},
        {"\"highway\":\"residential\",\"other_tags\":\"\\\"oneway\\\"=>\\\"yes\\\"\"", "LineString",
         "[[500000,0],[500000,1000]]"},
    };
    char *folder = test_folder_new();
    const char *path = test_path(folder, "streets.geojson");
    write_streets(path,
                  "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32617\"}},",
                  streets, TEST_COUNT(streets));
    struct sg_context *context = test_context_new(1);
    struct sg_street_layer layer;
    assert_ok(context, read_file(context, path, SG_TRAVEL_CYCLE, NULL, &layer));
    assert_int_equal(layer.line_count, 2);
    assert_int_equal(layer.lines[1].directions, SG_STREET_FORWARD);
    sg_street_layer_release(&layer);
    assert_ok(context, read_file(context, path, SG_TRAVEL_WALK, NULL, &layer));
    assert_int_equal(layer.line_count, 1);
    assert_near(layer.points[0].x, -81, 1e-9, "degrees"); /* the middle of zone 17 */
    assert_near(layer.points[0].y, 0, 1e-9, "degrees");
    sg_street_layer_release(&layer);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* An OpenStreetMap file: the layer of lines is taken, rivers are none. */
static void test_osm_file(void **state) {
    (void)state;
    char *folder = test_folder_new();
    const char *path = test_path(folder, "town.osm");
    test_write(path,
               "<osm version=\"0.6\">\n"
               "<node id=\"1\" lat=\"43.6\" lon=\"-79.4\" version=\"1\"><tag k=\"name\" v=\"x\"/></node>\n"
               "<node id=\"2\" lat=\"43.601\" lon=\"-79.4\" version=\"1\"/>\n"
               "<node id=\"3\" lat=\"43.602\" lon=\"-79.4\" version=\"1\"/>\n"
               "<node id=\"4\" lat=\"43.601\" lon=\"-79.399\" version=\"1\"/>\n"
               "<way id=\"10\" version=\"1\"><nd ref=\"1\"/><nd ref=\"2\"/><nd ref=\"3\"/>"
               "<tag k=\"highway\" v=\"residential\"/><tag k=\"oneway\" v=\"yes\"/></way>\n"
               "<way id=\"11\" version=\"1\"><nd ref=\"2\"/><nd ref=\"4\"/>"
               "<tag k=\"highway\" v=\"footway\"/><tag k=\"foot\" v=\"private\"/></way>\n"
               "<way id=\"12\" version=\"1\"><nd ref=\"4\"/><nd ref=\"2\"/>"
               "<tag k=\"highway\" v=\"steps\"/></way>\n"
               "<way id=\"13\" version=\"1\"><nd ref=\"1\"/><nd ref=\"4\"/>"
               "<tag k=\"waterway\" v=\"river\"/></way>\n"
               "</osm>\n");
    struct sg_context *context = test_context_new(1);
    struct sg_street_layer layer;
    assert_ok(context, read_file(context, path, SG_TRAVEL_WALK, NULL, &layer));
    assert_int_equal(layer.line_count, 2);
    assert_int_equal(layer.closed_count, 1);
    assert_int_equal(layer.no_street_count, 1);
    const struct sg_street_line *steps = &layer.lines[1];
    assert_string_equal(layer.classes[steps->street_class], "steps");
    /* the nodes they share are at exactly the same place */
    assert_true(layer.points[1].x == layer.points[steps->first_point + 1].x);
    assert_true(layer.points[1].y == layer.points[steps->first_point + 1].y);
    sg_street_layer_release(&layer);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* Lines with a field that only streets have, or named as streets are; points and rivers are none. */
static void test_street_layers(void **state) {
    (void)state;
    static const struct {
        const char *file, *fields, *geometry;
        bool is_street;
    } cases[] = {
        {"a.geojson", "\"highway\":\"service\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", true},
        {"b.geojson", "\"fclass\":\"service\"", "MultiLineString\",\"coordinates\":[[[0,0],[1,1]]]", true},
        {"c.geojson", "\"OneWay\":\"F\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", true},
        {"d.geojson", "\"Road_Class\":\"x\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", true},
        {"e.geojson", "\"type\":\"x\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", false},
        {"CityStreets.geojson", "\"type\":\"x\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", true},
        {"roads.geojson", "\"name\":\"x\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", true},
        {"les_rues.geojson", "\"name\":\"x\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", true},
        {"abroad.geojson", "\"name\":\"x\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", false},
        {"rivers.geojson", "\"class\":\"x\"", "LineString\",\"coordinates\":[[0,0],[1,1]]", false},
        {"f.geojson", "\"highway\":\"bus_stop\"", "Point\",\"coordinates\":[0,0]", false},
        {"streets_plan.geojson", "\"name\":\"x\"", "Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]",
         false},
    };
    char *folder = test_folder_new(), text[400];
    struct sg_context *context = test_context_new(1);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct sg_source source = {.path = test_path(folder, cases[i].file)};
        struct sg_dataset dataset;
        char *layer = (char[]){"?"};
        snprintf(text, sizeof text,
                 "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{%s},"
                 "\"geometry\":{\"type\":\"%s}}]}",
                 cases[i].fields, cases[i].geometry);
        test_write(source.path, text);
        assert_ok(context, sg_dataset_open(context, &source, &dataset));
        if (sg_is_street_layer(&dataset) != cases[i].is_street)
            fail_msg("%s: %d", cases[i].file, !cases[i].is_street);
        assert_ok(context, sg_street_layer_find(&dataset, &layer));
        assert_null(layer); /* the only layer of its file */
        OGRFeatureH feature = sg_dataset_next(&dataset);
        assert_non_null(feature); /* looking at it has not used it up */
        OGR_F_Destroy(feature);
        sg_dataset_release(&dataset);
    }
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_no_lines(void **state) {
    (void)state;
    char *folder = test_folder_new();
    const char *path = test_path(folder, "table.csv");
    test_write(path, "id,name\n1,one\n");
    struct sg_context *context = test_context_new(1);
    struct sg_street_layer layer;
    assert_status(context, read_file(context, path, SG_TRAVEL_WALK, NULL, &layer), SG_BAD_INPUT);
    assert_contains(test_error(context), "a table without geometry");
    sg_context_free(context);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walking),        cmocka_unit_test(test_riding_and_driving),
        cmocka_unit_test(test_classes),        cmocka_unit_test(test_other_tags),
        cmocka_unit_test(test_layer_of_lines), cmocka_unit_test(test_projected_layer),
        cmocka_unit_test(test_osm_file),       cmocka_unit_test(test_no_lines),
        cmocka_unit_test(test_street_layers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
