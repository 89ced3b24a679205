/* The formats that layers and tables are written in. */
#ifndef SG_WRITE_FORMATS_H
#define SG_WRITE_FORMATS_H

#include <stdbool.h>
#include <stddef.h>

/* A format by the ending of a file name. */
struct sg_format_info {
    const char *ending; /* ".gpkg" */
    const char *name;   /* "GeoPackage" */
    const char *driver; /* of GDAL; NULL: our own */
    bool has_geometry;
    bool has_many_layers;
    const char *summary; /* for `list formats` */
};

size_t sg_format_count(void);
const struct sg_format_info *sg_format_at(size_t index);
const struct sg_format_info *sg_format_of(const char *path); /* NULL: unknown ending */

#endif
