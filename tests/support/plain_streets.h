/* Ways along streets found the plain way, to hold those of the library against: every vertex is a node, every
   place where somebody comes to a street is one too, and Dijkstra's algorithm with a heap goes over all of
   them. */
#ifndef SG_TEST_PLAIN_STREETS_H
#define SG_TEST_PLAIN_STREETS_H

#include "model/street.h"

/* What plain_streets_costs() is to find, and where it puts it. */
struct plain_streets {
    const struct sg_street_layer *layer;
    double radius_m, flattening; /* of the ellipsoid */
    bool is_time;
    double leg_cost_per_m, snap_limit_m;
    const struct sg_point *points; /* from */
    size_t point_count;
    const struct sg_point *sites; /* to */
    size_t site_count;
    double *costs; /* [point * site_count + site]; infinite: no way */
};

/* Fails the test when out of memory. */
void plain_streets_costs(const struct plain_streets *plain);

#endif
