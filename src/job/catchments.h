/* The catchments of a run as a layer; private to src/job. */
#ifndef SG_JOB_CATCHMENTS_H
#define SG_JOB_CATCHMENTS_H

#include "job/run.h"
#include "measure/catchments.h"

struct sg_run_catchments {
    struct sg_catchments found; /* in the CRS of the areas */
    struct sg_table table;
    const struct sg_shape **shapes; /* of the rows */
};

/* Are there any? Not by a table of costs, which knows no places in between. */
bool sg_run_has_catchments(const struct sg_run *run);

/* Finds them. Release with sg_run_catchments_release(), also after a failure. */
enum sg_status sg_run_find_catchments(struct sg_run *run, struct sg_run_catchments *ret_catchments);
void sg_run_catchments_release(struct sg_run_catchments *catchments);

#endif
