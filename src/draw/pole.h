/* The spot in an area where a label has most room around it. */
#ifndef SG_DRAW_POLE_H
#define SG_DRAW_POLE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/geometry.h"

/* Rings as flat arrays: ring r has points[starts[r]] up to points[starts[r + 1]], closed. Inside is where an
   odd number of rings surround a point. */
struct sg_ring_list {
    const struct sg_point *points;
    const uint32_t *starts;
    uint32_t count;
};

struct sg_pole {
    struct sg_point point;
    double distance; /* to the nearest edge, with x shrunk by the stretch; negative outside */
};

/* The pole of inaccessibility for a box that is stretch times as wide as high: the point inside that is
   farthest from all edges when x is divided by stretch, to within the precision (Garcia-Castellanos and
   Lombardo 2007; search by quartering cells after mapbox's polylabel). */
struct sg_pole sg_pole_of_inaccessibility(const struct sg_ring_list *rings, double stretch, double precision);

/* Does the segment pass through the open rectangle? */
bool sg_segment_meets_box(struct sg_point a, struct sg_point b, double x, double y, double width,
                          double height);

/* Is the whole rectangle inside the rings? */
bool sg_rings_hold_box(const struct sg_ring_list *rings, double x, double y, double width, double height);

#endif
