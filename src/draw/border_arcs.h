/* Areas as arcs: every stretch of border once, however many areas share it. */
#ifndef SG_DRAW_BORDER_ARCS_H
#define SG_DRAW_BORDER_ARCS_H

#include "core/context.h"
#include "model/geometry.h"

#define SG_NO_AREA UINT32_MAX

struct sg_arc {
    uint32_t start, count; /* among the points; a closed arc repeats its first point at the end */
    uint32_t areas[2];     /* that it borders; SG_NO_AREA: none on that side */
};

/* Everything is owned by the topology. */
struct sg_topology {
    struct sg_point *points;
    uint32_t point_count;
    struct sg_arc *arcs;
    uint32_t arc_count;
    int32_t *ring_arcs;    /* arc index, or ~index when the ring runs against it */
    uint32_t *ring_starts; /* ring_count + 1 positions in ring_arcs */
    uint32_t *area_rings;  /* area_count + 1 positions in ring_starts: the rings of each area */
    uint32_t ring_count;
    uint32_t area_count;
};

/* Cuts the rings of the shapes where their neighbours change. Shapes may be NULL or empty. Points are
   the same when they are a hundred-millionth of the extent apart or less (or a little more, or less, by where
   they lie); the first one's coordinates are kept. Release with sg_topology_release(). */
enum sg_status sg_topology_new(struct sg_context *context, const struct sg_shape *const *shapes, size_t count,
                               struct sg_topology *ret_topology);
void sg_topology_release(struct sg_topology *topology);

/* The box around an area, in the units of the points; empty for one without rings. */
struct sg_box sg_topology_area_box(const struct sg_topology *topology, uint32_t area);

/* Takes away the points that a reader of the map would not miss (Visvalingam: those whose triangle with
   their neighbours is smaller than so many square units), arc by arc, so that shared borders stay shared.
   Ends stay, and closed arcs keep at least four points. */
enum sg_status sg_topology_simplify(struct sg_context *context, struct sg_topology *topology,
                                    double smallest_triangle);

#endif
