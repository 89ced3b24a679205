#include "write/whole_file.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

bool sg_geojson_is_whole(const char *path, size_t feature_count) {
    static const char *const drivers[] = {"GeoJSON", NULL};
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    OGRLayerH layer = dataset == NULL ? NULL : GDALDatasetGetLayer(dataset, 0);
    bool is_whole = layer != NULL && OGR_L_GetFeatureCount(layer, TRUE) == (GIntBig)feature_count
                    && CPLGetLastErrorType() != CE_Failure;
    if (dataset != NULL)
        GDALClose(dataset);
    CPLPopErrorHandler();
    CPLErrorReset();
    return is_whole;
}

/* The first bytes of the file with this ending beside the path, and its length. */
static bool read_start(const char *path, const char *ending, unsigned char start[static 32],
                       long long *ret_length) {
    const char *name = CPLResetExtension(path, ending);
    struct stat found;
    FILE *file = fopen(name, "rbe");
    bool done = file != NULL && fread(start, 32, 1, file) == 1 && fstat(fileno(file), &found) == 0;
    if (done)
        *ret_length = found.st_size;
    if (file != NULL)
        fclose(file);
    return done;
}

/* "ESRI Shapefile Technical Description" (1998): bytes 24 to 27, big-endian, are the length in 16-bit words.
 */
static bool has_said_words(const char *path, const char *ending) {
    unsigned char start[32];
    long long length;
    if (!read_start(path, ending, start, &length))
        return false;
    uint32_t words =
        (uint32_t)start[24] << 24 | (uint32_t)start[25] << 16 | (uint32_t)start[26] << 8 | start[27];
    return length == 2 * (long long)words;
}

/* dBASE III: the number of records at byte 4, the lengths of header and record at 8 and 10, then perhaps an
   end mark. */
static bool has_said_records(const char *path) {
    unsigned char start[32];
    long long length;
    if (!read_start(path, "dbf", start, &length))
        return false;
    uint32_t records =
        (uint32_t)start[7] << 24 | (uint32_t)start[6] << 16 | (uint32_t)start[5] << 8 | start[4];
    long long header = start[9] << 8 | start[8], record = start[11] << 8 | start[10];
    long long said = header + (long long)records * record;
    return length == said || length == said + 1;
}

bool sg_shapefile_is_whole(const char *path) {
    return has_said_words(path, "shp") && has_said_words(path, "shx") && has_said_records(path);
}
