#include "read/area_outlines.h"

#include "core/alloc.h"
#include "core/text.h"
#include "read/area_turns.h"
#include "read/shape_repair.h"

static enum sg_status repair_areas(struct sg_context *context, struct sg_area_layer *layer) {
    struct sg_shape **shapes = sg_alloc(layer->area_count, sizeof *shapes);
    if (shapes == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < layer->area_count; i++)
        shapes[i] = &layer->areas[i].shape;
    struct sg_repair *repairs = NULL;
    size_t count = 0;
    enum sg_status status = sg_shapes_repair(context, shapes, layer->area_count, &repairs, &count);
    for (size_t i = 0; i < count; i++) {
        const struct sg_area *area = &layer->areas[repairs[i].index];
        if (repairs[i].is_lost)
            sg_warn(context, "draw it again in a GIS",
                    "%s: area '%s' (%s) has a broken outline (%s) of which nothing could be kept",
                    layer->path, area->id, area->name, repairs[i].reason);
        else
            sg_warn(context, NULL, "%s: area '%s' (%s) has an invalid outline (%s); it was repaired",
                    layer->path, area->id, area->name, repairs[i].reason);
    }
    layer->repairs = repairs;
    layer->repaired_count = count;
    sg_free(shapes);
    return status;
}

/* GeoJSON says longitude and latitude even where it holds metres. */
static enum sg_status check_extent(struct sg_context *context, const struct sg_area_layer *layer,
                                   const char *crs_option) {
    const struct sg_box *extent = &layer->extent;
    if (!sg_crs_is_geographic(layer->crs) || sg_box_is_empty(extent)
        || (extent->min_x >= -360 && extent->max_x <= 360 && extent->min_y >= -90.0000001
            && extent->max_y <= 90.0000001))
        return SG_OK;
    struct sg_text hint;
    sg_text_init(&hint);
    sg_text_append_format(&hint, "name the right one with %s EPSG:...", crs_option);
    enum sg_status status = sg_fail(
        context, SG_BAD_CRS, sg_text_bytes(&hint),
        "%s: the coordinates (x %.6g to %.6g, y %.6g to %.6g) are not longitudes and latitudes, as its "
        "coordinate reference system %s says",
        layer->path, extent->min_x, extent->max_x, extent->min_y, extent->max_y, sg_crs_name(layer->crs));
    sg_text_release(&hint);
    return status;
}

/* From 179.9 to -179.9 is either a step or nearly once round the Earth: planar and geodesic answers differ,
   and neither can be told to be the one that is meant. */
static enum sg_status check_widths(struct sg_context *context, const struct sg_area_layer *layer) {
    if (!sg_crs_is_geographic(layer->crs) || layer->value_field != NULL)
        return SG_OK;
    for (size_t i = 0; i < layer->area_count; i++) {
        const struct sg_area *area = &layer->areas[i];
        double width = sg_shape_widest_polygon(&area->shape);
        if (width > 180)
            return sg_fail(
                context, SG_BAD_INPUT,
                "split it at the antimeridian: ogr2ogr -wrapdateline split.gpkg FILE; or leave it out with "
                "--areas-where",
                "%s: area '%s' (%s) spans %.6g degrees of longitude, more than half the Earth", layer->path,
                area->id, area->name, width);
    }
    return SG_OK;
}

enum sg_status sg_area_outlines_settle(struct sg_context *context, struct sg_area_layer *layer,
                                       const char *crs_option) {
    enum sg_status status = repair_areas(context, layer);
    layer->extent = sg_box_empty();
    for (size_t i = 0; i < layer->area_count; i++) {
        layer->areas[i].box = sg_shape_envelope(&layer->areas[i].shape);
        sg_box_add_box(&layer->extent, &layer->areas[i].box);
    }
    if (status == SG_OK)
        status = check_extent(context, layer, crs_option);
    if (status == SG_OK)
        status = check_widths(context, layer);
    if (status == SG_OK)
        status = sg_areas_find_turn(context, layer);
    if (status == SG_OK && sg_box_is_empty(&layer->extent))
        status = sg_fail(context, SG_BAD_INPUT, "name the boundary file, not a table",
                         "%s: none of the %zu areas has a geometry", layer->path, layer->area_count);
    return status;
}
