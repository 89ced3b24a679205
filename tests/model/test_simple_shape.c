/* The quick proof of validity against GEOS, whose word counts: what is proven must be valid there; plain
   outlines must be proven. */
#include "model/simple_shape.h"

#include <geos_c.h>
#include <math.h>
#include <stdlib.h>

#include "support/test.h"

/* A polygon of rings given as text: "0 0,4 0,4 4,0 4,0 0; hole ..."; '/' starts another polygon. */
static struct sg_shape shape_of(const char *text) {
    struct sg_shape shape;
    assert_true(sg_shape_init(&shape, 200, 20, 20));
    uint32_t points = 0, rings = 0, polygons = 0;
    shape.ring_starts[0] = shape.polygon_starts[0] = 0;
    for (const char *at = text;;) {
        char *end;
        double x = strtod(at, &end), y = strtod(end, &end);
        shape.points[points++] = (struct sg_point){x, y};
        if (*end == ';' || *end == '/' || *end == '\0')
            shape.ring_starts[++rings] = points;
        if (*end == '/' || *end == '\0')
            shape.polygon_starts[++polygons] = rings;
        if (*end == '\0')
            break;
        at = end + 1;
    }
    shape.ring_count = rings;
    shape.polygon_count = polygons;
    return shape;
}

static void check(const char *text, bool expected) {
    struct sg_shape shape = shape_of(text);
    if (sg_shape_is_surely_valid(&shape) != expected)
        fail_msg("%s is %s", text, expected ? "not proven" : "taken for valid");
    sg_shape_release(&shape);
}

#define SQUARE "0 0,9 0,9 9,0 9,0 0"

static void test_by_hand(void **state) {
    (void)state;
    check(SQUARE, true);
    check("0 0,5 0,9 0,9 9,0 9,0 0", true);     /* a corner on a straight side */
    check("0 0,9 9,9 0,0 9,0 0", false);        /* bow tie */
    check("0 0,9 0,9 9,9 0,0 9,0 0", false);    /* runs back over itself */
    check("0 0,9 0,9 9,5 0,0 9,0 0", false);    /* touches its own side */
    check("0 0,9 0,9 0,9 9,0 9,0 0", false);    /* a repeated point: GEOS is asked */
    check("0 0,9 0,4 0,0 0", false);            /* flat */
    check(SQUARE ";2 2,2 4,4 4,4 2,2 2", true); /* a hole */
    check(SQUARE ";2 2,2 4,4 4,4 2,2 2;5 5,5 6,6 6,6 5,5 5", true);
    check(SQUARE ";0 0,2 4,4 2,0 0", false);          /* a hole at a corner: allowed, but GEOS is asked */
    check(SQUARE ";12 2,12 4,14 4,14 2,12 2", false); /* a hole outside */
    check(SQUARE ";2 2,2 6,6 6,6 2,2 2;3 3,3 4,4 4,4 3,3 3", false); /* a hole in a hole */
    check(SQUARE "/12 0,14 0,14 2,12 2,12 0", true);
    check(SQUARE "/2 2,4 2,4 4,2 4,2 2", false);                    /* a part in a part */
    check(SQUARE "/8 8,12 8,12 12,8 12,8 8", false);                /* parts that overlap */
    check(SQUARE ";2 2,2 7,7 7,7 2,2 2/3 3,6 3,6 6,3 6,3 3", true); /* an island in the hole */
}

static bool is_valid_for_geos(const struct sg_shape *shape) {
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSCoordSequence *sequence =
        GEOSCoordSeq_copyFromBuffer_r(geos, &shape->points[0].x, sg_shape_point_count(shape), 0, 0);
    GEOSGeometry *polygon =
        GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, sequence), NULL, 0);
    bool is_valid = GEOSisValid_r(geos, polygon) == 1;
    GEOSGeom_destroy_r(geos, polygon);
    GEOS_finish_r(geos);
    return is_valid;
}

/* Wobbly rings, some of which cross themselves, on a coarse lattice that makes touching common. */
static void test_against_geos(void **state) {
    (void)state;
    srand(11);
    size_t valid = 0, proven = 0;
    for (int turn_no = 0; turn_no < 4000; turn_no++) {
        uint32_t corners = 3 + (uint32_t)rand() % (turn_no % 10 == 0 ? 180 : 24);
        double lattice = turn_no % 3 == 0 ? 1 : 1e-6, wobble = turn_no % 7 == 0 ? 0.9 : 0.3;
        struct sg_shape shape;
        assert_true(sg_shape_init(&shape, corners + 1, 1, 1));
        for (uint32_t i = 0; i < corners; i++) {
            double turn = (i + wobble * rand() / RAND_MAX * 3) * 6.283185307179586 / corners;
            double reach = 20 + 60.0 * rand() / RAND_MAX;
            shape.points[i] = (struct sg_point){round(reach * cos(turn) / lattice) * lattice,
                                                round(reach * sin(turn) / lattice) * lattice};
        }
        shape.points[corners] = shape.points[0];
        shape.ring_starts[0] = shape.polygon_starts[0] = 0;
        shape.ring_starts[1] = corners + 1;
        shape.polygon_starts[1] = 1;
        bool is_valid = is_valid_for_geos(&shape), is_proven = sg_shape_is_surely_valid(&shape);
        assert_false(is_proven && !is_valid);
        valid += is_valid;
        proven += is_proven;
        sg_shape_release(&shape);
    }
    assert_in_range(valid, 1000, 3900); /* both kinds came */
    assert_true(proven * 100 >= valid * 90);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_against_geos)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
