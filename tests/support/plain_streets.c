#include "support/plain_streets.h"

#include <geodesic.h>

#include "support/test.h"

/* A place where a point or a site comes to a segment. */
struct foot {
    size_t segment; /* SIZE_MAX: to none */
    double share;   /* how far along it, 0 to 1 */
    double leg_m;
    size_t node;
};

struct segment {
    struct sg_point a, b;
    size_t from, to; /* nodes */
    double length_m, cost_per_m;
    uint8_t directions;
};

struct link {
    size_t node;
    double cost;
    size_t next; /* SIZE_MAX: the last */
};

struct plain {
    const struct plain_streets *asked;
    struct geod_geodesic geodesic;
    struct segment *segments;
    size_t segment_count;
    struct foot *feet; /* of the points, then of the sites */
    size_t foot_count;
    size_t node_count;
    size_t *first_links; /* of each node */
    struct link *links;
    size_t link_count;
};

static void *need(size_t count, size_t size) {
    void *memory = calloc(count + 1, size);
    assert_non_null(memory);
    return memory;
}

static double distance(const struct plain *plain, struct sg_point a, struct sg_point b) {
    double metres;
    geod_inverse(&plain->geodesic, a.y, a.x, b.y, b.x, &metres, NULL, NULL);
    return metres;
}

struct numbered {
    struct sg_point point;
    size_t *number;
};

static int compare_numbered(const void *a, const void *b) {
    const struct numbered *one = a, *two = b;
    if (one->point.x != two->point.x)
        return one->point.x < two->point.x ? -1 : 1;
    return one->point.y < two->point.y ? -1 : one->point.y > two->point.y;
}

static void make_segments(struct plain *plain) {
    const struct sg_street_layer *layer = plain->asked->layer;
    plain->segments = need(layer->point_count, sizeof *plain->segments);
    struct numbered *ends = need(2 * layer->point_count, sizeof *ends);
    for (size_t l = 0; l < layer->line_count; l++) {
        const struct sg_street_line *line = &layer->lines[l];
        for (uint32_t i = line->first_point; i + 1 < line->first_point + line->point_count; i++) {
            struct segment *segment = &plain->segments[plain->segment_count];
            segment->a = layer->points[i];
            segment->b = layer->points[i + 1];
            if (segment->a.x == segment->b.x && segment->a.y == segment->b.y)
                continue;
            segment->directions = line->directions;
            segment->length_m = distance(plain, segment->a, segment->b);
            segment->cost_per_m =
                plain->asked->is_time ? 0.06 / layer->class_speeds_kmh[line->street_class] : 1;
            ends[2 * plain->segment_count] = (struct numbered){segment->a, &segment->from};
            ends[2 * plain->segment_count + 1] = (struct numbered){segment->b, &segment->to};
            plain->segment_count++;
        }
    }
    qsort(ends, 2 * plain->segment_count, sizeof *ends, compare_numbered);
    for (size_t i = 0; i < 2 * plain->segment_count; i++) {
        plain->node_count += i == 0 || compare_numbered(&ends[i - 1], &ends[i]) != 0;
        *ends[i].number = plain->node_count - 1;
    }
    free(ends);
}

/* The nearest segment by the plane that touches the ellipsoid at the point; the lowest of those as near. */
static struct foot find_foot(const struct plain *plain, struct sg_point point) {
    const long double degree = 0.017453292519943295769L;
    long double flattening = plain->asked->flattening, e2 = flattening * (2 - flattening);
    long double sine = sinl(point.y * degree), w = sqrtl(1 - e2 * sine * sine);
    long double east = plain->asked->radius_m / w * cosl(point.y * degree) * degree;
    long double north = plain->asked->radius_m * (1 - e2) / (w * w * w) * degree;
    struct foot foot = {.segment = SIZE_MAX};
    long double best = INFINITY;
    for (size_t s = 0; s < plain->segment_count; s++) {
        const struct segment *segment = &plain->segments[s];
        long double x = (point.x - segment->a.x) * east, y = (point.y - segment->a.y) * north;
        long double dx = (segment->b.x - segment->a.x) * east, dy = (segment->b.y - segment->a.y) * north;
        long double share = fminl(fmaxl((x * dx + y * dy) / (dx * dx + dy * dy), 0), 1);
        long double away = hypotl(x - share * dx, y - share * dy);
        if (away < best) {
            best = away;
            foot.segment = s;
            foot.share = (double)share;
        }
    }
    if (foot.segment == SIZE_MAX)
        return foot;
    const struct segment *segment = &plain->segments[foot.segment];
    struct sg_point at = {segment->a.x + foot.share * (segment->b.x - segment->a.x),
                          segment->a.y + foot.share * (segment->b.y - segment->a.y)};
    foot.leg_m = distance(plain, point, foot.share == 1 ? segment->b : at);
    if (foot.leg_m > plain->asked->snap_limit_m)
        foot.segment = SIZE_MAX;
    return foot;
}

/* Travel from one to another at a cost, kept at the node it leads to: searches go back from where people go.
 */
static void add_link(struct plain *plain, size_t from, size_t to, double cost) {
    plain->links[plain->link_count] = (struct link){from, cost, plain->first_links[to]};
    plain->first_links[to] = plain->link_count++;
}

static int compare_feet(const void *a, const void *b) {
    const struct foot *one = *(const struct foot *const *)a, *two = *(const struct foot *const *)b;
    if (one->segment != two->segment)
        return one->segment < two->segment ? -1 : 1;
    return one->share < two->share ? -1 : one->share > two->share;
}

static void link_segment(struct plain *plain, const struct segment *segment, struct foot *const *feet,
                         size_t count) {
    size_t last = segment->from;
    double last_share = 0;
    for (size_t i = 0; i <= count; i++) {
        double share = i < count ? feet[i]->share : 1;
        size_t node = i < count ? feet[i]->node : segment->to;
        double cost = (share - last_share) * segment->length_m * segment->cost_per_m;
        /* who stands at the very place goes neither way */
        if ((segment->directions & SG_STREET_FORWARD) != 0 || share == last_share)
            add_link(plain, last, node, cost);
        if ((segment->directions & SG_STREET_BACKWARD) != 0 || share == last_share)
            add_link(plain, node, last, cost);
        last = node;
        last_share = share;
    }
}

static void make_links(struct plain *plain) {
    struct foot **sorted = need(plain->foot_count, sizeof *sorted);
    for (size_t f = 0; f < plain->foot_count; f++) {
        plain->feet[f].node = plain->node_count++;
        sorted[f] = &plain->feet[f];
    }
    qsort(sorted, plain->foot_count, sizeof *sorted, compare_feet);
    plain->first_links = need(plain->node_count, sizeof *plain->first_links);
    plain->links = need(2 * (plain->segment_count + plain->foot_count), sizeof *plain->links);
    for (size_t n = 0; n < plain->node_count; n++)
        plain->first_links[n] = SIZE_MAX;
    size_t f = 0;
    for (size_t s = 0; s < plain->segment_count; s++) {
        size_t first = f;
        while (f < plain->foot_count && sorted[f]->segment == s)
            f++;
        link_segment(plain, &plain->segments[s], sorted + first, f - first);
    }
    free(sorted);
}

/* ---- Dijkstra's algorithm, with a binary heap of (cost, node) that may hold a node several times ---- */

struct waiting {
    double cost;
    size_t node;
};

static void push(struct waiting *heap, size_t *count, struct waiting entry) {
    size_t at = (*count)++;
    while (at > 0 && heap[(at - 1) / 2].cost > entry.cost) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = entry;
}

static struct waiting pop(struct waiting *heap, size_t *count) {
    struct waiting top = heap[0], last = heap[--*count];
    size_t at = 0;
    for (size_t child = 1; child < *count; child = 2 * at + 1) {
        child += child + 1 < *count && heap[child + 1].cost < heap[child].cost;
        if (heap[child].cost >= last.cost)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return top;
}

static void search_from(const struct plain *plain, size_t source, struct waiting *heap, double *costs) {
    size_t count = 0;
    for (size_t n = 0; n < plain->node_count; n++)
        costs[n] = INFINITY;
    costs[source] = 0;
    push(heap, &count, (struct waiting){0, source});
    while (count > 0) {
        struct waiting here = pop(heap, &count);
        if (here.cost > costs[here.node])
            continue;
        for (size_t l = plain->first_links[here.node]; l != SIZE_MAX; l = plain->links[l].next) {
            double cost = here.cost + plain->links[l].cost;
            if (cost < costs[plain->links[l].node]) {
                costs[plain->links[l].node] = cost;
                push(heap, &count, (struct waiting){cost, plain->links[l].node});
            }
        }
    }
}

void plain_streets_costs(const struct plain_streets *asked) {
    struct plain plain = {.asked = asked, .foot_count = asked->point_count + asked->site_count};
    geod_init(&plain.geodesic, asked->radius_m, asked->flattening);
    make_segments(&plain);
    plain.feet = need(plain.foot_count, sizeof *plain.feet);
    for (size_t f = 0; f < plain.foot_count; f++)
        plain.feet[f] = find_foot(&plain, f < asked->point_count ? asked->points[f]
                                                                 : asked->sites[f - asked->point_count]);
    make_links(&plain);
    double *costs = need(plain.node_count, sizeof *costs);
    struct waiting *heap = need(plain.link_count + 1, sizeof *heap);
    for (size_t s = 0; s < asked->site_count; s++) {
        const struct foot *site = &plain.feet[asked->point_count + s];
        if (site->segment != SIZE_MAX)
            search_from(&plain, site->node, heap, costs);
        for (size_t p = 0; p < asked->point_count; p++) {
            const struct foot *point = &plain.feet[p];
            bool is_there = site->segment != SIZE_MAX && point->segment != SIZE_MAX;
            asked->costs[p * asked->site_count + s] =
                is_there ? costs[point->node] + (point->leg_m + site->leg_m) * asked->leg_cost_per_m
                         : INFINITY;
        }
    }
    free(costs);
    free(heap);
    free(plain.segments);
    free(plain.feet);
    free(plain.first_links);
    free(plain.links);
}
