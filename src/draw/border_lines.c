#include "draw/border_lines.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "draw/area_finder.h"

/* A place on an arc: on the segment from a point to the next, so far along. */
struct place {
    uint32_t segment;
    double along; /* 0 to 1 */
};

/* A stretch of an arc with the same beyond it. */
struct run {
    struct place from;
    double length_pt;
    uint32_t beyond; /* an area; OUTSIDE, or UNASKED: some area */
};

enum { OUTSIDE = SG_NO_AREA, UNASKED = SG_NO_AREA - 1 };

struct cutting {
    const struct sg_drawing *drawing;
    struct sg_border_lines *lines;
    struct sg_area_finder *finder; /* NULL: neighbours are not asked for */
    struct run *runs;              /* of the arc at hand */
    size_t run_count, run_capacity;
};

static bool is_covered(const struct sg_drawing *drawing, double x, double y) {
    return sg_coverage_mask_share(&drawing->mask, x - 0.5, y - 0.5, 1, 1) > 0.5;
}

/* What is beyond the border at a place, which runs in the direction of (dx, dy), of length 1. False when out
   of memory. */
static bool look_beyond(const struct cutting *cutting, uint32_t own, struct sg_point at, double dx, double dy,
                        uint32_t *ret_beyond) {
    const double reach_pt = 1.5;
    struct sg_point sides[] = {{at.x - dy * reach_pt, at.y + dx * reach_pt},
                               {at.x + dy * reach_pt, at.y - dx * reach_pt}};
    *ret_beyond = OUTSIDE;
    if (!is_covered(cutting->drawing, sides[0].x, sides[0].y)
        || !is_covered(cutting->drawing, sides[1].x, sides[1].y))
        return true;
    *ret_beyond = UNASKED;
    for (size_t i = 0; i < 2 && cutting->finder != NULL; i++) {
        uint32_t area;
        if (!sg_area_at(cutting->finder, &cutting->drawing->topology, sides[i], &area))
            return false;
        if (area != own && area != SG_NO_AREA)
            *ret_beyond = area;
    }
    return true;
}

/* Adds so much length with the same beyond it. False when out of memory. */
static bool lengthen(struct cutting *cutting, struct place from, double length_pt, uint32_t beyond) {
    struct run *last = cutting->run_count == 0 ? NULL : &cutting->runs[cutting->run_count - 1];
    if (last != NULL && last->beyond == beyond) {
        last->length_pt += length_pt;
        return true;
    }
    if (!sg_reserve(&cutting->runs, &cutting->run_capacity, cutting->run_count + 1, sizeof *cutting->runs))
        return false;
    cutting->runs[cutting->run_count++] = (struct run){from, length_pt, beyond};
    return true;
}

/* Looks beyond the arc step by step. False when out of memory. */
static bool find_runs(struct cutting *cutting, const struct sg_arc *arc) {
    const double step_pt = 2;
    const struct sg_point *points = cutting->drawing->topology.points + arc->start;
    uint32_t beyond = OUTSIDE;
    double since_pt = INFINITY; /* what lies since the last look goes with it */
    cutting->run_count = 0;
    for (uint32_t i = 0; i + 1 < arc->count; i++) {
        double dx = points[i + 1].x - points[i].x, dy = points[i + 1].y - points[i].y;
        double length = hypot(dx, dy);
        uint32_t parts = (uint32_t)fmax(1, ceil(length / step_pt));
        for (uint32_t part = 0; part < parts && length > 0; part++) {
            double middle = (part + 0.5) / parts;
            if (since_pt >= step_pt / 2
                && !look_beyond(cutting, arc->areas[0],
                                (struct sg_point){points[i].x + middle * dx, points[i].y + middle * dy},
                                dx / length, dy / length, &beyond))
                return false;
            since_pt = since_pt >= step_pt / 2 ? length / parts : since_pt + length / parts;
            if (!lengthen(cutting, (struct place){i, (double)part / parts}, length / parts, beyond))
                return false;
        }
    }
    return true;
}

/* A corner looks past its own border, a sliver is seen as outside: what is that short is nothing of its own.
 */
static const double shortest_pt = 5;

static void merge_short_runs(struct cutting *cutting) {
    size_t kept = 0;
    for (size_t i = 0; i < cutting->run_count; i++) {
        struct run run = cutting->runs[i];
        struct run *before = kept == 0 ? NULL : &cutting->runs[kept - 1];
        if (before != NULL && before->length_pt < shortest_pt && kept == 1)
            before->beyond = run.beyond; /* the first has none before it */
        if (before != NULL && (before->beyond == run.beyond || run.length_pt < shortest_pt))
            before->length_pt += run.length_pt;
        else
            cutting->runs[kept++] = run;
    }
    cutting->run_count = kept;
}

static bool add_line(struct sg_border_lines *lines, uint32_t start, uint32_t count, bool is_part,
                     uint32_t own, uint32_t beyond) {
    if (!sg_reserve(&lines->lines, &lines->capacity, lines->count + 1, sizeof *lines->lines))
        return false;
    lines->lines[lines->count++] =
        (struct sg_border_line){.start = start,
                                .count = count,
                                .is_part = is_part,
                                .areas = {own, beyond == UNASKED ? SG_NO_AREA : beyond},
                                .is_outline = beyond == OUTSIDE};
    return true;
}

static double distance(struct sg_point a, struct sg_point b) {
    return hypot(b.x - a.x, b.y - a.y);
}

static struct sg_point point_at(const struct sg_point *points, struct place place) {
    const struct sg_point *a = points + place.segment;
    return place.along <= 0 ? a[0]
                            : (struct sg_point){a[0].x + place.along * (a[1].x - a[0].x),
                                                a[0].y + place.along * (a[1].y - a[0].y)};
}

/* How sharply the arc turns at one of its points: the cosine of the turn. */
static double straightness_at(const struct sg_point *points, uint32_t i) {
    double ax = points[i].x - points[i - 1].x, ay = points[i].y - points[i - 1].y;
    double bx = points[i + 1].x - points[i].x, by = points[i + 1].y - points[i].y;
    double lengths = hypot(ax, ay) * hypot(bx, by);
    return lengths > 0 ? (ax * bx + ay * by) / lengths : 1;
}

/* The outline leaves the border of two areas at a corner: the sharpest within reach of where it was seen to.
 */
static struct place at_corner(const struct sg_point *points, uint32_t count, struct place place) {
    const double reach_pt = 2.4, straight = 0.85; /* less than half of a run: their order stays */
    struct sg_point seen = point_at(points, place);
    struct place best = place;
    double sharpest = straight;
    for (uint32_t i = place.segment + 1; i-- > 1 && distance(points[i], seen) <= reach_pt;) {
        if (straightness_at(points, i) < sharpest) {
            sharpest = straightness_at(points, i);
            best = (struct place){i, 0};
        }
    }
    for (uint32_t i = place.segment + 1; i + 1 < count && distance(points[i], seen) <= reach_pt; i++) {
        if (straightness_at(points, i) < sharpest) {
            sharpest = straightness_at(points, i);
            best = (struct place){i, 0};
        }
    }
    return best;
}

/* Copies the part of an arc from one place to another. */
static bool add_part(struct sg_border_lines *lines, const struct sg_point *points, struct place from,
                     struct place to, uint32_t own, uint32_t beyond) {
    size_t start = lines->cut_count, most = (size_t)to.segment - from.segment + 2;
    if (start + most > UINT32_MAX
        || !sg_reserve(&lines->cuts, &lines->cut_capacity, start + most, sizeof *lines->cuts))
        return false;
    lines->cuts[lines->cut_count++] = point_at(points, from);
    for (uint32_t i = from.segment + 1; i <= to.segment; i++)
        lines->cuts[lines->cut_count++] = points[i];
    if (to.along > 0)
        lines->cuts[lines->cut_count++] = point_at(points, to);
    return add_line(lines, (uint32_t)start, (uint32_t)(lines->cut_count - start), true, own, beyond);
}

/* The lines of an arc that only one area has. */
static bool add_one_sided(struct cutting *cutting, const struct sg_arc *arc) {
    struct sg_border_lines *lines = cutting->lines;
    const struct sg_point *points = cutting->drawing->topology.points + arc->start;
    uint32_t own = arc->areas[0];
    if (!find_runs(cutting, arc))
        return false;
    merge_short_runs(cutting);
    if (cutting->run_count <= 1)
        return add_line(lines, arc->start, arc->count, false, own,
                        cutting->run_count == 0 ? OUTSIDE : cutting->runs[0].beyond);
    for (size_t i = 1; i < cutting->run_count; i++) {
        if (cutting->runs[i].beyond == OUTSIDE || cutting->runs[i - 1].beyond == OUTSIDE)
            cutting->runs[i].from = at_corner(points, arc->count, cutting->runs[i].from);
    }
    for (size_t i = 0; i < cutting->run_count; i++) {
        struct place end =
            i + 1 < cutting->run_count ? cutting->runs[i + 1].from : (struct place){arc->count - 1, 0};
        if (!add_part(lines, points, cutting->runs[i].from, end, own, cutting->runs[i].beyond))
            return false;
    }
    return true;
}

/* An end of an outline, and its other end. */
struct end {
    struct sg_point at, other;
};

static bool is_same(struct sg_point a, struct sg_point b) {
    return a.x == b.x && a.y == b.y;
}

static int compare_ends(const void *a, const void *b) {
    const struct end *one = a, *two = b;
    if (one->at.x != two->at.x)
        return one->at.x < two->at.x ? -1 : 1;
    return (one->at.y > two->at.y) - (one->at.y < two->at.y);
}

/* Does an outline meet this end, other than this one and its twin on the far side of a sliver? */
static bool is_met(const struct end *ends, size_t count, struct end end) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_ends(&ends[middle], &end) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && is_same(ends[low].at, end.at); low++) {
        if (!is_same(ends[low].other, end.other))
            return true;
    }
    return false;
}

static double length_of(const struct sg_point *points, uint32_t count) {
    double length = 0;
    for (uint32_t i = 0; i + 1 < count && length < shortest_pt; i++)
        length += distance(points[i], points[i + 1]);
    return length;
}

/* An outline goes on: a short one that no other meets at one of its ends is an inner border that comes near
   the edge. False when out of memory. */
static bool drop_ticks(const struct sg_topology *topology, struct sg_border_lines *lines) {
    size_t end_count = 0;
    struct end *ends = sg_alloc(2 * lines->count, sizeof *ends);
    if (ends == NULL)
        return false;
    for (size_t i = 0; i < lines->count; i++) {
        const struct sg_border_line *line = &lines->lines[i];
        const struct sg_point *points = sg_border_line_points(lines, topology, line);
        if (!line->is_outline)
            continue;
        ends[end_count++] = (struct end){points[0], points[line->count - 1]};
        ends[end_count++] = (struct end){points[line->count - 1], points[0]};
    }
    if (end_count > 1)
        qsort(ends, end_count, sizeof *ends, compare_ends);
    for (size_t i = 0; i < lines->count; i++) {
        struct sg_border_line *line = &lines->lines[i];
        const struct sg_point *points = sg_border_line_points(lines, topology, line);
        struct sg_point first = points[0], last = points[line->count - 1];
        if (line->is_outline && !is_same(first, last) && length_of(points, line->count) < shortest_pt)
            line->is_outline = is_met(ends, end_count, (struct end){first, last})
                               && is_met(ends, end_count, (struct end){last, first});
    }
    sg_free(ends);
    return true;
}

bool sg_border_lines_init(const struct sg_drawing *drawing, bool wants_neighbours,
                          struct sg_border_lines *lines) {
    const struct sg_topology *topology = &drawing->topology;
    struct sg_area_finder finder = {0};
    struct cutting cutting = {drawing, lines, wants_neighbours ? &finder : NULL, NULL, 0, 0};
    *lines = (struct sg_border_lines){0};
    bool done = !wants_neighbours || sg_area_finder_init(&finder, topology);
    for (uint32_t i = 0; i < topology->arc_count && done; i++) {
        const struct sg_arc *arc = &topology->arcs[i];
        done = arc->areas[1] == SG_NO_AREA
                   ? add_one_sided(&cutting, arc)
                   : add_line(lines, arc->start, arc->count, false, arc->areas[0], arc->areas[1]);
    }
    done = done && drop_ticks(topology, lines);
    sg_area_finder_release(&finder);
    sg_free(cutting.runs);
    return done;
}

void sg_border_lines_release(struct sg_border_lines *lines) {
    sg_free(lines->lines);
    sg_free(lines->cuts);
    *lines = (struct sg_border_lines){0};
}

const struct sg_point *sg_border_line_points(const struct sg_border_lines *lines,
                                             const struct sg_topology *topology,
                                             const struct sg_border_line *line) {
    return (line->is_part ? lines->cuts : topology->points) + line->start;
}
