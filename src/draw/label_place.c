#include "draw/label_place.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/abbreviation.h"
#include "draw/inset_labels.h"
#include "draw/label_number.h"
#include "draw/label_text.h"
#include "draw/overlay.h"

static const double label_leading = 1.12;
static const double least_shrink = 0.7;

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

double sg_label_least_size(const struct sg_drawing *drawing) {
    return fmax(drawing->theme.sizes.label * least_shrink, drawing->theme.sizes.label_least);
}

double sg_label_next_size(const struct sg_drawing *drawing, double size) {
    return size - fmax((drawing->theme.sizes.label - sg_label_least_size(drawing)) / 3, 0.01);
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
    double weight = kind == SG_LABEL_NUMBER ? SG_NUMBER_WEIGHT : theme->weights.label;
    struct sg_colour fill;
    bool is_flat = sg_map_style_fill(&drawing->style, theme, drawing->style.classes[label->area], &fill);
    struct sg_text_style style = sg_style_of(label->size_pt, weight, sg_text_on(fill, theme));
    /* lines and hatches run under it, or neighbours */
    if (!is_flat || drawing->map->line_count > 0 || label->is_wide) {
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
    double full = drawing->theme.sizes.label, least = sg_label_least_size(drawing);
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
         size = sg_label_next_size(drawing, size)) {
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
    if (try_inside(work, label, label->name) || work->shorter == NULL)
        return;
    char *const *shorter = &work->shorter[(size_t)(label - work->labels) * SG_MOST_ABBREVIATION];
    for (int level = 0; level < SG_MOST_ABBREVIATION && label->kind == SG_LABEL_NONE; level++) {
        if (shorter[level] != NULL)
            label->is_abbreviated = try_inside(work, label, shorter[level]);
    }
}

/* The name beside the map, with a line to its area. */
static void try_beside(struct sg_labelling *work, struct sg_label *label) {
    struct sg_drawing *drawing = work->drawing;
    double full = drawing->theme.sizes.label, least = sg_label_least_size(drawing);
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
                sg_label_try_number(work, label, number);
            else if (pass == LAST_NUMBERS)
                sg_label_try_last_number(work, label, number);
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

/* Of the areas in their order. No page has names for more than a few thousand areas, short or not. */
static enum sg_status abbreviate(struct sg_labelling *work) {
    const size_t most = 5000;
    if (work->count > most)
        return SG_OK;
    const char **names = sg_alloc(work->count, sizeof *names);
    work->shorter = sg_alloc(work->count * SG_MOST_ABBREVIATION, sizeof *work->shorter);
    bool failed = names == NULL || work->shorter == NULL;
    for (size_t i = 0; i < work->count && !failed; i++)
        names[i] = work->labels[i].name;
    failed = failed || !sg_abbreviate_all(names, work->count, work->shorter);
    sg_free(names);
    return failed ? sg_fail_memory(work->page->context) : SG_OK;
}

enum sg_status sg_labelling_init(struct sg_drawing *drawing, struct sg_labelling *ret_work) {
    *ret_work = (struct sg_labelling){.page = drawing, .drawing = drawing};
    enum sg_status status = SG_OK;
    if (drawing->inset.is_placed && !sg_inset_part_init(drawing, &ret_work->part))
        status = sg_fail_memory(drawing->context);
    if (status == SG_OK)
        status = collect(ret_work);
    if (status == SG_OK)
        status = abbreviate(ret_work);
    return status == SG_OK ? place_all(ret_work) : status;
}

void sg_labelling_release(struct sg_labelling *work) {
    for (size_t i = 0; work->shorter != NULL && i < work->count * SG_MOST_ABBREVIATION; i++)
        sg_free(work->shorter[i]);
    sg_free(work->shorter);
    for (size_t i = 0; i < work->count; i++) {
        sg_free(work->labels[i].name);
        sg_free(work->labels[i].text);
    }
    sg_free(work->labels);
    if (work->page->inset.is_placed)
        sg_inset_part_release(&work->part);
    sg_label_room_release(&work->room);
}
