/* Outlines and inner borders of areas whose borders were digitised apart, by lengths known from their shapes.
 */
#include "draw/border_lines.h"

#include "support/test.h"

struct page {
    struct sg_context *context;
    struct sg_drawing drawing;
    struct sg_border_lines lines;
};

/* Puts the shapes on a page of 400 x 400 pt as they are, and takes them. */
static struct page page_new(struct sg_shape *shapes, size_t count) {
    const struct sg_shape *pointers[8];
    struct page page = {.context = test_context_new(1)};
    const struct sg_rectangle rectangle = {0, 0, 400, 400};
    for (size_t i = 0; i < count; i++)
        pointers[i] = &shapes[i];
    assert_ok(page.context, sg_topology_new(page.context, pointers, count, &page.drawing.topology));
    assert_ok(page.context,
              sg_coverage_mask_init(page.context, &page.drawing.topology, &rectangle, &page.drawing.mask));
    assert_true(sg_border_lines_init(&page.drawing, true, &page.lines));
    for (size_t i = 0; i < count; i++)
        sg_shape_release(&shapes[i]);
    return page;
}

static void page_free(struct page *page) {
    sg_border_lines_release(&page->lines);
    sg_coverage_mask_release(&page->drawing.mask);
    sg_topology_release(&page->drawing.topology);
    sg_context_free(page->context);
}

/* The length of all outlines, or of all inner lines between two areas (from either side). */
static double length_of(const struct page *page, bool is_outline, uint32_t one, uint32_t other) {
    double length = 0;
    for (size_t i = 0; i < page->lines.count; i++) {
        const struct sg_border_line *line = &page->lines.lines[i];
        const struct sg_point *points = sg_border_line_points(&page->lines, &page->drawing.topology, line);
        bool is_theirs = (line->areas[0] == one && line->areas[1] == other)
                         || (line->areas[0] == other && line->areas[1] == one);
        if (line->is_outline != is_outline || (!is_outline && !is_theirs))
            continue;
        for (uint32_t p = 0; p + 1 < line->count; p++)
            length += hypot(points[p + 1].x - points[p].x, points[p + 1].y - points[p].y);
    }
    return length;
}

/* Two halves of a square, 0.3 pt apart and with other points on their border: the outline is that of the
   square (4 x 200, less the gap), their border is inner and known from both sides (2 x 200). */
static void test_halves_digitised_apart(void **state) {
    (void)state;
    const struct sg_point west[] = {{100, 100}, {200, 100}, {200, 170}, {200, 300}, {100, 300}},
                          east[] = {{200.3, 100}, {300, 100}, {300, 300}, {200.3, 300}, {200.3, 240}};
    struct sg_shape shapes[] = {test_polygon(west, 5), test_polygon(east, 5)};
    struct page page = page_new(shapes, 2);
    assert_float_equal(length_of(&page, true, 0, 0), 4 * 200 - 2 * 0.3, 0.01);
    assert_float_equal(length_of(&page, false, 0, 1), 2 * 200, 0.01);
    page_free(&page);
}

/* One long side borders an area for three quarters (once judged as a whole: it was inner then) and the
   outside for the last. */
static void test_side_partly_outside(void **state) {
    (void)state;
    const struct sg_point west[] = {{100, 100}, {200, 100}, {200, 300}, {100, 300}},
                          east[] = {{200.3, 100}, {300, 100}, {300, 260}, {200.3, 260}};
    struct sg_shape shapes[] = {test_polygon(west, 4), test_polygon(east, 4)};
    struct page page = page_new(shapes, 2);
    /* the western side, the two halves' tops and feet, the eastern side, and 40 of the middle, cut at a step
     * of 2 */
    double outline = 200 + 100 + 99.7 + 160 + 100 + 99.7 + 40;
    assert_float_equal(length_of(&page, true, 0, 0), outline, 3);
    assert_float_equal(length_of(&page, false, 0, 1), 160 + 160, 3);
    page_free(&page);
}

/* Borders that are copies are inner as a whole, and no outline begins at their ends. */
static void test_shared_borders(void **state) {
    (void)state;
    struct sg_shape shapes[4];
    for (int i = 0; i < 4; i++) {
        double x = 100 + 100 * (i % 2), y = 100 + 100 * (i / 2);
        shapes[i] = test_rectangle(x, y, x + 100, y + 100);
    }
    struct page page = page_new(shapes, 4);
    assert_float_equal(length_of(&page, true, 0, 0), 800, 1e-9);
    assert_float_equal(length_of(&page, false, 0, 1), 100, 1e-9);
    assert_float_equal(length_of(&page, false, 2, 3), 100, 1e-9);
    assert_float_equal(length_of(&page, false, 0, 3), 0, 1e-9);
    page_free(&page);
}

/* A lake is an outline, a sliver too thin to be seen is none. */
static void test_lake_and_sliver(void **state) {
    (void)state;
    const struct sg_point lake[] = {{180, 180}, {220, 180}, {220, 220}, {180, 220}},
                          sliver[] = {{120, 120}, {160, 120}, {160, 120.2}, {120, 120.2}};
    struct sg_shape shape = test_rectangle(100, 100, 300, 300);
    test_add_hole(&shape, lake, 4);
    test_add_hole(&shape, sliver, 4);
    struct page page = page_new(&shape, 1);
    assert_float_equal(length_of(&page, true, 0, 0), 4 * 200 + 4 * 40, 0.01);
    page_free(&page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_halves_digitised_apart),
        cmocka_unit_test(test_side_partly_outside),
        cmocka_unit_test(test_shared_borders),
        cmocka_unit_test(test_lake_and_sliver),
    };
    return cmocka_run_group_tests_name("border lines", tests, NULL, NULL);
}
