/* Where labels stand: the pole of inaccessibility of hand-made shapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "draw/pole.h"

static void test_square(void **state) {
    (void)state;
    const struct sg_point points[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
    const uint32_t starts[] = {0, 5};
    struct sg_ring_list rings = {points, starts, 1};
    struct sg_pole pole = sg_pole_of_inaccessibility(&rings, 1, 0.01);
    assert_float_equal(pole.point.x, 5, 0.05);
    assert_float_equal(pole.point.y, 5, 0.05);
    assert_float_equal(pole.distance, 5, 0.01);
}

/* The centroid of a U lies outside it; the pole lies in its thicker arm. */
static void test_u_shape(void **state) {
    (void)state;
    const struct sg_point points[] = {{0, 0}, {12, 0}, {12, 10}, {6, 10}, {6, 2},
                                      {2, 2}, {2, 10}, {0, 10},  {0, 0}};
    const uint32_t starts[] = {0, 9};
    struct sg_ring_list rings = {points, starts, 1};
    struct sg_pole pole = sg_pole_of_inaccessibility(&rings, 1, 0.01);
    assert_true(pole.point.x > 6 && pole.point.x < 12);
    assert_true(pole.distance > 2.99 && pole.distance <= 3.7);
}

/* A hole in the middle pushes the label to the side. */
static void test_hole(void **state) {
    (void)state;
    const struct sg_point points[] = {{0, 0}, {20, 0}, {20, 10}, {0, 10}, {0, 0},
                                      {7, 1}, {13, 1}, {13, 9},  {7, 9},  {7, 1}};
    const uint32_t starts[] = {0, 5, 10};
    struct sg_ring_list rings = {points, starts, 2};
    struct sg_pole pole = sg_pole_of_inaccessibility(&rings, 1, 0.01);
    assert_true(pole.point.x < 7 || pole.point.x > 13);
    assert_float_equal(pole.distance, 3.5, 0.02);
}

/* A wide label fits in the long arm of an L although a circle would choose the block. */
static void test_stretch(void **state) {
    (void)state;
    const struct sg_point points[] = {{0, 0}, {6, 0}, {6, 6}, {40, 6}, {40, 10}, {0, 10}, {0, 0}};
    const uint32_t starts[] = {0, 7};
    struct sg_ring_list rings = {points, starts, 1};
    struct sg_pole round = sg_pole_of_inaccessibility(&rings, 1, 0.01);
    struct sg_pole wide = sg_pole_of_inaccessibility(&rings, 6, 0.01);
    assert_true(round.point.x < 8);
    assert_true(wide.point.x > 10);
    assert_true(sg_rings_hold_box(&rings, wide.point.x - 9, wide.point.y - 1.5, 18, 3));
}

static void test_holds_box(void **state) {
    (void)state;
    const struct sg_point points[] = {{0, 0}, {10, 0}, {10, 10}, {5, 4}, {0, 10}, {0, 0}};
    const uint32_t starts[] = {0, 6};
    struct sg_ring_list rings = {points, starts, 1};
    assert_true(sg_rings_hold_box(&rings, 1, 0.5, 8, 3));
    assert_false(sg_rings_hold_box(&rings, 1, 0.5, 8, 5));  /* the notch comes in between */
    assert_false(sg_rings_hold_box(&rings, -1, 0.5, 3, 2)); /* half outside */
    assert_false(sg_rings_hold_box(&rings, 20, 20, 1, 1));
}

/* Nothing to search: no endless loop, nothing inside. */
static void test_degenerate(void **state) {
    (void)state;
    const struct sg_point flat[] = {{0, 0}, {10, 0}, {5, 0}, {0, 0}};
    const uint32_t starts[] = {0, 4};
    struct sg_ring_list rings = {flat, starts, 1}, none = {NULL, NULL, 0};
    assert_true(sg_pole_of_inaccessibility(&rings, 1, 0.01).distance <= 0);
    assert_true(sg_pole_of_inaccessibility(&none, 1, 0.01).distance < 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_square),  cmocka_unit_test(test_u_shape),   cmocka_unit_test(test_hole),
        cmocka_unit_test(test_stretch), cmocka_unit_test(test_holds_box), cmocka_unit_test(test_degenerate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
