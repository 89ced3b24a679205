/* Labels beside the areas, joined to them by a thin line. */
#ifndef SG_DRAW_LEADER_H
#define SG_DRAW_LEADER_H

#include "draw/drawing.h"

struct sg_leader {
    struct sg_point from, to; /* the dot in the area; the end at the label */
    double x, y;              /* of the label's box */
};

/* The shortest leader from a point to a box of this size that lies in the frame, covers no area and is free;
   the line crosses nothing that is placed already, other leaders included. The directions are tried in one
   order, straight ones first. */
bool sg_find_leader(const struct sg_drawing *drawing, struct sg_point from, double width, double height,
                    struct sg_leader *ret_leader);

/* Is there any ground off the areas near enough? Spares the search. */
bool sg_leader_may_reach(const struct sg_drawing *drawing, struct sg_point from);

/* Notes the line's place so that nothing else is put on it. */
void sg_place_leader(struct sg_drawing *drawing, const struct sg_leader *leader);

void sg_draw_leader(struct sg_drawing *drawing, const struct sg_leader *leader);

#endif
