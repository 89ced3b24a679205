#include "draw/choropleth.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/border_lines.h"
#include "draw/hatch.h"
#include "draw/strips.h"

/* Strokes lines some at a time: one by one makes large files, all at once is slow to fill in. */
struct line_stroke {
    cairo_t *cairo;
    uint32_t waiting; /* points */
};

static void stroke_waiting(struct line_stroke *stroke) {
    if (stroke->waiting > 0)
        cairo_stroke(stroke->cairo);
    stroke->waiting = 0;
}

static void stroke_line(struct line_stroke *stroke, const struct sg_point *points, uint32_t count) {
    const uint32_t most_waiting = 400;
    cairo_move_to(stroke->cairo, points[0].x, points[0].y);
    for (uint32_t i = 1; i < count; i++)
        cairo_line_to(stroke->cairo, points[i].x, points[i].y);
    stroke->waiting += count;
    if (stroke->waiting > most_waiting)
        stroke_waiting(stroke);
}

void sg_area_path(cairo_t *cairo, const struct sg_topology *topology, uint32_t area) {
    for (uint32_t ring = topology->area_rings[area]; ring < topology->area_rings[area + 1]; ring++) {
        cairo_new_sub_path(cairo);
        for (uint32_t r = topology->ring_starts[ring]; r < topology->ring_starts[ring + 1]; r++) {
            int32_t signed_arc = topology->ring_arcs[r];
            bool reversed = signed_arc < 0;
            const struct sg_arc *arc = &topology->arcs[reversed ? ~signed_arc : signed_arc];
            const struct sg_point *points = topology->points + arc->start;
            for (uint32_t i = 0; i + 1 < arc->count; i++) { /* the last point begins the next arc */
                struct sg_point point = points[reversed ? arc->count - 1 - i : i];
                cairo_line_to(cairo, point.x, point.y);
            }
        }
        cairo_close_path(cairo);
    }
}

bool sg_area_reaches(const struct sg_topology *topology, uint32_t area, double from, double to) {
    if (isinf(from) && isinf(to))
        return true;
    struct sg_box box = sg_topology_area_box(topology, area);
    return box.min_y <= to && box.max_y >= from;
}

static void fill_strip(const struct sg_drawing *drawing, const struct sg_strip *strip, const void *what) {
    (void)what;
    cairo_t *cairo = strip->cairo;
    const struct sg_map_style *style = &drawing->style;
    cairo_save(cairo);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    if (drawing->topology.area_count > SG_MANY_AREAS)
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST);
    for (uint32_t area = 0; area < drawing->topology.area_count; area++) {
        int class = style->classes[area];
        struct sg_colour fill;
        if (!sg_area_reaches(&drawing->topology, area, strip->top, strip->bottom))
            continue;
        sg_map_style_fill(style, &drawing->theme, class, &fill);
        sg_set_colour(cairo, fill);
        sg_area_path(cairo, &drawing->topology, area);
        if (class >= 0 && style->shared_count > 0 && (size_t) class >= style->category_count) {
            sg_stripe_path(cairo, &drawing->theme,
                           &style->shared[(size_t) class - style->category_count].stripes);
        } else if (class == SG_CLASS_MISSING) {
            cairo_fill_preserve(cairo);
            sg_hatch_path(cairo, &drawing->theme);
        } else {
            cairo_fill(cairo);
        }
    }
    cairo_restore(cairo);
}

void sg_draw_area_fills(struct sg_drawing *drawing) {
    sg_draw_in_strips(drawing, fill_strip, NULL);
}

/* The typical width of an area on the page. */
static double typical_area_pt(const struct sg_drawing *drawing) {
    double covered =
        drawing->mask.sums[(size_t)(drawing->mask.width + 1) * (size_t)(drawing->mask.height + 1) - 1];
    covered /= drawing->mask.cells_per_pt * drawing->mask.cells_per_pt;
    uint32_t count = drawing->topology.area_count;
    return sqrt(covered / (count > 0 ? count : 1));
}

/* Outlines, and inner borders, some of which need the darker hairline. */
enum border_kind { BORDER_INNER, BORDER_INNER_DARK, BORDER_OUTER, BORDER_KINDS };

/* The lines, how each is drawn, and how wide. */
struct borders {
    const struct sg_border_lines *lines;
    const bool *light; /* of each area */
    double widths_pt[BORDER_KINDS];
    struct sg_colour colours[BORDER_KINDS];
};

static enum border_kind kind_of(const struct borders *borders, const struct sg_border_line *line) {
    if (line->is_outline)
        return BORDER_OUTER;
    bool is_light =
        borders->light[line->areas[0]] && (line->areas[1] == SG_NO_AREA || borders->light[line->areas[1]]);
    return is_light ? BORDER_INNER_DARK : BORDER_INNER;
}

static bool reaches_strip(const struct sg_point *points, uint32_t count, double margin,
                          const struct sg_strip *strip) {
    bool above = false, below = false;
    for (uint32_t i = 0; i < count; i++) {
        above = above || points[i].y >= strip->top - margin;
        below = below || points[i].y <= strip->bottom + margin;
    }
    return above && below;
}

static void stroke_strip(const struct sg_drawing *drawing, const struct sg_strip *strip, const void *what) {
    /* darker hairlines under the light ones, the outline over both */
    static const enum border_kind order[] = {BORDER_INNER_DARK, BORDER_INNER, BORDER_OUTER};
    const struct borders *borders = what;
    struct line_stroke stroke = {strip->cairo, 0};
    cairo_save(strip->cairo);
    cairo_set_line_join(strip->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(strip->cairo, CAIRO_LINE_CAP_ROUND);
    for (int k = 0; k < BORDER_KINDS; k++) {
        enum border_kind kind = order[k];
        if (borders->widths_pt[kind] <= 0)
            continue;
        cairo_set_line_width(strip->cairo, borders->widths_pt[kind]);
        sg_set_colour(strip->cairo, borders->colours[kind]);
        for (size_t i = 0; i < borders->lines->count; i++) {
            const struct sg_border_line *line = &borders->lines->lines[i];
            const struct sg_point *points = sg_border_line_points(borders->lines, &drawing->topology, line);
            if (kind_of(borders, line) == kind
                && reaches_strip(points, line->count, borders->widths_pt[kind], strip))
                stroke_line(&stroke, points, line->count);
        }
        stroke_waiting(&stroke);
    }
    cairo_restore(strip->cairo);
}

/* Which areas are so light that a white hairline between two of them would not be seen: asked once for a run
   of areas of one class. */
static void mark_light(const struct sg_drawing *drawing, bool *light) {
    const double seen = 1.35; /* contrast */
    const int *classes = drawing->style.classes;
    bool known[SG_MOST_CLASSES + 1] = {false}, answers[SG_MOST_CLASSES + 1] = {false};
    for (uint32_t area = 0; area < drawing->topology.area_count; area++) {
        int class = classes[area];
        size_t at = class >= 0 && class < SG_MOST_CLASSES ? (size_t) class : SG_MOST_CLASSES;
        if (at == SG_MOST_CLASSES || !known[at]) {
            struct sg_colour fill;
            sg_map_style_fill(&drawing->style, &drawing->theme, class, &fill);
            answers[at] = sg_colour_contrast(fill, drawing->theme.colours.inner_border) < seen;
            known[at] = at < SG_MOST_CLASSES;
        }
        light[area] = answers[at];
    }
}

void sg_draw_area_borders(struct sg_drawing *drawing) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_border_lines lines = {0};
    bool *light = sg_alloc(drawing->topology.area_count, sizeof *light);
    drawing->out_of_memory =
        drawing->out_of_memory || light == NULL || !sg_border_lines_init(drawing, false, &lines);
    /* A hairline may take a sixteenth of an area's width, no more. */
    double typical = typical_area_pt(drawing);
    double inner_pt = fmin(theme->lines.inner_border, typical / 16);
    bool has_inner = inner_pt >= 0.2;
    struct borders borders = {
        .lines = &lines,
        .light = light,
        .widths_pt = {[BORDER_INNER] = has_inner ? inner_pt : 0,
                      [BORDER_INNER_DARK] = has_inner ? inner_pt * 0.8 : 0,
                      [BORDER_OUTER] = fmin(theme->lines.outer_border, fmax(typical / 3, 0.3))},
        .colours = {[BORDER_INNER] = theme->colours.inner_border,
                    [BORDER_INNER_DARK] = theme->colours.inner_border_dark,
                    [BORDER_OUTER] = theme->colours.outer_border}};
    if (!drawing->out_of_memory) {
        mark_light(drawing, light);
        sg_draw_in_strips(drawing, stroke_strip, &borders);
    }
    sg_border_lines_release(&lines);
    sg_free(light);
}

/* A line lies on a region's outline when the region holds the area on one side of it only. */
void sg_draw_region_outlines(struct sg_drawing *drawing) {
    cairo_t *cairo = drawing->cairo;
    const struct sg_topology *topology = &drawing->topology;
    if (drawing->map->region_count == 0)
        return;
    struct sg_border_lines lines = {0};
    bool *held = sg_alloc(topology->area_count, sizeof *held);
    drawing->out_of_memory =
        drawing->out_of_memory || held == NULL || !sg_border_lines_init(drawing, true, &lines);
    struct line_stroke stroke = {cairo, 0};
    cairo_save(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cairo, drawing->theme.lines.region);
    sg_set_colour(cairo, drawing->theme.colours.region);
    for (size_t r = 0; r < drawing->map->region_count && !drawing->out_of_memory; r++) {
        const struct sg_map_region *region = &drawing->map->regions[r];
        for (size_t i = 0; i < region->area_count; i++)
            held[region->areas[i]] = true;
        for (size_t i = 0; i < lines.count; i++) {
            const struct sg_border_line *line = &lines.lines[i];
            if (line->areas[1] != SG_NO_AREA && held[line->areas[0]] != held[line->areas[1]])
                stroke_line(&stroke, sg_border_line_points(&lines, topology, line), line->count);
        }
        stroke_waiting(&stroke);
        for (size_t i = 0; i < region->area_count; i++)
            held[region->areas[i]] = false;
    }
    cairo_restore(cairo);
    sg_border_lines_release(&lines);
    sg_free(held);
}
