/* Where the lines of titles end. Widths are measured in the test, so that they hold for whatever font is
 * there. */
#include "draw/lettering.h"

#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "read/theme_reader.h"
#include "support/block_town.h"

struct setting {
    struct sg_context *context;
    struct sg_theme theme;
    struct sg_lettering *lettering;
};

static void setting_init(struct setting *setting) {
    setting->context = test_context_new(1);
    assert_ok(setting->context, sg_theme_read(setting->context, "council", &setting->theme));
    assert_ok(setting->context, sg_lettering_new(setting->context, setting->theme.families,
                                                 setting->theme.family_count, &setting->lettering));
}

static void setting_release(struct setting *setting) {
    sg_lettering_free(setting->lettering);
    sg_theme_release(&setting->theme);
    sg_context_free(setting->context);
}

static double width_of(const struct setting *setting, const char *text) {
    struct sg_text_style style = {.size_pt = 18, .weight = 700};
    return sg_lettering_measure(setting->lettering, text, &style).width;
}

static struct sg_text_size measured(const struct setting *setting, const char *text, double width_pt) {
    struct sg_text_style style = {.size_pt = 18, .weight = 700, .width_pt = width_pt};
    return sg_lettering_measure(setting->lettering, text, &style);
}

static const char finding[] =
    "Within 2 km: Health for 74% of all people, Cross-Cultural Sensitivity Training for 35%";

/* There is room for "Cross-" in the first line, and all of "Cross-Cultural" has room in the second. */
static void test_hyphens(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    struct setting setting;
    setting_init(&setting);
    double torn_pt = width_of(&setting, "Within 2 km: Health for 74% of all people, Cross-") + 1;
    struct sg_text_size size = measured(&setting, finding, torn_pt);
    assert_int_equal(size.lines, 2);
    assert_false(size.is_torn);
    struct sg_text_style style = {.size_pt = 18, .weight = 700, .width_pt = torn_pt};
    style.width_pt = sg_lettering_even_width(setting.lettering, finding, &style);
    size = sg_lettering_measure(setting.lettering, finding, &style);
    assert_int_equal(size.lines, 2);
    assert_false(size.is_torn);
    setting_release(&setting);
}

/* Where whole words would take a line more, or have no room at all, a break at the hyphen it is. */
static void test_hyphens_that_break(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    struct setting setting;
    setting_init(&setting);
    const char *name = "Mount Olive-Silverstone-Jamestown";
    double narrow_pt = width_of(&setting, "Silverstone-") + 1;
    struct sg_text_size size = measured(&setting, name, narrow_pt);
    assert_true(size.is_torn);
    assert_true(size.width <= narrow_pt);
    double two_pt = width_of(&setting, "Silverstone-Jamestown") + 1;
    assert_int_equal(measured(&setting, name, two_pt).lines, 2);
    assert_true(measured(&setting, name, two_pt).is_torn); /* whole: no less than two lines, one too long */
    assert_false(measured(&setting, name, width_of(&setting, name) + 1).is_torn);
    setting_release(&setting);
}

static void check_colon(const struct setting *setting, const char *text, double width_pt,
                        const char *expected) {
    char copy[200];
    struct sg_text_style style = {.size_pt = 18, .weight = 700, .width_pt = width_pt};
    assert_true(strlen(text) < sizeof copy);
    strcpy(copy, text);
    sg_lettering_break_after_colon(setting->lettering, copy, &style);
    assert_string_equal(copy, expected);
}

static void test_colons(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    struct setting setting;
    setting_init(&setting);
    const char *needs =
        "Settlement Needs Assessment and Support: over 1 km from most people in 63 of 158 areas";
    double page_pt = width_of(&setting, "over 1 km from most people in 63 of 158 areas") + 20;
    check_colon(&setting, needs, page_pt,
                "Settlement Needs Assessment and Support:\nover 1 km from most people in 63 of 158 areas");
    check_colon(&setting, needs, width_of(&setting, needs) + 1, needs);         /* one line */
    check_colon(&setting, needs, width_of(&setting, needs) / 2.4, needs);       /* three */
    check_colon(&setting, finding, width_of(&setting, finding) * 0.7, finding); /* what follows needs two */
    const char *uneven = "Health: over 1 km from most people in 63 of 158 areas";
    check_colon(&setting, uneven, width_of(&setting, uneven) - 1, uneven);
    check_colon(&setting, "No colon here", 20, "No colon here");
    setting_release(&setting);
}

/* Words of many scripts and fonts, wider than their line: Pango 1.50 aborts where it is forbidden to break
   them and has to ("@Ã©Ã©..." did, at 60 pt). */
static void test_words_wider_than_the_line(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    static const char *const pieces[] = {"\u00c3\u00a9",
                                         "\u00e5",
                                         "\ufffd",
                                         "\u2030",
                                         "|",
                                         "[31m",
                                         "-",
                                         " ",
                                         "\U0001F600",
                                         "e\u0301",
                                         "\u05e9\u05dc\u05d5\u05dd",
                                         "\u4e2d\u6587",
                                         "/",
                                         "\u00ad",
                                         "\U0001F468\u200d\U0001F469",
                                         "wide",
                                         "2601",
                                         "\u200b",
                                         "\u00a0"};
    enum { PIECE_COUNT = sizeof pieces / sizeof *pieces, MOST_PIECES = 24, TEXTS = 1500 };
    struct setting setting;
    setting_init(&setting);
    struct test_random random = test_random_new(12);
    const char *found =
        "@\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3"
        "\u00a9\u00c3\u00a9\u00c3\u00a9|\u00e5\ufffd\ufffd\u00e5\u2030\ufffd\ufffd[31m2601\u00ff\u00c3";
    for (int t = 0; t < TEXTS; t++) {
        struct sg_text text;
        sg_text_init(&text);
        size_t count = 1 + test_random_index(&random, MOST_PIECES);
        for (size_t p = 0; p < count; p++)
            sg_text_append(&text, pieces[test_random_index(&random, PIECE_COUNT)]);
        for (double width = 12; width < 140; width *= 1.5) {
            struct sg_text_style style = {.size_pt = 6, .weight = 400, .width_pt = width};
            struct sg_text_size size =
                sg_lettering_measure(setting.lettering, t == 0 ? found : sg_text_bytes(&text), &style);
            assert_true(size.lines >= 1);
        }
        sg_text_release(&text);
    }
    setting_release(&setting);
}

/* More than a page has room for is cut, and said once. */
static void test_texts_without_end(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    enum { LONG = 1000000 };
    struct setting setting;
    setting_init(&setting);
    char *text = sg_alloc(LONG + 1, 1), *most = sg_alloc(SG_LONGEST_PARAGRAPH + 1, 1);
    memset(text, 'x', LONG);
    memset(most, 'x', SG_LONGEST_PARAGRAPH);
    struct sg_text_size whole = measured(&setting, most, 700), cut = measured(&setting, text, 700);
    sg_lettering_warn(setting.context, setting.lettering);
    assert_true(cut.lines >= whole.lines && cut.lines <= whole.lines + 1); /* the dots may take one more */
    assert_true(test_heard("a text of 1000000 characters is cut after 2500: \"xxxxxxxxxx"));
    most[SG_LONGEST_ENTRY] = '\0';
    assert_true(measured(&setting, text, 200).lines <= measured(&setting, most, 200).lines + 1);
    for (int i = 0; i < LONG; i += 2)
        memcpy(text + i, "é", 2); /* between characters, not bytes */
    assert_true(measured(&setting, text, 200).lines > 1);
    sg_free(text);
    sg_free(most);
    setting_release(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hyphens),
        cmocka_unit_test(test_hyphens_that_break),
        cmocka_unit_test(test_colons),
        cmocka_unit_test(test_words_wider_than_the_line),
        cmocka_unit_test(test_texts_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
