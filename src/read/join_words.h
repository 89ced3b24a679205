/* What is said of a table that was joined to the areas. */
#ifndef SG_READ_JOIN_WORDS_H
#define SG_READ_JOIN_WORDS_H

#include "core/context.h"
#include "model/area.h"
#include "read/area_keys.h"

/* How many areas it has, what is spelt otherwise, what matches on neither side. */
enum sg_status sg_join_tell(struct sg_context *context, const struct sg_join *join,
                            const struct sg_area_layer *layer, enum sg_key_sense sense);

/* The error of a table that has none of the areas. */
enum sg_status sg_join_fail_no_match(struct sg_context *context, const struct sg_join *join,
                                     const struct sg_area_layer *layer);

#endif
