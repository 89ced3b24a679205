#include "draw/north_arrow.h"

#include <math.h>

#include "draw/corner.h"

void sg_draw_north_arrow(struct sg_drawing *drawing) {
    const double least_turn_deg = 1, deg = 3.14159265358979323846 / 180;
    double north = sg_frame_north_deg(&drawing->frame);
    if (!isfinite(north) || fabs(north) <= least_turn_deg)
        return;
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    struct sg_text_style style = sg_style_of(theme->sizes.scale, 700, theme->colours.text);
    style.align = SG_ALIGN_CENTRE;
    double length = theme->sizes.scale * 2.6, half = length * 0.22;
    struct sg_text_size letter = sg_lettering_measure(drawing->lettering, "N", &style);
    double reach = length / 2 + letter.height; /* the letter stands beyond the tip */
    double across = fabs(sin(north * deg)) * reach + fmax(half, letter.width / 2) + letter.width / 2;
    double down = fabs(cos(north * deg)) * reach + letter.height / 2;
    static const enum sg_corner corners[] = {SG_CORNER_TOP_RIGHT, SG_CORNER_TOP_LEFT, SG_CORNER_BOTTOM_RIGHT,
                                             SG_CORNER_BOTTOM_LEFT};
    double x, y;
    if (!sg_find_corner(drawing, corners, 4, 2 * across, 2 * down, &x, &y))
        return;
    cairo_save(cairo);
    cairo_translate(cairo, x + across, y + down);
    cairo_rotate(cairo, north * deg);
    double tip = -length / 2 + letter.height * 0.3, foot = tip + length;
    cairo_move_to(cairo, 0, tip);
    cairo_line_to(cairo, half, foot);
    cairo_line_to(cairo, 0, foot - length * 0.22);
    cairo_line_to(cairo, -half, foot);
    cairo_close_path(cairo);
    sg_set_colour(cairo, theme->colours.text);
    cairo_fill(cairo);
    sg_lettering_draw(drawing->lettering, cairo, "N", &style, 0, tip - letter.height);
    cairo_restore(cairo);
    sg_box_list_add(&drawing->boxes, SG_BOX_NORTH_ARROW, x, y, 2 * across, 2 * down);
    sg_box_list_set_type(&drawing->boxes, style.size_pt);
}
