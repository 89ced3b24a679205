/* Medians and round steps, by hand. */
#include "core/numbers.h"

#include "support/test.h"

static void test_median(void **state) {
    (void)state;
    const double values[] = {9, NAN, 1, 4, 2};
    double median = 0;
    assert_true(sg_median(values, 5, &median));
    assert_near(median, 3, 0, "");
    assert_true(sg_median(values, 3, &median));
    assert_near(median, 5, 0, "");
    assert_true(sg_median(values + 1, 1, &median));
    assert_missing(median);
    assert_true(sg_median(values, 0, &median));
    assert_missing(median);
}

static void test_nice_steps(void **state) {
    (void)state;
    static const double cases[][2] = {{1, 1},       {1.2, 2},   {2.4, 2.5},         {2.6, 5},      {7, 10},
                                      {0.03, 0.05}, {400, 500}, {0.3 / 0.1 - 1, 2}, {0.19999, 0.2}};
    for (size_t i = 0; i < TEST_COUNT(cases); i++)
        assert_near(sg_nice_step(cases[i][0]), cases[i][1], 1e-12, "");
}

static void test_count_below(void **state) {
    (void)state;
    const double sorted[] = {-2, 1, 1, 1, 7};
    const double values[] = {-3, -2, 0, 1, 1.5, 7, 8};
    const size_t below[] = {0, 0, 1, 1, 4, 4, 5};
    for (size_t i = 0; i < TEST_COUNT(values); i++)
        assert_int_equal(sg_count_below(sorted, 5, values[i]), below[i]);
    assert_int_equal(sg_count_below(sorted, 0, 1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_median), cmocka_unit_test(test_nice_steps),
                                       cmocka_unit_test(test_count_below)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
