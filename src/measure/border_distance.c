/* Outlines as short pieces in geocentric space, in runs of neighbours, with a tree of boxes over the runs.
   The nearest piece is found there, and the distance to the foot on it is then measured on the ellipsoid. */
#include "measure/border_distance.h"

#include <math.h>

#include "core/alloc.h"
#include "model/geodesic.h"

/* An edge is straight in the CRS of the areas: so short, it is straight in space too, to 2 mm. */
#define LONGEST_PIECE_M 250.0

enum { RUN_PIECES = 16, CHILDREN = 8, MOST_LEVELS = 12 };

struct corner {
    struct sg_point lon_lat_deg;
    struct sg_geocentric at;
};

struct box3 {
    double min[3], max[3];
};

struct run {
    size_t first; /* corner */
    uint32_t piece_count, area;
};

struct sg_borders {
    struct sg_ellipsoid ellipsoid;
    struct corner *corners;
    size_t corner_count, corner_capacity;
    struct run *runs;
    size_t run_count, run_capacity;
    struct box3 *levels[MOST_LEVELS]; /* level 0: of the runs; the box of each CHILDREN of them above */
    size_t level_sizes[MOST_LEVELS];
    size_t level_count;
};

static bool add_corner(struct sg_borders *borders, struct sg_point lon_lat_deg) {
    if (!sg_reserve(&borders->corners, &borders->corner_capacity, borders->corner_count + 1,
                    sizeof *borders->corners))
        return false;
    borders->corners[borders->corner_count++] =
        (struct corner){lon_lat_deg, sg_geocentric_from(&borders->ellipsoid, lon_lat_deg)};
    return true;
}

static double between2(const struct sg_geocentric *a, const struct sg_geocentric *b) {
    double x = b->x - a->x, y = b->y - a->y, z = b->z - a->z;
    return x * x + y * y + z * z;
}

/* The corners of a ring, long edges cut in the CRS of the areas. points: copies of the ring's points in that
   CRS and in lon/lat. */
static bool add_ring(struct sg_borders *borders, struct sg_transformation *to_lon_lat,
                     const struct sg_point *points, const struct sg_point *lon_lat_deg, uint32_t count) {
    if (!add_corner(borders, lon_lat_deg[0]))
        return false;
    for (uint32_t i = 1; i < count; i++) {
        struct sg_geocentric start = borders->corners[borders->corner_count - 1].at;
        struct sg_geocentric end = sg_geocentric_from(&borders->ellipsoid, lon_lat_deg[i]);
        double length_m = sqrt(between2(&start, &end));
        if (!isfinite(length_m))
            continue;
        int pieces = length_m > LONGEST_PIECE_M ? (int)fmin(ceil(length_m / LONGEST_PIECE_M), 100000) : 1;
        for (int p = 1; p < pieces; p++) {
            double share = (double)p / pieces;
            struct sg_point cut = {points[i - 1].x + share * (points[i].x - points[i - 1].x),
                                   points[i - 1].y + share * (points[i].y - points[i - 1].y)};
            if (sg_transform_points(to_lon_lat, &cut, 1) == 0 && !add_corner(borders, cut))
                return false;
        }
        if (!add_corner(borders, lon_lat_deg[i]))
            return false;
    }
    return true;
}

static bool add_runs(struct sg_borders *borders, size_t first, uint32_t area) {
    while (first + 1 < borders->corner_count) {
        size_t left = borders->corner_count - 1 - first;
        uint32_t pieces = left < RUN_PIECES ? (uint32_t)left : RUN_PIECES;
        if (!sg_reserve(&borders->runs, &borders->run_capacity, borders->run_count + 1,
                        sizeof *borders->runs))
            return false;
        borders->runs[borders->run_count++] = (struct run){first, pieces, area};
        first += pieces;
    }
    return true;
}

static bool add_area(struct sg_borders *borders, struct sg_transformation *to_lon_lat,
                     const struct sg_shape *shape, uint32_t area) {
    struct sg_shape copy = {0};
    if (shape->polygon_count == 0)
        return true;
    if (!sg_shape_copy(shape, &copy))
        return false;
    sg_transform_points(to_lon_lat, copy.points, sg_shape_point_count(&copy));
    bool done = true;
    for (uint32_t r = 0; done && r < shape->ring_count; r++) {
        uint32_t start = shape->ring_starts[r], count = shape->ring_starts[r + 1] - start;
        size_t first = borders->corner_count;
        if (count > 0)
            done = add_ring(borders, to_lon_lat, &shape->points[start], &copy.points[start], count)
                   && add_runs(borders, first, area);
    }
    sg_shape_release(&copy);
    return done;
}

/* ---- the tree ---- */

static void box_add(struct box3 *box, const double low[3], const double high[3]) {
    for (int i = 0; i < 3; i++) {
        box->min[i] = fmin(box->min[i], low[i]);
        box->max[i] = fmax(box->max[i], high[i]);
    }
}

static struct box3 box_empty(void) {
    return (struct box3){{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
}

static struct box3 box_of_run(const struct sg_borders *borders, const struct run *run) {
    struct box3 box = box_empty();
    for (size_t c = run->first; c <= run->first + run->piece_count; c++) {
        const struct sg_geocentric *at = &borders->corners[c].at;
        const double xyz[3] = {at->x, at->y, at->z};
        box_add(&box, xyz, xyz);
    }
    return box;
}

static bool build_tree(struct sg_borders *borders) {
    size_t count = borders->run_count;
    for (int level = 0; level < MOST_LEVELS; level++) {
        struct box3 *boxes = sg_alloc(count, sizeof *boxes);
        if (boxes == NULL)
            return false;
        borders->levels[level] = boxes;
        borders->level_sizes[level] = count;
        borders->level_count = (size_t)level + 1;
        for (size_t i = 0; i < count; i++) {
            boxes[i] = level == 0 ? box_of_run(borders, &borders->runs[i]) : box_empty();
            for (size_t c = i * CHILDREN;
                 level > 0 && c < (i + 1) * CHILDREN && c < borders->level_sizes[level - 1]; c++)
                box_add(&boxes[i], borders->levels[level - 1][c].min, borders->levels[level - 1][c].max);
        }
        if (count <= CHILDREN)
            return true;
        count = (count + CHILDREN - 1) / CHILDREN;
    }
    return true; /* the topmost level is searched from end to end */
}

enum sg_status sg_borders_new(struct sg_context *context, const struct sg_area_layer *layer,
                              struct sg_borders **ret_borders) {
    struct sg_transformation *to_lon_lat = NULL;
    enum sg_status status = sg_transformation_new(context, layer->crs, layer->geographic, &to_lon_lat);
    if (status != SG_OK)
        return status;
    struct sg_borders *borders = sg_alloc(1, sizeof *borders);
    bool done = borders != NULL;
    if (done) {
        double radius_m, flattening;
        sg_crs_ellipsoid(layer->geographic, &radius_m, &flattening);
        borders->ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    }
    for (size_t i = 0; done && i < layer->area_count; i++)
        done = add_area(borders, to_lon_lat, &layer->areas[i].shape, (uint32_t)i);
    done = done && build_tree(borders);
    sg_transformation_free(to_lon_lat);
    if (!done) {
        sg_borders_free(borders);
        return sg_fail_memory(context);
    }
    *ret_borders = borders;
    return SG_OK;
}

void sg_borders_free(struct sg_borders *borders) {
    if (borders == NULL)
        return;
    sg_free(borders->corners);
    sg_free(borders->runs);
    for (size_t i = 0; i < borders->level_count; i++)
        sg_free(borders->levels[i]);
    sg_free(borders);
}

/* ---- the search ---- */

struct search {
    const struct sg_borders *borders;
    struct sg_geocentric from;
    double best2; /* square metres */
    struct sg_point foot;
    uint32_t area;
};

static double box_distance2(const struct box3 *box, const struct sg_geocentric *from) {
    const double xyz[3] = {from->x, from->y, from->z};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double off = fmax(fmax(box->min[i] - xyz[i], xyz[i] - box->max[i]), 0);
        sum += off * off;
    }
    return sum;
}

static void search_run(struct search *search, const struct run *run) {
    const struct corner *corner = &search->borders->corners[run->first];
    for (uint32_t p = 0; p < run->piece_count; p++, corner++) {
        const struct sg_geocentric *a = &corner[0].at, *b = &corner[1].at;
        double x = b->x - a->x, y = b->y - a->y, z = b->z - a->z, length2 = x * x + y * y + z * z;
        double along =
            (search->from.x - a->x) * x + (search->from.y - a->y) * y + (search->from.z - a->z) * z;
        double share = length2 > 0 ? fmin(fmax(along / length2, 0), 1) : 0;
        struct sg_geocentric foot = {a->x + share * x, a->y + share * y, a->z + share * z};
        double distance2 = between2(&foot, &search->from);
        if (distance2 >= search->best2)
            continue;
        struct sg_point from = corner[0].lon_lat_deg, to = corner[1].lon_lat_deg;
        search->best2 = distance2;
        search->foot = (struct sg_point){from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
        search->area = run->area;
    }
}

/* Nodes first up to end of a level, nearest first. */
static void search_nodes(struct search *search, size_t level, size_t first, size_t end) {
    const struct sg_borders *borders = search->borders;
    bool visited[CHILDREN] = {false};
    double away2[CHILDREN] = {0};
    for (size_t i = first; i < end; i++)
        away2[i - first] = box_distance2(&borders->levels[level][i], &search->from);
    for (size_t turn = first; turn < end; turn++) {
        size_t nearest = CHILDREN;
        for (size_t i = 0; i < end - first; i++) {
            if (!visited[i] && (nearest == CHILDREN || away2[i] < away2[nearest]))
                nearest = i;
        }
        if (nearest == CHILDREN || away2[nearest] >= search->best2)
            return;
        visited[nearest] = true;
        size_t node = first + nearest, child = node * CHILDREN;
        if (level == 0) {
            search_run(search, &borders->runs[node]);
        } else {
            size_t count = borders->level_sizes[level - 1];
            search_nodes(search, level - 1, child, child + CHILDREN < count ? child + CHILDREN : count);
        }
    }
}

double sg_borders_nearest(const struct sg_borders *borders, struct sg_point lon_lat_deg, double within_m,
                          uint32_t *ret_area) {
    if (borders->run_count == 0 || !isfinite(lon_lat_deg.x) || !isfinite(lon_lat_deg.y))
        return INFINITY;
    struct search search = {.borders = borders,
                            .from = sg_geocentric_from(&borders->ellipsoid, lon_lat_deg),
                            .best2 = (within_m + 0.01) * (within_m + 0.01)};
    size_t top = borders->level_count - 1, count = borders->level_sizes[top];
    double start2 = search.best2;
    for (size_t first = 0; first < count; first += CHILDREN)
        search_nodes(&search, top, first, first + CHILDREN < count ? first + CHILDREN : count);
    if (search.best2 == start2)
        return INFINITY;
    double distance_m = sg_geodesic_distance(&borders->ellipsoid, lon_lat_deg, search.foot);
    if (distance_m > within_m)
        return INFINITY;
    if (ret_area != NULL)
        *ret_area = search.area;
    return distance_m;
}
