#include "draw/strips.h"

#include <math.h>

enum { STRIPS = 2 };

static bool is_worth_it(const struct sg_drawing *drawing) {
    cairo_surface_t *surface = cairo_get_target(drawing->cairo);
    return drawing->topology.area_count > SG_MANY_AREAS && drawing->map->kind != SG_MAP_MULTIPLES
           && cairo_surface_get_type(surface) == CAIRO_SURFACE_TYPE_IMAGE;
}

/* A strip's rows of the picture as a picture of their own; its cairo_t may be in an error state. */
static struct sg_strip strip_of(struct sg_drawing *drawing, cairo_surface_t *whole, int first, int end) {
    int stride = cairo_image_surface_get_stride(whole);
    cairo_surface_t *part = cairo_image_surface_create_for_data(
        cairo_image_surface_get_data(whole) + (ptrdiff_t)first * stride,
        cairo_image_surface_get_format(whole), cairo_image_surface_get_width(whole), end - first, stride);
    cairo_surface_set_device_offset(part, 0, -first);
    struct sg_strip strip = {.cairo = cairo_create(part)};
    cairo_surface_destroy(part); /* the cairo_t holds it */
    cairo_matrix_t matrix;
    cairo_get_matrix(drawing->cairo, &matrix);
    cairo_set_matrix(strip.cairo, &matrix);
    double x = 0;
    strip.top = first;
    strip.bottom = end;
    cairo_device_to_user(drawing->cairo, &x, &strip.top);
    x = 0;
    cairo_device_to_user(drawing->cairo, &x, &strip.bottom);
    return strip;
}

void sg_draw_in_strips(struct sg_drawing *drawing, sg_strip_fn *draw, const void *what) {
    if (!is_worth_it(drawing)) {
        struct sg_strip whole = {drawing->cairo, -INFINITY, INFINITY};
        draw(drawing, &whole, what);
        return;
    }
    cairo_surface_t *surface = cairo_get_target(drawing->cairo);
    cairo_surface_flush(surface);
    struct sg_strip strips[STRIPS];
    double x = 0, y = drawing->frame.rectangle.y + drawing->frame.rectangle.height / 2; /* the map's middle */
    cairo_user_to_device(drawing->cairo, &x, &y);
    int height = cairo_image_surface_get_height(surface);
    int middle = (int)fmin(fmax(floor(y), 1), height - 1);
    strips[0] = strip_of(drawing, surface, 0, middle);
    strips[1] = strip_of(drawing, surface, middle, height);
    /* not STRIPS threads: with a number of its own OpenMP would end the others and start them again */
#pragma omp parallel for num_threads(sg_context_threads(drawing->context)) schedule(static, 1)
    for (int i = 0; i < STRIPS; i++)
        draw(drawing, &strips[i], what);
    cairo_surface_mark_dirty(surface);
    for (int i = 0; i < STRIPS; i++) {
        drawing->out_of_memory =
            drawing->out_of_memory || cairo_status(strips[i].cairo) != CAIRO_STATUS_SUCCESS;
        cairo_destroy(strips[i].cairo);
    }
}
