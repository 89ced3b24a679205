#include "measure/street_snap.h"

#include <math.h>

#include "core/alloc.h"
#include "measure/hilbert.h"

static const double RAD = 0.017453292519943295769;

/* Items of a node of the tree: segments in the lowest level, nodes above. */
enum { FAN = 8, MOST_LEVELS = 12 };

struct sg_street_finder {
    const struct sg_street_graph *graph;
    uint32_t *segments; /* by their first point, along Hilbert's curve */
    uint32_t *edges;    /* of each of them */
    size_t segment_count;
    struct sg_box *boxes; /* level 0 first: each box holds FAN segments, or FAN boxes of the level below */
    size_t level_starts[MOST_LEVELS + 1];
    size_t level_count;
};

static bool sort_segments(struct sg_street_finder *finder) {
    const struct sg_street_graph *graph = finder->graph;
    size_t count = graph->point_count - graph->edge_count;
    struct sg_hilbert_item *items = sg_alloc(count, sizeof *items);
    uint32_t *edge_of = sg_alloc(graph->point_count, sizeof *edge_of);
    finder->segments = sg_alloc(count, sizeof *finder->segments);
    finder->edges = sg_alloc(count, sizeof *finder->edges);
    bool done = items != NULL && edge_of != NULL && finder->segments != NULL && finder->edges != NULL;
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
        for (size_t i = 0; i < count; i++) {
            finder->segments[i] = items[i].item;
            finder->edges[i] = edge_of[items[i].item];
        }
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
        const struct sg_point *ends = &finder->graph->points[finder->segments[i]];
        sg_box_add(&finder->boxes[i / FAN], ends[0]);
        sg_box_add(&finder->boxes[i / FAN], ends[1]);
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
    sg_free(finder->edges);
    sg_free(finder->boxes);
    sg_free(finder);
}

/* ---- the search ---- */

/* A search from one point, in metres on the plane that touches the ellipsoid there. */
struct search {
    const struct sg_street_finder *finder;
    struct sg_point from;
    double east_m, north_m; /* of a degree */
    double best2;           /* square metres to the best segment so far */
    uint32_t segment, edge; /* the best one's */
    double share;           /* how far along it */
};

static double box_distance2(const struct search *search, const struct sg_box *box) {
    double x = fmax(fmax(box->min_x - search->from.x, search->from.x - box->max_x), 0) * search->east_m;
    double y = fmax(fmax(box->min_y - search->from.y, search->from.y - box->max_y), 0) * search->north_m;
    return x * x + y * y;
}

static void try_segment(struct search *search, size_t item) {
    const struct sg_point *ends = &search->finder->graph->points[search->finder->segments[item]];
    /* from the western end, so that lines on each other are as near as each other, whichever way they go */
    bool turned = ends[1].x < ends[0].x || (ends[1].x == ends[0].x && ends[1].y < ends[0].y);
    struct sg_point a = ends[turned], b = ends[!turned];
    double ax = (a.x - search->from.x) * search->east_m, ay = (a.y - search->from.y) * search->north_m;
    double bx = (b.x - search->from.x) * search->east_m, by = (b.y - search->from.y) * search->north_m;
    double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
    double share = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0;
    share = share > 0 ? share < 1 ? share : 1 : 0;
    /* at an end it is that very point, so that all edges that meet there are as near as each other */
    double x = share == 1 ? bx : ax + share * dx, y = share == 1 ? by : ay + share * dy;
    double distance2 = x * x + y * y;
    uint32_t edge = search->finder->edges[item], segment = search->finder->segments[item];
    bool is_lower = edge < search->edge || (edge == search->edge && segment < search->segment);
    if (distance2 < search->best2 || (distance2 == search->best2 && is_lower)) {
        search->best2 = distance2;
        search->segment = segment;
        search->edge = edge;
        search->share = turned ? 1 - share : share;
    }
}

/* Depth is log8 of the segments, so recursion is safe. */
static void look_in(struct search *search, size_t level, size_t box) {
    const struct sg_street_finder *finder = search->finder;
    size_t first = box * FAN;
    if (level == 0) {
        size_t end = first + FAN < finder->segment_count ? first + FAN : finder->segment_count;
        for (size_t i = first; i < end; i++)
            try_segment(search, i);
        return;
    }
    size_t below = finder->level_starts[level - 1], count = finder->level_starts[level] - below;
    size_t end = first + FAN < count ? first + FAN : count, child_count = end - first;
    double distances2[FAN];
    for (size_t i = 0; i < child_count; i++)
        distances2[i] = box_distance2(search, &finder->boxes[below + first + i]);
    for (size_t turn = 0; turn < child_count; turn++) { /* the nearest of those not yet looked in */
        size_t nearest = 0;
        for (size_t i = 1; i < child_count; i++) {
            if (distances2[i] < distances2[nearest])
                nearest = i;
        }
        if (!(distances2[nearest] <= search->best2))
            return;
        distances2[nearest] = INFINITY;
        look_in(search, level - 1, first + nearest);
    }
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
                            .best2 = least_m * least_m,
                            .edge = SG_NO_STREET,
                            .segment = UINT32_MAX};
    look_in(&search, finder->level_count - 1, 0);
    if (search.edge == SG_NO_STREET)
        return none;
    const struct sg_point *ends = &graph->points[search.segment];
    const double *along_m = &graph->along_m[search.segment];
    struct sg_point foot = {ends[0].x + search.share * (ends[1].x - ends[0].x),
                            ends[0].y + search.share * (ends[1].y - ends[0].y)};
    if (search.share == 1)
        foot = ends[1];
    double leg_m = sg_geodesic_short_distance(&graph->ellipsoid, lon_lat_deg, foot);
    if (leg_m > limit_m + 1e-6)
        return none;
    double passed_m = search.share == 1 ? along_m[1] : along_m[0] + search.share * (along_m[1] - along_m[0]);
    return (struct sg_street_place){search.edge, passed_m, leg_m};
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
