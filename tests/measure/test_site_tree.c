/* The k-d tree against every site one by one with PROJ's geod_inverse: distances to a millimetre, counts
 * exactly. */
#include "measure/site_tree.h"

#include <geodesic.h>

#include "support/test.h"

static struct geod_geodesic wgs84;

static int set_up(void **state) {
    (void)state;
    geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
    return 0;
}

static double inverse(struct sg_point a, struct sg_point b) {
    double distance_m;
    geod_inverse(&wgs84, a.y, a.x, b.y, b.x, &distance_m, NULL, NULL);
    return distance_m;
}

static struct sg_site_tree *tree_of(const struct sg_tree_service *services, size_t count) {
    struct sg_context *context = test_context_new(1);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_tree_service *copy = calloc(count + 1, sizeof *copy); /* the tree reorders what it is given */
    if (count > 0)
        memcpy(copy, services, count * sizeof *copy);
    struct sg_site_tree *tree = NULL;
    assert_ok(context, sg_site_tree_new(context, &ellipsoid, copy, count, &tree));
    free(copy);
    sg_context_free(context);
    return tree;
}

static struct sg_search_point from(struct sg_point point) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    return sg_search_point_from(&ellipsoid, point);
}

static struct sg_threshold within_m(double distance_m) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    return sg_threshold_from(&ellipsoid, distance_m);
}

static void check_nearest(const struct sg_site_tree *tree, const struct sg_tree_service *services,
                          size_t count, struct sg_point point) {
    struct sg_search_point search = from(point);
    uint32_t place = 0;
    double found_m = sg_site_tree_nearest(tree, &search, &place), least_m = INFINITY;
    for (size_t i = 0; i < count; i++)
        least_m = fmin(least_m, inverse(point, services[i].lon_lat_deg));
    assert_near(found_m, least_m, 0.001, "m");
    /* and the place that is named lies at that distance */
    uint32_t id = sg_site_tree_place_id(tree, place);
    for (size_t i = 0; i < count; i++) {
        if (services[i].id == id)
            assert_near(inverse(point, services[i].lon_lat_deg), least_m, 0.001, "m");
    }
}

/* The rule of the header: inclusive, with a micrometre for rounding. */
static void check_within(const struct sg_site_tree *tree, const struct sg_tree_service *services,
                         size_t count, struct sg_point point, double threshold_m) {
    struct sg_search_point search = from(point);
    struct sg_threshold threshold = within_m(threshold_m);
    struct sg_within found = sg_site_tree_within(tree, &search, &threshold);
    size_t expected = 0, places = 0;
    double weight = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(inverse(point, services[i].lon_lat_deg) <= threshold_m + 1e-6))
            continue;
        expected++;
        weight += services[i].weight;
        bool is_new = true;
        for (size_t j = 0; j < i && is_new; j++)
            is_new = services[j].lon_lat_deg.x != services[i].lon_lat_deg.x
                     || services[j].lon_lat_deg.y != services[i].lon_lat_deg.y;
        places += is_new;
    }
    assert_int_equal(found.services, expected);
    assert_int_equal(found.places, places);
    assert_near(found.weight, weight, 1e-9 * (1 + weight), "");
    if (places == 1)
        assert_true(inverse(point, services[sg_site_tree_place_id(tree, found.place)].lon_lat_deg)
                    <= threshold_m + 1e-6);
}

/* A service somewhere in a box of so many degrees, in a cluster or on its own, some at one place. */
static struct sg_tree_service random_service(struct test_random *random, struct sg_point middle,
                                             double size_deg, const struct sg_tree_service *before,
                                             uint32_t id) {
    struct sg_tree_service service = {.weight = 1 + (double)test_random_index(random, 4), .id = id};
    double size = test_random_index(random, 3) == 0 ? size_deg : 0.02 * size_deg;
    service.lon_lat_deg.x = middle.x + size * test_random_between(random, -1, 1);
    service.lon_lat_deg.y = middle.y + size * test_random_between(random, -1, 1);
    if (id > 0 && test_random_index(random, 10) == 0)
        service.lon_lat_deg = before[test_random_index(random, id)].lon_lat_deg;
    if (service.lon_lat_deg.y > 90)
        service.lon_lat_deg.y = 90;
    if (service.lon_lat_deg.y < -90)
        service.lon_lat_deg.y = -90;
    return service;
}

/* Cities and countries on the equator, in Toronto, about the poles and across the antimeridian; searches from
   inside and from far away. */
static void test_equals_brute_force(void **state) {
    (void)state;
    static const struct sg_point middles[] = {{-79.4, 43.7}, {10, 0},      {-51.2, -30.1}, {0, 89.8},
                                              {179.95, 52},  {30, -89.95}, {-180, 0}};
    static const double sizes_deg[] = {0.001, 0.2, 3, 40};
    struct test_random random = test_random_new(9);
    static struct sg_tree_service services[1500];
    for (size_t m = 0; m < TEST_COUNT(middles); m++) {
        for (size_t s = 0; s < TEST_COUNT(sizes_deg); s++) {
            size_t count = 1 + test_random_index(&random, s % 2 == 0 ? 12 : 1500);
            for (size_t i = 0; i < count; i++)
                services[i] = random_service(&random, middles[m], sizes_deg[s], services, (uint32_t)i);
            struct sg_site_tree *tree = tree_of(services, count);
            for (int i = 0; i < 60; i++) {
                double spread = sizes_deg[s] * (i % 3 == 0 ? 1 : i % 3 == 1 ? 0.05 : 4);
                struct sg_point point = {middles[m].x + spread * test_random_between(&random, -1, 1),
                                         middles[m].y + spread * test_random_between(&random, -1, 1)};
                point.y = fmin(fmax(point.y, -90), 90);
                if (i % 10 == 0)
                    point = services[test_random_index(&random, count)].lon_lat_deg;
                check_nearest(tree, services, count, point);
                double threshold_m = 111000 * sizes_deg[s] * test_random_between(&random, 0.001, 1);
                check_within(tree, services, count, point, threshold_m);
            }
            sg_site_tree_free(tree);
        }
    }
}

/* d <= D: a service at exactly the threshold is within it (design section 6), one a centimetre farther is
 * not. */
static void test_threshold_is_inclusive(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_point home = {-79.383, 43.653};
    static const double thresholds_m[] = {1, 400, 800, 1000, 1200, 5000, 20000, 29999, 31000, 250000};
    for (size_t t = 0; t < TEST_COUNT(thresholds_m); t++) {
        for (int azimuth = 0; azimuth < 360; azimuth += 15) {
            double threshold_m = thresholds_m[t];
            struct sg_tree_service at = {sg_geodesic_direct(&ellipsoid, home, azimuth, threshold_m), 1, 0};
            struct sg_tree_service beyond = {
                sg_geodesic_direct(&ellipsoid, home, azimuth, threshold_m + 0.01), 1, 0};
            struct sg_site_tree *tree = tree_of(&at, 1), *farther = tree_of(&beyond, 1);
            struct sg_search_point search = from(home);
            struct sg_threshold threshold = within_m(threshold_m);
            assert_int_equal(sg_site_tree_within(tree, &search, &threshold).services, 1);
            assert_int_equal(sg_site_tree_within(farther, &search, &threshold).services, 0);
            sg_site_tree_free(tree);
            sg_site_tree_free(farther);
        }
    }
}

static void test_services_at_one_place(void **state) {
    (void)state;
    struct sg_tree_service services[100];
    for (uint32_t i = 0; i < 100; i++) /* 23 agencies on one spot happen in Toronto */
        services[i] = (struct sg_tree_service){{-79.38 + (i % 2) * 0.01, 43.65}, 2, 99 - i};
    struct sg_site_tree *tree = tree_of(services, 100);
    assert_int_equal(sg_site_tree_place_count(tree), 2);
    struct sg_search_point search = from((struct sg_point){-79.38, 43.65});
    struct sg_threshold near = within_m(1), zero = within_m(0), far = within_m(2000);
    struct sg_within found = sg_site_tree_within(tree, &search, &near);
    assert_int_equal(found.services, 50);
    assert_int_equal(found.places, 1);
    assert_near(found.weight, 100, 0, "");
    assert_int_equal(sg_site_tree_place_id(tree, found.place), 1); /* the least id there */
    assert_int_equal(sg_site_tree_within(tree, &search, &zero).services,
                     50); /* at the very place: 0 m <= 0 m */
    found = sg_site_tree_within(tree, &search, &far);
    assert_int_equal(found.services, 100);
    assert_int_equal(found.places, 2);
    uint32_t place;
    assert_near(sg_site_tree_nearest(tree, &search, &place), 0, 1e-9, "m");
    sg_site_tree_free(tree);
}

static void test_far_sites(void **state) {
    (void)state;
    /* Fredericton, Thunder Bay, Vancouver, Porto Alegre, Wellington (near the other side of the world from
     * Toronto's) */
    static const struct sg_tree_service services[] = {{{-66.643, 45.963}, 1, 0},
                                                      {{-89.247, 48.382}, 1, 1},
                                                      {{-123.12, 49.28}, 1, 2},
                                                      {{-51.23, -30.03}, 1, 3},
                                                      {{174.78, -41.29}, 1, 4}};
    struct sg_site_tree *tree = tree_of(services, TEST_COUNT(services));
    struct test_random random = test_random_new(10);
    for (int i = 0; i < 3000; i++) {
        struct sg_point point = {test_random_between(&random, -180, 180),
                                 test_random_between(&random, -90, 90)};
        check_nearest(tree, services, TEST_COUNT(services), point);
        check_within(tree, services, TEST_COUNT(services), point, test_random_between(&random, 1e5, 1.9e7));
    }
    struct sg_search_point toronto = from((struct sg_point){-79.4, 43.7});
    struct sg_threshold city = within_m(5000);
    assert_int_equal(sg_site_tree_within(tree, &toronto, &city).services, 0);
    sg_site_tree_free(tree);
}

/* Many far sites, all about as far: the nearest by chord need not be the nearest on the ground. */
static void test_far_ring(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    static struct sg_tree_service services[720];
    struct sg_point home = {-79.4, 43.7};
    for (uint32_t i = 0; i < 720; i++)
        services[i] = (struct sg_tree_service){
            sg_geodesic_direct(&ellipsoid, home, 0.5 * i, 2000000 + 3 * sin(i)), 1, i};
    struct sg_site_tree *tree = tree_of(services, 720);
    check_nearest(tree, services, 720, home);
    check_nearest(tree, services, 720, (struct sg_point){-79.4001, 43.7});
    sg_site_tree_free(tree);
}

static void test_empty_tree(void **state) {
    (void)state;
    struct sg_site_tree *tree = tree_of(NULL, 0);
    struct sg_search_point search = from((struct sg_point){1, 2});
    struct sg_threshold threshold = within_m(1e9);
    uint32_t place = 0;
    assert_int_equal(sg_site_tree_place_count(tree), 0);
    assert_true(isinf(sg_site_tree_nearest(tree, &search, &place)));
    assert_int_equal(sg_site_tree_within(tree, &search, &threshold).services, 0);
    sg_site_tree_free(tree);
    sg_site_tree_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equals_brute_force),
        cmocka_unit_test(test_threshold_is_inclusive),
        cmocka_unit_test(test_services_at_one_place),
        cmocka_unit_test(test_far_sites),
        cmocka_unit_test(test_far_ring),
        cmocka_unit_test(test_empty_tree),
    };
    return cmocka_run_group_tests_name("site_tree", tests, set_up, NULL);
}
