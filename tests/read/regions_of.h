/* Regions read as a job reads them. */
#ifndef SG_TESTS_READ_REGIONS_OF_H
#define SG_TESTS_READ_REGIONS_OF_H

#include "core/context.h"
#include "model/area.h"

/* Reads a table of regions, or polygons, for the layer, without aliases. */
enum sg_status test_regions_read(struct sg_context *context, const char *path, struct sg_area_layer *layer);

#endif
