#include "draw/symbols.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "draw/label_room.h"
#include "draw/plain_areas.h"

static const double pi = 3.14159265358979323846;

static double largest_value(const struct sg_map *map) {
    double largest = 0;
    for (size_t i = 0; i < map->area_count; i++)
        largest = map->areas[i].value > largest ? map->areas[i].value : largest;
    return largest;
}

/* Many areas are small ones: their circles too. The legend is measured before the map is fitted, so the
   number of areas decides, not their size on the page. */
static double radius_of(const struct sg_drawing *drawing, double value) {
    const double roomy = 60; /* areas */
    double largest = largest_value(drawing->map);
    double areas = (double)drawing->map->area_count;
    double most = drawing->theme.spacing.circle / 2 * fmin(1, sqrt(roomy / areas));
    return largest > 0 ? most * sqrt(value / largest) : 0;
}

/* The largest first; equal ones in the order of the areas. */
static int compare_circles(const void *a, const void *b) {
    const struct sg_placed_circle *p = a, *q = b;
    if (p->radius != q->radius)
        return p->radius > q->radius ? -1 : 1;
    return p->area < q->area ? -1 : p->area > q->area;
}

enum sg_status sg_place_circles(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    struct sg_label_room room = {0};
    drawing->circles = sg_alloc(map->area_count, sizeof *drawing->circles);
    bool failed = drawing->circles == NULL;
    for (uint32_t i = 0; i < map->area_count && !failed; i++) {
        if (!(map->areas[i].value > 0)
            || drawing->topology.area_rings[i] == drawing->topology.area_rings[i + 1])
            continue;
        failed = !sg_label_room_load(&room, &drawing->topology, i);
        if (failed)
            break;
        struct sg_pole pole = sg_pole_of_inaccessibility(&room.rings, 1, 0.4);
        drawing->circles[drawing->circle_count++] =
            (struct sg_placed_circle){pole.point, radius_of(drawing, map->areas[i].value), i};
    }
    sg_label_room_release(&room);
    if (failed)
        return sg_fail_memory(drawing->context);
    if (drawing->circle_count > 1)
        qsort(drawing->circles, drawing->circle_count, sizeof *drawing->circles, compare_circles);
    for (size_t i = 0; i < drawing->circle_count; i++) {
        const struct sg_placed_circle *circle = &drawing->circles[i];
        /* the square inside a circle and a little more: a name may touch the rim */
        double half = circle->radius * 0.85;
        sg_box_list_add(&drawing->boxes, SG_BOX_SYMBOL, circle->point.x - half, circle->point.y - half,
                        2 * half, 2 * half);
    }
    return SG_OK;
}

static void draw_circle(struct sg_drawing *drawing, double x, double y, double radius) {
    cairo_t *cairo = drawing->cairo;
    const struct sg_theme *theme = &drawing->theme;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x, y, radius, 0, 2 * pi);
    cairo_close_path(cairo);
    sg_set_colour(cairo, theme->colours.circle);
    cairo_fill_preserve(cairo);
    sg_set_colour(cairo, theme->colours.circle_line);
    cairo_set_line_width(cairo, fmin(theme->lines.circle, radius / 2));
    cairo_stroke(cairo);
}

void sg_draw_circles(struct sg_drawing *drawing) {
    for (size_t i = 0; i < drawing->circle_count; i++) {
        const struct sg_placed_circle *circle = &drawing->circles[i];
        draw_circle(drawing, circle->point.x, circle->point.y, circle->radius);
    }
}

/* 1, 2 or 5 times a power of ten, at most the value. */
static double round_down(double value) {
    double power = pow(10, floor(log10(value) + 1e-12));
    double f = value / power + 1e-9;
    return (f >= 5 ? 5 : f >= 2 ? 2 : 1) * power;
}

int sg_circle_legend_values(double largest, bool is_whole, double values[static 3]) {
    int count = 0;
    for (double wanted = largest; count < 3 && wanted > 0; wanted = values[count - 1] / 4) {
        double value = round_down(wanted);
        if (is_whole && value < 1)
            break;
        values[count++] = value;
    }
    return count;
}

/* One circle of the nest, standing on the same ground as the others, with a line to its number. */
static void draw_nested(struct sg_drawing *drawing, double value, double x, double ground, double text_x,
                        double text_y) {
    const struct sg_theme *theme = &drawing->theme;
    double largest = radius_of(drawing, largest_value(drawing->map));
    double radius = radius_of(drawing, value);
    double top = ground - 2 * radius;
    draw_circle(drawing, x + largest, ground - radius, radius);
    struct sg_text_style style = sg_legend_text_style(drawing);
    struct sg_text text;
    sg_text_init(&text);
    sg_append_plain_value(&text, drawing, value);
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, sg_text_bytes(&text), &style);
    cairo_move_to(drawing->cairo, x + largest, top);
    cairo_line_to(drawing->cairo, x + 2 * largest + style.size_pt * 0.3, text_y + size.height / 2);
    cairo_line_to(drawing->cairo, text_x - style.size_pt * 0.3, text_y + size.height / 2);
    sg_set_colour(drawing->cairo, theme->colours.axis);
    cairo_set_line_width(drawing->cairo, theme->lines.axis);
    cairo_stroke(drawing->cairo);
    sg_lettering_draw(drawing->lettering, drawing->cairo, sg_text_bytes(&text), &style, text_x, text_y);
    sg_drawing_release_text(drawing, &text);
}

double sg_circle_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y, double width,
                      bool is_dry) {
    double values[3];
    int count = sg_circle_legend_values(largest_value(drawing->map), drawing->style.is_whole, values);
    double line = drawing->theme.sizes.legend_text * 1.35;
    double nest = count == 0 ? 0 : fmax(2 * radius_of(drawing, values[0]), count * line);
    double ground = y + nest;
    double text_x = x + 2 * radius_of(drawing, largest_value(drawing->map)) + line;
    if (visit == sg_legend_row_draw && !is_dry && count > 0) {
        double at = y;
        for (int i = 0; i < count; i++) {
            double top = ground - 2 * radius_of(drawing, values[i]);
            at = fmin(fmax(at, top - line / 2), ground - (count - i) * line);
            draw_nested(drawing, values[i], x, ground, text_x, at);
            at += line;
        }
        sg_box_list_add(&drawing->boxes, SG_BOX_LEGEND, x, y, width, nest);
    }
    double at = count == 0 ? y : ground + 2.5 * drawing->theme.spacing.row_gap;
    if (visit == sg_legend_row_widen)
        at = y;
    return at - y + sg_plain_zero_row(drawing, visit, x, at, width, is_dry);
}

void sg_circles_describe(const struct sg_drawing *drawing, struct sg_text *text) {
    const struct sg_map *map = drawing->map;
    const struct sg_map_area *largest = NULL;
    for (size_t i = 0; i < map->area_count; i++) {
        if (map->areas[i].value > 0 && (largest == NULL || map->areas[i].value > largest->value))
            largest = &map->areas[i];
    }
    if (largest == NULL)
        return;
    struct sg_text number;
    sg_text_init(&number);
    sg_append_plain_value(&number, drawing, largest->value);
    sg_text_append(text, " ");
    sg_text_append_format(text, sg_word(SG_WORD_LARGEST_CIRCLE, map->language),
                          largest->name == NULL ? "" : largest->name, sg_text_bytes(&number));
    text->failed = text->failed || number.failed;
    sg_text_release(&number);
}
