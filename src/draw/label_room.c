#include "draw/label_room.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/text.h"
#include "draw/label_text.h"

static const double precision_pt = 0.4; /* of poles */

/* Appends an arc's points, without the first when it is where the arc before ended. */
static bool add_arc(struct sg_label_room *room, const struct sg_topology *topology, int32_t signed_arc,
                    bool is_first, uint32_t *used) {
    bool reversed = signed_arc < 0;
    const struct sg_arc *arc = &topology->arcs[reversed ? ~signed_arc : signed_arc];
    if (!sg_reserve(&room->points, &room->point_capacity, *used + arc->count + 1, sizeof *room->points))
        return false;
    for (uint32_t i = is_first ? 0 : 1; i < arc->count; i++) {
        struct sg_point point = topology->points[arc->start + (reversed ? arc->count - 1 - i : i)];
        sg_box_add(&room->box, point);
        room->points[(*used)++] = point;
    }
    return true;
}

bool sg_label_room_load(struct sg_label_room *room, const struct sg_topology *topology, uint32_t area) {
    uint32_t first = topology->area_rings[area], end = topology->area_rings[area + 1];
    uint32_t used = 0;
    room->box = sg_box_empty();
    if (!sg_reserve(&room->starts, &room->start_capacity, end - first + 1, sizeof *room->starts))
        return false;
    for (uint32_t ring = first; ring < end; ring++) {
        room->starts[ring - first] = used;
        for (uint32_t r = topology->ring_starts[ring]; r < topology->ring_starts[ring + 1]; r++) {
            if (!add_arc(room, topology, topology->ring_arcs[r], r == topology->ring_starts[ring], &used))
                return false;
        }
    }
    room->starts[end - first] = used;
    room->rings = (struct sg_ring_list){room->points, room->starts, end - first};
    return true;
}

struct sg_pole sg_label_room_pole(const struct sg_label_room *room) {
    return sg_pole_of_inaccessibility(&room->rings, 1, precision_pt);
}

void sg_label_room_release(struct sg_label_room *room) {
    sg_free(room->points);
    sg_free(room->starts);
    *room = (struct sg_label_room){0};
}

double sg_label_room_size_pt2(const struct sg_label_room *room) {
    const struct sg_ring_list *rings = &room->rings;
    double twice = 0;
    for (uint32_t r = 0; r < rings->count; r++) {
        double ring = 0;
        for (uint32_t i = rings->starts[r]; i + 1 < rings->starts[r + 1]; i++)
            ring += rings->points[i].x * rings->points[i + 1].y - rings->points[i + 1].x * rings->points[i].y;
        twice += fabs(ring);
    }
    return twice / 2;
}

bool sg_label_room_may_hold(const struct sg_label_room *room, const char *text, double least_pt) {
    const double narrowest = 0.3;
    double letters = (double)sg_utf8_length(text);
    double width = room->box.max_x - room->box.min_x, height = room->box.max_y - room->box.min_y;
    return height >= least_pt * 0.8 && width >= letters * narrowest * least_pt / SG_LABEL_MOST_LINES
           && width * height >= letters * narrowest * least_pt * least_pt * 0.8;
}

bool sg_label_room_find(const struct sg_label_room *room, const struct sg_box_list *boxes, double width,
                        double height, double *ret_x, double *ret_y) {
    enum { MOST_RINGS = 6 };
    if (width > room->box.max_x - room->box.min_x || height > room->box.max_y - room->box.min_y
        || fmin(width, height) / 2 > room->pole.distance + precision_pt)
        return false;
    struct sg_pole pole =
        room->pole; /* where there is room for it to turn about, its shape does not matter */
    if (hypot(width, height) / 2 > room->pole.distance)
        pole = sg_pole_of_inaccessibility(&room->rings, width / height, precision_pt);
    if (pole.distance + precision_pt < height / 2) /* no place has room, if the best has not */
        return false;
    double step = fmax(height * 0.5, 2);
    for (int ring = 0; ring <= MOST_RINGS; ring++) {
        for (int dy = -ring; dy <= ring; dy++) {
            for (int dx = -ring; dx <= ring; dx++) {
                if (abs(dx) != ring && abs(dy) != ring)
                    continue;
                double x = pole.point.x + dx * step - width / 2, y = pole.point.y + dy * step - height / 2;
                if (sg_rings_hold_box(&room->rings, x, y, width, height)
                    && !sg_box_list_meets(boxes, x, y, width, height)) {
                    *ret_x = x;
                    *ret_y = y;
                    return true;
                }
            }
        }
    }
    return false;
}

/* How much of the rectangle lies in the area, by fifteen points of it. */
static double share_inside(const struct sg_label_room *room, double x, double y, double width,
                           double height) {
    enum { ACROSS = 5, DOWN = 3 };
    int inside = 0;
    for (int i = 0; i < ACROSS * DOWN; i++)
        inside += sg_rings_hold_box(&room->rings, x + width * (i % ACROSS) / (ACROSS - 1),
                                    y + height * (i / ACROSS) / (DOWN - 1), 0, 0);
    return (double)inside / (ACROSS * DOWN);
}

bool sg_label_room_search(const struct sg_label_room *room, const struct sg_box_list *boxes, double width,
                          double height, double least_share, double *ret_x, double *ret_y) {
    const double least_step = 0.6, most_places = 1500, least_room = 0.15;
    double across = room->box.max_x - room->box.min_x, down = room->box.max_y - room->box.min_y;
    double step = fmax(least_step, sqrt(across * down / most_places)), nearest = INFINITY;
    if (room->pole.distance < least_room * height)
        return false;
    for (double middle_y = room->box.min_y + step / 2; middle_y < room->box.max_y; middle_y += step) {
        for (double middle_x = room->box.min_x + step / 2; middle_x < room->box.max_x; middle_x += step) {
            double x = middle_x - width / 2, y = middle_y - height / 2;
            double off = hypot(middle_x - room->pole.point.x, middle_y - room->pole.point.y);
            if (off >= nearest || sg_box_list_meets(boxes, x, y, width, height)
                || !sg_rings_hold_box(&room->rings, middle_x, middle_y, 0, 0)
                || share_inside(room, x, y, width, height) < least_share)
                continue;
            nearest = off;
            *ret_x = x;
            *ret_y = y;
        }
    }
    return nearest < INFINITY;
}
