#include "measure/contour.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/alloc.h"

enum { NONE = UINT32_MAX };

/* The line crosses the side from a grid point to its eastern neighbour, or to its northern one, at most once:
   a crossing is twice the number of that point in the grid with one more row and column all round, plus 1 for
   north. */
struct tracing {
    const struct sg_cost_grid *grid;
    const double *costs;
    double limit;
    size_t columns, rows; /* with the border */
    uint32_t
        *next; /* of each crossing, the one that the line comes to next with what is within on its left */
    struct sg_point *points;
    size_t point_count, point_capacity;
    uint32_t *starts; /* of the rings */
    size_t ring_count, start_capacity;
};

static double cost_at(const struct tracing *tracing, size_t column, size_t row) {
    const struct sg_cost_grid *grid = tracing->grid;
    if (column == 0 || row == 0 || column > grid->columns || row > grid->rows)
        return INFINITY;
    return tracing->costs[(row - 1) * grid->columns + column - 1];
}

/* ---- the squares ---- */

enum side { SOUTH, EAST, NORTH, WEST };

static uint32_t crossing_of(const struct tracing *tracing, size_t column, size_t row, enum side side) {
    size_t point = (row + (side == NORTH)) * tracing->columns + column + (side == EAST);
    return (uint32_t)(2 * point + (side == EAST || side == WEST));
}

/* The line through a square: in by one side, out by the other, with the corners that are within on its left.
   Corners count 1 south-west, 2 south-east, 4 north-east, 8 north-west. */
static const signed char passages[16][2] = {
    {-1, -1},       {SOUTH, WEST}, {EAST, SOUTH}, {EAST, WEST},   {NORTH, EAST}, {-1, -1},
    {NORTH, SOUTH}, {NORTH, WEST}, {WEST, NORTH}, {SOUTH, NORTH}, {-1, -1},      {EAST, NORTH},
    {WEST, EAST},   {SOUTH, EAST}, {WEST, SOUTH}, {-1, -1},
};

static void pass(struct tracing *tracing, size_t column, size_t row, enum side in, enum side out) {
    tracing->next[crossing_of(tracing, column, row, in)] = crossing_of(tracing, column, row, out);
}

static void march(struct tracing *tracing) {
    for (size_t row = 0; row + 1 < tracing->rows; row++) {
        for (size_t column = 0; column + 1 < tracing->columns; column++) {
            bool sw = cost_at(tracing, column, row) <= tracing->limit;
            bool se = cost_at(tracing, column + 1, row) <= tracing->limit;
            bool ne = cost_at(tracing, column + 1, row + 1) <= tracing->limit;
            bool nw = cost_at(tracing, column, row + 1) <= tracing->limit;
            int corners = sw | se << 1 | ne << 2 | nw << 3;
            if (corners == 5) { /* opposite corners are taken as apart */
                pass(tracing, column, row, SOUTH, WEST);
                pass(tracing, column, row, NORTH, EAST);
            } else if (corners == 10) {
                pass(tracing, column, row, EAST, SOUTH);
                pass(tracing, column, row, WEST, NORTH);
            } else if (passages[corners][0] >= 0) {
                pass(tracing, column, row, (enum side)passages[corners][0], (enum side)passages[corners][1]);
            }
        }
    }
}

/* ---- the rings ---- */

static struct sg_point point_of(const struct tracing *tracing, uint32_t crossing) {
    const struct sg_cost_grid *grid = tracing->grid;
    size_t point = crossing / 2, column = point % tracing->columns, row = point / tracing->columns;
    bool is_north = crossing % 2 == 1;
    double here = cost_at(tracing, column, row), there = cost_at(tracing, column + !is_north, row + is_north);
    double share = isfinite(here) && isfinite(there) ? (tracing->limit - here) / (there - here) : 0.5;
    double x = (double)column - 1 + (is_north ? 0 : share), y = (double)row - 1 + (is_north ? share : 0);
    return (struct sg_point){grid->origin.x + x * grid->step_x, grid->origin.y + y * grid->step_y};
}

static bool add_point(struct tracing *tracing, struct sg_point point) {
    size_t first = tracing->starts[tracing->ring_count];
    const struct sg_point *last =
        tracing->point_count > first ? &tracing->points[tracing->point_count - 1] : NULL;
    if (last != NULL && last->x == point.x && last->y == point.y)
        return true; /* the line passes through a point of the grid */
    if (!sg_reserve(&tracing->points, &tracing->point_capacity, tracing->point_count + 1,
                    sizeof *tracing->points))
        return false;
    tracing->points[tracing->point_count++] = point;
    return true;
}

/* A ring of fewer than three different points goes around nothing. */
static bool trace_ring(struct tracing *tracing, uint32_t start) {
    size_t first = tracing->point_count;
    if (!sg_reserve(&tracing->starts, &tracing->start_capacity, tracing->ring_count + 2,
                    sizeof *tracing->starts))
        return false;
    tracing->starts[tracing->ring_count] = (uint32_t)first;
    for (uint32_t at = start; at != NONE;) {
        uint32_t next = tracing->next[at];
        tracing->next[at] = NONE;
        if (next != NONE && !add_point(tracing, point_of(tracing, at)))
            return false;
        at = next;
    }
    while (tracing->point_count > first + 1
           && tracing->points[first].x == tracing->points[tracing->point_count - 1].x
           && tracing->points[first].y == tracing->points[tracing->point_count - 1].y)
        tracing->point_count--;
    if (tracing->point_count - first < 3) {
        tracing->point_count = first;
        return true;
    }
    if (!add_point(tracing, tracing->points[first]))
        return false;
    tracing->starts[++tracing->ring_count] = (uint32_t)tracing->point_count;
    return true;
}

/* ---- polygons ---- */

struct ring {
    uint32_t number;
    double area; /* square degrees, above 0 for an outer ring */
    uint32_t outer;
    struct sg_box box;
};

static double area_of(const struct sg_point *points, size_t count) {
    double twice = 0;
    for (size_t i = 0; i + 1 < count; i++)
        twice += (points[i].x - points[0].x) * (points[i + 1].y - points[0].y)
                 - (points[i + 1].x - points[0].x) * (points[i].y - points[0].y);
    return twice / 2;
}

static bool ring_holds(const struct tracing *tracing, uint32_t ring, struct sg_point point) {
    bool is_inside = false;
    for (uint32_t i = tracing->starts[ring]; i + 1 < tracing->starts[ring + 1]; i++) {
        struct sg_point a = tracing->points[i], b = tracing->points[i + 1];
        if ((a.y <= point.y) != (b.y <= point.y)
            && point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x))
            is_inside = !is_inside;
    }
    return is_inside;
}

/* The smallest outer ring around a hole. */
static uint32_t outer_of(const struct tracing *tracing, const struct ring *rings, const struct ring *hole) {
    struct sg_point point = tracing->points[tracing->starts[hole->number]];
    uint32_t found = NONE;
    for (uint32_t r = 0; r < tracing->ring_count; r++) {
        if (rings[r].area > -hole->area && sg_box_holds(&rings[r].box, point)
            && (found == NONE || rings[r].area < rings[found].area) && ring_holds(tracing, r, point))
            found = r;
    }
    return found;
}

/* Outer rings in the order they were found, each before its holes. */
static int compare_rings(const void *a, const void *b) {
    const struct ring *one = a, *two = b;
    if (one->outer != two->outer)
        return one->outer < two->outer ? -1 : 1;
    bool one_is_outer = one->number == one->outer, two_is_outer = two->number == two->outer;
    if (one_is_outer != two_is_outer)
        return one_is_outer ? -1 : 1;
    return one->number < two->number ? -1 : one->number > two->number;
}

static bool build_shape(const struct tracing *tracing, struct sg_shape *ret_shape) {
    uint32_t polygon_count = 0;
    struct ring *rings = sg_alloc(tracing->ring_count, sizeof *rings);
    if (rings == NULL)
        return false;
    for (uint32_t r = 0; r < tracing->ring_count; r++) {
        uint32_t first = tracing->starts[r], count = tracing->starts[r + 1] - first;
        rings[r] = (struct ring){r, area_of(tracing->points + first, count), r, sg_box_empty()};
        for (uint32_t i = 0; i < count; i++)
            sg_box_add(&rings[r].box, tracing->points[first + i]);
        polygon_count += rings[r].area > 0;
    }
    for (uint32_t r = 0; r < tracing->ring_count; r++) {
        if (!(rings[r].area > 0))
            rings[r].outer = outer_of(tracing, rings, &rings[r]);
    }
    qsort(rings, tracing->ring_count, sizeof *rings, compare_rings);
    uint32_t ring_count = 0, points = 0; /* a hole of no ring would be rounding alone */
    while (ring_count < tracing->ring_count && rings[ring_count].outer != NONE)
        ring_count++;
    for (uint32_t r = 0; r < ring_count; r++)
        points += tracing->starts[rings[r].number + 1] - tracing->starts[rings[r].number];
    bool done = sg_shape_init(ret_shape, points, ring_count, polygon_count);
    uint32_t at = 0, polygon = 0;
    for (uint32_t r = 0; done && r < ring_count; r++) {
        ret_shape->ring_starts[r] = at;
        if (rings[r].outer == rings[r].number)
            ret_shape->polygon_starts[polygon++] = r;
        for (uint32_t i = tracing->starts[rings[r].number]; i < tracing->starts[rings[r].number + 1]; i++)
            ret_shape->points[at++] = tracing->points[i];
    }
    if (done) {
        ret_shape->ring_starts[ring_count] = at;
        ret_shape->polygon_starts[polygon] = ring_count;
    }
    sg_free(rings);
    return done;
}

bool sg_contour(const struct sg_cost_grid *grid, const double *costs, double limit,
                struct sg_shape *ret_shape) {
    struct tracing tracing = {
        .grid = grid, .costs = costs, .limit = limit, .columns = grid->columns + 2, .rows = grid->rows + 2};
    size_t crossings = 2 * tracing.columns * tracing.rows;
    tracing.next = sg_alloc(crossings, sizeof *tracing.next);
    bool done = tracing.next != NULL && crossings < NONE
                && sg_reserve(&tracing.starts, &tracing.start_capacity, 1, sizeof *tracing.starts);
    for (size_t c = 0; done && c < crossings; c++)
        tracing.next[c] = NONE;
    if (done) {
        tracing.starts[0] = 0;
        march(&tracing);
    }
    for (uint32_t c = 0; done && c < crossings; c++) {
        if (tracing.next[c] != NONE)
            done = trace_ring(&tracing, c);
    }
    done = done && build_shape(&tracing, ret_shape);
    sg_free(tracing.next);
    sg_free(tracing.points);
    sg_free(tracing.starts);
    return done;
}
