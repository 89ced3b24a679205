#include "measure/place_grid.h"

#include <math.h>

#include "core/alloc.h"

enum { MOST_RINGS = 6 };

static double dot(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void normalise(double vector[3]) {
    double length = sqrt(dot(vector, vector));
    for (int axis = 0; axis < 3; axis++)
        vector[axis] /= length;
}

/* The plane square to the direction of the places' middle. */
static void choose_plane(struct sg_place_grid *grid, const struct sg_place *places, size_t count) {
    double out[3] = {0};
    for (size_t i = 0; i < count; i++) {
        for (int axis = 0; axis < 3; axis++)
            out[axis] += places[i].at[axis] / (double)count;
    }
    if (!(dot(out, out) > 1)) /* all around the globe: any plane will do */
        out[0] = 1;
    normalise(out);
    double *across = grid->across, *up = grid->up;
    bool is_pole = fabs(out[2]) > 0.999;
    across[0] = is_pole ? 0 : -out[1];
    across[1] = is_pole ? out[2] : out[0];
    across[2] = is_pole ? -out[1] : 0;
    normalise(across);
    up[0] = out[1] * across[2] - out[2] * across[1];
    up[1] = out[2] * across[0] - out[0] * across[2];
    up[2] = out[0] * across[1] - out[1] * across[0];
}

/* About one place a cell. */
static void choose_cells(struct sg_place_grid *grid, const struct sg_place *places, size_t count) {
    grid->min_u = grid->min_v = INFINITY;
    grid->max_u = grid->max_v = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        double u = dot(places[i].at, grid->across), v = dot(places[i].at, grid->up);
        grid->min_u = fmin(grid->min_u, u);
        grid->max_u = fmax(grid->max_u, u);
        grid->min_v = fmin(grid->min_v, v);
        grid->max_v = fmax(grid->max_v, v);
    }
    double width = grid->max_u - grid->min_u, height = grid->max_v - grid->min_v;
    double wanted = (double)count;
    grid->cell_m = fmax(fmax(sqrt(width * height / wanted), fmax(width, height) / wanted), 1e-3);
    grid->cells_per_m = 1 / grid->cell_m;
    grid->columns = (int)(width * grid->cells_per_m) + 1;
    grid->rows = (int)(height * grid->cells_per_m) + 1;
}

/* The cell at a position on the plane, the nearest one outside the grid. */
static inline int cell_at(double position_m, double min_m, double cells_per_m, int count) {
    double cell = (position_m - min_m) * cells_per_m;
    return cell <= 0 ? 0 : cell >= count ? count - 1 : (int)cell;
}

bool sg_place_grid_build(struct sg_place_grid *grid, const struct sg_place *places, size_t count) {
    choose_plane(grid, places, count);
    choose_cells(grid, places, count);
    size_t cell_count = (size_t)grid->columns * (size_t)grid->rows;
    grid->starts = sg_alloc(cell_count + 2, sizeof *grid->starts);
    grid->spots = sg_alloc(count, sizeof *grid->spots);
    if (grid->starts == NULL || grid->spots == NULL)
        return false;
    for (int pass = 0; pass < 2; pass++) { /* count, then place */
        for (size_t i = 0; i < count; i++) {
            const double *at = places[i].at;
            int column = cell_at(dot(at, grid->across), grid->min_u, grid->cells_per_m, grid->columns);
            int row = cell_at(dot(at, grid->up), grid->min_v, grid->cells_per_m, grid->rows);
            size_t cell = (size_t)row * (size_t)grid->columns + (size_t)column;
            if (pass == 0)
                grid->starts[cell + 2]++;
            else
                grid->spots[grid->starts[cell + 1]++] = (struct sg_spot){{at[0], at[1], at[2]}, (uint32_t)i};
        }
        for (size_t cell = 0; pass == 0 && cell < cell_count; cell++)
            grid->starts[cell + 2] += grid->starts[cell + 1];
    }
    return true;
}

void sg_place_grid_release(struct sg_place_grid *grid) {
    sg_free(grid->starts);
    sg_free(grid->spots);
    *grid = (struct sg_place_grid){0};
}

static inline void search_run(const struct sg_place_grid *grid, int row, int first, int last,
                              const double at[3], struct sg_nearest_place *best) {
    const uint32_t *starts = grid->starts + (size_t)row * (size_t)grid->columns;
    uint32_t end = starts[last + 1];
    for (uint32_t i = starts[first]; i < end; i++) {
        const struct sg_spot *spot = &grid->spots[i];
        double dx = spot->at[0] - at[0], dy = spot->at[1] - at[1], dz = spot->at[2] - at[2];
        double chord2 = dx * dx + dy * dy + dz * dz;
        bool is_nearer = chord2 < best->chord2; /* no jumps: which place is nearest cannot be predicted */
        best->chord2 = is_nearer ? chord2 : best->chord2;
        best->place = is_nearer ? spot->place : best->place;
    }
}

/* The square of a gap, 0 where there is none. */
static inline double gap2(double gap_m) {
    return gap_m > 0 ? gap_m * gap_m : 0;
}

static inline double least(double a, double b) {
    return a < b ? a : b;
}

bool sg_place_grid_search(const struct sg_place_grid *grid, const double at[static 3],
                          struct sg_nearest_place *best) {
    double u = dot(at, grid->across), v = dot(at, grid->up);
    int column = cell_at(u, grid->min_u, grid->cells_per_m, grid->columns);
    int row = cell_at(v, grid->min_v, grid->cells_per_m, grid->rows);
    /* how far off the grid the point is, squared */
    double off_u2 = gap2(u < grid->min_u ? grid->min_u - u : u - grid->max_u);
    double off_v2 = gap2(v < grid->min_v ? grid->min_v - v : v - grid->max_v);
    for (int ring = 1; ring <= MOST_RINGS; ring++) {
        int left = column - ring, right = column + ring, bottom = row - ring, top = row + ring;
        int first = left < 0 ? 0 : left, last = right >= grid->columns ? grid->columns - 1 : right;
        for (int r = bottom < 0 ? 0 : bottom; r <= top && r < grid->rows; r++) {
            if (ring == 1 || r == bottom || r == top) {
                search_run(grid, r, first, last, at, best);
                continue;
            }
            if (left >= 0)
                search_run(grid, r, left, left, at, best);
            if (right < grid->columns)
                search_run(grid, r, right, right, at, best);
        }
        /* the nearest that any cell not yet searched can be; a micrometre for the rounding of millions of
         * metres */
        double least2 = INFINITY;
        if (left > 0)
            least2 = gap2(u - (grid->min_u + left * grid->cell_m) - 1e-6) + off_v2;
        if (right + 1 < grid->columns)
            least2 = least(least2, gap2(grid->min_u + (right + 1) * grid->cell_m - u - 1e-6) + off_v2);
        if (bottom > 0)
            least2 = least(least2, gap2(v - (grid->min_v + bottom * grid->cell_m) - 1e-6) + off_u2);
        if (top + 1 < grid->rows)
            least2 = least(least2, gap2(grid->min_v + (top + 1) * grid->cell_m - v - 1e-6) + off_u2);
        if (best->chord2 <= least2)
            return true;
    }
    return false;
}
