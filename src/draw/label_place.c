#include "draw/label_place.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/abbreviation.h"
#include "draw/inset_labels.h"
#include "draw/key_setting.h"
#include "draw/label_text.h"
#include "draw/overlay.h"

static const double label_leading = 1.12;
static const double least_shrink = 0.7;
static const double number_weight = 600;

/* By rank, then size, then position: the same order on every machine. */
static int compare_labels(const void *a, const void *b) {
    const struct sg_label *p = a, *q = b;
    double p_rank = isnan(p->rank) ? -INFINITY : p->rank, q_rank = isnan(q->rank) ? -INFINITY : q->rank;
    if (p_rank != q_rank)
        return p_rank > q_rank ? -1 : 1;
    if (p->size_pt2 != q->size_pt2)
        return p->size_pt2 > q->size_pt2 ? -1 : 1;
    return p->area < q->area ? -1 : p->area > q->area;
}

static double least_size(const struct sg_drawing *drawing) {
    return fmax(drawing->theme.sizes.label * least_shrink, drawing->theme.sizes.label_least);
}

/* From the full size down to the least. */
static double next_size(const struct sg_drawing *drawing, double size) {
    return size - fmax((drawing->theme.sizes.label - least_size(drawing)) / 3, 0.01);
}

/* On the ground that lies beside the map. */
static struct sg_text_style style_beside(const struct sg_drawing *drawing, const struct sg_label *label) {
    const struct sg_theme *theme = &drawing->theme;
    struct sg_text_style style = sg_style_of(label->size_pt, theme->weights.label, theme->colours.text);
    if (drawing->map->context_shape_count > 0) {
        struct sg_point middle = {label->x + label->width / 2, label->y + label->height / 2};
        style.halo_pt = theme->lines.label_halo;
        style.halo = sg_ground_at(drawing, middle);
    }
    return style;
}

static struct sg_text_style style_inside(const struct sg_drawing *drawing, const struct sg_label *label,
                                         enum sg_label_kind kind) {
    const struct sg_theme *theme = &drawing->theme;
    double weight = kind == SG_LABEL_NUMBER ? number_weight : theme->weights.label;
    struct sg_colour fill;
    bool is_flat = sg_map_style_fill(&drawing->style, theme, drawing->style.classes[label->area], &fill);
    struct sg_text_style style = sg_style_of(label->size_pt, weight, sg_text_on(fill, theme));
    if (!is_flat || drawing->map->line_count > 0) { /* lines and hatches run under it */
        style.halo_pt = theme->lines.label_halo;
        style.halo = fill;
    }
    return style;
}

struct sg_text_style sg_label_style(const struct sg_drawing *drawing, const struct sg_label *label,
                                    enum sg_label_kind kind) {
    struct sg_text_style style =
        kind == SG_LABEL_LED ? style_beside(drawing, label) : style_inside(drawing, label, kind);
    style.align = SG_ALIGN_CENTRE;
    style.leading = label_leading;
    return style;
}

static bool keep(struct sg_label *label, enum sg_label_kind kind, const char *text, double size_pt) {
    label->text = sg_strdup(text);
    label->kind = kind;
    label->size_pt = size_pt;
    return label->text != NULL;
}

/* A spelling of the name inside the area, in the largest size and on the fewest lines that fit. */
static bool try_inside(struct sg_labelling *work, struct sg_label *label, const char *name) {
    struct sg_drawing *drawing = work->drawing;
    double full = drawing->theme.sizes.label, least = least_size(drawing);
    label->size_pt = full;
    struct sg_text_style style = sg_label_style(drawing, label, SG_LABEL_NAME);
    struct sg_label_text text;
    if (!sg_label_room_may_hold(&work->room, name, least))
        return false;
    if (!sg_label_text_init(drawing->lettering, name, &style, &text)) {
        drawing->out_of_memory = true;
        return false;
    }
    double pad = full * 0.22 + style.halo_pt * 0.5;
    for (double size = full; size >= least - 1e-6 && label->kind == SG_LABEL_NONE;
         size = next_size(drawing, size)) {
        for (int lines = 1; lines <= SG_LABEL_MOST_LINES && text.lines[lines - 1] != NULL; lines++) {
            label->width = text.widths[lines - 1] * size / full + 2 * pad;
            label->height = lines * size * label_leading + pad;
            if (!sg_label_room_find(&work->room, &drawing->boxes, label->width, label->height, &label->x,
                                    &label->y))
                continue;
            if (!keep(label, SG_LABEL_NAME, text.lines[lines - 1], size))
                drawing->out_of_memory = true;
            break;
        }
    }
    sg_label_text_release(&text);
    return label->kind != SG_LABEL_NONE;
}

/* The name as it is, then ever shorter. */
static void try_name(struct sg_labelling *work, struct sg_label *label) {
    if (try_inside(work, label, label->name))
        return;
    char *tried = sg_strdup(label->name);
    for (int level = 1; level <= SG_MOST_ABBREVIATION && label->kind == SG_LABEL_NONE; level++) {
        char *shorter = sg_abbreviate(label->name, level);
        if (shorter == NULL || tried == NULL)
            work->drawing->out_of_memory = true;
        else if (strcmp(shorter, tried) != 0)
            label->is_abbreviated = try_inside(work, label, shorter);
        sg_free(tried);
        tried = shorter;
    }
    sg_free(tried);
}

/* The name beside the map, with a line to its area. */
static void try_beside(struct sg_labelling *work, struct sg_label *label) {
    struct sg_drawing *drawing = work->drawing;
    double full = drawing->theme.sizes.label, least = least_size(drawing);
    struct sg_text_style style = sg_style_of(full, drawing->theme.weights.label, drawing->theme.colours.text);
    struct sg_label_text text;
    if (!sg_leader_may_reach(drawing, work->room.pole.point))
        return;
    if (!sg_label_text_init(drawing->lettering, label->name, &style, &text)) {
        drawing->out_of_memory = true;
        return;
    }
    for (int step = 0; step < 4 && label->kind == SG_LABEL_NONE; step++) {
        double size = step < 2 ? full : least;
        int lines = step % 2 + 1;
        if (text.lines[lines - 1] == NULL)
            continue;
        label->width = text.widths[lines - 1] * size / full + size * 0.3;
        label->height = lines * size * label_leading;
        if (!sg_find_leader(drawing, work->room.pole.point, label->width, label->height, &label->leader))
            continue;
        label->x = label->leader.x;
        label->y = label->leader.y;
        if (!keep(label, SG_LABEL_LED, text.lines[lines - 1], size))
            drawing->out_of_memory = true;
        sg_place_leader(drawing, &label->leader);
        sg_box_list_add(&drawing->boxes, SG_BOX_LABEL, label->x, label->y, label->width, label->height);
        sg_box_list_set_type(&drawing->boxes, label->size_pt);
    }
    sg_label_text_release(&text);
}

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

/* Room for a number of as many digits as it is going to have. */
static void try_number(struct sg_labelling *work, struct sg_label *label, size_t number) {
    struct sg_drawing *drawing = work->drawing;
    double least = least_size(drawing), size = drawing->theme.sizes.label;
    for (int step = 0; label->kind == SG_LABEL_NONE; step++, size = next_size(drawing, size)) {
        bool is_last = size < least - 1e-6;
        if (is_last)
            size = least_number(drawing);
        label->size_pt = size;
        size_number(work, label, step, number, is_last);
        if (sg_label_room_find(&work->room, &drawing->boxes, label->width, label->height, &label->x,
                               &label->y)
            || (is_last && try_middle(work, label)))
            label->kind = SG_LABEL_NUMBER;
        if (is_last)
            return;
    }
}

/* A number in the least size, anywhere in its area, or reaching a little out of it. Where there are more than
   a key can list, none is looked for. */
static void try_last_number(struct sg_labelling *work, struct sg_label *label, size_t number) {
    const double shares[] = {1, 0.8, 0.6};
    if (number > SG_KEY_MOST_ROWS)
        return;
    label->size_pt = least_number(work->drawing);
    size_number(work, label, SG_NUMBER_STEPS, number, true);
    for (int i = 0; i < 3 && label->kind == SG_LABEL_NONE; i++) {
        if (sg_label_room_search(&work->room, &work->drawing->boxes, label->width, label->height, shares[i],
                                 &label->x, &label->y))
            label->kind = SG_LABEL_NUMBER;
    }
}

void sg_label_add_box(struct sg_drawing *drawing, const struct sg_label *label) {
    sg_box_list_add(&drawing->boxes, label->kind == SG_LABEL_NAME ? SG_BOX_LABEL : SG_BOX_NUMBER, label->x,
                    label->y, label->width, label->height);
    sg_box_list_set_type(&drawing->boxes, label->size_pt);
}

/* Are most names mere numbers, as ids are? Beside the numbers of a key they would only confuse. */
static bool has_numbers_for_names(const struct sg_labelling *work) {
    size_t numbers = 0;
    for (size_t i = 0; i < work->count; i++) {
        const char *name = work->labels[i].name;
        numbers += name[0] != '\0' && name[strspn(name, "0123456789.,- ")] == '\0';
    }
    return 2 * numbers > work->count;
}

/* Names choose their places first, then the names beside the map, whose lines must cross no name; what is
   left gets numbers, at last wherever sites and other numbers leave a place for one. A number found then
   makes all after it one higher: the areas that have none are counted when digits are. */
static enum sg_status place_all(struct sg_labelling *work) {
    enum pass { NAMES, BESIDE, NUMBERS, LAST_NUMBERS };
    enum pass last = has_numbers_for_names(work) ? NAMES : LAST_NUMBERS;
    for (enum pass pass = NAMES; pass <= last; pass++) {
        size_t number = 0; /* at most */
        for (size_t i = 0; i < work->count; i++) {
            struct sg_label *label = &work->labels[i];
            if (label->name[0] == '\0')
                continue;
            number += label->kind == SG_LABEL_NUMBER || label->kind == SG_LABEL_NONE;
            if (label->kind != SG_LABEL_NONE)
                continue;
            struct sg_drawing *drawing = work->drawing = label->is_in_inset ? &work->part : work->page;
            if (!sg_label_room_load(&work->room, &drawing->topology, label->area) || drawing->out_of_memory)
                return sg_fail_memory(drawing->context);
            if (pass == NAMES)
                label->pole = sg_label_room_pole(&work->room);
            work->room.pole = label->pole;
            if (pass == NAMES)
                try_name(work, label);
            else if (pass == NUMBERS)
                try_number(work, label, number);
            else if (pass == LAST_NUMBERS)
                try_last_number(work, label, number);
            else if (!label->is_in_inset)
                try_beside(work, label);
            if (label->kind == SG_LABEL_NAME || label->kind == SG_LABEL_NUMBER)
                sg_label_add_box(drawing, label);
        }
    }
    work->drawing = work->page;
    bool failed = work->page->out_of_memory || work->page->boxes.failed
                  || (work->page->inset.is_placed && (work->part.out_of_memory || work->part.boxes.failed));
    return failed ? sg_fail_memory(work->page->context) : SG_OK;
}

/* As the map says; among words that rank, the worst first. */
static double rank_of(const struct sg_drawing *drawing, size_t area) {
    int class = drawing->style.classes[area];
    return drawing->style.is_ranked && class >= 0 ? -class : drawing->map->areas[area].rank;
}

/* Areas that are on the page, in the order in which they choose. */
static enum sg_status collect(struct sg_labelling *work) {
    struct sg_drawing *drawing = work->drawing;
    const struct sg_map *map = drawing->map;
    work->labels = sg_alloc(map->area_count, sizeof *work->labels);
    if (work->labels == NULL)
        return sg_fail_memory(drawing->context);
    for (size_t i = 0; i < map->area_count; i++) {
        if (drawing->topology.area_rings[i] == drawing->topology.area_rings[i + 1])
            continue;
        char *name = sg_drawing_clean(drawing, map->areas[i].name);
        if (name == NULL)
            return sg_fail_memory(drawing->context);
        struct sg_label *label = &work->labels[work->count++];
        *label = (struct sg_label){.area = (uint32_t)i, .rank = rank_of(drawing, i), .name = name};
        if (!sg_label_room_load(&work->room, &drawing->topology, (uint32_t)i))
            return sg_fail_memory(drawing->context);
        label->size_pt2 = sg_label_room_size_pt2(&work->room);
        label->is_in_inset = sg_inset_shows(drawing, &work->room.box);
    }
    if (work->count > 1)
        qsort(work->labels, work->count, sizeof *work->labels, compare_labels);
    return SG_OK;
}

enum sg_status sg_labelling_init(struct sg_drawing *drawing, struct sg_labelling *ret_work) {
    *ret_work = (struct sg_labelling){.page = drawing, .drawing = drawing};
    enum sg_status status = SG_OK;
    if (drawing->inset.is_placed && !sg_inset_part_init(drawing, &ret_work->part))
        status = sg_fail_memory(drawing->context);
    if (status == SG_OK)
        status = collect(ret_work);
    return status == SG_OK ? place_all(ret_work) : status;
}

void sg_labelling_release(struct sg_labelling *work) {
    for (size_t i = 0; i < work->count; i++) {
        sg_free(work->labels[i].name);
        sg_free(work->labels[i].text);
    }
    sg_free(work->labels);
    if (work->page->inset.is_placed)
        sg_inset_part_release(&work->part);
    sg_label_room_release(&work->room);
}
