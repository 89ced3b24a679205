/* What a reader of a coverage's map must know beside its words; private to src/job. */
#ifndef SG_JOB_LAYER_NOTES_H
#define SG_JOB_LAYER_NOTES_H

#include "job/job.h"
#include "read/area_values.h"

/* Of a map of gaps: the types that are in no area and whose gap is nevertheless 0 everywhere, nobody having
   them. "" where there is nothing to say. values: the fields that the map shows beside the layer's own. Free
   with sg_free(). */
enum sg_status sg_layer_note_find(struct sg_context *context, const struct sg_source *source,
                                  const struct sg_area_layer *layer, const struct sg_area_values *values,
                                  const struct sg_taxonomy *taxonomy, enum sg_language language,
                                  char **ret_note);

#endif
