#include "draw/coverage_mask.h"

#include <cairo.h>
#include <math.h>

#include "core/alloc.h"
#include "draw/choropleth.h"
#include "draw/strips.h"

/* The rows of the mask from first to end as a picture, and how the drawing of it went. Destroy the picture.
 */
static cairo_status_t draw_rows(const struct sg_coverage_mask *mask, const struct sg_topology *topology,
                                int first, int end, cairo_surface_t **ret_rows) {
    const struct sg_rectangle *rectangle = &mask->rectangle;
    bool is_all = first == 0 && end == mask->height;
    double top = is_all ? -INFINITY : rectangle->y + first / mask->cells_per_pt;
    double bottom = is_all ? INFINITY : rectangle->y + end / mask->cells_per_pt;
    *ret_rows = cairo_image_surface_create(CAIRO_FORMAT_A8, mask->width, end - first);
    cairo_t *cairo = cairo_create(*ret_rows);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST);
    cairo_translate(cairo, 0, -first);
    cairo_scale(cairo, mask->cells_per_pt, mask->cells_per_pt);
    cairo_translate(cairo, -rectangle->x, -rectangle->y);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    for (uint32_t area = 0; area < topology->area_count; area++) {
        if (!sg_area_reaches(topology, area, top, bottom))
            continue;
        sg_area_path(cairo, topology, area);
        cairo_fill(cairo);
    }
    cairo_surface_flush(*ret_rows);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    return status;
}

/* Sums up the rows that a picture holds. */
static void sum_rows(struct sg_coverage_mask *mask, cairo_surface_t *rows, int first, int end) {
    const unsigned char *cells = cairo_image_surface_get_data(rows);
    int stride = cairo_image_surface_get_stride(rows);
    size_t row = (size_t)mask->width + 1;
    for (int y = first; y < end; y++) {
        uint32_t sum = 0;
        for (int x = 0; x < mask->width; x++) {
            sum += cells[(y - first) * stride + x] > 16;
            mask->sums[(size_t)(y + 1) * row + (size_t)x + 1] =
                mask->sums[(size_t)y * row + (size_t)x + 1] + sum;
        }
    }
}

enum sg_status sg_coverage_mask_init(struct sg_context *context, const struct sg_topology *topology,
                                     const struct sg_rectangle *rectangle,
                                     struct sg_coverage_mask *ret_mask) {
    struct sg_coverage_mask mask = {.rectangle = *rectangle, .cells_per_pt = 1};
    mask.width = (int)ceil(rectangle->width * mask.cells_per_pt);
    mask.height = (int)ceil(rectangle->height * mask.cells_per_pt);
    mask.sums = sg_alloc((size_t)(mask.width + 1) * (size_t)(mask.height + 1), sizeof *mask.sums);
    if (mask.sums == NULL)
        return sg_fail_memory(context);
    /* halves of very many areas, on two threads where there are two */
    int parts = topology->area_count > SG_MANY_AREAS && mask.height > 1 ? 2 : 1;
    int ends[] = {0, parts == 2 ? mask.height / 2 : mask.height, mask.height};
    cairo_surface_t *rows[2] = {NULL};
    cairo_status_t drawn[2] = {CAIRO_STATUS_SUCCESS, CAIRO_STATUS_SUCCESS};
#pragma omp parallel for num_threads(sg_context_threads(context)) schedule(static, 1) if (parts > 1)
    for (int i = 0; i < parts; i++)
        drawn[i] = draw_rows(&mask, topology, ends[i], ends[i + 1], &rows[i]);
    cairo_status_t status = drawn[0] != CAIRO_STATUS_SUCCESS ? drawn[0] : drawn[1];
    for (int i = 0; i < parts; i++) {
        if (status == CAIRO_STATUS_SUCCESS)
            sum_rows(&mask, rows[i], ends[i], ends[i + 1]);
        cairo_surface_destroy(rows[i]);
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        sg_coverage_mask_release(&mask);
        return sg_fail(context, SG_DRAWING, NULL, "cairo: %s", cairo_status_to_string(status));
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
