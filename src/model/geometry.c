#include "model/geometry.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/alloc.h"

struct sg_box sg_box_empty(void) {
    return (struct sg_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

bool sg_box_is_empty(const struct sg_box *box) {
    return !(box->min_x <= box->max_x && box->min_y <= box->max_y);
}

void sg_box_add(struct sg_box *box, struct sg_point point) {
    if (point.x < box->min_x)
        box->min_x = point.x;
    if (point.y < box->min_y)
        box->min_y = point.y;
    if (point.x > box->max_x)
        box->max_x = point.x;
    if (point.y > box->max_y)
        box->max_y = point.y;
}

void sg_box_add_box(struct sg_box *box, const struct sg_box *other) {
    if (sg_box_is_empty(other))
        return;
    sg_box_add(box, (struct sg_point){other->min_x, other->min_y});
    sg_box_add(box, (struct sg_point){other->max_x, other->max_y});
}

bool sg_box_holds(const struct sg_box *box, struct sg_point point) {
    return point.x >= box->min_x && point.x <= box->max_x && point.y >= box->min_y && point.y <= box->max_y;
}

struct sg_box sg_shape_envelope(const struct sg_shape *shape) {
    struct sg_box box = sg_box_empty();
    uint32_t count = sg_shape_point_count(shape);
    for (uint32_t i = 0; i < count; i++)
        sg_box_add(&box, shape->points[i]);
    return box;
}

struct sg_box sg_shape_polygon_box(const struct sg_shape *shape, uint32_t polygon) {
    struct sg_box box = sg_box_empty();
    uint32_t end = shape->ring_starts[shape->polygon_starts[polygon + 1]];
    for (uint32_t i = shape->ring_starts[shape->polygon_starts[polygon]]; i < end; i++)
        sg_box_add(&box, shape->points[i]);
    return box;
}

void sg_shape_move_polygon(struct sg_shape *shape, uint32_t polygon, double by_x) {
    uint32_t end = shape->ring_starts[shape->polygon_starts[polygon + 1]];
    for (uint32_t i = shape->ring_starts[shape->polygon_starts[polygon]]; by_x != 0 && i < end; i++)
        shape->points[i].x += by_x;
}

double sg_shape_widest_polygon(const struct sg_shape *shape) {
    double widest = 0;
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        struct sg_box box = sg_shape_polygon_box(shape, p);
        if (box.max_x - box.min_x > widest)
            widest = box.max_x - box.min_x;
    }
    return widest;
}

static double ring_area(const struct sg_point *points, uint32_t count) {
    double twice = 0;
    for (uint32_t i = 0; i + 1 < count; i++)
        twice += (points[i].x - points[0].x) * (points[i + 1].y - points[0].y)
                 - (points[i + 1].x - points[0].x) * (points[i].y - points[0].y);
    return fabs(twice) / 2;
}

double sg_shape_planar_area(const struct sg_shape *shape) {
    double area = 0;
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        for (uint32_t r = shape->polygon_starts[p]; r < shape->polygon_starts[p + 1]; r++) {
            double ring = ring_area(shape->points + shape->ring_starts[r],
                                    shape->ring_starts[r + 1] - shape->ring_starts[r]);
            area += r == shape->polygon_starts[p] ? ring : -ring;
        }
    }
    return area;
}

bool sg_shape_init(struct sg_shape *shape, uint32_t point_count, uint32_t ring_count,
                   uint32_t polygon_count) {
    *shape = (struct sg_shape){0};
    shape->points = sg_alloc(point_count, sizeof *shape->points);
    shape->ring_starts = sg_alloc((size_t)ring_count + 1, sizeof *shape->ring_starts);
    shape->polygon_starts = sg_alloc((size_t)polygon_count + 1, sizeof *shape->polygon_starts);
    if (shape->points == NULL || shape->ring_starts == NULL || shape->polygon_starts == NULL) {
        sg_shape_release(shape);
        return false;
    }
    shape->ring_count = ring_count;
    shape->polygon_count = polygon_count;
    return true;
}

bool sg_shape_copy(const struct sg_shape *shape, struct sg_shape *ret_copy) {
    struct sg_shape copy;
    uint32_t point_count = sg_shape_point_count(shape);
    if (!sg_shape_init(&copy, point_count, shape->ring_count, shape->polygon_count))
        return false;
    if (shape->polygon_count > 0) {
        memcpy(copy.points, shape->points, point_count * sizeof *copy.points);
        memcpy(copy.ring_starts, shape->ring_starts,
               ((size_t)shape->ring_count + 1) * sizeof *copy.ring_starts);
        memcpy(copy.polygon_starts, shape->polygon_starts,
               ((size_t)shape->polygon_count + 1) * sizeof *copy.polygon_starts);
    }
    *ret_copy = copy;
    return true;
}

void sg_shape_release(struct sg_shape *shape) {
    sg_free(shape->points);
    sg_free(shape->ring_starts);
    sg_free(shape->polygon_starts);
    *shape = (struct sg_shape){0};
}

/* Adds value to the expansion (sum of terms that do not overlap, smallest first) without rounding.
   Source: Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997, grow-expansion. */
static int grow_expansion(double *terms, int count, double value) {
    int kept = 0;
    double carry = value;
    for (int i = 0; i < count; i++) {
        double sum = carry + terms[i];
        double of_terms = sum - carry;
        double error = (carry - (sum - of_terms)) + (terms[i] - of_terms);
        if (error != 0)
            terms[kept++] = error;
        carry = sum;
    }
    if (carry != 0 || kept == 0) /* the last term must have the sign of the sum */
        terms[kept++] = carry;
    return kept;
}

static int add_product(double *terms, int count, double a, double b) {
    double product = a * b;
    double error = fma(a, b, -product);
    count = grow_expansion(terms, count, error);
    return grow_expansion(terms, count, product);
}

static int exact_orientation(struct sg_point a, struct sg_point b, struct sg_point p) {
    double terms[16];
    int count = 0;
    count = add_product(terms, count, a.x, b.y);
    count = add_product(terms, count, -a.y, b.x);
    count = add_product(terms, count, b.x, p.y);
    count = add_product(terms, count, -b.y, p.x);
    count = add_product(terms, count, p.x, a.y);
    count = add_product(terms, count, -p.y, a.x);
    double largest = terms[count - 1];
    return (largest > 0) - (largest < 0);
}

int sg_orientation(struct sg_point a, struct sg_point b, struct sg_point p) {
    double left = (a.x - p.x) * (b.y - p.y);
    double right = (a.y - p.y) * (b.x - p.x);
    double turn = left - right;
    /* Shewchuk's static filter: beyond this bound the rounded sign is the true one. */
    double bound = (3.0 + 16.0 * (DBL_EPSILON / 2)) * (DBL_EPSILON / 2) * (fabs(left) + fabs(right));
    if (turn > bound || -turn > bound)
        return turn > 0 ? 1 : -1;
    return exact_orientation(a, b, p);
}

bool sg_shape_holds(const struct sg_shape *shape, struct sg_point point) {
    bool inside = false;
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        for (uint32_t i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++) {
            struct sg_point a = shape->points[i], b = shape->points[i + 1];
            if (a.y > b.y) {
                struct sg_point swap = a;
                a = b, b = swap;
            }
            if (a.y <= point.y && point.y < b.y && sg_orientation(a, b, point) > 0)
                inside = !inside;
        }
    }
    return inside;
}
