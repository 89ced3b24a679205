/* Borders as they are stroked: which stretches are the city's outline, and who is beyond the others. */
#ifndef SG_DRAW_BORDER_LINES_H
#define SG_DRAW_BORDER_LINES_H

#include "draw/drawing.h"

/* A stretch of border. */
struct sg_border_line {
    uint32_t start, count; /* among the topology's points, or for a part of an arc among the cuts */
    bool is_part;
    uint32_t
        areas[2]; /* on its sides; the second is SG_NO_AREA on an outline, or where it was not asked for */
    bool is_outline;
};

struct sg_border_lines {
    struct sg_border_line *lines; /* in the order of the topology's arcs */
    size_t count, capacity;
    struct sg_point *cuts; /* the points of parts */
    size_t cut_count, cut_capacity;
};

/* An arc of two areas is one inner line. One of a single area is looked at along its way: where areas cover
   its other side, too (by drawing->mask), the two sides of a border were digitised apart, and it is an inner
   line; the rest is outline. Stretches under 5 pt go with the one before, and one that no other outline meets
   is inner. With wants_neighbours the area beyond an inner line is found, too. False when out of memory.
   Release with sg_border_lines_release(), also after a failure. */
bool sg_border_lines_init(const struct sg_drawing *drawing, bool wants_neighbours,
                          struct sg_border_lines *lines);
void sg_border_lines_release(struct sg_border_lines *lines);

/* The points of a line, on the page. */
const struct sg_point *sg_border_line_points(const struct sg_border_lines *lines,
                                             const struct sg_topology *topology,
                                             const struct sg_border_line *line);

#endif
