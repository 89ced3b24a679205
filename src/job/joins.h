/* Tables joined to the areas of a run; private to src/job. */
#ifndef SG_JOB_JOINS_H
#define SG_JOB_JOINS_H

#include "job/run.h"
#include "read/area_keys.h"

/* Reads the job's joined tables into the layer, and takes population and need from them where the areas have
   no such fields. */
enum sg_status sg_run_join(struct sg_run *run, const struct sg_area_keys *keys);

/* Warns where the numbers of a joined field, which is used, are written in two ways. */
void sg_join_field_warn(struct sg_run *run, const struct sg_join *join, const struct sg_join_field *field);

/* Warns where a name that was found in the areas' layer, and is taken from there, is a joined field's too. */
void sg_warn_of_joined_name(struct sg_run *run, const char *name, const char *option);

#endif
