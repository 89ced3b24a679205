/* Are areas like their neighbours? Moran's I and Geary's C over all areas. */
#ifndef SG_JUDGE_AUTOCORRELATION_H
#define SG_JUDGE_AUTOCORRELATION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/context.h"
#include "model/neighbours.h"

enum sg_weighting {
    SG_WEIGHTS_ROW,   /* each neighbour of an area weighs 1 / (how many it has) */
    SG_WEIGHTS_BINARY /* each weighs 1 */
};

/* The areas that take part: those with a value and at least one neighbour with a value. */
struct sg_field {
    size_t count;
    size_t *starts; /* count + 1: the neighbours of each among those that take part */
    uint32_t *ids;
    uint32_t *areas;       /* of each: its position among all areas */
    double *values;        /* of each */
    size_t island_count;   /* areas with a value and no neighbour with one */
    unsigned char *island; /* of all areas: is it one? */
};

/* values: of all areas, NaN = missing. False when out of memory. Release with sg_field_release(). */
bool sg_field_init(struct sg_field *field, const double *values, const struct sg_neighbours *neighbours);
void sg_field_release(struct sg_field *field);

/* Do all that take part have the same value, so that nothing can be like anything? */
bool sg_field_is_even(const struct sg_field *field);

/* A statistic with what is expected of it where values lie at random. All NaN for fewer than four areas or
   values that are all the same. */
struct sg_autocorrelation {
    double statistic, expected;
    double variance_normal, variance_random; /* Cliff and Ord 1981: of normal values; of these in any order */
};

/* I = (n / S0) sum of w z z / sum of z^2 (Moran 1950). */
struct sg_autocorrelation sg_moran(const struct sg_field *field, enum sg_weighting weighting);

/* C = ((n - 1) / (2 S0)) sum of w (x_i - x_j)^2 / sum of z^2 (Geary 1954): below 1, like their neighbours. */
struct sg_autocorrelation sg_geary(const struct sg_field *field, enum sg_weighting weighting);

/* How likely a normal statistic lies as far from what is expected, on this side (one) or on either. */
double sg_p_one_sided(double statistic, double expected, double variance);
double sg_p_two_sided(double statistic, double expected, double variance);

/* The chance that values put to areas at random give an I as far out as theirs, on either side: from so many
   permutations, p = 2 (R + 1) / (M + 1) with the rarer side's R, at most 1. The same for a seed with any
   number of threads. NaN where I is. */
enum sg_status sg_moran_permute(struct sg_context *context, const struct sg_field *field,
                                enum sg_weighting weighting, size_t permutations, uint64_t seed,
                                double *ret_p);

/* p of a permutation test, two-sided, from how many results were at least, and at most, what was found. */
double sg_pseudo_p(size_t at_least, size_t at_most, size_t permutations);

#endif
