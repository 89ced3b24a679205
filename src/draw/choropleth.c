#include "draw/choropleth.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/hatch.h"

/* Strokes arcs some at a time: one by one makes large files, all at once is slow to fill in. */
struct arc_stroke {
    cairo_t *cairo;
    uint32_t waiting; /* points */
};

static void stroke_waiting(struct arc_stroke *stroke) {
    if (stroke->waiting > 0)
        cairo_stroke(stroke->cairo);
    stroke->waiting = 0;
}

static void arc_path(cairo_t *cairo, const struct sg_topology *topology, const struct sg_arc *arc) {
    const struct sg_point *points = topology->points + arc->start;
    cairo_move_to(cairo, points[0].x, points[0].y);
    for (uint32_t i = 1; i < arc->count; i++)
        cairo_line_to(cairo, points[i].x, points[i].y);
}

static void stroke_arc(struct arc_stroke *stroke, const struct sg_topology *topology,
                       const struct sg_arc *arc) {
    const uint32_t most_waiting = 400;
    arc_path(stroke->cairo, topology, arc);
    stroke->waiting += arc->count;
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

void sg_draw_area_fills(struct sg_drawing *drawing) {
    cairo_t *cairo = drawing->cairo;
    cairo_save(cairo);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    if (drawing->topology.area_count > 5000)
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST);
    for (uint32_t area = 0; area < drawing->topology.area_count; area++) {
        const struct sg_map_style *style = &drawing->style;
        int class = style->classes[area];
        struct sg_colour fill;
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

/* The typical width of an area on the page. */
static double typical_area_pt(const struct sg_drawing *drawing) {
    double covered =
        drawing->mask.sums[(size_t)(drawing->mask.width + 1) * (size_t)(drawing->mask.height + 1) - 1];
    covered /= drawing->mask.cells_per_pt * drawing->mask.cells_per_pt;
    uint32_t count = drawing->topology.area_count;
    return sqrt(covered / (count > 0 ? count : 1));
}

/* Is the far side of an arc without a partner yet covered by areas? Then it is an inner border whose two
   sides were digitised apart, and must not be drawn as an outline. */
static bool is_hidden_border(const struct sg_drawing *drawing, const struct sg_arc *arc) {
    const double reach_pt = 1.5;
    const struct sg_point *points = drawing->topology.points + arc->start;
    uint32_t tested = 0, covered = 0;
    uint32_t stride = arc->count > 64 ? arc->count / 64 : 1;
    for (uint32_t i = 0; i + 1 < arc->count; i += stride) {
        double dx = points[i + 1].x - points[i].x, dy = points[i + 1].y - points[i].y;
        double length = hypot(dx, dy);
        if (length == 0)
            continue;
        double x = (points[i].x + points[i + 1].x) / 2, y = (points[i].y + points[i + 1].y) / 2;
        double nx = -dy / length * reach_pt, ny = dx / length * reach_pt;
        bool one = sg_coverage_mask_share(&drawing->mask, x + nx - 0.5, y + ny - 0.5, 1, 1) > 0.5;
        bool other = sg_coverage_mask_share(&drawing->mask, x - nx - 0.5, y - ny - 0.5, 1, 1) > 0.5;
        tested++;
        covered += one && other;
    }
    return tested > 0 && covered * 5 >= tested * 4;
}

/* Between two light areas a white hairline would not be seen. */
static bool is_between_light(const struct sg_drawing *drawing, const struct sg_arc *arc) {
    const double seen = 1.35; /* contrast */
    for (int side = 0; side < 2; side++) {
        struct sg_colour fill;
        if (arc->areas[side] == SG_NO_AREA)
            continue;
        sg_map_style_fill(&drawing->style, &drawing->theme, drawing->style.classes[arc->areas[side]], &fill);
        if (sg_colour_contrast(fill, drawing->theme.colours.inner_border) >= seen)
            return false;
    }
    return true;
}

/* Sorts the arcs: which are outlines, and which inner borders need the darker hairline. */
enum border_kind { BORDER_INNER, BORDER_INNER_DARK, BORDER_OUTER, BORDER_KINDS };

static void stroke_borders(struct sg_drawing *drawing, const unsigned char *kinds, enum border_kind kind,
                           double width_pt, struct sg_colour colour) {
    struct arc_stroke stroke = {drawing->cairo, 0};
    cairo_set_line_width(drawing->cairo, width_pt);
    sg_set_colour(drawing->cairo, colour);
    for (uint32_t i = 0; i < drawing->topology.arc_count; i++) {
        if (kinds[i] == kind)
            stroke_arc(&stroke, &drawing->topology, &drawing->topology.arcs[i]);
    }
    stroke_waiting(&stroke);
}

void sg_draw_area_borders(struct sg_drawing *drawing) {
    cairo_t *cairo = drawing->cairo;
    const struct sg_topology *topology = &drawing->topology;
    const struct sg_theme *theme = &drawing->theme;
    unsigned char *kinds = sg_alloc(topology->arc_count, 1);
    if (kinds == NULL) {
        drawing->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < topology->arc_count; i++) {
        const struct sg_arc *arc = &topology->arcs[i];
        kinds[i] = arc->areas[1] == SG_NO_AREA && !is_hidden_border(drawing, arc) ? BORDER_OUTER
                   : is_between_light(drawing, arc)                               ? BORDER_INNER_DARK
                                                                                  : BORDER_INNER;
    }
    /* A hairline may take a sixteenth of an area's width, no more. */
    double typical = typical_area_pt(drawing);
    double inner_pt = fmin(theme->lines.inner_border, typical / 16);
    cairo_save(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    if (inner_pt >= 0.2) {
        stroke_borders(drawing, kinds, BORDER_INNER_DARK, inner_pt * 0.8, theme->colours.inner_border_dark);
        stroke_borders(drawing, kinds, BORDER_INNER, inner_pt, theme->colours.inner_border);
    }
    stroke_borders(drawing, kinds, BORDER_OUTER, fmin(theme->lines.outer_border, fmax(typical / 3, 0.3)),
                   theme->colours.outer_border);
    cairo_restore(cairo);
    sg_free(kinds);
}

/* An arc lies on a region's outline when the region holds the area on one side of it only. */
void sg_draw_region_outlines(struct sg_drawing *drawing) {
    cairo_t *cairo = drawing->cairo;
    const struct sg_topology *topology = &drawing->topology;
    bool *held = sg_alloc(topology->area_count, sizeof *held);
    drawing->out_of_memory = drawing->out_of_memory || held == NULL;
    struct arc_stroke stroke = {cairo, 0};
    cairo_save(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cairo, drawing->theme.lines.region);
    sg_set_colour(cairo, drawing->theme.colours.region);
    for (size_t r = 0; r < drawing->map->region_count && held != NULL; r++) {
        const struct sg_map_region *region = &drawing->map->regions[r];
        for (size_t i = 0; i < region->area_count; i++)
            held[region->areas[i]] = true;
        for (uint32_t i = 0; i < topology->arc_count; i++) {
            const struct sg_arc *arc = &topology->arcs[i];
            if (arc->areas[1] != SG_NO_AREA && held[arc->areas[0]] != held[arc->areas[1]])
                stroke_arc(&stroke, topology, arc);
        }
        stroke_waiting(&stroke);
        for (size_t i = 0; i < region->area_count; i++)
            held[region->areas[i]] = false;
    }
    cairo_restore(cairo);
    sg_free(held);
}
