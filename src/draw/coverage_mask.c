#include "draw/coverage_mask.h"

#include <cairo.h>
#include <math.h>

#include "core/alloc.h"
#include "draw/choropleth.h"

enum sg_status sg_coverage_mask_init(struct sg_context *context, const struct sg_topology *topology,
                                     const struct sg_rectangle *rectangle,
                                     struct sg_coverage_mask *ret_mask) {
    struct sg_coverage_mask mask = {.rectangle = *rectangle, .cells_per_pt = 1};
    mask.width = (int)ceil(rectangle->width * mask.cells_per_pt);
    mask.height = (int)ceil(rectangle->height * mask.cells_per_pt);
    mask.sums = sg_alloc((size_t)(mask.width + 1) * (size_t)(mask.height + 1), sizeof *mask.sums);
    if (mask.sums == NULL)
        return sg_fail_memory(context);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, mask.width, mask.height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST);
    cairo_scale(cairo, mask.cells_per_pt, mask.cells_per_pt);
    cairo_translate(cairo, -rectangle->x, -rectangle->y);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    for (uint32_t area = 0; area < topology->area_count; area++) {
        sg_area_path(cairo, topology, area);
        cairo_fill(cairo);
    }
    cairo_surface_flush(surface);
    cairo_status_t drawn = cairo_status(cairo);
    const unsigned char *cells = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    size_t row = (size_t)mask.width + 1;
    for (int y = 0; y < mask.height && drawn == CAIRO_STATUS_SUCCESS; y++) {
        uint32_t sum = 0;
        for (int x = 0; x < mask.width; x++) {
            sum += cells[y * stride + x] > 16;
            mask.sums[(size_t)(y + 1) * row + (size_t)x + 1] =
                mask.sums[(size_t)y * row + (size_t)x + 1] + sum;
        }
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    if (drawn != CAIRO_STATUS_SUCCESS) {
        sg_coverage_mask_release(&mask);
        return sg_fail(context, SG_DRAWING, NULL, "cairo: %s", cairo_status_to_string(drawn));
    }
    *ret_mask = mask;
    return SG_OK;
}

void sg_coverage_mask_release(struct sg_coverage_mask *mask) {
    sg_free(mask->sums);
    *mask = (struct sg_coverage_mask){0};
}

static int clamp(double cell, int most) {
    return cell < 0 ? 0 : cell > most ? most : (int)cell;
}

double sg_coverage_mask_share(const struct sg_coverage_mask *mask, double x, double y, double width,
                              double height) {
    double scale = mask->cells_per_pt;
    double left = (x - mask->rectangle.x) * scale, top = (y - mask->rectangle.y) * scale;
    double right = ceil(left + width * scale), bottom = ceil(top + height * scale);
    if (left < 0 || top < 0 || right > mask->width || bottom > mask->height)
        return 1;
    int x0 = clamp(floor(left), mask->width), x1 = clamp(right, mask->width);
    int y0 = clamp(floor(top), mask->height), y1 = clamp(bottom, mask->height);
    size_t row = (size_t)mask->width + 1;
    const uint32_t *s = mask->sums;
    uint32_t covered = s[(size_t)y1 * row + (size_t)x1] - s[(size_t)y0 * row + (size_t)x1]
                       - s[(size_t)y1 * row + (size_t)x0] + s[(size_t)y0 * row + (size_t)x0];
    double cells = (double)(x1 - x0) * (y1 - y0);
    return cells > 0 ? covered / cells : 0;
}
