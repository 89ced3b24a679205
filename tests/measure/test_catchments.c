/* Outlines by hand, and catchments against the areas of the figures they are: a circle for a straight line,
   the square on its corner for a street. */
#include "measure/street_stretches.h"

#include "support/street_town.h"

static const struct sg_cost_grid unit_grid = {{10, 20}, 1, 1, 5, 5, 1};

static double area_of(const struct sg_shape *shape) {
    return sg_shape_planar_area(shape);
}

/* One point of 0 among points of 1: at 0.5 a square on its corner, half a step each way; at 0.25 a quarter.
 */
static void test_diamond(void **state) {
    (void)state;
    double costs[25];
    struct sg_shape shape;
    for (int i = 0; i < 25; i++)
        costs[i] = i == 12 ? 0 : 1;
    assert_true(sg_contour(&unit_grid, costs, 0.5, &shape));
    assert_int_equal(shape.polygon_count, 1);
    assert_int_equal(shape.ring_count, 1);
    assert_int_equal(sg_shape_point_count(&shape), 5);
    assert_near(area_of(&shape), 0.5, 1e-12, "square steps");
    struct sg_box box = sg_shape_envelope(&shape);
    assert_near(box.min_x, 11.5, 1e-12, "");
    assert_near(box.max_y, 22.5, 1e-12, "");
    sg_shape_release(&shape);
    assert_true(sg_contour(&unit_grid, costs, 0.25, &shape));
    assert_near(area_of(&shape), 0.125, 1e-12, "square steps");
    sg_shape_release(&shape);
    /* a cost that is the limit is within: nothing but the point itself, which has no outline */
    assert_true(sg_contour(&unit_grid, costs, 0, &shape));
    assert_int_equal(shape.polygon_count, 0);
    sg_shape_release(&shape);
    assert_true(sg_contour(&unit_grid, costs, -1, &shape));
    assert_int_equal(shape.polygon_count, 0);
    sg_shape_release(&shape);
}

/* Everything within: the outline is half a step outside of the grid. A hole in it, and an island in the hole.
 */
static void test_holes(void **state) {
    (void)state;
    double costs[25];
    struct sg_shape shape;
    for (int i = 0; i < 25; i++)
        costs[i] = 0;
    assert_true(sg_contour(&unit_grid, costs, 1, &shape));
    assert_near(area_of(&shape), 25 - 4 * 0.125, 1e-12, "square steps");
    sg_shape_release(&shape);
    for (int y = 1; y < 4; y++) {
        for (int x = 1; x < 4; x++)
            costs[5 * y + x] = y == 2 && x == 2 ? 0 : 2;
    }
    assert_true(sg_contour(&unit_grid, costs, 1, &shape));
    assert_int_equal(shape.polygon_count, 2);
    assert_int_equal(shape.ring_count, 3);
    assert_near(area_of(&shape), 25 - 4 * 0.125 - (9 - 4 * 0.125) + 0.5, 1e-12, "square steps");
    assert_int_equal(shape.polygon_starts[1] - shape.polygon_starts[0], 2); /* the outer one and its hole */
    assert_true(sg_shape_holds(&shape, (struct sg_point){12, 22}));
    assert_false(sg_shape_holds(&shape, (struct sg_point){12, 21}));
    assert_true(sg_shape_holds(&shape, (struct sg_point){10, 20}));
    sg_shape_release(&shape);
}

/* Opposite corners are apart; towards what no way leads to, the line is half way. */
static void test_corners(void **state) {
    (void)state;
    double costs[25];
    struct sg_shape shape;
    for (int i = 0; i < 25; i++)
        costs[i] = i == 6 || i == 12 ? 0 : INFINITY;
    assert_true(sg_contour(&unit_grid, costs, 100, &shape));
    assert_int_equal(shape.polygon_count, 2);
    assert_near(area_of(&shape), 1, 1e-12, "square steps");
    sg_shape_release(&shape);
}

static struct sg_catchments find(struct street_town *town, struct sg_box extent, const double *thresholds,
                                 size_t count, bool along_streets, int threads) {
    struct sg_context *context = test_context_new(threads);
    struct sg_catchments catchments;
    struct sg_catchment_request request = {.ellipsoid = sg_ellipsoid_wgs84(),
                                           .extent = extent,
                                           .type_count = 2,
                                           .thresholds = thresholds,
                                           .threshold_count = count,
                                           .streets = town->request};
    if (along_streets) {
        street_town_travel(town, 2, 1);
        request.graph = &town->graph;
    }
    assert_ok(context, sg_catchments_find(context, &town->inventory, &request, &catchments));
    assert_int_equal(catchments.shape_count, 3 * count);
    sg_context_free(context);
    return catchments;
}

static double area_km2(const struct sg_shape *shape) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    return sg_geodesic_area(&ellipsoid, shape) / 1e6;
}

/* In straight lines circles: pi r2, to two parts in a thousand; two that are apart are two. */
static void test_circles(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    const double thresholds[] = {1000, 500};
    street_town_add_site(&town, -79.40, 43.60, 0, 1);
    street_town_add_site(&town, -79.35, 43.65, 1, 1);
    street_town_add_site(&town, -79.40, 43.60, 1, 0); /* of weight 0 */
    struct sg_catchments catchments =
        find(&town, (struct sg_box){-79.41, 43.59, -79.34, 43.66}, thresholds, 2, false, 2);
    const double pi = 3.14159265358979;
    assert_relative(area_km2(&catchments.shapes[0]), pi, 0.002, "km2");
    assert_relative(area_km2(&catchments.shapes[1]), pi / 4, 0.005, "km2");
    assert_relative(area_km2(&catchments.shapes[2]), pi, 0.002, "km2");
    assert_int_equal(catchments.shapes[4].polygon_count, 2); /* any type */
    assert_relative(area_km2(&catchments.shapes[4]), 2 * pi, 0.002, "km2");
    /* every point of the outline is as far from the site as the threshold says: to a metre */
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    for (uint32_t i = 0; i < sg_shape_point_count(&catchments.shapes[0]); i++)
        assert_near(
            sg_geodesic_distance(&ellipsoid, catchments.shapes[0].points[i], (struct sg_point){-79.4, 43.6}),
            1000, 1, "m");
    sg_catchments_release(&catchments);
    street_town_release(&town);
}

/* One straight street with a service on it: who lives off the street walks to it first, so that the catchment
   is a square on its corner, 2 r2, cut off where the snap limit is. */
static void test_street(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    const double thresholds[] = {800};
    STREET(&town, {-0.02, 0}, {0.02, 0});
    street_town_add_site(&town, 0, 0, 0, 1);
    town.request.snap_limit_m = 2000;
    const struct sg_box extent = {-0.001, -0.001, 0.001, 0.001};
    struct sg_catchments catchments = find(&town, extent, thresholds, 1, true, 1);
    assert_relative(area_km2(&catchments.shapes[0]), 2 * 0.8 * 0.8, 0.005, "km2");
    assert_int_equal(catchments.shapes[1].polygon_count, 0); /* a type that nobody offers */
    assert_true(sg_shape_holds(&catchments.shapes[0], (struct sg_point){0.006, 0.001}));   /* 668 + 111 m */
    assert_false(sg_shape_holds(&catchments.shapes[0], (struct sg_point){0.006, 0.0015})); /* 668 + 166 m */
    sg_catchments_release(&catchments);
    town.request.snap_limit_m = 200;
    catchments = find(&town, extent, thresholds, 1, true, 1);
    double cut_m = 800 - 200;
    assert_near(area_km2(&catchments.shapes[0]), (2 * 800 * 800 - 2 * cut_m * cut_m) / 1e6, 0.05, "km2");
    sg_catchments_release(&catchments);
    street_town_release(&town);
}

static double length_of(const struct sg_shape *lines) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    double length_m = 0;
    for (uint32_t r = 0; r < lines->ring_count; r++) {
        for (uint32_t i = lines->ring_starts[r]; i + 1 < lines->ring_starts[r + 1]; i++)
            length_m += sg_geodesic_distance(&ellipsoid, lines->points[i], lines->points[i + 1]);
    }
    return length_m;
}

static void find_stretches(struct street_town *town, const double *thresholds, size_t count,
                           struct sg_shape *shapes) {
    struct sg_context *context = test_context_new(2);
    street_town_travel(town, 2, 1);
    const struct sg_catchment_request request = {.ellipsoid = sg_ellipsoid_wgs84(),
                                                 .type_count = 2,
                                                 .thresholds = thresholds,
                                                 .threshold_count = count,
                                                 .graph = &town->graph,
                                                 .streets = town->request};
    assert_ok(context, sg_street_stretches_find(context, &town->inventory, &request, shapes));
    sg_context_free(context);
}

/* The streets of a catchment, cut to the micrometre; the leg to the service is part of the way. By hand on
   the equator, 0.001 degrees being 111.319490793 m. */
static void test_stretches(void **state) {
    (void)state;
    const double step_m = 111.319490793273565;
    struct street_town town = street_town_new();
    struct sg_shape shapes[6] = {{0}};
    const double thresholds[] = {500, 300};
    STREET(&town, {-0.02, 0}, {0, 0}, {0.001, 0}, {0.02, 0});
    STREET(&town, {0.001, 0}, {0.001, 0.02});
    STREET(&town, {0.015, 0.001}, {0.015, -0.001}); /* meets nothing */
    street_town_add_site(&town, 0, 0, 0, 1);
    street_town_add_site(&town, 0.015, 0.0012, 1, 1); /* 22 m from the end of the third */
    find_stretches(&town, thresholds, 2, shapes);
    assert_near(length_of(&shapes[0]), 500 + 500 + (500 - step_m), 1e-5, "m");
    assert_near(length_of(&shapes[1]), 300 + 300 + (300 - step_m), 1e-5, "m");
    struct sg_box box = sg_shape_envelope(&shapes[0]);
    assert_near(box.min_x, -500 / step_m * 0.001, 1e-9, "degrees");
    assert_near(box.max_x, 500 / step_m * 0.001, 1e-9, "degrees");
    assert_near(length_of(&shapes[2]), 2 * 110.5742758, 1e-4, "m"); /* all of the third, and no more */
    assert_int_equal(shapes[2].ring_count, 1);
    assert_near(length_of(&shapes[4]), length_of(&shapes[0]) + length_of(&shapes[2]), 1e-5,
                "m"); /* any type */
    for (int i = 0; i < 6; i++)
        sg_shape_release(&shapes[i]);
    street_town_release(&town);
    town = street_town_new();
    ONE_WAY(&town, {-0.02, 0}, {0.02, 0}); /* people come to the service, not back */
    street_town_add_site(&town, 0, 0.0001, 0, 1);
    find_stretches(&town, thresholds, 1, shapes);
    assert_near(length_of(&shapes[0]), 500 - 0.1 * 110.5742758, 1e-4, "m");
    box = sg_shape_envelope(&shapes[0]);
    assert_near(box.max_x, 0, 1e-12, "degrees");
    assert_int_equal(shapes[1].polygon_count, 0);
    for (int i = 0; i < 3; i++)
        sg_shape_release(&shapes[i]);
    street_town_release(&town);
}

/* Any number of threads gives the same outlines. */
static void test_threads(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    const double thresholds[] = {700};
    struct test_random random = test_random_new(3);
    for (int i = 0; i < 20; i++)
        street_town_add_site(&town, -79.4 + test_random_between(&random, 0, 0.05),
                             43.6 + test_random_between(&random, 0, 0.05), (uint16_t)(i % 2), 1);
    const struct sg_box extent = {-79.4, 43.6, -79.35, 43.65};
    struct sg_catchments one = find(&town, extent, thresholds, 1, false, 1);
    struct sg_catchments several = find(&town, extent, thresholds, 1, false, 4);
    for (size_t i = 0; i < 3; i++) {
        uint32_t count = sg_shape_point_count(&one.shapes[i]);
        assert_int_equal(count, sg_shape_point_count(&several.shapes[i]));
        assert_memory_equal(one.shapes[i].points, several.shapes[i].points, count * sizeof(struct sg_point));
    }
    sg_catchments_release(&one);
    sg_catchments_release(&several);
    street_town_release(&town);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diamond), cmocka_unit_test(test_holes),  cmocka_unit_test(test_corners),
        cmocka_unit_test(test_circles), cmocka_unit_test(test_street), cmocka_unit_test(test_stretches),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
