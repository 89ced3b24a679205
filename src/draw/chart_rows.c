/* Charts of rows: bars, lollipops, dots and stacked shares, in as many columns as the page has room for. */
#include <math.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "draw/abbreviation.h"
#include "draw/charting.h"
#include "draw/drawing.h"
#include "draw/map_style.h"

enum { MOST_COLUMNS = 6, MOST_ROWS = 56 };

struct rows_layout {
    size_t rows_per_column, columns;
    double pitch; /* from row to row */
    double column_width;
    double label_width;
    double number_width; /* 0: no numbers beside the rows */
    bool has_two_lines;  /* rows are so far apart that a label may take two */
    struct sg_text_style style;
    struct sg_axis axis;
};

static bool has_numbers(const struct sg_chart *chart) {
    return chart->kind == SG_CHART_BARS || chart->kind == SG_CHART_LOLLIPOPS;
}

static struct sg_axis axis_of(const struct sg_chart *chart, int steps) {
    if (chart->kind == SG_CHART_STACKED)
        return (struct sg_axis){0, 100, steps > 4 ? 20 : 50};
    double low = INFINITY, high = -INFINITY;
    for (size_t r = 0; r < chart->row_count; r++) {
        for (size_t v = 0; v < chart->rows[r].value_count; v++) {
            low = fmin(low, chart->rows[r].values[v]); /* NaN is left out */
            high = fmax(high, chart->rows[r].values[v]);
        }
    }
    if (isfinite(chart->reference)) {
        low = fmin(low, chart->reference);
        high = fmax(high, chart->reference);
    }
    return sg_axis_over(low, high, steps, true);
}

/* Between a row's label and the plot, into which dots at its edge reach. */
static double label_gap(const struct sg_chart *chart, double size) {
    return size * (chart->kind == SG_CHART_DOTS ? 1.1 : 0.6);
}

static bool takes_lines(const struct sg_text_size *size, int most) {
    return size->lines <= most && !size->is_torn;
}

/* How far apart rows stand, and how wide the column of their labels is: as its widest label, or narrower
   where the rows have room for two lines (in which all labels then fit). room is the most that a row may
   take. */
static void lay_out_labels(struct sg_charting *charting, struct rows_layout *layout, double room) {
    const struct sg_chart *chart = charting->chart;
    const double most = 0.58 * layout->column_width, narrow = 0.36 * layout->column_width;
    const double size = layout->style.size_pt, two_lines = 2.8 * size;
    struct sg_text_style style = layout->style;
    double widest = 0;
    bool fit_narrow = true;
    for (size_t r = 0; r < charting->chart->row_count; r++) {
        char *label = sg_text_clean(charting->chart->rows[r].label, false);
        charting->out_of_memory = charting->out_of_memory || label == NULL;
        if (label == NULL)
            continue;
        style.width_pt = 0;
        widest = fmax(widest, sg_lettering_measure(charting->lettering, label, &style).width);
        style.width_pt = narrow;
        struct sg_text_size wrapped = sg_lettering_measure(charting->lettering, label, &style);
        fit_narrow = fit_narrow && takes_lines(&wrapped, 2);
        sg_free(label);
    }
    layout->pitch = fmin(room, size * (has_numbers(chart) ? 2.2 : 5.5));
    if (widest > most)
        layout->pitch = fmax(layout->pitch, fmin(room, two_lines));
    layout->has_two_lines = layout->pitch >= two_lines;
    layout->label_width =
        fmin(widest, fit_narrow && layout->has_two_lines ? narrow : most) + label_gap(chart, size);
}

static double widest_number(struct sg_charting *charting, const struct sg_text_style *style) {
    const struct sg_chart *chart = charting->chart;
    double widest = 0;
    for (size_t r = 0; r < chart->row_count; r++) {
        char *number = isnan(chart->rows[r].values[0])
                           ? NULL
                           : sg_chart_number(charting, chart->rows[r].values[0], chart->decimals);
        if (number != NULL)
            widest = fmax(widest, sg_lettering_measure(charting->lettering, number, style).width);
        sg_free(number);
    }
    return widest;
}

/* How many columns leave each row some room to be read in; narrower ones are taken before a row is left out.
 */
static size_t columns_over(const struct sg_chart *chart, double width, double size, bool is_narrow) {
    double least = size * (!has_numbers(chart) ? 34 : is_narrow ? 20 : 27);
    return (size_t)fmax(1, fmin(MOST_COLUMNS, floor(width / least)));
}

/* Text as large as the legend's where the rows allow it, down to the map's least; then narrower columns. */
static struct rows_layout lay_out(struct sg_charting *charting, const struct sg_rectangle *plot) {
    const struct sg_theme *theme = &charting->theme;
    const struct sg_chart *chart = charting->chart;
    struct rows_layout layout = {
        .style = sg_style_of(theme->sizes.legend_text, theme->weights.legend_text, theme->colours.text)};
    double foot = theme->sizes.key * 1.8;
    for (double size = theme->sizes.legend_text;; size = fmax(size * 0.93, theme->sizes.label_least)) {
        layout.style.size_pt = size;
        double least_pitch = size * 1.36;
        size_t most_columns =
            columns_over(chart, plot->width, theme->sizes.legend_text, size <= theme->sizes.label_least);
        for (layout.columns = 1;; layout.columns++) {
            size_t fit = (size_t)fmax(1, floor((plot->height - foot) / least_pitch));
            layout.rows_per_column = (chart->row_count + layout.columns - 1) / layout.columns;
            if (layout.rows_per_column > MOST_ROWS && layout.columns < most_columns)
                continue; /* longer columns are hard to follow */
            if (layout.rows_per_column > fit && layout.columns < most_columns)
                continue;
            if (layout.rows_per_column > fit && size > theme->sizes.label_least)
                break;
            if (layout.rows_per_column > fit) {
                layout.rows_per_column = fit;
                charting->left_out = chart->row_count - fit * layout.columns;
            }
            double room = (plot->height - foot) / (double)layout.rows_per_column;
            layout.column_width = (plot->width - (double)(layout.columns - 1) * 2 * theme->spacing.gap)
                                  / (double)layout.columns;
            lay_out_labels(charting, &layout, room);
            if (has_numbers(chart))
                layout.number_width =
                    widest_number(charting, &layout.style) + theme->spacing.symbol * 0.6 + size * 0.6;
            double plot_width = layout.column_width - layout.label_width - layout.number_width;
            layout.axis = axis_of(chart, plot_width > size * 40 ? 8 : plot_width > size * 20 ? 5 : 3);
            return layout;
        }
    }
}

static void draw_bar(struct sg_charting *charting, const struct rows_layout *layout,
                     const struct sg_chart_row *row, const struct sg_rectangle *plot, double middle) {
    const struct sg_theme *theme = &charting->theme;
    cairo_t *cairo = charting->cairo;
    double zero = sg_axis_place(&layout->axis, 0, plot->x, plot->width);
    double at = sg_axis_place(&layout->axis, row->values[0], plot->x, plot->width);
    if (charting->chart->kind == SG_CHART_BARS) {
        double thick = layout->pitch * 0.68;
        cairo_rectangle(cairo, fmin(zero, at), middle - thick / 2, fabs(at - zero), thick);
        sg_set_colour(cairo, row->colour);
        cairo_fill_preserve(cairo);
        sg_set_colour(cairo, theme->colours.swatch_border); /* a light class must not vanish on the paper */
        cairo_set_line_width(cairo, theme->lines.swatch * 0.6);
        cairo_stroke(cairo);
        return;
    }
    cairo_move_to(cairo, zero, middle);
    cairo_line_to(cairo, at, middle);
    sg_set_colour(cairo, theme->colours.axis);
    cairo_set_line_width(cairo, theme->lines.axis * 1.4);
    cairo_stroke(cairo);
    cairo_arc(cairo, at, middle, fmin(layout->pitch * 0.32, theme->spacing.symbol * 0.6), 0,
              6.283185307179586);
    sg_set_colour(cairo, row->colour);
    cairo_fill_preserve(cairo);
    sg_set_colour(cairo, theme->colours.swatch_border);
    cairo_set_line_width(cairo, theme->lines.swatch);
    cairo_stroke(cairo);
}

static void draw_dots(struct sg_charting *charting, const struct rows_layout *layout,
                      const struct sg_chart_row *row, const struct sg_rectangle *plot, double middle) {
    const struct sg_theme *theme = &charting->theme;
    cairo_t *cairo = charting->cairo;
    double radius = fmin(layout->pitch * 0.16, theme->spacing.symbol * 0.42);
    const struct sg_colour colour = sg_chart_colour(charting, row->colour);
    for (size_t i = 0; i < row->value_count; i++) {
        if (isnan(row->values[i]))
            continue;
        double at = sg_axis_place(&layout->axis, row->values[i], plot->x, plot->width);
        cairo_arc(cairo, at, middle, radius, 0, 6.283185307179586);
        cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue,
                              sg_chart_is_dark(charting) ? 0.7 : 0.45);
        cairo_fill(cairo);
    }
    double median = NAN;
    if (!sg_median(row->values, row->value_count, &median))
        charting->out_of_memory = true;
    if (isnan(median))
        return;
    double at = sg_axis_place(&layout->axis, median, plot->x, plot->width);
    cairo_move_to(cairo, at, middle - layout->pitch * 0.34);
    cairo_line_to(cairo, at, middle + layout->pitch * 0.34);
    sg_set_colour(cairo, theme->colours.text);
    cairo_set_line_width(cairo, theme->lines.outer_border * 1.4);
    cairo_stroke(cairo);
}

/* One part of a stacked row, and its share where there is room for the number. */
static void draw_part(struct sg_charting *charting, const struct rows_layout *layout, size_t part,
                      const struct sg_rectangle *at, double share) {
    const struct sg_theme *theme = &charting->theme;
    cairo_t *cairo = charting->cairo;
    struct sg_colour colour = charting->chart->parts[part].colour;
    sg_chart_fill_part(charting, part, at);
    cairo_rectangle(cairo, at->x, at->y, at->width, at->height);
    sg_set_colour(cairo, theme->colours.paper);
    cairo_set_line_width(cairo, theme->lines.swatch);
    cairo_stroke(cairo);
    struct sg_text_style style = layout->style;
    style.align = SG_ALIGN_CENTRE;
    style.colour = sg_text_on(colour, theme);
    style.size_pt = fmin(style.size_pt, at->height * 0.95);
    char *number = style.size_pt < theme->sizes.label_least ? NULL : sg_chart_number(charting, share, 0);
    if (number != NULL && sg_lettering_measure(charting->lettering, number, &style).width + 4 < at->width)
        sg_lettering_draw(charting->lettering, cairo, number, &style, at->x + at->width / 2,
                          at->y + at->height / 2 - style.size_pt * 0.64);
    sg_free(number);
}

/* The parts side by side, in one outline: a light one must not vanish on the paper. */
static void draw_stack(struct sg_charting *charting, const struct rows_layout *layout,
                       const struct sg_chart_row *row, const struct sg_rectangle *plot, double middle) {
    const struct sg_theme *theme = &charting->theme;
    double total = 0, before = 0, least = layout->style.size_pt * 1.1;
    double thick = fmax(layout->pitch * 0.68, fmin(layout->pitch * 0.9, least));
    for (size_t i = 0; i < row->value_count; i++)
        total += isnan(row->values[i]) ? 0 : row->values[i];
    if (!(total > 0))
        return;
    for (size_t i = 0; i < row->value_count && i < charting->chart->part_count; i++) {
        double share = isnan(row->values[i]) ? 0 : 100 * row->values[i] / total;
        double from = sg_axis_place(&layout->axis, before, plot->x, plot->width);
        double width = sg_axis_place(&layout->axis, before + share, plot->x, plot->width) - from;
        before += share;
        const struct sg_rectangle at = {from, middle - thick / 2, width, thick};
        if (width > 0)
            draw_part(charting, layout, i, &at, share);
    }
    double from = sg_axis_place(&layout->axis, 0, plot->x, plot->width);
    double end = sg_axis_place(&layout->axis, before, plot->x, plot->width);
    cairo_rectangle(charting->cairo, from, middle - thick / 2, end - from, thick);
    sg_set_colour(charting->cairo, theme->colours.swatch_border);
    cairo_set_line_width(charting->cairo, theme->lines.swatch * 0.6);
    cairo_stroke(charting->cairo);
}

/* A label too long for its line takes two where there is room, else it is abbreviated, and only then cut. */
static void draw_label(struct sg_charting *charting, const struct rows_layout *layout, const char *given,
                       double right, double middle) {
    struct sg_lettering *lettering = charting->lettering;
    struct sg_text_style style = layout->style;
    double width = layout->label_width - label_gap(charting->chart, style.size_pt);
    char *label = sg_text_clean(given, false);
    charting->out_of_memory = charting->out_of_memory || label == NULL;
    if (label == NULL)
        return;
    style.align = SG_ALIGN_RIGHT;
    struct sg_text_style wrapped = style;
    wrapped.width_pt = width;
    struct sg_text_size size = sg_lettering_measure(lettering, label, &style);
    bool is_long = size.width > width;
    if (is_long && layout->has_two_lines) {
        size = sg_lettering_measure(lettering, label, &wrapped);
        if (takes_lines(&size, 2)) {
            sg_lettering_draw(lettering, charting->cairo, label, &wrapped, right - width,
                              middle - size.height / 2);
            sg_free(label);
            return;
        }
    }
    for (int level = 1; is_long && level <= SG_MOST_ABBREVIATION; level++) {
        char *shorter = sg_abbreviate(given, level);
        charting->out_of_memory = charting->out_of_memory || shorter == NULL;
        if (shorter == NULL)
            break;
        sg_free(label);
        label = shorter;
        is_long = sg_lettering_measure(lettering, label, &style).width > width;
    }
    sg_chart_text(charting, label, &style, right, middle - style.size_pt * 0.64, width);
    sg_free(label);
}

static void draw_row(struct sg_charting *charting, const struct rows_layout *layout,
                     const struct sg_chart_row *row, const struct sg_rectangle *plot, double middle) {
    const struct sg_chart *chart = charting->chart;
    struct sg_text_style style = layout->style;
    double text_y = middle - style.size_pt * 0.64;
    style.align = SG_ALIGN_RIGHT;
    draw_label(charting, layout, row->label, plot->x - label_gap(chart, style.size_pt), middle);
    if (chart->kind == SG_CHART_DOTS) {
        draw_dots(charting, layout, row, plot, middle);
    } else if (chart->kind == SG_CHART_STACKED) {
        draw_stack(charting, layout, row, plot, middle);
    } else {
        bool is_known = !isnan(row->values[0]);
        if (is_known)
            draw_bar(charting, layout, row, plot, middle);
        char *number =
            is_known ? sg_chart_number(charting, row->values[0], chart->decimals) : sg_strdup("\xE2\x80\x93");
        style.is_tabular = true;
        style.colour = charting->theme.colours.quiet_text;
        charting->out_of_memory = charting->out_of_memory || number == NULL;
        if (number != NULL)
            sg_lettering_draw(charting->lettering, charting->cairo, number, &style,
                              plot->x + plot->width + layout->number_width, text_y);
        sg_free(number);
    }
}

static void draw_reference(struct sg_charting *charting, const struct rows_layout *layout,
                           const struct sg_rectangle *plot, bool is_first) {
    const struct sg_theme *theme = &charting->theme;
    cairo_t *cairo = charting->cairo;
    if (!isfinite(charting->chart->reference))
        return;
    double at = sg_axis_place(&layout->axis, charting->chart->reference, plot->x, plot->width);
    double dashes[] = {3 * charting->page.scale, 2 * charting->page.scale};
    cairo_move_to(cairo, at, plot->y);
    cairo_line_to(cairo, at, plot->y + plot->height);
    sg_set_colour(cairo, theme->colours.text);
    cairo_set_line_width(cairo, theme->lines.axis * 1.3);
    cairo_set_dash(cairo, dashes, 2, 0);
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
    if (!is_first || charting->chart->reference_label == NULL)
        return;
    struct sg_text_style style = sg_style_of(theme->sizes.key, theme->weights.label, theme->colours.text);
    style.halo_pt = theme->lines.label_halo;
    style.halo = theme->colours.paper;
    double width = sg_lettering_measure(charting->lettering, charting->chart->reference_label, &style).width;
    double x = fmin(at + style.size_pt * 0.4, plot->x + plot->width - width);
    sg_chart_text(charting, charting->chart->reference_label, &style, x, plot->y - style.size_pt * 1.3, 0);
}

void sg_chart_draw_rows(struct sg_charting *charting, const struct sg_rectangle *plot) {
    const struct sg_chart *chart = charting->chart;
    struct sg_rectangle body = *plot;
    double head = charting->theme.sizes.key * 1.6; /* the reference's name stands there */
    body.y += isfinite(chart->reference) ? head : 0;
    body.height -= isfinite(chart->reference) ? head : 0;
    struct rows_layout layout = lay_out(charting, &body);
    for (size_t column = 0; column < layout.columns; column++) {
        size_t first = column * layout.rows_per_column;
        size_t end = first + layout.rows_per_column < chart->row_count ? first + layout.rows_per_column
                                                                       : chart->row_count;
        if (first >= end)
            break;
        struct sg_rectangle area = {
            body.x + (double)column * (layout.column_width + 2 * charting->theme.spacing.gap)
                + layout.label_width,
            body.y, layout.column_width - layout.label_width - layout.number_width,
            layout.pitch * (double)(end - first)};
        sg_chart_draw_axis(charting, &layout.axis, &area, false);
        draw_reference(charting, &layout, &area, column == 0);
        for (size_t r = first; r < end; r++)
            draw_row(charting, &layout, &chart->rows[r], &area,
                     area.y + layout.pitch * ((double)(r - first) + 0.5));
    }
}
