/* Geometries to points; what odd geometries give. */
#include <stdlib.h>

#include "core/alloc.h"
#include "model/gdal.h"
#include "read/shape_reader.h"
#include "support/test.h"

/* The points of a geometry as WKT; free with sg_free(). */
static struct sg_point *points_of(const char *wkt, size_t *ret_count, bool *ret_is_surface) {
    sg_gdal_start();
    char *text = (char *)wkt;
    OGRGeometryH geometry = NULL;
    struct sg_point *points = NULL;
    size_t capacity = 0;
    *ret_count = 0;
    assert_int_equal(OGR_G_CreateFromWkt(&text, NULL, &geometry), OGRERR_NONE);
    assert_true(sg_points_read(geometry, &points, ret_count, &capacity, ret_is_surface));
    OGR_G_DestroyGeometry(geometry);
    return points;
}

static void assert_one_point(const char *wkt, bool is_surface, double x, double y) {
    size_t count;
    bool was_surface;
    struct sg_point *points = points_of(wkt, &count, &was_surface);
    assert_int_equal(count, 1);
    assert_int_equal(was_surface, is_surface);
    assert_near(points[0].x, x, 1e-12, "degrees");
    assert_near(points[0].y, y, 1e-12, "degrees");
    sg_free(points);
}

static void test_points(void **state) {
    (void)state;
    assert_one_point("POINT (1 2)", false, 1, 2);
    assert_one_point("POLYGON ((0 0,2 0,2 2,0 2,0 0))", true, 1, 1);
    assert_one_point("MULTIPOINT (EMPTY,(3 4))", false, 3, 4);
}

/* An empty line in a collection crashed GEOS 3.11; found by fuzzing. */
static void test_empty_members(void **state) {
    (void)state;
    size_t count;
    bool is_surface;
    assert_one_point("GEOMETRYCOLLECTION (POINT (0 125),LINESTRING EMPTY)", true, 0, 125);
    assert_one_point("GEOMETRYCOLLECTION (LINESTRING EMPTY,GEOMETRYCOLLECTION (POLYGON EMPTY,POINT (5 6)))",
                     true, 5, 6);
    assert_one_point("MULTILINESTRING (EMPTY,(1 1,2 2,3 3))", true, 2, 2);
    sg_free(points_of("GEOMETRYCOLLECTION (LINESTRING EMPTY,POINT EMPTY)", &count, &is_surface));
    assert_int_equal(count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_points), cmocka_unit_test(test_empty_members)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
