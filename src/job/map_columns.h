/* Which columns of the coverage a map shows; private to src/job. */
#ifndef SG_JOB_MAP_COLUMNS_H
#define SG_JOB_MAP_COLUMNS_H

#include "job/map_kinds.h"
#include "job/run.h"

enum { SG_MOST_MAP_COLUMNS = 64 };

/* None for a map of regions, two for a bivariate one. */
struct sg_map_columns {
    const struct sg_column *columns[SG_MOST_MAP_COLUMNS];
    size_t count;
};

/* SG_BAD_PROJECT for a column that is not there, with the nearest name, or one that holds texts where the
   kind needs numbers (or the other way round). */
enum sg_status sg_map_columns_find(struct sg_run *run, const struct sg_map_request *request,
                                   struct sg_map_columns *columns);

struct sg_map_variable sg_map_variable_of(const struct sg_run *run, const struct sg_column *column);

#endif
