/* Land of no area that areas surround all but for a hairline: gaps that a union of all areas has no hole for.
   A border with corners on one side and none on the other opens by centimetres when the layer is transformed,
   and lets such land out. */
#include <math.h>

#include "core/alloc.h"
#include "measure/partition_parts.h"
#include "model/shape_geos.h"

/* What a unit of the CRS is on the ground, in the middle of the layer: openings are so many metres wide. Only
   scaled, edges stay where they are; in a layer as large as a country the tolerance is not the same all
   over. */
struct ground {
    struct sg_point middle;
    double x_m, y_m;
};

static struct ground ground_of(const struct sg_partition_worker *worker, const struct sg_shape *whole) {
    struct sg_box box = sg_shape_envelope(whole);
    struct sg_point middle = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    double step = fmax(box.max_x - box.min_x, box.max_y - box.min_y) / 1000;
    struct sg_point points[3] = {middle, {middle.x + step, middle.y}, {middle.x, middle.y + step}};
    sg_transform_points(worker->to_lon_lat, points, 3);
    return (struct ground){middle, sg_geodesic_distance(&worker->ellipsoid, points[0], points[1]) / step,
                           sg_geodesic_distance(&worker->ellipsoid, points[0], points[2]) / step};
}

static bool is_usable(const struct ground *ground) {
    return isfinite(ground->x_m) && isfinite(ground->y_m) && ground->x_m > 0 && ground->y_m > 0;
}

static struct sg_point from_ground(const struct ground *ground, struct sg_point point) {
    return (struct sg_point){ground->middle.x + point.x / ground->x_m,
                             ground->middle.y + point.y / ground->y_m};
}

/* Some rings of a shape as a polygon each: its outer ones, or its holes. */
static bool take_rings(const struct sg_shape *shape, bool takes_holes, struct sg_shape *ret_rings) {
    if (!sg_shape_init(ret_rings, sg_shape_point_count(shape), shape->ring_count, shape->ring_count))
        return false;
    uint32_t count = 0, points = 0;
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        uint32_t outer = shape->polygon_starts[p], end = shape->polygon_starts[p + 1];
        for (uint32_t ring = takes_holes ? outer + 1 : outer; ring < (takes_holes ? end : outer + 1);
             ring++) {
            ret_rings->polygon_starts[count] = count;
            ret_rings->ring_starts[count++] = points;
            for (uint32_t i = shape->ring_starts[ring]; i < shape->ring_starts[ring + 1]; i++)
                ret_rings->points[points++] = shape->points[i];
        }
    }
    ret_rings->polygon_starts[count] = count;
    ret_rings->ring_starts[count] = points;
    ret_rings->ring_count = ret_rings->polygon_count = count;
    return true;
}

/* A shape's outlines on the ground, what they surround filled in; NULL when out of memory. */
static GEOSGeometry *fill_outlines(const struct sg_partition_worker *worker, const struct sg_shape *shape,
                                   const struct ground *ground) {
    struct sg_shape outlines;
    bool no_memory = false;
    if (!take_rings(shape, false, &outlines))
        return NULL;
    for (uint32_t i = 0; i < sg_shape_point_count(&outlines); i++) {
        struct sg_point *point = &outlines.points[i];
        *point = (struct sg_point){(point->x - ground->middle.x) * ground->x_m,
                                   (point->y - ground->middle.y) * ground->y_m};
    }
    GEOSGeometry *geometry = sg_shape_to_geos(worker->geos, &outlines, &no_memory);
    sg_shape_release(&outlines);
    /* polygons that lie in a hole of others lie in the filled outline */
    GEOSGeometry *filled = geometry == NULL ? NULL : GEOSUnaryUnion_r(worker->geos, geometry);
    GEOSGeom_destroy_r(worker->geos, geometry);
    return filled;
}

/* What is left open when the outlines grow until hairlines are closed: an empty shape mostly. */
static bool find_open(const struct sg_partition_worker *worker, const GEOSGeometry *filled,
                      struct sg_shape *ret_open) {
    struct sg_shape shape;
    GEOSGeometry *grown = GEOSBuffer_r(worker->geos, filled, SG_HAIRLINE_M / 2, 4);
    bool done = grown != NULL && sg_shape_from_geos(worker->geos, grown, &shape);
    if (done) {
        done = take_rings(&shape, true, ret_open);
        sg_shape_release(&shape);
    }
    GEOSGeom_destroy_r(worker->geos, grown);
    return done;
}

/* Of an area by itself. */
static bool find_own_open(const struct sg_partition_worker *worker, const struct sg_area *area,
                          const struct ground *ground, struct sg_shape *ret_open) {
    GEOSGeometry *filled = fill_outlines(worker, &area->shape, ground);
    bool done = filled != NULL && find_open(worker, filled, ret_open);
    GEOSGeom_destroy_r(worker->geos, filled);
    return done;
}

/* A point in each polygon, NaN where GEOS finds none. */
static bool points_in(const struct sg_partition_worker *worker, const struct sg_shape *shape,
                      struct sg_point *points) {
    bool no_memory = false;
    GEOSGeometry *geometry = sg_shape_to_geos(worker->geos, shape, &no_memory);
    for (uint32_t p = 0; geometry != NULL && p < shape->polygon_count; p++)
        points[p] = sg_partition_point_in(worker, GEOSGetGeometryN_r(worker->geos, geometry, (int)p));
    GEOSGeom_destroy_r(worker->geos, geometry);
    return geometry != NULL;
}

/* Keeps the polygons (of one ring each) whose point is still one. */
static void keep_polygons(struct sg_shape *shape, const struct sg_point *points) {
    uint32_t count = 0, length = 0;
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        uint32_t first = shape->ring_starts[p], end = shape->ring_starts[p + 1];
        if (isnan(points[p].x))
            continue;
        shape->ring_starts[count++] = length;
        for (uint32_t i = first; i < end; i++)
            shape->points[length++] = shape->points[i];
    }
    shape->ring_starts[count] = length;
    shape->polygon_starts[count] = count;
    shape->ring_count = shape->polygon_count = count;
}

/* Takes off what one area closes by itself: a cove of its own shore, and no fault between areas. */
static bool take_coves_off(const struct sg_partition_worker *worker, const struct ground *ground,
                           struct sg_shape *open) {
    struct sg_point *points = sg_alloc(open->polygon_count, sizeof *points);
    bool done = points != NULL && points_in(worker, open, points);
    for (size_t a = 0; done && a < worker->layer->area_count; a++) {
        const struct sg_area *area = &worker->layer->areas[a];
        struct sg_shape own = {0};
        for (uint32_t p = 0; done && p < open->polygon_count; p++) {
            if (isnan(points[p].x) || !sg_box_holds(&area->box, from_ground(ground, points[p])))
                continue;
            if (own.points == NULL)
                done = find_own_open(worker, area, ground, &own);
            if (done && sg_shape_holds(&own, points[p]))
                points[p].x = NAN;
        }
        sg_shape_release(&own);
    }
    if (done)
        keep_polygons(open, points);
    sg_free(points);
    return done;
}

/* The same up to the outlines again. Half a millimetre beyond them, so that rounding leaves nothing between;
   what is beyond is taken off with the outlines. NULL when out of memory. */
static GEOSGeometry *grow_back(const struct sg_partition_worker *worker, const GEOSGeometry *filled,
                               const struct sg_shape *open) {
    static const double by_m = SG_HAIRLINE_M / 2 * 1.001, sharpest = 2;
    bool no_memory = false;
    GEOSGeometry *inner = sg_shape_to_geos(worker->geos, open, &no_memory);
    GEOSGeometry *back = inner == NULL
                             ? NULL
                             : GEOSBufferWithStyle_r(worker->geos, inner, by_m, 4, GEOSBUF_CAP_ROUND,
                                                     GEOSBUF_JOIN_MITRE, sharpest);
    GEOSGeometry *land = back == NULL ? NULL : GEOSDifference_r(worker->geos, back, filled);
    GEOSGeom_destroy_r(worker->geos, inner);
    GEOSGeom_destroy_r(worker->geos, back);
    return land;
}

static bool measure_part(const struct sg_partition_worker *worker, const GEOSGeometry *part,
                         const struct ground *ground, struct sg_gap *ret_gap) {
    struct sg_shape shape;
    if (!sg_shape_from_geos(worker->geos, part, &shape))
        return false;
    ret_gap->km2 = 0;
    for (uint32_t i = 0; i < sg_shape_point_count(&shape); i++)
        shape.points[i] = from_ground(ground, shape.points[i]);
    if (shape.polygon_count > 0)
        ret_gap->km2 = sg_partition_take_km2(worker, &shape);
    sg_shape_release(&shape);
    if (ret_gap->km2 * 1e6 > SG_LEAST_FAULT_M2)
        ret_gap->point = from_ground(ground, sg_partition_point_in(worker, part));
    return true;
}

bool sg_partition_add_pockets(const struct sg_partition_worker *worker, const struct sg_shape *whole,
                              struct sg_gap **gaps, size_t *capacity, size_t *count) {
    struct ground ground = ground_of(worker, whole);
    if (whole->polygon_count == 0 || !is_usable(&ground))
        return true;
    struct sg_shape open = {0};
    GEOSGeometry *land = NULL, *filled = fill_outlines(worker, whole, &ground);
    bool done = filled != NULL && find_open(worker, filled, &open);
    if (done && open.polygon_count > 0)
        done = take_coves_off(worker, &ground, &open);
    if (done && open.polygon_count > 0) {
        land = grow_back(worker, filled, &open);
        done = land != NULL;
    }
    for (int i = 0; done && land != NULL && i < GEOSGetNumGeometries_r(worker->geos, land); i++) {
        struct sg_gap gap;
        done = measure_part(worker, GEOSGetGeometryN_r(worker->geos, land, i), &ground, &gap);
        if (!done || !(gap.km2 * 1e6 > SG_LEAST_FAULT_M2))
            continue;
        done = sg_reserve(gaps, capacity, *count + 1, sizeof **gaps);
        if (done)
            (*gaps)[(*count)++] = gap;
    }
    sg_shape_release(&open);
    GEOSGeom_destroy_r(worker->geos, land);
    GEOSGeom_destroy_r(worker->geos, filled);
    return done;
}
