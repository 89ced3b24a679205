#include "read/area_turns.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"

static const double usual_west = -180, whole_turn = 360;

/* What a polygon covers of a circle of latitude. */
struct arc {
    double start, width; /* degrees; start is 0 to 360 */
};

static int compare_starts(const void *a, const void *b) {
    const struct arc *first = a, *second = b;
    return (first->start > second->start) - (first->start < second->start);
}

/* The east end of the widest stretch without a polygon: where the areas begin. False: there is none. */
static bool find_west(struct arc *arcs, size_t count, double least, double *ret_west) {
    if (count == 0)
        return false;
    qsort(arcs, count, sizeof *arcs, compare_starts);
    double reached = -whole_turn, widest = least;
    for (size_t i = 0; i < count; i++)
        reached = fmax(reached, arcs[i].start + arcs[i].width - whole_turn);
    for (size_t i = 0; i < count; i++) {
        if (arcs[i].start - reached > widest) {
            widest = arcs[i].start - reached;
            *ret_west = arcs[i].start;
        }
        reached = fmax(reached, arcs[i].start + arcs[i].width);
    }
    return widest > least;
}

static enum sg_status list_arcs(struct sg_context *context, const struct sg_area_layer *layer,
                                struct arc **ret_arcs, size_t *ret_count) {
    struct arc *arcs = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < layer->area_count; i++) {
        const struct sg_shape *shape = &layer->areas[i].shape;
        if (!sg_reserve(&arcs, &capacity, count + shape->polygon_count, sizeof *arcs)) {
            sg_free(arcs);
            return sg_fail_memory(context);
        }
        for (uint32_t p = 0; p < shape->polygon_count; p++) {
            struct sg_box box = sg_shape_polygon_box(shape, p);
            if (!sg_box_is_empty(&box))
                arcs[count++] = (struct arc){sg_lon_in_turn(box.min_x, 0), box.max_x - box.min_x};
        }
    }
    *ret_arcs = arcs;
    *ret_count = count;
    return SG_OK;
}

static void move_polygons(struct sg_shape *shape, double west) {
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        double min_x = sg_shape_polygon_box(shape, p).min_x;
        sg_shape_move_polygon(shape, p, sg_lon_in_turn(min_x, west) - min_x);
    }
}

/* A file with both -179.9 and 180.1 has one place in two, and one that is cut at 180 has neighbours at both
   ends: streets, catchments and pages would go the other way round the Earth. Where no more than least
   degrees are empty the layer stays as it is, or is an error when least is 0. why: what the longitudes do. */
static enum sg_status bring_together(struct sg_context *context, struct sg_area_layer *layer, double least,
                                     const char *why) {
    struct arc *arcs = NULL;
    size_t count = 0;
    double west = 0;
    enum sg_status status = list_arcs(context, layer, &arcs, &count);
    if (status != SG_OK)
        return status;
    bool is_found = find_west(arcs, count, least, &west);
    sg_free(arcs);
    if (!is_found && least > 0)
        return SG_OK;
    if (!is_found)
        return sg_fail(context, SG_BAD_INPUT,
                       "write all of them from -180 to 180: ogr2ogr -wrapdateline usual.gpkg FILE",
                       "%s: the longitudes %.6g to %.6g are more than once round the Earth", layer->path,
                       layer->extent.min_x, layer->extent.max_x);
    if (west >= whole_turn / 2)
        west -= whole_turn;
    struct sg_box before = layer->extent;
    layer->extent = sg_box_empty();
    for (size_t i = 0; i < layer->area_count; i++) {
        move_polygons(&layer->areas[i].shape, west);
        layer->areas[i].box = sg_shape_envelope(&layer->areas[i].shape);
        sg_box_add_box(&layer->extent, &layer->areas[i].box);
    }
    sg_note(context, "%s: the longitudes %.6g to %.6g %s; they are read as %.6g to %.6g", layer->path,
            before.min_x, before.max_x, why, layer->extent.min_x, layer->extent.max_x);
    return SG_OK;
}

enum sg_status sg_areas_find_turn(struct sg_context *context, struct sg_area_layer *layer) {
    layer->has_turn = sg_crs_is_geographic(layer->crs) && !sg_box_is_empty(&layer->extent);
    if (!layer->has_turn)
        return SG_OK;
    enum sg_status status = SG_OK;
    const double rounding = 1e-6; /* a layer of the whole Earth may end a hair beyond 180 */
    double width = layer->extent.max_x - layer->extent.min_x;
    if (width > whole_turn + rounding)
        status = bring_together(context, layer, 0, "name the same places twice");
    else if (width > whole_turn - rounding)
        status = bring_together(context, layer, whole_turn / 2, "part what lies together at 180");
    const struct sg_box *extent = &layer->extent;
    bool is_usual = extent->min_x >= usual_west && extent->max_x <= usual_west + whole_turn;
    layer->turn_west = is_usual ? usual_west : (extent->min_x + extent->max_x - whole_turn) / 2;
    return status;
}
