/* One number for need out of several indicators. */
#ifndef SG_JUDGE_NEED_INDEX_H
#define SG_JUDGE_NEED_INDEX_H

#include <stdbool.h>
#include <stddef.h>

/* One indicator of every area. */
struct sg_indicator {
    const double *values; /* NaN = missing */
    bool low_is_need;     /* incomes; else high values are */
    double weight;        /* > 0 */
};

enum sg_need_method {
    SG_NEED_ZSCORE,    /* weighted mean of (x - mean) / standard deviation over the areas, in the direction of
                          need */
    SG_NEED_PERCENTILE /* as the CDC's Social Vulnerability Index (Flanagan and others 2011): percentile ranks
                          (rank - 1) / (n - 1), ties at the lowest, their weighted sum ranked again: 0 to 1 */
};

struct sg_need_index {
    size_t area_count;
    double *index;   /* of each area; NaN: no indicator is known, or left out */
    size_t *missing; /* indicators of the area that are missing: the weights of the others stand for all */
    size_t *high;    /* indicators among the tenth of areas with most need (SVI's flags) */
    size_t partial_count; /* areas with an index out of some of the indicators */
    bool *is_even;        /* of each indicator: the same everywhere, so that it tells nothing */
};

/* left_out: areas that take no part (nobody lives there); may be NULL. The index does not depend on their
   values. False when out of memory. Release with sg_need_index_release(). */
bool sg_need_index_make(const struct sg_indicator *indicators, size_t count, size_t area_count,
                        const bool *left_out, enum sg_need_method method, struct sg_need_index *ret_index);
void sg_need_index_release(struct sg_need_index *index);

bool sg_need_method_from_name(const char *name, enum sg_need_method *ret_method);

/* Percentile ranks of the values that are not NaN, ties at the lowest rank: (rank - 1) / (n - 1); 0 for one
   alone. False when out of memory. */
bool sg_percentile_ranks(const double *values, size_t count, double *ret_ranks);

#endif
