/* The service records in no area and those that could not be used; private to src/job. */
#ifndef SG_JOB_REJECTED_H
#define SG_JOB_REJECTED_H

#include "job/run.h"

struct sg_name_index;

/* The layer `rejected`: the log's records, so many at a time. */
struct sg_run_rejected {
    struct sg_reject_log *log; /* borrowed: the run's */
    uint64_t given;            /* records, since the first */
    struct sg_name_index *keys;
    struct sg_table table;
    struct sg_point *points; /* longitude and latitude, degrees; NaN: no place */
    size_t **columns;        /* of each input: where its fields go */
};

/* Opens the run's log and makes the columns: the layer's own, then the fields of all inputs. SG_NO_OUTPUT
   when the disk is full, SG_NO_MEMORY. Release with sg_run_rejected_release(), also after a failure. */
enum sg_status sg_run_rejected_open(struct sg_run *run, struct sg_run_rejected *ret_rejected);
void sg_run_rejected_release(struct sg_run_rejected *rejected);

/* The layer, whose rows come from it as long as it is open. */
struct sg_layer sg_run_rejected_layer(const struct sg_run *run, struct sg_run_rejected *rejected);

#endif
