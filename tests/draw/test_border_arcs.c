/* Shared borders once: arcs of hand-made coverages, and their simplification. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "core/alloc.h"
#include "draw/border_arcs.h"

/* A polygon of one ring; the closing point is added. */
static struct sg_shape ring_shape(const struct sg_point *corners, uint32_t count) {
    struct sg_shape shape;
    assert_true(sg_shape_init(&shape, count + 1, 1, 1));
    for (uint32_t i = 0; i <= count; i++)
        shape.points[i] = corners[i % count];
    shape.ring_starts[0] = 0;
    shape.ring_starts[1] = count + 1;
    shape.polygon_starts[0] = 0;
    shape.polygon_starts[1] = 1;
    return shape;
}

static void cut(struct sg_shape *shapes, size_t count, struct sg_topology *topology) {
    const struct sg_shape *pointers[8];
    struct sg_context *context = sg_context_new();
    for (size_t i = 0; i < count; i++)
        pointers[i] = &shapes[i];
    assert_int_equal(sg_topology_new(context, pointers, count, topology), SG_OK);
    sg_context_free(context);
}

static uint32_t shared_count(const struct sg_topology *topology) {
    uint32_t shared = 0;
    for (uint32_t i = 0; i < topology->arc_count; i++)
        shared += topology->arcs[i].areas[1] != SG_NO_AREA;
    return shared;
}

/* Planar area of an area's rings, put together from its arcs. */
static double area_of(const struct sg_topology *topology, uint32_t area) {
    double twice = 0;
    for (uint32_t ring = topology->area_rings[area]; ring < topology->area_rings[area + 1]; ring++) {
        for (uint32_t r = topology->ring_starts[ring]; r < topology->ring_starts[ring + 1]; r++) {
            int32_t signed_arc = topology->ring_arcs[r];
            const struct sg_arc *arc = &topology->arcs[signed_arc < 0 ? ~signed_arc : signed_arc];
            for (uint32_t i = 0; i + 1 < arc->count; i++) {
                struct sg_point a = topology->points[arc->start + i],
                                b = topology->points[arc->start + i + 1];
                double cross = a.x * b.y - b.x * a.y;
                twice += signed_arc < 0 ? -cross : cross;
            }
        }
    }
    return twice / 2;
}

static void test_two_squares(void **state) {
    (void)state;
    const struct sg_point left[] = {{0, 0}, {1, 0}, {1, 0.5}, {1, 1}, {0, 1}};
    const struct sg_point right[] = {{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0.5}};
    struct sg_shape shapes[] = {ring_shape(left, 5), ring_shape(right, 5)};
    struct sg_topology topology;
    cut(shapes, 2, &topology);
    assert_int_equal(topology.arc_count, 3); /* one shared, one outline each */
    assert_int_equal(shared_count(&topology), 1);
    assert_float_equal(area_of(&topology, 0), 1, 1e-12);
    assert_float_equal(area_of(&topology, 1), 1, 1e-12);
    sg_topology_release(&topology);
    sg_shape_release(&shapes[0]);
    sg_shape_release(&shapes[1]);
}

/* A border computed twice differs in its last digits: one arc all the same, in degrees and in metres far from
   the origin. Borders a thousandth of the extent apart are two. */
static void test_last_digits(void **state) {
    (void)state;
    const double places[][3] = {{-79, 43, 0.1}, {630000, 4830000, 1000}}; /* x, y, size */
    for (size_t i = 0; i < 2; i++) {
        double x = places[i][0], y = places[i][1], size = places[i][2];
        for (int apart = 0; apart < 2; apart++) {
            double middle = apart ? x + size * 1.001 : nextafter(nextafter(x + size, 1e9), 1e9);
            const struct sg_point left[] = {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}};
            const struct sg_point right[] = {
                {middle, y}, {x + 2 * size, y}, {x + 2 * size, y + size}, {middle, nextafter(y + size, 1e9)}};
            struct sg_shape shapes[] = {ring_shape(left, 4), ring_shape(right, 4)};
            struct sg_topology topology;
            cut(shapes, 2, &topology);
            assert_int_equal(shared_count(&topology), !apart);
            sg_topology_release(&topology);
            sg_shape_release(&shapes[0]);
            sg_shape_release(&shapes[1]);
        }
    }
}

/* An island that fills another area's hole: one closed arc, however their rings begin and turn. */
static void test_island(void **state) {
    (void)state;
    const struct sg_point island[] = {{4, 4}, {6, 4}, {6, 6}, {4, 6}};
    struct sg_shape outer, inner = ring_shape(island, 4);
    assert_true(sg_shape_init(&outer, 10, 2, 1));
    const struct sg_point points[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0},
                                      {6, 4}, {4, 4},  {4, 6},   {6, 6},  {6, 4}};
    for (int i = 0; i < 10; i++)
        outer.points[i] = points[i];
    outer.ring_starts[1] = 5;
    outer.ring_starts[2] = 10;
    outer.polygon_starts[1] = 2;
    struct sg_shape shapes[] = {outer, inner};
    struct sg_topology topology;
    cut(shapes, 2, &topology);
    assert_int_equal(topology.arc_count, 2);
    assert_int_equal(shared_count(&topology), 1);
    assert_float_equal(area_of(&topology, 0), 96, 1e-12);
    assert_float_equal(area_of(&topology, 1), 4, 1e-12);
    sg_topology_release(&topology);
    sg_shape_release(&shapes[0]);
    sg_shape_release(&shapes[1]);
}

/* Four blocks around a crossing: four shared borders, four stretches of outline. */
static void test_town(void **state) {
    (void)state;
    enum { SIDE = 2 };
    struct sg_shape shapes[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
        double x = i % SIDE, y = (double)(i / SIDE);
        const struct sg_point corners[] = {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}};
        shapes[i] = ring_shape(corners, 4);
    }
    struct sg_topology topology;
    cut(shapes, SIDE * SIDE, &topology);
    assert_int_equal(shared_count(&topology), 4);
    assert_int_equal(topology.arc_count, 8);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        assert_float_equal(area_of(&topology, i), 1, 1e-12);
        sg_shape_release(&shapes[i]);
    }
    sg_topology_release(&topology);
}

static void test_empty_and_degenerate(void **state) {
    (void)state;
    const struct sg_point two[] = {{0, 0}, {1, 1}};
    struct sg_shape shapes[] = {ring_shape(two, 2), {0}};
    struct sg_topology topology;
    cut(shapes, 2, &topology);
    assert_int_equal(topology.ring_count, 0);
    assert_int_equal(topology.area_rings[2], 0);
    sg_topology_release(&topology);
    sg_shape_release(&shapes[0]);
}

/* A wiggly border loses its wiggles on both sides at once: areas still add up to the whole. */
static void test_simplify_keeps_sharing(void **state) {
    (void)state;
    enum { STEPS = 500 };
    struct sg_point left[STEPS + 3], right[STEPS + 3];
    left[0] = (struct sg_point){0, 1};
    left[1] = (struct sg_point){0, 0};
    right[0] = (struct sg_point){20, 0};
    right[1] = (struct sg_point){20, 1};
    for (int i = 0; i <= STEPS; i++) {
        struct sg_point border = {10 + 0.01 * sin(i * 1.7), (double)i / STEPS};
        left[2 + i] = border;
        right[2 + STEPS - i] = border;
    }
    struct sg_shape shapes[] = {ring_shape(left, STEPS + 3), ring_shape(right, STEPS + 3)};
    struct sg_topology topology;
    cut(shapes, 2, &topology);
    struct sg_context *context = sg_context_new();
    assert_int_equal(sg_topology_simplify(context, &topology, 1e-3), SG_OK);
    sg_context_free(context);
    uint32_t left_over = 0;
    for (uint32_t i = 0; i < topology.arc_count; i++)
        left_over += topology.arcs[i].count;
    assert_true(left_over < 40);
    assert_float_equal(area_of(&topology, 0) + area_of(&topology, 1), 20, 1e-9);
    sg_topology_release(&topology);
    sg_shape_release(&shapes[0]);
    sg_shape_release(&shapes[1]);
}

/* However much is taken away, an island stays. */
static void test_simplify_keeps_islands(void **state) {
    (void)state;
    struct sg_point circle[64];
    for (int i = 0; i < 64; i++)
        circle[i] = (struct sg_point){cos(i / 10.2), sin(i / 10.2)};
    struct sg_shape shapes[] = {ring_shape(circle, 64)};
    struct sg_topology topology;
    cut(shapes, 1, &topology);
    struct sg_context *context = sg_context_new();
    assert_int_equal(sg_topology_simplify(context, &topology, 1e9), SG_OK);
    sg_context_free(context);
    assert_int_equal(topology.arcs[0].count, 4);
    assert_true(fabs(area_of(&topology, 0)) > 0.5);
    sg_topology_release(&topology);
    sg_shape_release(&shapes[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_squares),
        cmocka_unit_test(test_last_digits),
        cmocka_unit_test(test_island),
        cmocka_unit_test(test_town),
        cmocka_unit_test(test_empty_and_degenerate),
        cmocka_unit_test(test_simplify_keeps_sharing),
        cmocka_unit_test(test_simplify_keeps_islands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
