#include "draw/leader.h"

#include <math.h>

#include "draw/pole.h"

/* Where the line goes, and where on the label's box it ends, in shares of the box. */
static const struct direction {
    double dx, dy;
    double end_x, end_y;
} directions[] = {
    {0, 1, 0.5, 0}, {0, -1, 0.5, 1}, {1, 0, 0, 0.5},  {-1, 0, 1, 0.5},
    {1, 1, 0, 0.5}, {-1, 1, 1, 0.5}, {1, -1, 0, 0.5}, {-1, -1, 1, 0.5},
};

enum { DIRECTION_COUNT = sizeof directions / sizeof directions[0] };

static bool crosses_anything(const struct sg_drawing *drawing, struct sg_point from, struct sg_point to) {
    const double clear = drawing->theme.lines.leader;
    for (size_t i = 0; i < drawing->boxes.count; i++) {
        const struct sg_placed_box *box = &drawing->boxes.boxes[i];
        bool is_beside =
            fmax(from.x, to.x) < box->x - clear || fmin(from.x, to.x) > box->x + box->width + clear
            || fmax(from.y, to.y) < box->y - clear || fmin(from.y, to.y) > box->y + box->height + clear;
        if (box->kind != SG_BOX_FRAME && !is_beside
            && sg_segment_meets_box(from, to, box->x - clear, box->y - clear, box->width + 2 * clear,
                                    box->height + 2 * clear))
            return true;
    }
    return false;
}

static bool is_room(const struct sg_drawing *drawing, double x, double y, double width, double height) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    double clear = drawing->theme.sizes.label_least * 0.3;
    return x >= frame->x + clear && y >= frame->y + clear && x + width <= frame->x + frame->width - clear
           && y + height <= frame->y + frame->height - clear
           && sg_coverage_mask_share(&drawing->mask, x - clear, y - clear, width + 2 * clear,
                                     height + 2 * clear)
                  == 0
           && !sg_box_list_meets(&drawing->boxes, x - clear, y - clear, width + 2 * clear,
                                 height + 2 * clear);
}

bool sg_leader_may_reach(const struct sg_drawing *drawing, struct sg_point from) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    const double hair = 0.5; /* the mask's cells at the frame's edge reach out of it */
    double reach = drawing->theme.spacing.leader + 2 * drawing->theme.sizes.label_least;
    double left = fmax(from.x - reach, frame->x + hair), top = fmax(from.y - reach, frame->y + hair);
    double right = fmin(from.x + reach, frame->x + frame->width - hair);
    double bottom = fmin(from.y + reach, frame->y + frame->height - hair);
    return right > left && bottom > top
           && sg_coverage_mask_share(&drawing->mask, left, top, right - left, bottom - top) < 1;
}

bool sg_find_leader(const struct sg_drawing *drawing, struct sg_point from, double width, double height,
                    struct sg_leader *ret_leader) {
    const struct sg_theme *theme = &drawing->theme;
    double gap = theme->sizes.label_least * 0.25, step = theme->sizes.label_least * 0.5;
    for (double length = step; length <= theme->spacing.leader; length += step) {
        for (int d = 0; d < DIRECTION_COUNT; d++) {
            const struct direction *way = &directions[d];
            double share = length / hypot(way->dx, way->dy);
            struct sg_point to = {from.x + way->dx * share, from.y + way->dy * share};
            double x = to.x + gap * ((way->end_x == 0) - (way->end_x == 1)) - way->end_x * width;
            double y = to.y + gap * ((way->end_y == 0) - (way->end_y == 1)) - way->end_y * height;
            if (is_room(drawing, x, y, width, height) && !crosses_anything(drawing, from, to)) {
                *ret_leader = (struct sg_leader){from, to, x, y};
                return true;
            }
        }
    }
    return false;
}

/* Small boxes along the line: a slanted line has no box of its own. */
void sg_place_leader(struct sg_drawing *drawing, const struct sg_leader *leader) {
    double side = drawing->theme.lines.leader * 2;
    double length = hypot(leader->to.x - leader->from.x, leader->to.y - leader->from.y);
    int count = (int)ceil(length / (3 * side));
    for (int i = 0; i < count; i++) {
        double t = (i + 0.5) / count;
        sg_box_list_add(&drawing->boxes, SG_BOX_LEADER,
                        leader->from.x + (leader->to.x - leader->from.x) * t - side / 2,
                        leader->from.y + (leader->to.y - leader->from.y) * t - side / 2, side, side);
    }
}

void sg_draw_leader(struct sg_drawing *drawing, const struct sg_leader *leader) {
    const double whole_turn = 6.28318530717958647693;
    const struct sg_theme *theme = &drawing->theme;
    cairo_t *cairo = drawing->cairo;
    cairo_save(cairo);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (int over = 0; over < 2; over++) { /* a casing, so that the line shows on every fill */
        double casing = over ? 0 : theme->lines.leader;
        sg_set_colour(cairo, over ? theme->colours.quiet_text : theme->colours.paper);
        cairo_set_line_width(cairo, theme->lines.leader + 2 * casing);
        cairo_move_to(cairo, leader->from.x, leader->from.y);
        cairo_line_to(cairo, leader->to.x, leader->to.y);
        cairo_stroke(cairo);
        cairo_arc(cairo, leader->from.x, leader->from.y, theme->lines.leader * 2 + casing, 0, whole_turn);
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}
