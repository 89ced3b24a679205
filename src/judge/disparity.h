/* Are services where the people are? Shares of services against shares of people. */
#ifndef SG_JUDGE_DISPARITY_H
#define SG_JUDGE_DISPARITY_H

#include <stddef.h>

/* Of each area: its share of the services minus its share of the people, in percentage points (the geographic
   disparity score of the Urban Institute's Spatial Equity Data Tool); NaN where its people are not known.
   Over 0: more than its share. Returns half of the sum of the sizes: the percentage of the services that
   would have to be elsewhere for all scores to be 0 (the index of dissimilarity); NaN without services or
   people. */
double sg_area_disparity(const double *services, const double *people, size_t count, double *ret_points);

/* The same tool's demographic score: the share of the group among the people around the services (each area's
   share weighed by its services) minus its share of all people, in percentage points. Over 0: services lie
   where the group lives more than elsewhere. */
double sg_group_disparity(const double *services, const double *group_people, const double *people,
                          size_t count);

#endif
