#include "draw/map_geometry.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"

/* Triangles smaller than this (in square points) are taken out of borders: a quarter of a pixel of a 200 dpi
   picture, the same at every resolution so that every picture is the same. */
static const double smallest_triangle_pt2 = 0.035;

/* Everything that is to be transformed, copied. */
struct loading {
    struct sg_shape *shapes; /* of the areas */
    const struct sg_shape **shape_pointers;
    struct sg_point_span *spans;
    size_t span_count;
};

static bool loading_alloc(struct sg_drawing *drawing, struct loading *loading) {
    const struct sg_map *map = drawing->map;
    size_t spans = map->area_count + map->context_shape_count + map->line_count + 1;
    loading->shapes = sg_alloc(map->area_count, sizeof *loading->shapes);
    loading->shape_pointers = sg_alloc(map->area_count, sizeof *loading->shape_pointers);
    loading->spans = sg_alloc(spans, sizeof *loading->spans);
    drawing->context_shapes = sg_alloc(map->context_shape_count, sizeof *drawing->context_shapes);
    drawing->lines = sg_alloc(map->line_count, sizeof *drawing->lines);
    drawing->sites = sg_alloc(map->site_count, sizeof *drawing->sites);
    return loading->shapes != NULL && loading->shape_pointers != NULL && loading->spans != NULL
           && drawing->context_shapes != NULL && drawing->lines != NULL && drawing->sites != NULL;
}

static void add_span(struct loading *loading, struct sg_point *points, size_t count) {
    if (count > 0)
        loading->spans[loading->span_count++] = (struct sg_point_span){points, count};
}

static bool copy_shape(struct loading *loading, const struct sg_shape *from, struct sg_shape *to) {
    if (from == NULL || from->polygon_count == 0)
        return true;
    if (!sg_shape_copy(from, to))
        return false;
    add_span(loading, to->points, sg_shape_point_count(to));
    return true;
}

static bool copy_all(struct sg_drawing *drawing, struct loading *loading) {
    const struct sg_map *map = drawing->map;
    if (!loading_alloc(drawing, loading))
        return false;
    for (size_t i = 0; i < map->area_count; i++) {
        if (!copy_shape(loading, map->areas[i].shape, &loading->shapes[i]))
            return false;
        loading->shape_pointers[i] = &loading->shapes[i];
    }
    for (size_t i = 0; i < map->context_shape_count; i++) {
        if (!copy_shape(loading, map->context_shapes[i].shape, &drawing->context_shapes[i]))
            return false;
    }
    for (size_t i = 0; i < map->line_count; i++) {
        const struct sg_line *from = &map->lines[i].line;
        drawing->lines[i].points = sg_alloc(from->point_count, sizeof *from->points);
        if (drawing->lines[i].points == NULL)
            return false;
        drawing->lines[i].point_count = from->point_count;
        memcpy(drawing->lines[i].points, from->points, from->point_count * sizeof *from->points);
        add_span(loading, drawing->lines[i].points, from->point_count);
    }
    for (size_t i = 0; i < map->site_count; i++)
        drawing->sites[i] = map->sites[i].point;
    add_span(loading, drawing->sites, map->site_count);
    return true;
}

static bool is_finite(const struct sg_point *points, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(points[i].x) || !isfinite(points[i].y))
            return false;
    }
    return true;
}

/* Leaves out what has no place in the display CRS. Returns how many areas that were. */
static size_t drop_unplaced(struct sg_drawing *drawing, struct loading *loading) {
    size_t dropped = 0;
    for (size_t i = 0; i < drawing->map->area_count; i++) {
        if (!is_finite(loading->shapes[i].points, sg_shape_point_count(&loading->shapes[i]))) {
            sg_shape_release(&loading->shapes[i]);
            dropped++;
        }
    }
    for (size_t i = 0; i < drawing->map->context_shape_count; i++) {
        struct sg_shape *shape = &drawing->context_shapes[i];
        if (!is_finite(shape->points, sg_shape_point_count(shape)))
            sg_shape_release(shape);
    }
    for (size_t i = 0; i < drawing->map->line_count; i++) {
        if (!is_finite(drawing->lines[i].points, drawing->lines[i].point_count))
            drawing->lines[i].point_count = 0;
    }
    return dropped;
}

static void loading_release(const struct sg_drawing *drawing, struct loading *loading) {
    for (size_t i = 0; loading->shapes != NULL && i < drawing->map->area_count; i++)
        sg_shape_release(&loading->shapes[i]);
    sg_free(loading->shapes);
    sg_free(loading->shape_pointers);
    sg_free(loading->spans);
}

/* Of the areas' points; with is_eastward, longitudes run on from 180 degrees instead of jumping to -180. */
static struct sg_box extent_of(const struct sg_map *map, bool is_eastward) {
    struct sg_box extent = sg_box_empty();
    for (size_t i = 0; i < map->area_count; i++) {
        const struct sg_shape *shape = map->areas[i].shape;
        if (shape == NULL || shape->polygon_count == 0)
            continue;
        if (!is_eastward) {
            struct sg_box box = sg_shape_envelope(shape);
            sg_box_add_box(&extent, &box);
            continue;
        }
        for (size_t p = 0; p < sg_shape_point_count(shape); p++) {
            struct sg_point point = shape->points[p];
            point.x += point.x < 0 ? 360 : 0;
            sg_box_add(&extent, point);
        }
    }
    return extent;
}

/* Areas on both sides of the 180th meridian lie side by side, not a world apart: their longitudes then run on
   eastward. */
static struct sg_box input_extent(const struct sg_map *map, bool *ret_is_eastward) {
    struct sg_box extent = extent_of(map, false);
    *ret_is_eastward = false;
    /* a CRS that was named has its own seam, at which they must stay apart */
    if (map->display_crs != NULL || !sg_crs_is_geographic(map->crs) || extent.max_x - extent.min_x <= 180)
        return extent;
    struct sg_box eastward = extent_of(map, true);
    *ret_is_eastward = eastward.max_x - eastward.min_x < extent.max_x - extent.min_x;
    return *ret_is_eastward ? eastward : extent;
}

/* A border on the meridian is the same from both sides. */
static void run_on_eastward(struct loading *loading) {
    for (size_t i = 0; i < loading->span_count; i++) {
        for (size_t p = 0; p < loading->spans[i].count; p++)
            loading->spans[i].points[p].x += loading->spans[i].points[p].x < 0 ? 360 : 0;
    }
}

/* A CRS that was named takes longitudes from -180 to 180: polygons beyond are moved there as wholes. */
static void move_home(const struct sg_drawing *drawing, struct loading *loading) {
    for (size_t i = 0; i < drawing->map->area_count; i++) {
        struct sg_shape *shape = &loading->shapes[i];
        for (uint32_t p = 0; p < shape->polygon_count; p++) {
            struct sg_box box = sg_shape_polygon_box(shape, p);
            if (box.min_x >= 180 || box.max_x <= -180)
                sg_shape_move_polygon(shape, p, box.min_x >= 180 ? -360 : 360);
        }
    }
}

/* Has the display CRS torn an area whose polygons are no half of the Earth wide, but now are? */
static const char *torn_area(const struct sg_drawing *drawing, const struct loading *loading) {
    const struct sg_map *map = drawing->map;
    double half = sg_crs_is_geographic(drawing->frame.display) ? 180 : 1.5e7; /* metres */
    for (size_t i = 0; sg_crs_is_geographic(map->crs) && i < map->area_count; i++) {
        for (uint32_t p = 0; p < loading->shapes[i].polygon_count; p++) {
            struct sg_box before = sg_shape_polygon_box(map->areas[i].shape, p);
            struct sg_box after = sg_shape_polygon_box(&loading->shapes[i], p);
            if (before.max_x - before.min_x < 90 && after.max_x - after.min_x > half)
                return map->areas[i].name == NULL ? "" : map->areas[i].name;
        }
    }
    return NULL;
}

enum sg_status sg_map_geometry_load(struct sg_drawing *drawing) {
    struct sg_context *context = drawing->context;
    bool is_eastward;
    struct sg_box extent = input_extent(drawing->map, &is_eastward);
    if (sg_box_is_empty(&extent))
        return sg_fail(context, SG_DRAWING, "a map needs areas with polygons", "there is no area to draw");
    enum sg_status status =
        sg_map_frame_init(context, drawing->map->crs, drawing->map->display_crs, &extent, &drawing->frame);
    if (status != SG_OK)
        return status;
    struct loading loading = {0};
    if (!copy_all(drawing, &loading))
        status = sg_fail_memory(context);
    if (status == SG_OK && is_eastward)
        run_on_eastward(&loading);
    if (status == SG_OK && drawing->map->display_crs != NULL && sg_crs_is_geographic(drawing->map->crs))
        move_home(drawing, &loading);
    if (status == SG_OK)
        status = sg_map_frame_transform(context, &drawing->frame, loading.spans, loading.span_count);
    const char *torn = status == SG_OK ? torn_area(drawing, &loading) : NULL;
    if (torn != NULL)
        status = sg_fail(context, SG_DRAWING, "leave --crs out, or name one whose middle is near",
                         "%s is cut where the area '%.80s' lies", sg_crs_name(drawing->frame.display), torn);
    if (status == SG_OK) {
        size_t dropped = drop_unplaced(drawing, &loading);
        if (dropped > 0)
            sg_warn(context, "name another CRS to draw in", "%zu %s no place in %s and %s not drawn", dropped,
                    sg_plural(dropped, "area has", "areas have"), sg_crs_name(drawing->frame.display),
                    sg_plural(dropped, "is", "are"));
        status =
            sg_topology_new(context, loading.shape_pointers, drawing->map->area_count, &drawing->topology);
    }
    loading_release(drawing, &loading);
    if (status == SG_OK && drawing->topology.point_count == 0)
        status = sg_fail(context, SG_DRAWING, "look at the areas' CRS and coordinates",
                         "no area has a place in %s", sg_crs_name(drawing->frame.display));
    return status;
}

static void points_to_page(const struct sg_map_frame *frame, struct sg_point *points, size_t count) {
    for (size_t i = 0; i < count; i++)
        points[i] = sg_frame_to_page(frame, points[i]);
}

/* The longer side of the largest area, on the page. */
static double largest_side_pt(const struct sg_topology *topology) {
    double largest = 0;
    for (uint32_t area = 0; area < topology->area_count; area++) {
        struct sg_box box = sg_topology_area_box(topology, area);
        if (!sg_box_is_empty(&box))
            largest = fmax(largest, fmax(box.max_x - box.min_x, box.max_y - box.min_y));
    }
    return largest;
}

/* Are there a few specks on the page and nothing else? Many small areas side by side are a map. */
static bool looks_empty(const struct sg_topology *topology, const struct sg_rectangle *page) {
    const double speck_pt = 1, least_share = 0.001;
    double side = largest_side_pt(topology);
    return side < speck_pt && topology->area_count * side * side < least_share * page->width * page->height;
}

enum sg_status sg_map_geometry_place(struct sg_drawing *drawing, const struct sg_rectangle *rectangle) {
    struct sg_map_frame *frame = &drawing->frame;
    struct sg_topology *topology = &drawing->topology;
    double inset = drawing->theme.spacing.frame_inset;
    struct sg_rectangle fitted = {rectangle->x + inset, rectangle->y + inset, rectangle->width - 2 * inset,
                                  rectangle->height - 2 * inset};
    double turn = drawing->map->rotate_deg;
    if (isnan(turn))
        turn = sg_best_turn_deg(topology->points, topology->point_count, fitted.width, fitted.height);
    if (isnan(turn))
        return sg_fail_memory(drawing->context);
    sg_map_frame_fit(frame, topology->points, topology->point_count, turn, rectangle, &fitted);
    points_to_page(frame, topology->points, topology->point_count);
    if (looks_empty(topology, rectangle))
        return sg_fail(drawing->context, SG_DRAWING,
                       "leave the far ones out with --layer-where, or name another CRS with --crs",
                       "the areas lie so far apart in %s that none of them can be seen",
                       sg_crs_name(frame->display));
    for (size_t i = 0; i < drawing->map->context_shape_count; i++)
        points_to_page(frame, drawing->context_shapes[i].points,
                       sg_shape_point_count(&drawing->context_shapes[i]));
    for (size_t i = 0; i < drawing->map->line_count; i++)
        points_to_page(frame, drawing->lines[i].points, drawing->lines[i].point_count);
    points_to_page(frame, drawing->sites, drawing->map->site_count);
    enum sg_status status = sg_topology_simplify(drawing->context, topology, smallest_triangle_pt2);
    if (status == SG_OK)
        status = sg_coverage_mask_init(drawing->context, topology, rectangle, &drawing->mask);
    return status;
}

double sg_map_geometry_height(const struct sg_drawing *drawing) {
    struct sg_box box = sg_box_empty();
    for (size_t i = 0; i < drawing->topology.point_count; i++)
        sg_box_add(&box, drawing->topology.points[i]);
    return drawing->topology.point_count == 0 ? 0 : box.max_y - box.min_y;
}

/* Moves everything on the map into another rectangle. */
static enum sg_status refit_all(struct sg_drawing *drawing, const struct sg_rectangle *fitted) {
    const struct sg_map_frame before = drawing->frame;
    sg_map_frame_refit(&drawing->frame, fitted, drawing->topology.points, drawing->topology.point_count);
    struct sg_map_frame scratch;
    for (size_t i = 0; i < drawing->map->context_shape_count; i++) {
        scratch = before;
        sg_map_frame_refit(&scratch, fitted, drawing->context_shapes[i].points,
                           sg_shape_point_count(&drawing->context_shapes[i]));
    }
    for (size_t i = 0; i < drawing->map->line_count; i++) {
        scratch = before;
        sg_map_frame_refit(&scratch, fitted, drawing->lines[i].points, drawing->lines[i].point_count);
    }
    scratch = before;
    sg_map_frame_refit(&scratch, fitted, drawing->sites, drawing->map->site_count);
    sg_coverage_mask_release(&drawing->mask);
    return sg_coverage_mask_init(drawing->context, &drawing->topology, &drawing->frame.rectangle,
                                 &drawing->mask);
}

enum sg_status sg_map_geometry_raise(struct sg_drawing *drawing, double foot_pt) {
    struct sg_rectangle fitted = drawing->frame.fitted;
    double height = sg_map_geometry_height(drawing), room = fitted.height - foot_pt;
    double factor = height > room ? room / height : 1; /* smaller only where it must be */
    fitted.height *= factor;
    fitted.y += (room - fitted.height) / 2;
    return refit_all(drawing, &fitted);
}

enum sg_status sg_map_geometry_scale(struct sg_drawing *drawing, double factor) {
    struct sg_rectangle fitted = drawing->frame.fitted;
    double above = (fitted.height - sg_map_geometry_height(drawing)) / 2; /* of the map, kept */
    fitted.x += fitted.width * (1 - factor) / 2;
    fitted.y += above * (1 - factor);
    fitted.width *= factor;
    fitted.height *= factor;
    return refit_all(drawing, &fitted);
}

void sg_map_geometry_release(struct sg_drawing *drawing) {
    for (size_t i = 0; drawing->context_shapes != NULL && i < drawing->map->context_shape_count; i++)
        sg_shape_release(&drawing->context_shapes[i]);
    for (size_t i = 0; drawing->lines != NULL && i < drawing->map->line_count; i++)
        sg_free(drawing->lines[i].points);
    sg_free(drawing->context_shapes);
    sg_free(drawing->lines);
    sg_free(drawing->sites);
    sg_topology_release(&drawing->topology);
    sg_coverage_mask_release(&drawing->mask);
    sg_map_frame_release(&drawing->frame);
}
