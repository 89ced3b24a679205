/* What the columns of a GeoPackage's layer mean: its table gpkg_data_columns. */
#ifndef SG_WRITE_COLUMN_DESCRIPTIONS_H
#define SG_WRITE_COLUMN_DESCRIPTIONS_H

#include <gdal.h>
#include <stdbool.h>

#include "model/table.h"

/* Adds titles, definitions and units of the table's columns to the dataset that has the layer (GDAL 3.6
   writes none of them). False when GDAL could not, or when memory ran out: then *ret_is_out_of_memory is set.
 */
bool sg_column_descriptions_add(GDALDatasetH dataset, const char *layer, const struct sg_table *table,
                                bool *ret_is_out_of_memory);

#endif
