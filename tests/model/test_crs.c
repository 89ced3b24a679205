/* Coordinate reference systems: axis order, sameness, and transformations against published points (IOGP
   Guidance Note 7-2) and PROJ's own cs2cs. */
#include "model/crs.h"

#include "support/test.h"

static struct sg_crs *crs_of(struct sg_context *context, const char *definition) {
    struct sg_crs *crs = NULL;
    assert_ok(context, sg_crs_new(context, definition, &crs));
    return crs;
}

static struct sg_point transformed(struct sg_context *context, const char *from, const char *to,
                                   struct sg_point point) {
    struct sg_crs *a = crs_of(context, from), *b = crs_of(context, to);
    struct sg_transformation *transformation = NULL, *copy;
    assert_ok(context, sg_transformation_new(context, a, b, &transformation));
    copy = sg_transformation_copy(transformation); /* the copy answers as the first does */
    assert_non_null(copy);
    struct sg_point other = point;
    assert_int_equal(sg_transform_points(transformation, &point, 1), 0);
    assert_int_equal(sg_transform_points(copy, &other, 1), 0);
    assert_near(other.x, point.x, 0, "");
    assert_near(other.y, point.y, 0, "");
    sg_transformation_free(transformation);
    sg_transformation_free(copy);
    sg_crs_free(a);
    sg_crs_free(b);
    return point;
}

static void test_describes(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_crs *utm = crs_of(context, "EPSG:26917");
    assert_true(sg_crs_is_projected(utm));
    assert_false(sg_crs_is_geographic(utm));
    assert_string_equal(sg_crs_name(utm), "NAD83 / UTM zone 17N");
    assert_string_equal(sg_crs_code(utm), "EPSG:26917");
    assert_near(sg_crs_unit_m(utm), 1, 0, "m");
    double radius_m, flattening;
    sg_crs_ellipsoid(utm, &radius_m, &flattening); /* GRS 1980 */
    assert_near(radius_m, 6378137, 0, "m");
    assert_near(1 / flattening, 298.257222101, 1e-8, "");
    struct sg_crs *under = NULL;
    assert_ok(context, sg_crs_geographic(context, utm, &under));
    assert_true(sg_crs_is_geographic(under));
    assert_string_equal(sg_crs_name(under), "NAD83");
    struct sg_crs *copy = sg_crs_copy(utm);
    assert_true(sg_crs_is_same(copy, utm));
    assert_string_equal(sg_crs_wkt(copy), sg_crs_wkt(utm));
    struct sg_crs *feet = crs_of(context, "EPSG:2263"); /* New York, US survey feet */
    assert_near(sg_crs_unit_m(feet), 1200.0 / 3937, 1e-12, "m");
    sg_crs_free(utm);
    sg_crs_free(under);
    sg_crs_free(copy);
    sg_crs_free(feet);
    sg_context_free(context);
}

static void test_sameness(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_crs *wgs84 = crs_of(context, "EPSG:4326"), *crs84 = crs_of(context, "OGC:CRS84"),
                  *nad83 = crs_of(context, "EPSG:4269"), *utm = crs_of(context, "EPSG:26917"),
                  *zone18 = crs_of(context, "EPSG:26918");
    struct sg_crs *by_wkt = crs_of(context, sg_crs_wkt(utm));
    assert_true(sg_crs_is_same(wgs84, crs84)); /* the axis order of the authority does not count */
    assert_true(sg_crs_is_same(utm, by_wkt));
    assert_false(sg_crs_is_same(utm, zone18));
    assert_false(sg_crs_is_same(wgs84, nad83));
    assert_false(sg_crs_is_same(wgs84, utm));
    struct sg_transformation *transformation = NULL;
    assert_ok(context, sg_transformation_new(context, wgs84, crs84, &transformation));
    assert_true(sg_transformation_is_identity(transformation));
    struct sg_point point = {-79.3871, 43.6426};
    assert_int_equal(sg_transform_points(transformation, &point, 1), 0);
    assert_near(point.x, -79.3871, 0, "degrees");
    sg_transformation_free(transformation);
    /* NAD83 and WGS 84 differ by nothing PROJ knows here: skipped, not rounded */
    assert_ok(context, sg_transformation_new(context, nad83, wgs84, &transformation));
    assert_true(sg_transformation_is_identity(transformation));
    sg_transformation_free(transformation);
    sg_crs_free(wgs84);
    sg_crs_free(crs84);
    sg_crs_free(nad83);
    sg_crs_free(utm);
    sg_crs_free(zone18);
    sg_crs_free(by_wkt);
    sg_context_free(context);
}

/* x is the longitude or easting on both sides, whatever order the authority says. */
static void test_published_points(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    /* Guidance Note 7-2, 3.5.3.1: 50 30 N, 0 30 E (OSGB36) is 577274.99 E, 69740.50 N */
    struct sg_point found = transformed(context, "EPSG:4277", "EPSG:27700", (struct sg_point){0.5, 50.5});
    assert_near(found.x, 577274.99, 0.01, "m");
    assert_near(found.y, 69740.50, 0.01, "m");
    /* 3.2.3 (popular visualisation): 24 22 54.433 N, 100 20 W is -11169055.58 E, 2800000.00 N */
    found = transformed(context, "EPSG:4326", "EPSG:3857",
                        (struct sg_point){-(100 + 20 / 60.0), 24 + 22 / 60.0 + 54.433 / 3600});
    assert_near(found.x, -11169055.58, 0.01, "m");
    assert_near(found.y, 2800000.00, 0.02, "m");
    /* echo "43.6426 -79.3871" | cs2cs -f %.6f EPSG:4326 EPSG:26917 (and EPSG:3347) */
    found = transformed(context, "EPSG:4326", "EPSG:26917", (struct sg_point){-79.3871, 43.6426});
    assert_near(found.x, 630087.375172, 1e-5, "m");
    assert_near(found.y, 4833442.311762, 1e-5, "m");
    found = transformed(context, "EPSG:4326", "EPSG:3347", (struct sg_point){-79.3871, 43.6426});
    assert_near(found.x, 7224736.597625, 1e-5, "m");
    assert_near(found.y, 927453.128750, 1e-5, "m");
    struct sg_point back = transformed(context, "EPSG:3347", "EPSG:4326", found);
    assert_near(back.x, -79.3871, 1e-9, "degrees");
    assert_near(back.y, 43.6426, 1e-9, "degrees");
    sg_context_free(context);
}

static void test_points_that_have_no_place(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_crs *wgs84 = crs_of(context, "EPSG:4326"), *utm = crs_of(context, "EPSG:26917");
    struct sg_transformation *transformation = NULL;
    assert_ok(context, sg_transformation_new(context, wgs84, utm, &transformation));
    struct sg_point points[] = {{-79.4, 43.7}, {NAN, 43.7}, {-79.4, 2e7}, {-79.5, 43.6}};
    assert_int_equal(sg_transform_points(transformation, points, 4), 2);
    assert_true(isfinite(points[0].x) && isfinite(points[3].y));
    assert_true(isinf(points[1].x) && isinf(points[2].y));
    assert_int_equal(sg_transform_points(transformation, points, 0), 0);
    sg_transformation_free(transformation);
    sg_transformation_free(NULL);
    sg_crs_free(wgs84);
    sg_crs_free(utm);
    sg_context_free(context);
}

static void test_bad_definitions(void **state) {
    (void)state;
    static const char *const bad[] = {"EPSG:999999", "Toronto", "", "+proj=nothing", "GEOGCRS[\"cut off\""};
    for (size_t i = 0; i < TEST_COUNT(bad); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_crs *crs = (struct sg_crs *)&bad; /* stays as it was */
        assert_status(context, sg_crs_new(context, bad[i], &crs), SG_BAD_CRS);
        assert_ptr_equal(crs, &bad);
        assert_contains(test_error(context), "coordinate reference system");
        assert_contains(test_hint(context), "EPSG:");
        sg_context_free(context);
    }
    sg_crs_free(NULL);
}

/* UTM zones count from 180 degrees west, 6 degrees each: Toronto is in 17, Porto Alegre in 22 south. */
static void test_local_crs(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_crs *crs = NULL;
    assert_ok(context, sg_crs_local(context, &(struct sg_box){-79.64, 43.58, -79.11, 43.86}, &crs));
    assert_string_equal(sg_crs_code(crs), "EPSG:32617");
    sg_crs_free(crs);
    assert_ok(context, sg_crs_local(context, &(struct sg_box){-51.3, -30.3, -51.0, -29.9}, &crs));
    assert_string_equal(sg_crs_code(crs), "EPSG:32722");
    sg_crs_free(crs);
    assert_ok(context, sg_crs_local(context, &(struct sg_box){-95, 42, -74, 57}, &crs)); /* Ontario */
    assert_true(sg_crs_is_projected(crs));
    assert_contains(sg_crs_wkt(crs), "Lambert Conic Conformal");
    assert_string_equal(sg_crs_name(crs), "Lambert Conic Conformal (2SP), centred on 84.50° W");
    sg_crs_free(crs);
    assert_ok(context, sg_crs_local(context, &(struct sg_box){179.7, -17, 180.3, -16.9}, &crs));
    assert_string_equal(sg_crs_code(crs), "EPSG:32701"); /* Fiji, across the 180th meridian */
    sg_crs_free(crs);
    assert_ok(context,
              sg_crs_local(context, &(struct sg_box){-80, -30, -40, 10}, &crs)); /* across the equator */
    assert_true(sg_crs_is_projected(crs));
    sg_crs_free(crs);
    sg_context_free(context);
}

static void test_nameless(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_crs *crs = NULL;
    double centre_deg;
    assert_ok(context, sg_crs_new(context, "+proj=tmerc +lon_0=179.5 +datum=WGS84 +type=crs", &crs));
    assert_string_equal(sg_crs_name(crs), "Transverse Mercator, centred on 179.50° E");
    assert_string_equal(sg_crs_method(crs, &centre_deg), "Transverse Mercator");
    assert_near(centre_deg, 179.5, 1e-9, "degrees");
    sg_crs_free(crs);
    assert_ok(context, sg_crs_new(context, "+proj=longlat +datum=WGS84 +type=crs", &crs));
    assert_string_equal(sg_crs_name(crs), "longitude and latitude");
    assert_null(sg_crs_method(crs, &centre_deg));
    sg_crs_free(crs);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_describes),        cmocka_unit_test(test_sameness),
        cmocka_unit_test(test_published_points), cmocka_unit_test(test_points_that_have_no_place),
        cmocka_unit_test(test_bad_definitions),  cmocka_unit_test(test_local_crs),
        cmocka_unit_test(test_nameless),
    };
    return cmocka_run_group_tests_name("crs", tests, NULL, NULL);
}
