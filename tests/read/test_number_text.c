/* Numbers as census tables and spreadsheets write them: every line of cases/number_text.txt. */
#include "read/number_text.h"

#include "support/test.h"

/* Text of a case: \s \n \t and \uXXXX stand for characters that an editor would hide or lose. */
static void unescape(const char *from, struct sg_text *to) {
    for (; *from != '\0'; from++) {
        if (*from != '\\') {
            sg_text_append_char(to, *from);
        } else if (*++from == 'u') {
            char digits[5] = {from[1], from[2], from[3], from[4], '\0'};
            sg_utf8_append(to, (uint32_t)strtoul(digits, NULL, 16));
            from += 4;
        } else {
            sg_text_append_char(to, *from == 's' ? ' ' : *from == 'n' ? '\n' : '\t');
        }
    }
}

static const char *kind_name(enum sg_number_text kind) {
    static const char *const names[] = {"a number", "missing", "bad"};
    return names[kind];
}

static void check_case(const char *what, const char *text, const char *answer, int line) {
    double number = 5;
    enum sg_number_text found = strcmp(what, "number") == 0       ? sg_number_from_text(text, &number)
                                : strcmp(what, "coordinate") == 0 ? sg_coordinate_from_text(text, &number)
                                                                  : sg_date_from_text(text, &number);
    enum sg_number_text expected = strcmp(answer, "missing") == 0 ? SG_NUMBER_MISSING
                                   : strcmp(answer, "bad") == 0   ? SG_NUMBER_BAD
                                                                  : SG_NUMBER_READ;
    double value = expected == SG_NUMBER_READ ? strtod(answer, NULL) : NAN;
    if (found == expected
        && (expected == SG_NUMBER_READ ? fabs(number - value) <= 1e-12 * fabs(value) : isnan(number)))
        return;
    print_error("line %d: the %s '%s' is %s (%.12g), expected %s\n", line, what, text, kind_name(found),
                number, answer);
    fail();
}

static void test_cases(void **state) {
    (void)state;
    FILE *file = fopen(test_case_file("number_text.txt"), "r");
    assert_non_null(file);
    char line[512];
    int number = 0, cases = 0;
    struct sg_text text;
    sg_text_init(&text);
    while (fgets(line, sizeof line, file) != NULL) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char *first = strchr(line, '\t'), *second = first == NULL ? NULL : strchr(first + 1, '\t');
        if (second == NULL)
            fail_msg("line %d is no case", number);
        *first = *second = '\0';
        sg_text_clear(&text);
        unescape(first + 1, &text);
        check_case(line, sg_text_bytes(&text), second + 1, number);
        cases++;
    }
    fclose(file);
    sg_text_release(&text);
    assert_true(cases > 90);
}

/* Any bytes at all are answered, and only finite numbers are numbers. */
static void test_any_bytes(void **state) {
    (void)state;
    struct test_random random = test_random_new(15);
    static const char likely[] = "0123456789,.-+eE %$xX\t\xC2\xA0\xE2\x80\xAF/";
    for (int i = 0; i < 200000; i++) {
        char text[80];
        size_t length = test_random_index(&random, sizeof text);
        for (size_t k = 0; k < length; k++)
            text[k] = i % 2 == 0 ? likely[test_random_index(&random, sizeof likely - 1)]
                                 : (char)(1 + test_random_index(&random, 255));
        text[length] = '\0';
        double number, degrees, day;
        bool is_number = sg_number_from_text(text, &number) == SG_NUMBER_READ;
        bool is_coordinate = sg_coordinate_from_text(text, &degrees) == SG_NUMBER_READ;
        bool is_date = sg_date_from_text(text, &day) == SG_NUMBER_READ;
        assert_int_equal(is_number, isfinite(number));
        assert_int_equal(is_coordinate, isfinite(degrees));
        assert_int_equal(is_date, isfinite(day));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_any_bytes)};
    return cmocka_run_group_tests_name("number_text", tests, NULL, NULL);
}
