/* What has been put on the page and where: nothing else may be put there. */
#ifndef SG_DRAW_PLACED_BOX_H
#define SG_DRAW_PLACED_BOX_H

#include <stdbool.h>
#include <stddef.h>

enum sg_box_kind {
    SG_BOX_TITLE,
    SG_BOX_SUBTITLE,
    SG_BOX_FRAME, /* holds what is on the map */
    SG_BOX_LEGEND,
    SG_BOX_KEY,    /* a row of the key of numbered areas, or its heading */
    SG_BOX_PANEL,  /* in a corner of the frame: holds rows of the key */
    SG_BOX_INSET,  /* a part of the map enlarged; holds labels and numbers of its own */
    SG_BOX_WINDOW, /* the part on the map; holds symbols that were there */
    SG_BOX_LOCATOR,
    SG_BOX_CREDIT,
    SG_BOX_SCALE_BAR,
    SG_BOX_NORTH_ARROW,
    SG_BOX_SYMBOL,
    SG_BOX_LABEL,
    SG_BOX_NUMBER, /* of an area in the key */
    SG_BOX_LEADER, /* a piece of the line to a label */
    SG_BOX_STREET_NAME,
    SG_BOX_PLACE_NAME
};

/* In points from the page's top left. */
struct sg_placed_box {
    enum sg_box_kind kind;
    double x, y, width, height;
    double type_pt; /* the smallest type in it; 0: no text, or not told */
};

struct sg_box_list {
    struct sg_placed_box *boxes;
    size_t count;
    size_t capacity;
    bool failed; /* out of memory: boxes are missing */
};

void sg_box_list_release(struct sg_box_list *list);
void sg_box_list_add(struct sg_box_list *list, enum sg_box_kind kind, double x, double y, double width,
                     double height);

/* Says the size of the smallest type in the box added last. */
void sg_box_list_set_type(struct sg_box_list *list, double type_pt);

/* Does the rectangle meet any box other than the frame? Touching is not meeting. */
bool sg_box_list_meets(const struct sg_box_list *list, double x, double y, double width, double height);

#endif
