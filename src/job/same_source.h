/* Is a file of services named twice? Private to src/job. */
#ifndef SG_JOB_SAME_SOURCE_H
#define SG_JOB_SAME_SOURCE_H

#include "job/job.h"

/* The first of the services files before this one that gives the same records the same types: one file, layer
   and condition, with the same settings of type, coordinates and date; SG_NO_INDEX: none. */
size_t sg_job_same_source(const struct sg_job *job, size_t source);

#endif
