#include "draw/scale_bar.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/corner.h"

double sg_scale_bar_length_m(double m_per_pt, double longest_pt) {
    double longest_m = m_per_pt * longest_pt;
    double power = pow(10, floor(log10(longest_m)));
    /* The division may fall a hair short of a round number. */
    double f = longest_m / power * (1 + 1e-12);
    return (f >= 5 ? 5 : f >= 2 ? 2 : 1) * power;
}

/* Metres per point along a row of the frame, a share of its height from the top. */
static double m_per_pt_at(const struct sg_drawing *drawing, double share) {
    const double half_pt = 50;
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    double middle = frame->x + frame->width / 2, y = frame->y + frame->height * share;
    struct sg_point left = {middle - half_pt, y}, right = {middle + half_pt, y};
    return sg_frame_distance_m(&drawing->frame, left, right) / (2 * half_pt);
}

static char *bar_text(const struct sg_drawing *drawing, double length_m, bool varies) {
    struct sg_text text;
    sg_text_init(&text);
    if (varies)
        sg_text_append(&text, sg_word(SG_WORD_APPROXIMATE, drawing->map->language));
    bool in_km = length_m >= 1000;
    double value = in_km ? length_m / 1000 : length_m;
    sg_append_number(&text, value, sg_decimals_of(value), drawing->map->language);
    sg_text_append(&text, in_km ? "\u00a0km" : "\u00a0m");
    return sg_text_take(&text);
}

static const enum sg_corner corners[] = {SG_CORNER_BOTTOM_LEFT, SG_CORNER_BOTTOM_RIGHT, SG_CORNER_TOP_LEFT,
                                         SG_CORNER_TOP_RIGHT};

bool sg_scale_bar_has_room(const struct sg_drawing *drawing) {
    double x, y, size = drawing->theme.sizes.scale;
    return sg_find_corner(drawing, corners, 4, drawing->frame.rectangle.width * 0.2 + 3 * size, 2 * size, &x,
                          &y);
}

double sg_scale_bar_strip(const struct sg_drawing *drawing) {
    return drawing->theme.sizes.scale * 2.4;
}

void sg_draw_scale_bar(struct sg_drawing *drawing) {
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    double m_per_pt = m_per_pt_at(drawing, 0.5);
    if (!isfinite(m_per_pt) || m_per_pt <= 0)
        return;
    double top = m_per_pt_at(drawing, 0.05), bottom = m_per_pt_at(drawing, 0.95);
    bool varies = isfinite(top) && isfinite(bottom) && fabs(top - bottom) > 0.05 * m_per_pt;
    double length_m = sg_scale_bar_length_m(m_per_pt, drawing->frame.rectangle.width * 0.2);
    double length = length_m / m_per_pt;
    struct sg_text_style style =
        sg_style_of(theme->sizes.scale, theme->weights.legend_text, theme->colours.text);
    char *text = bar_text(drawing, length_m, varies);
    if (text == NULL) {
        drawing->out_of_memory = true;
        return;
    }
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, text, &style);
    struct sg_text_size zero = sg_lettering_measure(drawing->lettering, "0", &style);
    double tick = theme->sizes.scale * 0.5, gap = theme->sizes.scale * 0.15;
    double left_overhang = zero.width / 2, right_overhang = fmax(size.width - zero.width, size.width / 2);
    double width = left_overhang + length + right_overhang, height = size.height + gap + tick;
    double x, y;
    if (sg_find_corner(drawing, corners, 4, width, height, &x, &y)) {
        double line = y + height, first = x + left_overhang;
        sg_lettering_draw(drawing->lettering, cairo, "0", &style, first - zero.width / 2, y);
        sg_lettering_draw(drawing->lettering, cairo, text, &style, first + length - zero.width / 2, y);
        cairo_save(cairo);
        cairo_set_line_width(cairo, theme->lines.scale_bar);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
        sg_set_colour(cairo, theme->colours.text);
        cairo_move_to(cairo, first, line - tick);
        cairo_line_to(cairo, first, line);
        cairo_line_to(cairo, first + length, line);
        cairo_line_to(cairo, first + length, line - tick);
        cairo_move_to(cairo, first + length / 2, line - tick * 0.6);
        cairo_line_to(cairo, first + length / 2, line);
        cairo_stroke(cairo);
        cairo_restore(cairo);
        sg_box_list_add(&drawing->boxes, SG_BOX_SCALE_BAR, x, y, width, height);
    }
    sg_free(text);
}
