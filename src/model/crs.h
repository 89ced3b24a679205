/* Coordinate reference systems and transformations between them (PROJ). Axis order is always x, y
   (lon, lat), whatever the CRS's authority says. */
#ifndef SG_MODEL_CRS_H
#define SG_MODEL_CRS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "model/geometry.h"

struct sg_crs;
struct sg_transformation;

/* How the CRS of a layer was decided. */
enum sg_crs_origin {
    SG_CRS_OF_FILE,
    SG_CRS_NAMED,       /* by an option or a project's key */
    SG_CRS_FOR_COLUMNS, /* columns with longitude and latitude are WGS 84 */
    SG_CRS_ASSUMED      /* the layer says none that is known; its coordinates fit WGS 84 */
};

/* "file", "named", "columns", "assumed"; and the same for people. */
const char *sg_crs_origin_name(enum sg_crs_origin origin);
const char *sg_crs_origin_text(enum sg_crs_origin origin);

/* A CRS from anything PROJ reads ("EPSG:26917", WKT, a PROJ string). SG_BAD_CRS when it is not one.
   Free with sg_crs_free(). */
enum sg_status sg_crs_new(struct sg_context *context, const char *definition, struct sg_crs **ret_crs);
struct sg_crs *sg_crs_copy(const struct sg_crs *crs); /* NULL when out of memory */
void sg_crs_free(struct sg_crs *crs);

bool sg_crs_is_geographic(const struct sg_crs *crs); /* lon, lat in degrees */
bool sg_crs_is_projected(const struct sg_crs *crs);
const char *sg_crs_name(const struct sg_crs *crs); /* "NAD83 / UTM zone 17N"; never "unknown" */
const char *sg_crs_code(const struct sg_crs *crs); /* "EPSG:26917", or "" when it has none */
const char *sg_crs_wkt(const struct sg_crs *crs);  /* WKT 2:2019 */
double sg_crs_unit_m(const struct sg_crs *crs);    /* metres per unit of a projected CRS; 0 otherwise */

/* The method of a projection that has no name of its own, and the longitude in its middle (NaN: none); NULL
   for others. */
const char *sg_crs_method(const struct sg_crs *crs, double *ret_centre_deg);

/* Semi-major axis in metres and flattening of the CRS's ellipsoid. */
void sg_crs_ellipsoid(const struct sg_crs *crs, double *ret_radius_m, double *ret_flattening);

/* The lon/lat CRS under a projected one (itself when geographic). Free with sg_crs_free(). */
enum sg_status sg_crs_geographic(struct sg_context *context, const struct sg_crs *crs,
                                 struct sg_crs **ret_crs);

/* A conformal or conic projection fit to draw a map of the lon/lat box: UTM of its middle when it is
   narrower than 6 degrees, else a Lambert conformal conic for the box. Free with sg_crs_free(). */
enum sg_status sg_crs_local(struct sg_context *context, const struct sg_box *lon_lat_deg,
                            struct sg_crs **ret_crs);

bool sg_crs_is_same(const struct sg_crs *a, const struct sg_crs *b);

/* A transformation between two CRSs; one that changes nothing costs nothing. Not to be shared between
   threads: copy it for each. Free with sg_transformation_free(). */
enum sg_status sg_transformation_new(struct sg_context *context, const struct sg_crs *from,
                                     const struct sg_crs *to, struct sg_transformation **ret_transformation);
struct sg_transformation *sg_transformation_copy(const struct sg_transformation *transformation);
void sg_transformation_free(struct sg_transformation *transformation);
bool sg_transformation_is_identity(const struct sg_transformation *transformation);

/* Transforms points in place; a point that cannot be transformed becomes infinite. Returns how many
   could not. */
size_t sg_transform_points(struct sg_transformation *transformation, struct sg_point *points, size_t count);

/* "9.1.1" */
const char *sg_proj_version(void);

#endif
