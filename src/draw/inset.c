#include "draw/inset.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/corner.h"

static const double small_pt = 8.5;      /* 3 mm: an area less wide is hard to see */
static const double window_share = 0.17; /* of the frame's width, or of a wide page's height */
static const double wide_shape = 1.6;
static const double window_shape = 0.75; /* height to width */
static const double factors[] = {6, 5, 4, 3, 2.5, 2};
static const double most_enlarged = 3; /* the widest inset, in widths of the widest window */

enum { FACTOR_COUNT = sizeof factors / sizeof factors[0], FEWEST_SMALL = 12, MOST_AREAS = 4000, STEPS = 24 };

/* The middles of the areas that are small on the page. */
struct small_areas {
    struct sg_point *middles;
    size_t count;
};

static void measure_area(const struct sg_topology *topology, uint32_t area, struct sg_box *box,
                         double *size_pt2) {
    double twice = 0;
    *box = sg_box_empty();
    for (uint32_t ring = topology->area_rings[area]; ring < topology->area_rings[area + 1]; ring++) {
        for (uint32_t r = topology->ring_starts[ring]; r < topology->ring_starts[ring + 1]; r++) {
            int32_t signed_arc = topology->ring_arcs[r];
            bool reversed = signed_arc < 0;
            const struct sg_arc *arc = &topology->arcs[reversed ? ~signed_arc : signed_arc];
            const struct sg_point *points = topology->points + arc->start;
            for (uint32_t i = 0; i < arc->count; i++) {
                sg_box_add(box, points[i]);
                if (i + 1 < arc->count)
                    twice +=
                        (reversed ? -1 : 1) * (points[i].x * points[i + 1].y - points[i + 1].x * points[i].y);
            }
        }
    }
    *size_pt2 = fabs(twice) / 2;
}

static bool find_small(const struct sg_drawing *drawing, struct small_areas *small) {
    const struct sg_topology *topology = &drawing->topology;
    small->middles = sg_alloc(topology->area_count, sizeof *small->middles);
    for (uint32_t a = 0; a < topology->area_count && small->middles != NULL; a++) {
        struct sg_box box;
        double size_pt2;
        measure_area(topology, a, &box, &size_pt2);
        if (size_pt2 > 0 && size_pt2 < small_pt * small_pt)
            small->middles[small->count++] =
                (struct sg_point){(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    }
    return small->middles != NULL;
}

/* Would the window's outline strike nothing that is written? */
static bool is_outline_free(const struct sg_drawing *drawing, const struct sg_rectangle *at) {
    double line = drawing->theme.lines.region + 2 * drawing->theme.lines.leader;
    const struct sg_box_list *boxes = &drawing->boxes;
    return !sg_box_list_meets(boxes, at->x - line, at->y - line, at->width + 2 * line, 2 * line)
           && !sg_box_list_meets(boxes, at->x - line, at->y + at->height - line, at->width + 2 * line,
                                 2 * line)
           && !sg_box_list_meets(boxes, at->x - line, at->y, 2 * line, at->height)
           && !sg_box_list_meets(boxes, at->x + at->width - line, at->y, 2 * line, at->height);
}

/* The place of the window that has most of the small areas in it; answers how many. */
static size_t find_window(const struct sg_drawing *drawing, const struct small_areas *small,
                          struct sg_rectangle *ret_window) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    double width = fmin(frame->width, frame->height * wide_shape) * window_share;
    double height = width * window_shape;
    size_t most = 0;
    for (int i = 0; i < STEPS * STEPS; i++) {
        struct sg_rectangle window = {frame->x + (frame->width - width) * (i % STEPS) / (STEPS - 1),
                                      frame->y + (frame->height - height) * (i / STEPS) / (STEPS - 1), width,
                                      height};
        size_t count = 0;
        for (size_t a = 0; a < small->count; a++)
            count += small->middles[a].x >= window.x && small->middles[a].x <= window.x + width
                     && small->middles[a].y >= window.y && small->middles[a].y <= window.y + height;
        if (count > most && is_outline_free(drawing, &window)) {
            most = count;
            *ret_window = window;
        }
    }
    return most;
}

/* Draws the window in to the small areas that it shows, where its outline then strikes nothing. */
static void tighten(const struct sg_drawing *drawing, const struct small_areas *small,
                    struct sg_rectangle *window) {
    struct sg_box box = sg_box_empty();
    for (size_t a = 0; a < small->count; a++) {
        struct sg_point middle = small->middles[a];
        if (middle.x >= window->x && middle.x <= window->x + window->width && middle.y >= window->y
            && middle.y <= window->y + window->height)
            sg_box_add(&box, middle);
    }
    double width = box.max_x - box.min_x + 2 * small_pt, height = box.max_y - box.min_y + 2 * small_pt;
    struct sg_rectangle tight = {box.min_x - small_pt, box.min_y - small_pt, width, height};
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    bool is_in_frame = tight.x >= frame->x && tight.y >= frame->y
                       && tight.x + tight.width <= frame->x + frame->width
                       && tight.y + tight.height <= frame->y + frame->height;
    if (width < window->width && height < window->height && is_in_frame && is_outline_free(drawing, &tight))
        *window = tight;
}

static void outline(struct sg_drawing *drawing, const struct sg_rectangle *at) {
    const struct sg_theme *theme = &drawing->theme;
    for (int over = 0; over < 2; over++) { /* a casing, so that it shows on every fill */
        cairo_rectangle(drawing->cairo, at->x, at->y, at->width, at->height);
        cairo_set_line_width(drawing->cairo, theme->lines.region + (over ? 0 : 2 * theme->lines.leader));
        sg_set_colour(drawing->cairo, over ? theme->colours.text : theme->colours.paper);
        cairo_stroke(drawing->cairo);
    }
}

/* The map once more, moved and enlarged; its lines keep their width. */
static enum sg_status draw_enlarged(struct sg_drawing *drawing, const struct sg_rectangle *window,
                                    const struct sg_rectangle *inset, double factor,
                                    enum sg_status (*draw_map)(struct sg_drawing *drawing)) {
    const struct sg_theme kept = drawing->theme;
    cairo_t *cairo = drawing->cairo;
    double *lines = (double *)&drawing->theme.lines;
    for (size_t i = 0; i < sizeof drawing->theme.lines / sizeof *lines; i++)
        lines[i] /= factor;
    cairo_save(cairo);
    cairo_rectangle(cairo, inset->x, inset->y, inset->width, inset->height);
    cairo_clip(cairo);
    sg_set_colour(cairo, kept.colours.paper);
    cairo_paint(cairo);
    cairo_translate(cairo, inset->x, inset->y);
    cairo_scale(cairo, factor, factor);
    cairo_translate(cairo, -window->x, -window->y);
    enum sg_status status = draw_map(drawing);
    cairo_restore(cairo);
    drawing->theme = kept;
    return status;
}

/* "Enlarged 2.5 times". NULL when out of memory. */
static char *caption_of(const struct sg_drawing *drawing, double factor) {
    struct sg_text number;
    sg_text_init(&number);
    sg_append_number(&number, factor, sg_decimals_of(factor), drawing->map->language);
    char *caption =
        number.failed ? NULL
                      : sg_format(sg_word(SG_WORD_ENLARGED, drawing->map->language), sg_text_bytes(&number));
    sg_text_release(&number);
    return caption;
}

/* Puts the inset where there is room for it under its caption. */
static enum sg_status try_factor(struct sg_drawing *drawing, const struct sg_rectangle *window, double factor,
                                 enum sg_status (*draw_map)(struct sg_drawing *drawing), bool *ret_done) {
    static const enum sg_corner corners[] = {SG_CORNER_BOTTOM_RIGHT, SG_CORNER_BOTTOM_LEFT,
                                             SG_CORNER_TOP_RIGHT, SG_CORNER_TOP_LEFT};
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.scale, theme->weights.legend_text, theme->colours.quiet_text);
    double x, y, line = 1.5 * style.size_pt, width = window->width * factor, height = window->height * factor;
    *ret_done = sg_find_corner(drawing, corners, 4, width, height + line, &x, &y);
    if (!*ret_done)
        return SG_OK;
    char *caption = caption_of(drawing, factor);
    if (caption == NULL)
        return sg_fail_memory(drawing->context);
    struct sg_rectangle inset = {x, y + line, width, height};
    enum sg_status status = draw_enlarged(drawing, window, &inset, factor, draw_map);
    outline(drawing, window);
    outline(drawing, &inset);
    sg_lettering_draw(drawing->lettering, drawing->cairo, caption, &style, x, y);
    sg_box_list_add(&drawing->boxes, SG_BOX_WINDOW, window->x, window->y, window->width, window->height);
    sg_box_list_add(&drawing->boxes, SG_BOX_INSET, x, y, width, height + line);
    sg_box_list_set_type(&drawing->boxes, style.size_pt);
    sg_free(caption);
    drawing->inset = (struct sg_inset){true, *window, inset, factor};
    return status;
}

enum sg_status sg_draw_inset(struct sg_drawing *drawing,
                             enum sg_status (*draw_map)(struct sg_drawing *drawing)) {
    enum sg_map_kind kind = drawing->map->kind;
    if (kind == SG_MAP_SYMBOLS || kind == SG_MAP_DOTS || drawing->topology.area_count > MOST_AREAS)
        return SG_OK; /* circles and dots count people: enlarged they would count more */
    struct small_areas small = {0};
    struct sg_rectangle window = {0};
    if (!find_small(drawing, &small))
        return sg_fail_memory(drawing->context);
    size_t count = find_window(drawing, &small, &window);
    bool helps = count >= FEWEST_SMALL && 4 * count >= small.count;
    double widest = most_enlarged * window.width, highest = most_enlarged * window.height;
    if (helps)
        tighten(drawing, &small, &window);
    enum sg_status status = SG_OK;
    sg_free(small.middles);
    bool done = !helps;
    for (int i = 0; i < FACTOR_COUNT && !done && status == SG_OK; i++) {
        if (factors[i] * window.width <= widest && factors[i] * window.height <= highest)
            status = try_factor(drawing, &window, factors[i], draw_map, &done);
    }
    return status;
}
