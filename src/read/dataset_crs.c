/* Which coordinate reference system a layer is in. */
#include <cpl_conv.h>
#include <cpl_error.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <string.h>

#include "read/dataset.h"
#include "read/geojson_crs.h"

static bool is_finite_box(const OGREnvelope *box) {
    return fabs(box->MinX) < 1e30 && fabs(box->MaxX) < 1e30 && fabs(box->MinY) < 1e30
           && fabs(box->MaxY) < 1e30;
}

/* The extent of the geometries whose coordinates are finite; false when there is none. */
static bool finite_extent(OGRLayerH layer, OGREnvelope *ret_extent) {
    bool is_known = false;
    OGRFeatureH feature;
    OGR_L_ResetReading(layer);
    while ((feature = OGR_L_GetNextFeature(layer)) != NULL) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        OGREnvelope box;
        if (geometry != NULL && !OGR_G_IsEmpty(geometry)) {
            OGR_G_GetEnvelope(geometry, &box);
            if (is_finite_box(&box)) {
                *ret_extent = is_known ? (OGREnvelope){.MinX = fmin(ret_extent->MinX, box.MinX),
                                                       .MaxX = fmax(ret_extent->MaxX, box.MaxX),
                                                       .MinY = fmin(ret_extent->MinY, box.MinY),
                                                       .MaxY = fmax(ret_extent->MaxY, box.MaxY)}
                                       : box;
                is_known = true;
            }
        }
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(layer);
    return is_known;
}

/* One coordinate that is not finite says nothing of the others: then they are looked at one by one. */
static bool layer_extent(OGRLayerH layer, OGREnvelope *ret_extent) {
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool is_known = OGR_L_GetExtent(layer, ret_extent, TRUE) == OGRERR_NONE;
    if (is_known && !is_finite_box(ret_extent))
        is_known = finite_extent(layer, ret_extent);
    CPLPopErrorHandler();
    return is_known;
}

/* said: how the layer speaks of its coordinate reference system, as the beginning of a sentence. */
static enum sg_status assume_wgs84(struct sg_dataset *dataset, const char *said, struct sg_crs **ret_crs) {
    OGREnvelope extent;
    struct sg_text hint;
    sg_text_init(&hint);
    sg_text_append_format(&hint, "name it with %s EPSG:...", dataset->crs_option);
    enum sg_status status;
    if (layer_extent(dataset->layer, &extent)
        && !(extent.MinX >= -180 && extent.MaxX <= 180.0000001 && extent.MinY >= -90 && extent.MaxY <= 90)) {
        status =
            sg_fail(dataset->context, SG_BAD_CRS, sg_text_bytes(&hint),
                    "%s: %s, and its coordinates (x %.6g to %.6g, y %.6g to %.6g) are not longitudes and "
                    "latitudes",
                    dataset->path, said, extent.MinX, extent.MaxX, extent.MinY, extent.MaxY);
    } else {
        sg_warn(dataset->context, sg_text_bytes(&hint),
                "%s: %s; its coordinates fit longitude and latitude and are taken as WGS 84", dataset->path,
                said);
        status = sg_crs_new(dataset->context, "EPSG:4326", ret_crs);
        dataset->crs_origin = SG_CRS_ASSUMED;
    }
    sg_text_release(&hint);
    return status;
}

/* GDAL takes WGS 84 for a GeoJSON file that names a system it does not know: then said tells. */
static enum sg_status look_for_unknown(struct sg_dataset *dataset, OGRSpatialReferenceH srs,
                                       struct sg_text *said) {
    const char *code = srs == NULL ? NULL : OSRGetAuthorityCode(srs, NULL);
    if (strcmp(dataset->driver, "GeoJSON") != 0 || code == NULL || strcmp(code, "4326") != 0)
        return SG_OK;
    struct sg_text name;
    sg_text_init(&name);
    sg_geojson_crs_name(dataset->opened_path, &name);
    const char *text = sg_text_bytes(&name);
    enum sg_status status = name.failed ? sg_fail_memory(dataset->context) : SG_OK;
    bool says_wgs84 = strstr(text, "84") != NULL || strstr(text, "4326") != NULL;
    if (status == SG_OK && text[0] != '\0' && !says_wgs84) {
        struct sg_crs *known = NULL;
        status = sg_crs_new(dataset->context, text, &known);
        if (status == SG_BAD_CRS) {
            sg_context_forget_error(dataset->context);
            sg_text_append_format(
                said, "the layer says '%.100s', which no coordinate reference system here is called", text);
            status = said->failed ? sg_fail_memory(dataset->context) : SG_OK;
        }
        sg_crs_free(known);
    }
    sg_text_release(&name);
    return status;
}

/* GeoPackage's and others' "undefined" systems come as engineering CRSs without a datum on the ground. */
static bool is_undefined(const char *wkt) {
    return wkt == NULL || wkt[0] == '\0' || strncmp(wkt, "ENGCRS", 6) == 0 || strncmp(wkt, "LOCAL_CS", 8) == 0
           || strstr(wkt, "\"Undefined") != NULL || strstr(wkt, "\"undefined") != NULL;
}

enum sg_status sg_dataset_crs(struct sg_dataset *dataset, struct sg_crs **ret_crs) {
    dataset->crs_origin = dataset->crs_text != NULL ? SG_CRS_NAMED : SG_CRS_OF_FILE;
    if (dataset->crs_text != NULL)
        return sg_crs_new(dataset->context, dataset->crs_text, ret_crs);
    sg_dataset_hear(dataset);
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(dataset->layer);
    CPLPopErrorHandler();
    char *wkt = NULL;
    if (srs != NULL) {
        const char *const options[] = {"FORMAT=WKT2_2019", NULL};
        OSRExportToWktEx(srs, &wkt, options);
    }
    struct sg_text unknown;
    sg_text_init(&unknown);
    enum sg_status status = look_for_unknown(dataset, srs, &unknown);
    if (status == SG_OK && unknown.length > 0)
        status = assume_wgs84(dataset, sg_text_bytes(&unknown), ret_crs);
    else if (status == SG_OK && is_undefined(wkt))
        status = assume_wgs84(dataset, "the layer says no coordinate reference system", ret_crs);
    else if (status == SG_OK)
        status = sg_crs_new(dataset->context, wkt, ret_crs);
    sg_text_release(&unknown);
    CPLFree(wkt);
    return status;
}
