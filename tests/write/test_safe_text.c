/* Text that other programs read: cells a spreadsheet would run, JSON. */
#include "write/safe_text.h"

#include "write/xml_text.h"

#include "support/test.h"

/* OWASP's "CSV Injection": cells that begin with = + - @, tab or carriage return. Numbers are no formulas. */
static void test_formulas(void **state) {
    (void)state;
    static const char *const formulas[] = {"=1+1",     "=HYPERLINK(\"http://x\")",
                                           "+1+1|cmd", "-2+3+cmd|' /C calc'!A0",
                                           "@SUM(A1)", "\t=1",
                                           "\r=1",     "-",
                                           "+",        "-x",
                                           "+A1",      "+1-416-555-0100",
                                           "-2+3",     "--1",
                                           "\n=1",     "\uFF1D1+1",
                                           "\uFF0B1",  "\uFF20A1",
                                           "-1e",      "+.",
                                           "-1.2.3",   "of:=1+1"};
    static const char *const plain[] = {"",    "a",   "1+1",   "-5",    "+5.25", "-.5",  "North-West",
                                        " =1", "'=1", "Étang", "-79.4", "-1e-7", "+.5E3"};
    for (size_t i = 0; i < TEST_COUNT(formulas); i++) {
        if (!sg_text_is_formula(formulas[i]))
            fail_msg("'%s' would be run", formulas[i]);
    }
    for (size_t i = 0; i < TEST_COUNT(plain); i++) {
        if (sg_text_is_formula(plain[i]))
            fail_msg("'%s' is harmless", plain[i]);
    }
}

static void test_sheets(void **state) {
    (void)state;
    static const char *const cells[][2] = {{"", ""},
                                           {"a", "a"},
                                           {"=1", "'=1"},
                                           {"of:=1", "'of:=1"},
                                           {"-5", "-5"},
                                           {"T\x01\x0B", "T\uFFFD\uFFFD"},
                                           {"\xFF\U0001F600", "\uFFFD\U0001F600"}};
    for (size_t i = 0; i < TEST_COUNT(cells); i++) {
        char *safe = sg_sheet_text(cells[i][0]);
        assert_string_equal(safe, cells[i][1]);
        sg_free(safe);
    }
}

static void assert_json(const char *text, const char *expected) {
    struct sg_text json;
    sg_text_init(&json);
    sg_json_append(&json, text);
    assert_string_equal(sg_text_bytes(&json), expected);
    sg_text_release(&json);
}

static void assert_xml(const char *text, const char *expected) {
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlTextWriterPtr xml = xmlNewTextWriterMemory(buffer, 0);
    sg_xml_element(xml, "a", text);
    xmlTextWriterFlush(xml);
    char *element = sg_format("<a>%s</a>", expected);
    assert_string_equal((const char *)xmlBufferContent(buffer), element);
    sg_free(element);
    xmlFreeTextWriter(xml);
    xmlBufferFree(buffer);
}

/* XML 1.0, production 2: Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]. */
static void test_xml(void **state) {
    (void)state;
    assert_xml("a", "a");
    assert_xml("<b>&\t\n\r", "&lt;b&gt;&amp;\t\n&#13;");
    assert_xml("\x01\x0B\x1B\x7F", "\uFFFD\uFFFD\uFFFD\x7F");
    assert_xml("\xEF\xBF\xBE\xEF\xBF\xBF", "\uFFFD\uFFFD");
    assert_xml("\xED\xA0\x80 \xFF", "\uFFFD\uFFFD\uFFFD \uFFFD"); /* a surrogate, a lone byte */
    assert_xml("\U0001F600", "\U0001F600");
    char text[1001] = "";
    memset(text, 'x', 1000); /* longer than is written at a time */
    assert_xml(text, text);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_formulas), cmocka_unit_test(test_json),
                                       cmocka_unit_test(test_xml), cmocka_unit_test(test_sheets)};
    return cmocka_run_group_tests_name("safe_text", tests, NULL, NULL);
}
