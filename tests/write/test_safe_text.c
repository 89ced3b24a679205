/* Text that other programs read: cells a spreadsheet would run, JSON. */
#include "write/safe_text.h"

#include "support/test.h"

/* OWASP's "CSV Injection": cells that begin with = + - @, tab or carriage return. Numbers are no formulas. */
static void test_formulas(void **state) {
    (void)state;
    static const char *const formulas[] = {"=1+1",     "=HYPERLINK(\"http://x\")",
                                           "+1+1|cmd", "-2+3+cmd|' /C calc'!A0",
                                           "@SUM(A1)", "\t=1",
                                           "\r=1",     "-",
                                           "+",        "-x",
                                           "+A1"};
    static const char *const plain[] = {"",           "a",   "1+1", "-5",    "+5.25", "-.5",
                                        "North-West", " =1", "'=1", "Étang", "-79.4", "+1-416-555-0100"};
    for (size_t i = 0; i < TEST_COUNT(formulas); i++) {
        if (!sg_text_is_formula(formulas[i]))
            fail_msg("'%s' would be run", formulas[i]);
    }
    for (size_t i = 0; i < TEST_COUNT(plain); i++) {
        if (sg_text_is_formula(plain[i]))
            fail_msg("'%s' is harmless", plain[i]);
    }
}

static void assert_json(const char *text, const char *expected) {
    struct sg_text json;
    sg_text_init(&json);
    sg_json_append(&json, text);
    assert_string_equal(sg_text_bytes(&json), expected);
    sg_text_release(&json);
}

/* RFC 8259, section 7. */
static void test_json(void **state) {
    (void)state;
    assert_json("", "\"\"");
    assert_json("plain", "\"plain\"");
    assert_json("say \"hi\"", "\"say \\\"hi\\\"\"");
    assert_json("a\\b", "\"a\\\\b\"");
    assert_json("two\nlines", "\"two\\nlines\"");
    assert_json("\x01\x1f\t", "\"\\u0001\\u001f\\u0009\"");
    assert_json("Santé 日本 🏥", "\"Santé 日本 🏥\"");
    assert_json("bad \xE9 byte", "\"bad \uFFFD byte\""); /* never broken UTF-8 */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_formulas), cmocka_unit_test(test_json)};
    return cmocka_run_group_tests_name("safe_text", tests, NULL, NULL);
}
