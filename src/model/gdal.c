#include "model/gdal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <gdal.h>
#include <geos_c.h>
#include <pthread.h>

static void start_once(void) {
    GDALAllRegister();
    CPLSetConfigOption("GML_DOWNLOAD_SCHEMA", "NO");
    CPLSetConfigOption("GDAL_HTTP_TIMEOUT", "1");
    CPLSetConfigOption("OGR_SQLITE_STATIC_VIRTUAL_OGR", "NO");
    CPLSetConfigOption("OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "TRADITIONAL_GIS_ORDER");
}

void sg_gdal_start(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_once);
}

static void CPL_STDCALL tell_warning(CPLErr level, CPLErrorNum number, const char *message) {
    (void)number;
    if (level == CE_Warning)
        sg_warn_once(CPLGetErrorHandlerUserData(), NULL, "GDAL: %.300s", message);
}

void sg_gdal_leave_messages_to(struct sg_context *context) {
    if (context == NULL)
        CPLSetErrorHandler(CPLQuietErrorHandler);
    else
        CPLSetErrorHandlerEx(tell_warning, context);
}

static CPLHTTPResult *fetch_nothing(const char *address, CSLConstList options, GDALProgressFunc progress,
                                    void *progress_data, CPLHTTPFetchWriteFunc write, void *write_data,
                                    void *user) {
    (void)options, (void)progress, (void)progress_data, (void)write, (void)write_data, (void)user;
    CPLError(CE_Failure, CPLE_AppDefined, "%.200s is on the network, which is not allowed", address);
    CPLHTTPResult *result =
        CPLCalloc(1, sizeof *result); /* GDAL's to free; a NULL would be fetched after all */
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("the network is not allowed");
    return result;
}

void sg_gdal_go_offline(void) {
    CPLHTTPPushFetchCallback(fetch_nothing, NULL);
}

void sg_gdal_end_offline(void) {
    CPLHTTPPopFetchCallback();
}

void sg_gdal_stay_offline(void) {
    CPLHTTPSetFetchCallback(fetch_nothing, NULL);
}

const char *sg_gdal_version(void) {
    return GDALVersionInfo("RELEASE_NAME");
}

const char *sg_geos_version(void) {
    return GEOSversion();
}
