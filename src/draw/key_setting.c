#include "draw/key_setting.h"

#include <math.h>

#include "core/alloc.h"

double sg_key_line_height(double size_pt) {
    return size_pt * 1.28;
}

struct sg_text_style sg_key_heading_style(const struct sg_drawing *drawing, double width_pt) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_title, theme->colours.text);
    style.width_pt = width_pt;
    return style;
}

char *sg_key_heading(struct sg_drawing *drawing) {
    if (drawing->map->key_title != NULL)
        return sg_drawing_clean(drawing, drawing->map->key_title);
    char *title = sg_strdup(sg_word(SG_WORD_KEY, drawing->map->language));
    drawing->out_of_memory = drawing->out_of_memory || title == NULL;
    return title;
}

double sg_key_heading_height(struct sg_drawing *drawing, double width_pt) {
    char *title = sg_key_heading(drawing);
    struct sg_text_style style = sg_key_heading_style(drawing, width_pt);
    int lines = title == NULL ? 1 : sg_lettering_measure(drawing->lettering, title, &style).lines;
    sg_free(title);
    return fmax(lines, 1) * style.size_pt * 1.25 + drawing->theme.spacing.row_gap;
}

/* What a key row needs at its sides: the number before, the value after. */
double sg_key_number_width(double size_pt) {
    return size_pt * 2.1;
}

static double value_width(const struct sg_drawing *drawing, double size_pt, bool has_values) {
    return has_values ? size_pt * (drawing->key_value_em + 0.6) : size_pt * 0.2;
}

static double column_width(const struct sg_key_setting *setting) {
    return setting->usual * setting->size_pt + sg_key_number_width(setting->size_pt)
           + value_width(setting->drawing, setting->size_pt, setting->has_values);
}

struct sg_text_style sg_key_name_style(const struct sg_drawing *drawing, double size_pt, double row_width,
                                       bool has_values) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style = sg_style_of(size_pt, theme->weights.legend_text, theme->colours.text);
    style.width_pt = row_width - sg_key_number_width(size_pt) - value_width(drawing, size_pt, has_values);
    style.leading = 1.2;
    return style;
}

/* The height of a row: most names keep to one line, and then need no measuring; the others are measured once
   for a size and a width. */
static double row_height(struct sg_key_setting *setting, size_t row, double width) {
    struct sg_drawing *drawing = setting->drawing;
    struct sg_text_style style = sg_key_name_style(drawing, setting->size_pt, width, setting->has_values);
    if (setting->widths[row] * setting->size_pt < style.width_pt - 0.1)
        return sg_key_line_height(setting->size_pt);
    struct sg_row_height *known = &setting->heights[row];
    if (known->size_pt != setting->size_pt || known->width_pt != style.width_pt) {
        char *name = sg_drawing_clean(drawing, drawing->map->areas[setting->areas[row]].name);
        struct sg_text_size size = sg_lettering_measure(drawing->lettering, name == NULL ? "" : name, &style);
        sg_free(name);
        *known = (struct sg_row_height){
            setting->size_pt, style.width_pt,
            fmax(sg_key_line_height(setting->size_pt), size.height + 0.14 * setting->size_pt)};
    }
    return known->height_pt;
}

/* Fills one column from the top. */
static void fill_column(struct sg_key_setting *setting, double x, double y, double width, double height) {
    double used = 0;
    while (setting->placed < setting->count) {
        double row = row_height(setting, setting->placed, width);
        if (used + row > height + 0.01)
            return;
        setting->drawing->key[setting->placed] =
            (struct sg_key_row){setting->areas[setting->placed], x, y + used, width, row};
        setting->placed++;
        used += row;
    }
}

/* Fills a room of the legend; the first one begins with the heading. */
static void fill_room(struct sg_key_setting *setting, const struct sg_rectangle *room) {
    double gap = setting->drawing->theme.spacing.gap, wanted = column_width(setting);
    bool is_first = setting->placed == 0;
    double top = is_first ? sg_key_heading_height(setting->drawing, room->width) : 0;
    int columns = (int)floor((room->width + gap + 0.01) / (wanted + gap));
    columns = columns < 1 ? 1 : columns;
    double width = (room->width - gap * (columns - 1)) / columns;
    if (is_first)
        setting->legend->key_heading = *room;
    for (int c = 0; c < columns; c++)
        fill_column(setting, room->x + c * (width + gap), room->y + top, width, room->height - top);
}

static void fill_columns(struct sg_key_setting *setting, const struct sg_rectangle *inside, int columns,
                         double heading) {
    double gap = setting->drawing->theme.spacing.gap, width = column_width(setting);
    for (int c = 0; c < columns; c++)
        fill_column(setting, inside->x + c * (width + gap), inside->y + heading, width,
                    inside->height - heading);
}

/* Makes the panel as low as it can be with all rows in it: columns of about the same height. */
static void level_panel(struct sg_key_setting *setting, struct sg_key_panel *panel, size_t before,
                        double heading) {
    double line = sg_key_line_height(setting->size_pt);
    bool is_at_foot = panel->inside.y > panel->rectangle.y;
    while (setting->placed == setting->count && panel->inside.height > heading + 2 * line) {
        struct sg_key_panel lower = *panel;
        lower.inside.height -= line;
        lower.rectangle.height -= line;
        if (is_at_foot) {
            lower.inside.y += line;
            lower.rectangle.y += line;
        }
        setting->placed = before;
        fill_columns(setting, &lower.inside, panel->columns, heading);
        if (setting->placed == setting->count)
            *panel = lower;
    }
    setting->placed = before;
    fill_columns(setting, &panel->inside, panel->columns, heading);
}

/* Is one panel read before another? Side by side from the left, else from the top. */
static bool is_before(const struct sg_rectangle *one, const struct sg_rectangle *other) {
    double overlap = fmin(one->y + one->height, other->y + other->height) - fmax(one->y, other->y);
    return overlap > 0.5 * fmin(one->height, other->height) ? one->x < other->x : one->y < other->y;
}

/* Will the heading come to stand in this panel, once the panels are read in order? */
static bool leads(const struct sg_key_setting *setting, const struct sg_key_panel *panel) {
    for (int p = 0; p < setting->legend->panel_count; p++) {
        if (!is_before(&panel->rectangle, &setting->found[p].rectangle))
            return false;
    }
    return setting->is_headed_by_panel;
}

/* Fills a corner of the frame, with room for the heading where the panel is the first or, if that is asked
   for, where it is going to be read first; 0 rows when there is none. */
static size_t try_panel(struct sg_key_setting *setting, size_t before, bool may_lead,
                        struct sg_key_panel *panel) {
    struct sg_drawing *drawing = setting->drawing;
    bool is_first = before == 0, in_corner = setting->in_corner && setting->legend->panel_count == 0;
    double line = sg_key_line_height(setting->size_pt), width = column_width(setting), heading = 0;
    /* Names that break take a line more, and the heading takes some of every column: look for more room until
       all are in or there is none. */
    size_t lines = setting->count - before + (is_first ? 2 : 0), held = 0;
    for (;; lines += lines / 10 + 1) {
        setting->placed = before;
        if (!sg_find_key_panel(drawing, lines, width, line, in_corner, panel))
            return 0;
        heading = is_first || (may_lead && leads(setting, panel))
                      ? sg_key_heading_height(drawing, panel->inside.width)
                      : 0;
        fill_columns(setting, &panel->inside, panel->columns, heading);
        size_t found = (size_t)(panel->inside.height / line + 0.5) * (size_t)panel->columns;
        if (setting->placed == setting->count || found <= held)
            break;
        held = found;
    }
    level_panel(setting, panel, before, heading);
    return setting->placed - before;
}

/* Fills a corner of the frame and notes its box. */
static bool fill_panel(struct sg_key_setting *setting) {
    struct sg_drawing *drawing = setting->drawing;
    struct sg_key_panel panel;
    size_t before = setting->placed;
    bool is_last = try_panel(setting, before, true, &panel) > 0 && setting->placed == setting->count;
    if (!is_last && try_panel(setting, before, false, &panel) == 0)
        return false;
    if (before == 0)
        setting->legend->key_heading = panel.inside;
    setting->found[setting->legend->panel_count] = panel;
    setting->legend->panels[setting->legend->panel_count++] = panel.rectangle;
    sg_box_list_add(&drawing->boxes, SG_BOX_PANEL, panel.rectangle.x, panel.rectangle.y,
                    panel.rectangle.width, panel.rectangle.height);
    return true;
}

static void fill_rooms(struct sg_key_setting *setting) {
    for (int r = 0; r < setting->legend->room_count; r++)
        fill_room(setting, &setting->legend->rooms[r]);
}

/* Sets the rows that come after those before: in the panels in this order and, with the legend under the map,
   in its rooms after them. */
static void fill_in_order(struct sg_key_setting *setting, const struct sg_key_panel *panels, size_t before,
                          bool is_below) {
    setting->placed = before;
    for (int p = 0; p < setting->legend->panel_count; p++) {
        bool is_first = before == 0 && p == 0;
        if (is_first)
            setting->legend->key_heading = panels[p].inside;
        fill_columns(setting, &panels[p].inside, panels[p].columns,
                     is_first ? sg_key_heading_height(setting->drawing, panels[p].inside.width) : 0);
    }
    if (is_below)
        fill_rooms(setting);
}

/* Panels are taken as they have room; the numbers run through them as they are read, unless the heading and
   broken names then need a line that is not there. */
static void fill_panels(struct sg_key_setting *setting, bool is_below) {
    struct sg_legend *legend = setting->legend;
    struct sg_key_panel sorted[SG_LEGEND_MOST_PANELS] = {0};
    size_t before = setting->placed;
    setting->is_headed_by_panel = before == 0;
    while (setting->placed < setting->count && legend->panel_count < setting->panels && fill_panel(setting)) {
    }
    for (int p = 0; p < legend->panel_count; p++) {
        int at = p;
        for (; at > 0 && is_before(&setting->found[p].rectangle, &sorted[at - 1].rectangle); at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = setting->found[p];
    }
    fill_in_order(setting, sorted, before, is_below);
    size_t placed = setting->placed;
    if (placed < setting->count)
        fill_in_order(setting, setting->found, before, is_below);
    if (setting->placed <= placed && placed < setting->count)
        fill_in_order(setting, sorted, before, is_below);
}

bool sg_key_try_setting(struct sg_key_setting *setting) {
    setting->placed = 0;
    setting->legend->panel_count = 0;
    fill_rooms(setting);
    if (setting->panels > 0 && setting->placed < setting->count) {
        bool is_below = setting->legend->column_count > 1;
        if (is_below)
            setting->placed = 0;
        fill_panels(setting, is_below);
    }
    return setting->placed == setting->count;
}
