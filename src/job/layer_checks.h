/* What a map or chart asks of a layer that its values cannot give; private to src/job. */
#ifndef SG_JOB_LAYER_CHECKS_H
#define SG_JOB_LAYER_CHECKS_H

#include "job/job.h"
#include "model/area.h"
#include "read/area_values.h"

/* Numbers where the kind draws numbers, texts where it draws texts; a warning where there is neither. */
enum sg_status sg_layer_check_values(struct sg_context *context, const struct sg_map_request *request,
                                     const struct sg_area_layer *layer);

/* One scale for several columns tells something only where they are of one measure. */
enum sg_status sg_layer_check_series(struct sg_context *context, const struct sg_area_layer *layer,
                                     const struct sg_area_values *values);

/* Warns of limits that leave all areas in one class. */
void sg_layer_check_breaks(struct sg_context *context, const struct sg_map_request *request,
                           const struct sg_classification *classes);

/* Takes the areas without geometry out of the layer and the values read beside it, with a warning: a legend
   counts what is on the map. */
void sg_layer_drop_undrawn(struct sg_context *context, struct sg_area_layer *layer,
                           struct sg_area_values *values);

#endif
