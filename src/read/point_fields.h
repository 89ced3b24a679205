/* Where a record's point comes from: its geometry, two columns, or a column of WKT or GeoJSON text. */
#ifndef SG_READ_POINT_FIELDS_H
#define SG_READ_POINT_FIELDS_H

#include "read/dataset.h"

enum sg_point_origin { SG_POINT_GEOMETRY, SG_POINT_COLUMNS, SG_POINT_TEXT };

struct sg_point_fields {
    enum sg_point_origin origin;
    int lon, lat; /* SG_POINT_COLUMNS */
    int text;     /* SG_POINT_TEXT: WKT or GeoJSON */
};

/* Why a record has no usable point. */
enum sg_point_fault {
    SG_POINT_READ,
    SG_POINT_MISSING,
    SG_POINT_NOT_A_NUMBER,
    SG_POINT_OUT_OF_RANGE, /* not a longitude or latitude, in a geographic CRS */
    SG_POINT_NOT_FINITE,
    SG_POINT_NO_MEMORY
};

/* Decides: the named columns; else the geometry; else columns called lon/lng/long/longitude/x and
   lat/latitude/y; else a text column called wkt, geom, geometry, the_geom or wkb_geometry that holds WKT or
   GeoJSON. Otherwise an error that says what the columns hold and what to name. */
enum sg_status sg_point_fields_find(struct sg_dataset *dataset, const char *lon, const char *lat,
                                    struct sg_point_fields *ret_fields);

/* The CRS of the points: the source's, the layer's, or WGS 84 for columns. */
enum sg_status sg_point_fields_crs(struct sg_dataset *dataset, const struct sg_point_fields *fields,
                                   struct sg_crs **ret_crs);

/* Reads a record's points (one, or each member of a MultiPoint) into a scratch array grown with sg_reserve().
 *ret_is_surface: a point on the surface of a line or polygon. is_geographic: check the ranges. */
enum sg_point_fault sg_point_fields_read(struct sg_dataset *dataset, const struct sg_point_fields *fields,
                                         OGRFeatureH feature, bool is_geographic, struct sg_point **points,
                                         size_t *count, size_t *capacity, bool *ret_is_surface);

/* Can they be places? SG_POINT_READ, or what is wrong with one of them. */
enum sg_point_fault sg_points_check(const struct sg_point *points, size_t count, bool is_geographic);

/* "latitude \"43.6x\" is not a number": the fault of a record in a sentence. */
void sg_point_fault_describe(struct sg_dataset *dataset, const struct sg_point_fields *fields,
                             OGRFeatureH feature, enum sg_point_fault fault, struct sg_text *sentence);

#endif
