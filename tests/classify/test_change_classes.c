/* Classes of change: symmetric, counted against plain comparisons, ties of sign and limit. */
#include "classify/change_classes.h"
#include "draw/change.h"
#include "support/test.h"

static struct sg_classification classify(const double *values, size_t count, size_t class_count,
                                         const double *breaks, size_t break_count) {
    struct sg_context *context = test_context_new(1);
    struct sg_break_request request = {.method = SG_BREAKS_QUANTILE,
                                       .class_count = class_count,
                                       .custom_breaks = breaks,
                                       .custom_break_count = break_count};
    struct sg_classification classes;
    assert_ok(context, sg_classify_change(context, values, count, &request, &classes));
    sg_context_free(context);
    return classes;
}

static void assert_symmetric(const struct sg_classification *classes) {
    size_t breaks = classes->class_count - 1;
    assert_int_equal(classes->class_count % 2, 1);
    for (size_t i = 0; i < breaks; i++) {
        assert_near(classes->breaks[i], -classes->breaks[breaks - 1 - i], 1e-9, "of the value");
        assert_near(classes->label_breaks[i], -classes->label_breaks[breaks - 1 - i], 0, "of the value");
        assert_true(i == 0 || classes->breaks[i] > classes->breaks[i - 1]);
    }
}

static void test_by_method(void **state) {
    (void)state;
    const double values[] = {0, 0, 1, 2, -3, -4, 10, 11, -12, 13, NAN};
    struct sg_classification classes = classify(values, 11, 5, NULL, 0);
    assert_symmetric(&classes);
    assert_int_equal(classes.class_count, 5);
    /* sizes 1 2 3 4 | 10 11 12 13: the half lies between 4 and 10 */
    assert_true(classes.breaks[3] > 4 && classes.breaks[3] < 10);
    const size_t expected[] = {1, 2, 2, 2, 3};
    for (int c = 0; c < 5; c++)
        assert_int_equal(classes.counts[c], expected[c]);
    assert_int_equal(classes.missing_count, 1);
    assert_false(classes.has_zero_class);
    assert_near(classes.lowest[0], -12, 0, "of the value");
    assert_near(classes.highest[4], 13, 0, "of the value");
    assert_near(classes.label_breaks[2], 0, 0, "of the value");
}

/* A change on a limit lies beyond it, up or down. */
static void test_limits(void **state) {
    (void)state;
    const double values[] = {-10, -9.99, -5, -4.99, 0, 4.99, 5, 9.99, 10}, limits[] = {5, 10};
    struct sg_classification classes = classify(values, 9, 5, limits, 2);
    assert_symmetric(&classes);
    const size_t expected[] = {1, 2, 3, 2, 1};
    for (int c = 0; c < 5; c++)
        assert_int_equal(classes.counts[c], expected[c]);
    assert_int_equal(sg_class_of(&classes, -5), 1);
    assert_int_equal(sg_class_of(&classes, 5), 3);
}

static void test_odd_values(void **state) {
    (void)state;
    const double zeros[] = {0, 0, 0}, gains[] = {1, 2, 3, 4}, missing[] = {NAN};
    struct sg_classification classes = classify(zeros, 3, 5, NULL, 0);
    assert_symmetric(&classes);
    assert_int_equal(classes.counts[classes.class_count / 2], 3);
    classes = classify(gains, 4, 5, NULL, 0);
    assert_symmetric(&classes);
    assert_int_equal(classes.counts[3] + classes.counts[4], 4);
    assert_missing(classes.lowest[0]);
    classes = classify(missing, 1, 9, NULL, 0);
    assert_int_equal(classes.missing_count, 1);
    for (size_t n = 2; n < SG_MOST_CLASSES; n++)
        assert_true(classify(gains, 4, n, NULL, 0).class_count <= SG_MOST_CLASSES);
}

static void test_bad_limits(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    const double value = 1, limits[] = {-5, 5}, many[] = {1, 2, 3, 4, 5, 6};
    struct sg_break_request request = {.custom_breaks = limits, .custom_break_count = 2};
    struct sg_classification classes;
    assert_status(context, sg_classify_change(context, &value, 1, &request, &classes), SG_USAGE);
    request.custom_breaks = many;
    request.custom_break_count = 6;
    assert_status(context, sg_classify_change(context, &value, 1, &request, &classes), SG_USAGE);
    sg_context_free(context);
}

static void assert_range(const struct sg_classification *classes, size_t class, bool is_whole,
                         enum sg_language language, const char *expected) {
    struct sg_text text;
    sg_text_init(&text);
    sg_append_change_range(&text, classes, class, is_whole, language);
    assert_string_equal(sg_text_bytes(&text), expected);
    sg_text_release(&text);
}

static void test_words(void **state) {
    (void)state;
    const double whole[] = {-23, -7, -2, 0, 3, 8, 40}, limits[] = {5, 20};
    struct sg_classification classes = classify(whole, 7, 5, limits, 2);
    assert_range(&classes, 4, true, SG_ENGLISH, "+20 to +40");
    assert_range(&classes, 3, true, SG_ENGLISH, "+5 to +19");
    assert_range(&classes, 2, true, SG_ENGLISH, "No change (±4)");
    assert_range(&classes, 1, true, SG_FRENCH, "−5 à −19");
    assert_range(&classes, 0, true, SG_FRENCH, "−20 à −23");
    assert_range(&classes, 3, false, SG_ENGLISH, "+5 to under +20");
    assert_range(&classes, 1, false, SG_ENGLISH, "−5 to above −20");
    assert_range(&classes, 2, false, SG_FRENCH, "Aucun changement (moins de ±5)");
    const double real[] = {-2.5, -0.5, 0, 0.5, 2.5};
    classes = classify(real, 5, 5, NULL, 0);
    assert_range(&classes, 2, false, SG_ENGLISH, "No change");
    assert_range(&classes, 3, false, SG_FRENCH, "moins de +2");
    assert_range(&classes, 1, false, SG_ENGLISH, "above −2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_method),  cmocka_unit_test(test_limits), cmocka_unit_test(test_odd_values),
        cmocka_unit_test(test_bad_limits), cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
