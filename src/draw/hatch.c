#include "draw/hatch.h"

#include <math.h>

void sg_hatch_path(cairo_t *cairo, const struct sg_theme *theme) {
    double left, top, right, bottom;
    cairo_path_extents(cairo, &left, &top, &right, &bottom);
    cairo_save(cairo);
    cairo_clip(cairo);
    /* Lines x + y = k * step run upwards to the right. */
    double step = theme->lines.hatch_pitch * sqrt(2);
    double first = floor((left + top) / step) * step;
    for (double sum = first; sum <= right + bottom && step > 0.1; sum += step) {
        cairo_move_to(cairo, sum - bottom, bottom);
        cairo_line_to(cairo, sum - top, top);
    }
    cairo_set_line_width(cairo, theme->lines.hatch);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
    cairo_set_source_rgb(cairo, theme->colours.hatch.red, theme->colours.hatch.green,
                         theme->colours.hatch.blue);
    cairo_stroke(cairo);
    cairo_restore(cairo);
    cairo_new_path(cairo);
}

void sg_stripe_path(cairo_t *cairo, const struct sg_theme *theme, const struct sg_stripes *stripes) {
    double left, top, right, bottom;
    cairo_path_extents(cairo, &left, &top, &right, &bottom);
    cairo_save(cairo);
    cairo_clip(cairo);
    double step = theme->lines.stripe * sqrt(2); /* along an edge of the page */
    long first = (long)floor((left + top) / step), last = (long)ceil((right + bottom) / step);
    /* Under the stripes lies their last colour, so that nothing shines through where they meet. */
    struct sg_colour ground = stripes->colours[stripes->count - 1];
    cairo_set_source_rgb(cairo, ground.red, ground.green, ground.blue);
    cairo_paint(cairo);
    for (int s = 0; s + 1 < stripes->count; s++) {
        const struct sg_colour *colour = &stripes->colours[s];
        for (long band = first; band <= last && step > 0.1; band++) {
            if (((band % stripes->count) + stripes->count) % stripes->count != s)
                continue;
            double from = (double)band * step, to = from + step;
            cairo_move_to(cairo, from - bottom, bottom);
            cairo_line_to(cairo, from - top, top);
            cairo_line_to(cairo, to - top, top);
            cairo_line_to(cairo, to - bottom, bottom);
            cairo_close_path(cairo);
        }
        cairo_set_source_rgb(cairo, colour->red, colour->green, colour->blue);
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
    cairo_new_path(cairo);
}
