/* Distances and areas on the ellipsoid: chords against PROJ's geod_inverse, areas against geod_polygon. */
#include "model/geodesic.h"

#include <geodesic.h>

#include "support/test.h"

static double inverse(struct sg_point a, struct sg_point b) {
    struct geod_geodesic geodesic;
    double distance_m;
    geod_init(&geodesic, 6378137.0, 1 / 298.257223563);
    geod_inverse(&geodesic, a.y, a.x, b.y, b.x, &distance_m, NULL, NULL);
    return distance_m;
}

static double chord_between(const struct sg_ellipsoid *ellipsoid, struct sg_point a, struct sg_point b) {
    struct sg_geocentric p = sg_geocentric_from(ellipsoid, a), q = sg_geocentric_from(ellipsoid, b);
    return sqrt((q.x - p.x) * (q.x - p.x) + (q.y - p.y) * (q.y - p.y) + (q.z - p.z) * (q.z - p.z));
}

static double by_chord(const struct sg_ellipsoid *ellipsoid, struct sg_point a, struct sg_point b) {
    struct sg_geocentric p = sg_geocentric_from(ellipsoid, a), q = sg_geocentric_from(ellipsoid, b);
    struct sg_chord_scale scale = sg_chord_scale_at(ellipsoid, a);
    double dx = q.x - p.x, dy = q.y - p.y, dz = q.z - p.z;
    return sg_chord_to_geodesic(&scale, dx, dy, dz, dx * dx + dy * dy + dz * dz);
}

/* IOGP Guidance Note 7-2, method 9602: latitude 53 48 33.820 N, longitude 2 07 46.380 E, ellipsoidal
   height 73.0 m is X 3771793.968, Y 140253.342, Z 5124304.349; without the height, 73 m along the normal
   less. */
static void test_geocentric_published(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_point at = {2 + 7 / 60.0 + 46.380 / 3600, 53 + 48 / 60.0 + 33.820 / 3600};
    struct sg_geocentric found = sg_geocentric_from(&ellipsoid, at);
    double lon = at.x * M_PI / 180, lat = at.y * M_PI / 180;
    assert_near(found.x + 73 * cos(lat) * cos(lon), 3771793.968, 0.001, "m");
    assert_near(found.y + 73 * cos(lat) * sin(lon), 140253.342, 0.001, "m");
    assert_near(found.z + 73 * sin(lat), 5124304.349, 0.001, "m");
}

/* GeographicLib's GeodSolve: JFK (40.6, -73.8) to LHR (51.6, -0.5) is 5551.759400 km; one degree of the
   equator is a x pi / 180. */
static void test_distance_published(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    assert_near(
        sg_geodesic_distance(&ellipsoid, (struct sg_point){-73.8, 40.6}, (struct sg_point){-0.5, 51.6}),
        5551759.400, 0.001, "m");
    assert_near(sg_geodesic_distance(&ellipsoid, (struct sg_point){10, 0}, (struct sg_point){11, 0}),
                6378137.0 * M_PI / 180, 1e-6, "m");
    assert_near(sg_geodesic_distance(&ellipsoid, (struct sg_point){10, 0}, (struct sg_point){10, 0}), 0, 0,
                "m");
}

/* Every latitude, azimuth and distance up to 30 km: off by no more than 0.05 mm. */
static void test_chord_to_geodesic(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    static const double distances_m[] = {0.001, 0.5, 10, 250, 1000, 5000, 12000, 20000, 29000, 29990};
    double worst_m = 0;
    for (int lat = -90; lat <= 90; lat += 3) {
        for (int azimuth = 0; azimuth < 360; azimuth += 7) {
            for (size_t d = 0; d < TEST_COUNT(distances_m); d++) {
                struct sg_point start = {-79.4 + lat, lat};
                struct sg_point end = sg_geodesic_direct(&ellipsoid, start, azimuth, distances_m[d]);
                double error_m = fabs(by_chord(&ellipsoid, start, end) - inverse(start, end));
                if (error_m > worst_m)
                    worst_m = error_m;
            }
        }
    }
    print_message("chord to geodesic: at most %.4f mm off\n", 1000 * worst_m);
    assert_near(worst_m, 0, 0.00005, "m");
}

static void test_chord_to_geodesic_at_random(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct test_random random = test_random_new(3);
    for (int i = 0; i < 100000; i++) {
        struct sg_point start = {test_random_between(&random, -180, 180),
                                 test_random_between(&random, -90, 90)};
        double distance_m = test_random_between(&random, 0, 29990),
               azimuth = test_random_between(&random, 0, 360);
        struct sg_point end = sg_geodesic_direct(&ellipsoid, start, azimuth, distance_m);
        assert_near(by_chord(&ellipsoid, start, end), inverse(start, end), 0.00005, "m");
    }
    struct sg_chord_scale scale = sg_chord_scale_at(&ellipsoid, (struct sg_point){1, 2});
    assert_near(sg_chord_to_geodesic(&scale, 0, 0, 0, 0), 0, 0, "m");
}

/* The bounds of a pair's own distance hold its chord: what is surely nearer and what is surely farther never
 * lie. */
static void assert_bounded(const struct sg_ellipsoid *ellipsoid, struct sg_point a, struct sg_point b) {
    double distance_m = inverse(a, b), chord_m = chord_between(ellipsoid, a, b), inner_m, outer_m;
    sg_chord_bounds(ellipsoid, distance_m, &inner_m, &outer_m);
    if (!(inner_m <= chord_m && chord_m <= outer_m)) {
        print_error("%.9f %.9f to %.9f %.9f: %.6f m, chord %.9f not in %.9f to %.9f\n", a.x, a.y, b.x, b.y,
                    distance_m, chord_m, inner_m, outer_m);
        fail();
    }
}

static void test_chord_bounds(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct test_random random = test_random_new(4);
    for (int i = 0; i < 200000; i++) {
        struct sg_point a = {test_random_between(&random, -180, 180), test_random_between(&random, -90, 90)};
        double distance_m = pow(10, test_random_between(&random, -2, 7.3)),
               azimuth = test_random_between(&random, 0, 360);
        if (i % 5 == 0)
            azimuth =
                90.0 * (double)(i / 5 % 4); /* along the meridian and across it: the extremes of curvature */
        if (i % 7 == 0)
            a.y = i % 2 == 0 ? 0 : 89.999;
        if (distance_m > 20003931) /* from pole to pole */
            distance_m = 20003931;
        assert_bounded(&ellipsoid, a, sg_geodesic_direct(&ellipsoid, a, azimuth, distance_m));
    }
    double inner_m, outer_m;
    sg_chord_bounds(&ellipsoid, 1000, &inner_m, &outer_m);
    assert_true(outer_m - inner_m < 0.001); /* and at a city's distances they are tight */
    sg_chord_bounds(&ellipsoid, 0, &inner_m, &outer_m);
    assert_near(inner_m, 0, 0, "m");
    assert_true(outer_m >= 0 && outer_m < 1e-5);
}

static double polygon_area(const struct sg_point *points, size_t count) {
    struct geod_geodesic geodesic;
    double lats[64], lons[64], area_m2;
    geod_init(&geodesic, 6378137.0, 1 / 298.257223563);
    for (size_t i = 0; i < count; i++) {
        lats[i] = points[i].y;
        lons[i] = points[i].x;
    }
    geod_polygonarea(&geodesic, lats, lons, (int)count, &area_m2, NULL);
    return fabs(area_m2);
}

static void test_areas(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct test_random random = test_random_new(5);
    for (int round = 0; round < 500; round++) {
        struct sg_point points[40];
        double lon = test_random_between(&random, -170, 170), lat = test_random_between(&random, -70, 70);
        double size = pow(10, test_random_between(&random, -4, 0.5));
        size_t count = 3 + test_random_index(&random, 38);
        for (size_t i = 0; i < count; i++) { /* a star: no edge crosses another */
            double angle = 2 * M_PI * (double)i / (double)count,
                   radius = size * test_random_between(&random, 0.3, 1);
            points[i] = (struct sg_point){lon + radius * cos(angle), lat + radius * sin(angle)};
        }
        if (round % 2 == 0) { /* the direction of the ring changes nothing */
            for (size_t i = 0; i < count / 2; i++) {
                struct sg_point swap = points[i];
                points[i] = points[count - 1 - i];
                points[count - 1 - i] = swap;
            }
        }
        struct sg_shape shape = test_polygon(points, count);
        double expected = polygon_area(points, count);
        assert_relative(sg_geodesic_area(&ellipsoid, &shape), expected, 1e-9, "m2");
        struct sg_point hole[3];
        for (int i = 0; i < 3; i++)
            hole[i] = (struct sg_point){lon + 0.1 * size * cos(2 * i), lat + 0.1 * size * sin(2 * i)};
        test_add_hole(&shape, hole, 3);
        assert_relative(sg_geodesic_area(&ellipsoid, &shape), expected - polygon_area(hole, 3), 1e-9, "m2");
        sg_shape_release(&shape);
    }
}

/* The whole ellipsoid is 510,065,621.724 km2 (Moritz 2000, GRS 80 and WGS 84 to the metre): a hemisphere of
   it, and a square degree at the equator that holds no more than its chord's rectangle. */
static void test_area_published(void **state) {
    (void)state;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    const struct sg_point north[] = {{0, 0}, {90, 0}, {180, 0}, {-90, 0}};
    struct sg_shape hemisphere = test_polygon(north, 4);
    assert_near(sg_geodesic_area(&ellipsoid, &hemisphere) / 1e6, 510065621.724 / 2, 1, "km2");
    sg_shape_release(&hemisphere);
}

/* Near points by the metric in the middle: to a part in 10^9, and the 20 nm that PROJ rounds to; far ones,
   and those near a pole, are PROJ's. */
static void test_short_distance(void **state) {
    (void)state;
    struct test_random random = test_random_new(5);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    for (int i = 0; i < 100000; i++) {
        double span_deg = pow(10, test_random_between(&random, -6, -2));
        struct sg_point a = {test_random_between(&random, -179, 179), test_random_between(&random, -89, 89)};
        struct sg_point b = {a.x + test_random_between(&random, -span_deg, span_deg),
                             a.y + test_random_between(&random, -span_deg, span_deg)};
        double expected_m = inverse(a, b);
        assert_near(sg_geodesic_short_distance(&ellipsoid, a, b), expected_m, 1e-9 * expected_m + 2e-8, "m");
    }
    struct sg_point here = {-79.4, 43.6};
    assert_near(sg_geodesic_short_distance(&ellipsoid, here, here), 0, 0, "m");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_geocentric_published), cmocka_unit_test(test_distance_published),
        cmocka_unit_test(test_chord_to_geodesic),    cmocka_unit_test(test_chord_to_geodesic_at_random),
        cmocka_unit_test(test_chord_bounds),         cmocka_unit_test(test_areas),
        cmocka_unit_test(test_area_published),       cmocka_unit_test(test_short_distance),
    };
    return cmocka_run_group_tests_name("geodesic", tests, NULL, NULL);
}
