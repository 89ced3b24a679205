/* How unevenly something is spread over people: the Lorenz curve and the figures that are read off it. */
#ifndef SG_JUDGE_INEQUALITY_H
#define SG_JUDGE_INEQUALITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the people of each area have, in order of both the value and the people's status. Areas whose value is
   missing, or that have no people, are not in it. */
struct sg_spread {
    size_t count;
    uint32_t *areas;     /* their positions among those given, by value, the least first */
    double *values;      /* >= 0 */
    double *people;      /* > 0 */
    double *status;      /* of the area: income ...; NaN = missing; NULL: none given */
    uint32_t *by_status; /* positions in the arrays above, poorest first, those without a status left out */
    size_t status_count;
};

/* From a value, a number of people and (or NULL) a status of each area. Values below 0 have no inequality and
   are left out like missing ones: *ret_negative counts them (may be NULL). False when out of memory. Release
   with sg_spread_release(). */
bool sg_spread_init(struct sg_spread *spread, const double *values, const double *people,
                    const double *status, size_t count, size_t *ret_negative);
void sg_spread_release(struct sg_spread *spread);

/* Each figure takes how often each area of the spread counts (for a bootstrap), or NULL: once each. All are
   NaN where there are no people or the mean is 0; they have no unit. */

double sg_spread_mean(const struct sg_spread *spread, const uint32_t *times);

/* Gini 1912: 1 - sum of q (L + L before), over the Lorenz curve L. 0 = all have the same. */
double sg_gini(const struct sg_spread *spread, const uint32_t *times);

/* Theil 1967: T = sum of q x/mean ln(x/mean); an area with nothing adds its limit, 0, and stays in. */
double sg_theil(const struct sg_spread *spread, const uint32_t *times);

/* Atkinson 1970 with aversion epsilon >= 0; 0 for epsilon 0, 1 where epsilon >= 1 and somebody has nothing.
 */
double sg_atkinson(const struct sg_spread *spread, double epsilon, const uint32_t *times);

/* Wolfson 1994: polarization, (2 (1/2 - L(1/2)) - Gini) mean / median. NaN where the median is 0. */
double sg_wolfson(const struct sg_spread *spread, const uint32_t *times);

/* Cobham and Sumner 2013, of access: the mean of the tenth of the people with the highest status over that of
   the four tenths with the lowest; an area on the limit counts in part, areas of one status as one. */
double sg_palma(const struct sg_spread *spread, const uint32_t *times);

/* Kakwani 1997: (2 / mean) sum of q (x - mean) (r - 1/2), r the middle of the people's rank by status; areas
   of one status share it. Over 0: those of high status have more. */
double sg_concentration(const struct sg_spread *spread, const uint32_t *times);

/* Erreygers 2009: 4 mean / (high - low) times the concentration index, for a value between low and high. */
double sg_erreygers(const struct sg_spread *spread, double low, double high, const uint32_t *times);

/* The Lorenz curve at a share of the people (0 to 1): the share of all that those with least have. */
double sg_lorenz(const struct sg_spread *spread, double people_share, const uint32_t *times);

/* Theil's T in two parts that add up to it: between groups (that the areas are divided into), within them. */
struct sg_theil_parts {
    double total, between, within;
};

/* groups: of each area given to sg_spread_init(), below group_count. False when out of memory. */
bool sg_theil_divide(const struct sg_spread *spread, const uint32_t *groups, size_t group_count,
                     struct sg_theil_parts *ret_parts);

/* Foster, Greer and Thorbecke 1984: sum of q ((line - x) / line)^alpha over those below the line; 0: their
   share, 1: how deep, 2: how severe. more_is_worse (travel times): ((x - line) / line)^alpha over those
   beyond it, which has no upper limit. */
double sg_poverty(const struct sg_spread *spread, double line, int alpha, bool more_is_worse,
                  const uint32_t *times);

/* The Gini index between areas that are neighbours and between the others (Rey and Smith 2013): sums of
   |x_i - x_j| over pairs, both ways round, people not weighed. is_pair: are these two (of the areas given)
   neighbours? */
struct sg_spatial_gini {
    double near_sum, far_sum;
};

typedef bool sg_pair_test(void *user, uint32_t one, uint32_t two);

struct sg_spatial_gini sg_spatial_gini_of(const struct sg_spread *spread, sg_pair_test *is_pair, void *user);

#endif
