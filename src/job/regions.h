/* The regions of a run: measured, judged, and as a table and a layer; private to src/job. */
#ifndef SG_JOB_REGIONS_H
#define SG_JOB_REGIONS_H

#include "measure/region_coverage.h"
#include "model/table.h"

struct sg_run;

/* All zeroes where the job has no regions. */
struct sg_run_regions {
    struct sg_region_parts parts;
    struct sg_shape *shapes; /* of the parts' regions: their own outline, else that of their areas */
    struct sg_region_coverage coverage;
    struct sg_table table; /* a row for each region, and one for what is in none where there is such */
};

/* Measures and judges the regions by the areas' benchmarks, and says whether their people add up. */
enum sg_status sg_run_measure_regions(struct sg_run *run);

/* A region of polygons that takes no area is a fault somewhere: names those. Once the areas have their
 * regions. */
void sg_run_warn_of_empty_regions(const struct sg_run *run);

/* The people of the regions added up, those of areas in several in each, and those in no region. */
struct sg_region_people {
    double added, in_none;
};
struct sg_region_people sg_run_region_people(const struct sg_run *run);

void sg_run_regions_release(struct sg_run_regions *regions);

/* Which area is in which region, and with how many people: a row for each part. Release the table. */
enum sg_status sg_run_region_areas(const struct sg_run *run, struct sg_table *ret_table);

#endif
