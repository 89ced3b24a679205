#include "draw/overlay.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/pole.h"
#include "draw/symbol.h"

static void clip_to_frame(struct sg_drawing *drawing) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    cairo_rectangle(drawing->cairo, frame->x, frame->y, frame->width, frame->height);
    cairo_clip(drawing->cairo);
}

/* Adds points that are at least a hair apart: a quarter of a point is not seen. */
static void thin_path(cairo_t *cairo, const struct sg_point *points, uint32_t count) {
    const double hair_pt = 0.25;
    struct sg_point last = points[0];
    cairo_move_to(cairo, last.x, last.y);
    for (uint32_t i = 1; i < count; i++) {
        if (i + 1 < count && fabs(points[i].x - last.x) < hair_pt && fabs(points[i].y - last.y) < hair_pt)
            continue;
        last = points[i];
        cairo_line_to(cairo, last.x, last.y);
    }
}

static bool has_water(const struct sg_map *map) {
    for (size_t i = 0; i < map->context_shape_count; i++) {
        if (map->context_shapes[i].is_water)
            return true;
    }
    return false;
}

struct sg_colour sg_ground_at(const struct sg_drawing *drawing, struct sg_point point) {
    const struct sg_map *map = drawing->map;
    const struct sg_theme_colours *colours = &drawing->theme.colours;
    bool is_land = has_water(map);
    for (size_t i = 0; i < map->context_shape_count; i++) {
        if (sg_shape_holds(&drawing->context_shapes[i], point)) {
            if (map->context_shapes[i].is_water)
                return colours->water;
            is_land = true;
        }
    }
    return is_land ? colours->land : colours->paper;
}

void sg_draw_context_shapes(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    if (map->context_shape_count == 0)
        return;
    cairo_t *cairo = drawing->cairo;
    const struct sg_theme *theme = &drawing->theme;
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    cairo_save(cairo);
    clip_to_frame(drawing);
    if (has_water(map)) { /* where the water is told, the rest is land */
        cairo_rectangle(cairo, frame->x, frame->y, frame->width, frame->height);
        sg_set_colour(cairo, theme->colours.land);
        cairo_fill(cairo);
    }
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_width(cairo, theme->lines.context_border);
    for (int water = 0; water < 2; water++) { /* land first, water over it */
        for (size_t i = 0; i < map->context_shape_count; i++) {
            const struct sg_shape *shape = &drawing->context_shapes[i];
            if (map->context_shapes[i].is_water != (water == 1) || shape->polygon_count == 0)
                continue;
            for (uint32_t r = 0; r < shape->ring_count; r++)
                thin_path(cairo, shape->points + shape->ring_starts[r],
                          shape->ring_starts[r + 1] - shape->ring_starts[r]);
            sg_set_colour(cairo, water ? theme->colours.water : theme->colours.land);
            cairo_fill_preserve(cairo);
            sg_set_colour(cairo, water ? theme->colours.water : theme->colours.context_border);
            cairo_stroke(cairo);
        }
    }
    cairo_restore(cairo);
}

/* How a line is drawn: 3 heaviest, 1 lightest, 0 not at all. Local streets would cover the map: they show
   only where there is nothing better. */
static int line_level(const struct sg_drawing *drawing, size_t line) {
    int rank = drawing->map->lines[line].class_rank;
    if (rank < 0 || rank > 3)
        return drawing->has_ranked_lines ? 0 : 1;
    return rank == 3 && drawing->has_ranked_lines ? 0 : rank == 3 ? 1 : 3 - rank;
}

void sg_count_lines(struct sg_drawing *drawing) {
    if (drawing->map->kind == SG_MAP_MULTIPLES) /* small maps have no room for streets */
        return;
    for (size_t i = 0; i < drawing->map->line_count; i++) {
        int rank = drawing->map->lines[i].class_rank;
        drawing->has_ranked_lines = drawing->has_ranked_lines || (rank >= 0 && rank <= 2);
    }
    for (size_t i = 0; i < drawing->map->line_count; i++) {
        int level = line_level(drawing, i);
        drawing->has_main_roads = drawing->has_main_roads || level == 3;
        drawing->has_streets = drawing->has_streets || level == 1 || level == 2;
    }
}

static bool meets_frame(const struct sg_drawing *drawing, const struct sg_line *line) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    struct sg_box box = sg_box_empty();
    for (uint32_t i = 0; i < line->point_count; i++)
        sg_box_add(&box, line->points[i]);
    return box.max_x > frame->x && box.min_x < frame->x + frame->width && box.max_y > frame->y
           && box.min_y < frame->y + frame->height;
}

void sg_draw_lines(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    if (map->kind == SG_MAP_MULTIPLES)
        return;
    cairo_t *cairo = drawing->cairo;
    const struct sg_line_sizes *sizes = &drawing->theme.lines;
    const double widths[] = {sizes->street_minor, sizes->street_middle, sizes->street_major};
    cairo_save(cairo);
    clip_to_frame(drawing);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    sg_set_colour(cairo, drawing->theme.colours.street);
    for (int level = 1; level <= 3; level++) { /* the least important first */
        cairo_set_line_width(cairo, widths[level - 1]);
        for (size_t i = 0; i < map->line_count; i++) {
            const struct sg_line *line = &drawing->lines[i];
            if (line_level(drawing, i) != level || line->point_count < 2 || !meets_frame(drawing, line))
                continue;
            thin_path(cairo, line->points, line->point_count);
            cairo_stroke(cairo);
        }
    }
    cairo_restore(cairo);
}

bool sg_lines_meet(const struct sg_drawing *drawing, const struct sg_rectangle *rectangle) {
    if (drawing->map->kind == SG_MAP_MULTIPLES)
        return false;
    for (size_t i = 0; i < drawing->map->line_count; i++) {
        const struct sg_line *line = &drawing->lines[i];
        if (line_level(drawing, i) == 0)
            continue;
        for (uint32_t p = 0; p + 1 < line->point_count; p++) {
            if (sg_segment_meets_box(line->points[p], line->points[p + 1], rectangle->x, rectangle->y,
                                     rectangle->width, rectangle->height))
                return true;
        }
    }
    return false;
}

static bool on_frame(const struct sg_drawing *drawing, struct sg_point point, double margin) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    return point.x >= frame->x + margin && point.x <= frame->x + frame->width - margin
           && point.y >= frame->y + margin && point.y <= frame->y + frame->height - margin;
}

/* The symbol that already stands where this one would, or SIZE_MAX. */
static size_t symbol_at(const struct sg_drawing *drawing, struct sg_point point, double size) {
    for (size_t i = 0; i < drawing->symbol_count; i++) {
        if (fabs(drawing->symbols[i].point.x - point.x) < size
            && fabs(drawing->symbols[i].point.y - point.y) < size)
            return i;
    }
    return SIZE_MAX;
}

enum sg_status sg_place_sites(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    if (map->site_count == 0 || map->taxonomy == NULL)
        return SG_OK;
    double size = drawing->theme.spacing.symbol + 2 * drawing->theme.lines.symbol_halo;
    drawing->symbols = sg_alloc(map->site_count, sizeof *drawing->symbols);
    if (drawing->symbols == NULL)
        return sg_fail_memory(drawing->context);
    drawing->has_mixed_symbols = false;
    for (size_t t = 0; t < map->taxonomy->type_count; t++)
        drawing->type_uses[t] = 0; /* counted before over all sites, now over those on the map */
    for (size_t i = 0; i < map->site_count; i++) {
        size_t type = map->sites[i].type;
        if (type >= map->taxonomy->type_count || !isfinite(drawing->sites[i].x)
            || !isfinite(drawing->sites[i].y) || !on_frame(drawing, drawing->sites[i], size / 2))
            continue;
        drawing->type_uses[type]++;
        size_t at = symbol_at(drawing, drawing->sites[i], size);
        if (at == SIZE_MAX) {
            struct sg_placed_symbol symbol = {drawing->sites[i], type, false};
            drawing->symbols[drawing->symbol_count++] = symbol;
            sg_box_list_add(&drawing->boxes, SG_BOX_SYMBOL, symbol.point.x - size / 2,
                            symbol.point.y - size / 2, size, size);
        } else if (drawing->symbols[at].type != type) {
            drawing->symbols[at].is_mixed = true;
            drawing->has_mixed_symbols = true;
        }
    }
    drawing->report.site_symbols = drawing->symbol_count;
    return SG_OK;
}

void sg_draw_sites(struct sg_drawing *drawing) {
    const struct sg_theme *theme = &drawing->theme;
    for (size_t i = 0; i < drawing->symbol_count; i++) {
        const struct sg_placed_symbol *symbol = &drawing->symbols[i];
        const struct sg_type *type = &drawing->map->taxonomy->types[symbol->type];
        sg_draw_symbol(drawing->cairo, symbol->is_mixed ? SG_SYMBOL_RING : type->symbol,
                       symbol->is_mixed ? theme->colours.text : type->colour, theme->colours.symbol_halo,
                       theme->lines.symbol_halo, symbol->point.x, symbol->point.y, theme->spacing.symbol);
    }
}
