/* Land of no area that areas surround: the holes of all areas united, and what is as good as one. */
#include <stdlib.h>

#include "core/alloc.h"
#include "measure/partition_parts.h"
#include "model/shape_geos.h"
#include "read/shape_repair.h"

/* One ring of a shape as a polygon that borrows its points. */
static struct sg_shape ring_shape(const struct sg_shape *shape, uint32_t ring,
                                  uint32_t ret_starts[static 2]) {
    static uint32_t polygon_starts[2] = {0, 1};
    ret_starts[0] = 0;
    ret_starts[1] = shape->ring_starts[ring + 1] - shape->ring_starts[ring];
    return (struct sg_shape){.points = &shape->points[shape->ring_starts[ring]],
                             .ring_starts = ret_starts,
                             .polygon_starts = polygon_starts,
                             .ring_count = 1,
                             .polygon_count = 1};
}

static bool measure_ring(const struct sg_partition_worker *worker, const struct sg_shape *shape,
                         uint32_t ring, double *ret_km2) {
    uint32_t starts[2];
    struct sg_shape alone = ring_shape(shape, ring, starts), copy;
    if (!sg_shape_copy(&alone, &copy))
        return false;
    *ret_km2 = sg_partition_take_km2(worker, &copy);
    sg_shape_release(&copy);
    return true;
}

static bool point_in_ring(const struct sg_partition_worker *worker, const struct sg_shape *shape,
                          uint32_t ring, struct sg_point *ret_point) {
    uint32_t starts[2];
    struct sg_shape alone = ring_shape(shape, ring, starts);
    bool no_memory = false;
    GEOSGeometry *geometry = sg_shape_to_geos(worker->geos, &alone, &no_memory);
    if (geometry == NULL)
        return false;
    *ret_point = sg_partition_point_in(worker, geometry);
    GEOSGeom_destroy_r(worker->geos, geometry);
    return true;
}

/* The holes of the united areas with their whole size; *ret_rings are the rings they come from. */
static bool list_holes(const struct sg_partition_worker *worker, const struct sg_shape *whole,
                       struct sg_gap *gaps, uint32_t *rings, size_t *ret_count) {
    size_t count = 0;
    for (uint32_t p = 0; p < whole->polygon_count; p++) {
        for (uint32_t ring = whole->polygon_starts[p] + 1; ring < whole->polygon_starts[p + 1]; ring++) {
            if (!measure_ring(worker, whole, ring, &gaps[count].km2))
                return false;
            rings[count++] = ring;
        }
    }
    *ret_count = count;
    return true;
}

/* Takes areas that lie in a hole (an island in the gap) off the smallest hole around them. */
static bool take_islands_off(const struct sg_partition_worker *worker, const struct sg_shape *whole,
                             const uint32_t *rings, const double *hole_km2, struct sg_gap *gaps,
                             size_t count) {
    for (uint32_t p = 0; count > 0 && p < whole->polygon_count; p++) {
        uint32_t outer = whole->polygon_starts[p];
        struct sg_point corner = whole->points[whole->ring_starts[outer]];
        size_t around = count;
        for (size_t h = 0; h < count; h++) {
            uint32_t starts[2];
            struct sg_shape hole = ring_shape(whole, rings[h], starts);
            bool is_own = rings[h] > outer && rings[h] < whole->polygon_starts[p + 1];
            if (!is_own && (around == count || hole_km2[h] < hole_km2[around])
                && sg_shape_holds(&hole, corner))
                around = h;
        }
        double km2;
        if (around == count)
            continue;
        if (!measure_ring(worker, whole, outer, &km2))
            return false;
        gaps[around].km2 -= km2;
    }
    return true;
}

static int compare_gaps(const void *a, const void *b) {
    const struct sg_gap *one = a, *two = b;
    if (one->km2 != two->km2)
        return one->km2 > two->km2 ? -1 : 1;
    if (one->point.x != two->point.x)
        return one->point.x < two->point.x ? -1 : 1;
    return one->point.y < two->point.y ? -1 : one->point.y > two->point.y;
}

static bool gaps_in(const struct sg_partition_worker *worker, const struct sg_shape *whole,
                    struct sg_gap *gaps, uint32_t *rings, double *hole_km2, size_t *ret_count) {
    size_t count = 0, kept = 0;
    if (!list_holes(worker, whole, gaps, rings, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        hole_km2[i] = gaps[i].km2;
    if (!take_islands_off(worker, whole, rings, hole_km2, gaps, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!(gaps[i].km2 * 1e6 > SG_LEAST_FAULT_M2))
            continue;
        if (!point_in_ring(worker, whole, rings[i], &gaps[i].point))
            return false;
        gaps[kept++] = gaps[i];
    }
    *ret_count = kept;
    return true;
}

static bool unite(const struct sg_area_layer *layer, struct sg_shape *ret_whole) {
    const struct sg_shape **shapes = sg_alloc(layer->area_count, sizeof *shapes);
    if (shapes == NULL)
        return false;
    for (size_t i = 0; i < layer->area_count; i++)
        shapes[i] = &layer->areas[i].shape;
    bool done = sg_shapes_dissolve(shapes, layer->area_count, ret_whole);
    sg_free(shapes);
    return done;
}

enum sg_status sg_partition_find_gaps(struct sg_context *context, const struct sg_area_layer *layer,
                                      const struct sg_transformation *to_lon_lat,
                                      struct sg_partition *partition) {
    struct sg_partition_worker worker;
    struct sg_shape whole = {0};
    bool done = sg_partition_worker_init(&worker, layer, to_lon_lat) && unite(layer, &whole);
    struct sg_gap *gaps = NULL;
    uint32_t *rings = NULL;
    double *hole_km2 = NULL;
    size_t count = 0, capacity = whole.ring_count;
    if (done) {
        gaps = sg_alloc(whole.ring_count, sizeof *gaps);
        rings = sg_alloc(whole.ring_count, sizeof *rings);
        hole_km2 = sg_alloc(whole.ring_count, sizeof *hole_km2);
        done = gaps != NULL && rings != NULL && hole_km2 != NULL
               && gaps_in(&worker, &whole, gaps, rings, hole_km2, &count)
               && sg_partition_add_pockets(&worker, &whole, &gaps, &capacity, &count);
    }
    sg_free(rings);
    sg_free(hole_km2);
    sg_shape_release(&whole);
    sg_partition_worker_release(&worker);
    if (!done) {
        sg_free(gaps);
        return sg_fail_memory(context);
    }
    if (count > 1)
        qsort(gaps, count, sizeof *gaps, compare_gaps);
    for (size_t i = 0; i < count; i++)
        partition->gap_km2 += gaps[i].km2;
    partition->gaps = gaps;
    partition->gap_count = count;
    return SG_OK;
}
