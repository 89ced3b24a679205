#include "draw/legend_rows.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/bivariate.h"
#include "draw/kind_drawing.h"
#include "draw/number_form.h"

/* Over a series of maps a count of areas would mean little. */
static long long shown_count(const struct sg_drawing *drawing, size_t count) {
    return drawing->map->kind == SG_MAP_MULTIPLES ? -1 : (long long)count;
}

/* Calls visit for every class, zero and no-data row from the top. */
static double visit_category_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                                  double width, bool is_dry) {
    double at = y;
    for (size_t i = 0; i < drawing->style.category_count; i++) {
        const struct sg_category *category = &drawing->style.categories[i];
        struct sg_legend_row row = {
            {SG_MARK_FILL, category->colour, 0, 0, NULL}, category->name, (long long)category->count};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    return at - y;
}

static double visit_value_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                               double width, bool is_dry) {
    const struct sg_classification *classes = drawing->map->classification;
    double at = y;
    size_t count = classes == NULL ? 0 : classes->class_count;
    for (size_t row_index = 0; row_index < count; row_index++) {
        size_t i = drawing->style.worst_is_lowest ? row_index : count - 1 - row_index;
        if (!sg_class_is_shown(classes, i))
            continue;
        struct sg_text text;
        sg_text_init(&text);
        sg_append_class_range(&text, classes, i, drawing->style.is_whole, drawing->map->value_unit,
                              drawing->map->language);
        struct sg_legend_row row = {{SG_MARK_FILL, drawing->style.palette.colours[i], 0, 0, NULL},
                                    sg_text_bytes(&text),
                                    shown_count(drawing, classes->counts[i])};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_drawing_release_text(drawing, &text);
    }
    return at - y;
}

static double visit_class_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                               double width, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    double at = y;
    sg_kind_rows_fn *rows = sg_kind_drawing(drawing)->rows;
    if (rows == NULL)
        rows = drawing->style.is_categorical ? visit_category_rows : visit_value_rows;
    at += rows(drawing, visit, x, at, width, is_dry);
    if (drawing->style.zero_count > 0) {
        char *label =
            sg_drawing_clean(drawing, drawing->map->zero_label != NULL ? drawing->map->zero_label : "0");
        struct sg_legend_row row = {{SG_MARK_FILL, theme->colours.zero, 0, 0, NULL},
                                    label == NULL ? "0" : label,
                                    shown_count(drawing, drawing->style.zero_count)};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_free(label);
    }
    if (drawing->style.missing_count > 0) {
        bool is_of_regions = drawing->map->kind == SG_MAP_REGIONS;
        struct sg_legend_row row = {
            {SG_MARK_HATCH, theme->colours.no_data, 0, 0, NULL},
            sg_word(is_of_regions ? SG_WORD_NO_REGION : SG_WORD_NO_DATA, drawing->map->language),
            shown_count(drawing, drawing->style.missing_count)};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    return at - y;
}

double sg_legend_classes(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    double height = visit_class_rows(drawing, sg_legend_row_draw, x, y, width, is_dry);
    return height > 0 ? height - drawing->theme.spacing.row_gap : 0;
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
                sg_box_list_set_type(&drawing->boxes, styles[i]->size_pt);
            }
            at += size.height;
        }
        sg_free(text);
    }
    return at - y;
}

static double visit_site_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                              double width, bool is_dry) {
    const struct sg_taxonomy *taxonomy = drawing->map->taxonomy;
    double at = y;
    for (size_t t = 0; taxonomy != NULL && drawing->type_uses != NULL && t < taxonomy->type_count; t++) {
        if (drawing->type_uses[t] == 0)
            continue;
        const struct sg_type *type = &taxonomy->types[t];
        char *label = sg_drawing_clean(drawing, sg_type_label(type, drawing->map->language));
        struct sg_legend_row row = {{SG_MARK_SYMBOL, type->colour, type->symbol, 0, NULL},
                                    label == NULL ? "" : label,
                                    (long long)drawing->type_uses[t]};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_free(label);
    }
    if (drawing->has_mixed_symbols) {
        struct sg_legend_row row = {{SG_MARK_SYMBOL, drawing->theme.colours.text, SG_SYMBOL_RING, 0, NULL},
                                    sg_word(SG_WORD_SEVERAL_TYPES, drawing->map->language),
                                    -1};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    return at - y;
}

double sg_legend_sites(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    if (drawing->type_uses == NULL)
        return 0;
    double title =
        sg_legend_block_title(drawing, sg_word(SG_WORD_SITES, drawing->map->language), x, y, width, is_dry);
    double rows = visit_site_rows(drawing, sg_legend_row_draw, x, y + title, width, is_dry);
    return rows > 0 ? title + rows - drawing->theme.spacing.row_gap : 0;
}

double sg_legend_lines(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    double at = y;
    if (drawing->has_main_roads) {
        struct sg_legend_row row = {{SG_MARK_LINE, theme->colours.street, 0, theme->lines.street_major, NULL},
                                    sg_word(SG_WORD_MAIN_ROAD, drawing->map->language),
                                    -1};
        at += sg_legend_row_draw(drawing, &row, x, at, width, is_dry);
    }
    if (drawing->has_streets) {
        struct sg_legend_row row = {
            {SG_MARK_LINE, theme->colours.street, 0, theme->lines.street_middle, NULL},
            sg_word(SG_WORD_STREET, drawing->map->language),
            -1};
        at += sg_legend_row_draw(drawing, &row, x, at, width, is_dry);
    }
    if (drawing->map->region_count > 0 && drawing->map->kind != SG_MAP_REGIONS) {
        struct sg_legend_row row = {{SG_MARK_LINE, theme->colours.region, 0, theme->lines.region, NULL},
                                    sg_word(SG_WORD_REGION, drawing->map->language),
                                    -1};
        at += sg_legend_row_draw(drawing, &row, x, at, width, is_dry);
    }
    return at > y ? at - y - theme->spacing.row_gap : 0;
}

double sg_legend_rows_width(struct sg_drawing *drawing) {
    drawing->widest_row = 0;
    visit_class_rows(drawing, sg_legend_row_widen, 0, 0, 0, true);
    visit_site_rows(drawing, sg_legend_row_widen, 0, 0, 0, true);
    return drawing->widest_row;
}

void sg_append_area_value(struct sg_text *text, const struct sg_drawing *drawing, uint32_t area) {
    double value = drawing->map->areas[area].value;
    if (drawing->map->kind == SG_MAP_BIVARIATE) {
        if (drawing->style.classes[area] >= 0)
            sg_text_append(text, sg_cell_name(drawing->style.classes[area]).text);
        return;
    }
    if (drawing->style.is_categorical || !isfinite(value))
        return;
    const struct sg_classification *classes = drawing->map->classification;
    double largest = fabs(value);
    for (size_t c = 0; classes != NULL && c < classes->class_count; c++) {
        if (isfinite(classes->highest[c]))
            largest = fmax(largest, fmax(fabs(classes->highest[c]), fabs(classes->lowest[c])));
    }
    struct sg_number_form form = sg_number_form_of_size(largest);
    if (form.exponent != 0) {
        form.is_even = true;
        sg_append_formed(text, value, &form, drawing->map->language);
        sg_append_power(text, &form, drawing->map->language);
        return;
    }
    bool is_whole = drawing->style.is_whole || drawing->map->counts_people || value == 0;
    int decimals = is_whole || largest >= 1000 ? 0 : largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
    sg_append_number(text, value, decimals, drawing->map->language);
}
