#include "draw/legend_key.h"

#include <math.h>
#include <stdio.h>

#include "core/alloc.h"
#include "draw/legend_rows.h"

enum { FEWEST_LINES = 3 };

static double line_height(const struct sg_drawing *drawing) {
    return drawing->theme.sizes.key * 1.34;
}

static double heading_height(const struct sg_drawing *drawing) {
    return drawing->theme.sizes.legend_text * 1.25 + drawing->theme.spacing.row_gap;
}

double sg_legend_key_width(const struct sg_drawing *drawing, int columns) {
    return columns * drawing->theme.sizes.key * 15 + (columns - 1) * drawing->theme.spacing.gap;
}

static int columns_in(const struct sg_drawing *drawing, double width) {
    int columns = 1;
    while (columns < SG_LEGEND_MOST_COLUMNS && sg_legend_key_width(drawing, columns + 1) <= width + 0.01)
        columns++;
    return columns;
}

static void add_slots(struct sg_drawing *drawing, struct sg_legend *legend, double x, double y,
                      double width) {
    double height = legend->key_bottom - y - heading_height(drawing);
    if (height < FEWEST_LINES * line_height(drawing))
        return;
    int columns = columns_in(drawing, width);
    double between = drawing->theme.spacing.gap;
    double slot = (width - between * (columns - 1)) / columns;
    for (int c = 0; c < columns && legend->slot_count < SG_LEGEND_MOST_SLOTS; c++)
        legend->slots[legend->slot_count++] =
            (struct sg_rectangle){x + c * (slot + between), y + heading_height(drawing), slot, height};
}

void sg_legend_key_plan(struct sg_drawing *drawing, struct sg_legend *legend) {
    double pitch = legend->column_width + 2 * drawing->theme.spacing.gap;
    legend->slot_count = 0;
    for (int c = legend->key_column; c < legend->column_count; c++)
        add_slots(drawing, legend, legend->rectangle.x + c * pitch,
                  c == legend->key_column ? legend->key_top : legend->rectangle.y, legend->column_width);
    legend->slot = 0;
    legend->slot_used = 0;
}

/* What a key row needs at its sides: the number before, the value after. */
static double number_width(const struct sg_drawing *drawing) {
    return drawing->theme.sizes.key * 2.1;
}

static double value_width(const struct sg_drawing *drawing) {
    return drawing->style.is_categorical ? 0 : drawing->theme.sizes.key * 3.0;
}

static struct sg_text_style name_style(const struct sg_drawing *drawing, double slot_width) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.key, theme->weights.legend_text, theme->colours.text);
    style.width_pt = slot_width - number_width(drawing) - value_width(drawing);
    style.leading = 1.2;
    return style;
}

bool sg_legend_key_add(struct sg_drawing *drawing, struct sg_legend *legend, uint32_t area) {
    if (legend->slot >= legend->slot_count)
        return false;
    struct sg_text_style style = name_style(drawing, legend->slots[legend->slot].width);
    char *name = sg_drawing_clean(drawing, drawing->map->areas[area].name);
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, name == NULL ? "" : name, &style);
    sg_free(name);
    double height = fmax(line_height(drawing), size.height + 0.14 * style.size_pt);
    if (legend->slot_used + height > legend->slots[legend->slot].height + 0.01) {
        legend->slot++;
        legend->slot_used = 0;
        if (legend->slot >= legend->slot_count || height > legend->slots[legend->slot].height)
            return false;
    }
    if (!sg_reserve(&drawing->key, &drawing->key_capacity, drawing->key_count + 1, sizeof *drawing->key)) {
        drawing->out_of_memory = true;
        return false;
    }
    const struct sg_rectangle *slot = &legend->slots[legend->slot];
    drawing->key[drawing->key_count++] =
        (struct sg_key_row){area, slot->x, slot->y + legend->slot_used, slot->width, height};
    legend->slot_used += height;
    return true;
}

static void draw_row(struct sg_drawing *drawing, size_t index) {
    const struct sg_key_row *row = &drawing->key[index];
    struct sg_text_style style = name_style(drawing, row->width), side = style;
    side.width_pt = 0;
    side.is_tabular = true;
    side.align = SG_ALIGN_RIGHT;
    side.colour = drawing->theme.colours.quiet_text;
    char number[24];
    snprintf(number, sizeof number, "%zu", index + 1);
    sg_lettering_draw(drawing->lettering, drawing->cairo, number, &side, row->x + number_width(drawing) * 0.7,
                      row->y);
    char *name = sg_drawing_clean(drawing, drawing->map->areas[row->area].name);
    if (name != NULL)
        sg_lettering_draw(drawing->lettering, drawing->cairo, name, &style, row->x + number_width(drawing),
                          row->y);
    sg_free(name);
    struct sg_text value;
    sg_text_init(&value);
    sg_append_area_value(&value, drawing, row->area);
    sg_lettering_draw(drawing->lettering, drawing->cairo, sg_text_bytes(&value), &side, row->x + row->width,
                      row->y);
    sg_drawing_release_text(drawing, &value);
    sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, row->x, row->y, row->width, row->height);
}

void sg_legend_key_draw(struct sg_drawing *drawing, const struct sg_legend *legend) {
    if (drawing->key_count == 0)
        return;
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_title, theme->colours.text);
    char *given = drawing->map->key_title == NULL ? NULL : sg_drawing_clean(drawing, drawing->map->key_title);
    const char *title = given != NULL ? given : sg_word(SG_WORD_KEY, drawing->map->language);
    const struct sg_rectangle *first = &legend->slots[0];
    double y = first->y - heading_height(drawing);
    sg_lettering_draw(drawing->lettering, drawing->cairo, title, &style, first->x, y);
    sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, first->x, y, first->width,
                    theme->sizes.legend_text * 1.2);
    for (size_t i = 0; i < drawing->key_count; i++)
        draw_row(drawing, i);
    sg_free(given);
}
