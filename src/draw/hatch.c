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
