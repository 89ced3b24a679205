/* Rates of small numbers: how sure they are, and what they become with the city's rate as a support. */
#ifndef SG_JUDGE_SMALL_NUMBERS_H
#define SG_JUDGE_SMALL_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

/* The exact 95% interval of a Poisson mean of which count was seen (Garwood 1936): half of the chi-squared
   quantiles of 2.5% with 2 count degrees of freedom and of 97.5% with 2 count + 2. count >= 0. */
void sg_poisson_interval(double count, double *ret_low, double *ret_high);

/* The value below which the share of a chi-squared distribution lies. share from 0 to less than 1. */
double sg_chi_squared_quantile(double share, double degrees);

/* Empirical Bayes (Marshall 1991): each rate drawn to the city's rate m, the more the fewer people there are:
   lambda r + (1 - lambda) m, lambda = s2 / (s2 + m / people), s2 the variance of the rates beyond chance (at
   least 0). counts and people of each area, people missing or 0: NaN. Rates are per person. */
void sg_smooth_rates(const double *counts, const double *people, size_t area_count, double *ret_rates);

#endif
