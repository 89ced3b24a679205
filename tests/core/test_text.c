/* Text: UTF-8 (cases of Kuhn's stress test and RFC 3629), Windows-1252 (Unicode's CP1252.TXT), names,
 * numbers. */
#include "core/encoding.h"
#include "support/test.h"

static void test_growing_text(void **state) {
    (void)state;
    struct sg_text text;
    sg_text_init(&text);
    assert_string_equal(sg_text_bytes(&text), "");
    sg_text_append(&text, "9 of 42");
    sg_text_append_char(&text, ' ');
    sg_text_append_format(&text, "areas over %.1f km", 1.25);
    sg_text_append_bytes(&text, "!?", 1);
    assert_string_equal(sg_text_bytes(&text), "9 of 42 areas over 1.2 km!");
    assert_int_equal(text.length, 26);
    sg_text_clear(&text);
    assert_string_equal(sg_text_bytes(&text), "");
    char *taken = sg_text_take(&text);
    assert_string_equal(taken, "");
    sg_free(taken);
    for (int i = 0; i < 10000; i++)
        sg_text_append(&text, "ab");
    assert_int_equal(strlen(sg_text_bytes(&text)), 20000);
    taken = sg_text_take(&text);
    assert_int_equal(strlen(taken), 20000);
    sg_free(taken);
    assert_string_equal(sg_text_bytes(&text), "");
    sg_text_release(&text);
    taken = sg_format("%s-%03d", "tract", 7);
    assert_string_equal(taken, "tract-007");
    sg_free(taken);
}

static void test_utf8_validity(void **state) {
    (void)state;
    static const char *const valid[] = {"",
                                        "plain",
                                        "\xC3\xA9",
                                        "\xE2\x82\xAC",
                                        "\xEF\xBF\xBD",
                                        "\xF0\x9F\x8F\xA5",
                                        "\xF4\x8F\xBF\xBF",
                                        "\xED\x9F\xBF",
                                        "\xEE\x80\x80"};
    static const char *const invalid[] = {
        "\x80",             /* a continuation alone */
        "\xC3",             /* cut off */
        "\xE2\x82",         /* cut off */
        "\xF0\x9F\x8F",     /* cut off */
        "\xC0\xAF",         /* overlong / */
        "\xC1\xBF",         /* overlong */
        "\xE0\x80\xAF",     /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x80\x80\xAF", /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* a surrogate */
        "\xED\xBF\xBF",     /* a surrogate */
        "\xF4\x90\x80\x80", /* beyond U+10FFFF */
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
        "Montr\xE9"
        "al", /* Windows-1252 */
    };
    for (size_t i = 0; i < TEST_COUNT(valid); i++)
        assert_true(sg_utf8_is_valid(valid[i], strlen(valid[i])));
    for (size_t i = 0; i < TEST_COUNT(invalid); i++)
        assert_false(sg_utf8_is_valid(invalid[i], strlen(invalid[i])));
    assert_true(sg_utf8_is_valid("a\0b", 3));
}

/* Every code point that UTF-8 can hold is written and read back; every other number of bytes moves on by one.
 */
static void test_utf8_round_trip(void **state) {
    (void)state;
    struct sg_text text;
    sg_text_init(&text);
    for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point += code_point < 0x3000 ? 1 : 61) {
        if (code_point >= 0xD800 && code_point < 0xE000)
            continue;
        sg_text_clear(&text);
        sg_utf8_append(&text, code_point);
        assert_true(sg_utf8_is_valid(sg_text_bytes(&text), text.length));
        size_t position = 0;
        assert_int_equal(sg_utf8_next(sg_text_bytes(&text), text.length, &position), code_point);
        assert_int_equal(position, text.length);
    }
    sg_text_release(&text);
    const char *broken = "a\xC3"
                         "b\xE2\x82";
    const uint32_t expected[] = {'a', 0xFFFD, 'b', 0xFFFD, 0xFFFD};
    size_t position = 0;
    for (size_t i = 0; i < TEST_COUNT(expected); i++)
        assert_int_equal(sg_utf8_next(broken, strlen(broken), &position), expected[i]);
    assert_int_equal(position, strlen(broken));
    assert_int_equal(sg_utf8_length("Évaluation"), 10);
}

static void test_windows_1252(void **state) {
    (void)state;
    size_t bad;
    const char *bytes = "Montr\xE9"
                        "al \x96 \x80"
                        "5 \x93quoted\x94 \x9C";
    char *text = sg_text_from_windows_1252(bytes, strlen(bytes), &bad);
    assert_string_equal(text, "Montréal – €5 “quoted” œ");
    assert_int_equal(bad, 0);
    sg_free(text);
    text = sg_text_from_windows_1252("\x81\x8D\x8F\x90\x9D\xA0", 6, &bad); /* the five without a meaning */
    assert_string_equal(text, "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u00A0");
    assert_int_equal(bad, 5);
    sg_free(text);
    text = sg_text_from_windows_1252("", 0, NULL);
    assert_string_equal(text, "");
    sg_free(text);
}

static void test_encodings(void **state) {
    (void)state;
    assert_true(sg_encoding_is_known("CP437"));
    assert_true(sg_encoding_is_known("iso-8859-1"));
    assert_false(sg_encoding_is_known("FOO"));
    assert_false(sg_encoding_is_known(""));
    size_t bad;
    char *text = sg_text_from_encoding("Montr\x82"
                                       "al",
                                       8, "CP437", &bad);
    assert_string_equal(text, "Montréal");
    assert_int_equal(bad, 0);
    sg_free(text);
    text = sg_text_from_encoding("a\x93\xFA\xFF\x93", 5, "SHIFT_JIS", &bad); /* the last one is cut */
    assert_string_equal(text, "a日\uFFFD\uFFFD");
    assert_int_equal(bad, 2);
    sg_free(text);
    assert_null(sg_text_from_encoding("a", 1, "FOO", &bad));
}

struct pair {
    const char *from, *to;
};

static void test_fold(void **state) {
    (void)state;
    static const struct pair cases[] = {{"Santé", "sante"},
                                        {"ÉTABLISSEMENT", "etablissement"},
                                        {"Cœur", "coeur"},
                                        {"Straße", "strasse"},
                                        {"naïve façade", "naive facade"},
                                        {"Łódź", "lodz"},
                                        {"e\xCC\x81", "e"} /* a combining accent */,
                                        {"日本", "日本"},
                                        {"", ""},
                                        {"Ørsted Åse Þór", "orsted ase thor"}};
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        char *folded = sg_text_fold(cases[i].from);
        assert_string_equal(folded, cases[i].to);
        sg_free(folded);
    }
}

/* Design section 6: lower case, accents dropped, every run of other characters one '_'. */
static void test_slug(void **state) {
    (void)state;
    static const struct pair cases[] = {{"Free Health Clinics", "free_health_clinics"},
                                        {"  Arts & Culture!  ", "arts_culture"},
                                        {"Aide à l'emploi", "aide_a_l_emploi"},
                                        {"24/7", "24_7"},
                                        {"---", "_"},
                                        {"", "_"},
                                        {"日本", "_"},
                                        {"A__B", "a_b"}};
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        char *slug = sg_text_slug(cases[i].from);
        assert_string_equal(slug, cases[i].to);
        sg_free(slug);
    }
}

static void test_trim(void **state) {
    (void)state;
    static const struct pair cases[] = {
        {"  a b \t\r\n", "a b"}, {"\xC2\xA0x\xC2\xA0", "x"}, {"   ", ""}, {"", ""}, {"x", "x"},
        {"\xC2\xA0", ""}};
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        char text[32];
        strcpy(text, cases[i].from);
        assert_ptr_equal(sg_text_trim(text), text);
        assert_string_equal(text, cases[i].to);
    }
}

static void test_equal_fold(void **state) {
    (void)state;
    assert_true(sg_text_equal_fold("Latitude", "LATITUDE"));
    assert_true(sg_text_equal_fold("", ""));
    assert_false(sg_text_equal_fold("lat", "latitude"));
    assert_false(sg_text_equal_fold("latitude", "lat"));
    assert_false(sg_text_equal_fold("lon", "lat"));
}

static void test_nearest_name(void **state) {
    (void)state;
    static const char *const names[] = {"AREA_NAME", "AREA_SHORT_CODE", "population", "quantile", "jenks"};
    assert_string_equal(sg_nearest_name("AREA_NAM", names, 5), "AREA_NAME");
    assert_string_equal(sg_nearest_name("popluation", names, 5),
                        "population"); /* two letters changed places */
    assert_string_equal(sg_nearest_name("Quantiles", names, 5), "quantile");
    assert_string_equal(sg_nearest_name("jenk", names, 5), "jenks");
    assert_null(sg_nearest_name("household_income", names, 5));
    assert_null(sg_nearest_name("x", names, 5));
    assert_null(sg_nearest_name("x", names, 0));
    char *endless = malloc(5001);
    memset(endless, 'p', 5000);
    endless[5000] = '\0';
    assert_null(sg_nearest_name(endless, names, 5));
    free(endless);
}

static void test_number_text(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-0.0, "0"},
                 {1, "1"},
                 {-2.5, "-2.5"},
                 {0.1, "0.1"},
                 {1.0 / 3, "0.3333333333333333"},
                 {100000, "100000"},
                 {123456789012, "123456789012"},
                 {1e14, "100000000000000"},
                 {0.00001234, "0.00001234"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {43.653226, "43.653226"}};
    char buffer[32];
    for (size_t i = 0; i < TEST_COUNT(cases); i++)
        assert_string_equal(sg_number_text(cases[i].value, buffer), cases[i].text);
}

/* The law of number text: it reads back as the same number, and fits its buffer. */
static void test_number_text_reads_back(void **state) {
    (void)state;
    struct test_random random = test_random_new(20131);
    char buffer[32];
    for (int i = 0; i < 200000; i++) {
        double value = test_random_between(&random, -1, 1) * pow(10, test_random_between(&random, -320, 308));
        assert_near(strtod(sg_number_text(value, buffer), NULL), value, 0, "");
        assert_true(strlen(buffer) < 32);
        double size = fabs(value);
        if (size >= 1e-6 && size < 1e15)
            assert_null(strchr(buffer, 'e'));
    }
}

static void test_grouped_text(void **state) {
    (void)state;
    char buffer[48];
    assert_string_equal(sg_grouped_text(0, ",", buffer), "0");
    assert_string_equal(sg_grouped_text(999, ",", buffer), "999");
    assert_string_equal(sg_grouped_text(1000, ",", buffer), "1,000");
    assert_string_equal(sg_grouped_text(1234567, ",", buffer), "1,234,567");
    assert_string_equal(sg_grouped_text(-1234567.4, "\u202F", buffer), "-1\u202F234\u202F567");
    assert_string_equal(sg_grouped_text(2794093, "", buffer), "2794093");
    assert_string_equal(sg_grouped_text(-0.2, ",", buffer), "0");
}

static void test_columns_and_numbers(void **state) {
    (void)state;
    assert_int_equal(sg_spaces_after("Évaluation", 12), 2); /* characters, not bytes */
    assert_int_equal(sg_spaces_after("Évaluation", 10), 0);
    assert_int_equal(sg_spaces_after("Évaluation", 4), 0);
    assert_string_equal(sg_plural(1, "record", "records"), "record");
    assert_string_equal(sg_plural(0, "record", "records"), "records");
    assert_string_equal(sg_plural(2, "record", "records"), "records");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_growing_text),
        cmocka_unit_test(test_utf8_validity),
        cmocka_unit_test(test_utf8_round_trip),
        cmocka_unit_test(test_windows_1252),
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_slug),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_equal_fold),
        cmocka_unit_test(test_nearest_name),
        cmocka_unit_test(test_number_text),
        cmocka_unit_test(test_number_text_reads_back),
        cmocka_unit_test(test_grouped_text),
        cmocka_unit_test(test_columns_and_numbers),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
