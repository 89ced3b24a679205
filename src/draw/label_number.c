#include "draw/label_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/key_setting.h"

/* Where a number that is larger than its area stands: about the area's middle, so that the halo sets it off
   from the neighbours it reaches into. */
static bool try_middle(struct sg_labelling *work, struct sg_label *label) {
    const double precision_pt = 0.4, least_share = 0.15;
    enum { STEPS = 2 };
    struct sg_pole pole =
        sg_pole_of_inaccessibility(&work->room.rings, label->width / label->height, precision_pt);
    if (pole.distance < least_share * label->height)
        return false;
    for (int ring = 0; ring <= STEPS; ring++) {
        for (int i = 0; i < 9; i++) {
            double dx = (i % 3 - 1) * ring * label->width / 8, dy = (i / 3 - 1) * ring * label->height / 8;
            struct sg_point middle = {pole.point.x + dx, pole.point.y + dy};
            label->x = middle.x - label->width / 2;
            label->y = middle.y - label->height / 2;
            if (sg_rings_hold_box(&work->room.rings, middle.x, middle.y, 0, 0)
                && !sg_box_list_meets(&work->drawing->boxes, label->x, label->y, label->width, label->height))
                return true;
        }
    }
    return false;
}

/* The box that a number needs at the label's size: that of the widest number of so many digits, measured
   once. Where every hair counts there is little about it. */
static void size_number(struct sg_labelling *work, struct sg_label *label, int step, size_t number,
                        bool is_tight) {
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%zu", number);
    bool is_kept = step < SG_NUMBER_STEPS && count <= SG_NUMBER_DIGITS;
    struct sg_text_size own = {0}, *size = is_kept ? &work->numbers[step][count] : &own;
    if (size->width == 0) {
        struct sg_text_style style = sg_label_style(work->drawing, label, SG_LABEL_NUMBER);
        memset(digits, '8', (size_t)count);
        *size = sg_lettering_measure(work->drawing->lettering, digits, &style);
    }
    double pad = is_tight ? 0.05 : 0.2;
    label->width = size->width + pad * label->size_pt;
    label->height = size->ink_height + pad * label->size_pt;
}

/* The theme's least size holds on any paper. */
static double least_number(const struct sg_drawing *drawing) {
    return drawing->theme.sizes.label_least / (drawing->page.is_slide ? 1 : fmax(drawing->page.scale, 1));
}

void sg_label_try_number(struct sg_labelling *work, struct sg_label *label, size_t number) {
    struct sg_drawing *drawing = work->drawing;
    double least = sg_label_least_size(drawing), size = drawing->theme.sizes.label;
    for (int step = 0; label->kind == SG_LABEL_NONE; step++, size = sg_label_next_size(drawing, size)) {
        bool is_last = size < least - 1e-6;
        if (is_last)
            size = least_number(drawing);
        label->size_pt = size;
        size_number(work, label, step, number, is_last);
        if (sg_label_room_find(&work->room, &drawing->boxes, label->width, label->height, &label->x,
                               &label->y)
            || (is_last && (label->is_wide = try_middle(work, label))))
            label->kind = SG_LABEL_NUMBER;
        if (is_last)
            return;
    }
}

/* The box of a label that has its place, or NULL. */
static struct sg_placed_box *box_of(struct sg_box_list *boxes, const struct sg_label *label) {
    for (size_t i = 0; i < boxes->count; i++) {
        if (boxes->boxes[i].kind == SG_BOX_NUMBER && boxes->boxes[i].x == label->x
            && boxes->boxes[i].y == label->y)
            return &boxes->boxes[i];
    }
    return NULL;
}

/* A place in the area that is loaded, if need be reaching a little out of it. */
static bool search(struct sg_labelling *work, struct sg_label *label) {
    const double shares[] = {1, 0.8, 0.6};
    for (int i = 0; i < 3; i++) {
        if (sg_label_room_search(&work->room, &work->drawing->boxes, label->width, label->height, shares[i],
                                 &label->x, &label->y)) {
            label->is_wide = i > 0;
            return true;
        }
    }
    return false;
}

static bool load(struct sg_labelling *work, const struct sg_label *label) {
    bool is_loaded = sg_label_room_load(&work->room, &work->drawing->topology, label->area);
    work->drawing->out_of_memory = work->drawing->out_of_memory || !is_loaded;
    work->room.pole = label->pole;
    return is_loaded;
}

/* Has the other number moved elsewhere in its area, if the label then has a place? The area is loaded before
   and after. */
static bool make_way(struct sg_labelling *work, struct sg_label *label, struct sg_label *other,
                     size_t other_number) {
    const double nowhere = -1e6;
    struct sg_box_list *boxes = &work->drawing->boxes;
    const struct sg_label kept = *other;
    struct sg_placed_box *box = box_of(boxes, other);
    if (box == NULL)
        return false;
    box->x = nowhere;
    bool has_place = search(work, label), is_moved = false;
    if (has_place) {
        sg_box_list_add(boxes, SG_BOX_NUMBER, label->x, label->y, label->width, label->height);
        box = &boxes->boxes[0];
        while (box->x != nowhere) /* the list may have moved */
            box++;
        other->size_pt = label->size_pt;
        size_number(work, other, SG_NUMBER_STEPS, other_number, true);
        is_moved = load(work, other) && search(work, other);
        if (!boxes->failed)
            boxes->count--; /* its owner adds it */
        load(work, label);
    }
    if (!is_moved)
        *other = kept;
    *box = (struct sg_placed_box){SG_BOX_NUMBER, other->x,      other->y,
                                  other->width,  other->height, other->size_pt};
    return is_moved;
}

void sg_label_try_last_number(struct sg_labelling *work, struct sg_label *label, size_t number) {
    if (number > SG_KEY_MOST_ROWS)
        return;
    const struct sg_box area = work->room.box;
    label->size_pt = least_number(work->drawing);
    size_number(work, label, SG_NUMBER_STEPS, number, true);
    bool has_place = search(work, label);
    for (size_t i = 0; i < work->count && !has_place; i++) {
        struct sg_label *other = &work->labels[i];
        bool is_near = other->kind == SG_LABEL_NUMBER && other->is_in_inset == label->is_in_inset
                       && other->x < area.max_x && other->x + other->width > area.min_x
                       && other->y < area.max_y && other->y + other->height > area.min_y;
        has_place = is_near && make_way(work, label, other, SG_KEY_MOST_ROWS);
    }
    if (has_place)
        label->kind = SG_LABEL_NUMBER;
}
