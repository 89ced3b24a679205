/* Lines and flat polygons for orientation on maps: streets, rail, water, neighbouring land. */
#ifndef SG_READ_LINE_READER_H
#define SG_READ_LINE_READER_H

#include "core/context.h"
#include "model/crs.h"
#include "read/dataset.h"

struct sg_street {
    struct sg_line line;
    char *name;     /* NULL: none */
    int class_rank; /* 0 = motorway ... larger = less; -1 = unknown */
};

struct sg_streets {
    struct sg_street *streets;
    size_t count, capacity;
};

void sg_streets_release(struct sg_streets *streets);

/* Reads every line of a layer (polygons give their rings) into the CRS `to`. Fields name and
   class/highway/roadclass/type are recognised. Release with sg_streets_release(). */
enum sg_status sg_streets_read(struct sg_context *context, const struct sg_source *source,
                               const struct sg_crs *to, struct sg_streets *ret_streets);

struct sg_backdrop_shape {
    struct sg_shape shape;
    char *name; /* NULL: none */
    bool is_water;
};

struct sg_backdrop {
    struct sg_backdrop_shape *shapes;
    size_t count, capacity;
};

void sg_backdrop_release(struct sg_backdrop *backdrop);

/* Adds the polygons of a layer, as water or as neighbouring land, in the CRS `to`. */
enum sg_status sg_backdrop_read(struct sg_context *context, const struct sg_source *source, bool is_water,
                                const struct sg_crs *to, struct sg_backdrop *backdrop);

#endif
