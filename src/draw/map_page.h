/* A map's page without a file: what would be placed where. For tests of the layout. */
#ifndef SG_DRAW_MAP_PAGE_H
#define SG_DRAW_MAP_PAGE_H

#include "draw/map.h"
#include "draw/page.h"
#include "draw/placed_box.h"

/* Lays the page out and draws it to nowhere. Release the boxes with sg_box_list_release(). */
enum sg_status sg_map_lay_out(struct sg_context *context, const struct sg_map *map, struct sg_page *ret_page,
                              struct sg_box_list *ret_boxes, struct sg_map_report *ret_report);

#endif
