/* From a point to the street beside it. */
#ifndef SG_MEASURE_STREET_SNAP_H
#define SG_MEASURE_STREET_SNAP_H

#include "measure/street_graph.h"

/* Where a point comes to a street. */
struct sg_street_place {
    uint32_t edge;  /* SG_NO_STREET: none near enough */
    double along_m; /* from the start of the edge */
    double leg_m;   /* geodesic metres from the point to the street */
};

#define SG_NO_STREET UINT32_MAX

struct sg_street_finder;

/* A tree over the segments of all edges; the graph is borrowed. Free with sg_street_finder_free(). */
enum sg_status sg_street_finder_new(struct sg_context *context, const struct sg_street_graph *graph,
                                    struct sg_street_finder **ret_finder);
void sg_street_finder_free(struct sg_street_finder *finder);

/* The nearest place on any street within limit_m of the point (lon, lat in degrees), inclusive: at a right
   angle to a segment, or its end. Streets as near as each other: the lowest edge. Segments are straight in
   longitude and latitude, which within a limit of kilometres is the geodesic to the centimetre. */
struct sg_street_place sg_street_find(const struct sg_street_finder *finder, struct sg_point lon_lat_deg,
                                      double limit_m);

/* The point of an edge so many metres along it. */
struct sg_point sg_street_point_at(const struct sg_street_graph *graph, uint32_t edge, double along_m);

#endif
