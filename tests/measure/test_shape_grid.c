/* The grid over which people are spread: how many points, where, and the same on every run. */
#include "measure/shape_grid.h"

#include "support/test.h"

static void test_square(void **state) {
    (void)state;
    struct sg_shape square = test_rectangle(100, 200, 110, 210);
    struct sg_point *points;
    size_t count;
    assert_near(sg_grid_area(&square, false), 100, 1e-9, "square units");
    assert_true(sg_grid_in_shape(&square, false, 0.5, SG_GRID_LEAST, &points, &count));
    assert_int_equal(count, 400); /* 20 x 20, in the middles of cells of 0.5 */
    assert_near(points[0].x, 100.25, 1e-9, "");
    assert_near(points[0].y, 200.25, 1e-9, "");
    assert_near(points[1].x, 100.75, 1e-9, ""); /* west to east, then north */
    assert_near(points[20].y, 200.75, 1e-9, "");
    assert_near(points[399].x, 109.75, 1e-9, "");
    assert_near(points[399].y, 209.75, 1e-9, "");
    sg_free(points);
    sg_shape_release(&square);
}

/* At 60 degrees north a degree of longitude is half as long as one of latitude: twice as wide a step. */
static void test_geographic_is_square_on_the_ground(void **state) {
    (void)state;
    struct sg_shape box = test_rectangle(10, 59, 14, 61);
    struct sg_point *points;
    size_t count;
    assert_near(sg_grid_area(&box, true), 4 * 2 * 0.5, 1e-9, "square degrees of latitude");
    assert_true(sg_grid_in_shape(&box, true, 0.1, SG_GRID_LEAST, &points, &count));
    assert_int_equal(count, 400);
    assert_near(points[1].x - points[0].x, 0.2, 1e-9, "degrees");
    assert_near(points[20].y - points[0].y, 0.1, 1e-9, "degrees");
    sg_free(points);
    sg_shape_release(&box);
}

static struct sg_shape random_shape(struct test_random *random, double size) {
    struct sg_point points[30], hole[10];
    size_t count = 3 + test_random_index(random, 28);
    double flat = pow(10, test_random_between(random, -2, 0)); /* long and thin, too */
    double turn = test_random_between(random, 0, 3);
    for (size_t i = 0; i < count; i++) {
        double angle = 2 * M_PI * (double)i / (double)count,
               radius = size * test_random_between(random, 0.5, 1);
        double x = radius * cos(angle), y = flat * radius * sin(angle);
        points[i] =
            (struct sg_point){-79.4 + x * cos(turn) - y * sin(turn), 43.7 + x * sin(turn) + y * cos(turn)};
    }
    struct sg_shape shape = test_polygon(points, count);
    for (size_t i = 0; i < 10; i++)
        hole[i] = (struct sg_point){-79.4 + 0.2 * flat * size * cos(0.6 * (double)i),
                                    43.7 + 0.2 * flat * size * sin(0.6 * (double)i)};
    test_add_hole(&shape, hole, 10);
    return shape;
}

/* Design section 6: at least 100 points, none more than 10,000, whatever spacing is asked for; all inside. */
static void test_counts_and_insides(void **state) {
    (void)state;
    struct test_random random = test_random_new(12);
    for (int round = 0; round < 200; round++) {
        double size = pow(10, test_random_between(&random, -4, 0));
        struct sg_shape shape = random_shape(&random, size);
        double spacing = size * pow(10, test_random_between(&random, -4, 2));
        size_t least = round % 3 == 0 ? 400 : SG_GRID_LEAST, count, again;
        struct sg_point *points, *same;
        assert_true(sg_grid_in_shape(&shape, true, spacing, least, &points, &count));
        assert_in_range(count, least, SG_GRID_MOST);
        for (size_t i = 0; i < count; i++) {
            assert_true(sg_shape_holds(&shape, points[i]));
            if (i > 0) /* in order, and none twice */
                assert_true(points[i].y > points[i - 1].y
                            || (points[i].y == points[i - 1].y && points[i].x > points[i - 1].x));
        }
        assert_true(sg_grid_in_shape(&shape, true, spacing, least, &same, &again));
        assert_int_equal(again, count);
        assert_memory_equal(points, same, count * sizeof *points);
        sg_free(points);
        sg_free(same);
        sg_shape_release(&shape);
    }
}

static void test_nothing_to_hold_a_grid(void **state) {
    (void)state;
    const struct sg_point line[] = {{0, 0}, {1, 1}, {2, 2}};
    struct sg_shape flat = test_polygon(line, 3), none = {0};
    struct sg_point *points = (struct sg_point *)&flat;
    size_t count = 7;
    assert_true(sg_grid_in_shape(&flat, false, 0.1, SG_GRID_LEAST, &points, &count));
    assert_int_equal(count, 0);
    assert_null(points);
    assert_true(sg_grid_in_shape(&none, true, 0.1, SG_GRID_LEAST, &points, &count));
    assert_int_equal(count, 0);
    /* a sliver of a metre by a hundred kilometres neither hangs nor fills memory */
    struct sg_shape sliver = test_rectangle(0, 0, 1e-5, 1);
    assert_true(sg_grid_in_shape(&sliver, true, 1, SG_GRID_LEAST, &points, &count));
    assert_true(count <= SG_GRID_MOST);
    sg_free(points);
    sg_shape_release(&sliver);
    sg_shape_release(&flat);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_square),
        cmocka_unit_test(test_geographic_is_square_on_the_ground),
        cmocka_unit_test(test_counts_and_insides),
        cmocka_unit_test(test_nothing_to_hold_a_grid),
    };
    return cmocka_run_group_tests_name("shape_grid", tests, NULL, NULL);
}
