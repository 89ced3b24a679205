/* The need index of a run; private to src/job. */
#ifndef SG_JOB_NEED_H
#define SG_JOB_NEED_H

#include "core/status.h"
#include "judge/need_index.h"
#include "model/table.h"

struct sg_run;

struct sg_run_need {
    bool is_made;
    struct sg_need_index index;
    size_t indicator_count;
};

/* Makes the index that --need-index asks for; nothing without it. Before the judging, which crosses it with
   the gap. */
enum sg_status sg_run_make_need_index(struct sg_run *run);

/* need_index, need_missing and (by percentile) need_flags, behind the other columns. */
enum sg_status sg_run_add_need_columns(const struct sg_run *run, struct sg_table *table);
void sg_run_need_release(struct sg_run_need *need);

#endif
