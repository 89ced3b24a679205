/* The table of sites; private to src/job. */
#ifndef SG_JOB_SITES_TABLE_H
#define SG_JOB_SITES_TABLE_H

#include "job/run.h"

/* One row for each site of the inventory, in its order. False when out of memory. */
bool sg_run_build_sites(const struct sg_run *run, struct sg_table *table);

/* What a cell says of a site: the codes of its types with spaces between, who offers it, its id (missing
   where there is none). False when out of memory. */
bool sg_site_set_types(const struct sg_run *run, const struct sg_site *site, struct sg_column *column,
                       size_t row);
bool sg_site_set_organization(const struct sg_run *run, const struct sg_site *site, struct sg_column *column,
                              size_t row);
bool sg_site_set_id(const struct sg_run *run, const struct sg_site *site, struct sg_column *column,
                    size_t row);

#endif
