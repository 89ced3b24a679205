/* What it costs to get from where people live to the services, along streets. */
#ifndef SG_MEASURE_STREET_TRAVEL_H
#define SG_MEASURE_STREET_TRAVEL_H

#include "measure/street_graph.h"
#include "measure/street_snap.h"
#include "model/demand.h"
#include "model/site.h"
#include "model/travel.h"

struct sg_street_request {
    double limit;          /* pairs of points and sites are wanted up to this cost, inclusive */
    double snap_limit_m;   /* farther from any street than this is on none */
    double leg_cost_per_m; /* of the straight line to the street: 1, or minutes for each metre on foot */
};

/* How a point or a site takes part. */
enum sg_street_state {
    SG_STREET_REACHED,
    SG_STREET_NO_STREET_NEAR, /* none within the snap limit */
    SG_STREET_NO_WAY          /* on a street that leads to no site (of a point), or is reached from none */
};

/* What took part, and what could not; by position in the demand and the inventory. */
struct sg_street_report {
    size_t point_count, site_count;
    unsigned char *point_states; /* enum sg_street_state of each demand point */
    unsigned char *site_states;  /* of each site: reached, or no street near */
    double longest_leg_m;        /* of any point or site that takes part */
};

void sg_street_report_release(struct sg_street_report *report);

/* Fills in ret_travel: for every demand point the cost to the nearest site of each type (and of any), and to
   every site within the limit. A way is the straight leg from the point to its street, along the streets as
   they may be travelled from people to services, and the leg from the street to the site; on one edge
   straight along it. Sites of weight 0 are none. Costs are the graph's: metres, or minutes. Results do not
   depend on the number of threads. Release with sg_travel_release() and sg_street_report_release(). */
enum sg_status sg_streets_travel(struct sg_context *context, const struct sg_street_graph *graph,
                                 const struct sg_demand *demand, const struct sg_inventory *inventory,
                                 size_t type_count, const struct sg_street_request *request,
                                 struct sg_travel *ret_travel, struct sg_street_report *ret_report);

#endif
