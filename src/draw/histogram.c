#include <math.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "draw/kind_drawing.h"
#include "draw/legend_rows.h"
#include "draw/number_form.h"

enum { MOST_BINS = 26, FEWEST_VALUES = 8 };

struct histogram {
    double low, step; /* of the axis: ticks at low + i * step */
    int tick_count;   /* steps of the axis */
    int bins_per_step;
    int bin_count;
    size_t counts[MOST_BINS][SG_MOST_CLASSES]; /* by class, stacked in each bin */
    size_t tallest;
    int tallest_bin;
};

/* An axis of three to five round steps over the classed values, and bins that divide the steps. */
static bool histogram_init(const struct sg_drawing *drawing, struct histogram *histogram) {
    const struct sg_classification *classes = drawing->map->classification;
    *histogram = (struct histogram){0};
    double low = INFINITY, high = -INFINITY;
    size_t count = 0;
    for (size_t i = 0; i < drawing->map->area_count; i++) {
        if (drawing->style.classes[i] >= 0) {
            low = fmin(low, drawing->map->areas[i].value);
            high = fmax(high, drawing->map->areas[i].value);
            count++;
        }
    }
    if (classes == NULL || count < FEWEST_VALUES || !(high > low) || !isfinite(high - low))
        return false;
    double step = sg_nice_step((high - low) / 4);
    double first = floor(low / step + 1e-9), last = ceil(high / step - 1e-9);
    histogram->low = first * step;
    histogram->step = step;
    histogram->tick_count = (int)(last - first);
    bool by_five = fabs(step / pow(10, floor(log10(step) + 1e-9)) - 2) > 1e-6; /* 1, 2.5, 5 divide by five */
    histogram->bins_per_step = by_five ? 5 : 4;
    while (histogram->tick_count * histogram->bins_per_step > MOST_BINS && histogram->bins_per_step > 1)
        histogram->bins_per_step = histogram->bins_per_step > 2 ? histogram->bins_per_step / 2 : 1;
    histogram->bin_count = histogram->tick_count * histogram->bins_per_step;
    if (histogram->bin_count < 1 || histogram->bin_count > MOST_BINS)
        return false;
    for (size_t i = 0; i < drawing->map->area_count; i++) {
        int class = drawing->style.classes[i];
        if (class < 0)
            continue;
        double place = (drawing->map->areas[i].value - histogram->low) / step * histogram->bins_per_step;
        int bin = (int)floor(place + 1e-9);
        bin = bin < 0 ? 0 : bin >= histogram->bin_count ? histogram->bin_count - 1 : bin;
        histogram->counts[bin][class]++;
    }
    for (int bin = 0; bin < histogram->bin_count; bin++) {
        size_t total = 0;
        for (size_t c = 0; c < classes->class_count; c++)
            total += histogram->counts[bin][c];
        if (total > histogram->tallest) {
            histogram->tallest = total;
            histogram->tallest_bin = bin;
        }
    }
    return true;
}

static void draw_bars(struct sg_drawing *drawing, const struct histogram *histogram, double x, double base,
                      double width, double height) {
    cairo_t *cairo = drawing->cairo;
    double bar = width / histogram->bin_count;
    double gap = fmin(0.6, bar * 0.15);
    for (int bin = 0; bin < histogram->bin_count; bin++) {
        size_t below = 0;
        for (size_t c = 0; c < drawing->map->classification->class_count; c++) {
            size_t count = histogram->counts[bin][c];
            double unit = height / (double)histogram->tallest;
            if (count > 0) {
                cairo_rectangle(cairo, x + bin * bar + gap / 2, base - (double)(below + count) * unit,
                                bar - gap, (double)count * unit);
                sg_set_colour(cairo, drawing->style.palette.colours[c]);
                cairo_fill(cairo);
            }
            below += count;
        }
        if (below > 0) { /* light classes must not vanish on the paper */
            cairo_rectangle(cairo, x + bin * bar + gap / 2,
                            base - (double)below * height / (double)histogram->tallest, bar - gap,
                            (double)below * height / (double)histogram->tallest);
            sg_set_colour(cairo, drawing->theme.colours.swatch_border);
            cairo_set_line_width(cairo, drawing->theme.lines.swatch * 0.6);
            cairo_stroke(cairo);
        }
    }
}

static struct sg_number_form axis_form(const struct histogram *histogram) {
    double high = histogram->low + histogram->tick_count * histogram->step;
    return sg_number_form_of_axis(histogram->low, high, histogram->step);
}

/* The numbers under the axis: as many as fit without touching; the outermost ones stay in the width. */
static void draw_axis(struct sg_drawing *drawing, const struct histogram *histogram, double x, double base,
                      double width) {
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    struct sg_text_style style =
        sg_style_of(theme->sizes.histogram, theme->weights.legend_text, theme->colours.quiet_text);
    cairo_move_to(cairo, x, base);
    cairo_line_to(cairo, x + width, base);
    struct sg_number_form form = axis_form(histogram);
    double free_from = -INFINITY;
    for (int tick = 0; tick <= histogram->tick_count; tick++) {
        double at = x + width * tick / histogram->tick_count;
        struct sg_text text;
        sg_text_init(&text);
        sg_append_formed(&text, histogram->low + tick * histogram->step, &form, drawing->map->language);
        double label = sg_lettering_measure(drawing->lettering, sg_text_bytes(&text), &style).width;
        double left = fmin(fmax(at - label / 2, x), x + width - label);
        if (left >= free_from) {
            cairo_move_to(cairo, at, base);
            cairo_line_to(cairo, at, base + 2.5 * drawing->page.scale);
            sg_lettering_draw(drawing->lettering, cairo, sg_text_bytes(&text), &style, left,
                              base + 3 * drawing->page.scale);
            cairo_move_to(cairo, at, base);
            free_from = left + label + style.size_pt * 0.5;
        }
        sg_drawing_release_text(drawing, &text);
    }
    cairo_new_path(cairo);
    for (int tick = 0; tick <= histogram->tick_count; tick++) {
        double at = x + width * tick / histogram->tick_count;
        cairo_move_to(cairo, at, base);
        cairo_line_to(cairo, at, base + 2.2 * drawing->page.scale);
    }
    cairo_move_to(cairo, x, base);
    cairo_line_to(cairo, x + width, base);
    cairo_set_line_width(cairo, theme->lines.axis);
    sg_set_colour(cairo, theme->colours.axis);
    cairo_stroke(cairo);
}

/* The count of the tallest bar, above it: it gives the scale. */
static void draw_tallest(struct sg_drawing *drawing, const struct histogram *histogram, double x, double y,
                         double width) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.histogram, theme->weights.legend_text, theme->colours.quiet_text);
    struct sg_text text;
    sg_text_init(&text);
    sg_append_number(&text, (double)histogram->tallest, 0, drawing->map->language);
    double label = sg_lettering_measure(drawing->lettering, sg_text_bytes(&text), &style).width;
    double at = x + width * (histogram->tallest_bin + 0.5) / histogram->bin_count - label / 2;
    sg_lettering_draw(drawing->lettering, drawing->cairo, sg_text_bytes(&text), &style,
                      fmin(fmax(at, x), x + width - label), y);
    sg_drawing_release_text(drawing, &text);
}

/* "Areas by value", with the power of ten that its axis counts. */
static char *histogram_title(struct sg_drawing *drawing, const struct histogram *histogram) {
    enum sg_language language = drawing->map->language;
    char *given = drawing->map->area_word == NULL ? NULL : sg_drawing_clean(drawing, drawing->map->area_word);
    struct sg_number_form form = axis_form(histogram);
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text, sg_word(SG_WORD_HISTOGRAM, language),
                          given != NULL ? given : sg_word(SG_WORD_AREAS, language));
    if (form.exponent != 0) {
        sg_text_append(&text, ",");
        sg_append_power(&text, &form, language);
    }
    sg_free(given);
    char *title = sg_text_take(&text);
    drawing->out_of_memory = drawing->out_of_memory || title == NULL;
    if (title != NULL && title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    return title;
}

double sg_legend_histogram(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    struct histogram histogram;
    if (drawing->style.is_categorical || !sg_kind_drawing(drawing)->has_histogram
        || !histogram_init(drawing, &histogram))
        return 0;
    struct sg_text_style style =
        sg_style_of(theme->sizes.histogram, theme->weights.legend_text, theme->colours.quiet_text);
    char *title = histogram_title(drawing, &histogram);
    style.width_pt = width;
    double title_height = sg_lettering_measure(drawing->lettering, title == NULL ? "" : title, &style).height;
    double line = theme->sizes.histogram * 1.25;
    double bars_top = y + title_height + line;
    double base = bars_top + theme->spacing.histogram_height;
    double height = base + 3 * drawing->page.scale + line - y;
    if (!is_dry) {
        sg_lettering_draw(drawing->lettering, drawing->cairo, title == NULL ? "" : title, &style, x, y);
        draw_bars(drawing, &histogram, x, base, width, theme->spacing.histogram_height);
        draw_tallest(drawing, &histogram, x, bars_top - line, width);
        draw_axis(drawing, &histogram, x, base, width);
        sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, y, width, height);
        sg_box_list_set_type(&drawing->boxes, style.size_pt);
    }
    sg_free(title);
    return height;
}
