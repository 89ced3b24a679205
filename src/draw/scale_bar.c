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

double sg_scale_bar_strip(const struct sg_drawing *drawing) {
    return drawing->theme.sizes.scale * 2.4;
}

/* A bar as it will be drawn. */
struct bar {
    struct sg_text_style style;
    char *text; /* owned */
    double length, width, height;
    double left_overhang; /* of the 0 over the bar's end */
    double zero_width;
};

/* A bar of at most longest_pt; false where the map has no scale, or out of memory, which is noted. */
static bool bar_init(struct sg_drawing *drawing, double longest_pt, struct bar *bar) {
    const struct sg_theme *theme = &drawing->theme;
    double m_per_pt = m_per_pt_at(drawing, 0.5);
    if (!isfinite(m_per_pt) || m_per_pt <= 0)
        return false;
    double top = m_per_pt_at(drawing, 0.05), bottom = m_per_pt_at(drawing, 0.95);
    bool varies = isfinite(top) && isfinite(bottom) && fabs(top - bottom) > 0.05 * m_per_pt;
    double length_m = sg_scale_bar_length_m(m_per_pt, longest_pt);
    *bar = (struct bar){.style =
                            sg_style_of(theme->sizes.scale, theme->weights.legend_text, theme->colours.text),
                        .text = bar_text(drawing, length_m, varies),
                        .length = length_m / m_per_pt};
    if (bar->text == NULL) {
        drawing->out_of_memory = true;
        return false;
    }
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, bar->text, &bar->style);
    bar->zero_width = sg_lettering_measure(drawing->lettering, "0", &bar->style).width;
    bar->left_overhang = bar->zero_width / 2;
    bar->width =
        bar->left_overhang + bar->length + fmax(size.width - bar->zero_width / 2, bar->zero_width / 2);
    bar->height = size.height + 0.65 * theme->sizes.scale;
    return true;
}

static void draw_bar(struct sg_drawing *drawing, const struct bar *bar, double x, double y) {
    cairo_t *cairo = drawing->cairo;
    double tick = drawing->theme.sizes.scale * 0.5;
    double line = y + bar->height, first = x + bar->left_overhang, end = first + bar->length;
    sg_lettering_draw(drawing->lettering, cairo, "0", &bar->style, first - bar->zero_width / 2, y);
    sg_lettering_draw(drawing->lettering, cairo, bar->text, &bar->style, end - bar->zero_width / 2, y);
    cairo_save(cairo);
    cairo_set_line_width(cairo, drawing->theme.lines.scale_bar);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
    sg_set_colour(cairo, drawing->theme.colours.text);
    cairo_move_to(cairo, first, line - tick);
    cairo_line_to(cairo, first, line);
    cairo_line_to(cairo, end, line);
    cairo_line_to(cairo, end, line - tick);
    cairo_move_to(cairo, first + bar->length / 2, line - tick * 0.6);
    cairo_line_to(cairo, first + bar->length / 2, line);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

static const double share_of_frame = 0.2; /* that the bar may be long */

static bool find_place(const struct sg_drawing *drawing, const struct bar *bar, double *ret_x,
                       double *ret_y) {
    static const enum sg_corner corners[] = {SG_CORNER_BOTTOM_LEFT, SG_CORNER_BOTTOM_RIGHT,
                                             SG_CORNER_TOP_LEFT, SG_CORNER_TOP_RIGHT};
    return sg_find_corner(drawing, corners, 4, bar->width, bar->height, ret_x, ret_y);
}

bool sg_scale_bar_has_room(struct sg_drawing *drawing) {
    struct bar bar;
    double x, y;
    if (!bar_init(drawing, drawing->frame.rectangle.width * share_of_frame, &bar))
        return true;
    bool has_room = find_place(drawing, &bar, &x, &y);
    sg_free(bar.text);
    return has_room;
}

void sg_draw_scale_bar(struct sg_drawing *drawing) {
    struct bar bar;
    double x, y;
    if (drawing->map->kind == SG_MAP_MULTIPLES /* the legend has it */
        || !bar_init(drawing, drawing->frame.rectangle.width * share_of_frame, &bar))
        return;
    if (find_place(drawing, &bar, &x, &y)) {
        draw_bar(drawing, &bar, x, y);
        sg_box_list_add(&drawing->boxes, SG_BOX_SCALE_BAR, x, y, bar.width, bar.height);
        sg_box_list_set_type(&drawing->boxes, bar.style.size_pt);
    }
    sg_free(bar.text);
}

double sg_legend_scale_bar(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    double height = sg_scale_bar_strip(drawing);
    struct bar bar;
    if (drawing->map->kind != SG_MAP_MULTIPLES)
        return 0;
    if (is_dry || !bar_init(drawing, fmin(drawing->grid.width * 0.4, width * 0.7), &bar))
        return height;
    draw_bar(drawing, &bar, x, y);
    sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, y, fmin(bar.width, width), height);
    sg_box_list_set_type(&drawing->boxes, bar.style.size_pt);
    sg_free(bar.text);
    return height;
}
