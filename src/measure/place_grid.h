/* Nearest searches over places close around: a grid of square cells on a plane through the ground. */
#ifndef SG_MEASURE_PLACE_GRID_H
#define SG_MEASURE_PLACE_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "model/geometry.h"

/* Where one or more services are, all at the very same longitude and latitude. */
struct sg_place {
    double at[3]; /* geocentric metres */
    struct sg_point lon_lat_deg;
    double weight;     /* the sum of the services' weights */
    uint32_t services; /* how many there are */
    uint32_t id;       /* the least of the callers' numbers for them */
};

/* The best place found so far: the square of the straight line to it in square metres, and its position. */
struct sg_nearest_place {
    double chord2;
    uint32_t place;
};

/* A place as the grid keeps it, in geocentric metres. */
struct sg_spot {
    double at[3];
    uint32_t place;
};

/* The places as they lie on a plane through the ground, in square cells. Two points are at least as far apart
   as on the plane, so the rings of cells around a point are searched outward until nothing nearer can come:
   most answers are in the first ring, and take less than half of the tree's time. */
struct sg_place_grid {
    double across[3], up[3];           /* unit vectors of the plane */
    double min_u, min_v, max_u, max_v; /* metres on the plane, from its foot under the earth's middle */
    double cell_m, cells_per_m;
    int columns, rows;
    uint32_t *starts; /* of each cell in spots, row by row, and the end */
    struct sg_spot *spots;
};

/* Enters the places, at least one; they are not kept. False when out of memory; release it either way. */
bool sg_place_grid_build(struct sg_place_grid *grid, const struct sg_place *places, size_t count);
void sg_place_grid_release(struct sg_place_grid *grid);

/* Looks for a place nearer to a point (geocentric metres) than the best so far, in rings of cells outward.
   True when best is the nearest of all; false when it was given up too far out: best is a bound then. */
bool sg_place_grid_search(const struct sg_place_grid *grid, const double at[static 3],
                          struct sg_nearest_place *best);

#endif
