/* What is known of each type over the whole city, from the results at every demand point. */
#ifndef SG_MEASURE_CITYWIDE_H
#define SG_MEASURE_CITYWIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/context.h"
#include "model/area.h"
#include "model/demand.h"
#include "model/measure.h"

/* At every demand point, for every type (and all): position type * point_count + point. */
struct sg_point_results {
    double *distances_m;   /* to the nearest; infinity where there is none */
    unsigned char *places; /* places within the first threshold: 0, 1, 2, 3 or more */
    uint32_t *only_place;  /* a site there, where places is 1 */
};

/* False when out of memory. */
bool sg_point_results_init(struct sg_point_results *results, size_t type_count, size_t point_count);
void sg_point_results_release(struct sg_point_results *results);

/* Totals and areas without, from the counts of one type. */
void sg_citywide_count(struct sg_measures *measures, const struct sg_area_layer *layer, size_t type,
                       const double *counts, double total);

/* Uncovered people, median and p90 nearest, the coverage curve, redundancy and losses, into measures. Points
   weigh by their people (by land where no population is known), those of overlapping areas once; those with
   no path count in the shares but not in median and p90. offers says which types exist anywhere. */
enum sg_status sg_citywide_measure(struct sg_context *context, const struct sg_demand *demand,
                                   const bool *offers, size_t site_count,
                                   const struct sg_point_results *results, struct sg_measures *measures);

#endif
