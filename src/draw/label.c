#include "draw/label.h"

#include <stdio.h>

#include "core/alloc.h"
#include "draw/label_place.h"
#include "draw/legend_key.h"

/* Of a label: its halo and line first, so that no neighbour's halo covers its text. */
enum layer { HALOS, TEXTS };

static void draw_text(struct sg_drawing *drawing, enum layer layer, const char *text,
                      struct sg_text_style style, double x, double y) {
    if (layer == HALOS) {
        sg_lettering_draw_halo(drawing->lettering, drawing->cairo, text, &style, x, y);
        return;
    }
    style.halo_pt = 0;
    sg_lettering_draw(drawing->lettering, drawing->cairo, text, &style, x, y);
}

static void draw_name(struct sg_drawing *drawing, const struct sg_label *label, enum layer layer) {
    struct sg_text_style style = sg_label_style(drawing, label, label->kind);
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, label->text, &style);
    if (label->kind == SG_LABEL_LED && layer == HALOS)
        sg_draw_leader(drawing, &label->leader);
    draw_text(drawing, layer, label->text, style, label->x + label->width / 2,
              label->y + (label->height - size.height) / 2);
}

static void draw_number(struct sg_drawing *drawing, const struct sg_label *label, size_t number,
                        enum layer layer) {
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    struct sg_text_style style = sg_label_style(drawing, label, SG_LABEL_NUMBER);
    struct sg_text_size size = sg_lettering_measure(drawing->lettering, digits, &style);
    draw_text(drawing, layer, digits, style, label->x + label->width / 2,
              label->y + (label->height - size.ink_height) / 2 - size.ink_top);
}

static void draw_layer(const struct sg_labelling *work, size_t keyed, enum layer layer) {
    size_t number = 0;
    for (size_t i = 0; i < work->count; i++) {
        const struct sg_label *label = &work->labels[i];
        if (label->kind == SG_LABEL_NAME || label->kind == SG_LABEL_LED)
            draw_name(work->page, label, layer);
        else if (label->kind == SG_LABEL_NUMBER && number < keyed)
            draw_number(work->page, label, ++number, layer);
    }
}

static void draw_all(const struct sg_labelling *work, size_t keyed) {
    struct sg_drawing *drawing = work->page;
    struct sg_map_report *report = &drawing->report;
    size_t number = 0;
    draw_layer(work, keyed, HALOS);
    draw_layer(work, keyed, TEXTS);
    for (size_t i = 0; i < work->count; i++) {
        const struct sg_label *label = &work->labels[i];
        if (label->kind == SG_LABEL_NAME || label->kind == SG_LABEL_LED) {
            if (label->is_in_inset)
                sg_label_add_box(drawing, label);
            report->labels_drawn++;
            report->labels_abbreviated += label->is_abbreviated;
            report->labels_led += label->kind == SG_LABEL_LED;
        } else if (label->kind == SG_LABEL_NUMBER && number < keyed) {
            number++;
            sg_label_add_box(drawing, label);
            report->labels_keyed++;
        } else if (label->name[0] != '\0') {
            report->labels_dropped++;
        }
    }
}

/* The numbered areas, in the order of their numbers. Free with sg_free(). */
static uint32_t *numbered_areas(const struct sg_labelling *work, size_t *ret_count) {
    uint32_t *areas = sg_alloc(work->count, sizeof *areas);
    *ret_count = 0;
    for (size_t i = 0; i < work->count && areas != NULL; i++) {
        if (work->labels[i].kind == SG_LABEL_NUMBER)
            areas[(*ret_count)++] = work->labels[i].area;
    }
    return areas;
}

/* The places of numbers that may get no row. */
static void forget_numbers(struct sg_box_list *boxes) {
    size_t kept = 0;
    for (size_t i = 0; i < boxes->count; i++) {
        if (boxes->boxes[i].kind != SG_BOX_NUMBER)
            boxes->boxes[kept++] = boxes->boxes[i];
    }
    boxes->count = kept;
}

/* The key takes as many of the numbered areas as it has room for, the first ones first; the others' boxes
   are not kept. */
static enum sg_status place_key(struct sg_labelling *work, struct sg_legend *legend, size_t *ret_keyed) {
    size_t count;
    uint32_t *areas = numbered_areas(work, &count);
    if (areas == NULL)
        return sg_fail_memory(work->page->context);
    forget_numbers(&work->page->boxes);
    enum sg_status status = sg_legend_key_lay_out(work->page, legend, areas, count, ret_keyed);
    sg_free(areas);
    return status;
}

enum sg_status sg_labels_rehearse(struct sg_drawing *drawing, const struct sg_legend *legend,
                                  struct sg_key_need *ret_need) {
    *ret_need = (struct sg_key_need){0};
    if (drawing->map->no_labels)
        return SG_OK;
    struct sg_labelling work;
    size_t boxes = drawing->boxes.count, count = 0;
    enum sg_status status = sg_labelling_init(drawing, &work);
    uint32_t *areas = status == SG_OK ? numbered_areas(&work, &count) : NULL;
    if (status == SG_OK && areas == NULL)
        status = sg_fail_memory(drawing->context);
    if (status == SG_OK) {
        forget_numbers(&drawing->boxes);
        status = sg_legend_key_rehearse(drawing, legend, areas, count, ret_need);
        for (size_t i = 0; i < work.count; i++)
            ret_need->unnamed += work.labels[i].kind == SG_LABEL_NONE && work.labels[i].name[0] != '\0';
    }
    sg_free(areas);
    sg_labelling_release(&work);
    drawing->boxes.count = boxes;
    return status;
}

enum sg_status sg_draw_labels(struct sg_drawing *drawing, struct sg_legend *legend) {
    if (drawing->map->no_labels)
        return SG_OK;
    struct sg_labelling work;
    size_t keyed = 0;
    enum sg_status status = sg_labelling_init(drawing, &work);
    if (status == SG_OK)
        status = place_key(&work, legend, &keyed);
    if (status == SG_OK)
        draw_all(&work, keyed);
    sg_labelling_release(&work);
    return status;
}
