#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/area_finder.h"
#include "draw/place_name.h"

static const double half_pi = 1.57079632679489661923;

enum { MOST_NAMES = 12, MOST_AREAS = 4000 /* smaller ones hold no name */ };

/* A street put together from the lines that bear its name and meet end to end. */
struct chain {
    const char *name;
    int rank;
    size_t first; /* line */
    double length;
    struct sg_point *points; /* owned */
    size_t count, capacity;
};

/* What the names are found with. */
struct naming {
    struct sg_drawing *drawing;
    struct chain *chains; /* in the order in which they choose */
    size_t count, capacity;
    struct sg_area_finder finder;
    bool has_finder;
};

/* A place for a name along its street. */
struct stretch {
    struct sg_point middle;
    double angle;
    uint32_t area; /* that it lies in; UINT32_MAX: off the areas */
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
    for (uint32_t i = chain->count > 0 ? 1 : 0; i < line->point_count; i++) {
        struct sg_point point = line->points[reversed ? line->point_count - 1 - i : i];
        if (chain->count > 0) {
            struct sg_point last = chain->points[chain->count - 1];
            chain->length += hypot(point.x - last.x, point.y - last.y);
        }
        chain->points[chain->count++] = point;
    }
    return true;
}

/* Begins with a line and goes on at its end as long as one of the same name starts or ends there. */
static bool build_chain(const struct sg_drawing *drawing, size_t first, bool *used, struct chain *chain) {
    *chain = (struct chain){.name = drawing->map->lines[first].name,
                            .rank = drawing->map->lines[first].class_rank,
                            .first = first};
    used[first] = true;
    if (!append_line(chain, &drawing->lines[first], false))
        return false;
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < drawing->map->line_count; i++) {
            const struct sg_line *line = &drawing->lines[i];
            if (used[i] || !is_named(drawing, i, chain->name, chain->rank))
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

/* The most important first, of those the longest. */
static int compare_chains(const void *a, const void *b) {
    const struct chain *p = a, *q = b;
    if (p->rank != q->rank)
        return p->rank < q->rank ? -1 : 1;
    if (p->length != q->length)
        return p->length > q->length ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}

/* The streets that may be named: main roads; where no classes are told, all. */
static bool collect_chains(struct naming *work, bool *used) {
    const struct sg_drawing *drawing = work->drawing;
    int lowest = drawing->has_ranked_lines ? 0 : -1, highest = drawing->has_ranked_lines ? 1 : -1;
    for (size_t i = 0; i < drawing->map->line_count; i++) {
        int rank = drawing->map->lines[i].class_rank;
        if (used[i] || rank < lowest || rank > highest || drawing->map->lines[i].name == NULL
            || !is_named(drawing, i, drawing->map->lines[i].name, rank))
            continue;
        if (!sg_reserve(&work->chains, &work->capacity, work->count + 1, sizeof *work->chains))
            return false;
        if (!build_chain(drawing, i, used, &work->chains[work->count++]))
            return false;
    }
    if (work->count > 1)
        qsort(work->chains, work->count, sizeof *work->chains, compare_chains);
    return true;
}

/* Is a name that begins in one area still in it in another: across a hairline between areas of one class it
   reads on, across the outline of a region it does not. */
static bool is_like(const struct sg_drawing *drawing, uint32_t first, uint32_t other) {
    const int *classes = drawing->style.classes;
    return first == other || (drawing->map->region_count == 0 && classes[first] == classes[other]);
}

/* The square's five places in one area, the one that the name's first square lies in, or in its like. */
static bool is_in_area(struct naming *work, double x, double y, double side, uint32_t *area) {
    for (int corner = 0; corner < 5; corner++) {
        struct sg_point point = {x + (corner == 4 ? 0.5 : corner % 2) * side,
                                 y + (corner == 4 ? 0.5 : (double)(corner / 2)) * side};
        uint32_t at;
        if (!sg_area_at(&work->finder, &work->drawing->topology, point, &at)) {
            work->drawing->out_of_memory = true;
            return false;
        }
        if (at == UINT32_MAX)
            return false;
        if (*area == UINT32_MAX)
            *area = at;
        if (!is_like(work->drawing, *area, at))
            return false;
    }
    return true;
}

/* The text as a row of squares along its baseline: all must lie in the frame and free, and off the areas or
   within one. Then their boxes are added unless is_dry. */
static bool try_squares(struct naming *work, struct stretch *stretch, double width, double height,
                        bool on_areas, bool is_dry) {
    struct sg_drawing *drawing = work->drawing;
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    double side = height * 1.15;
    int count = (int)ceil(width / (height * 0.9));
    stretch->area = UINT32_MAX;
    for (int i = 0; i < count; i++) {
        double along = width * ((i + 0.5) / count - 0.5);
        double x = stretch->middle.x + along * cos(stretch->angle) - side / 2,
               y = stretch->middle.y + along * sin(stretch->angle) - side / 2;
        if (!is_dry) {
            sg_box_list_add(&drawing->boxes, SG_BOX_STREET_NAME, x + side * 0.3, y + side * 0.3, side * 0.4,
                            side * 0.4);
            sg_box_list_set_type(&drawing->boxes, drawing->theme.sizes.street);
            continue;
        }
        if (x < frame->x + 2 || y < frame->y + 2 || x + side > frame->x + frame->width - 2
            || y + side > frame->y + frame->height - 2
            || sg_box_list_meets(&drawing->boxes, x, y, side, side))
            return false;
        bool is_clear = on_areas ? is_in_area(work, x, y, side, &stretch->area)
                                 : sg_coverage_mask_share(&drawing->mask, x, y, side, side) == 0;
        if (!is_clear)
            return false;
    }
    return true;
}

/* The first stretch of the chain that is straight and free for so much text. */
static bool find_stretch(struct naming *work, const struct chain *chain, double width, double height,
                         bool on_areas, struct stretch *ret_stretch) {
    const double straight = 0.995;
    for (size_t i = 0; i + 1 < chain->count; i++) {
        double along = 0;
        for (size_t j = i + 1; j < chain->count; j++) {
            struct sg_point a = chain->points[i], b = chain->points[j], before = chain->points[j - 1];
            along += hypot(b.x - before.x, b.y - before.y);
            if (along < width * 1.15)
                continue;
            double chord = hypot(b.x - a.x, b.y - a.y);
            if (chord < straight * along)
                break;
            /* Along a long piece there are many places: try some of them. */
            double room = chord - width * 1.15;
            for (double start = 0; start <= room; start += width * 0.5) {
                double t = (start + width * 0.575) / chord;
                *ret_stretch =
                    (struct stretch){.middle = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t},
                                     .angle = b.x == a.x ? -half_pi : atan((b.y - a.y) / (b.x - a.x))};
                if (try_squares(work, ret_stretch, width, height, on_areas, true))
                    return true;
            }
            break;
        }
    }
    return false;
}

/* On an area the name takes its fill for a halo, and a colour that reads on it. */
static bool set_colours(const struct sg_drawing *drawing, const struct stretch *stretch,
                        struct sg_text_style *style) {
    const struct sg_theme *theme = &drawing->theme;
    style->halo = drawing->map->context_shape_count > 0 ? theme->colours.land : theme->colours.paper;
    if (stretch->area == UINT32_MAX)
        return true;
    bool is_flat =
        sg_map_style_fill(&drawing->style, theme, drawing->style.classes[stretch->area], &style->halo);
    if (sg_colour_contrast(style->colour, style->halo) < 4.5)
        style->colour = sg_text_on(style->halo, theme);
    return is_flat; /* no name on a hatch */
}

static bool draw_name(struct naming *work, const struct chain *chain, const char *name) {
    struct sg_drawing *drawing = work->drawing;
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.street, theme->weights.legend_text, theme->colours.street_text);
    style.align = SG_ALIGN_CENTRE;
    style.halo_pt = theme->lines.label_halo;
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, name, &style);
    struct stretch stretch;
    bool is_found =
        find_stretch(work, chain, size.width, size.height, false, &stretch)
        || (work->has_finder && find_stretch(work, chain, size.width, size.height, true, &stretch));
    if (!is_found || !set_colours(drawing, &stretch, &style))
        return false;
    try_squares(work, &stretch, size.width, size.height, false, false);
    cairo_save(drawing->cairo);
    cairo_translate(drawing->cairo, stretch.middle.x, stretch.middle.y);
    cairo_rotate(drawing->cairo, stretch.angle);
    sg_lettering_draw(drawing->lettering, drawing->cairo, name, &style, 0, -size.height / 2);
    cairo_restore(drawing->cairo);
    return true;
}

/* Each name once, at the first of its chains that has room. */
static void draw_names(struct naming *work) {
    const char *done[MOST_NAMES];
    int drawn = 0;
    for (size_t i = 0; i < work->count && drawn < MOST_NAMES; i++) {
        const struct chain *chain = &work->chains[i];
        bool is_done = false;
        for (int d = 0; d < drawn; d++)
            is_done = is_done || strcmp(done[d], chain->name) == 0;
        char *name = is_done ? NULL : sg_drawing_clean(work->drawing, chain->name);
        if (name != NULL && name[0] != '\0' && draw_name(work, chain, name))
            done[drawn++] = chain->name;
        sg_free(name);
    }
}

void sg_draw_street_names(struct sg_drawing *drawing) {
    size_t lines = drawing->map->line_count;
    if (lines == 0)
        return;
    struct naming work = {.drawing = drawing};
    bool *used = sg_alloc(lines, sizeof *used);
    /* between circles and dots names of streets would only confuse */
    work.has_finder = drawing->map->kind != SG_MAP_SYMBOLS && drawing->map->kind != SG_MAP_DOTS
                      && drawing->topology.area_count <= MOST_AREAS;
    bool is_ready = used != NULL && collect_chains(&work, used)
                    && (!work.has_finder || sg_area_finder_init(&work.finder, &drawing->topology));
    if (is_ready)
        draw_names(&work);
    drawing->out_of_memory = drawing->out_of_memory || !is_ready;
    if (work.has_finder)
        sg_area_finder_release(&work.finder);
    for (size_t i = 0; i < work.count; i++)
        sg_free(work.chains[i].points);
    sg_free(work.chains);
    sg_free(used);
}
