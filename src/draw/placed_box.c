#include "draw/placed_box.h"

#include "core/alloc.h"

void sg_box_list_release(struct sg_box_list *list) {
    sg_free(list->boxes);
    *list = (struct sg_box_list){0};
}

void sg_box_list_add(struct sg_box_list *list, enum sg_box_kind kind, double x, double y, double width,
                     double height) {
    if (!sg_reserve(&list->boxes, &list->capacity, list->count + 1, sizeof *list->boxes)) {
        list->failed = true;
        return;
    }
    list->boxes[list->count++] = (struct sg_placed_box){kind, x, y, width, height, 0};
}

void sg_box_list_set_type(struct sg_box_list *list, double type_pt) {
    if (!list->failed && list->count > 0)
        list->boxes[list->count - 1].type_pt = type_pt;
}

bool sg_box_list_meets(const struct sg_box_list *list, double x, double y, double width, double height) {
    for (size_t i = 0; i < list->count; i++) {
        const struct sg_placed_box *box = &list->boxes[i];
        if (box->kind != SG_BOX_FRAME && x < box->x + box->width && box->x < x + width
            && y < box->y + box->height && box->y < y + height)
            return true;
    }
    return false;
}
