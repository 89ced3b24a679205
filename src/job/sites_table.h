/* The table of sites; private to src/job. */
#ifndef SG_JOB_SITES_TABLE_H
#define SG_JOB_SITES_TABLE_H

#include "job/run.h"

/* One row for each site of the inventory, in its order. False when out of memory. */
bool sg_run_build_sites(const struct sg_run *run, struct sg_table *table);

enum { SG_SITE_CELLS = 4 };

/* The file that site s is from, as it was named. */
const char *sg_site_file(const struct sg_run *run, size_t s);

/* What a row of another table says of site s in columns[0] and the next three: its number (1 = first: its fid
   in `sites`), its id and who offers it (missing where there is none), and the codes of its types with spaces
   between. False when out of memory. */
bool sg_site_fill_cells(const struct sg_run *run, size_t s, struct sg_column *columns, size_t row);

#endif
