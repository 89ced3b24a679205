/* Axes, numbers and single lines of text of charts. */
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "draw/charting.h"
#include "draw/drawing.h"

struct sg_axis sg_axis_over(double low, double high, int steps, bool with_zero) {
    if (with_zero) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    if (!(high > low)) { /* one value, or none: an axis nevertheless */
        low = isfinite(low) ? low : 0;
        high = low + (low == 0 ? 1 : fabs(low));
        if (with_zero)
            low = fmin(low, 0);
    }
    double step = sg_nice_step((high - low) / steps);
    return (struct sg_axis){floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step};
}

double sg_axis_place(const struct sg_axis *axis, double value, double start, double extent) {
    return start + (value - axis->low) / (axis->high - axis->low) * extent;
}

static char *number_in(struct sg_charting *charting, double value, const struct sg_number_form *form) {
    struct sg_text text;
    sg_text_init(&text);
    sg_append_formed(&text, value, form, charting->chart->language);
    if (charting->chart->unit != NULL)
        sg_text_append_format(&text, "%s%s", charting->chart->language == SG_FRENCH ? "\xC2\xA0" : "",
                              charting->chart->unit);
    char *number = sg_text_take(&text);
    charting->out_of_memory = charting->out_of_memory || number == NULL;
    return number;
}

char *sg_chart_number(struct sg_charting *charting, double value, int decimals) {
    struct sg_number_form form = charting->form;
    form.is_even = true;
    if (form.exponent == 0)
        form.decimals = decimals;
    return number_in(charting, value, &form);
}

char *sg_chart_x_title(struct sg_charting *charting) {
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append(&text, charting->chart->x_title == NULL ? "" : charting->chart->x_title);
    if (charting->form.exponent != 0) {
        sg_text_append(&text, text.length > 0 ? "," : "");
        sg_append_power(&text, &charting->form, charting->chart->language);
    }
    char *title = sg_text_take(&text);
    charting->out_of_memory = charting->out_of_memory || title == NULL;
    return title;
}

/* The text without so many bytes at its end, cut between characters, and an ellipsis. */
static char *cut_text(const char *text, size_t length) {
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return sg_format("%.*s\xE2\x80\xA6", (int)length, text);
}

void sg_chart_text(struct sg_charting *charting, const char *given, const struct sg_text_style *style,
                   double x, double y, double most_pt) {
    char *text = sg_text_clean(given, false);
    charting->out_of_memory = charting->out_of_memory || text == NULL;
    for (size_t length = text == NULL ? 0 : strlen(text); most_pt > 0 && text != NULL && length > 1;) {
        if (sg_lettering_measure(charting->lettering, text, style).width <= most_pt)
            break;
        char *clean = sg_text_clean(given, false);
        length--;
        char *shorter =
            clean == NULL ? NULL : cut_text(clean, length < strlen(clean) ? length : strlen(clean));
        charting->out_of_memory = charting->out_of_memory || shorter == NULL;
        sg_free(clean);
        sg_free(text);
        text = shorter;
    }
    if (text != NULL)
        sg_lettering_draw(charting->lettering, charting->cairo, text, style, x, y);
    sg_free(text);
}

static void draw_grid_line(struct sg_charting *charting, const struct sg_rectangle *plot, double at,
                           bool is_upright, bool is_zero) {
    const struct sg_theme *theme = &charting->theme;
    cairo_t *cairo = charting->cairo;
    if (is_upright) {
        cairo_move_to(cairo, plot->x, at);
        cairo_line_to(cairo, plot->x + plot->width, at);
    } else {
        cairo_move_to(cairo, at, plot->y);
        cairo_line_to(cairo, at, plot->y + plot->height);
    }
    sg_set_colour(cairo, is_zero ? theme->colours.axis : theme->colours.context_border);
    cairo_set_line_width(cairo, is_zero ? theme->lines.axis : theme->lines.context_border);
    cairo_stroke(cairo);
}

void sg_chart_draw_axis(struct sg_charting *charting, const struct sg_axis *axis,
                        const struct sg_rectangle *plot, bool is_upright) {
    const struct sg_theme *theme = &charting->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.key, theme->weights.legend_text, theme->colours.quiet_text);
    style.align = is_upright ? SG_ALIGN_RIGHT : SG_ALIGN_CENTRE;
    style.is_tabular = true;
    struct sg_number_form form = sg_number_form_of_step(charting->form.exponent, axis->step);
    int count = (int)lround((axis->high - axis->low) / axis->step);
    double free_from = -INFINITY;
    for (int tick = 0; tick <= count; tick++) {
        double value = axis->low + tick * axis->step;
        double at = is_upright ? sg_axis_place(axis, value, plot->y + plot->height, -plot->height)
                               : sg_axis_place(axis, value, plot->x, plot->width);
        draw_grid_line(charting, plot, at, is_upright, fabs(value) < axis->step * 1e-6);
        char *number = number_in(charting, fabs(value) < axis->step * 1e-6 ? 0 : value, &form);
        if (number == NULL)
            continue;
        double width = sg_lettering_measure(charting->lettering, number, &style).width;
        double space = style.size_pt * 0.4;
        if (is_upright) {
            sg_lettering_draw(charting->lettering, charting->cairo, number, &style, plot->x - space,
                              at - style.size_pt * 0.62);
        } else if (at - width / 2 >= free_from) {
            sg_lettering_draw(charting->lettering, charting->cairo, number, &style, at,
                              plot->y + plot->height + space);
            free_from = at + width / 2 + space;
        }
        sg_free(number);
    }
}
