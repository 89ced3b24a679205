/* Charts: axes in round steps, the same bytes every time, and a page for whatever rows there are. Drawing is
   skipped where none of the theme's fonts is installed. */
#include "draw/chart.h"

#include <unistd.h>

#include "classify/colour_difference.h"
#include "core/file.h"
#include "draw/charting.h"
#include "read/taxonomy_reader.h"
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

/* A picture on paper of the theme, for parts of charts. */
static void canvas_init(struct sg_charting *charting, const char *theme, int width, int height) {
    *charting = (struct sg_charting){.context = test_context_new(1)};
    assert_ok(charting->context, sg_theme_read(charting->context, theme, &charting->theme));
    assert_ok(charting->context, sg_lettering_new(charting->context, charting->theme.families,
                                                  charting->theme.family_count, &charting->lettering));
    charting->page.scale = 1;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    charting->cairo = cairo_create(surface);
    cairo_surface_destroy(surface);
    const struct sg_colour paper = charting->theme.colours.paper;
    cairo_set_source_rgb(charting->cairo, paper.red, paper.green, paper.blue);
    cairo_paint(charting->cairo);
}

static void canvas_release(struct sg_charting *charting) {
    cairo_destroy(charting->cairo);
    sg_lettering_free(charting->lettering);
    sg_theme_release(&charting->theme);
    sg_context_free(charting->context);
}

static uint32_t pixel(const struct sg_charting *charting, int x, int y) {
    cairo_surface_t *surface = cairo_get_target(charting->cairo);
    cairo_surface_flush(surface);
    const unsigned char *row =
        cairo_image_surface_get_data(surface) + (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
    return ((const uint32_t *)(const void *)row)[x] & 0xFFFFFF;
}

/* Every type's colour stands out from dark paper as WCAG 2.2 (1.4.11) asks of graphics; on light paper the
   colours are those of the maps. */
static void test_colours_on_dark_paper(void **state) {
    (void)state;
    if (!has_font())
        skip();
    struct sg_charting dark, light;
    struct sg_taxonomy taxonomy;
    size_t lightened = 0;
    canvas_init(&dark, "dark", 1, 1);
    canvas_init(&light, "council", 1, 1);
    assert_ok(dark.context, sg_taxonomy_read(dark.context, "lip", &taxonomy));
    for (size_t t = 0; t < taxonomy.type_count; t++) {
        struct sg_colour colour = taxonomy.types[t].colour, seen = sg_chart_colour(&dark, colour);
        assert_true(sg_colour_contrast(seen, dark.theme.colours.paper) >= 3);
        lightened += seen.red != colour.red || seen.green != colour.green || seen.blue != colour.blue;
        seen = sg_chart_colour(&light, colour);
        assert_true(seen.red == colour.red && seen.green == colour.green && seen.blue == colour.blue);
    }
    assert_in_range(lightened, 1, taxonomy.type_count - 1);
    sg_taxonomy_release(&taxonomy);
    canvas_release(&dark);
    canvas_release(&light);
}

/* No data is hatched as on maps, other parts are flat. */
static void test_no_data_is_hatched(void **state) {
    (void)state;
    if (!has_font())
        skip();
    enum { SIDE = 40 };
    const struct sg_chart_part parts[] = {{"0 to under 10", {0.8, 0.8, 0.8}}, {"No data", {0.8, 0.8, 0.8}}};
    struct sg_chart chart;
    sg_chart_init(&chart);
    chart.parts = parts;
    chart.part_count = 2;
    for (size_t part = 0; part < 2; part++) {
        struct sg_charting charting;
        canvas_init(&charting, "council", SIDE, SIDE);
        charting.chart = &chart;
        const struct sg_rectangle all = {0, 0, SIDE, SIDE};
        sg_chart_fill_part(&charting, part, &all);
        bool is_flat = true;
        for (int i = 0; i < SIDE * SIDE; i++)
            is_flat = is_flat && pixel(&charting, i % SIDE, i / SIDE) == pixel(&charting, 0, 0);
        assert_int_equal(is_flat, part == 0);
        canvas_release(&charting);
    }
}

/* A part in the colour of the paper has an outline: a line over most of the plot's width. */
static void test_light_parts_have_an_outline(void **state) {
    (void)state;
    if (!has_font())
        skip();
    enum { WIDTH = 400, HEIGHT = 120 };
    struct sg_charting charting;
    struct sg_chart chart;
    canvas_init(&charting, "contrast", WIDTH, HEIGHT);
    const double all = 1;
    const struct sg_chart_row row = {.label = "A", .values = &all, .value_count = 1};
    const struct sg_chart_part part = {"0 (enough)", charting.theme.colours.paper};
    sg_chart_init(&chart);
    chart.kind = SG_CHART_STACKED;
    chart.rows = &row;
    chart.row_count = chart.part_count = 1;
    chart.parts = &part;
    charting.chart = &chart;
    const struct sg_rectangle plot = {0, 0, WIDTH, HEIGHT};
    const uint32_t paper = pixel(&charting, 0, 0);
    sg_chart_draw_rows(&charting, &plot);
    int longest = 0;
    for (int y = 0; y < HEIGHT; y++) {
        int marked = 0;
        for (int x = 0; x < WIDTH; x++)
            marked += pixel(&charting, x, y) != paper;
        longest = marked > longest ? marked : longest;
    }
    assert_true(longest > WIDTH / 2);
    canvas_release(&charting);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_axes),
                                       cmocka_unit_test(test_every_kind),
                                       cmocka_unit_test(test_too_many_rows_are_counted),
                                       cmocka_unit_test(test_description),
                                       cmocka_unit_test(test_colours_on_dark_paper),
                                       cmocka_unit_test(test_no_data_is_hatched),
                                       cmocka_unit_test(test_light_parts_have_an_outline),
                                       cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
