/* The table layer_styles of a GeoPackage, by which QGIS opens its layers styled as the maps. */
#ifndef SG_WRITE_LAYER_STYLES_H
#define SG_WRITE_LAYER_STYLES_H

#include <gdal.h>
#include <stdbool.h>

#include "write/layer_writer.h"

/* Adds the layers' styles to the dataset, registered as attributes; nothing where they have none. False when
   GDAL could not, or when memory ran out: then *ret_is_out_of_memory is set. */
bool sg_layer_styles_add(GDALDatasetH dataset, const struct sg_layer *layers, size_t layer_count,
                         bool *ret_is_out_of_memory);

#endif
