/* The numbers of areas that have no room for their names, and the key that lists them. */
#include "draw/label_room.h"

#include <math.h>

#include "draw/map_page.h"
#include "support/block_town.h"

/* A rectangle on the page as the area loaded, its pole in the middle. */
struct plain_room {
    struct sg_point points[5];
    uint32_t starts[2];
    struct sg_label_room room;
};

static void plain_room_init(struct plain_room *plain, double width, double height) {
    *plain = (struct plain_room){
        .points = {{0, 0}, {width, 0}, {width, height}, {0, height}, {0, 0}},
        .starts = {0, 5},
    };
    plain->room.rings = (struct sg_ring_list){plain->points, plain->starts, 1};
    plain->room.box = (struct sg_box){0, 0, width, height};
    plain->room.pole = (struct sg_pole){{width / 2, height / 2}, fmin(width, height) / 2};
}

/* Symbols stand in the middle of a long area: the ends have room, beyond the squares that are looked through
   around the pole. */
static void test_all_over_the_area(void **state) {
    (void)state;
    struct plain_room plain;
    struct sg_box_list boxes = {0};
    double x = NAN, y = NAN;
    plain_room_init(&plain, 100, 8);
    sg_box_list_add(&boxes, SG_BOX_SYMBOL, 20, 0, 60, 8);
    assert_false(sg_label_room_find(&plain.room, &boxes, 12, 5, &x, &y));
    assert_true(sg_label_room_search(&plain.room, &boxes, 12, 5, 1, &x, &y));
    assert_false(sg_box_list_meets(&boxes, x, y, 12, 5));
    assert_true(x >= 0 && x + 12 <= 100 && y >= 0 && y + 5 <= 8);
    assert_true(x < 50 ? x > 6 : x < 82); /* the place nearest to the pole */
    sg_box_list_add(&boxes, SG_BOX_SYMBOL, 0, 0, 20, 8);
    sg_box_list_add(&boxes, SG_BOX_SYMBOL, 80, 0, 20, 8);
    assert_false(sg_label_room_search(&plain.room, &boxes, 12, 5, 0.6, &x, &y));
    sg_box_list_release(&boxes);
}

/* A number wider than its area reaches out of it, its middle and most of it inside. */
static void test_wider_than_the_area(void **state) {
    (void)state;
    struct plain_room plain;
    struct sg_box_list none = {0};
    double x = NAN, y = NAN;
    plain_room_init(&plain, 9, 9);
    assert_false(sg_label_room_search(&plain.room, &none, 12, 5, 1, &x, &y));
    assert_true(sg_label_room_search(&plain.room, &none, 12, 5, 0.6, &x, &y));
    assert_near(x + 6, 4.5, 0.6, "pt");
    assert_near(y + 2.5, 4.5, 0.6, "pt");
    plain_room_init(&plain, 4, 9); /* a third of it inside: whose number would it be? */
    assert_false(sg_label_room_search(&plain.room, &none, 12, 5, 0.6, &x, &y));
    plain_room_init(&plain, 200, 0.8);
    assert_false(sg_label_room_search(&plain.room, &none, 12, 5, 0.1, &x, &y));
}

/* Towns whose key had no room for all rows while the map filled its frame. */
static void test_every_area_is_listed(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    static const struct {
        size_t across, down;
        bool portrait;
        const char *theme;
    } cases[] = {{12, 10, false, "council"},
                 {14, 11, false, "council"},
                 {13, 12, true, "council"},
                 {14, 11, false, "contrast"},
                 {14, 11, true, "contrast"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct block_town *town = block_town_new(cases[i].across, cases[i].down, 900, 700);
        town->map.theme = cases[i].theme;
        town->map.portrait = cases[i].portrait;
        struct sg_map_report report = block_town_lay_out(town, NULL, NULL);
        assert_int_equal(report.labels_dropped, 0);
        assert_int_equal(report.labels_drawn + report.labels_keyed, town->count);
        block_town_free(town);
    }
}

/* The key is read from its heading on: in the panel that has it, no row stands to its left, and all rows of
   panels farther up have come before. */
static void check_heading(const struct sg_box_list *boxes, const struct sg_page *page) {
    const struct sg_placed_box *heading = NULL;
    for (size_t i = 0; i < boxes->count; i++) {
        const struct sg_placed_box *row = &boxes->boxes[i];
        if (row->kind != SG_BOX_KEY)
            continue;
        if (heading == NULL)
            heading = row;
        bool is_beside = row->y + row->height > heading->y && row->y < heading->y + page->height_pt / 12;
        assert_false(is_beside && row->x + row->width <= heading->x);
    }
    assert_non_null(heading);
}

static void test_reading_order(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    static const size_t sizes[][2] = {{12, 10}, {14, 11}, {13, 12}, {16, 9}, {11, 13}};
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
        struct block_town *town = block_town_new(sizes[i / 2][0], sizes[i / 2][1], 900, 700);
        struct sg_context *context = test_context_new(1);
        struct sg_page page;
        struct sg_box_list boxes;
        struct sg_map_report report;
        town->map.portrait = true;
        town->map.theme = i % 2 == 0 ? "council" : "contrast";
        assert_ok(context, sg_map_lay_out(context, &town->map, &page, &boxes, &report));
        check_heading(&boxes, &page);
        sg_box_list_release(&boxes);
        sg_context_free(context);
        block_town_free(town);
    }
}

/* The key of short names is narrower than its heading, which then takes a second line instead of running over
   what stands beside it. */
static void test_narrow_heading(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    struct block_town *town = block_town_new(6, 6, 1000, 900);
    struct sg_context *context = test_context_new(1);
    struct sg_page page;
    struct sg_box_list boxes;
    struct sg_map_report report;
    for (size_t i = 0; i < town->count; i++)
        snprintf(town->names[i], sizeof town->names[i], "Bairro %zu", i + 1);
    block_town_classify(town);
    town->map.paper = "slide";
    town->map.language = SG_FRENCH;
    town->map.rotate_deg = -20;
    assert_ok(context, sg_map_lay_out(context, &town->map, &page, &boxes, &report));
    const struct sg_placed_box *heading = NULL;
    for (size_t i = boxes.count; i-- > 0;) {
        if (boxes.boxes[i].kind == SG_BOX_KEY)
            heading = &boxes.boxes[i]; /* the first of them */
    }
    assert_non_null(heading);
    assert_true(heading->width < 9 * heading->type_pt); /* the words take ten */
    assert_true(heading->height > 2 * heading->type_pt);
    sg_box_list_release(&boxes);
    sg_context_free(context);
    block_town_free(town);
}

/* From the middle of the leftmost circle to that of the rightmost. */
static double width_of_circles(struct block_town *town, bool is_labelled) {
    struct sg_context *context = test_context_new(1);
    struct sg_page page;
    struct sg_box_list boxes;
    struct sg_map_report report;
    double least = INFINITY, most = -INFINITY;
    town->map.no_labels = !is_labelled;
    assert_ok(context, sg_map_lay_out(context, &town->map, &page, &boxes, &report));
    for (size_t i = 0; i < boxes.count; i++) {
        const struct sg_placed_box *box = &boxes.boxes[i];
        if (box->kind == SG_BOX_SYMBOL) {
            least = fmin(least, box->x + box->width / 2);
            most = fmax(most, box->x + box->width / 2);
        }
    }
    sg_box_list_release(&boxes);
    sg_context_free(context);
    return most - least;
}

/* Circles keep their size when a map is made smaller, and would cover it: a map of circles is not. */
static void test_circles_keep_their_map(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    struct block_town *town = block_town_new(14, 11, 900, 700);
    town->map.theme = "contrast";
    block_town_classify(town);
    town->map.kind = SG_MAP_SYMBOLS;
    /* the scale bar may raise it a little; shrunk for the key it had 0.7 of its width */
    assert_true(width_of_circles(town, true) > 0.95 * width_of_circles(town, false));
    block_town_free(town);
}

/* With twelve services in each block: the width of the symbols, and how many blocks have neither name nor
 * number. */
static double symbol_width(size_t across, size_t down, size_t *ret_unnamed) {
    enum { PER_BLOCK = 12, MOST_SITES = 154 * PER_BLOCK };
    struct block_town *town = block_town_new(across, down, 900, 700);
    struct sg_taxonomy taxonomy = {.is_open = true};
    struct sg_map_site sites[MOST_SITES];
    assert_int_equal(sg_taxonomy_add(&taxonomy, "Health"), 0);
    assert_true(PER_BLOCK * town->count <= MOST_SITES);
    for (size_t i = 0; i < PER_BLOCK * town->count; i++) { /* four by three */
        struct sg_box box = sg_shape_envelope(&town->shapes[i / PER_BLOCK]);
        double across_share = ((double)(i % 4) + 0.5) / 4, up_share = ((double)(i % PER_BLOCK / 4) + 0.5) / 3;
        sites[i] = (struct sg_map_site){{box.min_x + across_share * (box.max_x - box.min_x),
                                         box.min_y + up_share * (box.max_y - box.min_y)},
                                        0};
    }
    town->map.sites = sites;
    town->map.site_count = PER_BLOCK * town->count;
    town->map.taxonomy = &taxonomy;
    struct sg_context *context = test_context_new(1);
    struct sg_page page;
    struct sg_box_list boxes;
    struct sg_map_report report;
    double width = 0;
    assert_ok(context, sg_map_lay_out(context, &town->map, &page, &boxes, &report));
    for (size_t i = 0; i < boxes.count; i++)
        width = boxes.boxes[i].kind == SG_BOX_SYMBOL ? boxes.boxes[i].width : width;
    *ret_unnamed = report.labels_dropped;
    sg_box_list_release(&boxes);
    sg_context_free(context);
    sg_taxonomy_release(&taxonomy);
    block_town_free(town);
    return width;
}

/* Symbols are as large as the theme has them, with their halo (6.4 and twice 0.9 pt), unless blocks are so
   small that they would leave no place for names or numbers. */
static void test_symbols_make_room(void **state) {
    (void)state;
    if (!block_town_has_font())
        return;
    size_t unnamed;
    assert_near(symbol_width(5, 4, &unnamed), 8.2, 1e-9, "pt");
    assert_int_equal(unnamed, 0);
    assert_true(symbol_width(12, 9, &unnamed) < 8); /* as large as ever, they left some unnamed */
    assert_int_equal(unnamed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_over_the_area),    cmocka_unit_test(test_wider_than_the_area),
        cmocka_unit_test(test_every_area_is_listed), cmocka_unit_test(test_reading_order),
        cmocka_unit_test(test_narrow_heading),       cmocka_unit_test(test_circles_keep_their_map),
        cmocka_unit_test(test_symbols_make_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
