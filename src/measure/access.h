/* Floating catchments: supply per head when everyone within reach shares it. */
#ifndef SG_MEASURE_ACCESS_H
#define SG_MEASURE_ACCESS_H

#include "core/context.h"
#include "measure/decay.h"
#include "measure/reach.h"
#include "model/measure.h"

/* With demand p_k at the points, services w_j and weights f of the costs d up to the threshold: */
enum sg_access_family {
    SG_ACCESS_2SFCA,  /* A_i = sum_j w_j / sum_k p_k, everything within counted fully (Luo & Wang 2003) */
    SG_ACCESS_E2SFCA, /* A_i = sum_j f_ij w_j / sum_k p_k f_kj (Luo & Qi 2009) */
    SG_ACCESS_M2SFCA, /* A_i = sum_j f_ij^2 w_j / sum_k p_k f_kj: distance lowers the total (Delamater 2013)
                       */
    SG_ACCESS_3SFCA,  /* as E2SFCA with G f for f, G_ij = f_ij / sum_l f_il (Wan, Zou & Sternberg 2012) */
    SG_ACCESS_FAMILY_COUNT
};

/* "e2sfca" */
const char *sg_access_name(enum sg_access_family family);
bool sg_access_from_name(const char *name, enum sg_access_family *ret_family);

/* 2SFCA takes no notice of the decay. */
struct sg_access_request {
    enum sg_access_family family;
    struct sg_decay decay;
};

/* Fills the access rows: per 10,000 of the demand's weight, the weighted mean over the points of each area; 0
   where nothing is in reach. Areas without weight, suppressed ones and those without geometry stay null; so
   do those whose people are not known, which would look best served (nobody there shares), and everything
   where demand is neither need nor people. Points of overlapping areas share their people.
   What was handed out is kept in measures->city (conservation). Results do not depend on the threads. */
enum sg_status sg_access_measure(struct sg_context *context, const struct sg_reach *reach,
                                 const struct sg_access_request *request, struct sg_measures *measures);

#endif
