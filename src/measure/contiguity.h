/* Neighbours from shared borders. */
#ifndef SG_MEASURE_CONTIGUITY_H
#define SG_MEASURE_CONTIGUITY_H

#include "core/context.h"
#include "model/area.h"
#include "model/neighbours.h"

enum sg_contiguity {
    SG_CONTIGUITY_QUEEN, /* a point of the border in common is enough */
    SG_CONTIGUITY_ROOK   /* a stretch of it */
};

/* How far apart the borders of neighbours may be drawn: 1 m, more than rounding to five decimals of a degree
   moves a point. */
#define SG_CONTIGUITY_TOLERANCE_M 1.0

/* Two areas are neighbours where their borders come as near to each other as the tolerance, wherever their
   vertices are: a corner of one on an edge of the other (a T-junction), borders with different vertices and
   borders that cross count, and land in the middle of an area that it does not touch does not. A stretch
   (rook) is a piece of two edges, straight and longer than twice the tolerance, along which they are that
   near. shapes: in one CRS; NULL and empty ones are islands. tolerance: in units of y; x_scale: units of y
   for one of x. Found on all threads, the same with any number. Release with sg_neighbours_release(). */
enum sg_status sg_contiguity_find(struct sg_context *context, const struct sg_shape *const *shapes,
                                  size_t count, enum sg_contiguity rule, double tolerance, double x_scale,
                                  struct sg_neighbours *ret_neighbours);

/* The same for the areas of a layer, queen, with the tolerance above in its CRS. */
enum sg_status sg_contiguity_of_areas(struct sg_context *context, const struct sg_area_layer *layer,
                                      struct sg_neighbours *ret_neighbours);

#endif
