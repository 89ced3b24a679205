#include <math.h>

#include "core/alloc.h"
#include "draw/border_arcs.h"

/* One arc being simplified: a linked list of its points, and a heap of the triangles they make. */
struct thinning {
    const struct sg_point *points;
    uint32_t *before, *after;
    double *area;    /* of the triangle at each point */
    uint32_t *heap;  /* positions of points, smallest triangle first, lower position among equals */
    uint32_t *place; /* of each point in the heap */
    uint32_t heap_count;
    uint32_t capacity;
};

static void thinning_release(struct thinning *thin) {
    sg_free(thin->before);
    sg_free(thin->after);
    sg_free(thin->area);
    sg_free(thin->heap);
    sg_free(thin->place);
}

static bool thinning_alloc(struct thinning *thin, uint32_t capacity) {
    thin->capacity = capacity;
    thin->before = sg_alloc(capacity, sizeof *thin->before);
    thin->after = sg_alloc(capacity, sizeof *thin->after);
    thin->area = sg_alloc(capacity, sizeof *thin->area);
    thin->heap = sg_alloc(capacity, sizeof *thin->heap);
    thin->place = sg_alloc(capacity, sizeof *thin->place);
    return thin->before != NULL && thin->after != NULL && thin->area != NULL && thin->heap != NULL
           && thin->place != NULL;
}

static bool is_less(const struct thinning *thin, uint32_t a, uint32_t b) {
    return thin->area[a] != thin->area[b] ? thin->area[a] < thin->area[b] : a < b;
}

static void set_place(struct thinning *thin, uint32_t place, uint32_t item) {
    thin->heap[place] = item;
    thin->place[item] = place;
}

static void sift_up(struct thinning *thin, uint32_t place) {
    uint32_t item = thin->heap[place];
    while (place > 0 && is_less(thin, item, thin->heap[(place - 1) / 2])) {
        set_place(thin, place, thin->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    set_place(thin, place, item);
}

static void sift_down(struct thinning *thin, uint32_t place) {
    uint32_t item = thin->heap[place];
    for (;;) {
        uint32_t child = 2 * place + 1;
        if (child >= thin->heap_count)
            break;
        if (child + 1 < thin->heap_count && is_less(thin, thin->heap[child + 1], thin->heap[child]))
            child++;
        if (!is_less(thin, thin->heap[child], item))
            break;
        set_place(thin, place, thin->heap[child]);
        place = child;
    }
    set_place(thin, place, item);
}

static double triangle(const struct thinning *thin, uint32_t i) {
    struct sg_point a = thin->points[thin->before[i]], b = thin->points[i], c = thin->points[thin->after[i]];
    return fabs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

/* A triangle never gets smaller than one that was taken before it, or a fine wiggle would eat a coast. */
static void reweigh(struct thinning *thin, uint32_t i, uint32_t count, double taken) {
    if (i == 0 || i == count - 1)
        return;
    double before = thin->area[i];
    thin->area[i] = fmax(triangle(thin, i), taken);
    if (thin->area[i] < before)
        sift_up(thin, thin->place[i]);
    else
        sift_down(thin, thin->place[i]);
}

/* Thins one arc in place and returns how many points are left. */
static uint32_t thin_arc(struct thinning *thin, struct sg_point *points, uint32_t count, double smallest) {
    bool is_closed = points[0].x == points[count - 1].x && points[0].y == points[count - 1].y;
    uint32_t least = is_closed ? 4 : 2, left = count;
    if (count <= least)
        return count;
    thin->points = points;
    thin->heap_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        thin->before[i] = i == 0 ? 0 : i - 1;
        thin->after[i] = i + 1 < count ? i + 1 : i;
    }
    for (uint32_t i = 1; i + 1 < count; i++) {
        thin->area[i] = triangle(thin, i);
        set_place(thin, thin->heap_count++, i);
    }
    for (uint32_t i = thin->heap_count; i-- > 0;)
        sift_down(thin, i);
    while (left > least && thin->heap_count > 0 && thin->area[thin->heap[0]] < smallest) {
        uint32_t item = thin->heap[0];
        if (--thin->heap_count > 0) {
            set_place(thin, 0, thin->heap[thin->heap_count]);
            sift_down(thin, 0);
        }
        uint32_t before = thin->before[item], after = thin->after[item];
        thin->after[before] = after;
        thin->before[after] = before;
        left--;
        reweigh(thin, before, count, thin->area[item]);
        reweigh(thin, after, count, thin->area[item]);
    }
    uint32_t used = 0;
    for (uint32_t i = 0;; i = thin->after[i]) {
        points[used++] = points[i];
        if (i == count - 1)
            break;
    }
    return used;
}

enum sg_status sg_topology_simplify(struct sg_context *context, struct sg_topology *topology,
                                    double smallest_triangle) {
    uint32_t longest = 0;
    for (uint32_t i = 0; i < topology->arc_count; i++)
        longest = topology->arcs[i].count > longest ? topology->arcs[i].count : longest;
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads_for(context, topology->point_count)) reduction(||        \
                                                                                                   : failed)
    {
        struct thinning thin = {0};
        failed = !thinning_alloc(&thin, longest);
#pragma omp for schedule(dynamic, 64)
        for (uint32_t i = 0; i < topology->arc_count; i++) {
            struct sg_arc *arc = &topology->arcs[i];
            if (!failed)
                arc->count = thin_arc(&thin, topology->points + arc->start, arc->count, smallest_triangle);
        }
        thinning_release(&thin);
    }
    return failed ? sg_fail_memory(context) : SG_OK;
}
