#include "read/shapefile_counts.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <string.h>

#include "core/text.h"

enum { SHX_HEADER = 100, SHX_RECORD = 8 };

/* The layer's file of that ending, among all the dataset's; NULL when there is none. */
static const char *part_of_layer(const struct sg_dataset *dataset, char **files, const char *ending) {
    const char *layer = OGR_L_GetName(dataset->layer);
    for (char **file = files; file != NULL && *file != NULL; file++) {
        if (sg_text_equal_fold(CPLGetExtension(*file), ending) && strcmp(CPLGetBasename(*file), layer) == 0)
            return *file;
    }
    return NULL;
}

/* The first bytes of a file and its size; false when they cannot be read. */
static bool read_start(const char *path, unsigned char *bytes, size_t count, unsigned long long *ret_size) {
    VSIStatBufL found;
    VSILFILE *file = path == NULL || VSIStatL(path, &found) != 0 ? NULL : VSIFOpenL(path, "rb");
    if (file == NULL)
        return false;
    bool done = VSIFReadL(bytes, 1, count, file) == count;
    VSIFCloseL(file);
    *ret_size = (unsigned long long)found.st_size;
    return done;
}

static bool count_shapes(const char *path, unsigned long long *ret_count) {
    unsigned char start[28];
    unsigned long long size;
    if (!read_start(path, start, sizeof start, &size))
        return false;
    unsigned long long said = 2
                              * ((unsigned long long)start[24] << 24 | (unsigned long long)start[25] << 16
                                 | (unsigned long long)start[26] << 8 | start[27]);
    unsigned long long length = said < size ? said : size;
    *ret_count = length < SHX_HEADER ? 0 : (length - SHX_HEADER) / SHX_RECORD;
    return true;
}

static bool count_rows(const char *path, unsigned long long *ret_count) {
    unsigned char start[8];
    unsigned long long size;
    if (!read_start(path, start, sizeof start, &size))
        return false;
    *ret_count = (unsigned long long)start[7] << 24 | (unsigned long long)start[6] << 16
                 | (unsigned long long)start[5] << 8 | start[4];
    return true;
}

enum sg_status sg_shapefile_counts_check(const struct sg_dataset *dataset) {
    if (strcmp(dataset->driver, "ESRI Shapefile") != 0)
        return SG_OK;
    char **files = GDALGetFileList(dataset->handle);
    unsigned long long shapes, rows;
    const char *index = part_of_layer(dataset, files, "shx"), *table = part_of_layer(dataset, files, "dbf");
    bool is_known = count_shapes(index, &shapes) && count_rows(table, &rows);
    if (index != NULL && table == NULL)
        sg_warn_once(dataset->context, "get the .dbf of the same name, which belongs beside it",
                     "%s: without its .dbf the shapes have no names and no numbers", dataset->path);
    CSLDestroy(files);
    if (!is_known || shapes == rows)
        return SG_OK;
    return sg_fail(
        dataset->context, SG_BAD_INPUT,
        "its parts are not of one export, or one is damaged: get .shp, .shx and .dbf together again",
        "%s: %llu shapes (.shp), but %llu records of attributes (.dbf); records would be lost or get "
        "the attributes of others",
        dataset->path, shapes, rows);
}
