/* The neighbourhoods: polygons with ids, names, population and need. */
#ifndef SG_READ_AREA_READER_H
#define SG_READ_AREA_READER_H

#include "core/context.h"
#include "model/area.h"
#include "read/dataset.h"

struct sg_area_fields {
    const char *id;           /* NULL: the feature id */
    const char *name;         /* NULL: recognised, else the id */
    const char *name_option;  /* the option that names it, for messages; NULL: --area-name */
    const char *population;   /* NULL: recognised where it is plain */
    const char *need;         /* NULL: none */
    const char *value;        /* another field to keep, number or text; NULL: none */
    const char *value_option; /* the option that names it, for messages */
    bool
        may_be_joined; /* population and need may be fields of joined tables: none of the layer is no error */
};

/* Reads all areas; invalid polygons are repaired with a warning that names the area. Duplicate ids, other
   geometry types and a layer without any polygon are errors. area_km2 stays NaN
   until sg_areas_measure(). Release with sg_area_layer_release(). */
enum sg_status sg_areas_read(struct sg_context *context, const struct sg_source *source,
                             const struct sg_area_fields *fields, struct sg_area_layer *ret_layer);

#endif
