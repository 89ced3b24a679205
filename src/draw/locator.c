#include "draw/locator.h"

#include <math.h>

#include "draw/choropleth.h"
#include "draw/corner.h"

static const double worth_showing =
    1.25;                        /* how far the ground reaches beyond the frame, in its widths or heights */
static const double widest = 15; /* of the areas' widths: more would leave a dot of them */
static const double factors[] = {1, 0.8, 0.65};

enum { FACTOR_COUNT = sizeof factors / sizeof factors[0], MOST_AREAS = 4000 };

static struct sg_box areas_box(const struct sg_drawing *drawing) {
    struct sg_box box = sg_box_empty();
    for (uint32_t i = 0; i < drawing->topology.point_count; i++)
        sg_box_add(&box, drawing->topology.points[i]);
    return box;
}

/* The ground around the areas, on the page and beyond it, as far as it can be shown. */
static struct sg_box ground_box(const struct sg_drawing *drawing, const struct sg_box *areas) {
    struct sg_box box = *areas;
    for (size_t i = 0; i < drawing->map->context_shape_count; i++) {
        if (drawing->context_shapes[i].polygon_count > 0) {
            struct sg_box shape = sg_shape_envelope(&drawing->context_shapes[i]);
            sg_box_add_box(&box, &shape);
        }
    }
    double reach = widest / 2 * fmax(areas->max_x - areas->min_x, areas->max_y - areas->min_y);
    double x = (areas->min_x + areas->max_x) / 2, y = (areas->min_y + areas->max_y) / 2;
    box.min_x = fmax(box.min_x, x - reach);
    box.max_x = fmin(box.max_x, x + reach);
    box.min_y = fmax(box.min_y, y - reach);
    box.max_y = fmin(box.max_y, y + reach);
    return box;
}

static bool is_worth_it(const struct sg_drawing *drawing, const struct sg_box *ground) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    return ground->max_x - ground->min_x > worth_showing * frame->width
           || ground->max_y - ground->min_y > worth_showing * frame->height;
}

/* Land or water, without the points that would not be seen. */
static void shape_path(cairo_t *cairo, const struct sg_shape *shape, double hair) {
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        struct sg_point last = shape->points[shape->ring_starts[r]];
        cairo_move_to(cairo, last.x, last.y);
        for (uint32_t i = shape->ring_starts[r] + 1; i < shape->ring_starts[r + 1]; i++) {
            struct sg_point point = shape->points[i];
            if (fabs(point.x - last.x) < hair && fabs(point.y - last.y) < hair)
                continue;
            last = point;
            cairo_line_to(cairo, last.x, last.y);
        }
        cairo_close_path(cairo);
    }
}

static void draw_ground(struct sg_drawing *drawing, double scale) {
    const double hair_pt = 0.3;
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    cairo_set_line_width(cairo, theme->lines.context_border / scale);
    for (int water = 0; water < 2; water++) { /* land first, water over it */
        for (size_t i = 0; i < drawing->map->context_shape_count; i++) {
            const struct sg_shape *shape = &drawing->context_shapes[i];
            if (drawing->map->context_shapes[i].is_water != (water == 1) || shape->polygon_count == 0)
                continue;
            shape_path(cairo, shape, hair_pt / scale);
            sg_set_colour(cairo, water ? theme->colours.water : theme->colours.land);
            cairo_fill_preserve(cairo);
            sg_set_colour(cairo, water ? theme->colours.water : theme->colours.context_border);
            cairo_stroke(cairo);
        }
    }
}

/* All in one dark colour; a hairline closes the seams between them. Very many areas are shown as their box.
 */
static void draw_areas(struct sg_drawing *drawing, const struct sg_box *areas, double scale) {
    const double seam_pt = 0.3, least_pt = 2.5;
    cairo_t *cairo = drawing->cairo;
    double width = areas->max_x - areas->min_x, height = areas->max_y - areas->min_y;
    bool is_dot = fmax(width, height) * scale < least_pt;
    sg_set_colour(cairo, drawing->theme.colours.outer_border);
    cairo_set_line_width(cairo, (is_dot ? least_pt : seam_pt) / scale);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    if (is_dot || drawing->topology.area_count > MOST_AREAS)
        cairo_rectangle(cairo, areas->min_x, areas->min_y, width, height);
    for (uint32_t area = 0;
         !is_dot && drawing->topology.area_count <= MOST_AREAS && area < drawing->topology.area_count; area++)
        sg_area_path(cairo, &drawing->topology, area);
    cairo_fill_preserve(cairo);
    cairo_stroke(cairo);
}

static bool has_water(const struct sg_map *map) {
    for (size_t i = 0; i < map->context_shape_count; i++) {
        if (map->context_shapes[i].is_water)
            return true;
    }
    return false;
}

static void draw_at(struct sg_drawing *drawing, const struct sg_box *ground, const struct sg_box *areas,
                    double scale, const struct sg_rectangle *at) {
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    cairo_save(cairo);
    cairo_rectangle(cairo, at->x, at->y, at->width, at->height);
    cairo_clip_preserve(cairo);
    sg_set_colour(cairo, has_water(drawing->map) ? theme->colours.land : theme->colours.paper);
    cairo_fill(cairo);
    cairo_translate(cairo, at->x, at->y);
    cairo_scale(cairo, scale, scale);
    cairo_translate(cairo, -ground->min_x, -ground->min_y);
    draw_ground(drawing, scale);
    draw_areas(drawing, areas, scale);
    cairo_restore(cairo);
    double line = theme->lines.axis;
    cairo_rectangle(cairo, at->x + line / 2, at->y + line / 2, at->width - line, at->height - line);
    sg_set_colour(cairo, theme->colours.axis);
    cairo_set_line_width(cairo, line);
    cairo_stroke(cairo);
    sg_box_list_add(&drawing->boxes, SG_BOX_LOCATOR, at->x, at->y, at->width, at->height);
}

void sg_draw_locator(struct sg_drawing *drawing) {
    static const enum sg_corner corners[] = {SG_CORNER_BOTTOM_RIGHT, SG_CORNER_TOP_LEFT, SG_CORNER_TOP_RIGHT,
                                             SG_CORNER_BOTTOM_LEFT};
    if (drawing->map->context_shape_count == 0 || drawing->map->kind == SG_MAP_MULTIPLES)
        return;
    struct sg_box areas = areas_box(drawing), ground = ground_box(drawing, &areas);
    if (!is_worth_it(drawing, &ground))
        return;
    double width = ground.max_x - ground.min_x, height = ground.max_y - ground.min_y;
    for (int i = 0; i < FACTOR_COUNT; i++) {
        double scale = drawing->theme.spacing.locator * factors[i] / fmax(width, height);
        struct sg_rectangle at = {0, 0, width * scale, height * scale};
        if (sg_find_corner(drawing, corners, 4, at.width, at.height, &at.x, &at.y)) {
            draw_at(drawing, &ground, &areas, scale, &at);
            return;
        }
    }
}
