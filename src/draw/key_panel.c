#include "draw/key_panel.h"

#include <math.h>

enum { MOST_COLUMNS = 10, FEWEST_LINES = 6, MOST_OFFS = 6 };

static bool is_free(const struct sg_drawing *drawing, const struct sg_rectangle *at) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    const double hair = 0.5; /* the mask's cells at the frame's edge reach out of it */
    double clear = drawing->theme.spacing.gap * 0.4;
    double left = fmax(at->x - clear, frame->x + hair), top = fmax(at->y - clear, frame->y + hair);
    double right = fmin(at->x + at->width + clear, frame->x + frame->width - hair);
    double bottom = fmin(at->y + at->height + clear, frame->y + frame->height - hair);
    bool is_in_frame = at->x >= frame->x - 1e-6 && at->y >= frame->y - 1e-6
                       && at->x + at->width <= frame->x + frame->width + 1e-6
                       && at->y + at->height <= frame->y + frame->height + 1e-6;
    return is_in_frame && right > left && bottom > top
           && sg_coverage_mask_share(&drawing->mask, left, top, right - left, bottom - top) == 0
           && !sg_box_list_meets(&drawing->boxes, left, top, right - left, bottom - top);
}

/* A place for a panel: a corner (0 and 1 at the foot, 1 and 3 at the right), or as far from it up or down the
   side as the scale bar or the arrow that stands in it needs. */
struct place {
    int corner;
    double off_pt;
};

/* Where land or water fills the frame its edge is seen, and nothing may stand on it. */
static double off_the_edge(const struct sg_drawing *drawing) {
    return drawing->map->context_shape_count > 0 ? drawing->theme.spacing.gap * 0.25 : 0;
}

/* A panel of so many columns and lines. The rows stand off the map on the sides that face it. */
static struct sg_key_panel panel_at(const struct sg_drawing *drawing, const struct place *place, int columns,
                                    int lines, double column_width, double line_height) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    double gap = drawing->theme.spacing.gap, pad = gap * 0.6, edge = off_the_edge(drawing);
    bool at_right = place->corner % 2 == 1, at_foot = place->corner < 2;
    double width = columns * column_width + (columns - 1) * gap, height = lines * line_height;
    struct sg_key_panel panel = {.columns = columns};
    panel.rectangle.width = width + pad + edge;
    panel.rectangle.height = height + pad + edge;
    panel.rectangle.x = at_right ? frame->x + frame->width - panel.rectangle.width : frame->x;
    panel.rectangle.y = at_foot ? frame->y + frame->height - place->off_pt - panel.rectangle.height
                                : frame->y + place->off_pt;
    panel.inside = (struct sg_rectangle){panel.rectangle.x + (at_right ? pad : edge),
                                         panel.rectangle.y + (at_foot ? pad : edge), width, height};
    return panel;
}

/* The most lines that the place has room for, up to those wanted. */
static int lines_in(const struct sg_drawing *drawing, const struct place *place, int columns, int wanted,
                    double column_width, double line_height) {
    int lines = 0;
    while (lines < wanted) {
        struct sg_key_panel panel = panel_at(drawing, place, columns, lines + 1, column_width, line_height);
        if (!is_free(drawing, &panel.rectangle))
            break;
        lines++;
    }
    return lines;
}

/* How far a panel beyond another stands off the corners at the foot or the top. */
static int offs_of(const struct sg_drawing *drawing, bool at_foot, double offs[static MOST_OFFS]) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    int count = 0;
    offs[count++] = 0;
    offs[count++] = drawing->theme.sizes.scale * 4;
    offs[count++] = drawing->theme.sizes.scale * 7;
    for (size_t i = 0; i < drawing->boxes.count && count < MOST_OFFS; i++) {
        const struct sg_placed_box *box = &drawing->boxes.boxes[i];
        double off = at_foot ? frame->y + frame->height - box->y : box->y + box->height - frame->y;
        if (box->kind == SG_BOX_PANEL)
            offs[count++] = off + drawing->theme.spacing.gap * 0.4 + 0.1;
    }
    return count;
}

bool sg_find_key_panel(const struct sg_drawing *drawing, size_t lines, double column_width,
                       double line_height, bool in_corner, struct sg_key_panel *ret_panel) {
    static const int corners[] = {1, 0, 3, 2}; /* the foot first, right before left */
    double foot_offs[MOST_OFFS], top_offs[MOST_OFFS];
    int off_count = offs_of(drawing, true, foot_offs);
    if (in_corner)
        off_count = 1;
    offs_of(drawing, false, top_offs);
    double best_area = INFINITY;
    size_t best_lines = 0;
    for (int p = 0; p < 4 * off_count; p++) {
        struct place place = {corners[p % 4], corners[p % 4] < 2 ? foot_offs[p / 4] : top_offs[p / 4]};
        for (int columns = 1; columns <= MOST_COLUMNS; columns++) {
            size_t per_column = (lines + (size_t)columns - 1) / (size_t)columns;
            int wanted = per_column > 400 ? 400 : (int)per_column;
            wanted = wanted < FEWEST_LINES ? FEWEST_LINES : wanted;
            int found = lines_in(drawing, &place, columns, wanted, column_width, line_height);
            size_t held = (size_t)found * (size_t)columns;
            held = held > lines ? lines : held;
            if (found < FEWEST_LINES)
                continue;
            struct sg_key_panel panel = panel_at(drawing, &place, columns, found, column_width, line_height);
            double area = panel.rectangle.width * panel.rectangle.height;
            if (held > best_lines || (held == best_lines && area < best_area)) {
                best_lines = held;
                best_area = area;
                *ret_panel = panel;
            }
        }
        if (best_lines == lines && p % 4 == 3) /* a corner itself is better than a place beside it */
            break;
    }
    return best_lines > 0;
}
