#include "model/geodesic.h"

#include <geodesic.h>
#include <math.h>

static const double RAD = 0.017453292519943295769;

struct sg_ellipsoid sg_ellipsoid_new(double radius_m, double flattening) {
    return (struct sg_ellipsoid){radius_m, flattening, flattening * (2 - flattening)};
}

struct sg_ellipsoid sg_ellipsoid_wgs84(void) {
    return sg_ellipsoid_new(6378137.0, 1 / 298.257223563);
}

struct sg_geocentric sg_geocentric_from(const struct sg_ellipsoid *ellipsoid, struct sg_point lon_lat_deg) {
    double lon = lon_lat_deg.x * RAD, lat = lon_lat_deg.y * RAD;
    double sin_lat = sin(lat), cos_lat = cos(lat);
    double across = ellipsoid->radius_m / sqrt(1 - ellipsoid->e2 * sin_lat * sin_lat);
    return (struct sg_geocentric){across * cos_lat * cos(lon), across * cos_lat * sin(lon),
                                  across * (1 - ellipsoid->e2) * sin_lat};
}

double sg_geodesic_distance(const struct sg_ellipsoid *ellipsoid, struct sg_point a, struct sg_point b) {
    struct geod_geodesic geodesic;
    geod_init(&geodesic, ellipsoid->radius_m, ellipsoid->flattening);
    double distance_m;
    geod_inverse(&geodesic, a.y, a.x, b.y, b.x, &distance_m, NULL, NULL);
    return distance_m;
}

/* ds^2 = (M dlat)^2 + (N cos(lat) dlon)^2 in the middle: what is left out is a part of (s tan(lat) / R)^2
 * / 12. */
double sg_geodesic_short_distance(const struct sg_ellipsoid *ellipsoid, struct sg_point a,
                                  struct sg_point b) {
    double dlon_deg = b.x - a.x, dlat_deg = b.y - a.y, middle_deg = a.y + dlat_deg / 2;
    if (!(fabs(dlon_deg) < 0.003) || !(fabs(dlat_deg) < 0.003) || !(fabs(middle_deg) < 70))
        return sg_geodesic_distance(ellipsoid, a, b);
    double sin_lat = sin(middle_deg * RAD), cos2 = 1 - sin_lat * sin_lat;
    double w2 = 1 - ellipsoid->e2 * sin_lat * sin_lat, across_m = ellipsoid->radius_m / sqrt(w2);
    double north_m = across_m * (1 - ellipsoid->e2) / w2 * dlat_deg * RAD, east_m = across_m * dlon_deg * RAD;
    return sqrt(north_m * north_m + east_m * east_m * cos2);
}

struct sg_point sg_geodesic_direct(const struct sg_ellipsoid *ellipsoid, struct sg_point start,
                                   double azimuth_deg, double distance_m) {
    struct geod_geodesic geodesic;
    geod_init(&geodesic, ellipsoid->radius_m, ellipsoid->flattening);
    struct sg_point end;
    geod_direct(&geodesic, start.y, start.x, azimuth_deg, distance_m, &end.y, &end.x, NULL);
    return end;
}

/* Karney's area of a polygon, edge by edge: right for edges of any length, at a microsecond each. */
static double ring_area_any(const struct geod_geodesic *geodesic, const struct sg_point *points,
                            uint32_t count) {
    struct geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (uint32_t i = 0; i + 1 < count; i++)
        geod_polygon_addpoint(geodesic, &polygon, points[i].y, points[i].x);
    double area_m2 = 0;
    geod_polygon_compute(geodesic, &polygon, 0, 1, &area_m2, NULL);
    return fabs(area_m2);
}

/* An edge below this is short: the terms left out below are under 1e-12 of its own area. */
static const double SHORT_EDGE_DEG = 0.02;

/* Area of the zone from the equator to the latitude, for each radian of longitude (Snyder 1987, eq. 3-12). */
static double zone_area(const struct sg_ellipsoid *ellipsoid, double e, double sin_lat) {
    double w2 = 1 - ellipsoid->e2 * sin_lat * sin_lat;
    double log_part = e > 0 ? atanh(e * sin_lat) / e : sin_lat;
    return ellipsoid->radius_m * ellipsoid->radius_m * (1 - ellipsoid->e2) / 2 * (sin_lat / w2 + log_part);
}

/* The same area for a ring of short edges away from the poles: what lies between each edge and a parallel, by
   Simpson's rule along the straight line in longitude and latitude, and the bulge of the geodesic from that
   line by its second derivative in the middle (the geodesic equation of the metric M^2 dlat^2 + (N cos lat)^2
   dlon^2). False when an edge is too long for that. */
static bool ring_area_short(const struct sg_ellipsoid *ellipsoid, const struct sg_point *points,
                            uint32_t count, double *ret_area_m2) {
    double e = sqrt(ellipsoid->e2), a2 = ellipsoid->radius_m * ellipsoid->radius_m;
    double sin_from = sin(points[0].y * RAD);
    double zone_start = zone_area(ellipsoid, e, sin_from), zone_from = 0, area_m2 = 0;
    for (uint32_t i = 0; i + 1 < count; i++) {
        double dlon_deg = points[i + 1].x - points[i].x, dlat_deg = points[i + 1].y - points[i].y;
        if (!(fabs(dlon_deg) < SHORT_EDGE_DEG) || !(fabs(dlat_deg) < SHORT_EDGE_DEG)
            || fabs(points[i].y) > 80)
            return false;
        double dlon = dlon_deg * RAD, dlat = dlat_deg * RAD, middle = (points[i].y + dlat_deg / 2) * RAD;
        double sin_middle = sin(middle), cos2 = 1 - sin_middle * sin_middle, cos_middle = sqrt(cos2);
        double zone_middle = zone_area(ellipsoid, e, sin_middle) - zone_start;
        double zone_to = zone_area(ellipsoid, e, sin(points[i + 1].y * RAD)) - zone_start;
        double w2 = 1 - ellipsoid->e2 * sin_middle * sin_middle;
        double along_by_across = (1 - ellipsoid->e2) / w2;                     /* M / N */
        double along_slope = 3 * ellipsoid->e2 * sin_middle * cos_middle / w2; /* M' / M */
        double bend = -cos_middle * sin_middle / along_by_across * dlon * dlon
                      - (2 * along_by_across * sin_middle / cos_middle + along_slope) * dlat * dlat;
        double zone_slope = a2 * (1 - ellipsoid->e2) * cos_middle / (w2 * w2);
        area_m2 += dlon * ((zone_from + 4 * zone_middle + zone_to) / 6 - zone_slope * bend / 12);
        zone_from = zone_to;
    }
    *ret_area_m2 = fabs(area_m2);
    return true;
}

static double ring_area(const struct sg_ellipsoid *ellipsoid, const struct geod_geodesic *geodesic,
                        const struct sg_point *points, uint32_t count) {
    double area_m2;
    /* below a quarter of a square kilometre the rounding of zones (1e-5 m2) would show in the tenth digit */
    if (ring_area_short(ellipsoid, points, count, &area_m2) && area_m2 > 2.5e5)
        return area_m2;
    return ring_area_any(geodesic, points, count);
}

double sg_geodesic_area(const struct sg_ellipsoid *ellipsoid, const struct sg_shape *lon_lat_deg) {
    struct geod_geodesic geodesic;
    geod_init(&geodesic, ellipsoid->radius_m, ellipsoid->flattening);
    double area_m2 = 0;
    for (uint32_t p = 0; p < lon_lat_deg->polygon_count; p++) {
        for (uint32_t r = lon_lat_deg->polygon_starts[p]; r < lon_lat_deg->polygon_starts[p + 1]; r++) {
            double ring = ring_area(ellipsoid, &geodesic, lon_lat_deg->points + lon_lat_deg->ring_starts[r],
                                    lon_lat_deg->ring_starts[r + 1] - lon_lat_deg->ring_starts[r]);
            area_m2 += r == lon_lat_deg->polygon_starts[p] ? ring : -ring;
        }
    }
    return area_m2;
}

struct sg_chord_scale sg_chord_scale_at(const struct sg_ellipsoid *ellipsoid, struct sg_point lon_lat_deg) {
    double lon = lon_lat_deg.x * RAD, lat = lon_lat_deg.y * RAD;
    double sin_lat = sin(lat), cos_lat = cos(lat);
    double w2 = 1 - ellipsoid->e2 * sin_lat * sin_lat, w = sqrt(w2);
    double across_m = ellipsoid->radius_m / w;
    double along_m = ellipsoid->radius_m * (1 - ellipsoid->e2) / (w2 * w);
    return (struct sg_chord_scale){
        .north = {-sin_lat * cos(lon), -sin_lat * sin(lon), cos_lat},
        .curvature_along2 = 1 / (along_m * along_m),
        .curvature_across2 = 1 / (across_m * across_m),
    };
}

double sg_chord_to_geodesic(const struct sg_chord_scale *scale, double dx, double dy, double dz,
                            double chord2_m2) {
    if (chord2_m2 == 0)
        return 0;
    double northing = dx * scale->north[0] + dy * scale->north[1] + dz * scale->north[2];
    double cos2 = northing * northing / chord2_m2;
    /* Euler's curvature is linear in cos^2; so, to a part in 10^5 of the correction, is its square. */
    double curvature2 =
        scale->curvature_across2 + (scale->curvature_along2 - scale->curvature_across2) * cos2;
    double ck2 = chord2_m2 * curvature2;
    return sqrt(chord2_m2) * (1 + ck2 * (1.0 / 24 + ck2 * (3.0 / 640)));
}

void sg_chord_bounds(const struct sg_ellipsoid *ellipsoid, double distance_m, double *ret_inner_m,
                     double *ret_outer_m) {
    /* The smallest radius of curvature is that of the meridian at the equator, the largest the polar
       radius; a micrometre covers the rounding of coordinates of six million metres. */
    double least_m = ellipsoid->radius_m * (1 - ellipsoid->e2);
    double most_m = ellipsoid->radius_m / sqrt(1 - ellipsoid->e2);
    double half_circle_m = 3.14 * least_m;
    if (distance_m >= half_circle_m) { /* so far that nothing can be told from chords */
        *ret_inner_m = 0;
        *ret_outer_m = INFINITY;
        return;
    }
    *ret_inner_m = 2 * least_m * sin(distance_m / (2 * least_m)) - 1e-6;
    *ret_outer_m = 2 * most_m * sin(distance_m / (2 * most_m)) + 1e-6;
    if (*ret_inner_m < 0)
        *ret_inner_m = 0;
    if (distance_m > 1e6) {
        /* Beyond 1,000 km the geodesic leaves the normal section: widen by the flattening. */
        *ret_inner_m *= 1 - ellipsoid->flattening;
        *ret_outer_m *= 1 + ellipsoid->flattening;
    }
}
