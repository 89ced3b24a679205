/* Classes on both sides of a value, by hand. */
#include "classify/centred_classes.h"

#include "support/test.h"

static struct sg_classification about(const double *values, size_t count, double centre, size_t class_count) {
    struct sg_context *context = test_context_new(1);
    struct sg_break_request request = {.method = SG_BREAKS_QUANTILE, .class_count = class_count};
    struct sg_classification classes;
    assert_ok(context, sg_classify_about(context, values, count, centre, &request, &classes));
    sg_context_free(context);
    return classes;
}

static void test_both_sides(void **state) {
    (void)state;
    /* below 1: 0.2 0.4 | 0.6 0.8 ; from 1 on: 1 1.5 | 2 4; breaks midway, the centre at itself */
    const double values[] = {4, 0.2, 1, NAN, 0.8, 2, 0.4, 1.5, 0.6};
    struct sg_classification classes = about(values, 9, 1, 4);
    assert_int_equal(classes.class_count, 4);
    assert_true(classes.is_centred);
    assert_int_equal(classes.below_centre, 2);
    assert_near(classes.breaks[0], 0.5, 1e-12, "");
    assert_near(classes.breaks[1], 1, 0, "");
    assert_near(classes.breaks[2], 1.75, 1e-12, "");
    assert_int_equal(classes.missing_count, 1);
    static const int expected[] = {3, 0, 2, SG_CLASS_MISSING, 1, 3, 0, 2, 1};
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(sg_class_of(&classes, values[i]), expected[i]);
    for (size_t c = 0; c < 4; c++)
        assert_int_equal(classes.counts[c], 2);
}

static void test_one_side_alone(void **state) {
    (void)state;
    const double values[] = {3, 4, 5, 6};
    struct sg_classification classes = about(values, 4, 1, 5);
    assert_int_equal(classes.class_count, 3); /* an empty class below, two above */
    assert_int_equal(classes.below_centre, 1);
    assert_int_equal(classes.counts[0], 0);
    assert_int_equal(classes.counts[1] + classes.counts[2], 4);
    classes = about(values, 4, 10, 4);
    assert_int_equal(classes.below_centre, 2);
    assert_int_equal(classes.counts[2], 0);
    const double none[] = {NAN, NAN};
    assert_int_equal(about(none, 2, 0, 4).class_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_both_sides),
                                       cmocka_unit_test(test_one_side_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
