/* What every job looks at before it measures, at no cost to speak of; `check` reports in full. Private to
 * src/job.
 */
#ifndef SG_JOB_BRIEF_CHECK_H
#define SG_JOB_BRIEF_CHECK_H

#include "job/run.h"
#include "model/site.h"

/* Of the input that is being read: how coarse the coordinates of its first points are. */
struct sg_brief_input {
    size_t looked_at, coarse;
};

/* Looks at a batch of an input once it is tallied. */
void sg_brief_check_add(struct sg_brief_input *input, bool is_geographic, const struct sg_site_batch *batch);

/* Says what is odd about the input, when it is read. */
void sg_brief_check_input(struct sg_context *context, const char *path, const struct sg_brief_input *input);

/* Says what is odd about the areas and the people, when all is read: areas with one name, points in several
   areas, two totals of people that differ by over 2%, people not known. */
enum sg_status sg_brief_check(struct sg_run *run);

/* Warns of what makes the verdict say less than it seems to: types that nobody has, nothing to judge by. */
enum sg_status sg_brief_check_verdict(struct sg_run *run);

#endif
