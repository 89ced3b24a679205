#include "draw/pole.h"

#include <math.h>

/* Cells in waiting; more than enough, as bad cells are dropped at once. */
enum { MOST_CELLS = 4096 };

struct cell {
    double x, y; /* middle, x already shrunk */
    double half;
    double distance;
    double bound; /* the best any point of the cell can have */
};

struct search {
    const struct sg_ring_list *rings;
    double stretch;
    struct cell heap[MOST_CELLS];
    int count;
};

static double segment_distance2(double x, double y, double ax, double ay, double bx, double by) {
    double dx = bx - ax, dy = by - ay;
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((x - ax) * dx + (y - ay) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double ex = ax + t * dx - x, ey = ay + t * dy - y;
    return ex * ex + ey * ey;
}

static double signed_distance(const struct sg_ring_list *rings, double stretch, double x, double y) {
    bool inside = false;
    double nearest2 = INFINITY;
    for (uint32_t r = 0; r < rings->count; r++) {
        for (uint32_t i = rings->starts[r]; i + 1 < rings->starts[r + 1]; i++) {
            double ax = rings->points[i].x / stretch, ay = rings->points[i].y;
            double bx = rings->points[i + 1].x / stretch, by = rings->points[i + 1].y;
            if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax)
                inside = !inside;
            double d2 = segment_distance2(x, y, ax, ay, bx, by);
            if (d2 < nearest2)
                nearest2 = d2;
        }
    }
    return inside ? sqrt(nearest2) : -sqrt(nearest2);
}

static bool is_better(const struct cell *a, const struct cell *b) {
    if (a->bound != b->bound)
        return a->bound > b->bound;
    return a->y != b->y ? a->y < b->y : a->x < b->x;
}

static void push(struct search *search, const struct cell *cell) {
    if (search->count == MOST_CELLS)
        return;
    int place = search->count++;
    while (place > 0 && is_better(cell, &search->heap[(place - 1) / 2])) {
        search->heap[place] = search->heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    search->heap[place] = *cell;
}

static struct cell pop(struct search *search) {
    struct cell top = search->heap[0], last = search->heap[--search->count];
    int place = 0;
    for (;;) {
        int child = 2 * place + 1;
        if (child >= search->count)
            break;
        if (child + 1 < search->count && is_better(&search->heap[child + 1], &search->heap[child]))
            child++;
        if (!is_better(&search->heap[child], &last))
            break;
        search->heap[place] = search->heap[child];
        place = child;
    }
    search->heap[place] = last;
    return top;
}

static struct cell cell_at(const struct search *search, double x, double y, double half) {
    double distance = signed_distance(search->rings, search->stretch, x, y);
    return (struct cell){x, y, half, distance, distance + half * sqrt(2)};
}

static struct sg_box shrunk_box(const struct sg_ring_list *rings, double stretch) {
    struct sg_box box = sg_box_empty();
    for (uint32_t i = 0; rings->count > 0 && i < rings->starts[rings->count]; i++)
        sg_box_add(&box, (struct sg_point){rings->points[i].x / stretch, rings->points[i].y});
    return box;
}

struct sg_pole sg_pole_of_inaccessibility(const struct sg_ring_list *rings, double stretch,
                                          double precision) {
    struct search search = {.rings = rings, .stretch = stretch};
    struct sg_box box = shrunk_box(rings, stretch);
    struct sg_pole none = {{0, 0}, -INFINITY};
    if (sg_box_is_empty(&box))
        return none;
    double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
    double size = fmin(width, height);
    if (size <= 0)
        return none;
    size = fmax(size, fmax(width, height) / 32); /* a thin sliver must not make thousands of cells */
    struct cell best = cell_at(&search, (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2, 0);
    for (double y = box.min_y; y < box.max_y; y += size) {
        for (double x = box.min_x; x < box.max_x; x += size) {
            struct cell cell = cell_at(&search, x + size / 2, y + size / 2, size / 2);
            push(&search, &cell);
        }
    }
    while (search.count > 0) {
        struct cell cell = pop(&search);
        if (cell.distance > best.distance)
            best = cell;
        if (cell.bound - best.distance <= precision)
            break;
        double half = cell.half / 2;
        for (int i = 0; i < 4; i++) {
            struct cell quarter =
                cell_at(&search, cell.x + (i % 2 == 0 ? -half : half), cell.y + (i < 2 ? -half : half), half);
            if (quarter.bound - best.distance > precision)
                push(&search, &quarter);
        }
    }
    return (struct sg_pole){{best.x * stretch, best.y}, best.distance};
}

/* Liang and Barsky. */
bool sg_segment_meets_box(struct sg_point a, struct sg_point b, double x, double y, double width,
                          double height) {
    double dx = b.x - a.x, dy = b.y - a.y, enter = 0, leave = 1;
    double p[] = {-dx, dx, -dy, dy};
    double q[] = {a.x - x, x + width - a.x, a.y - y, y + height - a.y};
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] <= 0)
                return false;
            continue;
        }
        double t = q[i] / p[i];
        if (p[i] < 0)
            enter = fmax(enter, t);
        else
            leave = fmin(leave, t);
    }
    return enter < leave;
}

bool sg_rings_hold_box(const struct sg_ring_list *rings, double x, double y, double width, double height) {
    bool inside = false;
    double mx = x + width / 2, my = y + height / 2;
    for (uint32_t r = 0; r < rings->count; r++) {
        for (uint32_t i = rings->starts[r]; i + 1 < rings->starts[r + 1]; i++) {
            struct sg_point a = rings->points[i], b = rings->points[i + 1];
            if ((a.y > my) != (b.y > my) && mx < (b.x - a.x) * (my - a.y) / (b.y - a.y) + a.x)
                inside = !inside;
            bool is_beside = (a.x <= x && b.x <= x) || (a.x >= x + width && b.x >= x + width)
                             || (a.y <= y && b.y <= y) || (a.y >= y + height && b.y >= y + height);
            if (!is_beside && sg_segment_meets_box(a, b, x, y, width, height))
                return false;
        }
    }
    return inside;
}
