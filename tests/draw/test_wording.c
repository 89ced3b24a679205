/* The words of a legend's classes: every range true of what was counted, no two alike, ends rounded outward
   as finely as the limits. Expectations worked out by hand. */
#include <math.h>

#include "draw/number_form.h"
#include "draw/wording.h"
#include "support/test.h"

static struct sg_classification classify(const double *values, size_t count, enum sg_break_method method,
                                         size_t class_count, const double *breaks, size_t break_count) {
    struct sg_context *context = test_context_new(1);
    struct sg_break_request request = {method, class_count, breaks, break_count, false};
    struct sg_classification classes;
    assert_ok(context, sg_classify(context, values, count, &request, &classes));
    sg_context_free(context);
    return classes;
}

static void assert_ranges(const struct sg_classification *classes, bool is_whole, enum sg_language language,
                          const char *expected) {
    struct sg_text text;
    sg_text_init(&text);
    for (size_t c = 0; c < classes->class_count; c++) {
        sg_text_append(&text, c == 0 ? "" : " | ");
        sg_append_class_range(&text, classes, c, is_whole, "", language);
    }
    assert_string_equal(sg_text_bytes(&text), expected);
    sg_text_release(&text);
}

static void test_very_small(void **state) {
    (void)state;
    const double values[] = {1e-9, 1.5e-9, 3e-9, 3.4e-9, 8e-9, 1e-8};
    struct sg_classification classes = classify(values, 6, SG_BREAKS_QUANTILE, 3, NULL, 0);
    assert_ranges(&classes, false, SG_ENGLISH,
                  "1 to under 2\u00a0×10⁻⁹ | 2 to under 6\u00a0×10⁻⁹ | 6 – 10\u00a0×10⁻⁹");
    const double thousandths[] = {0.001, 0.002, 0.004, 0.005};
    classes = classify(thousandths, 4, SG_BREAKS_QUANTILE, 2, NULL, 0);
    assert_ranges(&classes, false, SG_ENGLISH, "0.001 to under 0.003 | 0.003 – 0.005");
}

/* Counted in the power of the smallest limit, one power for all of them. */
static void test_very_large(void **state) {
    (void)state;
    const double values[] = {1e12, 2e12, 3e12, 4e12, 9e15}, billions[] = {1.25e10, 2e10, 3e10, 4e10};
    struct sg_classification classes = classify(values, 5, SG_BREAKS_QUANTILE, 2, NULL, 0);
    assert_ranges(&classes, true, SG_ENGLISH, "1 to under 3.5\u00a0trillion | 3.5 – 9,000\u00a0trillion");
    classes = classify(billions, 4, SG_BREAKS_QUANTILE, 2, NULL, 0);
    assert_ranges(&classes, true, SG_ENGLISH, "12 to under 25\u00a0billion | 25 – 40\u00a0billion");
    assert_ranges(&classes, true, SG_FRENCH, "12 à moins de 25\u00a0milliards | 25 – 40\u00a0milliards");
}

static void test_close_together(void **state) {
    (void)state;
    const double values[] = {1e6, 1000000.004, 1000000.008, 1000000.0123};
    struct sg_classification classes = classify(values, 4, SG_BREAKS_QUANTILE, 2, NULL, 0);
    assert_ranges(&classes, false, SG_ENGLISH,
                  "1,000,000 to under 1,000,000.006 | 1,000,000.006 – 1,000,000.013");
}

/* Too far apart for one power: each number has its own. */
static void test_far_apart(void **state) {
    (void)state;
    const double values[] = {1e-9, 1.4e-9, 3e-9, 1e-3, 2, 3};
    struct sg_classification classes = classify(values, 6, SG_BREAKS_QUANTILE, 3, NULL, 0);
    assert_ranges(&classes, false, SG_ENGLISH, "1×10⁻⁹ to under 2×10⁻⁹ | 2×10⁻⁹ to under 1 | 1 – 3");
}

/* Limits between two whole numbers: the class between them holds none, and says its own range. */
static void test_empty_between_whole_numbers(void **state) {
    (void)state;
    const double values[] = {0, 1, 0, 1}, quarters[] = {0.25, 0.5, 0.75}, halves[] = {10.5, 20.5};
    struct sg_classification classes = classify(values, 4, SG_BREAKS_CUSTOM, 0, quarters, 3);
    assert_ranges(&classes, true, SG_ENGLISH,
                  "0 to under 0.25 | 0.25 to under 0.5 | 0.5 to under 0.75 | 0.75 – 1");
    const double people[] = {3, 10, 11, 30};
    classes = classify(people, 4, SG_BREAKS_CUSTOM, 0, halves, 2);
    assert_ranges(&classes, true, SG_ENGLISH, "3 – 10 | 11 – 20 | 21 – 30");
    const double beyond[] = {200, 300};
    classes = classify(people, 4, SG_BREAKS_CUSTOM, 0, beyond, 2);
    assert_ranges(&classes, true, SG_ENGLISH, "3 – 199 | 200 – 299 | 300 and over");
}

/* 412.0198 rounds up in the thousandths of the limit, not to 413. */
static void test_ends_are_as_fine_as_limits(void **state) {
    (void)state;
    const double values[] = {400.1234, 412.0148, 412.0152, 412.0198};
    struct sg_classification classes = classify(values, 4, SG_BREAKS_QUANTILE, 2, NULL, 0);
    assert_ranges(&classes, false, SG_ENGLISH, "400.123 to under 412.015 | 412.015 – 412.02");
    const double whole_limit[] = {-2.25, 43, 45, 56.5};
    classes = classify(whole_limit, 4, SG_BREAKS_QUANTILE, 2, NULL, 0);
    assert_ranges(&classes, false, SG_ENGLISH, "−3 to under 44 | 44 – 57");
}

/* The zeros have a class of their own. The one above them begins anywhere below its least value: at a number
   as fine as the other limits where there is one, else over 0; and its fineness is not theirs. */
static void test_over_zeros(void **state) {
    (void)state;
    struct sg_classification classes = {.method = SG_BREAKS_QUANTILE,
                                        .class_count = 3,
                                        .lowest = {0, 0.004, 4.7},
                                        .highest = {0, 4.2, 33.9937},
                                        .label_breaks = {0.003, 4.5}};
    assert_ranges(&classes, false, SG_ENGLISH, "0 | over 0 to under 4.5 | 4.5 – 34");
    assert_ranges(&classes, false, SG_FRENCH, "0 | plus de 0 à moins de 4,5 | 4,5 – 34");
    classes.lowest[1] = 1.3;
    classes.label_breaks[0] = 1;
    assert_ranges(&classes, false, SG_ENGLISH, "0 | 1 to under 4.5 | 4.5 – 34");
    struct sg_classification two = {.method = SG_BREAKS_QUANTILE,
                                    .class_count = 2,
                                    .lowest = {0, 0.25},
                                    .highest = {0, 0.75},
                                    .label_breaks = {0.2}};
    assert_ranges(&two, false, SG_ENGLISH, "0 | 0.2 – 0.8");
}

/* 0, 40, 60, 100 and so on: mean 50, deviation under 50, and nothing at 100 and more. */
static void test_no_class_beyond_the_data(void **state) {
    (void)state;
    const double values[] = {0, 20, 40, 60, 80, 100};
    for (size_t n = 2; n <= 9; n++) {
        struct sg_classification classes = classify(values, 6, SG_BREAKS_STDDEV, n, NULL, 0);
        assert_true(classes.counts[0] > 0);
        assert_true(classes.counts[classes.class_count - 1] > 0);
    }
}

static void assert_axis(double low, double high, double step, double value, const char *expected) {
    struct sg_number_form form = sg_number_form_of_axis(low, high, step);
    struct sg_text text;
    sg_text_init(&text);
    sg_append_formed(&text, value, &form, SG_ENGLISH);
    sg_append_power(&text, &form, SG_ENGLISH);
    assert_string_equal(sg_text_bytes(&text), expected);
    sg_text_release(&text);
}

static void test_axis(void **state) {
    (void)state;
    assert_axis(0, 1e-5, 2.5e-6, 2.5e-6, "2.5\u00a0×10⁻⁶");
    assert_axis(0, 1e13, 2.5e12, 1e13, "10.0\u00a0trillion");
    assert_axis(0, 100, 25, 75, "75");
    assert_axis(1e6, 1e6 + 0.02, 0.005, 1e6 + 0.005, "1,000,000.005");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_very_small),
        cmocka_unit_test(test_very_large),
        cmocka_unit_test(test_close_together),
        cmocka_unit_test(test_far_apart),
        cmocka_unit_test(test_empty_between_whole_numbers),
        cmocka_unit_test(test_ends_are_as_fine_as_limits),
        cmocka_unit_test(test_over_zeros),
        cmocka_unit_test(test_no_class_beyond_the_data),
        cmocka_unit_test(test_axis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
