/* Intervals and smoothing of rates of small numbers. */
#include "judge/small_numbers.h"

#include "support/test.h"

/* Garwood 1936's exact limits as printed in every table of Poisson intervals (such as Ulm 1990): 0: 0
   to 3.689; 1: 0.0253 to 5.572; 2: 0.2422 to 7.225; 5: 1.623 to 11.668; 10: 4.795 to 18.390; 100: 81.36 to
   121.63. */
static void test_intervals(void **state) {
    (void)state;
    const double table[][3] = {{0, 0, 3.689},      {1, 0.0253, 5.572},  {2, 0.2422, 7.225},
                               {5, 1.623, 11.668}, {10, 4.795, 18.390}, {100, 81.36, 121.63}};
    for (size_t i = 0; i < TEST_COUNT(table); i++) {
        double low, high;
        sg_poisson_interval(table[i][0], &low, &high);
        assert_near(low, table[i][1], table[i][0] == 100 ? 0.006 : 0.0006, "services");
        assert_near(high, table[i][2], table[i][0] == 100 ? 0.006 : 0.0006, "services");
    }
    /* of nothing: exactly -ln 0.025 */
    double low, high;
    sg_poisson_interval(0, &low, &high);
    assert_near(high, -log(0.025), 1e-12, "services");
    /* two degrees of freedom: -2 ln(1 - share); one: the square of the normal quantile */
    assert_near(sg_chi_squared_quantile(0.5, 2), 2 * log(2), 1e-12, "");
    assert_near(sg_chi_squared_quantile(0.95, 1), 1.959963984540054 * 1.959963984540054, 1e-11, "");
    assert_near(sg_chi_squared_quantile(0.95, 10), 18.307038, 1e-6, "");
    assert_near(sg_chi_squared_quantile(0, 5), 0, 0, "");
    sg_poisson_interval(20000, &low, &high); /* large: nearly normal */
    assert_near((low + high) / 2, 20000, 5, "services");
    assert_near(high - low, 2 * 1.96 * sqrt(20000), 2, "services");
}

/* Four areas of 100, 100, 100 and 700 people with 30, 10, 0 and 60: m = 0.1. Variance: (100 x 0.04 + 0 + 100
   x 0.01 + 700 x (6/70 - 0.1)^2) / 1000 = 0.005142857; chance 0.1 x 4 / 1000 = 0.0004. */
static void test_smoothing(void **state) {
    (void)state;
    const double counts[] = {30, 10, 0, 60, 5, NAN}, people[] = {100, 100, 100, 700, 0, 50};
    double rates[6];
    sg_smooth_rates(counts, people, 6, rates);
    double beyond = (100 * 0.04 + 100 * 0.01 + 700 * pow(60 / 700.0 - 0.1, 2)) / 1000 - 0.0004;
    for (int a = 0; a < 4; a++) {
        double own = beyond / (beyond + 0.1 / people[a]);
        assert_near(rates[a], own * counts[a] / people[a] + (1 - own) * 0.1, 1e-14, "");
    }
    assert_missing(rates[4]);
    assert_missing(rates[5]);
    assert_true(rates[0] < 0.3 && rates[2] > 0); /* both are drawn to the mean */
    /* no more variance than chance: all have the city's rate */
    const double even[] = {1, 2, 1, 2}, hundred[] = {100, 100, 100, 100};
    sg_smooth_rates(even, hundred, 4, rates);
    for (int a = 0; a < 4; a++)
        assert_near(rates[a], 0.015, 1e-15, "");
    const double none[] = {0, 0};
    sg_smooth_rates(none, hundred, 2, rates);
    assert_near(rates[0], 0, 0, "");
    sg_smooth_rates(none, none, 2, rates);
    assert_missing(rates[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_intervals), cmocka_unit_test(test_smoothing)};
    return cmocka_run_group_tests_name("small_numbers", tests, NULL, NULL);
}
