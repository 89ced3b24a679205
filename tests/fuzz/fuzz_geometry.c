/* Geometries as WKB: to shapes, points and lines; shapes repaired, measured, and one point located in them.
 */
#include <ogr_api.h>

#include "core/alloc.h"
#include "fuzz.h"
#include "model/simple_shape.h"
#include "read/shape_reader.h"
#include "read/shape_repair.h"

static void use_shape(struct sg_context *context, struct sg_shape *shape) {
    struct sg_shape *const shapes[] = {shape};
    struct sg_repair *repairs = NULL;
    size_t repair_count = 0;
    (void)sg_shapes_repair(context, shapes, 1, &repairs, &repair_count);
    sg_free(repairs);
    struct sg_box box = sg_shape_envelope(shape);
    (void)sg_shape_planar_area(shape);
    (void)sg_shape_holds(shape, (struct sg_point){box.min_x, box.max_y});
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct sg_context *context = fuzz_context_new();
    OGRGeometryH geometry = NULL;
    if (OGR_G_CreateFromWkb(bytes, NULL, &geometry, (int)length) == OGRERR_NONE) {
        struct sg_shape shape = {0};
        struct sg_point *points = NULL;
        struct sg_line *lines = NULL;
        size_t point_count = 0, point_capacity = 0, line_count = 0, line_capacity = 0;
        bool is_surface;
        if (sg_shape_read(geometry, &shape) == SG_SHAPE_READ)
            use_shape(context, &shape);
        sg_shape_release(&shape);
        (void)sg_points_read(geometry, &points, &point_count, &point_capacity, &is_surface);
        (void)sg_lines_read(geometry, &lines, &line_count, &line_capacity);
        for (size_t i = 0; i < line_count; i++)
            sg_free(lines[i].points);
        sg_free(lines);
        sg_free(points);
    }
    OGR_G_DestroyGeometry(geometry);
    sg_context_free(context);
    return 0;
}
