/* Every kind of map: nothing overlaps or leaves the page, what the legend says is what was counted, and the
   same map gives the same bytes. Skipped where none of the theme's fonts is installed. */
#include "classify/change_classes.h"
#include "classify/colour_difference.h"
#include "core/file.h"
#include "draw/bivariate.h"
#include "draw/clusters.h"
#include "draw/map_page.h"
#include "draw/map_style.h"
#include "draw/symbols.h"
#include "support/boxes.h"
#include "support/kind_town.h"
#include "support/test.h"
#include <unistd.h>

enum { ACROSS = 8, DOWN = 6, COUNT = ACROSS * DOWN };

/* ---- layout ---- */

/* The boxes of the map's page; release them. */
static struct sg_box_list lay_out(struct kind_town *setting, struct sg_map_report *ret_report) {
    struct sg_page page;
    struct sg_box_list boxes;
    assert_ok(setting->context,
              sg_map_lay_out(setting->context, &setting->town->map, &page, &boxes, ret_report));
    test_check_boxes(&boxes, &page, setting->town->map.kind == SG_MAP_SYMBOLS);
    return boxes;
}

/* cmocka's skip() must come from the test itself. */
static bool has_font(void) {
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    struct sg_page page;
    struct sg_box_list boxes = {0};
    struct sg_map_report report;
    kind_town_use(setting, SG_MAP_CHOROPLETH);
    bool found = sg_map_lay_out(setting->context, &setting->town->map, &page, &boxes, &report) == SG_OK;
    assert_true(found || strstr(sg_context_error(setting->context), "font") != NULL);
    sg_box_list_release(&boxes);
    kind_town_free(setting);
    return found;
}

#define SKIP_WITHOUT_FONT()                                                                                  \
    do {                                                                                                     \
        (void)state;                                                                                         \
        if (!has_font())                                                                                     \
            skip();                                                                                          \
    } while (0)

static void test_every_page(void **state) {
    SKIP_WITHOUT_FONT();
    static const char *const papers[] = {"letter", "tabloid", "slide", "1200x900px"};
    static const char *const themes[] = {"council", "print", "dark", "contrast"};
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    for (int kind = 0; kind < SG_MAP_KIND_COUNT; kind++) {
        kind_town_use(setting, (enum sg_map_kind)kind);
        for (int way = 0; way < 8; way++) {
            struct sg_map_report report;
            setting->town->map.paper = papers[way % 4];
            setting->town->map.theme = themes[way % 4];
            setting->town->map.portrait = way >= 4;
            setting->town->map.language = way % 2 == 0 ? SG_ENGLISH : SG_FRENCH;
            setting->town->map.rotate_deg = way < 4 ? 0 : NAN;
            struct sg_box_list boxes = lay_out(setting, &report);
            sg_box_list_release(&boxes);
        }
    }
    kind_town_free(setting);
}

/* Without names there is room for the class in nearly every block of a kilometre. */
static void test_classes_stand_on_the_areas(void **state) {
    SKIP_WITHOUT_FONT();
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    kind_town_use(setting, SG_MAP_BIVARIATE);
    setting->town->map.no_labels = true;
    struct sg_map_report report;
    struct sg_box_list boxes = lay_out(setting, &report);
    size_t names = 0;
    for (size_t i = 0; i < boxes.count; i++)
        names += boxes.boxes[i].kind == SG_BOX_LABEL;
    assert_in_range(names, COUNT * 9 / 10, COUNT);
    sg_box_list_release(&boxes);
    kind_town_free(setting);
}

/* By hand: of the values 0 to 8 in thirds, 8 is the worst of an axis that rises, 0 of one that falls; one
   class stands in the middle. */
static void test_cells_of_falling_axes(void **state) {
    (void)state;
    struct sg_context *context = sg_context_new();
    const double values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8}, one[] = {4};
    struct sg_break_request request = {.method = SG_BREAKS_QUANTILE, .class_count = 3};
    struct sg_classification thirds, single;
    assert_ok(context, sg_classify(context, values, 9, &request, &thirds));
    assert_ok(context, sg_classify(context, one, 1, &request, &single));
    struct sg_cell_axis rising = {&thirds, false}, falling = {&thirds, true}, lone = {&single, true};
    assert_int_equal(sg_cell_of(&rising, 8, &rising, 8), 8);
    assert_int_equal(sg_cell_of(&falling, 0, &rising, 8), 8);
    assert_int_equal(sg_cell_of(&falling, 8, &rising, 8), 6);
    assert_int_equal(sg_cell_of(&rising, 0, &falling, 0), 6);
    assert_int_equal(sg_cell_of(&falling, 4, &falling, 4), 4);
    assert_int_equal(sg_cell_of(&lone, 4, &rising, 0), 1);
    assert_int_equal(sg_cell_of(&falling, NAN, &rising, 0), SG_CLASS_MISSING);
    sg_context_free(context);
}

/* The worst class stands out: dark on paper, light on a dark ground, whichever end is the worst. */
static void test_worst_stands_out(void **state) {
    (void)state;
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    struct sg_map *map = &setting->town->map;
    kind_town_use(setting, SG_MAP_CHOROPLETH);
    for (int way = 0; way < 4; way++) {
        bool is_dark = way % 2 == 1;
        struct sg_theme theme;
        struct sg_map_style style;
        assert_ok(setting->context, sg_theme_read(setting->context, is_dark ? "dark" : "council", &theme));
        map->high_is_good = way >= 2;
        assert_ok(setting->context, sg_map_style_init(setting->context, map, &theme, &style));
        size_t last = style.palette.colour_count - 1, worst = map->high_is_good ? 0 : last;
        double worst_luminance = sg_colour_luminance(style.palette.colours[worst]);
        double best_luminance = sg_colour_luminance(style.palette.colours[last - worst]);
        assert_true(is_dark ? worst_luminance > best_luminance : worst_luminance < best_luminance);
        assert_int_equal(style.worst_is_lowest, map->high_is_good);
        sg_map_style_release(&style);
        sg_theme_release(&theme);
    }
    kind_town_free(setting);
}

/* All equal, all missing, all zero: each kind still draws. */
static void test_odd_values(void **state) {
    SKIP_WITHOUT_FONT();
    static const double odd[] = {5, 0, NAN};
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    struct block_town *town = setting->town;
    for (size_t o = 0; o < 3; o++) {
        double pooled[COUNT];
        for (size_t i = 0; i < COUNT; i++)
            pooled[i] = town->values[i] = town->second[i] = setting->changes[i] = odd[o];
        kind_town_classify(setting, pooled, COUNT, 3, &setting->first);
        kind_town_classify(setting, pooled, COUNT, 3, &setting->second);
        kind_town_classify(setting, pooled, COUNT, 5, &setting->together);
        struct sg_break_request request = {.method = SG_BREAKS_QUANTILE, .class_count = 5};
        assert_ok(setting->context,
                  sg_classify_change(setting->context, pooled, COUNT, &request, &setting->change));
        for (int kind = 0; kind < SG_MAP_KIND_COUNT; kind++) {
            struct sg_map_report report;
            kind_town_use(setting, (enum sg_map_kind)kind);
            struct sg_box_list boxes = lay_out(setting, &report);
            sg_box_list_release(&boxes);
        }
    }
    kind_town_free(setting);
}

/* ---- files ---- */

static char *write_and_read(struct kind_town *setting, const char *ending, int threads, double dpi,
                            size_t *ret_length) {
    char *path = sg_format("/tmp/sg_test_kinds_%ld%s", (long)getpid(), ending);
    struct sg_context *context = test_context_new(threads);
    setting->town->map.dpi = dpi;
    assert_ok(context, sg_map_write(context, &setting->town->map, path, NULL));
    char *bytes;
    assert_ok(context, sg_file_read(context, path, &bytes, ret_length));
    unlink(path);
    sg_free(path);
    sg_context_free(context);
    return bytes;
}

static void test_same_bytes(void **state) {
    SKIP_WITHOUT_FONT();
    static const char *const endings[] = {".png", ".svg", ".pdf"};
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    setting->town->map.created = 1700000000;
    for (int kind = 0; kind < SG_MAP_KIND_COUNT; kind++) {
        kind_town_use(setting, (enum sg_map_kind)kind);
        for (int e = 0; e < 3; e++) {
            size_t length, again_length;
            char *first = write_and_read(setting, endings[e], 1, 60, &length);
            /* the drawing itself is the same at every resolution: seen where it is no picture of pixels */
            char *again = write_and_read(setting, endings[e], 2, e == 0 ? 60 : 300, &again_length);
            assert_int_equal(length, again_length);
            assert_memory_equal(first, again, length);
            sg_free(first);
            sg_free(again);
        }
    }
    kind_town_free(setting);
}

/* What the description says of the map of the kind. Free with sg_free(). */
static char *description(struct kind_town *setting, enum sg_map_kind kind) {
    size_t length;
    kind_town_use(setting, kind);
    char *svg = write_and_read(setting, ".svg", 1, 60, &length);
    char *start = strstr(svg, "<desc");
    assert_non_null(start);
    char *end = strstr(start, "</desc>");
    assert_non_null(end);
    char *text = sg_strndup(start, (size_t)(end - start));
    sg_free(svg);
    return text;
}

/* Counted here by comparing with the breaks. */
static int third_of(const struct sg_classification *classes, double value) {
    return value < classes->breaks[0] ? 0 : value < classes->breaks[1] ? 1 : 2;
}

static void test_descriptions(void **state) {
    SKIP_WITHOUT_FONT();
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    struct block_town *town = setting->town;
    size_t cells[3][3] = {{0}}, shared = 0, corner = 0, none = 0;
    for (size_t i = 0; i < COUNT; i++) {
        cells[third_of(&setting->second, town->second[i])][third_of(&setting->first, town->values[i])]++;
        bool is_north = i / ACROSS >= 3, is_east = i % ACROSS >= 5;
        corner += i == COUNT - 1;
        shared += is_north && is_east && i != COUNT - 1;
        none += !is_north && !is_east;
    }
    char *expected =
        sg_format("A1: %zu; B1: %zu; C1: %zu; A2: %zu; B2: %zu; C2: %zu; A3: %zu; B3: %zu; C3: %zu",
                  cells[0][0], cells[0][1], cells[0][2], cells[1][0], cells[1][1], cells[1][2], cells[2][0],
                  cells[2][1], cells[2][2]);
    char *text = description(setting, SG_MAP_BIVARIATE);
    assert_contains(text, expected);
    sg_free(expected);
    sg_free(text);
    expected = sg_format("North: 24; East: 18; Corner: 1; Shared: North + East: %zu; Shared: North + East + "
                         "Corner: %zu; In no region: %zu",
                         shared, corner, none);
    text = description(setting, SG_MAP_REGIONS);
    assert_contains(text, expected);
    sg_free(expected);
    sg_free(text);
    text = description(setting, SG_MAP_CLUSTERS);
    assert_contains(text,
                    "High among high: 10; Low among low: 10; High among low: 10; Low among high: 9; Not "
                    "significant: 9");
    sg_free(text);
    text = description(setting, SG_MAP_MULTIPLES);
    assert_contains(text, "Housing; Housing; Housing; Settlement Needs");
    sg_free(text);
    kind_town_free(setting);
}

/* ---- circles ---- */

/* Surfaces go with the values: widths with their roots; each circle stands on its own block. */
static void test_circles(void **state) {
    SKIP_WITHOUT_FONT();
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    struct sg_map_report report;
    kind_town_use(setting, SG_MAP_SYMBOLS);
    double largest = 0;
    size_t positive = 0, circles = 0;
    for (size_t i = 0; i < COUNT; i++) {
        largest = fmax(largest, setting->town->values[i]);
        positive += setting->town->values[i] > 0;
    }
    struct sg_box_list boxes = lay_out(setting, &report);
    double widest = 0, last = INFINITY, sum = 0, expected = 0;
    for (size_t i = 0; i < boxes.count; i++) {
        if (boxes.boxes[i].kind != SG_BOX_SYMBOL)
            continue;
        assert_true(boxes.boxes[i].width <= last); /* the largest first */
        last = boxes.boxes[i].width;
        widest = fmax(widest, last);
        sum += last * last;
        circles++;
    }
    for (size_t i = 0; i < COUNT; i++)
        expected += setting->town->values[i] / largest;
    assert_int_equal(circles, positive);
    assert_relative(sum / (widest * widest), expected, 1e-9, "of the largest circle");
    sg_box_list_release(&boxes);
    setting->town->areas[0].value = -1;
    struct sg_page page;
    assert_status(setting->context,
                  sg_map_lay_out(setting->context, &setting->town->map, &page, &boxes, &report), SG_DRAWING);
    kind_town_free(setting);
}

static void test_circle_legend(void **state) {
    (void)state;
    double values[3];
    assert_int_equal(sg_circle_legend_values(9347, true, values), 3);
    assert_near(values[0], 5000, 0, "");
    assert_near(values[1], 1000, 0, "");
    assert_near(values[2], 200, 0, "");
    assert_int_equal(sg_circle_legend_values(3, true, values), 1);
    assert_near(values[0], 2, 0, "");
    assert_int_equal(sg_circle_legend_values(0.4, false, values), 3);
    assert_near(values[0], 0.2, 1e-12, "");
    assert_near(values[1], 0.05, 1e-12, "");
    assert_near(values[2], 0.01, 1e-12, "");
    assert_int_equal(sg_circle_legend_values(0, true, values), 0);
    assert_int_equal(sg_circle_legend_values(1000, true, values), 3);
    assert_near(values[0], 1000, 0, "");
}

/* ---- dots ---- */

static void test_dots(void **state) {
    SKIP_WITHOUT_FONT();
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    struct block_town *town = setting->town;
    for (size_t i = 0; i < COUNT; i++)
        town->values[i] *= 37;
    kind_town_use(setting, SG_MAP_DOTS);
    struct sg_map_report report;
    struct sg_box_list boxes = lay_out(setting, &report);
    assert_near(report.dot_value, 50, 0,
                "people"); /* about 89,000 people, 2,160 dots wanted: 41, rounded up */
    double total = 0;
    size_t expected = 0;
    for (size_t i = 0; i < COUNT; i++) {
        total += town->values[i];
        expected += (size_t)floor(town->values[i] / report.dot_value + 0.5);
    }
    assert_true(total / report.dot_value <= 45 * COUNT && total / report.dot_value > 45 * COUNT / 2.5);
    assert_int_equal(report.dots, expected);
    sg_box_list_release(&boxes);
    kind_town_free(setting);
}

/* By hand: 147,000 people wish for 1 dot of 68, which is 100. Letter paper (792 x 612 pt) leaves the map
   about 70 % of its width: 69.3 pt a kilometre, 4,800 pt2 a block, where 688 dots of 2 pt stay apart (45 % of
   it). The first block would have 1,000 dots of 100: a fifth of all would run into others; 500 of 200 do not.
 */
static void test_dots_stay_apart(void **state) {
    SKIP_WITHOUT_FONT();
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    for (size_t i = 0; i < COUNT; i++)
        setting->town->values[i] = i == 0 ? 100000 : 1000;
    kind_town_use(setting, SG_MAP_DOTS);
    setting->town->map.paper = "letter";
    struct sg_map_report report;
    struct sg_box_list boxes = lay_out(setting, &report);
    assert_near(report.dot_value, 200, 0, "people");
    assert_int_equal(report.dots, 500 + 5 * (COUNT - 1));
    sg_box_list_release(&boxes);
    setting->town->map.paper = "tabloid"; /* 1,224 x 792 pt: 99 pt a kilometre, 1,404 dots */
    boxes = lay_out(setting, &report);
    assert_near(report.dot_value, 100, 0, "people");
    sg_box_list_release(&boxes);
    kind_town_free(setting);
}

/* ---- clusters, kinds, pages ---- */

static void test_cluster_spellings(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int cluster;
    } spellings[] = {{"High-High", 0},        {"HH", 0},       {"hot spot", 0},        {"Élevé–élevé", 0},
                     {"low low", 1},          {"Bas-bas", 1},  {"high/low", 2},        {"HL", 2},
                     {"Low-High", 3},         {"bas-haut", 3}, {"Not significant", 4}, {"n.s.", 4},
                     {"Non significatif", 4}, {"medium", -1},  {"highhighhigh", -1},   {"1", -1}};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        assert_int_equal(sg_cluster_of(spellings[i].text), spellings[i].cluster);
}

static void test_kind_names(void **state) {
    (void)state;
    enum sg_map_kind found;
    for (int kind = 0; kind < SG_MAP_KIND_COUNT; kind++) {
        assert_true(sg_map_kind_from_name(sg_map_kind_name((enum sg_map_kind)kind), &found));
        assert_int_equal(found, kind);
    }
    assert_false(sg_map_kind_from_name("pie", &found));
}

static void test_bad_maps(void **state) {
    SKIP_WITHOUT_FONT();
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    struct sg_map *map = &setting->town->map;
    kind_town_use(setting, SG_MAP_CLUSTERS);
    setting->town->areas[7].category = "medium";
    assert_status(setting->context, sg_map_write(setting->context, map, "/tmp/x.png", NULL), SG_DRAWING);
    assert_contains(sg_context_error(setting->context), "medium");
    kind_town_free(setting);
    setting = kind_town_new(ACROSS, DOWN);
    map = &setting->town->map;
    kind_town_use(setting, SG_MAP_REGIONS);
    map->region_count = 0;
    assert_status(setting->context, sg_map_write(setting->context, map, "/tmp/x.png", NULL), SG_DRAWING);
    kind_town_free(setting);
    setting = kind_town_new(ACROSS, DOWN);
    map = &setting->town->map;
    kind_town_use(setting, SG_MAP_BIVARIATE);
    map->scheme = "YlGnBu";
    assert_status(setting->context, sg_map_write(setting->context, map, "/tmp/x.png", NULL), SG_BAD_STYLE);
    kind_town_free(setting);
}

static void test_panels_per_page(void **state) {
    (void)state;
    struct kind_town *setting = kind_town_new(ACROSS, DOWN);
    size_t letter, tabloid, slide;
    setting->town->map.paper = "letter";
    assert_ok(setting->context, sg_map_panels_per_page(setting->context, &setting->town->map, &letter));
    setting->town->map.paper = "tabloid";
    assert_ok(setting->context, sg_map_panels_per_page(setting->context, &setting->town->map, &tabloid));
    setting->town->map.paper = "slide";
    assert_ok(setting->context, sg_map_panels_per_page(setting->context, &setting->town->map, &slide));
    assert_true(slide >= 1 && slide < letter && letter < tabloid);
    kind_town_free(setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_page),
        cmocka_unit_test(test_classes_stand_on_the_areas),
        cmocka_unit_test(test_cells_of_falling_axes),
        cmocka_unit_test(test_worst_stands_out),
        cmocka_unit_test(test_odd_values),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_circles),
        cmocka_unit_test(test_circle_legend),
        cmocka_unit_test(test_dots),
        cmocka_unit_test(test_dots_stay_apart),
        cmocka_unit_test(test_cluster_spellings),
        cmocka_unit_test(test_kind_names),
        cmocka_unit_test(test_bad_maps),
        cmocka_unit_test(test_panels_per_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
