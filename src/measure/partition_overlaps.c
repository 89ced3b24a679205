/* Land that two areas share. */
#include <stdlib.h>

#include "core/alloc.h"
#include "measure/partition_parts.h"
#include "model/shape_geos.h"

struct overlap_list {
    struct sg_overlap *overlaps;
    size_t count, capacity;
};

static bool boxes_meet(const struct sg_box *a, const struct sg_box *b) {
    return a->min_x < b->max_x && b->min_x < a->max_x && a->min_y < b->max_y && b->min_y < a->max_y;
}

/* What two areas share, if it is more than rounding. False when out of memory. */
static bool compare_pair(const struct sg_partition_worker *worker, const GEOSGeometry *one,
                         const GEOSGeometry *two, struct sg_overlap *overlap) {
    overlap->km2 = 0;
    GEOSGeometry *common = GEOSIntersection_r(worker->geos, one, two);
    if (common == NULL)
        return false;
    struct sg_shape shape;
    bool done = sg_shape_from_geos(worker->geos, common, &shape);
    if (done && shape.polygon_count > 0) {
        overlap->km2 = sg_partition_take_km2(worker, &shape);
        if (overlap->km2 * 1e6 > SG_LEAST_FAULT_M2)
            overlap->point = sg_partition_point_in(worker, common);
    }
    if (done)
        sg_shape_release(&shape);
    GEOSGeom_destroy_r(worker->geos, common);
    return done;
}

/* Compares the area at a place of the order with those behind it that begin before it ends. */
static bool compare_with_next(const struct sg_partition_worker *worker, const uint32_t *order, size_t place,
                              struct overlap_list *list) {
    const struct sg_area *areas = worker->layer->areas;
    const struct sg_area *area = &areas[order[place]];
    bool done = true, no_memory = false;
    GEOSGeometry *own = NULL;
    for (size_t next = place + 1; done && next < worker->layer->area_count; next++) {
        const struct sg_area *other = &areas[order[next]];
        if (other->box.min_x >= area->box.max_x)
            break;
        if (other->shape.polygon_count == 0 || !boxes_meet(&area->box, &other->box))
            continue;
        if (own == NULL)
            own = sg_shape_to_geos(worker->geos, &area->shape, &no_memory);
        GEOSGeometry *others = sg_shape_to_geos(worker->geos, &other->shape, &no_memory);
        uint32_t a = order[place], b = order[next];
        struct sg_overlap overlap = {.one = a < b ? a : b, .two = a < b ? b : a};
        done = own != NULL && others != NULL && compare_pair(worker, own, others, &overlap);
        GEOSGeom_destroy_r(worker->geos, others);
        if (done && overlap.km2 * 1e6 > SG_LEAST_FAULT_M2) {
#pragma omp critical(partition_check)
            {
                done = sg_reserve(&list->overlaps, &list->capacity, list->count + 1, sizeof *list->overlaps);
                if (done)
                    list->overlaps[list->count++] = overlap;
            }
        }
    }
    GEOSGeom_destroy_r(worker->geos, own);
    return done;
}

/* From west to east, so that areas that may meet follow each other; those without geometry last. */
static int compare_west(const void *a, const void *b, void *user) {
    const struct sg_area *areas = user;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    bool has_one = areas[i].shape.polygon_count > 0, has_two = areas[j].shape.polygon_count > 0;
    if (has_one != has_two)
        return has_one ? -1 : 1;
    if (has_one && areas[i].box.min_x != areas[j].box.min_x)
        return areas[i].box.min_x < areas[j].box.min_x ? -1 : 1;
    return i < j ? -1 : i > j;
}

static int compare_overlaps(const void *a, const void *b) {
    const struct sg_overlap *one = a, *two = b;
    if (one->km2 != two->km2)
        return one->km2 > two->km2 ? -1 : 1;
    if (one->one != two->one)
        return one->one < two->one ? -1 : 1;
    return one->two < two->two ? -1 : one->two > two->two;
}

enum sg_status sg_partition_find_overlaps(struct sg_context *context, const struct sg_area_layer *layer,
                                          const struct sg_transformation *to_lon_lat,
                                          struct sg_partition *partition) {
    uint32_t *order = sg_alloc(layer->area_count, sizeof *order);
    if (order == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < layer->area_count; i++)
        order[i] = (uint32_t)i;
    qsort_r(order, layer->area_count, sizeof *order, compare_west, layer->areas);
    struct overlap_list list = {0};
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads(context)) if (layer->area_count > 16)
    {
        struct sg_partition_worker worker;
        bool is_ready = sg_partition_worker_init(&worker, layer, to_lon_lat);
        /* every thread must come to the loop: its end waits for all */
#pragma omp for schedule(dynamic, 4)
        for (size_t i = 0; i < layer->area_count; i++) {
            bool done = is_ready
                        && (layer->areas[order[i]].shape.polygon_count == 0 || sg_context_interrupted(context)
                            || compare_with_next(&worker, order, i, &list));
            if (!done) {
#pragma omp atomic write
                failed = true;
            }
        }
        sg_partition_worker_release(&worker);
    }
    sg_free(order);
    if (failed) {
        sg_free(list.overlaps);
        return sg_fail_memory(context);
    }
    if (list.count > 1) /* threads found them in any order */
        qsort(list.overlaps, list.count, sizeof *list.overlaps, compare_overlaps);
    for (size_t i = 0; i < list.count; i++)
        partition->overlap_km2 += list.overlaps[i].km2;
    partition->overlaps = list.overlaps;
    partition->overlap_count = list.count;
    return SG_OK;
}
