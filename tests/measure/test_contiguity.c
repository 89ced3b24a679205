/* Who is next to whom, by hand on small plans; and the published weights of Columbus and St. Louis from their
   polygons. */
#include "measure/contiguity.h"

#include "read/area_reader.h"
#include "support/test.h"
#include "support/weights.h"

static struct sg_neighbours find(const struct sg_shape *shapes, size_t count, enum sg_contiguity rule,
                                 double tolerance) {
    struct sg_context *context = test_context_new(1);
    const struct sg_shape *pointers[32];
    for (size_t i = 0; i < count; i++)
        pointers[i] = &shapes[i];
    struct sg_neighbours neighbours;
    assert_ok(context, sg_contiguity_find(context, pointers, count, rule, tolerance, 1, &neighbours));
    sg_context_free(context);
    return neighbours;
}

static bool are_neighbours(const struct sg_neighbours *neighbours, uint32_t a, uint32_t b) {
    for (size_t k = neighbours->starts[a]; k < neighbours->starts[a + 1]; k++) {
        if (neighbours->ids[k] == b)
            return true;
    }
    return false;
}

/* Two shapes: neighbours by queen, by rook? Shapes are released. */
static void assert_pair(struct sg_shape one, struct sg_shape two, double tolerance, bool queen, bool rook) {
    struct sg_shape shapes[2] = {one, two};
    struct sg_neighbours by_queen = find(shapes, 2, SG_CONTIGUITY_QUEEN, tolerance);
    struct sg_neighbours by_rook = find(shapes, 2, SG_CONTIGUITY_ROOK, tolerance);
    assert_int_equal(are_neighbours(&by_queen, 0, 1), queen);
    assert_int_equal(are_neighbours(&by_queen, 1, 0), queen);
    assert_int_equal(are_neighbours(&by_rook, 0, 1), rook);
    sg_neighbours_release(&by_queen);
    sg_neighbours_release(&by_rook);
    sg_shape_release(&shapes[0]);
    sg_shape_release(&shapes[1]);
}

static void test_lattice_of_squares(void **state) {
    (void)state;
    struct sg_shape squares[12];
    for (int i = 0; i < 12; i++)
        squares[i] = test_rectangle(i % 4, i / 4, i % 4 + 1, i / 4 + 1);
    for (int rule = 0; rule < 2; rule++) {
        struct sg_neighbours found = find(squares, 12, (enum sg_contiguity)rule, 1e-9);
        struct sg_neighbours lattice = test_lattice(4, 3, rule == SG_CONTIGUITY_QUEEN);
        test_assert_same_neighbours(&found, &lattice);
        sg_neighbours_release(&found);
        sg_neighbours_release(&lattice);
    }
    for (int i = 0; i < 12; i++)
        sg_shape_release(&squares[i]);
}

static void test_borders_drawn_otherwise(void **state) {
    (void)state;
    /* a T-junction: the corner (10, 4) lies on the long edge from (10, 0) to (10, 10) */
    assert_pair(test_rectangle(0, 0, 10, 10), test_rectangle(10, 4, 20, 6), 1e-9, true, true);
    /* the same, drawn 0.4 beside it: within a tolerance of 0.5, not of 0.3 */
    assert_pair(test_rectangle(0, 0, 10, 10), test_rectangle(10.4, 4, 20, 6), 0.5, true, true);
    assert_pair(test_rectangle(0, 0, 10, 10), test_rectangle(10.4, 4, 20, 6), 0.3, false, false);
    /* a corner on an edge and nothing more */
    const struct sg_point wedge[] = {{10, 5}, {20, 0}, {20, 10}};
    assert_pair(test_rectangle(0, 0, 10, 10), test_polygon(wedge, 3), 1e-9, true, false);
    /* corner to corner */
    assert_pair(test_rectangle(0, 0, 1, 1), test_rectangle(1, 1, 2, 2), 1e-9, true, false);
    /* a cross: the edges cross and no vertex is near anything */
    assert_pair(test_rectangle(0, 4, 10, 6), test_rectangle(4, 0, 6, 10), 1e-9, true, false);
    /* an enclave in a hole has the hole's border; without the hole, it lies in the middle and touches nothing
     */
    struct sg_shape ring = test_rectangle(0, 0, 10, 10);
    const struct sg_point hole[] = {{4, 4}, {4, 6}, {6, 6}, {6, 4}};
    test_add_hole(&ring, hole, 4);
    assert_pair(ring, test_rectangle(4, 4, 6, 6), 1e-9, true, true);
    assert_pair(test_rectangle(0, 0, 10, 10), test_rectangle(4, 4, 6, 6), 1e-9, false, false);
    /* apart, and boxes that overlap */
    const struct sg_point el[] = {{0, 0}, {10, 0}, {10, 1}, {1, 1}, {1, 10}, {0, 10}};
    assert_pair(test_polygon(el, 6), test_rectangle(4, 4, 9, 9), 0.1, false, false);
}

static void test_islands_and_nothing(void **state) {
    (void)state;
    struct sg_shape shapes[4] = {
        test_rectangle(0, 0, 1, 1), {0}, test_rectangle(1, 0, 2, 1), test_rectangle(7, 7, 8, 8)};
    struct sg_neighbours found = find(shapes, 4, SG_CONTIGUITY_QUEEN, 1e-9);
    const size_t degrees[4] = {1, 0, 1, 0};
    for (size_t a = 0; a < 4; a++)
        assert_int_equal(found.starts[a + 1] - found.starts[a], degrees[a]);
    sg_neighbours_release(&found);
    found = find(shapes, 0, SG_CONTIGUITY_QUEEN, 1e-9);
    assert_int_equal(found.area_count, 0);
    sg_neighbours_release(&found);
    for (int i = 0; i < 4; i++)
        sg_shape_release(&shapes[i]);
}

/* Rows of bricks, every second row moved by a third: inner bricks have six neighbours, all by T-junctions.
   With one thread and with two. */
static void test_bricks(void **state) {
    (void)state;
    enum { COLUMNS = 20, ROWS = 30 };
    struct sg_shape bricks[COLUMNS * ROWS];
    const struct sg_shape *pointers[COLUMNS * ROWS];
    for (int i = 0; i < COLUMNS * ROWS; i++) {
        double x = i % COLUMNS + (i / COLUMNS % 2) / 3.0, y = i / COLUMNS;
        bricks[i] = test_rectangle(x, y, x + 1, y + 1);
        pointers[i] = &bricks[i];
    }
    struct sg_neighbours found[2];
    for (int threads = 1; threads <= 2; threads++) {
        struct sg_context *context = test_context_new(threads);
        assert_ok(context, sg_contiguity_find(context, pointers, COLUMNS * ROWS, SG_CONTIGUITY_QUEEN, 1e-9, 1,
                                              &found[threads - 1]));
        sg_context_free(context);
    }
    test_assert_same_neighbours(&found[0], &found[1]);
    for (int row = 1; row < ROWS - 1; row++) {
        size_t a = (size_t)(row * COLUMNS + 7);
        assert_int_equal(found[0].starts[a + 1] - found[0].starts[a], 6);
    }
    sg_neighbours_release(&found[0]);
    sg_neighbours_release(&found[1]);
    for (int i = 0; i < COLUMNS * ROWS; i++)
        sg_shape_release(&bricks[i]);
}

/* libpysal's columbus.gal has the queen weights of the polygons beside it. Its stl.gal has those without the
   four pairs of counties that meet in a point: rook weights. */
static void test_published_weights(void **state) {
    (void)state;
    const char *const names[][2] = {{"reference/columbus.shp", "reference/columbus.gal"},
                                    {"reference/stl_hom.shp", "reference/stl.gal"}};
    for (int i = 0; i < 2; i++) {
        struct sg_context *context = test_context_new(2);
        struct sg_source source = {.path = test_shared(names[i][0])};
        struct sg_area_fields fields = {0};
        struct sg_area_layer layer;
        struct sg_neighbours queen, rook, published = test_gal(test_shared(names[i][1]));
        const struct sg_shape *shapes[100];
        assert_ok(context, sg_areas_read(context, &source, &fields, &layer));
        for (size_t a = 0; a < layer.area_count; a++)
            shapes[a] = &layer.areas[a].shape;
        assert_ok(context, sg_contiguity_of_areas(context, &layer, &queen));
        assert_ok(context,
                  sg_contiguity_find(context, shapes, layer.area_count, SG_CONTIGUITY_ROOK, 1e-7, 1, &rook));
        test_assert_same_neighbours(i == 0 ? &queen : &rook, &published);
        if (i == 1) {
            assert_int_equal(queen.starts[78], published.starts[78] + 8);
            assert_true(are_neighbours(&queen, 32, 36) && are_neighbours(&queen, 34, 39));
            assert_true(are_neighbours(&queen, 65, 75) && are_neighbours(&queen, 66, 72));
        }
        sg_neighbours_release(&queen);
        sg_neighbours_release(&rook);
        sg_neighbours_release(&published);
        sg_area_layer_release(&layer);
        sg_context_free(context);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lattice_of_squares),  cmocka_unit_test(test_borders_drawn_otherwise),
        cmocka_unit_test(test_islands_and_nothing), cmocka_unit_test(test_bricks),
        cmocka_unit_test(test_published_weights),
    };
    return cmocka_run_group_tests_name("contiguity", tests, NULL, NULL);
}
