#include "model/gdal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
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

static void CPL_STDCALL print_warnings(CPLErr level, CPLErrorNum number, const char *message) {
    if (level < CE_Failure)
        CPLDefaultErrorHandler(level, number, message);
}

void sg_gdal_leave_errors_to_us(void) {
    CPLSetErrorHandler(print_warnings);
}

const char *sg_gdal_version(void) {
    return GDALVersionInfo("RELEASE_NAME");
}

const char *sg_geos_version(void) {
    return GEOSversion();
}
