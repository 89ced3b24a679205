#include "model/simple_shape.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"

/* Nesting is looked at ring against ring: so many at most. */
enum { MOST_RINGS = 32 };

/* Fewer edges than this are compared run with run, a run being some that follow each other; more are sorted
   first. */
enum { FEW_EDGES = 160, RUN = 4, MOST_RUNS = FEW_EDGES / RUN };

struct box {
    double min_x, max_x, min_y, max_y;
};

struct edge {
    struct box box;
    uint32_t first; /* position of its first point; the second follows */
    uint32_t ring;
};

static bool same(struct sg_point a, struct sg_point b) {
    return a.x == b.x && a.y == b.y;
}

/* Do edges that share the corner also share more: does the second run back over the first? */
static bool is_spike(struct sg_point from, struct sg_point corner, struct sg_point to) {
    /* of one direction, both products are 0 or more, whatever the rounding: this spares most corners */
    if (!((from.x - corner.x) * (to.x - corner.x) + (from.y - corner.y) * (to.y - corner.y) >= 0))
        return false;
    return sg_orientation(from, corner, to) == 0;
}

/* Do they touch in any point? May also say yes of collinear edges that do not. */
static bool may_touch(struct sg_point a, struct sg_point b, struct sg_point c, struct sg_point d) {
    int c_side = sg_orientation(a, b, c), d_side = sg_orientation(a, b, d);
    if (c_side * d_side > 0)
        return false;
    return sg_orientation(c, d, a) * sg_orientation(c, d, b) <= 0;
}

/* Do two edges, whose boxes meet, touch where they must not? */
static bool is_fault(const struct sg_shape *shape, const struct edge *one, const struct edge *two) {
    const struct sg_point *points = shape->points;
    struct sg_point a = points[one->first], b = points[one->first + 1];
    struct sg_point c = points[two->first], d = points[two->first + 1];
    if (one->ring == two->ring) {
        uint32_t start = shape->ring_starts[one->ring], last = shape->ring_starts[one->ring + 1] - 2;
        uint32_t low = one->first < two->first ? one->first : two->first;
        uint32_t high = one->first < two->first ? two->first : one->first;
        if (high == low + 1)
            return one->first == low ? is_spike(a, b, d) : is_spike(c, d, b);
        if (low == start && high == last)
            return one->first == low ? is_spike(c, a, b) : is_spike(a, c, d);
    }
    return may_touch(a, b, c, d);
}

static bool boxes_meet(const struct box *one, const struct box *two) {
    return one->min_x <= two->max_x && two->min_x <= one->max_x && one->min_y <= two->max_y
           && two->min_y <= one->max_y;
}

/* The box around two points: finite ones, so that comparing does. */
static struct box box_of(struct sg_point a, struct sg_point b) {
    return (struct box){a.x < b.x ? a.x : b.x, a.x < b.x ? b.x : a.x, a.y < b.y ? a.y : b.y,
                        a.y < b.y ? b.y : a.y};
}

static void widen(struct box *box, const struct box *by) {
    box->min_x = by->min_x < box->min_x ? by->min_x : box->min_x;
    box->max_x = by->max_x > box->max_x ? by->max_x : box->max_x;
    box->min_y = by->min_y < box->min_y ? by->min_y : box->min_y;
    box->max_y = by->max_y > box->max_y ? by->max_y : box->max_y;
}

/* False where an edge has no length. */
static bool fill_edges(const struct sg_shape *shape, struct edge *edges, size_t *ret_count) {
    size_t count = 0;
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        if (shape->ring_starts[r + 1] - shape->ring_starts[r] < 4)
            return false;
        for (uint32_t i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++) {
            struct sg_point a = shape->points[i], b = shape->points[i + 1];
            if (same(a, b) || !isfinite(a.x) || !isfinite(a.y) || !isfinite(b.x) || !isfinite(b.y))
                return false;
            edges[count++] = (struct edge){box_of(a, b), i, r};
        }
        if (!same(shape->points[shape->ring_starts[r]], shape->points[shape->ring_starts[r + 1] - 1]))
            return false;
    }
    *ret_count = count;
    return true;
}

static int by_min_x(const void *a, const void *b) {
    const struct edge *one = a, *two = b;
    return (one->box.min_x > two->box.min_x) - (one->box.min_x < two->box.min_x);
}

static bool many_keep_apart(const struct sg_shape *shape, struct edge *edges, size_t count) {
    qsort(edges, count, sizeof *edges, by_min_x);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && edges[j].box.min_x <= edges[i].box.max_x; j++) {
            if (boxes_meet(&edges[i].box, &edges[j].box) && is_fault(shape, &edges[i], &edges[j]))
                return false;
        }
    }
    return true;
}

/* Edges that follow each other lie together: most runs are told apart by their boxes alone. */
static bool few_keep_apart(const struct sg_shape *shape, const struct edge *edges, size_t count) {
    struct box runs[MOST_RUNS];
    size_t run_count = (count + RUN - 1) / RUN;
    for (size_t i = 0; i < count; i++) {
        if (i % RUN == 0)
            runs[i / RUN] = edges[i].box;
        else
            widen(&runs[i / RUN], &edges[i].box);
    }
    for (size_t r = 0; r < run_count; r++) {
        for (size_t s = r; s < run_count; s++) {
            if (!boxes_meet(&runs[r], &runs[s]))
                continue;
            size_t r_end = (r + 1) * RUN < count ? (r + 1) * RUN : count;
            size_t s_end = (s + 1) * RUN < count ? (s + 1) * RUN : count;
            for (size_t i = r * RUN; i < r_end; i++) {
                if (!boxes_meet(&edges[i].box, &runs[s]))
                    continue;
                for (size_t j = s == r ? i + 1 : s * RUN; j < s_end; j++) {
                    if (boxes_meet(&edges[i].box, &edges[j].box) && is_fault(shape, &edges[i], &edges[j]))
                        return false;
                }
            }
        }
    }
    return true;
}

/* Is the point, which is not on the ring, inside it? */
static bool ring_holds(const struct sg_shape *shape, uint32_t ring, struct sg_point point) {
    bool inside = false;
    for (uint32_t i = shape->ring_starts[ring]; i + 1 < shape->ring_starts[ring + 1]; i++) {
        struct sg_point a = shape->points[i], b = shape->points[i + 1];
        if ((a.y <= point.y) == (b.y <= point.y))
            continue;
        int turn = sg_orientation(a, b, point);
        inside ^= b.y > a.y ? turn > 0 : turn < 0;
    }
    return inside;
}

/* Given that no rings touch: is each hole in its outer ring and in no other hole, and each polygon outside
   the others (or in a hole of theirs)? */
static bool is_well_nested(const struct sg_shape *shape) {
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        uint32_t outer = shape->polygon_starts[p], end = shape->polygon_starts[p + 1];
        for (uint32_t r = 0; r < shape->ring_count; r++) {
            struct sg_point point = shape->points[shape->ring_starts[r]];
            bool is_own = r >= outer && r < end;
            if (r == outer)
                continue;
            bool in_outer = ring_holds(shape, outer, point), in_hole = false;
            for (uint32_t hole = outer + 1; hole < end; hole++)
                in_hole = in_hole || (hole != r && ring_holds(shape, hole, point));
            if (is_own ? !in_outer || in_hole : in_outer && !in_hole)
                return false;
        }
    }
    return true;
}

bool sg_shape_is_surely_valid(const struct sg_shape *shape) {
    if (shape->polygon_count == 0 || shape->ring_count > MOST_RINGS)
        return false;
    struct edge few[FEW_EDGES];
    uint32_t most = sg_shape_point_count(shape);
    struct edge *edges = most <= FEW_EDGES ? few : sg_alloc(most, sizeof *edges);
    size_t count = 0;
    bool is_valid = edges != NULL && fill_edges(shape, edges, &count);
    if (is_valid)
        is_valid =
            count <= FEW_EDGES ? few_keep_apart(shape, edges, count) : many_keep_apart(shape, edges, count);
    if (edges != few)
        sg_free(edges);
    return is_valid && (shape->ring_count == 1 || is_well_nested(shape));
}
