/* Plain geometry: boxes, shapes, areas; orientation and point in polygon against integer arithmetic of 128
 * bits. */
#include "support/test.h"

__extension__ typedef __int128 wide; /* the only type that holds the products exactly */

/* ---- exact orientation ---- */

static int sign_of(wide value) {
    return (value > 0) - (value < 0);
}

struct whole_point {
    int64_t x, y;
};

static int whole_orientation(struct whole_point a, struct whole_point b, struct whole_point p) {
    return sign_of((wide)(b.x - a.x) * (p.y - a.y) - (wide)(b.y - a.y) * (p.x - a.x));
}

/* Doubles at 64 to 128 (longitudes of Toronto) are multiples of 2^-46, those at 32 to 64 (latitudes) of
   2^-47: scaled so, they are whole numbers below 2^53, differences and products of which fit in 128 bits. */
static struct sg_point point_from(struct whole_point whole) {
    return (struct sg_point){ldexp((double)whole.x, -46), ldexp((double)whole.y, -47)};
}

static struct whole_point random_whole(struct test_random *random, int64_t spread) {
    int64_t x = (int64_t)ldexp(-79.4, 46), y = (int64_t)ldexp(43.7, 47);
    return (struct whole_point){x + (int64_t)test_random_between(random, -(double)spread, (double)spread),
                                y + (int64_t)test_random_between(random, -(double)spread, (double)spread)};
}

static void test_orientation_by_hand(void **state) {
    (void)state;
    struct sg_point a = {0, 0}, b = {2, 2};
    assert_int_equal(sg_orientation(a, b, (struct sg_point){0, 1}), 1);
    assert_int_equal(sg_orientation(a, b, (struct sg_point){1, 0}), -1);
    assert_int_equal(sg_orientation(a, b, (struct sg_point){1, 1}), 0);
    assert_int_equal(sg_orientation(a, b, (struct sg_point){7, 7}), 0);
    assert_int_equal(sg_orientation(a, b, a), 0);
    /* Kettner et al. 2008, "Classroom examples of robustness problems": (0.5, 0.5) off the line by one bit */
    struct sg_point c = {12, 12}, d = {24, 24};
    assert_int_equal(sg_orientation(c, d, (struct sg_point){0.5, 0.5}), 0);
    assert_int_equal(sg_orientation(c, d, (struct sg_point){0.5, 0.5 + 0x1p-53}), 1);
    assert_int_equal(sg_orientation(c, d, (struct sg_point){0.5 + 0x1p-53, 0.5}), -1);
}

static void test_orientation_is_exact(void **state) {
    (void)state;
    struct test_random random = test_random_new(1);
    size_t on_line = 0, hard = 0;
    for (int i = 0; i < 1000000; i++) {
        int64_t spread = (int64_t)1 << (4 + test_random_index(&random, 42)); /* from a hair to a degree */
        struct whole_point a = random_whole(&random, spread), b = random_whole(&random, spread), p;
        if (i % 2 == 0) {
            p = random_whole(&random, spread);
        } else { /* on the line, as near as whole numbers come, and a step beside it */
            double t = test_random_between(&random, -0.5, 1.5);
            p.x = a.x + (int64_t)llround(t * (double)(b.x - a.x));
            p.y = a.y + (int64_t)llround(t * (double)(b.y - a.y));
            p.x += (int64_t)test_random_index(&random, 3) - 1;
            hard++;
        }
        int expected = whole_orientation(a, b, p);
        on_line += expected == 0;
        assert_int_equal(sg_orientation(point_from(a), point_from(b), point_from(p)), expected);
        assert_int_equal(sg_orientation(point_from(b), point_from(a), point_from(p)), -expected);
        assert_int_equal(sg_orientation(point_from(b), point_from(p), point_from(a)), expected);
    }
    assert_true(hard > 400000 && on_line > 100); /* the hard cases were there */
}

/* Points of a lattice about a line of slope 1/3: every third is on it, exactly. */
static void test_orientation_on_a_line(void **state) {
    (void)state;
    struct whole_point a = {(int64_t)ldexp(-79.4, 46), (int64_t)ldexp(43.7, 47)};
    struct whole_point b = {a.x + 3 * 1000003, a.y + 1000003};
    for (int64_t k = -3000; k <= 3000; k++) {
        struct whole_point p = {a.x + k, a.y + k / 3};
        assert_int_equal(sg_orientation(point_from(a), point_from(b), point_from(p)),
                         whole_orientation(a, b, p));
        if (k % 3 == 0)
            assert_int_equal(sg_orientation(point_from(a), point_from(b), point_from(p)), 0);
    }
}

/* ---- point in polygon ---- */

/* The half-open rule in whole numbers: crossings of the ray to the right, edges counted where they start at
   or below the point and end above it. */
static bool whole_holds(const struct whole_point *points, size_t count, struct whole_point p) {
    bool inside = false;
    for (size_t i = 0; i < count; i++) {
        struct whole_point a = points[i], b = points[(i + 1) % count];
        if (a.y <= p.y && b.y > p.y)
            inside ^= whole_orientation(a, b, p) > 0;
        else if (b.y <= p.y && a.y > p.y)
            inside ^= whole_orientation(b, a, p) > 0;
    }
    return inside;
}

static void test_holds_equals_whole_numbers(void **state) {
    (void)state;
    struct test_random random = test_random_new(2);
    for (int round = 0; round < 300; round++) {
        struct whole_point whole[24];
        struct sg_point points[24];
        size_t count = 3 + test_random_index(&random, 22);
        int64_t spread = (int64_t)1 << (3 + test_random_index(&random, 40));
        for (size_t i = 0; i < count; i++) { /* self-crossing or not: the rule is even and odd */
            whole[i] = random_whole(&random, spread);
            points[i] = point_from(whole[i]);
        }
        struct sg_shape shape = test_polygon(points, count);
        for (int i = 0; i < 300; i++) {
            struct whole_point p = random_whole(&random, spread);
            if (i % 3 == 1)
                p = whole[test_random_index(&random, count)];
            if (i % 3 == 2)
                p.y = whole[test_random_index(&random, count)].y;
            assert_int_equal(sg_shape_holds(&shape, point_from(p)), whole_holds(whole, count, p));
        }
        sg_shape_release(&shape);
    }
}

static void test_holes_and_parts(void **state) {
    (void)state;
    struct sg_shape shape = test_rectangle(0, 0, 10, 10);
    const struct sg_point hole[] = {{4, 4}, {6, 4}, {6, 6}, {4, 6}};
    const struct sg_point island[] = {{4.5, 4.5}, {5.5, 4.5}, {5.5, 5.5}, {4.5, 5.5}};
    test_add_hole(&shape, hole, 4);
    test_add_polygon(&shape, island, 4);
    assert_true(sg_shape_holds(&shape, (struct sg_point){1, 1}));
    assert_false(sg_shape_holds(&shape, (struct sg_point){4.2, 5}));
    assert_true(sg_shape_holds(&shape, (struct sg_point){5, 5}));
    assert_false(sg_shape_holds(&shape, (struct sg_point){11, 5}));
    assert_false(sg_shape_holds(&shape, (struct sg_point){5, -1}));
    assert_near(sg_shape_planar_area(&shape), 100 - 4 + 1, 1e-12, "square units");
    assert_int_equal(sg_shape_point_count(&shape), 15);
    sg_shape_release(&shape);
    assert_false(sg_shape_holds(&shape, (struct sg_point){0, 0})); /* released: empty */
}

/* Neighbours share their border, and a point on it, or on a corner of four, is in exactly one of them. */
static void test_shared_borders_belong_to_one(void **state) {
    (void)state;
    struct sg_shape quarters[] = {test_rectangle(0, 0, 1, 1), test_rectangle(1, 0, 2, 1),
                                  test_rectangle(0, 1, 1, 2), test_rectangle(1, 1, 2, 2)};
    for (double x = 0.25; x < 2; x += 0.25) {
        for (double y = 0.25; y < 2; y += 0.25) {
            int holders = 0;
            for (int q = 0; q < 4; q++)
                holders += sg_shape_holds(&quarters[q], (struct sg_point){x, y});
            assert_int_equal(holders, 1);
        }
    }
    for (int q = 0; q < 4; q++)
        sg_shape_release(&quarters[q]);
}

static void test_nan_is_nowhere(void **state) {
    (void)state;
    struct sg_shape square = test_rectangle(0, 0, 1, 1);
    assert_false(sg_shape_holds(&square, (struct sg_point){NAN, 0.5}));
    assert_false(sg_shape_holds(&square, (struct sg_point){0.5, NAN}));
    sg_shape_release(&square);
}

/* ---- boxes and copies ---- */

static void test_boxes(void **state) {
    (void)state;
    struct sg_box box = sg_box_empty(), other = sg_box_empty();
    assert_true(sg_box_is_empty(&box));
    sg_box_add_box(&box, &other);
    assert_true(sg_box_is_empty(&box));
    sg_box_add(&box, (struct sg_point){2, 3});
    assert_false(sg_box_is_empty(&box));
    assert_true(sg_box_holds(&box, (struct sg_point){2, 3}));
    sg_box_add(&other, (struct sg_point){-1, 5});
    sg_box_add_box(&box, &other);
    assert_near(box.min_x, -1, 0, "");
    assert_near(box.max_y, 5, 0, "");
    assert_true(sg_box_holds(&box, (struct sg_point){-1, 3})); /* borders included */
    assert_false(sg_box_holds(&box, (struct sg_point){-1.001, 3}));
    assert_false(sg_box_holds(&box, (struct sg_point){NAN, 3}));
}

static void test_copy_is_deep(void **state) {
    (void)state;
    struct sg_shape shape = test_rectangle(0, 0, 2, 1), copy;
    assert_true(sg_shape_copy(&shape, &copy));
    shape.points[0].x = 99;
    assert_near(copy.points[0].x, 0, 0, "");
    struct sg_box box = sg_shape_envelope(&copy);
    assert_near(box.max_x, 2, 0, "");
    sg_shape_release(&shape);
    assert_near(sg_shape_planar_area(&copy), 2, 0, "");
    sg_shape_release(&copy);
    struct sg_shape nothing = {0};
    assert_true(sg_shape_copy(&nothing, &copy));
    assert_int_equal(copy.polygon_count, 0);
    sg_shape_release(&copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orientation_by_hand),   cmocka_unit_test(test_orientation_is_exact),
        cmocka_unit_test(test_orientation_on_a_line), cmocka_unit_test(test_holds_equals_whole_numbers),
        cmocka_unit_test(test_holes_and_parts),       cmocka_unit_test(test_shared_borders_belong_to_one),
        cmocka_unit_test(test_nan_is_nowhere),        cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_copy_is_deep),
    };
    return cmocka_run_group_tests_name("geometry", tests, NULL, NULL);
}
