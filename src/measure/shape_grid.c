#include "measure/shape_grid.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/numbers.h"

static const double RAD = 0.017453292519943295769;

/* How much wider a unit of x must be than one of y to be as long on the ground. */
static double stretch(const struct sg_box *box, bool is_geographic) {
    if (!is_geographic)
        return 1;
    double lat = fmin(fmax((box->min_y + box->max_y) / 2, -89), 89);
    return 1 / cos(lat * RAD);
}

double sg_grid_area(const struct sg_shape *shape, bool is_geographic) {
    struct sg_box box = sg_shape_envelope(shape);
    return sg_shape_planar_area(shape) / stretch(&box, is_geographic);
}

struct rows {
    const struct sg_shape *shape;
    double *crossings;
    size_t crossing_capacity;
    struct sg_point *points;
    size_t count, capacity;
};

/* Adds the points of one row: between each odd and even crossing of the outline. */
static bool add_row(struct rows *rows, double y, double first_x, double step_x) {
    const struct sg_shape *shape = rows->shape;
    size_t count = 0;
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        for (uint32_t i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++) {
            struct sg_point a = shape->points[i], b = shape->points[i + 1];
            if ((a.y <= y) == (b.y <= y))
                continue;
            if (!sg_reserve(&rows->crossings, &rows->crossing_capacity, count + 1, sizeof *rows->crossings))
                return false;
            rows->crossings[count++] = a.x + (y - a.y) * (b.x - a.x) / (b.y - a.y);
        }
    }
    if (count < 2)
        return true;
    qsort(rows->crossings, count, sizeof *rows->crossings, sg_compare_numbers);
    for (size_t c = 0; c + 1 < count; c += 2) {
        double k = ceil((rows->crossings[c] - first_x) / step_x);
        for (;; k++) {
            double x = first_x + k * step_x;
            if (!(x < rows->crossings[c + 1]))
                break;
            if (rows->count > 4 * (size_t)SG_GRID_MOST)
                return true; /* too many: the caller widens the grid */
            if (!sg_reserve(&rows->points, &rows->capacity, rows->count + 1, sizeof *rows->points))
                return false;
            rows->points[rows->count++] = (struct sg_point){x, y};
        }
    }
    return true;
}

static bool fill(struct rows *rows, const struct sg_box *box, double step_x, double step_y) {
    rows->count = 0;
    for (double k = 0.5;; k++) {
        double y = box->min_y + k * step_y;
        if (!(y < box->max_y) || rows->count > 4 * (size_t)SG_GRID_MOST)
            return true;
        if (!add_row(rows, y, box->min_x + step_x / 2, step_x))
            return false;
    }
}

bool sg_grid_in_shape(const struct sg_shape *shape, bool is_geographic, double spacing, size_t least,
                      struct sg_point **ret_points, size_t *ret_count) {
    struct sg_box box = sg_shape_envelope(shape);
    *ret_points = NULL;
    *ret_count = 0;
    double area = sg_grid_area(shape, is_geographic);
    if (!(area > 0) || !(spacing > 0))
        return true;
    /* No finer than a few times the number wanted, whatever the spacing asked for. */
    spacing = fmax(spacing, sqrt(area / SG_GRID_MOST));
    spacing = fmin(spacing, sqrt(area / (double)least));
    double wider = stretch(&box, is_geographic);
    struct rows rows = {.shape = shape};
    for (int attempt = 0; attempt < 40; attempt++) {
        double step_x = spacing * wider, step_y = spacing;
        /* A long thin box would make endless empty rows. */
        if ((box.max_y - box.min_y) / step_y > 1e6 || (box.max_x - box.min_x) / step_x > 1e9)
            break;
        if (!fill(&rows, &box, step_x, step_y)) {
            sg_free(rows.crossings);
            sg_free(rows.points);
            return false;
        }
        if (rows.count < least)
            spacing *= 0.85;
        else if (rows.count > SG_GRID_MOST)
            spacing *= 1.05;
        else
            break;
    }
    sg_free(rows.crossings);
    if (rows.count > SG_GRID_MOST)
        rows.count = SG_GRID_MOST;
    *ret_points = rows.points;
    *ret_count = rows.count;
    return true;
}
