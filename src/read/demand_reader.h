/* Places where people live: points, or polygons with the people in them. */
#ifndef SG_READ_DEMAND_READER_H
#define SG_READ_DEMAND_READER_H

#include "core/context.h"
#include "model/demand.h"
#include "model/reject.h"
#include "read/dataset.h"

struct sg_demand_fields {
    const char *population; /* NULL: recognised */
    const char *need;       /* NULL: none */
    const char *lon, *lat;  /* of a table; NULL: recognised */
    const char *id;         /* NULL: none is read; every record has its own */
};

/* Reads a demand layer in its own CRS; invalid polygons are repaired. Features without geometry, and
   populations that are no numbers, are counted and warned about. Release with sg_demand_layer_release(). */
enum sg_status sg_demand_read(struct sg_context *context, const struct sg_source *source,
                              const struct sg_demand_fields *fields, struct sg_demand_layer *ret_layer);

/* Reads the layer again and logs the records of those numbers (ascending, 1 = first) with all their fields.
 */
enum sg_status sg_demand_log(struct sg_context *context, const struct sg_source *source,
                             const uint64_t *records, size_t record_count, const char *reason,
                             struct sg_reject_log *rejects);

#endif
