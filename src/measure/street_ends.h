/* Where people and services come to the streets: both ends of every way. */
#ifndef SG_MEASURE_STREET_ENDS_H
#define SG_MEASURE_STREET_ENDS_H

#include "measure/street_travel.h"

/* Sites at the very same point are one place. */
struct sg_street_ends {
    const struct sg_street_graph *graph;
    const struct sg_street_request *request;
    const struct sg_inventory *inventory;
    struct sg_street_place *points; /* of each demand point */
    uint32_t *edge_starts;          /* edge_count + 1: the demand points of each edge, */
    uint32_t *edge_points;          /* ascending */
    struct sg_street_place *places;
    size_t place_count;
    uint32_t *place_starts;  /* place_count + 1: the sites of each place, */
    uint32_t *place_sites;   /* ascending; those of weight 0 are at none */
    uint32_t *place_of_site; /* UINT32_MAX: none */
    size_t point_count;
};

enum sg_status sg_street_ends_find(struct sg_context *context, const struct sg_street_graph *graph,
                                   const struct sg_demand *demand, const struct sg_inventory *inventory,
                                   const struct sg_street_request *request, struct sg_street_ends *ret_ends);
void sg_street_ends_release(struct sg_street_ends *ends);

/* Does any site of a place offer the type? Does any offer none? */
bool sg_street_place_offers(const struct sg_street_ends *ends, size_t place, size_t type);
bool sg_street_place_has_untyped(const struct sg_street_ends *ends, size_t place);

/* Costs from the ends of its edge to a place, leg included: from edge->from and from edge->to; infinite
   against a one-way street. */
void sg_street_place_seeds(const struct sg_street_ends *ends, const struct sg_street_place *place,
                           double *ret_from, double *ret_to);

/* The largest finite one of all places. */
double sg_street_longest_seed(const struct sg_street_ends *ends);

/* The cost from a demand point to where costs count from, by either end of its edge; leg included. */
double sg_street_point_cost(const struct sg_street_ends *ends, const struct sg_street_place *point,
                            const double *node_costs);

/* The cost from a demand point straight along its edge to a place on the same; infinite against a one-way
   street. */
double sg_street_direct_cost(const struct sg_street_ends *ends, const struct sg_street_place *point,
                             const struct sg_street_place *place);

#endif
