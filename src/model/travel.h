/* What it costs to get from demand points to sites, however that was found: along streets, or from a table
   of another engine. */
#ifndef SG_MODEL_TRAVEL_H
#define SG_MODEL_TRAVEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sg_way { SG_WAY_STRAIGHT, SG_WAY_STREETS, SG_WAY_TABLE };

/* Costs in one unit, metres or minutes, by rows: one for each demand point, or one that points share (those
   of one polygon). */
struct sg_travel {
    enum sg_way way;
    size_t row_count;
    uint32_t *rows;    /* of each demand point, UINT32_MAX: no path to anywhere; NULL: point i has row i */
    size_t type_count; /* of the taxonomy */
    bool is_time;      /* minutes; else metres */
    double limit;      /* pairs are known up to this cost, inclusive */
    double *nearest;   /* to the cheapest service of a type: type * row_count + row, type_count for any type;
                          infinity where there is no path */
    size_t *starts;    /* row_count + 1: the pairs of each row, sites ascending */
    uint32_t *sites;   /* positions in the inventory */
    double *costs;     /* of those pairs */
};

void sg_travel_release(struct sg_travel *travel);

/* Is a cost within a threshold? Costs are sums that round: one holds what exceeds it by a billionth of it. */
static inline bool sg_travel_is_within(double cost, double threshold) {
    return cost <= threshold * (1 + 1e-9);
}

#endif
