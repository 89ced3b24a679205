/* Whole pages: nothing overlaps or leaves the page, whatever the data; files say what they are and are the
   same every time. Skipped where none of the theme's fonts is installed. */
#include "draw/map_page.h"
#include "support/block_town.h"
#include "support/boxes.h"

#include <unistd.h>

#include "core/file.h"
#include "core/resource.h"
#include "core/text.h"
#include "draw/clean_text.h"
#include "draw/lettering.h"
#include "draw/map.h"
#include "draw/scale_bar.h"
#include "draw/wording.h"

#define SKIP_WITHOUT_FONT()                                                                                  \
    do {                                                                                                     \
        (void)state;                                                                                         \
        if (!block_town_has_font())                                                                          \
            skip();                                                                                          \
    } while (0)

static void test_every_page(void **state) {
    SKIP_WITHOUT_FONT();
    static const char *const papers[] = {"letter", "legal",     "tabloid",    "a4",        "a3",
                                         "slide",  "420x297mm", "1200x900px", "800x1400px"};
    struct block_town *town = block_town_new(7, 6, 1300, 1000);
    block_town_classify(town);
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        for (int way = 0; way < 4; way++) {
            town->map.paper = papers[i];
            town->map.portrait = way % 2 == 1;
            town->map.language = way < 2 ? SG_ENGLISH : SG_FRENCH;
            struct sg_map_report report = block_town_lay_out(town, NULL, NULL);
            assert_int_equal(report.labels_drawn + report.labels_keyed + report.labels_dropped, 42);
        }
    }
    block_town_free(town);
}

static void test_sizes_and_shapes(void **state) {
    SKIP_WITHOUT_FONT();
    static const struct {
        size_t across, down;
        double width_m, height_m;
    } towns[] = {{1, 1, 900, 900},  {2, 1, 900, 900},  {40, 40, 300, 300}, {1, 30, 900, 900},
                 {30, 1, 900, 900}, {3, 3, 9000, 200}, {3, 3, 200, 9000},  {5, 4, 20, 20}};
    for (size_t i = 0; i < sizeof towns / sizeof towns[0]; i++) {
        struct block_town *town =
            block_town_new(towns[i].across, towns[i].down, towns[i].width_m, towns[i].height_m);
        block_town_classify(town);
        block_town_lay_out(town, NULL, NULL);
        town->map.rotate_deg = NAN;
        town->map.portrait = true;
        block_town_lay_out(town, NULL, NULL);
        block_town_free(town);
    }
}

static void test_odd_values(void **state) {
    SKIP_WITHOUT_FONT();
    for (int kind = 0; kind < 6; kind++) {
        struct block_town *town = block_town_new(6, 5, 1000, 1000);
        for (size_t i = 0; i < town->count; i++) {
            double value = town->values[i];
            town->values[i] = kind == 0    ? 5
                              : kind == 1  ? NAN
                              : kind == 2  ? (i == 3 ? 1e12 : value)
                              : kind == 3  ? value - 50.5
                              : kind == 4  ? 0
                              : i % 3 == 0 ? NAN
                              : i % 3 == 1 ? 0
                                           : value / 1e9;
        }
        block_town_classify(town);
        block_town_lay_out(town, NULL, NULL);
        block_town_free(town);
    }
}

/* Sites on top of each other, streets with names, a lake and a neighbour: all find their places. */
static void test_overlays(void **state) {
    SKIP_WITHOUT_FONT();
    enum { SITES = 300, LINES = 12 };
    struct block_town *town = block_town_new(8, 6, 1200, 1000);
    block_town_classify(town);
    struct sg_taxonomy taxonomy = {.is_open = true};
    for (int t = 0; t < 13; t++) {
        char label[40];
        snprintf(label, sizeof label, "Service of kind %d", t);
        assert_int_equal(sg_taxonomy_add(&taxonomy, label), t);
    }
    struct sg_map_site sites[SITES];
    for (int i = 0; i < SITES; i++) {
        sites[i].point.x = 499000 + (double)(i * 7919 % 11800);
        sites[i].point.y = 4829500 + (double)(i * 6101 % 7000);
        sites[i].type = (size_t)(i * 31 % 13);
    }
    struct sg_point ends[LINES][2];
    struct sg_map_line lines[LINES];
    for (int i = 0; i < LINES; i++) {
        ends[i][0] = (struct sg_point){480000 + 3000 * i, 4810000};
        ends[i][1] = (struct sg_point){482000 + 3000 * i, 4850000};
        lines[i] = (struct sg_map_line){{ends[i], 2}, i % 2 == 0 ? "Long Main Street" : "Cross Road", i % 4};
    }
    struct sg_shape lake, land;
    block_town_block(&lake, -9, -9, 1200, 1000);
    block_town_block(&land, 9, 9, 1200, 1000);
    struct sg_map_context_shape shapes[] = {{&lake, true, "Lake Meridian"}, {&land, false, "Town of Marlow"}};
    town->map.sites = sites;
    town->map.site_count = SITES;
    town->map.taxonomy = &taxonomy;
    town->map.lines = lines;
    town->map.line_count = LINES;
    town->map.context_shapes = shapes;
    town->map.context_shape_count = 2;
    const uint32_t held[] = {0, 1, 2, 8, 9, 10}, also[] = {10, 11, 18};
    struct sg_map_region regions[] = {{"North", held, 6}, {"South", also, 3}};
    town->map.regions = regions;
    town->map.region_count = 2;
    for (int way = 0; way < 4; way++) {
        town->map.portrait = way % 2 == 1;
        town->map.rotate_deg = way < 2 ? 0 : NAN;
        town->map.paper = way == 3 ? "a3" : "letter";
        assert_true(block_town_lay_out(town, NULL, NULL).site_symbols > 50);
    }
    sg_shape_release(&lake);
    sg_shape_release(&land);
    sg_taxonomy_release(&taxonomy);
    block_town_free(town);
}

/* A centre of blocks under 3 mm in a town of large ones has an inset; a town of one grain has none, nor has a
   map of dots, which an inset would multiply. */
static void test_inset(void **state) {
    SKIP_WITHOUT_FONT();
    struct block_town *town = block_town_new(8, 8, 2000, 1200);
    for (size_t i = 0; i < 64; i++) { /* the block in row 3, column 3 gives way to 64 */
        size_t at = i == 0 ? 27 : 63 + i;
        sg_shape_release(&town->shapes[at]);
        block_town_block(&town->shapes[at], 24 + (double)(i % 8), 24 + (double)(i / 8), 250, 150);
        town->areas[at] = (struct sg_map_area){&town->shapes[at], "", 0, NULL, 0};
        town->values[at] = (double)i;
    }
    town->map.area_count = town->count = 64 + 63;
    town->map.no_labels = true;
    town->map.paper = "600x160mm";
    block_town_classify(town);
    block_town_lay_out(town, NULL, NULL);
    assert_int_equal(block_town_count(town, SG_BOX_INSET), 1);
    town->map.kind = SG_MAP_DOTS;
    assert_int_equal(block_town_count(town, SG_BOX_INSET), 0);
    town->map.kind = SG_MAP_CHOROPLETH;
    town->map.area_count = town->count = 26;
    assert_int_equal(block_town_count(town, SG_BOX_INSET), 0);
    block_town_free(town);
}

static const char *const centre_names[] = {"Oak", "Mill", "Kingsgate", "Old Harbour Market"};

/* The areas of the centre are named in the inset or numbered there, not on the map; all are told. */
static void test_names_in_inset(void **state) {
    SKIP_WITHOUT_FONT();
    struct block_town *town = block_town_new(8, 8, 2000, 1200);
    for (size_t i = 0; i < 64; i++) {
        size_t at = i == 0 ? 27 : 63 + i;
        sg_shape_release(&town->shapes[at]);
        block_town_block(&town->shapes[at], 24 + (double)(i % 8), 24 + (double)(i / 8), 250, 150);
        town->areas[at] = (struct sg_map_area){&town->shapes[at], centre_names[i % 4], 0, NULL, (double)i};
        town->values[at] = (double)i;
    }
    town->map.area_count = town->count = 64 + 63;
    town->map.paper = "600x180mm";
    block_town_classify(town);
    struct sg_page page;
    struct sg_box_list boxes;
    struct sg_map_report report;
    struct sg_context *context = sg_context_new();
    assert_ok(context, sg_map_lay_out(context, &town->map, &page, &boxes, &report));
    test_check_boxes(&boxes, &page, false);
    const struct sg_placed_box *inset = NULL;
    for (size_t i = 0; i < boxes.count; i++)
        inset = boxes.boxes[i].kind == SG_BOX_INSET ? &boxes.boxes[i] : inset;
    assert_non_null(inset);
    size_t held = 0;
    for (size_t i = 0; i < boxes.count; i++) {
        const struct sg_placed_box *box = &boxes.boxes[i];
        bool is_label = box->kind == SG_BOX_LABEL || box->kind == SG_BOX_NUMBER;
        held += is_label && box->x >= inset->x && box->x < inset->x + inset->width && box->y >= inset->y
                && box->y < inset->y + inset->height;
    }
    assert_in_range(held, 60, 64); /* areas at the window's edge may be told on the map */
    assert_int_equal(report.labels_dropped, 0);
    assert_int_equal(report.labels_drawn + report.labels_keyed, 127);
    sg_box_list_release(&boxes);
    sg_context_free(context);
    block_town_free(town);
}

/* Land that reaches far beyond the page is shown small beside the map; land that the map shows is not. */
static void test_locator(void **state) {
    SKIP_WITHOUT_FONT();
    struct block_town *town = block_town_new(8, 6, 1200, 1000);
    struct sg_shape near_land, far_land, lake;
    block_town_block(&near_land, 0, 0, 6000, 4000);
    block_town_block(&far_land, -1, -1, 90000, 70000);
    block_town_block(&lake, 1, 0, 5000, 20000);
    struct sg_map_context_shape shapes[] = {{&near_land, false, NULL}, {&lake, true, NULL}};
    town->map.context_shapes = shapes;
    assert_int_equal(block_town_count(town, SG_BOX_LOCATOR), 0);
    town->map.context_shape_count = 1;
    assert_int_equal(block_town_count(town, SG_BOX_LOCATOR), 0);
    shapes[0].shape = &far_land;
    assert_int_equal(block_town_count(town, SG_BOX_LOCATOR), 1);
    town->map.context_shape_count = 2;
    for (int way = 0; way < 4; way++) {
        town->map.portrait = way % 2 == 1;
        town->map.theme = way < 2 ? "council" : "dark";
        block_town_lay_out(town, NULL, NULL);
        assert_int_equal(block_town_count(town, SG_BOX_LOCATOR), 1);
    }
    sg_shape_release(&near_land);
    sg_shape_release(&far_land);
    sg_shape_release(&lake);
    block_town_free(town);
}

/* A street that never leaves the areas is named within one of them; where all classes are unknown, too. */
static void test_street_names_on_areas(void **state) {
    SKIP_WITHOUT_FONT();
    struct block_town *town = block_town_new(2, 2, 9000, 7000);
    block_town_classify(town);
    struct sg_box box = sg_shape_envelope(town->areas[0].shape);
    double y = box.min_y + (box.max_y - box.min_y) / 4;
    struct sg_point ends[] = {{box.min_x + 1500, y}, {box.max_x - 1500, y}};
    struct sg_map_line line = {{ends, 2}, "Short Street", -1};
    town->map.lines = &line;
    assert_int_equal(block_town_count(town, SG_BOX_STREET_NAME), 0);
    town->map.line_count = 1;
    assert_true(block_town_count(town, SG_BOX_STREET_NAME) > 0);
    line.class_rank = 1;
    assert_true(block_town_count(town, SG_BOX_STREET_NAME) > 0);
    line.class_rank = 2; /* beside main roads it is not worth a name */
    assert_int_equal(block_town_count(town, SG_BOX_STREET_NAME), 0);
    block_town_lay_out(town, NULL, NULL);
    block_town_free(town);
}

static void test_hostile_text(void **state) {
    SKIP_WITHOUT_FONT();
    static const char *const texts[] = {
        "",
        " ",
        "<b>&amp; \"quoted\" 'text'</b>",
        "\x01\x02 control \x7f\x1b[31m",
        "not \xff\xfe UTF-8 \xc3",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Llanfairpwllgwyngyllgogerychwyrndrobwll",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
        "%s%n%d",
        "\xe2\x80\xaeright to left\nline\r\nbreaks\ttabs",
        "\xd8\xa7\xd9\x84\xd8\xad\xd9\x8a \xe4\xb8\xad\xe6\x96\x87",
    };
    enum { COUNT = sizeof texts / sizeof texts[0] };
    struct block_town *town = block_town_new(5, 2, 1500, 1500);
    for (size_t i = 0; i < town->count; i++)
        town->areas[i].name = texts[i % COUNT];
    block_town_classify(town);
    for (size_t i = 0; i < COUNT; i++) {
        town->map.title = town->map.subtitle = town->map.legend_title = town->map.legend_unit = texts[i];
        town->map.source = town->map.note = town->map.method = town->map.credit = texts[i];
        town->map.value_unit = texts[i];
        block_town_lay_out(town, NULL, NULL);
    }
    for (size_t i = 0; i < town->count; i++)
        town->areas[i].category = texts[i % 7];
    town->map.force_palette = true;
    block_town_lay_out(town, NULL, NULL);
    block_town_free(town);
}

static void test_clean_text(void **state) {
    (void)state;
    char *clean = sg_text_clean("a\x01  b\xff\n c ", false);
    assert_string_equal(clean, "a\xef\xbf\xbd b\xef\xbf\xbd c");
    sg_free(clean);
    clean = sg_text_clean_paragraph("(0 = enough, a=b, 100  = none) = ");
    assert_string_equal(clean, "(0\u00a0=\u00a0enough, a=b, 100\u00a0=\u00a0none) =");
    sg_free(clean);
    clean = sg_text_clean_paragraph("no sign");
    assert_string_equal(clean, "no sign");
    sg_free(clean);
    clean = sg_text_clean(NULL, false);
    assert_string_equal(clean, "");
    sg_free(clean);
}

/* A file's bytes from memory that the caller frees. */
static char *write_and_read(const struct sg_map *map, const char *ending, int threads, size_t *ret_length) {
    struct sg_context *context = sg_context_new();
    sg_context_set_threads(context, threads);
    char *path = sg_format("/tmp/sg_test_map_%ld%s", (long)getpid(), ending);
    enum sg_status status = sg_map_write(context, map, path, NULL);
    if (status != SG_OK)
        print_message("%s\n", sg_context_error(context));
    assert_int_equal(status, SG_OK);
    char *bytes;
    assert_int_equal(sg_file_read(context, path, &bytes, ret_length), SG_OK);
    unlink(path);
    sg_free(path);
    sg_context_free(context);
    return bytes;
}

static void test_same_bytes(void **state) {
    SKIP_WITHOUT_FONT();
    static const char *const endings[] = {".png", ".svg", ".pdf"};
    struct block_town *town = block_town_new(40, 25, 800, 800);
    block_town_classify(town);
    town->map.dpi = 60;
    town->map.created = 1700000000;
    for (size_t i = 0; i < 3; i++) {
        size_t first_length, length;
        char *first = write_and_read(&town->map, endings[i], 1, &first_length);
        for (int again = 0; again < 3; again++) {
            char *bytes = write_and_read(&town->map, endings[i], again + 1, &length);
            assert_int_equal(length, first_length);
            assert_memory_equal(bytes, first, length);
            sg_free(bytes);
        }
        sg_free(first);
    }
    block_town_free(town);
}

static uint32_t big_endian(const char *bytes) {
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* The data of a PNG chunk whose content begins with a text ("" for any), or NULL. */
static const char *find_chunk(const char *png, size_t length, const char *type, const char *begins) {
    for (size_t at = 8; at + 12 <= length;) {
        uint32_t size = big_endian(png + at);
        if (memcmp(png + at + 4, type, 4) == 0 && strncmp(png + at + 8, begins, strlen(begins)) == 0)
            return png + at + 8;
        at += size + 12;
    }
    return NULL;
}

static void test_png_chunks(void **state) {
    SKIP_WITHOUT_FONT();
    struct block_town *town = block_town_new(3, 3, 1000, 1000);
    block_town_classify(town);
    town->map.dpi = 150;
    town->map.alt_text = "Nine blocks, the worst in the middle.";
    size_t length;
    char *png = write_and_read(&town->map, ".png", 1, &length);
    assert_memory_equal(png, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(big_endian(png + 16), 1650); /* 11 x 8.5 inches */
    assert_int_equal(big_endian(png + 20), 1275);
    const char *density = find_chunk(png, length, "pHYs", "");
    assert_non_null(density);
    assert_int_equal(big_endian(density), 5906);
    assert_int_equal(density[8], 1);
    const char *title = find_chunk(png, length, "iTXt", "Title");
    assert_non_null(title);
    assert_memory_equal(title + 10, "Nine neighbourhoods", 19);
    const char *description = find_chunk(png, length, "iTXt", "Description");
    assert_non_null(description);
    assert_memory_equal(description + 16, "Nine blocks", 11);
    sg_free(png);
    block_town_free(town);
}

static void test_svg_words(void **state) {
    SKIP_WITHOUT_FONT();
    struct block_town *town = block_town_new(3, 3, 1000, 1000);
    block_town_classify(town);
    town->map.title = "Fewer <than> half & \"less\"";
    size_t length;
    char *svg = write_and_read(&town->map, ".svg", 1, &length);
    assert_non_null(strstr(svg, "role=\"img\""));
    assert_non_null(strstr(svg, "<title id=\"title\">Fewer &lt;than&gt; half &amp; \"less\"</title>"));
    assert_non_null(strstr(svg, "<desc id=\"description\">"));
    assert_null(strstr(svg, "surface"));
    sg_free(svg);
    block_town_free(town);
}

static void test_failures(void **state) {
    SKIP_WITHOUT_FONT();
    struct block_town *town = block_town_new(2, 2, 1000, 1000);
    block_town_classify(town);
    struct {
        const char **field;
        const char *value;
        const char *path;
        enum sg_status status;
    } cases[] = {
        {&town->map.theme, "no-such-theme", "/tmp/x.png", SG_BAD_STYLE},
        {&town->map.scheme, "no-such-scheme", "/tmp/x.png", SG_BAD_STYLE},
        {&town->map.display_crs, "EPSG:4326", "/tmp/x.png", SG_BAD_CRS},
        {&town->map.display_crs, "nonsense", "/tmp/x.png", SG_BAD_CRS},
        {&town->map.paper, "postcard", "/tmp/x.png", SG_USAGE},
        {&town->map.paper, "letter", "/tmp/x.gif", SG_USAGE},
        {&town->map.paper, "letter", "/no/such/folder/x.png", SG_NO_OUTPUT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sg_context *context = sg_context_new();
        *cases[i].field = cases[i].value;
        assert_int_equal(sg_map_write(context, &town->map, cases[i].path, NULL), cases[i].status);
        assert_non_null(sg_context_error(context));
        *cases[i].field = NULL;
        sg_context_free(context);
    }
    block_town_free(town);
}

static void test_no_font(void **state) {
    (void)state;
    struct sg_context *context = sg_context_new();
    struct sg_lettering *lettering = NULL;
    char one[] = "No Such Family", two[] = "Nor This One";
    char *families[] = {one, two};
    assert_int_equal(sg_lettering_new(context, families, 2, &lettering), SG_BAD_STYLE);
    assert_non_null(strstr(sg_context_error(context), "No Such Family, Nor This One"));
    assert_null(lettering);
    sg_context_free(context);
}

static void test_scale_bar_lengths(void **state) {
    (void)state;
    assert_float_equal(sg_scale_bar_length_m(50, 100), 5000, 1e-6);
    assert_float_equal(sg_scale_bar_length_m(49.9, 100), 2000, 1e-6);
    assert_float_equal(sg_scale_bar_length_m(19.9, 100), 1000, 1e-6);
    assert_float_equal(sg_scale_bar_length_m(0.3, 100), 20, 1e-6);
    assert_float_equal(sg_scale_bar_length_m(1234, 100), 100000, 1e-6);
}

static void test_numbers(void **state) {
    (void)state;
    struct sg_text text;
    sg_text_init(&text);
    sg_append_number(&text, 1234567.5, 1, SG_ENGLISH);
    assert_string_equal(sg_text_bytes(&text), "1,234,567.5");
    sg_text_clear(&text);
    sg_append_number(&text, -1234.5, 1, SG_FRENCH);
    assert_string_equal(sg_text_bytes(&text), "\u22121\u202f234,5");
    sg_text_clear(&text);
    sg_append_number(&text, -0.001, 1, SG_ENGLISH);
    assert_string_equal(sg_text_bytes(&text), "0.0");
    sg_text_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_page),
        cmocka_unit_test(test_sizes_and_shapes),
        cmocka_unit_test(test_odd_values),
        cmocka_unit_test(test_hostile_text),
        cmocka_unit_test(test_overlays),
        cmocka_unit_test(test_inset),
        cmocka_unit_test(test_names_in_inset),
        cmocka_unit_test(test_locator),
        cmocka_unit_test(test_street_names_on_areas),
        cmocka_unit_test(test_clean_text),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_png_chunks),
        cmocka_unit_test(test_svg_words),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_no_font),
        cmocka_unit_test(test_scale_bar_lengths),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
