/* Lists of fields as people write them, hostile names too. */
#include "job/named_fields.h"

#include "support/test.h"

static void test_groups(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_group_field *groups;
    size_t count;
    assert_ok(context, sg_group_fields_parse(context,
                                             "seniors=Age 65+, recent_immigrants=Immigrant%:percent,"
                                             "kids=Total - Age, 0 to 14 years, 25% sample,sen ior=x=y",
                                             &groups, &count));
    assert_int_equal(count, 4);
    assert_string_equal(groups[0].field, "Age 65+");
    assert_false(groups[0].is_percent);
    assert_string_equal(groups[1].label, "recent immigrants");
    assert_string_equal(groups[1].prefix, "recent_immigrants");
    assert_string_equal(groups[1].field, "Immigrant%");
    assert_true(groups[1].is_percent);
    assert_string_equal(groups[2].field, "Total - Age, 0 to 14 years, 25% sample"); /* commas of its own */
    assert_string_equal(groups[3].field, "x=y");
    assert_string_equal(groups[0].letters, "SEN");
    assert_string_equal(groups[3].letters, "SE2"); /* unique */
    sg_group_fields_free(groups, count);
    sg_context_free(context);
    const char *const bad[] = {"", "seniors", "=x", "seniors=", "gap=x", "a=x,a=y", "Été=x,ete=y", ",,,"};
    for (size_t i = 0; i < TEST_COUNT(bad); i++) {
        context = test_context_new(1);
        assert_status(context, sg_group_fields_parse(context, bad[i], &groups, &count), SG_USAGE);
        assert_contains(test_error(context), "--groups");
        sg_context_free(context);
    }
}

static void test_indicators(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_indicator_field *fields;
    size_t count;
    assert_ok(context,
              sg_indicator_fields_parse(context, "LIM%:+:2, Income, total ($):-,a:b:+:0.5", &fields, &count));
    assert_int_equal(count, 3);
    assert_string_equal(fields[0].field, "LIM%");
    assert_near(fields[0].weight, 2, 0, "");
    assert_false(fields[0].low_is_need);
    assert_string_equal(fields[1].field, "Income, total ($)");
    assert_true(fields[1].low_is_need);
    assert_near(fields[1].weight, 1, 0, "");
    assert_string_equal(fields[2].field, "a:b");
    assert_near(fields[2].weight, 0.5, 0, "");
    sg_indicator_fields_free(fields, count);
    assert_ok(context,
              sg_indicator_fields_parse(context, "a,b", &fields, &count)); /* no direction: commas part */
    assert_int_equal(count, 2);
    sg_indicator_fields_free(fields, count);
    sg_context_free(context);
    const char *const bad[] = {"", ":+", "a:+:0", "a:-:-1", "a:+:nan"};
    for (size_t i = 0; i < TEST_COUNT(bad); i++) {
        context = test_context_new(1);
        assert_status(context, sg_indicator_fields_parse(context, bad[i], &fields, &count), SG_USAGE);
        assert_contains(test_error(context), "--need-index");
        sg_context_free(context);
    }
}

/* More than there can be; bytes of every kind. */
static void test_hostile(void **state) {
    (void)state;
    struct sg_text text;
    sg_text_init(&text);
    for (int i = 0; i < 100; i++)
        sg_text_append_format(&text, "%sg%d=f", i == 0 ? "" : ",", i);
    struct sg_context *context = test_context_new(1);
    struct sg_group_field *groups;
    struct sg_indicator_field *fields;
    size_t count;
    assert_status(context, sg_group_fields_parse(context, sg_text_bytes(&text), &groups, &count), SG_USAGE);
    sg_text_release(&text);
    sg_context_free(context);
    struct test_random random = test_random_new(29);
    for (int round = 0; round < 3000; round++) {
        char bytes[40];
        static const char alphabet[] = "ab=:,+-%1. \xC3\xA9\xFF\x01\"'";
        size_t length = test_random_index(&random, sizeof bytes - 1);
        for (size_t i = 0; i < length; i++)
            bytes[i] = alphabet[test_random_index(&random, sizeof alphabet - 1)];
        bytes[length] = '\0';
        context = test_context_new(1);
        if (sg_group_fields_parse(context, bytes, &groups, &count) == SG_OK) {
            for (size_t g = 0; g < count; g++) {
                assert_int_equal(strlen(groups[g].letters), 3);
                assert_true(groups[g].field[0] != '\0' && groups[g].prefix[0] != '\0');
            }
            sg_group_fields_free(groups, count);
        }
        sg_context_free(context);
        context = test_context_new(1);
        if (sg_indicator_fields_parse(context, bytes, &fields, &count) == SG_OK) {
            for (size_t k = 0; k < count; k++)
                assert_true(fields[k].weight > 0 && fields[k].field[0] != '\0');
            sg_indicator_fields_free(fields, count);
        }
        sg_context_free(context);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_groups), cmocka_unit_test(test_indicators),
                                       cmocka_unit_test(test_hostile)};
    return cmocka_run_group_tests_name("named_fields", tests, NULL, NULL);
}
