/* Are files complete that GDAL has written? Some of its drivers pass over a write that fails. */
#ifndef SG_WRITE_WHOLE_FILE_H
#define SG_WRITE_WHOLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* A GeoJSON file: can it be read, and has it so many features? */
bool sg_geojson_is_whole(const char *path, size_t feature_count);

/* A shapefile (the path of its .shp): have .shp, .shx and .dbf the lengths that their headers say? */
bool sg_shapefile_is_whole(const char *path);

#endif
