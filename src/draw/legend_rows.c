#include "draw/legend_rows.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/hatch.h"
#include "draw/symbol.h"

/* What stands left of a legend row's text. */
enum mark_kind { MARK_FILL, MARK_HATCH, MARK_SYMBOL, MARK_LINE };

struct mark {
    enum mark_kind kind;
    struct sg_colour colour;
    enum sg_symbol symbol;
    double line_pt;
};

struct row {
    struct mark mark;
    const char *text;
    long long count; /* < 0: none */
};

static struct sg_text_style text_style(const struct sg_drawing *drawing) {
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

static void draw_mark(struct sg_drawing *drawing, const struct mark *mark, double x, double middle) {
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    double width = theme->spacing.swatch_width, height = theme->spacing.swatch_height;
    double y = middle - height / 2;
    if (mark->kind == MARK_SYMBOL) {
        sg_draw_symbol(cairo, mark->symbol, mark->colour, theme->colours.symbol_halo,
                       theme->lines.symbol_halo, x + width / 2, middle, theme->spacing.symbol * 1.15);
        return;
    }
    if (mark->kind == MARK_LINE) {
        cairo_move_to(cairo, x, middle);
        cairo_line_to(cairo, x + width, middle);
        cairo_set_line_width(cairo, mark->line_pt);
        sg_set_colour(cairo, mark->colour);
        cairo_stroke(cairo);
        return;
    }
    swatch_path(cairo, x, y, width, height, theme->spacing.corner);
    sg_set_colour(cairo, mark->colour);
    if (mark->kind == MARK_HATCH) {
        cairo_fill_preserve(cairo);
        sg_hatch_path(cairo, theme);
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

/* One row: mark, text (wrapped when it must be), count at the right. */
static double draw_row(struct sg_drawing *drawing, const struct row *row, double x, double y, double width,
                       bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style = text_style(drawing);
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
    }
    sg_free(count);
    return height + theme->spacing.row_gap;
}

/* Calls visit for every class, zero and no-data row from the top. */
typedef double row_visit_fn(struct sg_drawing *drawing, const struct row *row, double x, double y,
                            double width, bool is_dry);

static double visit_category_rows(struct sg_drawing *drawing, row_visit_fn *visit, double x, double y,
                                  double width, bool is_dry) {
    double at = y;
    for (size_t i = 0; i < drawing->style.category_count; i++) {
        const struct sg_category *category = &drawing->style.categories[i];
        struct row row = {{MARK_FILL, category->colour, 0, 0}, category->name, (long long)category->count};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    return at - y;
}

static double visit_value_rows(struct sg_drawing *drawing, row_visit_fn *visit, double x, double y,
                               double width, bool is_dry) {
    const struct sg_classification *classes = drawing->map->classification;
    double at = y;
    size_t count = classes == NULL ? 0 : classes->class_count;
    for (size_t row_index = 0; row_index < count; row_index++) {
        size_t i = drawing->style.darkest_is_lowest ? row_index : count - 1 - row_index;
        struct sg_text text;
        sg_text_init(&text);
        sg_append_class_range(&text, classes, i, drawing->style.is_whole, drawing->map->value_unit,
                              drawing->map->language);
        struct row row = {{MARK_FILL, drawing->style.palette.colours[i], 0, 0},
                          sg_text_bytes(&text),
                          (long long)classes->counts[i]};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_drawing_release_text(drawing, &text);
    }
    return at - y;
}

static double visit_class_rows(struct sg_drawing *drawing, row_visit_fn *visit, double x, double y,
                               double width, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    double at = y;
    at += drawing->style.is_categorical ? visit_category_rows(drawing, visit, x, at, width, is_dry)
                                        : visit_value_rows(drawing, visit, x, at, width, is_dry);
    if (drawing->style.zero_count > 0) {
        char *label =
            sg_drawing_clean(drawing, drawing->map->zero_label != NULL ? drawing->map->zero_label : "0");
        struct row row = {{MARK_FILL, theme->colours.zero, 0, 0},
                          label == NULL ? "0" : label,
                          (long long)drawing->style.zero_count};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_free(label);
    }
    if (drawing->style.missing_count > 0) {
        struct row row = {{MARK_HATCH, theme->colours.no_data, 0, 0},
                          sg_word(SG_WORD_NO_DATA, drawing->map->language),
                          (long long)drawing->style.missing_count};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    return at - y;
}

double sg_legend_classes(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    double height = visit_class_rows(drawing, draw_row, x, y, width, is_dry);
    return height > 0 ? height - drawing->theme.spacing.row_gap : 0;
}

/* Notes how wide the row would be on one line; it takes no height. */
static double row_width(struct sg_drawing *drawing, const struct row *row, double x, double y, double width,
                        bool is_dry) {
    (void)x;
    (void)y;
    (void)width;
    (void)is_dry;
    struct sg_text_style style = text_style(drawing);
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

double sg_legend_heading(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style title =
        sg_style_of(theme->sizes.legend_title, theme->weights.legend_title, theme->colours.text);
    struct sg_text_style unit =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_text, theme->colours.quiet_text);
    title.width_pt = unit.width_pt = width;
    const char *texts[] = {drawing->map->legend_title, drawing->map->legend_unit};
    const struct sg_text_style *styles[] = {&title, &unit};
    double at = y;
    for (int i = 0; i < 2; i++) {
        char *text = sg_drawing_clean(drawing, texts[i]);
        if (text != NULL && text[0] != '\0') {
            struct sg_text_size size = sg_lettering_measure(drawing->lettering, text, styles[i]);
            if (at > y)
                at += theme->sizes.legend_text * 0.15;
            if (!is_dry) {
                sg_lettering_draw(drawing->lettering, drawing->cairo, text, styles[i], x, at);
                sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, at, width, size.height);
            }
            at += size.height;
        }
        sg_free(text);
    }
    return at - y;
}

static double block_title(struct sg_drawing *drawing, const char *words, double x, double y, double width,
                          bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_title, theme->colours.text);
    style.width_pt = width;
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, words, &style);
    if (!is_dry) {
        sg_lettering_draw(drawing->lettering, drawing->cairo, words, &style, x, y);
        sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, y, width, size.height);
    }
    return size.height + theme->spacing.row_gap;
}

static double visit_site_rows(struct sg_drawing *drawing, row_visit_fn *visit, double x, double y,
                              double width, bool is_dry) {
    const struct sg_taxonomy *taxonomy = drawing->map->taxonomy;
    double at = y;
    for (size_t t = 0; taxonomy != NULL && drawing->type_uses != NULL && t < taxonomy->type_count; t++) {
        if (drawing->type_uses[t] == 0)
            continue;
        const struct sg_type *type = &taxonomy->types[t];
        char *label = sg_drawing_clean(drawing, sg_type_label(type, drawing->map->language));
        struct row row = {{MARK_SYMBOL, type->colour, type->symbol, 0},
                          label == NULL ? "" : label,
                          (long long)drawing->type_uses[t]};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_free(label);
    }
    if (drawing->has_mixed_symbols) {
        struct row row = {{MARK_SYMBOL, drawing->theme.colours.text, SG_SYMBOL_RING, 0},
                          sg_word(SG_WORD_SEVERAL_TYPES, drawing->map->language),
                          -1};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    return at - y;
}

double sg_legend_sites(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    if (drawing->type_uses == NULL)
        return 0;
    double title = block_title(drawing, sg_word(SG_WORD_SITES, drawing->map->language), x, y, width, is_dry);
    double rows = visit_site_rows(drawing, draw_row, x, y + title, width, is_dry);
    return rows > 0 ? title + rows - drawing->theme.spacing.row_gap : 0;
}

double sg_legend_lines(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    double at = y;
    if (drawing->has_main_roads) {
        struct row row = {{MARK_LINE, theme->colours.street, 0, theme->lines.street_major},
                          sg_word(SG_WORD_MAIN_ROAD, drawing->map->language),
                          -1};
        at += draw_row(drawing, &row, x, at, width, is_dry);
    }
    if (drawing->has_streets) {
        struct row row = {{MARK_LINE, theme->colours.street, 0, theme->lines.street_middle},
                          sg_word(SG_WORD_STREET, drawing->map->language),
                          -1};
        at += draw_row(drawing, &row, x, at, width, is_dry);
    }
    if (drawing->map->region_count > 0) {
        struct row row = {{MARK_LINE, theme->colours.region, 0, theme->lines.region},
                          sg_word(SG_WORD_REGION, drawing->map->language),
                          -1};
        at += draw_row(drawing, &row, x, at, width, is_dry);
    }
    return at > y ? at - y - theme->spacing.row_gap : 0;
}

double sg_legend_rows_width(struct sg_drawing *drawing) {
    drawing->widest_row = 0;
    visit_class_rows(drawing, row_width, 0, 0, 0, true);
    visit_site_rows(drawing, row_width, 0, 0, 0, true);
    return drawing->widest_row;
}

void sg_append_area_value(struct sg_text *text, const struct sg_drawing *drawing, uint32_t area) {
    double value = drawing->map->areas[area].value;
    if (drawing->style.is_categorical || !isfinite(value))
        return;
    const struct sg_classification *classes = drawing->map->classification;
    double largest = fabs(value);
    for (size_t c = 0; classes != NULL && c < classes->class_count; c++) {
        if (isfinite(classes->highest[c]))
            largest = fmax(largest, fmax(fabs(classes->highest[c]), fabs(classes->lowest[c])));
    }
    int decimals = drawing->style.is_whole || value == 0 || largest >= 1000 ? 0
                   : largest >= 10                                          ? 1
                   : largest >= 1                                           ? 2
                                                                            : 3;
    sg_append_number(text, value, decimals, drawing->map->language);
}
