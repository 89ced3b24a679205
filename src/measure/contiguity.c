#include "measure/contiguity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"

/* An edge in the scaled plane. */
struct edge {
    struct sg_point from, to;
    double low, high; /* along the axis that is swept, the tolerance added */
};

struct edge_list {
    struct edge *edges;
    size_t count, capacity;
};

struct pair {
    uint32_t one, two;
};

struct finder {
    const struct sg_shape *const *shapes;
    size_t count;
    enum sg_contiguity rule;
    double tolerance, x_scale;
    struct sg_box *boxes; /* scaled, the tolerance added */
    uint32_t *order;      /* of the areas with a shape, from west to east */
    size_t order_count;
    struct pair *pairs;
    size_t pair_count, pair_capacity;
};

/* ---- two edges ---- */

static double squared_distance(struct sg_point p, const struct edge *edge) {
    double dx = edge->to.x - edge->from.x, dy = edge->to.y - edge->from.y;
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - edge->from.x) * dx + (p.y - edge->from.y) * dy) / length2 : 0;
    t = fmin(1, fmax(0, t));
    double x = p.x - (edge->from.x + t * dx), y = p.y - (edge->from.y + t * dy);
    return x * x + y * y;
}

static bool edges_cross(const struct edge *a, const struct edge *b) {
    int a1 = sg_orientation(a->from, a->to, b->from), a2 = sg_orientation(a->from, a->to, b->to);
    int b1 = sg_orientation(b->from, b->to, a->from), b2 = sg_orientation(b->from, b->to, a->to);
    return a1 * a2 < 0 && b1 * b2 < 0;
}

static bool edges_touch(const struct edge *a, const struct edge *b, double tolerance) {
    double limit = tolerance * tolerance;
    return squared_distance(a->from, b) <= limit || squared_distance(a->to, b) <= limit
           || squared_distance(b->from, a) <= limit || squared_distance(b->to, a) <= limit
           || edges_cross(a, b);
}

/* Do the edges run side by side for longer than twice the tolerance? */
static bool edges_share_stretch(const struct edge *a, const struct edge *b, double tolerance) {
    double dx = a->to.x - a->from.x, dy = a->to.y - a->from.y;
    double length = hypot(dx, dy);
    if (!(length > 0))
        return false;
    double t = ((b->from.x - a->from.x) * dx + (b->from.y - a->from.y) * dy) / (length * length);
    double u = ((b->to.x - a->from.x) * dx + (b->to.y - a->from.y) * dy) / (length * length);
    double low = fmax(0, fmin(t, u)), high = fmin(1, fmax(t, u));
    if (!((high - low) * length > 2 * tolerance))
        return false;
    struct sg_point first = {a->from.x + low * dx, a->from.y + low * dy};
    struct sg_point last = {a->from.x + high * dx, a->from.y + high * dy};
    double limit = tolerance * tolerance;
    return squared_distance(first, b) <= limit && squared_distance(last, b) <= limit;
}

/* ---- two areas ---- */

/* The edges of a shape that come into the box. */
static bool collect_edges(const struct finder *finder, uint32_t area, const struct sg_box *box, bool along_x,
                          struct edge_list *list) {
    const struct sg_shape *shape = finder->shapes[area];
    list->count = 0;
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        for (uint32_t i = shape->ring_starts[r] + 1; i < shape->ring_starts[r + 1]; i++) {
            struct sg_point from = {shape->points[i - 1].x * finder->x_scale, shape->points[i - 1].y};
            struct sg_point to = {shape->points[i].x * finder->x_scale, shape->points[i].y};
            if (fmin(from.x, to.x) > box->max_x || fmax(from.x, to.x) < box->min_x
                || fmin(from.y, to.y) > box->max_y || fmax(from.y, to.y) < box->min_y)
                continue;
            if (!sg_reserve(&list->edges, &list->capacity, list->count + 1, sizeof *list->edges))
                return false;
            double a = along_x ? from.x : from.y, b = along_x ? to.x : to.y;
            list->edges[list->count++] = (struct edge){from, to, fmin(a, b), fmax(a, b) + finder->tolerance};
        }
    }
    return true;
}

static int compare_low(const void *a, const void *b) {
    const struct edge *one = a, *two = b;
    return (one->low > two->low) - (one->low < two->low);
}

static void sort_edges(struct edge_list *list) {
    if (list->count > 1)
        qsort(list->edges, list->count, sizeof *list->edges, compare_low);
}

static bool edges_meet(const struct finder *finder, const struct edge *a, const struct edge *b) {
    return finder->rule == SG_CONTIGUITY_ROOK ? edges_share_stretch(a, b, finder->tolerance)
                                              : edges_touch(a, b, finder->tolerance);
}

/* Sweeps both sorted lists: each edge against those of the other list that begin before it ends. */
static bool lists_meet(const struct finder *finder, const struct edge_list *one,
                       const struct edge_list *two) {
    size_t i = 0, j = 0;
    while (i < one->count && j < two->count) {
        bool is_one = one->edges[i].low <= two->edges[j].low;
        const struct edge *edge = is_one ? &one->edges[i++] : &two->edges[j++];
        const struct edge_list *others = is_one ? two : one;
        for (size_t k = is_one ? j : i; k < others->count && others->edges[k].low <= edge->high; k++) {
            if (edges_meet(finder, edge, &others->edges[k]))
                return true;
        }
    }
    return false;
}

/* What one thread works with. */
struct worker {
    struct edge_list one, two;
};

static bool areas_meet(const struct finder *finder, uint32_t a, uint32_t b, struct worker *worker,
                       bool *ret_meet) {
    const struct sg_box *x = &finder->boxes[a], *y = &finder->boxes[b];
    struct sg_box both = {fmax(x->min_x, y->min_x), fmax(x->min_y, y->min_y), fmin(x->max_x, y->max_x),
                          fmin(x->max_y, y->max_y)};
    bool along_x = both.max_x - both.min_x > both.max_y - both.min_y;
    if (!collect_edges(finder, a, &both, along_x, &worker->one)
        || !collect_edges(finder, b, &both, along_x, &worker->two))
        return false;
    sort_edges(&worker->one);
    sort_edges(&worker->two);
    *ret_meet = lists_meet(finder, &worker->one, &worker->two);
    return true;
}

/* ---- all areas ---- */

static int compare_west(const void *a, const void *b, void *user) {
    const struct sg_box *boxes = user;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    if (boxes[i].min_x != boxes[j].min_x)
        return boxes[i].min_x < boxes[j].min_x ? -1 : 1;
    return i < j ? -1 : i > j;
}

static bool prepare(struct finder *finder) {
    finder->boxes = sg_alloc(finder->count, sizeof *finder->boxes);
    finder->order = sg_alloc(finder->count, sizeof *finder->order);
    if (finder->boxes == NULL || finder->order == NULL)
        return false;
    for (size_t a = 0; a < finder->count; a++) {
        if (finder->shapes[a] == NULL || finder->shapes[a]->polygon_count == 0)
            continue;
        struct sg_box box = sg_shape_envelope(finder->shapes[a]);
        double t = finder->tolerance;
        finder->boxes[a] = (struct sg_box){box.min_x * finder->x_scale - t, box.min_y - t,
                                           box.max_x * finder->x_scale + t, box.max_y + t};
        finder->order[finder->order_count++] = (uint32_t)a;
    }
    qsort_r(finder->order, finder->order_count, sizeof *finder->order, compare_west, finder->boxes);
    return true;
}

static bool add_pair(struct finder *finder, uint32_t a, uint32_t b) {
    bool done = true;
#pragma omp critical(contiguity)
    {
        done =
            sg_reserve(&finder->pairs, &finder->pair_capacity, finder->pair_count + 1, sizeof *finder->pairs);
        if (done)
            finder->pairs[finder->pair_count++] = (struct pair){a < b ? a : b, a < b ? b : a};
    }
    return done;
}

/* Compares an area with those further east that begin before it ends. */
static bool compare_with_next(struct finder *finder, size_t place, struct worker *worker) {
    uint32_t area = finder->order[place];
    const struct sg_box *box = &finder->boxes[area];
    for (size_t next = place + 1; next < finder->order_count; next++) {
        uint32_t other = finder->order[next];
        const struct sg_box *others = &finder->boxes[other];
        if (others->min_x > box->max_x)
            break;
        if (others->min_y > box->max_y || others->max_y < box->min_y)
            continue;
        bool meet = false;
        if (!areas_meet(finder, area, other, worker, &meet) || (meet && !add_pair(finder, area, other)))
            return false;
    }
    return true;
}

static int compare_pairs(const void *a, const void *b) {
    const struct pair *one = a, *two = b;
    if (one->one != two->one)
        return one->one < two->one ? -1 : 1;
    return one->two < two->two ? -1 : one->two > two->two;
}

/* Both ways round; the pairs are in order, so each area's neighbours come out ascending. */
static bool list_neighbours(struct finder *finder, struct sg_neighbours *neighbours) {
    if (finder->pair_count > 1) /* threads found them in any order */
        qsort(finder->pairs, finder->pair_count, sizeof *finder->pairs, compare_pairs);
    neighbours->area_count = finder->count;
    neighbours->starts = sg_alloc(finder->count + 2, sizeof *neighbours->starts);
    neighbours->ids = sg_alloc(2 * finder->pair_count, sizeof *neighbours->ids);
    if (neighbours->starts == NULL || neighbours->ids == NULL)
        return false;
    size_t *ends = neighbours->starts + 1;
    for (size_t p = 0; p < finder->pair_count; p++) {
        ends[finder->pairs[p].one + 1]++;
        ends[finder->pairs[p].two + 1]++;
    }
    for (size_t a = 0; a < finder->count; a++)
        ends[a + 1] += ends[a];
    for (size_t p = 0; p < finder->pair_count; p++) /* those before it in the layer */
        neighbours->ids[ends[finder->pairs[p].two]++] = finder->pairs[p].one;
    for (size_t p = 0; p < finder->pair_count; p++)
        neighbours->ids[ends[finder->pairs[p].one]++] = finder->pairs[p].two;
    return true;
}

static enum sg_status find(struct sg_context *context, struct finder *finder,
                           struct sg_neighbours *neighbours) {
    bool failed = !prepare(finder);
    if (failed)
        return sg_fail_memory(context);
#pragma omp parallel num_threads(sg_context_threads(context)) if (finder->order_count > 64)
    {
        struct worker worker = {{NULL, 0, 0}, {NULL, 0, 0}};
#pragma omp for schedule(dynamic, 4)
        for (size_t place = 0; place < finder->order_count; place++) {
            if (!sg_context_interrupted(context) && !compare_with_next(finder, place, &worker)) {
#pragma omp atomic write
                failed = true;
            }
        }
        sg_free(worker.one.edges);
        sg_free(worker.two.edges);
    }
    if (sg_context_interrupted(context))
        return sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while neighbours were looked for");
    return failed || !list_neighbours(finder, neighbours) ? sg_fail_memory(context) : SG_OK;
}

enum sg_status sg_contiguity_find(struct sg_context *context, const struct sg_shape *const *shapes,
                                  size_t count, enum sg_contiguity rule, double tolerance, double x_scale,
                                  struct sg_neighbours *ret_neighbours) {
    struct finder finder = {
        .shapes = shapes, .count = count, .rule = rule, .tolerance = tolerance, .x_scale = x_scale};
    struct sg_neighbours neighbours = {0};
    enum sg_status status = find(context, &finder, &neighbours);
    sg_free(finder.boxes);
    sg_free(finder.order);
    sg_free(finder.pairs);
    if (status == SG_OK)
        *ret_neighbours = neighbours;
    else
        sg_neighbours_release(&neighbours);
    return status;
}

enum sg_status sg_contiguity_of_areas(struct sg_context *context, const struct sg_area_layer *layer,
                                      struct sg_neighbours *ret_neighbours) {
    const double degree_m = 111195, radians = 0.017453292519943295;
    double unit_m = sg_crs_unit_m(layer->crs), x_scale = 1;
    if (sg_crs_is_geographic(layer->crs)) {
        unit_m = degree_m;
        x_scale = fmax(0.01, cos((layer->extent.min_y + layer->extent.max_y) / 2 * radians));
    }
    const struct sg_shape **shapes = sg_alloc(layer->area_count, sizeof *shapes);
    if (shapes == NULL)
        return sg_fail_memory(context);
    for (size_t a = 0; a < layer->area_count; a++)
        shapes[a] = &layer->areas[a].shape;
    enum sg_status status =
        sg_contiguity_find(context, shapes, layer->area_count, SG_CONTIGUITY_QUEEN,
                           SG_CONTIGUITY_TOLERANCE_M / (unit_m > 0 ? unit_m : 1), x_scale, ret_neighbours);
    sg_free(shapes);
    return status;
}
