/* Which fields of a layer hold what is wanted of its areas. */
#ifndef SG_READ_AREA_COLUMNS_H
#define SG_READ_AREA_COLUMNS_H

#include "core/context.h"
#include "model/area.h"
#include "read/area_reader.h"
#include "read/dataset.h"

/* Positions of fields; -1: none. */
struct sg_area_columns {
    int id, name, population, need, value;
    int state; /* of a coverage */
    bool value_is_text;
};

/* Finds the fields that are named, and recognises the name and the population where they are not; what was
   recognised is said, and set in the layer, as is whether it is a coverage. A named field that there is not
   is an error that lists those there are. */
enum sg_status sg_area_columns_find(struct sg_context *context, struct sg_dataset *dataset,
                                    const struct sg_area_fields *fields, struct sg_area_layer *layer,
                                    struct sg_area_columns *ret_columns);

/* Keeps the layer's path and name and the names of its fields in the layer, which owns them. */
enum sg_status sg_area_columns_keep(struct sg_context *context, struct sg_dataset *dataset,
                                    const struct sg_area_columns *columns, struct sg_area_layer *layer);

#endif
