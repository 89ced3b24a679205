/* The need index by hand, and its laws. */
#include "judge/need_index.h"

#include "support/test.h"

static struct sg_need_index make(const struct sg_indicator *indicators, size_t count, size_t areas,
                                 const bool *left_out, enum sg_need_method method) {
    struct sg_need_index index;
    assert_true(sg_need_index_make(indicators, count, areas, left_out, method, &index));
    return index;
}

/* Poverty 10, 20, 30 (mean 20, standard deviation sqrt(200/3)); income 50, 40, 30, the other way round: the
   scores are -a, 0, a for both, a = 10 / sqrt(200/3). */
static void test_zscore(void **state) {
    (void)state;
    const double poverty[] = {10, 20, 30}, income[] = {50, 40, 30}, odd[] = {30, 20, 10};
    const double a = 10 / sqrt(200 / 3.0);
    struct sg_indicator both[] = {{poverty, false, 2}, {income, true, 1}};
    struct sg_need_index index = make(both, 2, 3, NULL, SG_NEED_ZSCORE);
    for (int i = 0; i < 3; i++)
        assert_near(index.index[i], (i - 1) * a, 1e-12, "");
    sg_need_index_release(&index);
    /* weights 2 and 1 against each other: a third is left */
    struct sg_indicator against[] = {{poverty, false, 2}, {odd, false, 1}};
    index = make(against, 2, 3, NULL, SG_NEED_ZSCORE);
    assert_near(index.index[2], a / 3, 1e-12, "");
    sg_need_index_release(&index);
}

/* Ranks of 5, 1, 3, 3, 9: 3/4, 0, 1/4, 1/4, 1. With an indicator that ranks 0, 1, 1/2, 3/4, 1/4 the sums are
   .75, 1, .75, 1, 1.25: ranked again 0, .5, 0, .5, 1. */
static void test_percentile(void **state) {
    (void)state;
    const double one[] = {5, 1, 3, 3, 9}, two[] = {1, 9, 4, 7, 2}, ranks[] = {0.75, 0, 0.25, 0.25, 1};
    double found[5];
    assert_true(sg_percentile_ranks(one, 5, found));
    for (int i = 0; i < 5; i++)
        assert_near(found[i], ranks[i], 1e-15, "");
    struct sg_indicator both[] = {{one, false, 1}, {two, false, 1}};
    struct sg_need_index index = make(both, 2, 5, NULL, SG_NEED_PERCENTILE);
    const double expected[] = {0, 0.5, 0, 0.5, 1};
    const size_t high[] = {0, 1, 0, 0, 1}; /* a rank of 0.9 or more */
    for (int i = 0; i < 5; i++) {
        assert_near(index.index[i], expected[i], 1e-15, "");
        assert_int_equal(index.high[i], high[i]);
    }
    sg_need_index_release(&index);
    /* turned round, ranks are those of the largest first; ties at the lowest again */
    struct sg_indicator low[] = {{one, true, 1}};
    index = make(low, 1, 5, NULL, SG_NEED_PERCENTILE);
    const double turned[] = {0.25, 1, 0.5, 0.5, 0};
    for (int i = 0; i < 5; i++)
        assert_near(index.index[i], turned[i], 1e-15, "");
    sg_need_index_release(&index);
}

static void test_missing(void **state) {
    (void)state;
    const double one[] = {1, 2, 3, NAN, NAN, 100}, two[] = {1, NAN, 3, 2, NAN, 100},
                 even[] = {7, 7, 7, 7, NAN, 7};
    const bool left_out[] = {false, false, false, false, false, true};
    struct sg_indicator indicators[] = {{one, false, 1}, {two, false, 1}, {even, false, 5}};
    struct sg_need_index index = make(indicators, 2, 6, left_out, SG_NEED_ZSCORE);
    const double a = 1 / sqrt(2 / 3.0);
    assert_near(index.index[0], -a, 1e-12, "");
    assert_near(index.index[1], 0, 1e-12, ""); /* its one indicator stands for both */
    assert_near(index.index[2], a, 1e-12, "");
    assert_near(index.index[3], 0, 1e-12, "");
    assert_missing(index.index[4]);
    assert_missing(index.index[5]); /* nobody lives there; its 100s change nothing */
    const size_t missing[] = {0, 1, 0, 1, 2, 2};
    for (int i = 0; i < 6; i++)
        assert_int_equal(index.missing[i], missing[i]);
    assert_int_equal(index.partial_count, 2);
    sg_need_index_release(&index);
    index = make(indicators, 3, 6, left_out, SG_NEED_ZSCORE);
    assert_true(index.is_even[2] && !index.is_even[0]);
    assert_near(index.index[2], a * 2 / 7, 1e-12, ""); /* the even one scores 0 and keeps its weight */
    sg_need_index_release(&index);
    index = make(indicators + 2, 1, 6, left_out, SG_NEED_PERCENTILE);
    assert_near(index.index[0], 0, 0, "");
    assert_int_equal(index.high[0], 0);
    sg_need_index_release(&index);
    index = make(indicators, 2, 1, NULL, SG_NEED_PERCENTILE);
    assert_near(index.index[0], 0, 0, ""); /* one area */
    sg_need_index_release(&index);
}

/* Neither method cares for the unit of an indicator; turning all of them turns the z-score index. */
static void test_laws(void **state) {
    (void)state;
    enum { AREAS = 50 };
    struct test_random random = test_random_new(17);
    double one[AREAS], two[AREAS], scaled[AREAS];
    for (int a = 0; a < AREAS; a++) {
        one[a] = test_random_between(&random, -5, 20);
        two[a] = test_random_between(&random, 0, 1);
        scaled[a] = 1000 * two[a] + 3;
    }
    struct sg_indicator plain[] = {{one, false, 2}, {two, true, 1}};
    struct sg_indicator other[] = {{one, false, 2}, {scaled, true, 1}};
    struct sg_indicator turned[] = {{one, true, 2}, {two, false, 1}};
    for (int m = 0; m < 2; m++) {
        enum sg_need_method method = (enum sg_need_method)m;
        struct sg_need_index a = make(plain, 2, AREAS, NULL, method), b = make(other, 2, AREAS, NULL, method);
        struct sg_need_index c = make(turned, 2, AREAS, NULL, method);
        for (int i = 0; i < AREAS; i++) {
            assert_near(a.index[i], b.index[i], 1e-9, "");
            if (m == 0)
                assert_near(c.index[i], -a.index[i], 1e-9, "");
            for (int j = 0; j < AREAS; j++) /* ties stand at the lowest rank both ways round */
                assert_true(!(a.index[i] < a.index[j]) || c.index[i] >= c.index[j]);
        }
        sg_need_index_release(&a);
        sg_need_index_release(&b);
        sg_need_index_release(&c);
    }
    enum sg_need_method method;
    assert_true(sg_need_method_from_name("percentile", &method) && method == SG_NEED_PERCENTILE);
    assert_false(sg_need_method_from_name("rank", &method));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_zscore), cmocka_unit_test(test_percentile),
                                       cmocka_unit_test(test_missing), cmocka_unit_test(test_laws)};
    return cmocka_run_group_tests_name("need_index", tests, NULL, NULL);
}
