/* Fields of a layer as the kinds of map take them; private to src/job. */
#ifndef SG_JOB_LAYER_VARIABLES_H
#define SG_JOB_LAYER_VARIABLES_H

#include "job/map_kinds.h"
#include "model/area.h"
#include "read/area_values.h"

/* The layer's own field first (where one was read), then those read beside it; with the coverage's own words
   where a measure names the fields, and the taxonomy's labels where their names begin with its codes. own:
   the numbers of the layer's field, which the first variable borrows. Free both with sg_free(), also after a
   failure. */
enum sg_status sg_layer_variables(struct sg_context *context, const struct sg_area_layer *layer,
                                  const struct sg_area_values *values, const struct sg_taxonomy *taxonomy,
                                  const struct sg_map_request *request, const struct sg_job *job,
                                  struct sg_map_variable **ret_variables, double **ret_own,
                                  size_t *ret_count);

/* The label of the type whose code begins the field's name: "lan_gap". NULL: none. */
const char *sg_layer_type_label(const struct sg_taxonomy *taxonomy, const char *field,
                                enum sg_language language);

#endif
