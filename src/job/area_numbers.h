/* Numbers of the areas that a person names by a field, wherever the field is; private to src/job. */
#ifndef SG_JOB_AREA_NUMBERS_H
#define SG_JOB_AREA_NUMBERS_H

#include "job/run.h"

/* One named field. */
struct sg_area_number {
    const char *name;   /* as it was written */
    const char *option; /* that names it, for messages: "--status" */
    double *values;     /* of each area; of a field of the demand layer the mean of its people there */
    double *records;    /* of the demand layer's records (position 0 = record 1), where it is a field of it */
};

/* Finds each field among those of the areas, then the joined tables, then the demand layer (or with
   demand_first there before all: it says where in an area people live), and tells where it was found.
   SG_BAD_INPUT, with the nearest spelling, for one that is nowhere or holds no numbers. Release the numbers
   with sg_area_numbers_release(), also after a failure. */
enum sg_status sg_area_numbers_find(struct sg_run *run, bool demand_first, struct sg_area_number *numbers,
                                    size_t count);
void sg_area_numbers_release(struct sg_area_number *numbers, size_t count);

#endif
