/* Weighted values: the sort against another one, quantiles by hand. */
#include "core/weighted.h"

#include <math.h>
#include <stdlib.h>

#include "core/random.h"
#include "support/test.h"

static int compare(const void *a, const void *b) {
    const struct sg_weighted *one = a, *two = b;
    if (one->value != two->value)
        return one->value < two->value ? -1 : 1;
    return one->weight < two->weight ? -1
                                     : one->weight > two->weight; /* weights here are places in the row */
}

/* Rows short and long, of values of every size and sign, many of them equal: as qsort() by value, then place.
 */
static void test_sort(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 2, 47, 48, 49, 1000, 70000};
    struct sg_random numbers = sg_random_of(7, 0);
    for (size_t c = 0; c < TEST_COUNT(counts); c++) {
        for (int kind = 0; kind < 5; kind++) {
            size_t count = counts[c];
            struct sg_weighted *pairs = calloc(count + 1, sizeof *pairs),
                               *scratch = calloc(count + 1, sizeof *pairs);
            struct sg_weighted *expected = calloc(count + 1, sizeof *pairs);
            assert_true(pairs != NULL && scratch != NULL && expected != NULL);
            for (size_t i = 0; i < count; i++) {
                uint64_t random = sg_random_next(&numbers);
                double value = (double)(random >> 11) * 0x1p-53;
                if (kind == 1)
                    value = (double)(random % 10) - 5; /* many alike, some negative */
                else if (kind == 2)
                    value = random % 3 == 0 ? INFINITY : random % 3 == 1 ? 0.0 : -0.0;
                else if (kind == 3)
                    value = ldexp(value - 0.5, (int)(random % 1500) - 1060); /* the tiniest are denormal */
                else if (kind == 4)
                    value = 3;
                pairs[i] = expected[i] = (struct sg_weighted){value, (double)i};
            }
            qsort(expected, count, sizeof *expected, compare);
            sg_weighted_sort(pairs, count, scratch);
            for (size_t i = 0; i < count; i++)
                assert_true(pairs[i].value == expected[i].value && pairs[i].weight == expected[i].weight);
            free(pairs);
            free(scratch);
            free(expected);
        }
    }
}

static void test_quantile(void **state) {
    (void)state;
    const struct sg_weighted pairs[] = {{10, 1}, {20, 3}, {30, 0}, {40, 6}};
    assert_near(sg_weighted_quantile(pairs, 4, 10, 0.1), 10, 0, "");
    assert_near(sg_weighted_quantile(pairs, 4, 10, 0.11), 20, 0, "");
    assert_near(sg_weighted_quantile(pairs, 4, 10, 0.4), 20, 0, "");
    assert_near(sg_weighted_quantile(pairs, 4, 10, 0.5), 40, 0, "");
    assert_near(sg_weighted_quantile(pairs, 4, 10, 1), 40, 0, "");
    assert_near(sg_weighted_quantile(pairs, 4, 11, 1), 40, 0, "a part of it is in no pair");
    assert_missing(sg_weighted_quantile(pairs, 0, 0, 0.5));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sort), cmocka_unit_test(test_quantile)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
