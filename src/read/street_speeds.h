/* Speeds of street classes, from a table. */
#ifndef SG_READ_STREET_SPEEDS_H
#define SG_READ_STREET_SPEEDS_H

#include "core/context.h"
#include "model/street.h"
#include "read/dataset.h"

/* Gives the classes of the layer the km/h of a table with columns class and kmh (case and accents do not
   matter); those that are not in it keep theirs, which is said. SG_BAD_INPUT for what is no speed. */
enum sg_status sg_street_speeds_read(struct sg_context *context, const struct sg_source *source,
                                     struct sg_street_layer *layer);

#endif
