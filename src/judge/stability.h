/* How much of the verdict hangs on settings that could have been a little different. */
#ifndef SG_JUDGE_STABILITY_H
#define SG_JUDGE_STABILITY_H

#include "core/context.h"
#include "judge/gap.h"

enum { SG_STABILITY_RUNS = 999, SG_WORST_AREAS = 10 };

struct sg_stability_request {
    const struct sg_judge_request *judge;
    const double *const *supplies; /* the supply of every type and area (as a row of measures) at each of so
                                      many thresholds around the one judged on; each is as likely in a run */
    size_t supply_count;
    double weight_change; /* 0.25: a run multiplies each type's weight by 0.75 to 1.25 */
    uint64_t seed;
};

struct sg_stability {
    size_t area_count;
    double *keeps_class_pct; /* share of the runs in which the area keeps its gap class; NaN: not judged */
    double
        *is_worst_pct; /* share in which it is among the ten with the largest index, or shares their rank */
    size_t supply_count;
};

/* Judges again and again: each run takes one threshold and changes the weights, with the same rule of
   benchmark and the same cuts. The same for a seed. Release with sg_stability_release(). */
enum sg_status sg_stability_find(struct sg_context *context, const struct sg_measures *measures,
                                 const struct sg_taxonomy *taxonomy, const struct sg_judgement *judgement,
                                 const struct sg_stability_request *request,
                                 struct sg_stability *ret_stability);
void sg_stability_release(struct sg_stability *stability);

#endif
