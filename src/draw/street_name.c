#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/place_name.h"

enum { MOST_NAMES = 12 };

/* A street put together from the lines that bear its name and meet end to end. */
struct chain {
    struct sg_point *points;
    size_t count, capacity;
};

static bool is_named(const struct sg_drawing *drawing, size_t line, const char *name, int rank) {
    const struct sg_map_line *map_line = &drawing->map->lines[line];
    return map_line->class_rank == rank && map_line->name != NULL && drawing->lines[line].point_count > 1
           && strcmp(map_line->name, name) == 0;
}

static bool is_same(struct sg_point a, struct sg_point b) {
    const double near_pt = 0.05;
    return fabs(a.x - b.x) < near_pt && fabs(a.y - b.y) < near_pt;
}

/* Adds a line's points, its first one left out when it is the chain's last. */
static bool append_line(struct chain *chain, const struct sg_line *line, bool reversed) {
    if (!sg_reserve(&chain->points, &chain->capacity, chain->count + line->point_count,
                    sizeof *chain->points))
        return false;
    for (uint32_t i = chain->count > 0 ? 1 : 0; i < line->point_count; i++)
        chain->points[chain->count++] = line->points[reversed ? line->point_count - 1 - i : i];
    return true;
}

/* Begins with a line and goes on at its end as long as one of the same name starts or ends there. */
static bool build_chain(const struct sg_drawing *drawing, size_t first, bool *used, struct chain *chain) {
    const char *name = drawing->map->lines[first].name;
    int rank = drawing->map->lines[first].class_rank;
    chain->count = 0;
    used[first] = true;
    if (!append_line(chain, &drawing->lines[first], false))
        return false;
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < drawing->map->line_count; i++) {
            const struct sg_line *line = &drawing->lines[i];
            if (used[i] || !is_named(drawing, i, name, rank))
                continue;
            struct sg_point end = chain->points[chain->count - 1];
            bool forward = is_same(line->points[0], end);
            if (!forward && !is_same(line->points[line->point_count - 1], end))
                continue;
            used[i] = grown = true;
            if (!append_line(chain, line, !forward))
                return false;
        }
    }
    return true;
}

/* The text as a row of squares along its baseline: all must lie in the frame, off the areas and free. */
static bool try_squares(struct sg_drawing *drawing, struct sg_point middle, double angle, double width,
                        double height, bool is_dry) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    double side = height * 1.15;
    int count = (int)ceil(width / (height * 0.9));
    for (int i = 0; i < count; i++) {
        double along = width * ((i + 0.5) / count - 0.5);
        double x = middle.x + along * cos(angle) - side / 2, y = middle.y + along * sin(angle) - side / 2;
        if (!is_dry) {
            sg_box_list_add(&drawing->boxes, SG_BOX_STREET_NAME, x + side * 0.3, y + side * 0.3, side * 0.4,
                            side * 0.4);
            sg_box_list_set_type(&drawing->boxes, drawing->theme.sizes.street);
            continue;
        }
        if (x < frame->x + 2 || y < frame->y + 2 || x + side > frame->x + frame->width - 2
            || y + side > frame->y + frame->height - 2 || sg_box_list_meets(&drawing->boxes, x, y, side, side)
            || sg_coverage_mask_share(&drawing->mask, x, y, side, side) > 0)
            return false;
    }
    return true;
}

/* The first stretch of the chain that is straight and free for so much text. */
static bool find_stretch(struct sg_drawing *drawing, const struct chain *chain, double width, double height,
                         struct sg_point *ret_middle, double *ret_angle) {
    const double straight = 0.995;
    for (size_t i = 0; i + 1 < chain->count; i++) {
        double along = 0;
        for (size_t j = i + 1; j < chain->count; j++) {
            struct sg_point a = chain->points[i], b = chain->points[j], before = chain->points[j - 1];
            double piece = hypot(b.x - before.x, b.y - before.y);
            along += piece;
            if (along < width * 1.15)
                continue;
            double chord = hypot(b.x - a.x, b.y - a.y);
            if (chord < straight * along)
                break;
            /* Along a long piece there are many places: try some of them. */
            double room = chord - width * 1.15;
            for (double start = 0; start <= room; start += width * 0.5) {
                double t = (start + width * 0.575) / chord;
                struct sg_point middle = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
                double angle = atan((b.y - a.y) / (b.x - a.x));
                if (b.x == a.x)
                    angle = -1.57079632679489661923;
                if (try_squares(drawing, middle, angle, width, height, true)) {
                    *ret_middle = middle;
                    *ret_angle = angle;
                    return true;
                }
            }
            break;
        }
    }
    return false;
}

static bool draw_name(struct sg_drawing *drawing, const struct chain *chain, const char *name) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.street, theme->weights.legend_text, theme->colours.street_text);
    style.align = SG_ALIGN_CENTRE;
    style.halo_pt = theme->lines.label_halo;
    style.halo = drawing->map->context_shape_count > 0 ? theme->colours.land : theme->colours.paper;
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, name, &style);
    struct sg_point middle;
    double angle;
    if (!find_stretch(drawing, chain, size.width, size.height, &middle, &angle))
        return false;
    try_squares(drawing, middle, angle, size.width, size.height, false);
    cairo_save(drawing->cairo);
    cairo_translate(drawing->cairo, middle.x, middle.y);
    cairo_rotate(drawing->cairo, angle);
    sg_lettering_draw(drawing->lettering, drawing->cairo, name, &style, 0, -size.height / 2);
    cairo_restore(drawing->cairo);
    return true;
}

void sg_draw_street_names(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    bool *used = sg_alloc(map->line_count, sizeof *used);
    drawing->out_of_memory = drawing->out_of_memory || used == NULL;
    struct chain chain = {0};
    int drawn = 0;
    const char *done[MOST_NAMES];
    for (int rank = 0; rank <= 1; rank++) {
        for (size_t i = 0; i < map->line_count && used != NULL && drawn < MOST_NAMES; i++) {
            if (used[i] || map->lines[i].name == NULL || !is_named(drawing, i, map->lines[i].name, rank))
                continue;
            if (!build_chain(drawing, i, used, &chain)) {
                drawing->out_of_memory = true;
                break;
            }
            bool is_done = false;
            for (int d = 0; d < drawn; d++)
                is_done = is_done || strcmp(done[d], map->lines[i].name) == 0;
            char *name = is_done ? NULL : sg_drawing_clean(drawing, map->lines[i].name);
            if (name != NULL && name[0] != '\0' && draw_name(drawing, &chain, name))
                done[drawn++] = map->lines[i].name;
            sg_free(name);
        }
    }
    sg_free(chain.points);
    sg_free(used);
}
