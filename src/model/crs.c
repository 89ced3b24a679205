#include "model/crs.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

struct sg_crs {
    PJ_CONTEXT *proj;
    PJ *pj;
    char *name;
    char *code;
    char *wkt;
    char *method;      /* of a projection without a name; else NULL */
    double centre_deg; /* the longitude in its middle; NaN: none */
    bool is_geographic;
    bool is_projected;
    double unit_m;
    double radius_m;
    double flattening;
};

struct sg_transformation {
    PJ_CONTEXT *proj;
    PJ *pj; /* NULL: the identity */
    char *from_wkt;
    char *to_wkt;
};

static PJ_CONTEXT *quiet_context(void) {
    PJ_CONTEXT *proj = proj_context_create();
    if (proj != NULL) {
        proj_log_level(proj, PJ_LOG_NONE);
        proj_context_set_enable_network(proj, 0);
    }
    return proj;
}

/* Strips what hides the horizontal CRS: bound and compound wrappers. Takes pj. */
static PJ *horizontal_part(PJ_CONTEXT *proj, PJ *pj) {
    for (int depth = 0; pj != NULL && depth < 4; depth++) {
        PJ_TYPE type = proj_get_type(pj);
        PJ *inner = NULL;
        if (type == PJ_TYPE_BOUND_CRS)
            inner = proj_get_source_crs(proj, pj);
        else if (type == PJ_TYPE_COMPOUND_CRS)
            inner = proj_crs_get_sub_crs(proj, pj, 0);
        if (inner == NULL)
            break;
        proj_destroy(pj);
        pj = inner;
    }
    return pj;
}

static bool is_a_name(const char *name) {
    return name != NULL && name[0] != '\0' && strcmp(name, "unknown") != 0 && strcmp(name, "unnamed") != 0;
}

/* The longitude that a projection is made about, by whichever name its method has for it. */
static double centre_of(PJ_CONTEXT *proj, PJ *operation) {
    static const char *const names[] = {"Longitude of natural origin", "Longitude of false origin",
                                        "Longitude of projection centre", "Longitude of origin"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        double value, to_radians;
        int at = proj_coordoperation_get_param_index(proj, operation, names[i]);
        if (at >= 0
            && proj_coordoperation_get_param(proj, operation, at, NULL, NULL, NULL, &value, NULL, &to_radians,
                                             NULL, NULL, NULL, NULL))
            return value * to_radians * 180 / 3.14159265358979323846;
    }
    return NAN;
}

/* What a CRS without a name is called: "Lambert Conic Conformal (2SP), centred on 75.00° W". */
static bool name_by_method(struct sg_crs *crs) {
    PJ *operation = crs->is_projected ? proj_crs_get_coordoperation(crs->proj, crs->pj) : NULL;
    const char *method = NULL;
    if (operation != NULL)
        proj_coordoperation_get_method_info(crs->proj, operation, &method, NULL, NULL);
    crs->centre_deg = operation == NULL ? NAN : centre_of(crs->proj, operation);
    if (!is_a_name(method)) {
        crs->name = sg_strdup(crs->is_geographic ? "longitude and latitude" : "a CRS without a name");
    } else {
        crs->method = sg_strdup(method);
        crs->name = isnan(crs->centre_deg)
                        ? sg_strdup(method)
                        : sg_format("%s, centred on %.2f° %c", method, fabs(crs->centre_deg),
                                    crs->centre_deg < 0 ? 'W' : 'E');
    }
    proj_destroy(operation);
    return crs->name != NULL && (!is_a_name(method) || crs->method != NULL);
}

static bool describe(struct sg_crs *crs) {
    PJ_TYPE type = proj_get_type(crs->pj);
    crs->is_geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    crs->is_projected = type == PJ_TYPE_PROJECTED_CRS;
    const char *name = proj_get_name(crs->pj);
    crs->centre_deg = NAN;
    if (is_a_name(name))
        crs->name = sg_strdup(name);
    else if (!name_by_method(crs))
        return false;
    const char *authority = proj_get_id_auth_name(crs->pj, 0);
    const char *code = proj_get_id_code(crs->pj, 0);
    if (authority != NULL && code != NULL) {
        size_t size = strlen(authority) + strlen(code) + 2;
        crs->code = sg_alloc(size, 1);
        if (crs->code != NULL)
            snprintf(crs->code, size, "%s:%s", authority, code);
    } else {
        crs->code = sg_strdup("");
    }
    crs->wkt = sg_strdup(proj_as_wkt(crs->proj, crs->pj, PJ_WKT2_2019, NULL));
    PJ *ellipsoid = proj_get_ellipsoid(crs->proj, crs->pj);
    double inverse_flattening = 0;
    if (ellipsoid != NULL
        && proj_ellipsoid_get_parameters(crs->proj, ellipsoid, &crs->radius_m, NULL, NULL,
                                         &inverse_flattening)) {
        crs->flattening = inverse_flattening == 0 ? 0 : 1 / inverse_flattening;
    } else {
        crs->radius_m = 6378137.0;
        crs->flattening = 1 / 298.257223563;
    }
    proj_destroy(ellipsoid);
    PJ *system = proj_crs_get_coordinate_system(crs->proj, crs->pj);
    if (system != NULL && crs->is_projected)
        proj_cs_get_axis_info(crs->proj, system, 0, NULL, NULL, NULL, &crs->unit_m, NULL, NULL, NULL);
    proj_destroy(system);
    return crs->name != NULL && crs->code != NULL && crs->wkt != NULL;
}

enum sg_status sg_crs_new(struct sg_context *context, const char *definition, struct sg_crs **ret_crs) {
    struct sg_crs *crs = sg_alloc(1, sizeof *crs);
    if (crs == NULL)
        return sg_fail_memory(context);
    crs->proj = quiet_context();
    if (crs->proj == NULL) {
        sg_crs_free(crs);
        return sg_fail_memory(context);
    }
    crs->pj = horizontal_part(crs->proj, proj_create(crs->proj, definition));
    if (crs->pj == NULL || !proj_is_crs(crs->pj)) {
        sg_crs_free(crs);
        return sg_fail(context, SG_BAD_CRS, "name it as EPSG:26917, or give its WKT or PROJ string",
                       "'%.200s' is not a coordinate reference system", definition);
    }
    if (!describe(crs)) {
        sg_crs_free(crs);
        return sg_fail_memory(context);
    }
    *ret_crs = crs;
    return SG_OK;
}

struct sg_crs *sg_crs_copy(const struct sg_crs *crs) {
    struct sg_crs *copy = sg_alloc(1, sizeof *copy);
    if (copy == NULL)
        return NULL;
    copy->proj = quiet_context();
    copy->pj = copy->proj == NULL ? NULL : proj_clone(copy->proj, crs->pj);
    if (copy->pj == NULL || !describe(copy)) {
        sg_crs_free(copy);
        return NULL;
    }
    return copy;
}

void sg_crs_free(struct sg_crs *crs) {
    if (crs == NULL)
        return;
    proj_destroy(crs->pj);
    if (crs->proj != NULL)
        proj_context_destroy(crs->proj);
    sg_free(crs->name);
    sg_free(crs->code);
    sg_free(crs->wkt);
    sg_free(crs->method);
    sg_free(crs);
}

bool sg_crs_is_geographic(const struct sg_crs *crs) {
    return crs->is_geographic;
}

bool sg_crs_is_projected(const struct sg_crs *crs) {
    return crs->is_projected;
}

const char *sg_crs_name(const struct sg_crs *crs) {
    return crs->name;
}

const char *sg_crs_method(const struct sg_crs *crs, double *ret_centre_deg) {
    *ret_centre_deg = crs->centre_deg;
    return crs->method;
}

const char *sg_crs_code(const struct sg_crs *crs) {
    return crs->code;
}

const char *sg_crs_wkt(const struct sg_crs *crs) {
    return crs->wkt;
}

double sg_crs_unit_m(const struct sg_crs *crs) {
    return crs->unit_m;
}

void sg_crs_ellipsoid(const struct sg_crs *crs, double *ret_radius_m, double *ret_flattening) {
    *ret_radius_m = crs->radius_m;
    *ret_flattening = crs->flattening;
}

enum sg_status sg_crs_geographic(struct sg_context *context, const struct sg_crs *crs,
                                 struct sg_crs **ret_crs) {
    if (crs->is_geographic) {
        *ret_crs = sg_crs_copy(crs);
        return *ret_crs == NULL ? sg_fail_memory(context) : SG_OK;
    }
    PJ *geodetic = proj_crs_get_geodetic_crs(crs->proj, crs->pj);
    if (geodetic == NULL)
        return sg_fail(context, SG_BAD_CRS, "use a projected or a geographic CRS",
                       "the CRS '%s' has no longitude and latitude under it", crs->name);
    const char *wkt = proj_as_wkt(crs->proj, geodetic, PJ_WKT2_2019, NULL);
    enum sg_status status = sg_crs_new(context, wkt == NULL ? "" : wkt, ret_crs);
    proj_destroy(geodetic);
    return status;
}

enum sg_status sg_crs_local(struct sg_context *context, const struct sg_box *lon_lat_deg,
                            struct sg_crs **ret_crs) {
    double lon = (lon_lat_deg->min_x + lon_lat_deg->max_x) / 2;
    lon -= lon >= 180 ? 360 : 0; /* a box may run on beyond the 180th meridian */
    double lat = (lon_lat_deg->min_y + lon_lat_deg->max_y) / 2;
    char definition[200];
    if (lon_lat_deg->max_x - lon_lat_deg->min_x < 6 && fabs(lat) < 80) {
        int zone = (int)floor((lon + 180) / 6) + 1;
        zone = zone < 1 ? 1 : zone > 60 ? 60 : zone;
        snprintf(definition, sizeof definition, "EPSG:%d", (lat >= 0 ? 32600 : 32700) + zone);
    } else if (lon_lat_deg->max_y > 0 && lon_lat_deg->min_y < 0) {
        snprintf(definition, sizeof definition,
                 "+proj=cea +lat_ts=0 +lon_0=%.6f +datum=WGS84 +units=m +no_defs +type=crs", lon);
    } else {
        double height = lon_lat_deg->max_y - lon_lat_deg->min_y;
        snprintf(definition, sizeof definition,
                 "+proj=lcc +lat_0=%.6f +lon_0=%.6f +lat_1=%.6f +lat_2=%.6f +datum=WGS84 +units=m "
                 "+no_defs +type=crs",
                 lat, lon, lon_lat_deg->min_y + height / 6, lon_lat_deg->max_y - height / 6);
    }
    return sg_crs_new(context, definition, ret_crs);
}

bool sg_crs_is_same(const struct sg_crs *a, const struct sg_crs *b) {
    return proj_is_equivalent_to(a->pj, b->pj, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

/* Does the pipeline leave a spread of points on the ground where they are? Then it is skipped: the same
   datum under two names costs 0.2 microseconds a point otherwise, and must not move a point by rounding. */
static bool changes_nothing(PJ *pj, const struct sg_crs *from, const struct sg_crs *to) {
    if (!from->is_geographic || !to->is_geographic)
        return false;
    for (int lat = -80; lat <= 80; lat += 40) {
        for (int lon = -150; lon <= 150; lon += 60) {
            PJ_COORD out = proj_trans(pj, PJ_FWD, proj_coord(lon, lat, 0, HUGE_VAL));
            if (!(fabs(out.xy.x - lon) < 1e-12 && fabs(out.xy.y - lat) < 1e-12))
                return false;
        }
    }
    return true;
}

static struct sg_transformation *connect(const char *from_wkt, const char *to_wkt) {
    struct sg_transformation *made = sg_alloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->proj = quiet_context();
    made->from_wkt = sg_strdup(from_wkt);
    made->to_wkt = sg_strdup(to_wkt);
    if (made->proj == NULL || made->from_wkt == NULL || made->to_wkt == NULL) {
        sg_transformation_free(made);
        return NULL;
    }
    PJ *pj = proj_create_crs_to_crs(made->proj, from_wkt, to_wkt, NULL);
    if (pj != NULL) {
        made->pj = proj_normalize_for_visualization(made->proj, pj);
        proj_destroy(pj);
    }
    return made;
}

enum sg_status sg_transformation_new(struct sg_context *context, const struct sg_crs *from,
                                     const struct sg_crs *to, struct sg_transformation **ret_transformation) {
    struct sg_transformation *made;
    if (sg_crs_is_same(from, to)) {
        made = sg_alloc(1, sizeof *made);
        if (made == NULL)
            return sg_fail_memory(context);
        *ret_transformation = made;
        return SG_OK;
    }
    made = connect(from->wkt, to->wkt);
    if (made == NULL)
        return sg_fail_memory(context);
    if (made->pj == NULL) {
        sg_transformation_free(made);
        return sg_fail(context, SG_BAD_CRS, "check both coordinate reference systems",
                       "no transformation from '%s' to '%s'", from->name, to->name);
    }
    if (changes_nothing(made->pj, from, to)) {
        proj_destroy(made->pj);
        made->pj = NULL;
    }
    *ret_transformation = made;
    return SG_OK;
}

struct sg_transformation *sg_transformation_copy(const struct sg_transformation *transformation) {
    if (transformation->pj == NULL)
        return sg_alloc(1, sizeof(struct sg_transformation));
    struct sg_transformation *copy = connect(transformation->from_wkt, transformation->to_wkt);
    if (copy != NULL && copy->pj == NULL) {
        sg_transformation_free(copy);
        return NULL;
    }
    return copy;
}

void sg_transformation_free(struct sg_transformation *transformation) {
    if (transformation == NULL)
        return;
    proj_destroy(transformation->pj);
    if (transformation->proj != NULL)
        proj_context_destroy(transformation->proj);
    sg_free(transformation->from_wkt);
    sg_free(transformation->to_wkt);
    sg_free(transformation);
}

bool sg_transformation_is_identity(const struct sg_transformation *transformation) {
    return transformation->pj == NULL;
}

size_t sg_transform_points(struct sg_transformation *transformation, struct sg_point *points, size_t count) {
    if (transformation->pj == NULL || count == 0)
        return 0;
    proj_trans_generic(transformation->pj, PJ_FWD, &points->x, sizeof *points, count, &points->y,
                       sizeof *points, count, NULL, 0, 0, NULL, 0, 0);
    size_t lost = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(points[i].x) || !isfinite(points[i].y)) {
            points[i] = (struct sg_point){INFINITY, INFINITY};
            lost++;
        }
    }
    return lost;
}

const char *sg_crs_origin_name(enum sg_crs_origin origin) {
    static const char *const names[] = {"file", "named", "columns", "assumed"};
    return names[origin];
}

const char *sg_crs_origin_text(enum sg_crs_origin origin) {
    static const char *const texts[] = {"as the file says", "as named by an option",
                                        "as columns of longitude and latitude are read",
                                        "assumed: the file says none that is known, and its coordinates fit"};
    return texts[origin];
}

const char *sg_proj_version(void) {
    return proj_info().version;
}
