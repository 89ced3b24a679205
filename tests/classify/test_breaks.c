/* The break methods against numbers published by pysal/mapclassify (tests/test_mapclassify.py at e8d0550, on
   the densities of 58 Californian counties), and against laws that hold for any values.

   Convention. Published bounds are upper bounds that belong to the class below; ours lie midway between the
   values on both sides (custom breaks belong to the class above). The classes' members are the same, and
   so are the counts; where a test needs a published bound it looks whether ours lies in the same gap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "classify/breaks.h"
#include "core/alloc.h"
#include "core/text.h"

#ifndef SG_SHARED_GEODATA
#define SG_SHARED_GEODATA "../shared/geodata"
#endif

enum { COUNTY_COUNT = 58 };

/* The last column of calempdensity.csv; false (and said) where the file is not at hand. */
static bool read_counties(double values[COUNTY_COUNT]) {
    const char *folder = getenv("SERVICEGAP_GEODATA");
    char *path = sg_format("%s/reference/calempdensity.csv", folder != NULL ? folder : SG_SHARED_GEODATA);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        print_message("skipped: %s is not there (set SERVICEGAP_GEODATA)\n", path);
        sg_free(path);
        return false;
    }
    sg_free(path);
    char line[512];
    int count = 0;
    bool is_heading = true;
    while (fgets(line, sizeof line, file) != NULL) {
        const char *comma = strrchr(line, ',');
        char *end;
        double value = comma == NULL ? 0 : strtod(comma + 1, &end);
        if (!is_heading && comma != NULL && end > comma + 1 && count < COUNTY_COUNT)
            values[count++] = value;
        is_heading = false;
    }
    fclose(file);
    assert_int_equal(count, COUNTY_COUNT);
    return true;
}

static struct sg_classification classify(const double *values, size_t count, enum sg_break_method method,
                                         size_t class_count) {
    struct sg_context *context = sg_context_new();
    struct sg_break_request request = {.method = method, .class_count = class_count};
    struct sg_classification classes;
    assert_int_equal(sg_classify(context, values, count, &request, &classes), SG_OK);
    sg_context_free(context);
    return classes;
}

static void assert_counts(const struct sg_classification *classes, size_t count, const size_t *expected) {
    assert_int_equal(classes->class_count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(classes->counts[i], expected[i]);
}

/* A published upper bound separates the same values as our break. */
static void assert_same_gap(const struct sg_classification *classes, size_t i, double bound) {
    if (classes->counts[i] > 0)
        assert_true(classes->highest[i] <= bound + 1e-9);
    if (classes->counts[i + 1] > 0)
        assert_true(classes->lowest[i + 1] > bound);
}

#define ASSERT_COUNTS(classes, ...)                                                                          \
    do {                                                                                                     \
        const size_t expected_counts[] = {__VA_ARGS__};                                                      \
        assert_counts(&(classes), sizeof expected_counts / sizeof expected_counts[0], expected_counts);      \
    } while (0)

#define ASSERT_BOUNDS(classes, ...)                                                                          \
    do {                                                                                                     \
        const double bounds[] = {__VA_ARGS__};                                                               \
        for (size_t b = 0; b < sizeof bounds / sizeof bounds[0]; b++)                                        \
            assert_same_gap(&(classes), b, bounds[b]);                                                       \
    } while (0)

static void test_jenks_california(void **state) {
    (void)state;
    double values[COUNTY_COUNT];
    if (!read_counties(values))
        skip();
    struct sg_classification five = classify(values, COUNTY_COUNT, SG_BREAKS_JENKS, 5);
    ASSERT_COUNTS(five, 49, 3, 4, 1, 1);
    ASSERT_BOUNDS(five, 75.29, 192.05, 370.5, 722.85);
    assert_true(five.highest[0] == 75.29 && five.highest[1] == 192.05 && five.highest[2] == 370.5);
    /* Class index of values that are not in the data. Values between a class's largest and the next one's
       smallest are left out (101, 202, 390, 505, 800): there the published bound and our break differ. */
    const double probes[] = {0, 1, 3, 5, 50, 70, 5000, 5001};
    const int expected[] = {0, 0, 0, 0, 0, 0, 4, 4};
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++)
        assert_int_equal(sg_class_of(&five, probes[i]), expected[i]);
}

static void test_jenks_nine_california(void **state) {
    (void)state;
    double values[COUNTY_COUNT];
    if (!read_counties(values))
        skip();
    struct sg_classification nine = classify(values, COUNTY_COUNT, SG_BREAKS_JENKS, 9);
    const double probes[] = {0, 1, 3, 5, 50, 5000};
    const int expected[] = {0, 0, 0, 0, 2, 8};
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++)
        assert_int_equal(sg_class_of(&nine, probes[i]), expected[i]);
}

static void test_other_methods_california(void **state) {
    (void)state;
    double values[COUNTY_COUNT];
    if (!read_counties(values))
        skip();
    struct sg_classification quantile = classify(values, COUNTY_COUNT, SG_BREAKS_QUANTILE, 5);
    ASSERT_COUNTS(quantile, 12, 11, 12, 11, 12);
    ASSERT_BOUNDS(quantile, 1.464, 5.798, 13.278, 54.616);
    struct sg_classification equal = classify(values, COUNTY_COUNT, SG_BREAKS_EQUAL, 5);
    ASSERT_COUNTS(equal, 57, 0, 0, 0, 1);
    assert_float_equal(equal.breaks[0], 822.394,
                       1e-3); /* empty classes beside it: it stays where it was cut */
    assert_float_equal(equal.breaks[3], 3289.186, 1e-3);
    struct sg_classification maximum = classify(values, COUNTY_COUNT, SG_BREAKS_MAXIMUM, 5);
    ASSERT_COUNTS(maximum, 50, 2, 4, 1, 1);
    const double published[] = {146.005, 228.49, 546.675, 2417.15};
    for (int i = 0; i < 4; i++)
        assert_float_equal(maximum.breaks[i], published[i], 1e-9);
    struct sg_classification box = classify(values, COUNTY_COUNT, SG_BREAKS_BOXPLOT, 6);
    assert_int_equal(box.class_count, 6);
    assert_int_equal(box.counts[0], 0); /* nothing is unusually low */
    assert_float_equal(box.breaks[0], -52.87625, 1e-9);
    ASSERT_BOUNDS(box, -52.87625, 2.5675, 9.365, 39.53, 94.97375);
    struct sg_classification stddev = classify(values, COUNTY_COUNT, SG_BREAKS_STDDEV, 5);
    /* 0, 0, 56, 1, 1 with limits at -967.36 and -420.72 too: nothing lies there */
    ASSERT_COUNTS(stddev, 56, 1, 1);
    ASSERT_BOUNDS(stddev, 672.57333208, 1219.21856072);
    struct sg_classification pretty = classify(values, COUNTY_COUNT, SG_BREAKS_PRETTY, 5);
    ASSERT_COUNTS(pretty, 57, 0, 0, 0, 1);
    for (int i = 0; i < 4; i++)
        assert_float_equal(pretty.label_breaks[i], 1000 * (i + 1), 1e-9);
}

static void test_custom_california(void **state) {
    (void)state;
    double values[COUNTY_COUNT];
    if (!read_counties(values))
        skip();
    struct sg_context *context = sg_context_new();
    const double breaks[] = {20, 30};
    struct sg_break_request request = {
        .method = SG_BREAKS_CUSTOM, .custom_breaks = breaks, .custom_break_count = 1};
    struct sg_classification classes;
    assert_int_equal(sg_classify(context, values, COUNTY_COUNT, &request, &classes), SG_OK);
    ASSERT_COUNTS(classes, 37, 21);
    request.custom_break_count = 2;
    assert_int_equal(sg_classify(context, values, COUNTY_COUNT, &request, &classes), SG_OK);
    ASSERT_COUNTS(classes, 37, 4, 17);
    sg_context_free(context);
}

static void test_custom_empty_and_on_break(void **state) {
    (void)state;
    struct sg_context *context = sg_context_new();
    const double breaks[] = {10, 20, 30, 40}, same[] = {12, 12, 12}, on[] = {10, 20, 40};
    struct sg_break_request request = {
        .method = SG_BREAKS_CUSTOM, .custom_breaks = breaks, .custom_break_count = 4};
    struct sg_classification classes;
    assert_int_equal(sg_classify(context, same, 3, &request, &classes), SG_OK);
    ASSERT_COUNTS(classes, 0, 3, 0, 0, 0); /* published without the last, which ends at the largest value */
    assert_int_equal(sg_classify(context, on, 3, &request, &classes), SG_OK);
    ASSERT_COUNTS(classes, 0, 1, 1, 0, 1);
    const double disordered[] = {10, 10};
    request.custom_breaks = disordered;
    request.custom_break_count = 2;
    assert_int_equal(sg_classify(context, same, 3, &request, &classes), SG_USAGE);
    sg_context_free(context);
}

static void test_headtail_published(void **state) {
    (void)state;
    double values[1000];
    for (int i = 1; i <= 999; i++)
        values[i - 1] = 1.0 / ((double)i * i);
    struct sg_classification classes = classify(values, 999, SG_BREAKS_HEADTAIL, 5);
    ASSERT_COUNTS(classes, 975, 21, 2, 1);
    values[999] = 1; /* Published 980 17 1 2: it goes on until one value is left. The last head (2 of 3) is no
                        minority, so Jiang's rule, which is ours, stops before it. */
    classes = classify(values, 1000, SG_BREAKS_HEADTAIL, 5);
    ASSERT_COUNTS(classes, 980, 17, 3);
    const double close[] = {1 + ldexp(1, -52), 1, 1};
    classes = classify(close, 3, SG_BREAKS_HEADTAIL, 5);
    ASSERT_COUNTS(classes, 2, 1);
    assert_int_equal(sg_class_of(&classes, close[0]), 1);
}

static void test_quantile_cuts(void **state) {
    (void)state;
    double values[1000];
    for (int i = 0; i < 1000; i++)
        values[i] = i;
    struct sg_classification three = classify(values, 1000, SG_BREAKS_QUANTILE, 3);
    ASSERT_BOUNDS(three, 333, 666);
    struct sg_classification four = classify(values, 1000, SG_BREAKS_QUANTILE, 4);
    ASSERT_COUNTS(four, 250, 250, 250, 250);
    ASSERT_BOUNDS(four, 249.75, 499.5, 749.25);
}

/* Equal values stay together, and the rest is shared out as evenly as that allows. */
static void test_quantile_ties(void **state) {
    (void)state;
    double values[100];
    for (int i = 0; i < 100; i++)
        values[i] = i < 60 ? 0 : i;
    struct sg_classification classes = classify(values, 100, SG_BREAKS_QUANTILE, 5);
    ASSERT_COUNTS(classes, 60, 10, 10, 10, 10);
}

static void test_few_distinct(void **state) {
    (void)state;
    const double constant[] = {1, 1, 1, 1}, three[] = {5, 5, 7, 9, 9, 9};
    for (int method = SG_BREAKS_QUANTILE; method <= SG_BREAKS_MAXIMUM; method++) {
        struct sg_classification one = classify(constant, 4, (enum sg_break_method)method, 5);
        ASSERT_COUNTS(one, 4);
        assert_int_equal(one.reduced_from, 5);
        assert_float_equal(one.goodness, 1, 0);
    }
    struct sg_classification reduced = classify(three, 6, SG_BREAKS_JENKS, 5);
    ASSERT_COUNTS(reduced, 2, 1, 3);
    assert_int_equal(reduced.reduced_from, 5);
    struct sg_classification none = classify(constant, 0, SG_BREAKS_JENKS, 5);
    assert_int_equal(none.class_count, 0);
    assert_int_equal(sg_class_of(&none, 3), SG_CLASS_MISSING);
}

static void test_zero_class(void **state) {
    (void)state;
    struct sg_context *context = sg_context_new();
    const double values[] = {0, 0, 1, 2, NAN, 3, 4}, negative[] = {-2, -1, 0, 1, 2};
    struct sg_break_request request = {.method = SG_BREAKS_QUANTILE, .class_count = 2, .zero_class = true};
    struct sg_classification classes;
    assert_int_equal(sg_classify(context, values, 7, &request, &classes), SG_OK);
    ASSERT_COUNTS(classes, 2, 2);
    assert_int_equal(classes.zero_count, 2);
    assert_int_equal(classes.missing_count, 1);
    assert_int_equal(sg_class_of(&classes, 0), SG_CLASS_ZERO);
    assert_int_equal(sg_class_of(&classes, NAN), SG_CLASS_MISSING);
    assert_int_equal(sg_classify(context, negative, 5, &request, &classes), SG_OK);
    assert_false(classes.has_zero_class); /* among negative values zero is a number like any other */
    const double infinite[] = {1, INFINITY};
    assert_int_equal(sg_classify(context, infinite, 2, &request, &classes), SG_BAD_INPUT);
    sg_context_free(context);
}

/* Quartiles that are equal: 1 2 3 3 3 3 3 8 9 has Q1 = median = Q3 = 3, so that all five fences are 3. */
static void test_boxplot_of_equal_quartiles(void **state) {
    (void)state;
    const double flat[] = {1, 2, 3, 3, 3, 3, 3, 8, 9};
    struct sg_classification classes = classify(flat, 9, SG_BREAKS_BOXPLOT, 6);
    assert_int_equal(classes.class_count, 2);
    assert_int_equal(classes.counts[0], 7);
    assert_int_equal(classes.counts[1], 2);
    /* 1 3 3 3 3 5 6 7 9: Q1 3, median 3, Q3 6, fences -1.5 and 10.5: four breaks, not five */
    const double half[] = {1, 3, 3, 3, 3, 5, 6, 7, 9};
    classes = classify(half, 9, SG_BREAKS_BOXPLOT, 6);
    assert_int_equal(classes.class_count, 5);
    for (size_t i = 1; i + 1 < classes.class_count; i++)
        assert_true(classes.breaks[i] > classes.breaks[i - 1]);
}

static void test_labels_are_short(void **state) {
    (void)state;
    const double values[] = {0.11, 0.38172, 0.412, 1.19447, 1.25, 7};
    struct sg_classification classes = classify(values, 6, SG_BREAKS_QUANTILE, 3);
    assert_float_equal(classes.label_breaks[0], 0.4, 1e-12);
    assert_float_equal(classes.label_breaks[1], 1.2, 1e-12);
    assert_float_equal(classes.breaks[0], (0.38172 + 0.412) / 2, 1e-12);
}

/* Laws for any values: every one is in exactly one class, the counts add up, breaks ascend, and rounding the
   breaks for the legend moves no value. */
static void check_laws(const double *values, size_t count, enum sg_break_method method, size_t class_count,
                       bool zero_class) {
    struct sg_context *context = sg_context_new();
    struct sg_break_request request = {
        .method = method, .class_count = class_count, .zero_class = zero_class};
    struct sg_classification classes, rounded;
    assert_int_equal(sg_classify(context, values, count, &request, &classes), SG_OK);
    rounded = classes;
    memcpy(rounded.breaks, rounded.label_breaks, sizeof rounded.breaks);
    size_t counts[SG_MOST_CLASSES] = {0}, zeros = 0, missing = 0;
    for (size_t i = 0; i < count; i++) {
        int class = sg_class_of(&classes, values[i]);
        assert_int_equal(sg_class_of(&rounded, values[i]), class);
        if (class == SG_CLASS_MISSING)
            missing++;
        else if (class == SG_CLASS_ZERO)
            zeros++;
        else
            counts[class]++;
    }
    size_t total = zeros + missing;
    for (size_t i = 0; i < classes.class_count; i++) {
        assert_int_equal(counts[i], classes.counts[i]);
        total += counts[i];
        if (i + 1 < classes.class_count && i > 0 && !(classes.breaks[i] > classes.breaks[i - 1]))
            fail_msg("%s, %zu classes of %zu values, zero class %d: break %zu is %.17g after %.17g",
                     sg_break_method_name(method), class_count, count, zero_class, i, classes.breaks[i],
                     classes.breaks[i - 1]);
        bool may_be_empty = method == SG_BREAKS_EQUAL || method == SG_BREAKS_PRETTY
                            || method == SG_BREAKS_STDDEV || method == SG_BREAKS_BOXPLOT;
        assert_true(counts[i] > 0 || may_be_empty);
    }
    assert_int_equal(total, count);
    assert_int_equal(missing, classes.missing_count);
    assert_int_equal(zeros, classes.zero_count);
    assert_true(classes.goodness >= 0 && classes.goodness <= 1);
    sg_context_free(context);
}

static unsigned long long next_random(unsigned long long *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void test_laws(void **state) {
    (void)state;
    enum { ROUNDS = 400, MOST = 300 };
    const char *given = getenv("SG_TEST_SEED");
    unsigned long long seed = given != NULL ? strtoull(given, NULL, 10) : (unsigned long long)time(NULL) | 1;
    print_message("seed %llu (SG_TEST_SEED repeats it)\n", seed);
    double values[MOST];
    for (int round = 0; round < ROUNDS; round++) {
        size_t count = next_random(&seed) % MOST;
        unsigned long long kind = next_random(&seed) % 5;
        for (size_t i = 0; i < count; i++) {
            double u = (double)(next_random(&seed) % 1000001) / 1000000;
            values[i] = kind == 0   ? u
                        : kind == 1 ? floor(u * 6)
                        : kind == 2 ? exp(20 * u)
                        : kind == 3 ? (u - 0.5) * 1e-7
                                    : floor(u * 1000) / 10 - 30;
            if (next_random(&seed) % 20 == 0)
                values[i] = NAN;
        }
        for (int method = SG_BREAKS_QUANTILE; method <= SG_BREAKS_MAXIMUM; method++)
            check_laws(values, count, (enum sg_break_method)method, 1 + next_random(&seed) % SG_MOST_CLASSES,
                       next_random(&seed) % 2 == 0);
    }
}

/* The partition is the best one: no other cut of a small set has less spread. */
static void test_jenks_is_optimal(void **state) {
    (void)state;
    unsigned long long seed = 20240229;
    for (int round = 0; round < 200; round++) {
        double values[9];
        for (int i = 0; i < 9; i++)
            values[i] = (double)(next_random(&seed) % 100);
        struct sg_classification best = classify(values, 9, SG_BREAKS_JENKS, 3);
        for (int a = 0; a < 100; a++) {
            for (int b = a + 1; b < 100; b++) {
                struct sg_context *context = sg_context_new();
                const double breaks[] = {a + 0.5, b + 0.5};
                struct sg_break_request request = {
                    .method = SG_BREAKS_CUSTOM, .custom_breaks = breaks, .custom_break_count = 2};
                struct sg_classification other;
                assert_int_equal(sg_classify(context, values, 9, &request, &other), SG_OK);
                assert_true(other.goodness <= best.goodness + 1e-12);
                sg_context_free(context);
            }
        }
    }
}

static void test_names(void **state) {
    (void)state;
    enum sg_break_method method;
    for (int i = SG_BREAKS_QUANTILE; i <= SG_BREAKS_CUSTOM; i++) {
        assert_true(sg_break_method_from_name(sg_break_method_name((enum sg_break_method)i), &method));
        assert_int_equal(method, i);
        assert_true(strlen(sg_break_method_summary(method)) > 10);
    }
    assert_false(sg_break_method_from_name("natural", &method));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jenks_california),
        cmocka_unit_test(test_jenks_nine_california),
        cmocka_unit_test(test_other_methods_california),
        cmocka_unit_test(test_custom_california),
        cmocka_unit_test(test_custom_empty_and_on_break),
        cmocka_unit_test(test_headtail_published),
        cmocka_unit_test(test_quantile_cuts),
        cmocka_unit_test(test_quantile_ties),
        cmocka_unit_test(test_few_distinct),
        cmocka_unit_test(test_zero_class),
        cmocka_unit_test(test_boxplot_of_equal_quartiles),
        cmocka_unit_test(test_labels_are_short),
        cmocka_unit_test(test_laws),
        cmocka_unit_test(test_jenks_is_optimal),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
