/* People and services that distances cannot reach, one by one; private to src/job. */
#ifndef SG_JOB_UNREACHED_H
#define SG_JOB_UNREACHED_H

#include "job/run.h"

/* The layer `unreached`: services on no street, and demand points on none, on one that leads to no service,
   or without a way in the table of costs. */
struct sg_run_unreached {
    const struct sg_run *run;
    size_t count;          /* of all; 0: there is no layer */
    struct sg_table table; /* so many rows at a time */
    struct sg_point *points;
    size_t next; /* of the services and then the demand points, the next to be looked at */
};

/* Counts them and makes the columns; everybody counts as reached in straight lines. False when out of memory.
   Release with sg_run_unreached_release(), also after a failure. */
bool sg_run_unreached_open(const struct sg_run *run, struct sg_run_unreached *ret_unreached);
void sg_run_unreached_release(struct sg_run_unreached *unreached);

/* The layer, whose rows come from it as long as it is open. */
struct sg_layer sg_run_unreached_layer(struct sg_run_unreached *unreached);

/* Adds those on no street, or on one that leads nowhere, to the problems of a check. */
enum sg_status sg_run_check_unreached(struct sg_run *run);

#endif
