/* Inequality by hand, in its other forms, and its laws on random data. */
#include "judge/inequality.h"

#include "judge/bootstrap.h"
#include "support/test.h"

static struct sg_spread spread_of(const double *values, const double *people, const double *status,
                                  size_t count) {
    struct sg_spread spread;
    assert_true(sg_spread_init(&spread, values, people, status, count, NULL));
    return spread;
}

static const double ONES[40] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/* Three areas of 10, 20 and 70 people with 0, 1 and 2 services each: mean 1.6. Lorenz: (0.1, 0), (0.3,
   0.125), (1, 1): twice the area 0 + 0.2 x 0.125 + 0.7 x 1.125 = 0.8125, Gini 0.1875. Theil: 0.2 x 0.625 ln
   0.625 + 0.7 x 1.25 ln 1.25 = 0.136501... */
static void test_by_hand(void **state) {
    (void)state;
    const double values[] = {2, 0, 1}, people[] = {70, 10, 20};
    struct sg_spread spread = spread_of(values, people, NULL, 3);
    assert_near(sg_spread_mean(&spread, NULL), 1.6, 1e-12, "services");
    assert_near(sg_gini(&spread, NULL), 0.1875, 1e-12, "");
    assert_near(sg_theil(&spread, NULL), 0.125 * log(0.625) + 0.875 * log(1.25), 1e-12, "");
    assert_near(sg_lorenz(&spread, 0.3, NULL), 0.125, 1e-12, "");
    assert_near(sg_lorenz(&spread, 0.65, NULL), (0.125 + 1) / 2, 1e-12, ""); /* half of the last stretch */
    assert_near(sg_lorenz(&spread, 1, NULL), 1, 1e-12, "");
    /* below 1.5: 0 (10 people, all of it missing) and 1 (20 people, a third missing) */
    assert_near(sg_poverty(&spread, 1.5, 0, false, NULL), 0.3, 1e-12, "");
    assert_near(sg_poverty(&spread, 1.5, 1, false, NULL), 0.1 + 0.2 / 3, 1e-12, "");
    assert_near(sg_poverty(&spread, 1.5, 2, false, NULL), 0.1 + 0.2 / 9, 1e-12, "");
    /* as travel times beyond 0.5: 1 is once, 2 three times the line beyond it */
    assert_near(sg_poverty(&spread, 0.5, 0, true, NULL), 0.9, 1e-12, "");
    assert_near(sg_poverty(&spread, 0.5, 1, true, NULL), 0.2 * 1 + 0.7 * 3, 1e-12, "");
    assert_near(sg_poverty(&spread, 0.5, 2, true, NULL), 0.2 * 1 + 0.7 * 9, 1e-12, "");
    /* exactly on the line is not below it */
    assert_near(sg_poverty(&spread, 1, 0, false, NULL), 0.1, 1e-12, "");
    sg_spread_release(&spread);
}

/* Incomes 1 to 5 with 20 people each have 1, 2, 3, 4 and 10. The poorest 40% have 1 and 2, mean 1.5; the
   richest 10% are half of the last: 10. Where it is 30 people each (150 in all), 60 are the poorest: the
   same. With 10, 40, 20, 20, 10 people: the poorest 40 are 10 of 1 and 30 of 2: 70 / 40; the richest 10
   have 10. */
static void test_by_status(void **state) {
    (void)state;
    const double values[] = {1, 2, 3, 4, 10}, even[] = {20, 20, 20, 20, 20}, odd[] = {10, 40, 20, 20, 10};
    const double incomes[] = {10, 20, 30, 40, 50};
    struct sg_spread spread = spread_of(values, even, incomes, 5);
    assert_near(sg_palma(&spread, NULL), 10 / 1.5, 1e-12, "");
    /* ranks 0.1, 0.3, 0.5, 0.7, 0.9; mean 4: 2/4 x 0.2 x ((-3)(-0.4) + (-2)(-0.2) + 0 + 0 + 6 x 0.4) */
    assert_near(sg_concentration(&spread, NULL), 0.1 * (1.2 + 0.4 + 2.4), 1e-12, "");
    assert_near(sg_concentration(&spread, NULL), sg_gini(&spread, NULL), 1e-12, "");
    assert_near(sg_erreygers(&spread, 0, 10, NULL), 4 * 4 / 10.0 * 0.4, 1e-12, "");
    assert_missing(sg_erreygers(&spread, 3, 3, NULL));
    sg_spread_release(&spread);
    spread = spread_of(values, odd, incomes, 5);
    assert_near(sg_palma(&spread, NULL), 10 / (70 / 40.0), 1e-12, "");
    sg_spread_release(&spread);
    /* one income for all: nobody is rich or poor */
    const double same[] = {7, 7, 7, 7, 7};
    spread = spread_of(values, odd, same, 5);
    assert_near(sg_palma(&spread, NULL), 1, 1e-12, "");
    assert_near(sg_concentration(&spread, NULL), 0, 1e-12, "");
    sg_spread_release(&spread);
    /* the area without an income is in the Gini index and not on the ladder */
    const double holes[] = {10, NAN, 30, 40, 50};
    spread = spread_of(values, even, holes, 5);
    assert_int_equal(spread.count, 5);
    assert_int_equal(spread.status_count, 4);
    assert_near(sg_palma(&spread, NULL), 10 / ((20 * 1 + 12 * 3) / 32.0), 1e-12, "");
    sg_spread_release(&spread);
}

static void test_nothing_to_divide(void **state) {
    (void)state;
    const double none[] = {0, 0, 0}, some[] = {5, NAN, -1}, people[] = {1, 2, 3}, nobody[] = {0, NAN, -4};
    struct sg_spread spread = spread_of(none, people, people, 3);
    assert_missing(sg_gini(&spread, NULL));
    assert_missing(sg_theil(&spread, NULL));
    assert_missing(sg_palma(&spread, NULL));
    assert_missing(sg_concentration(&spread, NULL));
    assert_missing(sg_wolfson(&spread, NULL));
    assert_missing(sg_atkinson(&spread, 1, NULL));
    assert_near(sg_poverty(&spread, 2, 1, false, NULL), 1, 0, ""); /* everybody lacks everything */
    sg_spread_release(&spread);
    size_t negative = 0;
    assert_true(sg_spread_init(&spread, some, people, NULL, 3, &negative));
    assert_int_equal(spread.count, 1);
    assert_int_equal(negative, 1);
    assert_near(sg_gini(&spread, NULL), 0, 0, "");
    assert_near(sg_theil(&spread, NULL), 0, 0, "");
    sg_spread_release(&spread);
    spread = spread_of(some, nobody, NULL, 3);
    assert_int_equal(spread.count, 0);
    assert_missing(sg_gini(&spread, NULL));
    assert_missing(sg_poverty(&spread, 2, 0, false, NULL));
    sg_spread_release(&spread);
    spread = spread_of(some, people, NULL, 0);
    assert_missing(sg_gini(&spread, NULL));
    sg_spread_release(&spread);
}

/* The trapezoids under the Lorenz curve against the mean difference of all pairs, sum q q |x - x| / (2 mean);
   Theil's parts against the whole; a spread by value has its Gini as its concentration index; areas that
   count twice are as areas of twice the people. */
static void test_laws(void **state) {
    (void)state;
    enum { AREAS = 60, GROUPS = 5 };
    struct test_random random = test_random_new(11);
    for (int round = 0; round < 50; round++) {
        double values[AREAS], people[AREAS], twice[AREAS];
        uint32_t groups[AREAS], times[AREAS];
        for (int a = 0; a < AREAS; a++) {
            values[a] = test_random_index(&random, 5) == 0 ? 0 : test_random_between(&random, 0, 9);
            people[a] = test_random_between(&random, 1, 1000);
            groups[a] = (uint32_t)test_random_index(&random, GROUPS);
        }
        struct sg_spread spread = spread_of(values, people, values, AREAS);
        double total = 0, mean = 0, pairs = 0;
        for (int a = 0; a < AREAS; a++) {
            total += people[a];
            mean += people[a] * values[a];
        }
        mean /= total;
        for (int a = 0; a < AREAS; a++) {
            for (int b = 0; b < AREAS; b++)
                pairs += people[a] / total * (people[b] / total) * fabs(values[a] - values[b]);
        }
        double gini = sg_gini(&spread, NULL);
        assert_near(gini, pairs / (2 * mean), 1e-12, "");
        assert_near(sg_concentration(&spread, NULL), gini, 1e-12, "");
        struct sg_theil_parts parts;
        assert_true(sg_theil_divide(&spread, groups, GROUPS, &parts));
        assert_near(parts.between + parts.within, parts.total, 1e-12, "");
        assert_true(parts.between >= 0 && parts.within >= 0);
        for (size_t i = 0; i < AREAS; i++) {
            times[i] = (uint32_t)test_random_index(&random, 4);
            twice[spread.areas[i]] = people[spread.areas[i]] * times[i];
        }
        struct sg_spread other = spread_of(values, twice, values, AREAS);
        assert_near(sg_gini(&spread, times), sg_gini(&other, NULL), 1e-12, "");
        assert_near(sg_theil(&spread, times), sg_theil(&other, NULL), 1e-12, "");
        assert_near(sg_palma(&spread, times), sg_palma(&other, NULL), 1e-9, "");
        assert_near(sg_concentration(&spread, times), sg_concentration(&other, NULL), 1e-12, "");
        assert_near(sg_wolfson(&spread, times), sg_wolfson(&other, NULL), 1e-9, "");
        sg_spread_release(&other);
        sg_spread_release(&spread);
    }
}

static void figures(const void *user, const uint32_t *times, double *ret_figures) {
    const struct sg_spread *spread = user;
    ret_figures[0] = sg_spread_mean(spread, times);
    ret_figures[1] = sg_gini(spread, times);
}

/* The mean of 400 values that are 0 or 1 with 0.5 each: 1.96 x 0.5 / 20 = 0.049 on either side. */
static void test_bootstrap(void **state) {
    (void)state;
    enum { AREAS = 400 };
    double values[AREAS], people[AREAS];
    for (int a = 0; a < AREAS; a++) {
        values[a] = a % 2;
        people[a] = 1;
    }
    struct sg_spread spread = spread_of(values, people, NULL, AREAS);
    struct sg_interval found[2][2];
    for (int threads = 1; threads <= 2; threads++) {
        struct sg_context *context = test_context_new(threads);
        assert_ok(context, sg_bootstrap(context, AREAS, 7, figures, &spread, 2, found[threads - 1]));
        sg_context_free(context);
    }
    assert_memory_equal(found[0], found[1], sizeof found[0]);
    assert_near(found[0][0].low, 0.451, 0.006, "");
    assert_near(found[0][0].high, 0.549, 0.006, "");
    assert_near(found[0][1].low, 0.451, 0.006, ""); /* Gini = 1 - share of ones */
    struct sg_context *context = test_context_new(1);
    struct sg_interval few[2];
    assert_ok(context, sg_bootstrap(context, SG_LEAST_BOOTSTRAP_AREAS - 1, 7, figures, &spread, 2, few));
    assert_missing(few[0].low);
    assert_missing(few[1].high);
    sg_context_free(context);
    sg_spread_release(&spread);
}

static void test_polarization_and_aversion(void **state) {
    (void)state;
    /* pysal/inequality, tests: EXPECTED_VALUES.txt section 5 */
    const double incomes[] = {20000, 25000, 27000, 30000, 35000, 45000, 60000, 75000, 80000, 120000};
    struct sg_spread spread = spread_of(incomes, ONES, NULL, 10);
    assert_near(sg_wolfson(&spread, NULL), 0.2013, 5e-5, "");
    sg_spread_release(&spread);
    const double tens[] = {10, 20, 30, 40, 50};
    spread = spread_of(tens, ONES, NULL, 5);
    assert_near(sg_atkinson(&spread, 0.5, NULL), 0.06315, 5e-6, "");
    assert_near(30 * (1 - sg_atkinson(&spread, 0.5, NULL)), 28.105398233, 5e-10, "");
    assert_near(sg_atkinson(&spread, 1, NULL), 0.1316096, 5e-8, "");
    assert_near(30 * (1 - sg_atkinson(&spread, 1, NULL)), 26.0517108, 5e-8, "");
    assert_near(sg_atkinson(&spread, 0, NULL), 0, 1e-15, "");
    sg_spread_release(&spread);
    const double ladder[] = {1, 2, 3, 4, 5}, ordinates[] = {0, 0.06666667, 0.2, 0.4, 0.66666667, 1};
    spread = spread_of(ladder, ONES, NULL, 5);
    for (int i = 0; i <= 5; i++)
        assert_near(sg_lorenz(&spread, i / 5.0, NULL), ordinates[i], 5e-9, "");
    sg_spread_release(&spread);
    /* all of it between the two halves: ln 2 */
    const double halves[] = {0, 0, 0, 10, 10, 10};
    const uint32_t sides[] = {0, 0, 0, 1, 1, 1};
    struct sg_theil_parts parts;
    spread = spread_of(halves, ONES, NULL, 6);
    assert_true(sg_theil_divide(&spread, sides, 2, &parts));
    assert_near(parts.total, 0.6931471805599453, 1e-15, "");
    assert_near(parts.between, 0.6931471805599453, 1e-15, "");
    assert_near(parts.within, 0, 1e-15, "");
    sg_spread_release(&spread);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),           cmocka_unit_test(test_by_status),
        cmocka_unit_test(test_nothing_to_divide), cmocka_unit_test(test_laws),
        cmocka_unit_test(test_bootstrap),         cmocka_unit_test(test_polarization_and_aversion),
    };
    return cmocka_run_group_tests_name("inequality", tests, NULL, NULL);
}
