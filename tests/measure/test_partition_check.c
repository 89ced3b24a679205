/* Overlaps and gaps of small layers, worked out by hand, and distances to borders. */
#include "measure/border_distance.h"
#include "measure/partition_check.h"
#include "model/geodesic.h"
#include "support/test.h"
#include "support/town.h"

/* A layer on WGS 84 that borrows the shapes. */
static struct sg_area_layer layer_of(struct sg_context *context, struct sg_shape *shapes, size_t count,
                                     const char *crs) {
    struct sg_area_layer layer = {.areas = calloc(count, sizeof *layer.areas), .area_count = count};
    assert_non_null(layer.areas);
    for (size_t i = 0; i < count; i++) {
        layer.areas[i].shape = shapes[i];
        layer.areas[i].box = sg_shape_envelope(&shapes[i]);
    }
    assert_ok(context, sg_crs_new(context, crs, &layer.crs));
    assert_ok(context, sg_crs_geographic(context, layer.crs, &layer.geographic));
    return layer;
}

static void layer_done(struct sg_area_layer *layer) {
    for (size_t i = 0; i < layer->area_count; i++)
        sg_shape_release(&layer->areas[i].shape);
    free(layer->areas);
    sg_crs_free(layer->crs);
    sg_crs_free(layer->geographic);
}

static void test_clean(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(2);
    struct test_town town;
    test_town_init(context, &town, 1);
    struct sg_partition partition;
    assert_ok(context, sg_partition_check(context, &town.layer, &partition));
    assert_int_equal(partition.overlap_count, 0);
    assert_int_equal(partition.gap_count, 0);
    sg_partition_release(&partition);
    test_town_release(&town);
    sg_context_free(context);
}

/* A degree of the equator is 111,319.4908 m, one of the meridian there 110,574.2758 m: 0.001 x 0.01 degrees
   are 0.1230907 km2, as TOWN_AREA_KM2 is 0.01 x 0.01 degrees. */
static void test_overlaps(void **state) {
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        struct sg_context *context = test_context_new(threads);
        struct sg_shape shapes[] = {test_rectangle(10, 0, 10.01, 0.01),
                                    test_rectangle(10.009, 0, 10.02, 0.01),       /* 0.001 on 0 */
                                    test_rectangle(10.02, 0, 10.03, 0.01),        /* touches 1 */
                                    test_rectangle(10.022, 0.002, 10.024, 0.004), /* all in 2 */
                                    {0}};
        struct sg_area_layer layer = layer_of(context, shapes, 5, "EPSG:4326");
        struct sg_partition partition;
        assert_ok(context, sg_partition_check(context, &layer, &partition));
        assert_int_equal(partition.overlap_count, 2);
        assert_int_equal(partition.overlaps[0].one, 0);
        assert_int_equal(partition.overlaps[0].two, 1);
        assert_near(partition.overlaps[0].km2, TOWN_AREA_KM2 / 10, 1e-6, "km2");
        assert_near(partition.overlaps[0].point.x, 10.0095, 0.0005, "degrees");
        assert_int_equal(partition.overlaps[1].one, 2);
        assert_int_equal(partition.overlaps[1].two, 3);
        assert_near(partition.overlaps[1].km2, TOWN_AREA_KM2 * 0.04, 1e-6, "km2");
        assert_near(partition.overlap_km2, TOWN_AREA_KM2 * 0.14, 1e-6, "km2");
        assert_int_equal(partition.gap_count, 0);
        sg_partition_release(&partition);
        layer_done(&layer);
        sg_context_free(context);
    }
}

/* Four areas around a courtyard of 0.01 x 0.01 degrees; in it an island of 0.002 x 0.002; and a hole of one
   area that nothing fills. */
static void test_gaps(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_shape shapes[] = {test_rectangle(10, 0, 10.03, 0.01), test_rectangle(10, 0.02, 10.03, 0.03),
                                test_rectangle(10, 0.01, 10.01, 0.02),
                                test_rectangle(10.02, 0.01, 10.03, 0.02),
                                test_rectangle(10.014, 0.014, 10.016, 0.016)};
    static const struct sg_point hole[] = {
        {10.001, 0.001}, {10.002, 0.001}, {10.002, 0.002}, {10.001, 0.002}};
    test_add_hole(&shapes[0], hole, TEST_COUNT(hole));
    struct sg_area_layer layer = layer_of(context, shapes, TEST_COUNT(shapes), "EPSG:4326");
    struct sg_partition partition;
    assert_ok(context, sg_partition_check(context, &layer, &partition));
    assert_int_equal(partition.overlap_count, 0);
    assert_int_equal(partition.gap_count, 2);
    assert_near(partition.gaps[0].km2, TOWN_AREA_KM2 * 0.96, 1e-6, "km2");
    assert_near(partition.gaps[0].point.x, 10.015, 0.005, "degrees");
    assert_near(partition.gaps[1].km2, TOWN_AREA_KM2 * 0.01, 1e-6, "km2");
    assert_near(partition.gap_km2, TOWN_AREA_KM2 * 0.97, 1e-6, "km2");
    sg_partition_release(&partition);
    layer_done(&layer);
    sg_context_free(context);
}

/* Four areas in a ring round 1 km of UTM, each with its corner in the middle of another's side. */
static void make_ring(struct sg_shape shapes[static 4]) {
    static const struct sg_box boxes[] = {{0, 0, 2, 1}, {2, 0, 3, 2}, {1, 2, 3, 3}, {0, 1, 1, 3}};
    for (int i = 0; i < 4; i++)
        shapes[i] = test_rectangle(630000 + 1000 * boxes[i].min_x, 4833000 + 1000 * boxes[i].min_y,
                                   630000 + 1000 * boxes[i].max_x, 4833000 + 1000 * boxes[i].max_y);
}

/* Transformed, straight sides open by centimetres beside the corners in their middle: the ring's gap is the
   same in every CRS. */
static void test_hairlines_are_closed(void **state) {
    (void)state;
    static const char *const crs[] = {"EPSG:26917", "EPSG:4326", "EPSG:3857", "EPSG:3347", "EPSG:2263"};
    struct sg_context *context = test_context_new(1);
    struct sg_crs *utm;
    assert_ok(context, sg_crs_new(context, "EPSG:26917", &utm));
    for (size_t i = 0; i < TEST_COUNT(crs); i++) {
        struct sg_shape shapes[4];
        make_ring(shapes);
        struct sg_area_layer layer = layer_of(context, shapes, 4, crs[i]);
        struct sg_transformation *from_utm;
        assert_ok(context, sg_transformation_new(context, utm, layer.crs, &from_utm));
        for (int a = 0; a < 4; a++) {
            struct sg_shape *shape = &layer.areas[a].shape;
            sg_transform_points(from_utm, shape->points, sg_shape_point_count(shape));
            layer.areas[a].box = sg_shape_envelope(shape);
        }
        struct sg_partition partition;
        assert_ok(context, sg_partition_check(context, &layer, &partition));
        assert_int_equal(partition.gap_count, 1);
        /* the scale of UTM there is 0.99981 */
        assert_near(partition.gaps[0].km2, 1.000375, 2e-6, "km2");
        struct sg_point middle = {631500, 4834500};
        sg_transform_points(from_utm, &middle, 1);
        double size = layer.areas[0].box.max_x - layer.areas[0].box.min_x;
        assert_near(partition.gaps[0].point.x, middle.x, size / 5, "units");
        assert_near(partition.gap_km2, partition.gaps[0].km2, 0, "km2");
        sg_partition_release(&partition);
        sg_transformation_free(from_utm);
        layer_done(&layer);
    }
    sg_crs_free(utm);
    sg_context_free(context);
}

/* Two halves of a ring round 0.01 x 0.01 degrees that leave an opening in the south, so many degrees wide;
   far to the east an area with an island before it. */
static size_t count_gaps(struct sg_context *context, double opening, bool is_one_area, double *ret_km2) {
    struct sg_point left[] = {{10, 0},       {10.015 - opening, 0}, {10.015 - opening, 0.01}, {10.01, 0.01},
                              {10.01, 0.02}, {10.015, 0.02},        {10.015, 0.03},           {10, 0.03}};
    struct sg_point right[] = {{10.03, 0},    {10.03, 0.03}, {10.015, 0.03}, {10.015, 0.02},
                               {10.02, 0.02}, {10.02, 0.01}, {10.015, 0.01}, {10.015, 0}};
    struct sg_shape shapes[3] = {test_polygon(left, TEST_COUNT(left)), test_polygon(right, TEST_COUNT(right)),
                                 test_rectangle(10.012, 0.012, 10.013, 0.013)};
    if (is_one_area) { /* round from the opening to the opening */
        struct sg_point all[] = {{10.015, 0},
                                 {10.03, 0},
                                 {10.03, 0.03},
                                 {10, 0.03},
                                 {10, 0},
                                 {10.015 - opening, 0},
                                 {10.015 - opening, 0.01},
                                 {10.01, 0.01},
                                 {10.01, 0.02},
                                 {10.02, 0.02},
                                 {10.02, 0.01},
                                 {10.015, 0.01}};
        sg_shape_release(&shapes[0]);
        sg_shape_release(&shapes[1]);
        shapes[0] = test_polygon(all, TEST_COUNT(all));
        shapes[1] = test_rectangle(10.03, 0, 10.04, 0.01);
    }
    struct sg_area_layer layer = layer_of(context, shapes, 3, "EPSG:4326");
    struct sg_partition partition;
    assert_ok(context, sg_partition_check(context, &layer, &partition));
    size_t count = partition.gap_count;
    *ret_km2 = partition.gap_km2;
    sg_partition_release(&partition);
    layer_done(&layer);
    return count;
}

/* 0.9 m and 2.2 m wide, and 1 km deep. Wider than the tolerance it is open land; in the shore of one area it
   is that area's own. Islands are taken off. */
static void test_width_of_openings(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    double km2;
    assert_int_equal(count_gaps(context, 0, false, &km2), 1);
    assert_near(km2, TOWN_AREA_KM2 * 0.99, 1e-6, "km2");
    assert_int_equal(count_gaps(context, 0.000008, false, &km2), 1);
    assert_near(km2, TOWN_AREA_KM2 * 0.99, 2e-6, "km2");
    assert_int_equal(count_gaps(context, 0.00002, false, &km2), 0);
    assert_int_equal(count_gaps(context, 0.000008, true, &km2), 0);
    sg_context_free(context);
}

/* In metres on a projected CRS: true sizes, and what is smaller than a square metre is rounding. */
static void test_rounding_is_no_fault(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_shape shapes[] = {test_rectangle(500000, 4800000, 501000, 4801000),
                                test_rectangle(500999.9995, 4800000, 502000, 4801000), /* 0.5 m2 */
                                test_rectangle(500000, 4800998, 501000, 4802000)};     /* 2000 m2 */
    struct sg_area_layer layer = layer_of(context, shapes, 3, "EPSG:26917");
    struct sg_partition partition;
    assert_ok(context, sg_partition_check(context, &layer, &partition));
    assert_int_equal(partition.overlap_count, 1);
    /* the scale of UTM on its central meridian is 0.9996 */
    assert_near(partition.overlaps[0].km2, 0.002 / (0.9996 * 0.9996), 1e-8, "km2");
    sg_partition_release(&partition);
    layer_done(&layer);
    sg_context_free(context);
}

/* From the town's middle square outwards: on the equator a border in the north is 0.01 degrees of the
   meridian away, one in the east 0.01 of the equator; towards a corner it is the corner. */
static void test_border_distance(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_shape shapes[] = {test_rectangle(10, -0.01, 10.01, 0.01)};
    struct sg_area_layer layer = layer_of(context, shapes, 1, "EPSG:4326");
    struct sg_borders *borders;
    assert_ok(context, sg_borders_new(context, &layer, &borders));
    uint32_t area = 7;
    assert_near(sg_borders_nearest(borders, (struct sg_point){10.02, 0}, INFINITY, &area), TOWN_EAST_M, 0.005,
                "m");
    assert_int_equal(area, 0);
    assert_near(sg_borders_nearest(borders, (struct sg_point){10.005, 0.02}, INFINITY, NULL), TOWN_NORTH_M,
                0.005, "m");
    assert_near(sg_borders_nearest(borders, (struct sg_point){10.02, 0.02}, INFINITY, NULL), TOWN_DIAGONAL_M,
                0.005, "m");
    /* from inside, and only near ones */
    struct sg_point inside = {10.00999, 0};
    assert_near(sg_borders_nearest(borders, inside, 2, NULL), TOWN_EAST_M / 1000, 0.005, "m");
    assert_true(isinf(sg_borders_nearest(borders, inside, 1, NULL)));
    assert_true(isinf(sg_borders_nearest(borders, (struct sg_point){NAN, 0}, INFINITY, NULL)));
    sg_borders_free(borders);
    layer_done(&layer);
    sg_context_free(context);
}

/* The nearest of many borders, against every corner of finely cut outlines in turn. */
static void test_border_distance_of_many(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_random random = test_random_new(20261120);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    enum { COUNT = 60, CORNERS = 400 };
    struct sg_shape shapes[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        struct sg_point middle = {test_random_between(&random, -80, -79),
                                  test_random_between(&random, 43, 44)};
        struct sg_point ring[CORNERS];
        for (size_t c = 0; c < CORNERS; c++) {
            double angle = 2 * 3.14159265358979 * (double)c / CORNERS;
            ring[c] = (struct sg_point){middle.x + 0.004 * cos(angle), middle.y + 0.004 * sin(angle)};
        }
        shapes[i] = test_polygon(ring, CORNERS);
    }
    struct sg_area_layer layer = layer_of(context, shapes, COUNT, "EPSG:4326");
    struct sg_borders *borders;
    assert_ok(context, sg_borders_new(context, &layer, &borders));
    for (int n = 0; n < 40; n++) {
        struct sg_point from = {test_random_between(&random, -81, -78), test_random_between(&random, 42, 45)};
        double least = INFINITY;
        for (size_t i = 0; i < COUNT; i++) {
            for (size_t c = 0; c < CORNERS; c++)
                least = fmin(least, sg_geodesic_distance(&ellipsoid, from, shapes[i].points[c]));
        }
        /* corners lie 7 m apart: the foot between two of them may be nearer by a part of that */
        double found = sg_borders_nearest(borders, from, INFINITY, NULL);
        assert_true(found <= least + 0.005);
        assert_near(found, least, 4, "m");
    }
    sg_borders_free(borders);
    layer_done(&layer);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_overlaps),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_hairlines_are_closed),
        cmocka_unit_test(test_width_of_openings),
        cmocka_unit_test(test_rounding_is_no_fault),
        cmocka_unit_test(test_border_distance),
        cmocka_unit_test(test_border_distance_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
