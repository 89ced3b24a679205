/* The streets of a catchment: stretches from which a service is within a threshold. */
#ifndef SG_MEASURE_STREET_STRETCHES_H
#define SG_MEASURE_STREET_STRETCHES_H

#include "measure/catchments.h"

/* One for each type, and last for any type, and threshold, in the order of sg_catchments: lines in lon/lat,
   cut exactly where the way to the nearest site costs the threshold. Each shape is one polygon (none where
   nothing is within) whose rings are the lines, not closed. shapes has room for all; SG_OK, or no shape is
   left. Release each with sg_shape_release(). */
enum sg_status sg_street_stretches_find(struct sg_context *context, const struct sg_inventory *inventory,
                                        const struct sg_catchment_request *request, struct sg_shape *shapes);

#endif
