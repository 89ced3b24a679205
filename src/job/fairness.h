/* Fairness and clusters of a run; private to src/job. */
#ifndef SG_JOB_FAIRNESS_H
#define SG_JOB_FAIRNESS_H

#include <stdbool.h>

#include "judge/fairness.h"
#include "judge/local_clusters.h"
#include "judge/stability.h"
#include "model/neighbours.h"

struct sg_run;

struct sg_run_fairness {
    bool is_measured;
    struct sg_fairness fairness;
    struct sg_local_clusters clusters;
    struct sg_stability stability;
};

/* More areas than this are compared only when that is asked for: it takes seconds. */
enum { SG_MOST_AREAS_COMPARED = 2000 };

/* How much longer than the threshold distances are looked at, to tell how stable the verdict is. */
#define SG_LONGEST_SHIFT 1.2

/* Will the run measure fairness, and so the stability of the verdict? */
bool sg_run_wants_fairness(const struct sg_run *run);

/* Measures fairness and looks for clusters where a project judges gaps, or where that is asked for: a table
   alone has no more columns than it always has. */
enum sg_status sg_run_judge_fairness(struct sg_run *run, const struct sg_judge_request *judge);
void sg_run_fairness_release(struct sg_run_fairness *fairness);

#endif
