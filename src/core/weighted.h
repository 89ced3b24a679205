/* Values that count for something: sorted, and their quantiles. */
#ifndef SG_CORE_WEIGHTED_H
#define SG_CORE_WEIGHTED_H

#include <stddef.h>

struct sg_weighted {
    double value, weight;
};

/* Sorts by value, ascending (infinity last); equal values keep their order, so that sums along the row are
   the same everywhere. No value may be NaN. scratch has room for count. */
void sg_weighted_sort(struct sg_weighted *pairs, size_t count, struct sg_weighted *scratch);

/* The smallest value at which the weights, summed from the first, reach the share (0-1) of the total; the
   last value where they never do; NaN for none. The pairs are sorted. */
double sg_weighted_quantile(const struct sg_weighted *pairs, size_t count, double total, double share);

#endif
