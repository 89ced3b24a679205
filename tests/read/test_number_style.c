/* Numbers as the others of their column are written: the same text is one number in one column and another in
   another. What each column means was written down by hand. */
#include "read/number_style.h"

#include <math.h>

#include "support/test.h"

enum { MOST = 6 };

struct column {
    const char *texts[MOST]; /* NULL-ended when fewer */
    double numbers[MOST];
    bool is_doubtful;
};

static const struct column columns[] = {
    /* nothing but what can be read both ways: thousands in English, decimals with a point */
    {{"1,234", "22,345", "333"}, {1234, 22345, 333}, false},
    {{"1.234", "22.345", "333"}, {1.234, 22.345, 333}, false},
    /* one that can only be decimal settles all */
    {{"1,5", "2,250", "3,125", "4,75", "5,001", "6,0"}, {1.5, 2.25, 3.125, 4.75, 5.001, 6}, false},
    {{"0,125", "1,250"}, {0.125, 1.25}, false},
    {{"1234,567", "1,250"}, {1234.567, 1.25}, false},
    {{"12,5%", "1,250%"}, {12.5, 1.25}, false},
    {{"1 234,5", "1,250"}, {1234.5, 1.25}, false},
    /* points between thousands: commas are decimal marks */
    {{"1.000.000", "22.345", "333"}, {1000000, 22345, 333}, false},
    {{"1.234,5", "2.345", "3,125"}, {1234.5, 2345, 3.125}, false},
    {{"1.000.000", "1.5e3", "2.5E+2", "1,5"},
     {1000000, 1500, 250, 1.5},
     false}, /* an exponent has its own point */
    {{"1,5", "1.5e3", "2,250"}, {1.5, 1500, 2.25}, false},
    {{"1,5", "2.345", "-3.456"}, {1.5, 2345, -3456}, false},
    /* commas between thousands: points are decimal marks */
    {{"1,000,000", "22,345", "1.5"}, {1000000, 22345, 1.5}, false},
    {{"1,234.5", "2,345", "1.250"}, {1234.5, 2345, 1.25}, false},
    {{"0.5", "1.250", "2,345"}, {0.5, 1.25, 2345}, false},
    /* they contradict each other: each for itself, and told of */
    {{"1,5", "2,345", "1,000,000"}, {1.5, 2345, 1000000}, true},
    {{"1,5", "1.5", "2,345"}, {1.5, 1.5, 2345}, true},
    {{"1,5", "1.5"}, {1.5, 1.5}, false}, /* none of them could be another number */
    /* words, dates and signs say nothing */
    {{"..", ".", "2021.06.30", "1,234", "12 345"}, {NAN, NAN, NAN, 1234, 12345}, false},
    {{"n/a", "", "x, y", "1,234"}, {NAN, NAN, NAN, 1234}, false},
};

static void columns_are_read_as_written(void **state) {
    (void)state;
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        const struct column *column = &columns[c];
        struct sg_number_style style = {0};
        for (size_t i = 0; i < MOST && column->texts[i] != NULL; i++)
            sg_number_style_look(&style, column->texts[i]);
        for (size_t i = 0; i < MOST && column->texts[i] != NULL; i++) {
            double number;
            sg_number_from_styled_text(&style, column->texts[i], &number);
            if (isnan(column->numbers[i]) ? !isnan(number) : number != column->numbers[i])
                fail_msg("column %zu: '%s' is %g, not %g", c, column->texts[i], number, column->numbers[i]);
        }
        if (sg_number_style_is_doubtful(&style) != column->is_doubtful)
            fail_msg("column %zu: %s", c, column->is_doubtful ? "no doubt" : "a doubt");
    }
}

/* One cell of "12,50" among hundreds of "1,250" is a slip, and told of. */
static void a_slip_does_not_turn_a_column(void **state) {
    (void)state;
    struct sg_number_style style = {0};
    for (int i = 0; i < 999; i++)
        sg_number_style_look(&style, "1,250");
    sg_number_style_look(&style, "12,50");
    double number;
    sg_number_from_styled_text(&style, "1,250", &number);
    assert_true(number == 1250);
    assert_true(sg_number_style_is_doubtful(&style));
    for (int i = 0; i < 19; i++) /* one in fifty is none */
        sg_number_style_look(&style, "12,50");
    sg_number_from_styled_text(&style, "1,250", &number);
    assert_true(number == 1.25);
    assert_false(sg_number_style_is_doubtful(&style));
}

static void what_is_too_long_is_no_number(void **state) {
    (void)state;
    struct sg_number_style style = {0};
    char text[200];
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    text[3] = ',';
    sg_number_style_look(&style, text);
    sg_number_style_look(&style, "1,5");
    double number;
    assert_int_equal(sg_number_from_styled_text(&style, text, &number), SG_NUMBER_BAD);
    assert_int_equal(style.decimal_commas, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_read_as_written),
        cmocka_unit_test(a_slip_does_not_turn_a_column),
        cmocka_unit_test(what_is_too_long_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
