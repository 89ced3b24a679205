/* Distances and areas on the ellipsoid. Lon/lat in degrees; metres and square metres out. */
#ifndef SG_MODEL_GEODESIC_H
#define SG_MODEL_GEODESIC_H

#include <stdbool.h>

#include "model/geometry.h"

/* An ellipsoid: WGS 84, or that of the areas' datum. */
struct sg_ellipsoid {
    double radius_m; /* semi-major axis */
    double flattening;
    double e2; /* first eccentricity squared */
};

/* A point on the ellipsoid in geocentric metres, with what distances from it need. */
struct sg_geocentric {
    double x, y, z;
};

struct sg_ellipsoid sg_ellipsoid_new(double radius_m, double flattening);
struct sg_ellipsoid sg_ellipsoid_wgs84(void);

/* Closed form (EPSG method 9602), height 0. */
struct sg_geocentric sg_geocentric_from(const struct sg_ellipsoid *ellipsoid, struct sg_point lon_lat_deg);

/* Geodesic distance in metres (Karney 2013, PROJ's geod_inverse). */
double sg_geodesic_distance(const struct sg_ellipsoid *ellipsoid, struct sg_point a, struct sg_point b);

/* The same for points that are mostly near each other, such as those of a line of a street: below 300 m by
   the metric of the ellipsoid in their middle latitude, to a part in 10^9; else by sg_geodesic_distance(). */
double sg_geodesic_short_distance(const struct sg_ellipsoid *ellipsoid, struct sg_point a, struct sg_point b);

/* The point distance_m away from start in the direction azimuth_deg (0 = north, 90 = east). */
struct sg_point sg_geodesic_direct(const struct sg_ellipsoid *ellipsoid, struct sg_point start,
                                   double azimuth_deg, double distance_m);

/* Geodesic area of a lon/lat shape in square metres, holes taken off (PROJ's geod_polygon). */
double sg_geodesic_area(const struct sg_ellipsoid *ellipsoid, const struct sg_shape *lon_lat_deg);

/* What turns chords (straight lines through the ground) that start at one point into geodesics: the
   curvature of the ellipsoid there, along and across the meridian. */
struct sg_chord_scale {
    double north[3];          /* unit vector to the north, geocentric */
    double curvature_along2;  /* (1 / M)^2, 1 / m^2 */
    double curvature_across2; /* (1 / N)^2, 1 / m^2 */
};

struct sg_chord_scale sg_chord_scale_at(const struct sg_ellipsoid *ellipsoid, struct sg_point lon_lat_deg);

/* Chords up to this long give the geodesic to better than 0.05 mm by sg_chord_to_geodesic(). */
#define SG_LONGEST_SHORT_CHORD_M 30000.0

/* Geodesic metres of the chord from the scale's point along (dx, dy, dz) with chord2_m2 = its square
   length: the arc of the circle with the curvature of the normal section in that direction (Euler),
   as a series, s = c (1 + (c k)^2 / 24 + 3 (c k)^4 / 640). */
double sg_chord_to_geodesic(const struct sg_chord_scale *scale, double dx, double dy, double dz,
                            double chord2_m2);

/* Two chord lengths around a geodesic distance, wherever and in whatever direction: every pair with a
   chord below *ret_inner_m is nearer than distance_m, every pair above *ret_outer_m is farther. */
void sg_chord_bounds(const struct sg_ellipsoid *ellipsoid, double distance_m, double *ret_inner_m,
                     double *ret_outer_m);

#endif
