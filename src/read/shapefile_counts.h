/* Do the parts of a shapefile belong together? */
#ifndef SG_READ_SHAPEFILE_COUNTS_H
#define SG_READ_SHAPEFILE_COUNTS_H

#include "read/dataset.h"

/* SG_BAD_INPUT, with both numbers, when the layer is of a shapefile whose .dbf does not have as many records
   as its .shp: GDAL takes the smaller number and says nothing. A warning when it has no .dbf. SG_OK for any
   other layer. */
enum sg_status sg_shapefile_counts_check(const struct sg_dataset *dataset);

#endif
