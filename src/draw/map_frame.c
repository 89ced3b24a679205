#include "draw/map_frame.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "draw/projection_grid.h"
#include "model/geodesic.h"

static const double pi = 3.14159265358979323846;

/* The input's extent in lon/lat, by way of points along its border. */
static enum sg_status lon_lat_extent(struct sg_context *context, const struct sg_crs *input,
                                     const struct sg_box *extent, struct sg_box *ret_box) {
    enum { STEPS = 16 };
    struct sg_crs *geographic = NULL;
    struct sg_transformation *transformation = NULL;
    enum sg_status status = sg_crs_geographic(context, input, &geographic);
    if (status == SG_OK)
        status = sg_transformation_new(context, input, geographic, &transformation);
    if (status == SG_OK) {
        *ret_box = sg_box_empty();
        for (int i = 0; i <= STEPS; i++) {
            double x = extent->min_x + (extent->max_x - extent->min_x) * i / STEPS;
            double y = extent->min_y + (extent->max_y - extent->min_y) * i / STEPS;
            struct sg_point points[] = {
                {x, extent->min_y}, {x, extent->max_y}, {extent->min_x, y}, {extent->max_x, y}};
            sg_transform_points(transformation, points, 4);
            for (int p = 0; p < 4; p++) {
                if (isfinite(points[p].x) && isfinite(points[p].y))
                    sg_box_add(ret_box, points[p]);
            }
        }
    }
    sg_transformation_free(transformation);
    sg_crs_free(geographic);
    return status;
}

static enum sg_status choose_display(struct sg_context *context, const struct sg_crs *input,
                                     const char *definition, const struct sg_box *extent,
                                     struct sg_crs **ret_display) {
    if (definition != NULL) {
        enum sg_status status = sg_crs_new(context, definition, ret_display);
        if (status == SG_OK && !sg_crs_is_projected(*ret_display))
            status = sg_fail(context, SG_BAD_CRS, "name a projected CRS (for example EPSG:26917)",
                             "'%s' cannot be drawn in: it is not projected", definition);
        return status;
    }
    if (sg_crs_is_projected(input)) {
        *ret_display = sg_crs_copy(input);
        return *ret_display == NULL ? sg_fail_memory(context) : SG_OK;
    }
    struct sg_box box;
    enum sg_status status = lon_lat_extent(context, input, extent, &box);
    return status == SG_OK ? sg_crs_local(context, &box, ret_display) : status;
}

enum sg_status sg_map_frame_init(struct sg_context *context, const struct sg_crs *input,
                                 const char *definition, const struct sg_box *extent,
                                 struct sg_map_frame *ret_frame) {
    *ret_frame = (struct sg_map_frame){.pt_per_unit = 1, .cosine = 1};
    enum sg_status status = choose_display(context, input, definition, extent, &ret_frame->display);
    if (status == SG_OK)
        status = sg_transformation_new(context, input, ret_frame->display, &ret_frame->to_display);
    if (status == SG_OK)
        status = sg_crs_geographic(context, ret_frame->display, &ret_frame->geographic);
    if (status == SG_OK)
        status =
            sg_transformation_new(context, ret_frame->display, ret_frame->geographic, &ret_frame->to_lon_lat);
    if (status == SG_OK)
        status = sg_transformation_new(context, ret_frame->geographic, ret_frame->display,
                                       &ret_frame->from_lon_lat);
    return status;
}

void sg_map_frame_release(struct sg_map_frame *frame) {
    sg_transformation_free(frame->to_display);
    sg_transformation_free(frame->to_lon_lat);
    sg_transformation_free(frame->from_lon_lat);
    sg_crs_free(frame->display);
    sg_crs_free(frame->geographic);
    *frame = (struct sg_map_frame){0};
}

/* Many points go by way of a grid, where the transformation is smooth enough; decided by the points alone. */
static struct sg_projection_grid *grid_for(const struct sg_map_frame *frame,
                                           const struct sg_point_span *spans, size_t span_count,
                                           size_t point_count) {
    const size_t many = 50000;
    if (point_count < many)
        return NULL;
    struct sg_box box = sg_box_empty();
    for (size_t i = 0; i < span_count; i++) {
        for (size_t p = 0; p < spans[i].count; p++)
            sg_box_add(&box, spans[i].points[p]);
    }
    return isfinite(box.max_x - box.min_x) && isfinite(box.max_y - box.min_y)
               ? sg_projection_grid_new(frame->to_display, &box)
               : NULL;
}

enum sg_status sg_map_frame_transform(struct sg_context *context, const struct sg_map_frame *frame,
                                      struct sg_point_span *spans, size_t span_count) {
    if (sg_transformation_is_identity(frame->to_display))
        return SG_OK;
    size_t point_count = 0;
    for (size_t i = 0; i < span_count; i++)
        point_count += spans[i].count;
    struct sg_projection_grid *grid = grid_for(frame, spans, span_count, point_count);
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads_for(context, point_count)) reduction(|| : failed)
    {
        struct sg_transformation *own = grid != NULL ? NULL : sg_transformation_copy(frame->to_display);
        failed = grid == NULL && own == NULL;
#pragma omp for schedule(dynamic, 16)
        for (size_t i = 0; i < span_count; i++) {
            if (grid != NULL)
                sg_projection_grid_apply(grid, spans[i].points, spans[i].count);
            else if (own != NULL)
                sg_transform_points(own, spans[i].points, spans[i].count);
        }
        sg_transformation_free(own);
    }
    sg_projection_grid_free(grid);
    return failed ? sg_fail_memory(context) : SG_OK;
}

static struct sg_box turned_box(const struct sg_point *points, size_t count, double turn_deg) {
    double c = cos(turn_deg * pi / 180), s = sin(turn_deg * pi / 180);
    struct sg_box box = sg_box_empty();
    for (size_t i = 0; i < count; i++)
        sg_box_add(&box,
                   (struct sg_point){points[i].x * c - points[i].y * s, points[i].x * s + points[i].y * c});
    return box;
}

static int compare_points(const void *a, const void *b) {
    const struct sg_point *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static double cross(struct sg_point o, struct sg_point a, struct sg_point b) {
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/* Andrew's monotone chain, in place of the sorted copy; returns the number of corners. */
static size_t convex_hull(struct sg_point *sorted, size_t count, struct sg_point *hull) {
    size_t used = 0;
    for (int pass = 0; pass < 2; pass++) {
        size_t base = used;
        for (size_t i = 0; i < count; i++) {
            struct sg_point point = sorted[pass == 0 ? i : count - 1 - i];
            while (used >= base + 2 && cross(hull[used - 2], hull[used - 1], point) <= 0)
                used--;
            hull[used++] = point;
        }
        used--; /* the last corner begins the other half */
    }
    return used;
}

double sg_best_turn_deg(const struct sg_point *points, size_t count, double width, double height) {
    const double worth_turning = 1.02; /* a turn must gain 2 % over a smaller one */
    struct sg_point *sorted = sg_alloc(count, sizeof *sorted);
    struct sg_point *hull = sg_alloc(2 * count + 2, sizeof *hull);
    double best_turn = 0, best_scale = 0;
    if (sorted != NULL && hull != NULL && count > 2) {
        for (size_t i = 0; i < count; i++)
            sorted[i] = points[i];
        qsort(sorted, count, sizeof *sorted, compare_points);
        size_t corners = convex_hull(sorted, count, hull);
        for (int half = 0; half <= 90; half++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double turn = sign * half / 2.0;
                struct sg_box box = turned_box(hull, corners, turn);
                double scale = fmin(width / (box.max_x - box.min_x), height / (box.max_y - box.min_y));
                if (scale > best_scale * (best_scale > 0 ? 1 + (worth_turning - 1) / 4 : 1)) {
                    best_scale = scale;
                    best_turn = turn;
                }
            }
        }
        struct sg_box straight = turned_box(hull, corners, 0);
        double scale =
            fmin(width / (straight.max_x - straight.min_x), height / (straight.max_y - straight.min_y));
        if (best_scale < worth_turning * scale)
            best_turn = 0;
    }
    if (sorted == NULL || hull == NULL)
        best_turn = NAN;
    sg_free(sorted);
    sg_free(hull);
    return best_turn;
}

void sg_map_frame_fit(struct sg_map_frame *frame, const struct sg_point *points, size_t count,
                      double turn_deg, const struct sg_rectangle *rectangle,
                      const struct sg_rectangle *fitted) {
    struct sg_box box = turned_box(points, count, turn_deg);
    frame->turn_deg = turn_deg;
    frame->cosine = cos(turn_deg * pi / 180);
    frame->sine = sin(turn_deg * pi / 180);
    frame->rectangle = *rectangle;
    frame->fitted = *fitted;
    frame->centre_x = (box.min_x + box.max_x) / 2;
    frame->centre_y = (box.min_y + box.max_y) / 2;
    double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
    double across = fitted->width / (width > 0 ? width : 1e-9);
    double down = fitted->height / (height > 0 ? height : 1e-9);
    frame->pt_per_unit = fmin(across, down);
}

void sg_map_frame_refit(struct sg_map_frame *frame, const struct sg_rectangle *fitted,
                        struct sg_point *points, size_t count) {
    struct sg_map_frame before = *frame;
    double factor = fmin(fitted->width / frame->fitted.width, fitted->height / frame->fitted.height);
    frame->fitted = *fitted;
    frame->pt_per_unit *= factor;
    for (size_t i = 0; i < count; i++)
        points[i] = sg_frame_to_page(frame, sg_frame_from_page(&before, points[i]));
}

struct sg_point sg_frame_from_page(const struct sg_map_frame *frame, struct sg_point point) {
    double x = (point.x - frame->fitted.x - frame->fitted.width / 2) / frame->pt_per_unit + frame->centre_x;
    double y = -(point.y - frame->fitted.y - frame->fitted.height / 2) / frame->pt_per_unit + frame->centre_y;
    return (struct sg_point){x * frame->cosine + y * frame->sine, -x * frame->sine + y * frame->cosine};
}

bool sg_frame_lon_lat(const struct sg_map_frame *frame, struct sg_point page, struct sg_point *ret_lon_lat) {
    struct sg_point point = sg_frame_from_page(frame, page);
    sg_transform_points(frame->to_lon_lat, &point, 1);
    if (!isfinite(point.x) || !isfinite(point.y))
        return false;
    *ret_lon_lat = point;
    return true;
}

double sg_frame_distance_m(const struct sg_map_frame *frame, struct sg_point a, struct sg_point b) {
    struct sg_point from, to;
    if (!sg_frame_lon_lat(frame, a, &from) || !sg_frame_lon_lat(frame, b, &to))
        return NAN;
    double radius_m, flattening;
    sg_crs_ellipsoid(frame->geographic, &radius_m, &flattening);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    return sg_geodesic_distance(&ellipsoid, from, to);
}

double sg_frame_north_deg(const struct sg_map_frame *frame) {
    struct sg_point middle = {frame->rectangle.x + frame->rectangle.width / 2,
                              frame->rectangle.y + frame->rectangle.height / 2};
    struct sg_point lon_lat;
    if (!sg_frame_lon_lat(frame, middle, &lon_lat))
        return NAN;
    const double step_deg = 0.001;
    struct sg_point north = {lon_lat.x, lon_lat.y + (lon_lat.y > 0 ? -step_deg : step_deg)};
    sg_transform_points(frame->from_lon_lat, &north, 1);
    struct sg_point to = sg_frame_to_page(frame, north);
    double dx = to.x - middle.x, dy = to.y - middle.y;
    if (lon_lat.y > 0) { /* the step went south, away from the pole */
        dx = -dx;
        dy = -dy;
    }
    return isfinite(dx) && isfinite(dy) ? atan2(dx, -dy) * 180 / pi : NAN;
}
