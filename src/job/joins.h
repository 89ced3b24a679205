/* Tables joined to the areas of a run; private to src/job. */
#ifndef SG_JOB_JOINS_H
#define SG_JOB_JOINS_H

#include "job/run.h"
#include "read/area_keys.h"

/* Reads the job's joined tables into the layer, and takes population and need from them where the areas have
   no such fields. */
enum sg_status sg_run_join(struct sg_run *run, const struct sg_area_keys *keys);

#endif
