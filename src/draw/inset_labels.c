#include "draw/inset_labels.h"

#include "core/alloc.h"

/* Four boxes around the inset: what is placed must meet none. */
static void wall_in(struct sg_drawing *part, const struct sg_rectangle *inset) {
    double reach = 2 * (part->page.width_pt + part->page.height_pt);
    struct sg_box_list *boxes = &part->boxes;
    sg_box_list_add(boxes, SG_BOX_INSET, inset->x - reach, inset->y - reach, reach,
                    2 * reach + inset->height);
    sg_box_list_add(boxes, SG_BOX_INSET, inset->x + inset->width, inset->y - reach, reach,
                    2 * reach + inset->height);
    sg_box_list_add(boxes, SG_BOX_INSET, inset->x, inset->y - reach, inset->width, reach);
    sg_box_list_add(boxes, SG_BOX_INSET, inset->x, inset->y + inset->height, inset->width, reach);
}

bool sg_inset_part_init(const struct sg_drawing *drawing, struct sg_drawing *ret_part) {
    const struct sg_inset *inset = &drawing->inset;
    const struct sg_point *from = drawing->topology.points;
    struct sg_point *points = sg_alloc(drawing->topology.point_count, sizeof *points);
    for (uint32_t i = 0; i < drawing->topology.point_count && points != NULL; i++)
        points[i] = (struct sg_point){inset->rectangle.x + (from[i].x - inset->window.x) * inset->factor,
                                      inset->rectangle.y + (from[i].y - inset->window.y) * inset->factor};
    *ret_part = *drawing;
    ret_part->topology.points = points;
    ret_part->boxes = (struct sg_box_list){0};
    wall_in(ret_part, &inset->rectangle);
    return points != NULL && !ret_part->boxes.failed;
}

void sg_inset_part_release(struct sg_drawing *part) {
    sg_free(part->topology.points);
    sg_box_list_release(&part->boxes);
}

bool sg_inset_shows(const struct sg_drawing *drawing, const struct sg_box *box) {
    const struct sg_rectangle *window = &drawing->inset.window;
    return drawing->inset.is_placed && box->min_x >= window->x && box->max_x <= window->x + window->width
           && box->min_y >= window->y && box->max_y <= window->y + window->height;
}
