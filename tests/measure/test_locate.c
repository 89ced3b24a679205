/* Which area is a point in? The locator against sg_shape_holds() of every shape, on shapes of every sort and
   on the points where it is hard: vertices, edges, corners of cells. */
#include "measure/locate.h"

#include "read/area_reader.h"
#include "support/test.h"

/* The shapes that hold the point, one after the other. */
static size_t brute_force(const struct sg_shape *const *shapes, const struct sg_box *boxes, size_t count,
                          struct sg_point point, uint32_t *ret_first) {
    size_t holders = 0;
    *ret_first = SG_NOWHERE;
    for (size_t i = 0; i < count; i++) {
        if (!sg_box_holds(&boxes[i], point) || !sg_shape_holds(shapes[i], point))
            continue;
        if (holders++ == 0)
            *ret_first = (uint32_t)i;
    }
    return holders;
}

struct indexed {
    const struct sg_shape **shapes;
    struct sg_box *boxes;
    size_t count;
    struct sg_locator *locator, *coarse; /* for many points, and for few */
};

static struct indexed indexed_new(const struct sg_shape *shapes, size_t stride, size_t count) {
    struct sg_context *context = test_context_new(1);
    struct indexed indexed = {calloc(count, sizeof *indexed.shapes), calloc(count, sizeof *indexed.boxes),
                              count, NULL, NULL};
    for (size_t i = 0; i < count; i++) {
        indexed.shapes[i] = (const struct sg_shape *)((const char *)shapes + i * stride);
        indexed.boxes[i] = sg_shape_envelope(indexed.shapes[i]);
    }
    assert_ok(context, sg_locator_new(context, indexed.shapes, count, SIZE_MAX, &indexed.locator));
    assert_ok(context, sg_locator_new(context, indexed.shapes, count, 1, &indexed.coarse));
    sg_context_free(context);
    return indexed;
}

static void indexed_free(struct indexed *indexed) {
    sg_locator_free(indexed->locator);
    sg_locator_free(indexed->coarse);
    free(indexed->shapes);
    free(indexed->boxes);
}

/* Compares all that the locator says of a point with brute force; returns how many shapes hold it. */
static size_t check_point(const struct indexed *indexed, struct sg_point point) {
    uint32_t first, found[SG_MOST_STACKED_AREAS];
    size_t holders = brute_force(indexed->shapes, indexed->boxes, indexed->count, point, &first);
    size_t located = sg_locate_all(indexed->locator, point, found);
    if (sg_locate(indexed->locator, point) != first || located != holders) {
        print_error("at %.17g %.17g: %zu shapes (first %u), located %zu (first %u)\n", point.x, point.y,
                    holders, first, located, sg_locate(indexed->locator, point));
        fail();
    }
    uint32_t coarse[SG_MOST_STACKED_AREAS];
    assert_int_equal(sg_locate_all(indexed->coarse, point, coarse), located);
    for (size_t i = 0; i < located; i++) {
        assert_int_equal(coarse[i], found[i]);
        assert_true(sg_shape_holds(indexed->shapes[found[i]], point));
        assert_true(i == 0 || found[i] > found[i - 1]);
    }
    return holders;
}

/* Points in a block are where each of them alone is. */
static void check_block(const struct indexed *indexed, const struct sg_point *points, size_t count) {
    struct sg_place places[SG_LOCATE_BLOCK];
    sg_locate_block(indexed->locator, points, count, places);
    for (size_t i = 0; i < count; i++) {
        uint32_t found[SG_MOST_STACKED_AREAS];
        size_t located = sg_locate_all(indexed->locator, points[i], found);
        assert_int_equal(places[i].shape, located == 0 ? SG_NOWHERE : found[0]);
        assert_int_equal(places[i].is_stacked, located > 1);
    }
}

/* Points on and about the outline: vertices, middles of edges, one step beside them. */
static void check_outline(const struct indexed *indexed, const struct sg_shape *shape) {
    uint32_t count = sg_shape_point_count(shape);
    for (uint32_t i = 0; i + 1 < count; i++) {
        struct sg_point a = shape->points[i], b = shape->points[i + 1];
        check_point(indexed, a);
        check_point(indexed, (struct sg_point){(a.x + b.x) / 2, (a.y + b.y) / 2});
        check_point(indexed, (struct sg_point){nextafter(a.x, 1e9), a.y});
        check_point(indexed, (struct sg_point){a.x, nextafter(a.y, -1e9)});
    }
}

static struct sg_shape random_star(struct test_random *random, struct sg_point centre, double size,
                                   size_t count) {
    struct sg_point points[80];
    for (size_t i = 0; i < count; i++) {
        double angle = 2 * M_PI * (double)i / (double)count,
               radius = size * test_random_between(random, 0.4, 1);
        points[i] = (struct sg_point){centre.x + radius * cos(angle), centre.y + radius * sin(angle)};
    }
    return test_polygon(points, count);
}

static void test_random_polygons_with_holes(void **state) {
    (void)state;
    struct test_random random = test_random_new(6);
    for (int round = 0; round < 60; round++) {
        size_t count = 1 + test_random_index(&random, 30);
        struct sg_shape shapes[30];
        double size =
            pow(10, test_random_between(&random, -5, 5)); /* centimetres to hundreds of kilometres */
        struct sg_point origin = {test_random_between(&random, -180, 180) * (round % 3), 5e6 * (round % 2)};
        for (size_t i = 0; i < count; i++) {
            struct sg_point centre = {origin.x + size * test_random_between(&random, -2, 2),
                                      origin.y + size * test_random_between(&random, -2, 2)};
            shapes[i] = random_star(&random, centre, size, 3 + test_random_index(&random, 60));
            struct sg_shape hole =
                random_star(&random, centre, 0.3 * size, 3 + test_random_index(&random, 20));
            test_add_hole(&shapes[i], hole.points, sg_shape_point_count(&hole) - 1);
            if (i % 4 == 0) { /* an island in the hole */
                struct sg_shape island = random_star(&random, centre, 0.1 * size, 4);
                test_add_polygon(&shapes[i], island.points, 4);
                sg_shape_release(&island);
            }
            sg_shape_release(&hole);
        }
        struct indexed indexed = indexed_new(shapes, sizeof *shapes, count);
        for (int i = 0; i < 2000; i++)
            check_point(&indexed,
                        (struct sg_point){origin.x + size * test_random_between(&random, -3.2, 3.2),
                                          origin.y + size * test_random_between(&random, -3.2, 3.2)});
        for (int i = 0; i < 100; i++) {
            struct sg_point block[SG_LOCATE_BLOCK];
            size_t block_count = test_random_index(&random, SG_LOCATE_BLOCK + 1);
            for (size_t p = 0; p < block_count; p++)
                block[p] = test_random_index(&random, 9) == 0
                               ? (struct sg_point){NAN, origin.y}
                               : (struct sg_point){origin.x + size * test_random_between(&random, -4, 4),
                                                   origin.y + size * test_random_between(&random, -4, 4)};
            check_block(&indexed, block, block_count);
        }
        for (size_t i = 0; i < count; i++)
            check_outline(&indexed, &shapes[i]);
        indexed_free(&indexed);
        for (size_t i = 0; i < count; i++)
            sg_shape_release(&shapes[i]);
    }
}

/* Squares whose corners are exact in binary, and points on every border, corner and middle: one area each. */
static void test_exact_lattice(void **state) {
    (void)state;
    enum { SIDE = 12 };
    struct sg_shape shapes[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
        double x = -80 + 0.125 * (i % SIDE), y = 43 + 0.125 * (i / SIDE);
        shapes[i] = test_rectangle(x, y, x + 0.125, y + 0.125);
    }
    struct indexed indexed = indexed_new(shapes, sizeof *shapes, SIDE * SIDE);
    for (int column = 0; column <= 4 * SIDE; column++) {
        for (int row = 0; row <= 4 * SIDE; row++) {
            size_t holders =
                check_point(&indexed, (struct sg_point){-80 + 0.03125 * column, 43 + 0.03125 * row});
            /* half-open: the west and south outer borders are in, the east and north ones are out */
            assert_int_equal(holders, column < 4 * SIDE && row < 4 * SIDE);
        }
    }
    indexed_free(&indexed);
    for (int i = 0; i < SIDE * SIDE; i++)
        sg_shape_release(&shapes[i]);
}

/* Lattices of decimal degrees, as grid cells of open data come: their level and upright edges lie, but for a
   rounding, on the limits of the locator's own cells. A point belongs to the square that its place in the
   lattice says. (Before, a level edge on such a limit was known to the first of its cells only.) */
static void test_decimal_lattices(void **state) {
    (void)state;
    const double steps[] = {0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.3, 7e-7};
    struct test_random random = test_random_new(9);
    for (int round = 0; round < 200; round++) {
        double step = steps[test_random_index(&random, TEST_COUNT(steps))];
        double west = round == 0 ? -80 : floor(test_random_between(&random, -18000, 18000)) / 100,
               south = round == 0 ? 43 : floor(test_random_between(&random, -9000, 9000)) / 100;
        size_t columns = 1 + test_random_index(&random, 8), rows = 1 + test_random_index(&random, 8);
        struct sg_shape shapes[64];
        for (size_t i = 0; i < columns * rows; i++) {
            double column = (double)(i % columns), row = (double)(i / columns);
            shapes[i] = test_rectangle(west + step * column, south + step * row, west + step * (column + 1),
                                       south + step * (row + 1));
        }
        struct indexed indexed = indexed_new(shapes, sizeof *shapes, columns * rows);
        for (int i = 0; i < 1000; i++) {
            size_t column = test_random_index(&random, columns), row = test_random_index(&random, rows);
            double right = test_random_between(&random, 0.001, 0.999),
                   up =
                       pow(10, test_random_between(&random, -3, -0.001)); /* most near the level edge below */
            struct sg_point point = {west + step * ((double)column + right),
                                     south + step * ((double)row + (i % 2 == 0 ? up : 1 - up))};
            assert_int_equal(check_point(&indexed, point), 1);
            assert_int_equal(sg_locate(indexed.locator, point), row * columns + column);
        }
        for (size_t i = 0; i < columns * rows; i++)
            check_outline(&indexed, &shapes[i]);
        indexed_free(&indexed);
        for (size_t i = 0; i < columns * rows; i++)
            sg_shape_release(&shapes[i]);
    }
}

/* A long edge that rises by a rounding, or by about as much as cells are entered beyond their limits, along
   such a limit: above it is the one, below it the other. */
static void test_nearly_level_edges(void **state) {
    (void)state;
    struct test_random random = test_random_new(10);
    for (int round = 0; round < 2000; round++) {
        double rise = round % 10 == 0 ? 0 : pow(10, test_random_between(&random, -15, -6));
        double middle = 43 + 0.04 * (double)(1 + test_random_index(&random, 31)) / 32;
        double left = middle + rise * test_random_between(&random, -1, 1), right = left + rise;
        const struct sg_point below[] = {{-80, 43}, {-79.96, 43}, {-79.96, right}, {-80, left}},
                              above[] = {{-80, left}, {-79.96, right}, {-79.96, 43.04}, {-80, 43.04}};
        struct sg_shape shapes[] = {test_polygon(below, 4), test_polygon(above, 4)};
        struct indexed indexed = indexed_new(shapes, sizeof *shapes, 2);
        for (int i = 0; i < 50; i++) {
            double beside = pow(10, test_random_between(&random, -14, -2.5)) * (i % 2 == 0 ? 1 : -1);
            double along = test_random_between(&random, 0.001, 0.999);
            struct sg_point point = {-80 + 0.04 * along, left + rise * along + beside};
            if (point.y > 43 && point.y < 43.04)
                assert_int_equal(check_point(&indexed, point), 1);
        }
        check_outline(&indexed, &shapes[0]);
        indexed_free(&indexed);
        sg_shape_release(&shapes[0]);
        sg_shape_release(&shapes[1]);
    }
}

/* A city of a hand's breadth, far from the origin of its coordinates: these are coarse beside the cells. */
static void test_layers_near_the_last_digit(void **state) {
    (void)state;
    struct test_random random = test_random_new(11);
    for (int round = 0; round < 100; round++) {
        double size = pow(10, test_random_between(&random, -8, -1));
        struct sg_shape shapes[16];
        struct sg_point origin = {test_random_between(&random, 4e5, 6e5),
                                  test_random_between(&random, 4e6, 6e6)};
        for (size_t i = 0; i < 16; i++) {
            double x = origin.x + size * (double)(i % 4), y = origin.y + size * (double)(i / 4);
            shapes[i] = test_rectangle(x, y, origin.x + size * (double)(i % 4 + 1),
                                       origin.y + size * (double)(i / 4 + 1));
        }
        struct indexed indexed = indexed_new(shapes, sizeof *shapes, 16);
        for (int i = 0; i < 500; i++)
            check_point(&indexed,
                        (struct sg_point){origin.x + size * test_random_between(&random, -0.5, 4.5),
                                          origin.y + size * test_random_between(&random, -0.5, 4.5)});
        for (size_t i = 0; i < 16; i++)
            check_outline(&indexed, &shapes[i]);
        indexed_free(&indexed);
        for (size_t i = 0; i < 16; i++)
            sg_shape_release(&shapes[i]);
    }
}

/* Triangles that meet on diagonals: points computed to lie exactly on the shared diagonal. */
static void test_exact_diagonals(void **state) {
    (void)state;
    const struct sg_point lower[] = {{0, 0}, {1024, 0}, {1024, 768}},
                          upper[] = {{0, 0}, {1024, 768}, {0, 768}};
    struct sg_shape shapes[] = {test_polygon(lower, 3), test_polygon(upper, 3)};
    struct indexed indexed = indexed_new(shapes, sizeof *shapes, 2);
    for (int i = 0; i < 256; i++)
        assert_int_equal(check_point(&indexed, (struct sg_point){4 * i, 3 * i}), 1);
    indexed_free(&indexed);
    sg_shape_release(&shapes[0]);
    sg_shape_release(&shapes[1]);
}

static void test_overlapping_and_stacked(void **state) {
    (void)state;
    enum { COUNT = 100 };
    struct sg_shape shapes[COUNT];
    for (int i = 0; i < COUNT; i++) /* each inside the one before: stacked ever deeper */
        shapes[i] = test_rectangle(i * 0.25, i * 0.125, 60 - i * 0.25, 40 - i * 0.125);
    struct indexed indexed = indexed_new(shapes, sizeof *shapes, COUNT);
    for (int depth = 1; depth < 60; depth++) {
        struct sg_point point = {(depth - 1) * 0.25 + 0.1, 20};
        assert_int_equal(check_point(&indexed, point), depth);
    }
    uint32_t found[SG_MOST_STACKED_AREAS];
    assert_int_equal(sg_locate_all(indexed.locator, (struct sg_point){30, 20}, found), SG_MOST_STACKED_AREAS);
    assert_int_equal(sg_locate(indexed.locator, (struct sg_point){30, 20}), 0);
    indexed_free(&indexed);
    for (int i = 0; i < COUNT; i++)
        sg_shape_release(&shapes[i]);
}

static void test_nowhere(void **state) {
    (void)state;
    struct sg_shape shapes[] = {test_rectangle(0, 0, 1, 1), test_rectangle(5, 5, 6, 6)};
    struct indexed indexed = indexed_new(shapes, sizeof *shapes, 2);
    const struct sg_point nowhere[] = {{3, 3},     {-1, 0.5},       {0.5, 1e300},     {NAN, 0.5},
                                       {0.5, NAN}, {INFINITY, 0.5}, {0.5, -INFINITY}, {1, 1}};
    for (size_t i = 0; i < TEST_COUNT(nowhere); i++)
        assert_int_equal(sg_locate(indexed.locator, nowhere[i]), SG_NOWHERE);
    indexed_free(&indexed);
    sg_shape_release(&shapes[0]);
    sg_shape_release(&shapes[1]);
}

static void test_odd_layers(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_locator *locator = NULL;
    assert_ok(context, sg_locator_new(context, NULL, 0, SIZE_MAX, &locator)); /* no shapes at all */
    assert_int_equal(sg_locate(locator, (struct sg_point){0, 0}), SG_NOWHERE);
    sg_locator_free(locator);
    sg_locator_free(NULL);
    sg_context_free(context);

    const struct sg_point line[] = {{0, 0}, {5, 5}, {10, 10}}, needle[] = {{0, 0}, {1e6, 1e-9}, {1e6, 2e-9}};
    struct sg_shape empty = {0}; /* an area without geometry keeps its position */
    struct sg_shape shapes[] = {test_polygon(line, 3), empty, test_rectangle(2, 2, 3, 3),
                                test_polygon(needle, 3),
                                test_rectangle(-1e7, -1e7, -1e7 + 1e-3, -1e7 + 1e-3)};
    struct indexed indexed = indexed_new(shapes, sizeof *shapes, TEST_COUNT(shapes));
    assert_int_equal(sg_locate(indexed.locator, (struct sg_point){2.5, 2.5}), 2);
    assert_int_equal(sg_locate(indexed.locator, (struct sg_point){-1e7 + 5e-4, -1e7 + 5e-4}), 4);
    for (size_t i = 0; i < TEST_COUNT(shapes); i++)
        check_outline(&indexed, &shapes[i]);
    indexed_free(&indexed);
    for (size_t i = 0; i < TEST_COUNT(shapes); i++)
        sg_shape_release(&shapes[i]);
}

/* ---- the sample city: two partitions of the same ground ---- */

static void read_layer(const char *name, const char *id, struct sg_area_layer *layer) {
    struct sg_context *context = test_context_new(0);
    struct sg_source source = {.path = test_sample(name)};
    struct sg_area_fields fields = {.id = id};
    assert_ok(context, sg_areas_read(context, &source, &fields, layer));
    sg_context_free(context);
}

/* Neighbourhoods are unions of blocks. So every point (vertices and middles of edges of both, where the rule
   has to be right to the last bit, and any other) is in as many blocks as neighbourhoods: one or none. */
static void test_sample_is_a_partition(void **state) {
    (void)state;
    struct sg_area_layer areas, blocks;
    read_layer("neighbourhoods.geojson", "id", &areas);
    read_layer("blocks.geojson", "id", &blocks);
    struct indexed by_area = indexed_new(&areas.areas->shape, sizeof *areas.areas, areas.area_count);
    struct indexed by_block = indexed_new(&blocks.areas->shape, sizeof *blocks.areas, blocks.area_count);
    struct test_random random = test_random_new(7);
    size_t checked = 0, inside = 0;
    for (size_t i = 0; i < blocks.area_count; i++) {
        const struct sg_shape *shape = &blocks.areas[i].shape;
        for (uint32_t p = 0; p + 1 < sg_shape_point_count(shape); p++) {
            struct sg_point a = shape->points[p], b = shape->points[p + 1];
            const struct sg_point points[] = {
                a, {(a.x + b.x) / 2, (a.y + b.y) / 2}, {a.x + (b.x - a.x) / 3, a.y + (b.y - a.y) / 3}};
            for (size_t k = 0; k < TEST_COUNT(points); k++) {
                size_t in_areas = check_point(&by_area, points[k]);
                assert_true(in_areas <= 1);
                assert_int_equal(check_point(&by_block, points[k]), in_areas);
                inside += in_areas;
                checked++;
            }
        }
    }
    for (int i = 0; i < 20000; i++) {
        struct sg_point point = {test_random_between(&random, areas.extent.min_x, areas.extent.max_x),
                                 test_random_between(&random, areas.extent.min_y, areas.extent.max_y)};
        size_t in_areas = check_point(&by_area, point);
        assert_true(in_areas <= 1);
        assert_int_equal(check_point(&by_block, point), in_areas);
    }
    print_message("%zu points on the borders of %zu blocks, %zu of them inside the city\n", checked,
                  blocks.area_count, inside);
    assert_true(inside > checked / 2);
    indexed_free(&by_area);
    indexed_free(&by_block);
    sg_area_layer_release(&areas);
    sg_area_layer_release(&blocks);
}

/* Searching from many threads at once answers the same. */
static void test_threads(void **state) {
    (void)state;
    enum { COUNT = 50000 };
    struct sg_area_layer areas;
    read_layer("neighbourhoods.geojson", "id", &areas);
    struct indexed indexed = indexed_new(&areas.areas->shape, sizeof *areas.areas, areas.area_count);
    struct test_random random = test_random_new(8);
    struct sg_point *points = malloc(COUNT * sizeof *points);
    uint32_t *one = malloc(COUNT * sizeof *one), *many = malloc(COUNT * sizeof *many);
    for (int i = 0; i < COUNT; i++) {
        points[i] = (struct sg_point){test_random_between(&random, areas.extent.min_x, areas.extent.max_x),
                                      test_random_between(&random, areas.extent.min_y, areas.extent.max_y)};
        one[i] = sg_locate(indexed.locator, points[i]);
    }
#pragma omp parallel for num_threads(8)
    for (int i = 0; i < COUNT; i++)
        many[i] = sg_locate(indexed.locator, points[i]);
    assert_memory_equal(one, many, COUNT * sizeof *one);
    free(points);
    free(one);
    free(many);
    indexed_free(&indexed);
    sg_area_layer_release(&areas);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_polygons_with_holes),
        cmocka_unit_test(test_exact_lattice),
        cmocka_unit_test(test_decimal_lattices),
        cmocka_unit_test(test_nearly_level_edges),
        cmocka_unit_test(test_layers_near_the_last_digit),
        cmocka_unit_test(test_exact_diagonals),
        cmocka_unit_test(test_overlapping_and_stacked),
        cmocka_unit_test(test_nowhere),
        cmocka_unit_test(test_odd_layers),
        cmocka_unit_test(test_sample_is_a_partition),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests_name("locate", tests, NULL, NULL);
}
