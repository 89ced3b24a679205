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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_median), cmocka_unit_test(test_nice_steps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
