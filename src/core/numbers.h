/* Small questions about rows of numbers. */
#ifndef SG_CORE_NUMBERS_H
#define SG_CORE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

/* Ascending, for qsort() of doubles; none may be NaN. */
int sg_compare_numbers(const void *a, const void *b);

/* How many of the numbers, ascending, are below the value. */
size_t sg_count_below(const double *sorted, size_t count, double value);

/* The median of those that are not NaN, in their own unit; NaN for none. False when out of memory. */
bool sg_median(const double *values, size_t count, double *ret_median);

/* The round step of an axis: 1, 2, 2.5, 5 or 10 times a power of ten, the least that is not below rough (>
 * 0). */
double sg_nice_step(double rough);

#endif
