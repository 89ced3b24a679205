/* Catchments of single services: circles by their formula, a street's by the square on its corner, and those
   of a bent town against a count of points to which Dijkstra's algorithm over every vertex finds the way
   (support/plain_streets.h). */
#include "measure/site_catchments.h"

#include "support/plain_streets.h"
#include "support/street_town.h"

static const double PI = 3.14159265358979324;

static struct sg_site_catchments find(struct street_town *town, const double *thresholds, size_t count,
                                      bool along_streets, int threads) {
    struct sg_context *context = test_context_new(threads);
    struct sg_site_catchments found;
    struct sg_catchment_request request = {.ellipsoid = sg_ellipsoid_wgs84(),
                                           .thresholds = thresholds,
                                           .threshold_count = count,
                                           .graph = along_streets ? &town->graph : NULL,
                                           .streets = town->request};
    assert_ok(context, sg_site_catchments_find(context, &town->inventory, &town->demand, &town->travel,
                                               &request, &found));
    sg_context_free(context);
    return found;
}

static double area_m2(const struct sg_shape *shape) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    return sg_geodesic_area(&ellipsoid, shape);
}

/* A polygon of n corners on a circle of radius r has n r2 sin(2 pi / n) / 2; all of them r from the middle,
   also across the antimeridian. Who lives within it is counted, the one on the edge too, and people in two
   areas once. */
static void test_circles(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    const double thresholds[] = {1000, 500};
    const struct sg_point at = {-79.40, 43.60};
    street_town_add_site(&town, at.x, at.y, 0, 1);
    street_town_add_site(&town, 179.999, -17, 1, 2);
    street_town_add_site(&town, at.x, at.y, 1, 0); /* of weight 0: no service */
    struct sg_point edge = sg_geodesic_direct(&ellipsoid, at, 77, 500);
    street_town_add_point(&town, edge.x, edge.y);
    street_town_add_point(&town, at.x, at.y + 0.008);
    street_town_add_point(&town, at.x, at.y + 0.01); /* 1,111 m */
    town.demand.points[0].population = 40;
    town.demand.points[1].population = 5;
    town.demand.points[1].city_share = 0.5;
    struct sg_site_catchments found = find(&town, thresholds, 2, false, 2);
    assert_int_equal(found.place_count, 2);
    assert_int_equal(found.place_of_site[1], 1);
    assert_int_equal(found.place_of_site[2], UINT32_MAX);
    for (size_t i = 0; i < 4; i++) {
        double radius_m = thresholds[i % 2];
        assert_relative(area_m2(&found.shapes[i]), 180 * radius_m * radius_m * sin(2 * PI / 180) / 2, 1e-7,
                        "m2");
        for (uint32_t p = 0; p < sg_shape_point_count(&found.shapes[i]); p++)
            assert_near(sg_geodesic_distance(&ellipsoid, found.shapes[i].points[p],
                                             town.inventory.sites[i / 2].lon_lat_deg),
                        radius_m, 1e-6, "m");
    }
    assert_true(sg_shape_envelope(&found.shapes[2]).max_x > 180); /* in one piece */
    assert_near(found.people[0], 40 + 2.5, 1e-12, "people");
    assert_near(found.people[1], 40, 1e-12, "people");
    assert_near(found.people[2], 0, 0, "people");
    sg_site_catchments_release(&found);
    street_town_release(&town);
}

/* One straight street: a square on its corner, 2 r2, cut off where the snap limit is; a one-way street leads
   only to the service; a service on no street has nothing; two on one spot are one place. */
static void test_street(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    const double thresholds[] = {800, 300};
    STREET(&town, {-0.02, 0}, {0.02, 0});
    ONE_WAY(&town, {-0.02, 0.1}, {0.02, 0.1});
    street_town_add_site(&town, 0, 0, 0, 1);
    street_town_add_site(&town, 0, 0.1, 0, 1);
    street_town_add_site(&town, 0, 0.05, 0, 1);
    street_town_add_site(&town, 0, 0, 1, 1);
    street_town_add_point(&town, 0.005, 0.001);    /* 557 + 111 m */
    street_town_add_point(&town, 0.002, -0.00001); /* 223 + 1 m */
    street_town_add_point(&town, 0.003, 0.1);      /* cannot come back */
    street_town_add_point(&town, -0.003, 0.1);     /* 334 m */
    town.request.snap_limit_m = 200;
    street_town_travel(&town, 2, 1);
    struct sg_site_catchments found = find(&town, thresholds, 2, true, 1);
    assert_int_equal(found.place_count, 3);
    assert_int_equal(found.place_of_site[3], 0);
    assert_relative(area_m2(&found.shapes[0]), 2 * 800 * 800 - 2 * 600 * 600, 0.02, "m2");
    assert_relative(area_m2(&found.shapes[1]), 2 * 300 * 300 - 2 * 100 * 100, 0.02, "m2");
    assert_relative(area_m2(&found.shapes[2]), (2 * 800 * 800 - 2 * 600 * 600) / 2.0, 0.05, "m2");
    assert_false(sg_shape_holds(&found.shapes[2], (struct sg_point){0.002, 0.1}));
    assert_true(sg_shape_holds(&found.shapes[2], (struct sg_point){-0.007, 0.1}));
    assert_int_equal(found.shapes[4].polygon_count, 0);
    const double people[] = {2, 1, 1, 0, 0, 0};
    for (size_t i = 0; i < 6; i++)
        assert_near(found.people[i], people[i], 0, "people");
    sg_site_catchments_release(&found);
    town.request.snap_limit_m = 2000; /* the whole square */
    street_town_travel(&town, 2, 1);
    found = find(&town, thresholds, 1, true, 1);
    assert_relative(area_m2(&found.shapes[0]), 2 * 800 * 800, 0.005, "m2");
    sg_site_catchments_release(&found);
    street_town_release(&town);
}

enum { SITES = 6, ACROSS = 150 };

/* Points 35 m apart over a town, in rows: the way from each to each site, the plain way. */
static double *plain_costs(const struct street_town *town, struct sg_point *points, double lat_deg) {
    struct sg_point sites[SITES];
    double *costs = calloc((size_t)ACROSS * ACROSS * SITES, sizeof *costs);
    assert_non_null(costs);
    for (size_t s = 0; s < SITES; s++)
        sites[s] = town->inventory.sites[s].lon_lat_deg;
    for (size_t i = 0; i < ACROSS * ACROSS; i++)
        points[i] = (struct sg_point){-79.41 + 0.0003 * (double)(i % ACROSS),
                                      lat_deg - 0.01 + 0.0003 * (double)(i / ACROSS)};
    const struct plain_streets plain = {.layer = &town->layer,
                                        .radius_m = 6378137,
                                        .flattening = 1 / 298.257223563,
                                        .is_time = town->is_time,
                                        .leg_cost_per_m = town->request.leg_cost_per_m,
                                        .snap_limit_m = town->request.snap_limit_m,
                                        .points = points,
                                        .point_count = ACROSS * ACROSS,
                                        .sites = sites,
                                        .site_count = SITES,
                                        .costs = costs};
    plain_streets_costs(&plain);
    return costs;
}

/* Each point of the plain grid stands for its square: so many of them are the area, and nearly all agree on
   whether they are inside; people on those points are counted one by one. */
static void hold_against_plain(struct street_town *town, const double *thresholds, double lat_deg) {
    static struct sg_point points[ACROSS * ACROSS];
    double *costs = plain_costs(town, points, lat_deg);
    for (size_t i = 0; i < ACROSS * ACROSS; i++)
        street_town_add_point(town, points[i].x, points[i].y);
    street_town_travel(town, 1, 2);
    struct sg_site_catchments found = find(town, thresholds, 2, true, 2);
    const double square_m2 =
        area_m2(&found.shapes[0]) / sg_shape_planar_area(&found.shapes[0]) * 0.0003 * 0.0003;
    for (size_t s = 0; s < SITES; s++) {
        for (size_t d = 0; d < 2; d++) {
            const struct sg_shape *shape = &found.shapes[s * 2 + d];
            size_t within = 0, differ = 0;
            for (size_t i = 0; i < ACROSS * ACROSS; i++) {
                bool is_within = costs[i * SITES + s] <= thresholds[d];
                within += is_within;
                differ += sg_shape_holds(shape, points[i]) != is_within;
            }
            assert_near(found.people[s * 2 + d], (double)within, 0, "people");
            if (within > 1000)
                assert_relative(area_m2(shape), (double)within * square_m2, 0.04, "m2");
            assert_true((double)differ < 10 + 6 * sqrt((double)within)); /* those at the outline */
        }
    }
    sg_site_catchments_release(&found);
    free(costs);
}

static void test_against_plain(void **state) {
    (void)state;
    struct test_random random = test_random_new(20260505);
    for (int round = 0; round < 4; round++) {
        struct street_town town = street_town_new();
        town.is_time = round % 2 == 1;
        town.request.limit = town.is_time ? 6 : 1500;
        town.request.leg_cost_per_m = town.is_time ? 0.06 / 4.8 : 1;
        town.request.snap_limit_m = 150;
        const double metres[] = {600, 1500}, minutes[] = {3, 6}, lat_deg = round < 2 ? 43.6 : -30;
        street_town_add_random_streets(&town, &random, lat_deg);
        for (int s = 0; s < SITES; s++) {
            struct sg_point at = town.layer.points[test_random_index(&random, town.layer.point_count)];
            street_town_add_site(&town, at.x + test_random_between(&random, 0, 0.0005), at.y, 0, 1);
        }
        hold_against_plain(&town, town.is_time ? minutes : metres, lat_deg);
        street_town_release(&town);
    }
}

/* Any number of threads gives the same bytes. */
static void test_threads(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    const double thresholds[] = {700, 250};
    struct test_random random = test_random_new(3);
    street_town_add_random_streets(&town, &random, 43.6);
    for (int i = 0; i < 20; i++) {
        double x = -79.4 + test_random_between(&random, 0, 0.03);
        street_town_add_site(&town, x, 43.6 + test_random_between(&random, 0, 0.02), (uint16_t)(i % 2), 1);
        street_town_add_point(&town, x, 43.61);
        town.demand.points[i].population = 1.0 / (i + 3);
    }
    street_town_travel(&town, 2, 1);
    for (int k = 0; k < 2; k++) {
        struct sg_site_catchments one = find(&town, thresholds, 2, k == 1, 1),
                                  several = find(&town, thresholds, 2, k == 1, 4);
        assert_int_equal(one.shape_count, 40);
        for (size_t i = 0; i < one.shape_count; i++) {
            uint32_t count = sg_shape_point_count(&one.shapes[i]);
            assert_int_equal(count, sg_shape_point_count(&several.shapes[i]));
            assert_memory_equal(one.shapes[i].points, several.shapes[i].points,
                                count * sizeof(struct sg_point));
        }
        assert_memory_equal(one.people, several.people, one.shape_count * sizeof(double));
        sg_site_catchments_release(&one);
        sg_site_catchments_release(&several);
    }
    street_town_release(&town);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_circles), cmocka_unit_test(test_street),
                                       cmocka_unit_test(test_against_plain), cmocka_unit_test(test_threads)};
    return cmocka_run_group_tests_name("site_catchments", tests, NULL, NULL);
}
