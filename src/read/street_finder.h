/* Which layer holds streets, and which of its fields say what they are. */
#ifndef SG_READ_STREET_FINDER_H
#define SG_READ_STREET_FINDER_H

#include "core/context.h"
#include "read/dataset.h"

/* Fields by position, -1 = none. OpenStreetMap's tags come before a class field, and say themselves which way
   a street leads. */
struct sg_street_signs {
    int tags;       /* the highway tag */
    int other_tags; /* GDAL's field of the tags without one of their own */
    int class_field;
    int one_way;
};

struct sg_street_signs sg_street_signs_of(struct sg_dataset *dataset);

/* Is the layer made of lines that have such a field, or that are named as streets are? What is only lines may
   be rivers. Looks at the first feature where the layer does not say what it is made of. */
bool sg_is_street_layer(struct sg_dataset *dataset);

/* The name of the first layer of streets among several of an open dataset's file; NULL where it has none.
   Free with sg_free(). */
enum sg_status sg_street_layer_find(const struct sg_dataset *dataset, char **ret_layer);

#endif
