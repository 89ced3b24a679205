/* The words of charts. Each text is to be freed with sg_free(); NULL when out of memory. */
#ifndef SG_JUDGE_CHART_WORDS_H
#define SG_JUDGE_CHART_WORDS_H

#include "model/measure.h"
#include "model/taxonomy.h"

/* "Median: 42.3", of the number as the chart writes it. */
char *sg_median_label(enum sg_language language, const char *median);

/* "Gini 0.41" */
char *sg_gini_label(enum sg_language language, double gini);

/* "Services: the worse-served half of the people has 18% of them" */
char *sg_lorenz_title(enum sg_language language, const char *measure, double percent);

/* "Within 1 km: Settlement reaches 81% of the people, Legal Aid 23%" */
char *sg_curves_title(const struct sg_measures *measures, enum sg_language language, const char *best,
                      double best_percent, const char *worst, double worst_percent);

#endif
