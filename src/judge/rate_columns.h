/* Rates per 10,000 with how sure they are, as columns of the coverage table. */
#ifndef SG_JUDGE_RATE_COLUMNS_H
#define SG_JUDGE_RATE_COLUMNS_H

#include "core/context.h"
#include "model/measure.h"
#include "model/table.h"
#include "model/taxonomy.h"

/* T_per_10k_low, T_per_10k_high (the exact 95% Poisson interval) and T_per_10k_smoothed (empirical Bayes) of
   every type and of all, behind the other columns; missing where the rate is. counts: of each type, and last
   of all, in each area. */
enum sg_status sg_rate_columns(struct sg_context *context, const struct sg_taxonomy *taxonomy,
                               const struct sg_measures *measures, double *const *counts,
                               const double *all_counts, enum sg_language language,
                               struct sg_table *coverage);

#endif
