#include "draw/bivariate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "draw/label_room.h"
#include "draw/number_form.h"

static const double pi = 3.14159265358979323846;

/* The column or row of a class: three classes take all three, two the outer ones, one the middle. */
static int step_of(const struct sg_cell_axis *axis, int class) {
    size_t count = axis->classes->class_count;
    int step = count >= SG_CELLS_ACROSS ? class : count == 2 ? 2 * class : 1;
    return axis->falls ? SG_CELLS_ACROSS - 1 - step : step;
}

int sg_cell_of(const struct sg_cell_axis *first, double first_value, const struct sg_cell_axis *second,
               double second_value) {
    int column = sg_class_of(first->classes, first_value), row = sg_class_of(second->classes, second_value);
    if (column < 0 || row < 0)
        return SG_CLASS_MISSING;
    return SG_CELLS_ACROSS * step_of(second, row) + step_of(first, column);
}

struct sg_cell_name sg_cell_name(int cell) {
    struct sg_cell_name name;
    name.text[0] = (char)('A' + cell % SG_CELLS_ACROSS);
    name.text[1] = (char)('1' + cell / SG_CELLS_ACROSS);
    name.text[2] = '\0';
    return name;
}

enum sg_status sg_bivariate_style(struct sg_context *context, const struct sg_map *map,
                                  const struct sg_theme *theme, const struct sg_scheme *scheme,
                                  struct sg_map_style *style) {
    (void)theme;
    if (scheme->kind != SG_SCHEME_BIVARIATE)
        return sg_fail(context, SG_BAD_STYLE, "NeedGap is one",
                       "'%s' has no colours for two variables at once", scheme->name);
    enum sg_status status =
        sg_scheme_palette(context, scheme, SG_CELL_COUNT, map->reverse_scheme, &style->palette);
    if (status != SG_OK)
        return status;
    style->is_whole = true;
    struct sg_cell_axis first = {map->classification, map->axis_falls[0]},
                        second = {map->second_classification, map->axis_falls[1]};
    for (size_t i = 0; i < map->area_count; i++) {
        int cell = map->classification == NULL || map->second_classification == NULL
                       ? SG_CLASS_MISSING
                       : sg_cell_of(&first, map->areas[i].value, &second, map->second_values[i]);
        style->classes[i] = cell;
        if (cell == SG_CLASS_MISSING)
            style->missing_count++;
        else
            style->cell_counts[cell]++;
    }
    return SG_OK;
}

/* ---- legend ---- */

/* What stands around the square: numbers at its left and foot, the variables' names beyond. */
struct square {
    double cell;
    double numbers_width;  /* of the second variable's limits */
    double numbers_height; /* of the first one's */
    struct sg_text_style names, numbers;
    char *first_name, *second_name; /* cleaned, with an arrow; owned */
    struct sg_text_size first_size, second_size;
};

static void limit_text(struct sg_text *text, const struct sg_drawing *drawing,
                       const struct sg_classification *classes, size_t i) {
    struct sg_number_form form = sg_number_form_of_classes(classes);
    sg_append_formed(text, classes->label_breaks[i], &form, drawing->map->language);
    sg_append_power(text, &form, drawing->map->language);
}

static double widest_limit(struct sg_drawing *drawing, const struct sg_classification *classes,
                           const struct sg_text_style *style) {
    double widest = 0;
    for (size_t i = 0; i + 1 < classes->class_count; i++) {
        struct sg_text text;
        sg_text_init(&text);
        limit_text(&text, drawing, classes, i);
        widest = fmax(widest, sg_lettering_measure(drawing->lettering, sg_text_bytes(&text), style).width);
        sg_drawing_release_text(drawing, &text);
    }
    return widest;
}

/* "Share with a service in reach (% of residents)" */
static char *title_and_unit(struct sg_drawing *drawing, int axis) {
    const char *title = drawing->map->axis_titles[axis], *unit = drawing->map->axis_units[axis];
    if (unit == NULL || unit[0] == '\0' || title == NULL)
        return sg_drawing_clean(drawing, title);
    /* of "0 to 100, higher is worse" the arrow says the rest; "0 = enough, 1 = nothing" is one thing */
    size_t length = strchr(unit, '=') != NULL ? strlen(unit) : strcspn(unit, ",;");
    char *both = sg_format("%s (%.*s)", title, (int)length, unit);
    char *clean = both == NULL ? NULL : sg_drawing_clean(drawing, both);
    drawing->out_of_memory = drawing->out_of_memory || both == NULL;
    sg_free(both);
    return clean;
}

/* "People in need →", "Share with a service in reach (% of residents), lower →": towards the worst. */
static char *axis_name(struct sg_drawing *drawing, int axis) {
    char *clean = title_and_unit(drawing, axis);
    const char *towards =
        drawing->map->axis_falls[axis] ? sg_word(SG_WORD_LOWER, drawing->map->language) : "";
    char *name = clean == NULL ? NULL : sg_format("%s%s\u00a0→", clean, towards);
    drawing->out_of_memory = drawing->out_of_memory || name == NULL;
    sg_free(clean);
    return name;
}

static void square_init(struct sg_drawing *drawing, double width, struct square *square) {
    const struct sg_theme *theme = &drawing->theme;
    *square = (struct square){0};
    square->names = sg_style_of(theme->sizes.legend_text, theme->weights.legend_title, theme->colours.text);
    square->numbers =
        sg_style_of(theme->sizes.histogram, theme->weights.legend_text, theme->colours.quiet_text);
    square->numbers.is_tabular = true;
    square->numbers_width = widest_limit(drawing, drawing->map->second_classification, &square->numbers)
                            + 0.5 * theme->sizes.histogram;
    square->numbers_height = 1.5 * theme->sizes.histogram;
    square->first_name = axis_name(drawing, 0);
    square->second_name = axis_name(drawing, 1);
    double name_height = 1.4 * theme->sizes.legend_text;
    square->cell = theme->spacing.cell;
    if (width > 0)
        square->cell =
            fmin(square->cell, (width - square->numbers_width - 2 * name_height) / SG_CELLS_ACROSS);
    square->names.width_pt = SG_CELLS_ACROSS * square->cell;
    square->second_size = sg_lettering_measure(
        drawing->lettering, square->second_name == NULL ? "" : square->second_name, &square->names);
    double left = square->second_size.height + 0.3 * theme->sizes.legend_text + square->numbers_width;
    square->names.width_pt = fmax(square->names.width_pt, width - left);
    square->first_size = sg_lettering_measure(
        drawing->lettering, square->first_name == NULL ? "" : square->first_name, &square->names);
}

static void square_release(struct square *square) {
    sg_free(square->first_name);
    sg_free(square->second_name);
}

/* One cell: its colour, name and count. */
static void draw_cell(struct sg_drawing *drawing, const struct square *square, int cell, double x, double y) {
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    struct sg_colour fill = drawing->style.palette.colours[cell];
    cairo_rectangle(cairo, x, y, square->cell, square->cell);
    sg_set_colour(cairo, fill);
    cairo_fill_preserve(cairo);
    sg_set_colour(cairo, theme->colours.paper);
    cairo_set_line_width(cairo, 2 * theme->lines.swatch);
    cairo_stroke(cairo);
    struct sg_text_style style =
        sg_style_of(theme->sizes.histogram, theme->weights.legend_title, sg_text_on(fill, theme));
    style.align = SG_ALIGN_CENTRE;
    struct sg_cell_name name = sg_cell_name(cell);
    double line = 1.2 * style.size_pt, top = y + square->cell / 2 - line;
    sg_lettering_draw(drawing->lettering, cairo, name.text, &style, x + square->cell / 2, top);
    struct sg_text count;
    sg_text_init(&count);
    sg_append_number(&count, (double)drawing->style.cell_counts[cell], 0, drawing->map->language);
    style.weight = theme->weights.legend_text;
    sg_lettering_draw(drawing->lettering, cairo, sg_text_bytes(&count), &style, x + square->cell / 2,
                      top + line);
    sg_drawing_release_text(drawing, &count);
}

/* A limit under the square: centred where the cells meet, or moved outwards where two long numbers would
 * touch. */
static void draw_across_limit(struct sg_drawing *drawing, const struct square *square, const char *text,
                              size_t i, double left, double y) {
    struct sg_text_style style = square->numbers;
    double gap = 0.5 * style.size_pt, middle = left + 1.5 * square->cell;
    double width = sg_lettering_measure(drawing->lettering, text, &style).width;
    double x = left + (double)(i + 1) * square->cell - width / 2;
    x = i == 0 ? fmin(x, middle - gap / 2 - width) : fmax(x, middle + gap / 2);
    sg_lettering_draw(drawing->lettering, drawing->cairo, text, &style, x, y);
}

/* The limits between the classes. */
static void draw_limits(struct sg_drawing *drawing, const struct square *square, double left, double top) {
    const struct sg_map *map = drawing->map;
    double side = SG_CELLS_ACROSS * square->cell, size = square->numbers.size_pt;
    struct sg_text_style upwards = square->numbers;
    upwards.align = SG_ALIGN_RIGHT;
    for (int axis = 0; axis < 2; axis++) {
        const struct sg_classification *classes =
            axis == 0 ? map->classification : map->second_classification;
        for (size_t i = 0; classes->class_count >= SG_CELLS_ACROSS && i + 1 < classes->class_count; i++) {
            struct sg_text text;
            sg_text_init(&text);
            limit_text(&text, drawing, classes, map->axis_falls[axis] ? classes->class_count - 2 - i : i);
            if (axis == 0)
                draw_across_limit(drawing, square, sg_text_bytes(&text), i, left, top + side + 0.2 * size);
            else
                sg_lettering_draw(drawing->lettering, drawing->cairo, sg_text_bytes(&text), &upwards,
                                  left - 0.4 * size,
                                  top + side - (double)(i + 1) * square->cell - 0.65 * size);
            sg_drawing_release_text(drawing, &text);
        }
    }
}

static void draw_square(struct sg_drawing *drawing, const struct square *square, double x, double y) {
    double name_height = square->second_size.height + 0.3 * square->names.size_pt;
    double left = x + name_height + square->numbers_width;
    double side = SG_CELLS_ACROSS * square->cell;
    for (int cell = 0; cell < SG_CELL_COUNT; cell++)
        draw_cell(drawing, square, cell, left + cell % SG_CELLS_ACROSS * square->cell,
                  y + (SG_CELLS_ACROSS - 1 - cell / SG_CELLS_ACROSS) * square->cell);
    draw_limits(drawing, square, left, y);
    sg_lettering_draw(drawing->lettering, drawing->cairo,
                      square->first_name == NULL ? "" : square->first_name, &square->names, left,
                      y + side + square->numbers_height);
    struct sg_text_style upwards = square->names;
    upwards.width_pt = side;
    cairo_save(drawing->cairo);
    cairo_translate(drawing->cairo, x, y + side);
    cairo_rotate(drawing->cairo, -pi / 2);
    sg_lettering_draw(drawing->lettering, drawing->cairo,
                      square->second_name == NULL ? "" : square->second_name, &upwards, 0, 0);
    cairo_restore(drawing->cairo);
}

double sg_bivariate_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                         double width, bool is_dry) {
    const struct sg_map *map = drawing->map;
    if (map->classification == NULL || map->second_classification == NULL)
        return 0;
    bool is_drawn = visit == sg_legend_row_draw;
    struct square square;
    square_init(drawing, is_drawn ? width : 0, &square);
    double side = SG_CELLS_ACROSS * square.cell;
    double height = side + square.numbers_height + square.first_size.height;
    if (is_drawn && !is_dry) {
        draw_square(drawing, &square, x, y);
        sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, y, width, height);
    }
    if (!is_drawn)
        drawing->widest_row =
            fmax(drawing->widest_row,
                 side + square.numbers_width + square.second_size.height + 0.3 * square.names.size_pt);
    square_release(&square);
    return is_drawn ? height + 2 * drawing->theme.spacing.row_gap : 0;
}

void sg_bivariate_describe(const struct sg_drawing *drawing, struct sg_text *text) {
    for (int cell = 0; cell < SG_CELL_COUNT; cell++)
        sg_text_append_format(text, "%s%s: %zu", cell == 0 ? " " : "; ", sg_cell_name(cell).text,
                              drawing->style.cell_counts[cell]);
}

/* ---- on the map ---- */

void sg_draw_cell_names(struct sg_drawing *drawing) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_label_room room = {0};
    for (uint32_t area = 0; area < drawing->topology.area_count; area++) {
        int cell = drawing->style.classes[area];
        if (cell < 0 || drawing->topology.area_rings[area] == drawing->topology.area_rings[area + 1])
            continue;
        if (!sg_label_room_load(&room, &drawing->topology, area)) {
            drawing->out_of_memory = true;
            break;
        }
        room.pole = sg_label_room_pole(&room);
        struct sg_colour fill = drawing->style.palette.colours[cell];
        struct sg_text_style style =
            sg_style_of(theme->sizes.label_least, theme->weights.legend_title, sg_text_on(fill, theme));
        style.align = SG_ALIGN_CENTRE;
        if (drawing->map->line_count > 0) {
            style.halo_pt = theme->lines.label_halo;
            style.halo = fill;
        }
        struct sg_cell_name name = sg_cell_name(cell);
        struct sg_text_size size = sg_lettering_measure(drawing->lettering, name.text, &style);
        double width = size.width + 0.3 * style.size_pt, height = 0.95 * style.size_pt, x, y;
        if (!sg_label_room_find(&room, &drawing->boxes, width, height, &x, &y))
            continue;
        sg_lettering_draw(drawing->lettering, drawing->cairo, name.text, &style, x + width / 2,
                          y + (height - size.height) / 2);
        sg_box_list_add(&drawing->boxes, SG_BOX_LABEL, x, y, width, height);
    }
    sg_label_room_release(&room);
}
