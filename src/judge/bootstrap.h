/* How far a figure could lie from what was found, had the areas been others: a bootstrap over the areas. */
#ifndef SG_JUDGE_BOOTSTRAP_H
#define SG_JUDGE_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include "core/context.h"

/* Fewer areas than this tell nothing about other areas. */
enum { SG_LEAST_BOOTSTRAP_AREAS = 30, SG_BOOTSTRAP_RUNS = 999 };

/* Several figures at once, of areas of which each counts so many times: into figures. */
typedef void sg_figures_fn(const void *user, const uint32_t *times, double *figures);

struct sg_interval {
    double low, high; /* NaN: none */
};

/* Percentile intervals (Efron 1979) of 95% for figure_count figures of area_count areas, drawn with
   replacement; all NaN under 30 areas. A figure that a draw leaves undefined is left out of that draw. The
   same for a seed with any number of threads. */
enum sg_status sg_bootstrap(struct sg_context *context, size_t area_count, uint64_t seed,
                            sg_figures_fn *figures, const void *user, size_t figure_count,
                            struct sg_interval *ret_intervals);

#endif
