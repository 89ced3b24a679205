#include "measure/street_snap.h"

#include <math.h>

#include "core/alloc.h"
#include "measure/hilbert.h"

static const double RAD = 0.017453292519943295769;

/* Items of a node of the tree: segments in the lowest level, nodes above. */
enum { FAN = 8, MOST_LEVELS = 12 };

/* A segment from its western end, so that lines on each other are as near as each other, whichever way they
 * go. */
struct segment {
    struct sg_point west, east;
    uint32_t point; /* of the graph: where it starts */
    uint32_t edge;
};

struct sg_street_finder {
    const struct sg_street_graph *graph;
    struct segment *segments; /* along Hilbert's curve */
    size_t segment_count;
    struct sg_box *boxes; /* level 0 first: each box holds FAN segments, or FAN boxes of the level below */
    size_t level_starts[MOST_LEVELS + 1];
    size_t level_count;
};

static struct segment segment_at(const struct sg_street_graph *graph, uint32_t point, uint32_t edge) {
    struct sg_point a = graph->points[point], b = graph->points[point + 1];
    bool turned = b.x < a.x || (b.x == a.x && b.y < a.y);
    return (struct segment){turned ? b : a, turned ? a : b, point, edge};
}

static bool sort_segments(struct sg_street_finder *finder) {
    const struct sg_street_graph *graph = finder->graph;
    size_t count = graph->point_count - graph->edge_count;
    struct sg_hilbert_item *items = sg_alloc(count, sizeof *items);
    uint32_t *edge_of = sg_alloc(graph->point_count, sizeof *edge_of);
    finder->segments = sg_alloc(count, sizeof *finder->segments);
    bool done = items != NULL && edge_of != NULL && finder->segments != NULL;
    if (done) {
        struct sg_box box = sg_box_empty();
        for (size_t i = 0; i < graph->point_count; i++)
            sg_box_add(&box, graph->points[i]);
        for (uint32_t e = 0; e < graph->edge_count; e++) {
            const struct sg_street_edge *edge = &graph->edges[e];
            for (uint32_t i = edge->first_point; i + 1 < sg_street_edge_end(edge); i++) {
                struct sg_point a = graph->points[i], b = graph->points[i + 1];
                struct sg_point middle = {(a.x + b.x) / 2, (a.y + b.y) / 2};
                items[finder->segment_count++] =
                    (struct sg_hilbert_item){sg_hilbert_position(&box, middle), i};
                edge_of[i] = e;
            }
        }
        sg_hilbert_sort(items, count);
        for (size_t i = 0; i < count; i++)
            finder->segments[i] = segment_at(graph, items[i].item, edge_of[items[i].item]);
    }
    sg_free(items);
    sg_free(edge_of);
    return done;
}

static size_t boxes_for(size_t items) {
    return (items + FAN - 1) / FAN;
}

static bool build_boxes(struct sg_street_finder *finder) {
    size_t total = 0, items = finder->segment_count;
    do {
        items = boxes_for(items);
        finder->level_starts[finder->level_count++] = total;
        total += items;
    } while (items > 1);
    finder->level_starts[finder->level_count] = total;
    finder->boxes = sg_alloc(total, sizeof *finder->boxes);
    if (finder->boxes == NULL)
        return false;
    for (size_t b = 0; b < total; b++)
        finder->boxes[b] = sg_box_empty();
    for (size_t i = 0; i < finder->segment_count; i++) {
        sg_box_add(&finder->boxes[i / FAN], finder->segments[i].west);
        sg_box_add(&finder->boxes[i / FAN], finder->segments[i].east);
    }
    for (size_t level = 1; level < finder->level_count; level++) {
        size_t below = finder->level_starts[level - 1], here = finder->level_starts[level];
        for (size_t b = below; b < here; b++)
            sg_box_add_box(&finder->boxes[here + (b - below) / FAN], &finder->boxes[b]);
    }
    return true;
}

enum sg_status sg_street_finder_new(struct sg_context *context, const struct sg_street_graph *graph,
                                    struct sg_street_finder **ret_finder) {
    struct sg_street_finder *finder = sg_alloc(1, sizeof *finder);
    if (finder == NULL)
        return sg_fail_memory(context);
    finder->graph = graph;
    if (!sort_segments(finder) || (finder->segment_count > 0 && !build_boxes(finder))) {
        sg_street_finder_free(finder);
        return sg_fail_memory(context);
    }
    *ret_finder = finder;
    return SG_OK;
}

void sg_street_finder_free(struct sg_street_finder *finder) {
    if (finder == NULL)
        return;
    sg_free(finder->segments);
    sg_free(finder->boxes);
    sg_free(finder);
}

/* ---- the search ---- */

/* A search from one point, in metres on the plane that touches the ellipsoid there. */
struct search {
    const struct sg_street_finder *finder;
    struct sg_point from;
    double east_m, north_m;     /* of a degree */
    double best2;               /* square metres to the best segment so far */
    const struct segment *best; /* NULL: none */
    double share;               /* how far along it from its western end */
};

static inline double box_distance2(const struct search *search, const struct sg_box *box) {
    double west = box->min_x - search->from.x, east = search->from.x - box->max_x;
    double south = box->min_y - search->from.y, north = search->from.y - box->max_y;
    double x = west > east ? west : east, y = south > north ? south : north;
    x = x > 0 ? x * search->east_m : 0;
    y = y > 0 ? y * search->north_m : 0;
    return x * x + y * y;
}

static bool is_lower(const struct segment *segment, const struct segment *than) {
    return than != NULL
           && (segment->edge != than->edge ? segment->edge < than->edge : segment->point < than->point);
}

static void try_segment(struct search *search, const struct segment *segment) {
    struct sg_point a = segment->west, b = segment->east;
    const struct sg_box box = {a.x, a.y < b.y ? a.y : b.y, b.x, a.y < b.y ? b.y : a.y};
    if (box_distance2(search, &box) > search->best2)
        return;
    double ax = (a.x - search->from.x) * search->east_m, ay = (a.y - search->from.y) * search->north_m;
    double bx = (b.x - search->from.x) * search->east_m, by = (b.y - search->from.y) * search->north_m;
    double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
    double share = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0;
    share = share > 0 ? share < 1 ? share : 1 : 0;
    /* at an end it is that very point, so that all edges that meet there are as near as each other */
    double x = share == 1 ? bx : ax + share * dx, y = share == 1 ? by : ay + share * dy;
    double distance2 = x * x + y * y;
    if (distance2 < search->best2 || (distance2 == search->best2 && is_lower(segment, search->best))) {
        search->best2 = distance2;
        search->best = segment;
        search->share = share;
    }
}

/* A box to look in. */
struct candidate {
    double distance2;
    size_t box;
};

/* Depth is log8 of the segments, so recursion is safe. */
static void look_in(struct search *search, size_t level, size_t box) {
    const struct sg_street_finder *finder = search->finder;
    size_t first = box * FAN;
    if (level == 0) {
        size_t end = first + FAN < finder->segment_count ? first + FAN : finder->segment_count;
        for (size_t i = first; i < end; i++)
            try_segment(search, &finder->segments[i]);
        return;
    }
    size_t below = finder->level_starts[level - 1], count = finder->level_starts[level] - below;
    size_t end = first + FAN < count ? first + FAN : count, near_count = 0;
    struct candidate near[FAN]; /* the nearest first */
    for (size_t child = first; child < end; child++) {
        double distance2 = box_distance2(search, &finder->boxes[below + child]);
        if (distance2 > search->best2)
            continue;
        size_t at = near_count++;
        for (; at > 0 && near[at - 1].distance2 > distance2; at--)
            near[at] = near[at - 1];
        near[at] = (struct candidate){distance2, child};
    }
    for (size_t i = 0; i < near_count && near[i].distance2 <= search->best2; i++)
        look_in(search, level - 1, near[i].box);
}

struct sg_street_place sg_street_find(const struct sg_street_finder *finder, struct sg_point lon_lat_deg,
                                      double limit_m) {
    const struct sg_street_graph *graph = finder->graph;
    const struct sg_street_place none = {.edge = SG_NO_STREET};
    if (finder->segment_count == 0)
        return none;
    double sin_lat = sin(lon_lat_deg.y * RAD), cos_lat = cos(lon_lat_deg.y * RAD);
    double w2 = 1 - graph->ellipsoid.e2 * sin_lat * sin_lat, across_m = graph->ellipsoid.radius_m / sqrt(w2);
    double least_m = limit_m * 1.01 + 0.001; /* the plane is a little off: the geodesic decides */
    struct search search = {.finder = finder,
                            .from = lon_lat_deg,
                            .east_m = across_m * cos_lat * RAD,
                            .north_m = across_m * (1 - graph->ellipsoid.e2) / w2 * RAD,
                            .best2 = least_m * least_m};
    look_in(&search, finder->level_count - 1, 0);
    if (search.best == NULL)
        return none;
    uint32_t first = search.best->point;
    bool turned =
        graph->points[first].x != search.best->west.x || graph->points[first].y != search.best->west.y;
    double share = turned ? 1 - search.share : search.share, passed_m = graph->along_m[first];
    struct sg_point a = graph->points[first], b = graph->points[first + 1];
    struct sg_point foot = {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
    if (share == 1)
        foot = b;
    passed_m =
        share == 1 ? graph->along_m[first + 1] : passed_m + share * (graph->along_m[first + 1] - passed_m);
    double leg_m = sg_geodesic_short_distance(&graph->ellipsoid, lon_lat_deg, foot);
    if (leg_m > limit_m + 1e-6)
        return none;
    return (struct sg_street_place){search.best->edge, passed_m, leg_m};
}

struct sg_point sg_street_point_at(const struct sg_street_graph *graph, uint32_t edge, double along_m) {
    uint32_t low = graph->edges[edge].first_point, high = sg_street_edge_end(&graph->edges[edge]) - 1;
    while (low + 1 < high) { /* the segment that holds it */
        uint32_t middle = low + (high - low) / 2;
        if (graph->along_m[middle] <= along_m)
            low = middle;
        else
            high = middle;
    }
    double span_m = graph->along_m[high] - graph->along_m[low];
    double share = span_m > 0 ? (along_m - graph->along_m[low]) / span_m : 0;
    share = share > 0 ? share < 1 ? share : 1 : 0;
    struct sg_point a = graph->points[low], b = graph->points[high];
    return share == 1 ? b : (struct sg_point){a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}
