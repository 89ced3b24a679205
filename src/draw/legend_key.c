#include "draw/legend_key.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/key_setting.h"
#include "draw/legend_rows.h"
#include "draw/overlay.h"

enum { FEWEST_LINES = 3 };

double sg_legend_key_width(const struct sg_drawing *drawing, int columns) {
    return columns * drawing->theme.sizes.key * 15 + (columns - 1) * drawing->theme.spacing.gap;
}

void sg_legend_key_plan(struct sg_drawing *drawing, struct sg_legend *legend) {
    double pitch = legend->column_width + 2 * drawing->theme.spacing.gap;
    legend->room_count = 0;
    for (int c = legend->key_column; c < legend->column_count; c++) {
        double y = c == legend->key_column ? legend->key_top : legend->rectangle.y;
        struct sg_rectangle room = {legend->rectangle.x + c * pitch, y, legend->column_width,
                                    legend->key_bottom - y};
        if (room.height >= sg_key_heading_height(drawing, room.width)
                               + FEWEST_LINES * sg_key_line_height(drawing->theme.sizes.key))
            legend->rooms[legend->room_count++] = room;
    }
}

static bool same_colour(struct sg_colour a, struct sg_colour b) {
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* Does the ground under a panel change, as at a coast? */
static bool has_mixed_ground(const struct sg_drawing *drawing, const struct sg_rectangle *panel) {
    enum { ACROSS = 9, DOWN = 5 };
    struct sg_colour ground = {0};
    for (int i = 0; i < ACROSS * DOWN; i++) {
        struct sg_point point = {panel->x + panel->width * (i % ACROSS + 0.5) / ACROSS,
                                 panel->y + panel->height * (i / ACROSS + 0.5) / DOWN};
        struct sg_colour here = sg_ground_at(drawing, point);
        if (i > 0 && !same_colour(here, ground))
            return true;
        ground = here;
    }
    return false;
}

static bool holds(const struct sg_rectangle *rectangle, struct sg_point point) {
    return point.x > rectangle->x && point.x < rectangle->x + rectangle->width && point.y > rectangle->y
           && point.y < rectangle->y + rectangle->height;
}

/* Where the ground changes along a row on the map, its type is set off from the edge. */
static void set_off(const struct sg_drawing *drawing, const struct sg_key_row *row,
                    const struct sg_legend *legend, struct sg_text_style *style) {
    struct sg_rectangle line = {row->x, row->y, row->width, row->height};
    struct sg_point middle = {row->x + row->width / 2, row->y + row->height / 2};
    for (int p = 0; p < legend->panel_count; p++) {
        if (legend->is_cleared[p] && holds(&legend->panels[p], middle))
            return;
    }
    if (drawing->map->context_shape_count == 0 || !holds(&drawing->frame.rectangle, middle)
        || !has_mixed_ground(drawing, &line))
        return;
    style->halo_pt = drawing->theme.lines.label_halo;
    style->halo = sg_ground_at(drawing, middle);
}

static void draw_row(struct sg_drawing *drawing, const struct sg_legend *legend, size_t index) {
    const struct sg_key_row *row = &drawing->key[index];
    double size = drawing->key_size_pt;
    struct sg_text_style style = sg_key_name_style(drawing, size, row->width, drawing->key_has_values);
    set_off(drawing, row, legend, &style);
    struct sg_text_style side = style;
    side.width_pt = 0;
    side.is_tabular = true;
    side.align = SG_ALIGN_RIGHT;
    side.colour = drawing->theme.colours.quiet_text;
    char number[24];
    snprintf(number, sizeof number, "%zu", index + 1);
    sg_lettering_draw(drawing->lettering, drawing->cairo, number, &side,
                      row->x + sg_key_number_width(size) * 0.8, row->y);
    char *name = sg_drawing_clean(drawing, drawing->map->areas[row->area].name);
    if (name != NULL)
        sg_lettering_draw(drawing->lettering, drawing->cairo, name, &style,
                          row->x + sg_key_number_width(size), row->y);
    sg_free(name);
    if (drawing->key_has_values) {
        struct sg_text value;
        sg_text_init(&value);
        sg_append_area_value(&value, drawing, row->area);
        sg_lettering_draw(drawing->lettering, drawing->cairo, sg_text_bytes(&value), &side,
                          row->x + row->width, row->y);
        sg_drawing_release_text(drawing, &value);
    }
    sg_box_list_add(&drawing->boxes, SG_BOX_KEY, row->x, row->y, row->width, row->height);
    sg_box_list_set_type(&drawing->boxes, size);
}

static void draw_heading(struct sg_drawing *drawing, const struct sg_rectangle *room) {
    struct sg_text_style style = sg_key_heading_style(drawing, room->width);
    char *title = sg_key_heading(drawing);
    if (title == NULL)
        return;
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, title, &style);
    sg_lettering_draw(drawing->lettering, drawing->cairo, title, &style, room->x, room->y);
    sg_box_list_add(&drawing->boxes, SG_BOX_KEY, room->x, room->y, fmax(size.width, room->width),
                    size.height);
    sg_box_list_set_type(&drawing->boxes, style.size_pt);
    sg_free(title);
}

/* A panel is read on the ground as it is; where streets run under it, on a plain one. */
static bool clear_panel(struct sg_drawing *drawing, const struct sg_rectangle *panel) {
    struct sg_point middle = {panel->x + panel->width / 2, panel->y + panel->height / 2};
    if (!sg_lines_meet(drawing, panel))
        return false;
    cairo_rectangle(drawing->cairo, panel->x, panel->y, panel->width, panel->height);
    sg_set_colour(drawing->cairo, has_mixed_ground(drawing, panel) ? drawing->theme.colours.paper
                                                                   : sg_ground_at(drawing, middle));
    cairo_fill(drawing->cairo);
    return true;
}

void sg_legend_key_draw(struct sg_drawing *drawing, const struct sg_legend *legend) {
    if (drawing->key_count == 0)
        return;
    struct sg_legend copy = *legend;
    for (int p = 0; p < copy.panel_count; p++)
        copy.is_cleared[p] = clear_panel(drawing, &copy.panels[p]);
    draw_heading(drawing, &legend->key_heading);
    for (size_t i = 0; i < drawing->key_count; i++)
        draw_row(drawing, &copy, i);
}
