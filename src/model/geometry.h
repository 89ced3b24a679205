/* Plain geometry: points, boxes and polygons as arrays that every room can read. */
#ifndef SG_MODEL_GEOMETRY_H
#define SG_MODEL_GEOMETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sg_point {
    double x, y; /* lon, lat in degrees, or easting, northing in the CRS's units */
};

struct sg_box {
    double min_x, min_y, max_x, max_y; /* empty when min > max */
};

/* A polygon or multipolygon. Ring r has points[ring_starts[r]] up to, not including,
   points[ring_starts[r + 1]]; its last point repeats its first. Polygon p has the rings
   polygon_starts[p] up to polygon_starts[p + 1], outer ring first. Inside is where an odd number of
   rings surround a point, whatever their direction. */
struct sg_shape {
    struct sg_point *points;
    uint32_t *ring_starts;    /* ring_count + 1 positions */
    uint32_t *polygon_starts; /* polygon_count + 1 positions */
    uint32_t ring_count;
    uint32_t polygon_count; /* 0: no geometry */
};

/* A line of two or more points. */
struct sg_line {
    struct sg_point *points;
    uint32_t point_count;
};

/* An outline that was found invalid, and what became of it. */
struct sg_repair {
    size_t index;          /* of the shape among those that were looked at */
    struct sg_point point; /* where it was invalid, in the CRS of the shape; else its first vertex */
    char reason[120];      /* "Self-intersection at or near -79.4 43.6" */
    bool is_lost;          /* nothing was left of it: it is now without geometry */
};

struct sg_box sg_box_empty(void);
bool sg_box_is_empty(const struct sg_box *box);
void sg_box_add(struct sg_box *box, struct sg_point point);
void sg_box_add_box(struct sg_box *box, const struct sg_box *other);
bool sg_box_holds(const struct sg_box *box, struct sg_point point); /* borders included */

static inline uint32_t sg_shape_point_count(const struct sg_shape *shape) {
    return shape->ring_count == 0 ? 0 : shape->ring_starts[shape->ring_count];
}

struct sg_box sg_shape_envelope(const struct sg_shape *shape);

/* The box of its polygon p (below polygon_count). */
struct sg_box sg_shape_polygon_box(const struct sg_shape *shape, uint32_t polygon);

/* Adds so much to every x of its polygon p. */
void sg_shape_move_polygon(struct sg_shape *shape, uint32_t polygon, double by_x);

/* The extent in x of the widest of its polygons, in units of the CRS; 0 without geometry. */
double sg_shape_widest_polygon(const struct sg_shape *shape);

/* Planar area with holes taken off, in square units of the CRS (degrees give square degrees: fit only
   to compare parts of one shape). */
double sg_shape_planar_area(const struct sg_shape *shape);

/* Sizes a shape for so many points, rings and polygons (contents to be filled in by the caller, the two
   last starts too). False when out of memory. Release with sg_shape_release(). */
bool sg_shape_init(struct sg_shape *shape, uint32_t point_count, uint32_t ring_count, uint32_t polygon_count);
bool sg_shape_copy(const struct sg_shape *shape, struct sg_shape *ret_copy);
void sg_shape_release(struct sg_shape *shape);

/* The sign of the turn a -> b -> p, exactly: > 0 when p is left of the line from a to b, 0 on it, < 0
   right of it. Exact for coordinates whose products do not overflow or underflow (any map's do not). */
int sg_orientation(struct sg_point a, struct sg_point b, struct sg_point p);

/* Is the point in the shape? Half-open rule: a point on a border shared by two shapes is in exactly one
   of them. Edges are taken in one canonical direction with the exact predicate. O(points). */
bool sg_shape_holds(const struct sg_shape *shape, struct sg_point point);

#endif
