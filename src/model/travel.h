/* What it costs to get from demand points to sites, however that was found: along streets, or from a table
   of another engine. */
#ifndef SG_MODEL_TRAVEL_H
#define SG_MODEL_TRAVEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Costs in one unit: metres, or minutes. */
struct sg_travel {
    size_t point_count; /* of the demand */
    size_t type_count;  /* of the taxonomy */
    bool is_time;       /* minutes; else metres */
    double limit;       /* pairs are known up to this cost, inclusive */
    double *nearest;    /* to the cheapest site of a type: type * point_count + point, type_count for any type;
                           infinity where there is no path */
    size_t *starts;     /* point_count + 1: the pairs of each point, sites ascending */
    uint32_t *sites;    /* positions in the inventory */
    double *costs;      /* of those pairs */
};

void sg_travel_release(struct sg_travel *travel);

#endif
