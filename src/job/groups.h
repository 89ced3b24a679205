/* Groups of people of a run; private to src/job. */
#ifndef SG_JOB_GROUPS_H
#define SG_JOB_GROUPS_H

#include "job/named_fields.h"
#include "judge/group_table.h"
#include "model/group.h"

struct sg_run;
struct sg_area_number;

struct sg_run_groups {
    struct sg_group_field *fields;
    size_t count;
    struct sg_area_number *numbers; /* of each group, as its field has them */
    struct sg_group *groups;
    double **shares; /* of each group, of the demand points */
    struct sg_group_coverage coverage;
    struct sg_group_source source; /* for the tables and sentences */
    bool is_measured;
};

/* Reads the fields that --groups names, before the long work; nothing without it. SG_USAGE for a list that is
   none, SG_BAD_INPUT for a field that is nowhere or holds no numbers, SG_NO_MEMORY. */
enum sg_status sg_run_read_groups(struct sg_run *run);

/* Measures what the groups have, once the areas' people are known. SG_USAGE when nobody's are, SG_NO_MEMORY.
 */
enum sg_status sg_run_measure_groups(struct sg_run *run);
void sg_run_groups_release(struct sg_run_groups *groups);

#endif
