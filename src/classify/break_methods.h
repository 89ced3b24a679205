/* The break methods themselves, on values that are sorted and counted. */
#ifndef SG_CLASSIFY_BREAK_METHODS_H
#define SG_CLASSIFY_BREAK_METHODS_H

#include <stdint.h>

#include "classify/breaks.h"

/* Distinct values, ascending, with how often each occurs. */
struct sg_value_list {
    double *values;
    uint64_t *weights;
    uint64_t *totals; /* totals[i]: how many values there are before values[i]; count + 1 entries */
    size_t count;     /* distinct values, at least 1 */
};

/* Where a method cuts. A cut at a position lies in the gap before values[position]; a cut at a place
   lies at that number, the values up to and including it below it. */
struct sg_cut_list {
    size_t count;
    bool at_places;
    size_t positions[SG_MOST_CLASSES];
    double places[SG_MOST_CLASSES];
};

/* Cuts the values into class_count classes or what the method makes of them. class_count is at least 2
   and at most the number of distinct values. */
typedef enum sg_status sg_break_fn(struct sg_context *context, const struct sg_value_list *list,
                                   size_t class_count, struct sg_cut_list *ret_cuts);

sg_break_fn sg_break_quantile, sg_break_jenks, sg_break_equal, sg_break_pretty, sg_break_stddev,
    sg_break_headtail, sg_break_boxplot, sg_break_maximum;

/* The sum of squared deviations of values[first] up to, not including, values[end] from their mean. */
double sg_value_list_deviation(const struct sg_value_list *list, size_t first, size_t end);

#endif
