/* Charts: axes in round steps, the same bytes every time, and a page for whatever rows there are. Drawing is
   skipped where none of the theme's fonts is installed. */
#include "draw/chart.h"

#include <unistd.h>

#include "core/file.h"
#include "draw/charting.h"
#include "support/test.h"

static char folder[64];

/* Steps of 1, 2, 2.5 and 5 by hand. */
static void test_axes(void **state) {
    (void)state;
    struct sg_axis axis = sg_axis_over(0, 97, 5, true);
    assert_near(axis.step, 20, 1e-12, "");
    assert_near(axis.high, 100, 1e-12, "");
    axis = sg_axis_over(3, 9.1, 4, true);
    assert_near(axis.low, 0, 1e-12, "");
    assert_near(axis.step, 2.5, 1e-12, "");
    assert_near(axis.high, 10, 1e-12, "");
    axis = sg_axis_over(-0.3, 0.42, 6, true);
    assert_near(axis.low, -0.4, 1e-12, "");
    assert_near(axis.high, 0.6, 1e-12, "");
    axis = sg_axis_over(7, 7, 5, true); /* one value */
    assert_true(axis.low <= 0 && axis.high >= 7);
    axis = sg_axis_over(INFINITY, -INFINITY, 5, true); /* none */
    assert_true(axis.high > axis.low && isfinite(axis.high));
    assert_near(sg_axis_place(&axis, axis.high, 10, 90), 100, 1e-9, "pt");
}

static bool has_font(void) {
    struct sg_context *context = test_context_new(1);
    struct sg_theme theme;
    struct sg_lettering *lettering = NULL;
    assert_ok(context, sg_theme_read(context, "council", &theme));
    bool found = sg_lettering_new(context, theme.families, theme.family_count, &lettering) == SG_OK;
    sg_lettering_free(lettering);
    sg_theme_release(&theme);
    sg_context_free(context);
    return found;
}

/* Draws to a file and returns its bytes. */
static char *drawn(const struct sg_chart *chart, const char *ending, size_t *ret_length,
                   size_t *ret_left_out) {
    struct sg_context *context = test_context_new(1);
    char *path = sg_format("%s/c.%s", folder, ending), *bytes = NULL;
    assert_ok(context, sg_chart_write(context, chart, path, ret_left_out));
    assert_ok(context, sg_file_read(context, path, &bytes, ret_length));
    assert_int_equal(unlink(path), 0);
    sg_free(path);
    sg_context_free(context);
    return bytes;
}

enum { ROWS = 1000, POINTS = 5 };

struct material {
    double values[ROWS];
    char names[ROWS][80];
    struct sg_chart_row rows[ROWS];
    struct sg_chart_part parts[3];
    struct sg_point points[POINTS];
    struct sg_chart_curve curves[2];
};

static struct material *material_new(void) {
    struct material *m = sg_alloc(1, sizeof *m);
    for (int i = 0; i < ROWS; i++) {
        m->values[i] = i % 17 == 3 ? NAN : (i * 7919 % 1009) - 100;
        snprintf(m->names[i], sizeof m->names[i], "Neighbourhood of Notre-Dame-des-Champs \xC3\xA9 <%d>", i);
        m->rows[i] = (struct sg_chart_row){m->names[i], &m->values[i], 1, {0.2, 0.5, 0.7}};
    }
    const char *const parts[] = {"0 to under 10", "10 and over", "No data"};
    for (int i = 0; i < 3; i++)
        m->parts[i] = (struct sg_chart_part){parts[i], {0.3 * i, 0.5, 0.6}};
    for (int i = 0; i < POINTS; i++)
        m->points[i] = (struct sg_point){25.0 * i, 25.0 * i};
    m->curves[0] = (struct sg_chart_curve){"Gini 0.00", m->points, POINTS, {0.1, 0.1, 0.1}};
    m->curves[1] = (struct sg_chart_curve){"The same again", m->points, POINTS, {0.9, 0.1, 0.1}};
    return m;
}

static struct sg_chart chart_of(enum sg_chart_kind kind, struct material *m, size_t rows) {
    struct sg_chart chart;
    sg_chart_init(&chart);
    chart.kind = kind;
    chart.title = "Nine neighbourhoods have no language training within a kilometre";
    chart.subtitle = "Service gap index";
    chart.x_title = "People";
    chart.y_title = "Services";
    chart.source = "An invented city";
    chart.dpi = 60;
    chart.rows = m->rows;
    chart.row_count = rows;
    if (kind == SG_CHART_STACKED || kind == SG_CHART_DOTS) {
        for (size_t i = 0; i < rows; i++)
            m->rows[i].value_count = rows - i < 3 ? rows - i : 3;
        chart.parts = m->parts;
        chart.part_count = kind == SG_CHART_STACKED ? 3 : 0;
    }
    if (kind == SG_CHART_LORENZ || kind == SG_CHART_CURVES) {
        chart.row_count = 0;
        chart.curves = m->curves;
        chart.curve_count = 2;
    }
    chart.reference = 41;
    chart.reference_label = "Median: 41";
    return chart;
}

static void test_every_kind(void **state) {
    (void)state;
    if (!has_font())
        skip();
    static const char *const endings[] = {"png", "svg", "pdf"};
    static const char *const themes[] = {"council", "print", "dark", "contrast"};
    static const size_t counts[] = {1, 13, 158};
    for (int kind = 0; kind < SG_CHART_KIND_COUNT; kind++) {
        for (size_t n = 0; n < TEST_COUNT(counts); n++) {
            struct material *m = material_new();
            struct sg_chart chart = chart_of((enum sg_chart_kind)kind, m, counts[n]);
            chart.theme = themes[(size_t)kind % 4];
            chart.paper = n == 1 ? "slide" : "letter";
            chart.portrait = n == 2;
            chart.language = n == 1 ? SG_FRENCH : SG_ENGLISH;
            for (size_t e = 0; e < TEST_COUNT(endings); e++) {
                size_t first_length, second_length, left_out;
                char *first = drawn(&chart, endings[e], &first_length, &left_out);
                char *second = drawn(&chart, endings[e], &second_length, &left_out);
                assert_int_equal(first_length, second_length);
                assert_memory_equal(first, second, first_length);
                sg_free(first);
                sg_free(second);
            }
            sg_free(m);
        }
    }
}

static void test_too_many_rows_are_counted(void **state) {
    (void)state;
    if (!has_font())
        skip();
    struct material *m = material_new();
    struct sg_chart chart = chart_of(SG_CHART_BARS, m, ROWS);
    size_t length, left_out = 0, none = 1;
    sg_free(drawn(&chart, "png", &length, &left_out));
    assert_in_range(left_out, 1, ROWS - 100);
    chart.row_count = 54;
    sg_free(drawn(&chart, "png", &length, &none));
    assert_int_equal(none, 0);
    sg_free(m);
}

/* Readers who cannot see it hear the title and the numbers. */
static void test_description(void **state) {
    (void)state;
    if (!has_font())
        skip();
    struct material *m = material_new();
    m->values[0] = 12.34;
    struct sg_chart chart = chart_of(SG_CHART_LOLLIPOPS, m, 2);
    chart.decimals = 1;
    size_t length;
    char *svg = drawn(&chart, "svg", &length, NULL);
    assert_contains(svg, "role=\"img\"");
    assert_contains(svg, "Notre-Dame-des-Champs \xC3\xA9 &lt;0&gt; 12.3; ");
    sg_free(svg);
    sg_free(m);
}

static void test_names(void **state) {
    (void)state;
    for (int k = 0; k < SG_CHART_KIND_COUNT; k++) {
        enum sg_chart_kind kind;
        assert_true(sg_chart_kind_from_name(sg_chart_kind_name((enum sg_chart_kind)k), &kind));
        assert_int_equal(kind, k);
    }
    enum sg_chart_kind kind;
    assert_false(sg_chart_kind_from_name("pie", &kind));
}

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/servicegap-chart-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_axes), cmocka_unit_test(test_every_kind),
                                       cmocka_unit_test(test_too_many_rows_are_counted),
                                       cmocka_unit_test(test_description), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
