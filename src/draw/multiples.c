#include "draw/multiples.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/map_geometry.h"

static struct sg_text_style title_style(const struct sg_drawing *drawing, double width) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_title, theme->colours.text);
    style.width_pt = width;
    style.leading = 1.15;
    return style;
}

/* The tallest title when all are wrapped to this width. */
static double tallest_title(struct sg_drawing *drawing, double width) {
    struct sg_text_style style = title_style(drawing, width);
    double tallest = 0;
    for (size_t p = 0; p < drawing->map->panel_count; p++) {
        char *title = sg_drawing_clean(drawing, drawing->map->panels[p].title);
        tallest = fmax(tallest,
                       sg_lettering_measure(drawing->lettering, title == NULL ? "" : title, &style).height);
        sg_free(title);
    }
    return tallest + 0.3 * style.size_pt;
}

/* Width over height of what is to be drawn, as it will be turned. */
static double aspect_of(const struct sg_drawing *drawing) {
    const double pi = 3.14159265358979323846;
    double turn = isnan(drawing->map->rotate_deg) ? 0 : drawing->map->rotate_deg * pi / 180;
    double c = cos(turn), s = sin(turn);
    struct sg_box box = sg_box_empty();
    for (uint32_t i = 0; i < drawing->topology.point_count; i++) {
        struct sg_point point = drawing->topology.points[i];
        sg_box_add(&box, (struct sg_point){point.x * c - point.y * s, point.x * s + point.y * c});
    }
    double height = box.max_y - box.min_y;
    return height > 0 ? (box.max_x - box.min_x) / height : 1;
}

/* The grid whose maps come out largest. */
static struct sg_panel_grid best_grid(struct sg_drawing *drawing, const struct sg_rectangle *frame) {
    struct sg_panel_grid best = {0};
    double aspect = aspect_of(drawing), best_width = -1, gap = drawing->theme.spacing.gap * 0.8;
    double inset = 2 * drawing->theme.spacing.frame_inset * 0.3;
    const struct sg_map *map = drawing->map;
    int count = (int)(map->panel_slots > map->panel_count ? map->panel_slots : map->panel_count);
    for (int columns = 1; columns <= count; columns++) {
        int rows = (count + columns - 1) / columns;
        struct sg_panel_grid grid = {.columns = columns, .rows = rows, .gap = gap};
        grid.width = (frame->width - (columns - 1) * gap) / columns;
        if (grid.width < drawing->theme.spacing.panel_least / 3)
            break;
        grid.title_height = tallest_title(drawing, grid.width);
        grid.height = (frame->height - (rows - 1) * gap) / rows - grid.title_height;
        double drawn = fmin(grid.width - inset, (grid.height - inset) * aspect);
        if (drawn > best_width * 1.0001) {
            best_width = drawn;
            best = grid;
        }
    }
    return best;
}

enum sg_status sg_place_panels(struct sg_drawing *drawing, const struct sg_rectangle *frame) {
    struct sg_panel_grid grid = best_grid(drawing, frame);
    const double least_pt = 24;
    if (grid.columns == 0 || grid.width < least_pt || grid.height < least_pt)
        return sg_fail(drawing->context, SG_DRAWING, "choose larger paper, or map fewer fields at once",
                       "%zu small maps find no room on this page", drawing->map->panel_count);
    drawing->grid = grid;
    drawing->theme.spacing.frame_inset *= 0.3; /* the gaps part the maps already */
    drawing->theme.lines.region *= 0.5;        /* small maps have thin lines */
    drawing->theme.lines.outer_border *= 0.6;
    struct sg_rectangle first = {frame->x, frame->y + grid.title_height, grid.width, grid.height};
    return sg_map_geometry_place(drawing, &first);
}

static void draw_title(struct sg_drawing *drawing, const struct sg_map_panel *panel, double x, double y) {
    const struct sg_panel_grid *grid = &drawing->grid;
    struct sg_text_style style = title_style(drawing, grid->width);
    char *title = sg_drawing_clean(drawing, panel->title);
    double height = sg_lettering_measure(drawing->lettering, title == NULL ? "" : title, &style).height;
    double top = y + grid->title_height - 0.3 * style.size_pt - height; /* down on its map */
    sg_lettering_draw(drawing->lettering, drawing->cairo, title == NULL ? "" : title, &style, x, top);
    sg_box_list_add(&drawing->boxes, SG_BOX_LABEL, x, top, grid->width, height);
    sg_free(title);
}

enum sg_status sg_draw_panels(struct sg_drawing *drawing,
                              enum sg_status (*draw)(struct sg_drawing *drawing)) {
    const struct sg_panel_grid *grid = &drawing->grid;
    const struct sg_rectangle *first = &drawing->frame.rectangle;
    int *classes = drawing->style.classes;
    enum sg_status status = SG_OK;
    for (size_t p = 0; p < drawing->map->panel_count && status == SG_OK; p++) {
        double dx = (double)(p % (size_t)grid->columns) * (grid->width + grid->gap);
        double dy = (double)(p / (size_t)grid->columns) * (grid->height + grid->title_height + grid->gap);
        draw_title(drawing, &drawing->map->panels[p], first->x + dx, first->y - grid->title_height + dy);
        drawing->style.classes = classes + p * drawing->map->area_count;
        cairo_save(drawing->cairo);
        cairo_translate(drawing->cairo, dx, dy);
        status = draw(drawing);
        cairo_restore(drawing->cairo);
    }
    drawing->style.classes = classes;
    return status;
}

void sg_multiples_describe(const struct sg_drawing *drawing, struct sg_text *text) {
    for (size_t p = 0; p < drawing->map->panel_count; p++) {
        char *title = sg_text_clean(drawing->map->panels[p].title, false);
        text->failed = text->failed || title == NULL;
        sg_text_append_format(text, "%s%s", p == 0 ? " " : "; ", title == NULL ? "" : title);
        sg_free(title);
    }
}
