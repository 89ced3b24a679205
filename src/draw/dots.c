#include "draw/dots.h"

#include <math.h>

#include "core/alloc.h"
#include "core/random.h"
#include "draw/label_room.h"
#include "draw/plain_areas.h"

static const double pi = 3.14159265358979323846;

/* 1, 2 or 5 times a power of ten, the least that is not below the value. */
static double round_up(double value) {
    double power = pow(10, floor(log10(value)));
    double first = value / power;
    return (first <= 1 + 1e-9 ? 1 : first <= 2 + 1e-9 ? 2 : first <= 5 + 1e-9 ? 5 : 10) * power;
}

static double dots_of(double value, double per_dot) {
    return value > 0 ? floor(value / per_dot + 0.5) : 0;
}

/* About how large an area of one square unit of the map's input CRS will be on the page, in pt2. The frame is
   not known yet, for the legend beside it says what a dot stands for: most pages leave the map this much. */
static double page_area_of_unit(const struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    const struct sg_page *page = &drawing->page;
    bool is_wide = page->width_pt >= page->height_pt;
    double width = page->width_pt * (is_wide ? 0.7 : 0.9), height = page->height_pt * (is_wide ? 0.75 : 0.6);
    struct sg_box input = sg_box_empty(), shown = sg_box_empty();
    for (size_t i = 0; i < map->area_count; i++) {
        struct sg_box box = sg_shape_envelope(map->areas[i].shape);
        sg_box_add_box(&input, &box);
        box = sg_topology_area_box(&drawing->topology, (uint32_t)i);
        sg_box_add_box(&shown, &box);
    }
    double shown_width = shown.max_x - shown.min_x, shown_height = shown.max_y - shown.min_y;
    double scale = fmin(width / shown_width, height / shown_height);
    return shown_width * shown_height * scale * scale
           / ((input.max_x - input.min_x) * (input.max_y - input.min_y));
}

/* The share of the dots that would find no room of their own. */
static double crowded_share(const struct sg_drawing *drawing, double per_dot, double unit_pt2) {
    const struct sg_map *map = drawing->map;
    const double loosest = 0.45; /* of an area covered by dots: more, and they run into each other */
    double radius = drawing->theme.spacing.dot / 2, all = 0, crowded = 0;
    for (size_t i = 0; i < map->area_count; i++) {
        double dots = dots_of(map->areas[i].value, per_dot);
        double room = loosest * sg_shape_planar_area(map->areas[i].shape) * unit_pt2 / (pi * radius * radius);
        all += dots;
        crowded += fmax(dots - room, 0);
    }
    return all > 0 ? crowded / all : 0;
}

void sg_choose_dot_value(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    const double wanted_per_area = 45, most = 6000, most_crowded = 0.1;
    enum { MOST_STEPS = 9 };
    double total = 0;
    for (size_t i = 0; i < map->area_count; i++)
        total += map->areas[i].value > 0 ? map->areas[i].value : 0;
    double rough = total / fmin(wanted_per_area * (double)map->area_count, most);
    double value = rough > 0 ? round_up(rough) : 1;
    if (drawing->style.is_whole)
        value = fmax(value, 1);
    double unit_pt2 = page_area_of_unit(drawing);
    for (int step = 0; step < MOST_STEPS && crowded_share(drawing, value, unit_pt2) > most_crowded; step++)
        value = round_up(1.5 * value); /* the next one */
    drawing->report.dot_value = value;
}

struct scatter {
    struct sg_label_room room;
    struct sg_point *dots; /* of the area being filled */
    size_t capacity;
    struct sg_random random;
};

static bool is_apart(const struct scatter *scatter, size_t count, struct sg_point point, double distance) {
    for (size_t i = 0; i < count; i++) {
        double dx = scatter->dots[i].x - point.x, dy = scatter->dots[i].y - point.y;
        if (dx * dx + dy * dy < distance * distance)
            return false;
    }
    return true;
}

/* A place for the next dot: off borders and other dots, both less and less strictly; false when the area is
   too thin to hold any. */
static bool find_dot(struct scatter *scatter, size_t count, double radius, struct sg_point *ret_point) {
    enum { TRIES = 60, STEPS = 6 };
    const struct sg_box *box = &scatter->room.box;
    for (int step = 0; step < STEPS; step++) {
        double ease = step == STEPS - 1 ? 0 : 1.0 / (1 << step);
        double margin = 1.6 * radius * ease, apart = 2.6 * radius * ease;
        for (int i = 0; i < TRIES; i++) {
            struct sg_point point = {
                box->min_x + sg_random_unit(&scatter->random) * (box->max_x - box->min_x),
                box->min_y + sg_random_unit(&scatter->random) * (box->max_y - box->min_y)};
            double side = fmax(2 * margin, 1e-3);
            if (is_apart(scatter, count, point, apart)
                && sg_rings_hold_box(&scatter->room.rings, point.x - side / 2, point.y - side / 2, side,
                                     side)) {
                *ret_point = point;
                return true;
            }
        }
    }
    return false;
}

static void draw_dot(cairo_t *cairo, struct sg_point point, double radius) {
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, point.x, point.y, radius, 0, 2 * pi);
    cairo_close_path(cairo);
}

static bool fill_area(struct sg_drawing *drawing, struct scatter *scatter, uint32_t area, double wanted) {
    double radius = drawing->theme.spacing.dot / 2;
    size_t count = 0;
    if (!sg_label_room_load(&scatter->room, &drawing->topology, area)
        || !sg_reserve(&scatter->dots, &scatter->capacity, (size_t)wanted + 1, sizeof *scatter->dots))
        return false;
    scatter->random.state = 0x5e7f1ce6a9000000u + area;
    for (; (double)count < wanted && find_dot(scatter, count, radius, &scatter->dots[count]); count++)
        draw_dot(drawing->cairo, scatter->dots[count], radius);
    cairo_fill(drawing->cairo);
    drawing->report.dots += count;
    return true;
}

void sg_draw_dots(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    const double most_in_area = 10000;
    struct scatter scatter = {0};
    sg_set_colour(drawing->cairo, drawing->theme.colours.dot);
    for (uint32_t i = 0; i < map->area_count; i++) {
        double wanted = fmin(dots_of(map->areas[i].value, drawing->report.dot_value), most_in_area);
        if (!(wanted > 0) || drawing->topology.area_rings[i] == drawing->topology.area_rings[i + 1])
            continue;
        if (!fill_area(drawing, &scatter, i, wanted)) {
            drawing->out_of_memory = true;
            break;
        }
    }
    sg_label_room_release(&scatter.room);
    sg_free(scatter.dots);
}

/* "1 dot = 50 people" */
static void append_dot_words(struct sg_text *text, const struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    struct sg_text number;
    sg_text_init(&number);
    double value = drawing->report.dot_value;
    sg_append_number(&number, value, sg_decimals_of(value), map->language);
    sg_text_append_format(text, sg_word(SG_WORD_ONE_DOT, map->language), sg_text_bytes(&number));
    if (map->counted != NULL && map->counted[0] != '\0')
        sg_text_append_format(text, "\u00a0%s", map->counted);
    text->failed = text->failed || number.failed;
    sg_text_release(&number);
}

double sg_dot_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y, double width,
                   bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text text;
    sg_text_init(&text);
    append_dot_words(&text, drawing);
    /* the swatch is the quiet fill; the dot itself is put on it */
    struct sg_legend_row row = {
        {SG_MARK_FILL, theme->colours.quiet_area, 0, 0, NULL}, sg_text_bytes(&text), -1};
    double height = visit(drawing, &row, x, y, width, is_dry);
    if (visit == sg_legend_row_draw && !is_dry) {
        struct sg_text_style style = sg_legend_text_style(drawing);
        double line = sg_lettering_measure(drawing->lettering, "1", &style).height;
        struct sg_point middle = {x + theme->spacing.swatch_width / 2,
                                  y + fmax(line, theme->spacing.swatch_height) / 2};
        sg_set_colour(drawing->cairo, theme->colours.dot);
        draw_dot(drawing->cairo, middle, theme->spacing.dot / 2);
        cairo_fill(drawing->cairo);
    }
    sg_drawing_release_text(drawing, &text);
    return height + sg_plain_zero_row(drawing, visit, x, y + height, width, is_dry);
}

void sg_dots_describe(const struct sg_drawing *drawing, struct sg_text *text) {
    sg_text_append(text, " ");
    append_dot_words(text, drawing);
}
