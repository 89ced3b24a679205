/* What a GeoJSON file says of its coordinate reference system, which GDAL does not tell when it does not know
 * it. */
#ifndef SG_READ_GEOJSON_CRS_H
#define SG_READ_GEOJSON_CRS_H

#include "core/text.h"

/* Appends the name in the file's own "crs" member ("EPSG:2019", "urn:ogc:def:crs:..."), which stands before
   or after the features; nothing where there is none. */
void sg_geojson_crs_name(const char *path, struct sg_text *name);

#endif
