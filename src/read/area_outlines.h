/* The outlines of all areas once they are read: mended, and where they may lie. */
#ifndef SG_READ_AREA_OUTLINES_H
#define SG_READ_AREA_OUTLINES_H

#include "core/context.h"
#include "model/area.h"

/* Repairs invalid outlines with a warning that names the area, and sets boxes, the extent and the turn of
   longitudes. SG_BAD_CRS where longitudes and latitudes cannot be such (crs_option is named as the remedy);
   SG_BAD_INPUT where an area to be measured is wider than half the Earth, or no area has an outline. */
enum sg_status sg_area_outlines_settle(struct sg_context *context, struct sg_area_layer *layer,
                                       const char *crs_option);

#endif
