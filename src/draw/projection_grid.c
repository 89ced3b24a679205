#include "draw/projection_grid.h"

#include <math.h>

#include "core/alloc.h"

/* Cells each way; every cell has three nodes a side, shared with its neighbours. */
enum { CELLS = 24, NODES = 2 * CELLS + 1 };

struct sg_projection_grid {
    struct sg_box box;
    double cell_x, cell_y;
    struct sg_point nodes[NODES * NODES];
};

/* The quadratic through values at 0, 1 and 2. */
static void weights(double t, double w[3]) {
    w[0] = (t - 1) * (t - 2) / 2;
    w[1] = t * (2 - t);
    w[2] = t * (t - 1) / 2;
}

static struct sg_point apply_one(const struct sg_projection_grid *grid, struct sg_point point) {
    double x = (point.x - grid->box.min_x) / grid->cell_x, y = (point.y - grid->box.min_y) / grid->cell_y;
    int i = (int)x, j = (int)y;
    i = i < 0 ? 0 : i >= CELLS ? CELLS - 1 : i;
    j = j < 0 ? 0 : j >= CELLS ? CELLS - 1 : j;
    double wx[3], wy[3];
    weights(2 * (x - i), wx);
    weights(2 * (y - j), wy);
    struct sg_point sum = {0, 0};
    for (int b = 0; b < 3; b++) {
        const struct sg_point *row = &grid->nodes[(2 * j + b) * NODES + 2 * i];
        sum.x += wy[b] * (wx[0] * row[0].x + wx[1] * row[1].x + wx[2] * row[2].x);
        sum.y += wy[b] * (wx[0] * row[0].y + wx[1] * row[1].y + wx[2] * row[2].y);
    }
    return sum;
}

/* Compares with the exact transformation where a quadratic is farthest off, in every cell. */
static bool is_good(const struct sg_projection_grid *grid, struct sg_transformation *transformation) {
    const double enough = 1e-6;
    struct sg_point exact[CELLS];
    struct sg_box result = sg_box_empty();
    double worst = 0;
    for (int j = 0; j < CELLS; j++) {
        for (int i = 0; i < CELLS; i++)
            exact[i] = (struct sg_point){grid->box.min_x + (i + 0.21) * grid->cell_x,
                                         grid->box.min_y + (j + 0.79) * grid->cell_y};
        struct sg_point guess[CELLS];
        for (int i = 0; i < CELLS; i++)
            guess[i] = apply_one(grid, exact[i]);
        sg_transform_points(transformation, exact, CELLS);
        for (int i = 0; i < CELLS; i++) {
            double off = fmax(fabs(exact[i].x - guess[i].x), fabs(exact[i].y - guess[i].y));
            if (!(off < INFINITY))
                return false;
            worst = fmax(worst, off);
            sg_box_add(&result, exact[i]);
        }
    }
    return worst <= enough * fmax(result.max_x - result.min_x, result.max_y - result.min_y);
}

struct sg_projection_grid *sg_projection_grid_new(struct sg_transformation *transformation,
                                                  const struct sg_box *box) {
    if (!(box->max_x > box->min_x && box->max_y > box->min_y))
        return NULL;
    struct sg_projection_grid *grid = sg_alloc(1, sizeof *grid);
    if (grid == NULL)
        return NULL;
    grid->box = *box;
    grid->cell_x = (box->max_x - box->min_x) / CELLS;
    grid->cell_y = (box->max_y - box->min_y) / CELLS;
    for (int j = 0; j < NODES; j++) {
        for (int i = 0; i < NODES; i++)
            grid->nodes[j * NODES + i] =
                (struct sg_point){box->min_x + i * grid->cell_x / 2, box->min_y + j * grid->cell_y / 2};
    }
    size_t failed = sg_transform_points(transformation, grid->nodes, (size_t)NODES * NODES);
    if (failed > 0 || !is_good(grid, transformation)) {
        sg_free(grid);
        return NULL;
    }
    return grid;
}

void sg_projection_grid_free(struct sg_projection_grid *grid) {
    sg_free(grid);
}

void sg_projection_grid_apply(const struct sg_projection_grid *grid, struct sg_point *points, size_t count) {
    for (size_t i = 0; i < count; i++)
        points[i] = apply_one(grid, points[i]);
}
