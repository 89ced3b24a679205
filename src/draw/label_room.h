/* The room that an area has for its label. */
#ifndef SG_DRAW_LABEL_ROOM_H
#define SG_DRAW_LABEL_ROOM_H

#include "draw/drawing.h"
#include "draw/pole.h"

/* One area's rings on the page; used for one area after another. Begin with zeroes. */
struct sg_label_room {
    struct sg_point *points;
    uint32_t *starts;
    size_t point_capacity, start_capacity;
    struct sg_ring_list rings;
    struct sg_box box;   /* of the rings */
    struct sg_pole pole; /* for a circle: no box can be higher than it is wide */
};

/* Collects the rings of an area from its arcs. False when out of memory. */
bool sg_label_room_load(struct sg_label_room *room, const struct sg_topology *topology, uint32_t area);
/* The pole of the area loaded, which the search for a place needs. */
struct sg_pole sg_label_room_pole(const struct sg_label_room *room);

void sg_label_room_release(struct sg_label_room *room);

double sg_label_room_size_pt2(const struct sg_label_room *room);

/* Spares the measuring of names that cannot fit: letters are at least so wide for their size. */
bool sg_label_room_may_hold(const struct sg_label_room *room, const char *text, double least_pt);

/* A place for a box inside the area and free of all boxes: the pole of inaccessibility for its shape, else
   the first place around it in growing squares. */
bool sg_label_room_find(const struct sg_label_room *room, const struct sg_box_list *boxes, double width,
                        double height, double *ret_x, double *ret_y);

/* The same for a box that may reach out of the area with its rim, at least this share of it inside and its
   middle too: the place nearest to the pole, looked for all over the area. */
bool sg_label_room_search(const struct sg_label_room *room, const struct sg_box_list *boxes, double width,
                          double height, double least_share, double *ret_x, double *ret_y);

#endif
