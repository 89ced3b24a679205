#include "model/gdal.h"

#include <cpl_conv.h>
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

const char *sg_gdal_version(void) {
    return GDALVersionInfo("RELEASE_NAME");
}

const char *sg_geos_version(void) {
    return GEOSversion();
}
