#include "draw/legend_row.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/hatch.h"
#include "draw/symbol.h"

struct sg_text_style sg_legend_text_style(const struct sg_drawing *drawing) {
    const struct sg_theme *theme = &drawing->theme;
    return sg_style_of(theme->sizes.legend_text, theme->weights.legend_text, theme->colours.text);
}

static void swatch_path(cairo_t *cairo, double x, double y, double width, double height, double corner) {
    const double quarter = 1.57079632679489661923;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + width - corner, y + corner, corner, -quarter, 0);
    cairo_arc(cairo, x + width - corner, y + height - corner, corner, 0, quarter);
    cairo_arc(cairo, x + corner, y + height - corner, corner, quarter, 2 * quarter);
    cairo_arc(cairo, x + corner, y + corner, corner, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
}

static void draw_mark(struct sg_drawing *drawing, const struct sg_legend_mark *mark, double x,
                      double middle) {
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    double width = theme->spacing.swatch_width, height = theme->spacing.swatch_height;
    double y = middle - height / 2;
    if (mark->kind == SG_MARK_SYMBOL) {
        sg_draw_symbol(cairo, mark->symbol, mark->colour, theme->colours.symbol_halo,
                       theme->lines.symbol_halo, x + width / 2, middle, theme->spacing.symbol * 1.15);
        return;
    }
    if (mark->kind == SG_MARK_LINE) {
        cairo_move_to(cairo, x, middle);
        cairo_line_to(cairo, x + width, middle);
        cairo_set_line_width(cairo, mark->line_pt);
        sg_set_colour(cairo, mark->colour);
        cairo_stroke(cairo);
        return;
    }
    swatch_path(cairo, x, y, width, height, theme->spacing.corner);
    sg_set_colour(cairo, mark->colour);
    if (mark->kind == SG_MARK_HATCH) {
        cairo_fill_preserve(cairo);
        sg_hatch_path(cairo, theme);
        swatch_path(cairo, x, y, width, height, theme->spacing.corner);
    } else if (mark->kind == SG_MARK_STRIPES) {
        sg_stripe_path(cairo, theme, mark->stripes);
        swatch_path(cairo, x, y, width, height, theme->spacing.corner);
    } else {
        cairo_fill_preserve(cairo);
    }
    sg_set_colour(cairo, theme->colours.swatch_border);
    cairo_set_line_width(cairo, theme->lines.swatch);
    cairo_stroke(cairo);
}

static char *count_text(struct sg_drawing *drawing, long long count) {
    struct sg_text text;
    sg_text_init(&text);
    sg_append_number(&text, (double)count, 0, drawing->map->language);
    char *taken = sg_text_take(&text);
    drawing->out_of_memory = drawing->out_of_memory || taken == NULL;
    return taken;
}

static double text_offset(const struct sg_theme *theme) {
    return theme->spacing.swatch_width + theme->sizes.legend_text * 0.75;
}

double sg_legend_row_draw(struct sg_drawing *drawing, const struct sg_legend_row *row, double x, double y,
                          double width, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style = sg_legend_text_style(drawing);
    char *count = row->count < 0 ? NULL : count_text(drawing, row->count);
    struct sg_text_style count_style = style;
    count_style.colour = theme->colours.quiet_text;
    count_style.is_tabular = true;
    count_style.align = SG_ALIGN_RIGHT;
    double count_width = count == NULL ? 0
                                       : sg_lettering_measure(drawing->lettering, count, &count_style).width
                                             + style.size_pt * 0.6;
    style.width_pt = width - text_offset(theme) - count_width;
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, row->text, &style);
    double height = fmax(size.height, theme->spacing.swatch_height);
    if (!is_dry) {
        double line = size.height / (size.lines > 0 ? size.lines : 1);
        double middle = y + fmax(line, theme->spacing.swatch_height) / 2;
        draw_mark(drawing, &row->mark, x, middle);
        sg_lettering_draw(drawing->lettering, drawing->cairo, row->text, &style, x + text_offset(theme),
                          middle - line / 2);
        if (count != NULL)
            sg_lettering_draw(drawing->lettering, drawing->cairo, count, &count_style, x + width,
                              middle - line / 2);
        sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, y, width, height);
        sg_box_list_set_type(&drawing->boxes, style.size_pt);
    }
    sg_free(count);
    return height + theme->spacing.row_gap;
}

double sg_legend_row_widen(struct sg_drawing *drawing, const struct sg_legend_row *row, double x, double y,
                           double width, bool is_dry) {
    (void)x;
    (void)y;
    (void)width;
    (void)is_dry;
    struct sg_text_style style = sg_legend_text_style(drawing);
    double *widest = &drawing->widest_row;
    double needed =
        text_offset(&drawing->theme) + sg_lettering_measure(drawing->lettering, row->text, &style).width;
    if (row->count >= 0) {
        char *count = count_text(drawing, row->count);
        if (count != NULL)
            needed += sg_lettering_measure(drawing->lettering, count, &style).width + style.size_pt * 0.9;
        sg_free(count);
    }
    if (needed > *widest)
        *widest = needed;
    return 0;
}

double sg_legend_block_title(struct sg_drawing *drawing, const char *words, double x, double y, double width,
                             bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_title, theme->colours.text);
    style.width_pt = width;
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, words, &style);
    if (!is_dry) {
        sg_lettering_draw(drawing->lettering, drawing->cairo, words, &style, x, y);
        sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, y, width, size.height);
        sg_box_list_set_type(&drawing->boxes, style.size_pt);
    }
    return size.height + theme->spacing.row_gap;
}
