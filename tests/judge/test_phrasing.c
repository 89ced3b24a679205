/* Numbers in sentences, as English and French write them (French: Bureau de la traduction, "Le guide du
   rédacteur": decimal comma, a space before the percent sign, groups of three by a space). */
#include "judge/phrasing.h"

#include "support/test.h"

#define THIN "\xE2\x80\xAF" /* narrow no-break space */
#define NBSP "\xC2\xA0"

static void test_numbers(void **state) {
    (void)state;
    assert_string_equal(sg_whole(1234567.4, SG_ENGLISH).text, "1,234,567");
    assert_string_equal(sg_whole(1234567.4, SG_FRENCH).text, "1" THIN "234" THIN "567");
    assert_string_equal(sg_whole(999, SG_ENGLISH).text, "999");
    assert_string_equal(sg_people(521499, SG_ENGLISH).text, "521,000");
    assert_string_equal(sg_people(521500, SG_FRENCH).text, "522" THIN "000");
    assert_string_equal(sg_people(87, SG_ENGLISH).text, "87");
    assert_string_equal(sg_tenths(42.25, SG_ENGLISH).text, "42.2"); /* halves are exact: to even */
    assert_string_equal(sg_tenths(42.26, SG_FRENCH).text, "42,3");
    assert_string_equal(sg_percent(8.46, SG_ENGLISH).text, "8.5%");
    assert_string_equal(sg_percent(8.46, SG_FRENCH).text, "8,5" NBSP "%");
    assert_string_equal(sg_percent(31.2, SG_ENGLISH).text, "31%");
    assert_string_equal(sg_percent(0, SG_FRENCH).text, "0" NBSP "%");
    assert_string_equal(sg_about(684, SG_ENGLISH).text, "680" NBSP "m");
    assert_string_equal(sg_about(1344, SG_ENGLISH).text, "1.3" NBSP "km");
    assert_string_equal(sg_about(1344, SG_FRENCH).text, "1,3" NBSP "km");
}

/* 0% is nobody and 100% everybody, and nothing else is. */
static void test_percent_at_the_ends(void **state) {
    (void)state;
    static const struct {
        double percent;
        const char *english, *french;
    } cases[] = {{100, "100%", "100" NBSP "%"},
                 {100 - 1e-12, "100%", "100" NBSP "%"}, /* a sum that rounded */
                 {99.999, "over 99.9%", "plus de 99,9" NBSP "%"},
                 {99.86, "99.9%", "99,9" NBSP "%"},
                 {99.5, "99.5%", "99,5" NBSP "%"},
                 {99.4, "99%", "99" NBSP "%"},
                 {0.06, "0.1%", "0,1" NBSP "%"},
                 {0.001, "under 0.1%", "moins de 0,1" NBSP "%"},
                 {0, "0%", "0" NBSP "%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(sg_percent(cases[i].percent, SG_ENGLISH).text, cases[i].english);
        assert_string_equal(sg_percent(cases[i].percent, SG_FRENCH).text, cases[i].french);
    }
}

/* "1 area lies", "0 areas lie"; « 0 quartier est », « 2 quartiers sont ». */
static void test_numbers_of_things(void **state) {
    (void)state;
    static const char *const expected[2][3] = {{"more", "one", "more"}, {"un", "un", "plusieurs"}};
    for (size_t count = 0; count < 3; count++) {
        assert_string_equal(sg_pick_number(SG_ENGLISH, count, "one", "more", "un", "plusieurs"),
                            expected[0][count]);
        assert_string_equal(sg_pick_number(SG_FRENCH, count, "one", "more", "un", "plusieurs"),
                            expected[1][count]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers_of_things),
                                       cmocka_unit_test(test_numbers),
                                       cmocka_unit_test(test_percent_at_the_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
