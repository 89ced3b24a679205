/* The network of streets: junctions, edges between them, and the pieces it falls into. */
#ifndef SG_MEASURE_STREET_GRAPH_H
#define SG_MEASURE_STREET_GRAPH_H

#include "core/context.h"
#include "model/geodesic.h"
#include "model/street.h"

/* A stretch of street between two junctions or ends, with nothing to choose on the way. Its points are
   points[first_point] up to, not including, points[first_point of the next edge]. */
struct sg_street_edge {
    uint32_t from, to; /* nodes; the same for a loop */
    uint32_t first_point;
    uint8_t directions; /* SG_STREET_FORWARD: from -> to */
    double length_m;
    double cost_per_m; /* 1, or minutes for each metre */
};

/* A way to come to a node: travel is looked at from where it ends, so an arc at a node leads back to where
   one may come from. */
struct sg_street_arc {
    double cost; /* of the whole edge; infinite against a one-way street */
    uint32_t node;
    uint32_t edge;
};

struct sg_street_graph {
    struct sg_ellipsoid ellipsoid;
    bool is_time; /* costs are minutes; else metres */
    size_t node_count, edge_count, point_count;
    struct sg_street_edge *edges; /* edge_count + 1: the last has only a first_point */
    struct sg_point *points;      /* lon, lat in degrees */
    double *along_m;              /* of each point: geodesic metres from the start of its edge */
    uint32_t *arc_starts;         /* node_count + 1 */
    struct sg_street_arc *arcs;
    struct sg_point *nodes;  /* where they are */
    uint32_t *pieces;        /* the connected piece of each node, largest first */
    double *piece_lengths_m; /* of each piece, in that order */
    size_t piece_count;
    double length_m;        /* of all edges */
    double longest_cost;    /* of any edge */
    size_t no_length_count; /* lines that go nowhere, left out */
};

/* Builds the network of the layer's lines. Lines meet where they have a vertex at exactly the same place,
   inner ones too, and nowhere else: a bridge has no junction with the street under it. Lengths are geodesics
   of the ellipsoid; costs are metres, or (is_time) minutes at the speeds of the classes. One-way streets part
   what they join for the pieces' sake only where no way leads either way. Release with
   sg_street_graph_release(). */
enum sg_status sg_street_graph_build(struct sg_context *context, const struct sg_street_layer *layer,
                                     const struct sg_ellipsoid *ellipsoid, bool is_time,
                                     struct sg_street_graph *ret_graph);
void sg_street_graph_release(struct sg_street_graph *graph);

/* What of a network was left out. */
struct sg_street_left_out {
    size_t piece_count;
    double length_m;
};

/* Leaves out the pieces shorter than least_m: stretches of path that a map has drawn and joined to nothing,
   which would hold people and services that live beside a street that leads somewhere. All may go. Nothing is
   changed when out of memory. */
enum sg_status sg_street_graph_leave_out(struct sg_context *context, struct sg_street_graph *graph,
                                         double least_m, struct sg_street_left_out *ret_left_out);

static inline uint32_t sg_street_edge_end(const struct sg_street_edge *edge) {
    return edge[1].first_point;
}

#endif
