/* Costs of travel from elsewhere: a routing engine's table of origins, destinations and costs. */
#ifndef SG_READ_COST_READER_H
#define SG_READ_COST_READER_H

#include "core/context.h"
#include "core/name_index.h"
#include "model/demand.h"
#include "model/site.h"
#include "model/travel.h"
#include "read/dataset.h"

/* Where the rows of a table start from. */
struct sg_cost_origins {
    const struct sg_name_index *names; /* position = row of the travel */
    size_t count;
    const char *what; /* "demand point", "area": for messages */
};

/* What a table held. */
struct sg_cost_report {
    uint64_t read;
    uint64_t blank;         /* without a cost: no path */
    uint64_t repeated;      /* of the same pair: the cheapest counts */
    uint64_t strange_froms; /* rows whose origin is none of ours */
    uint64_t strange_tos;   /* rows whose destination is none of the services */
    size_t silent_origins;  /* origins that no row names */
    size_t silent_services; /* services with an id that no row names */
    size_t services_without_id;
};

/* Reads a table with from_id, to_id and cost (in the unit of limit) as travel without rows of points: row r
   is origin r. Pairs that are not there have no path. Costs that are no numbers of 0 or more are an error
   that names the record. Warns of ids that match nothing, with the nearest spelling; SG_BAD_INPUT when no row
   matches. Release with sg_travel_release(). */
enum sg_status sg_costs_read(struct sg_context *context, const struct sg_source *source,
                             const struct sg_cost_origins *origins, const struct sg_inventory *inventory,
                             double limit, bool is_time, struct sg_travel *ret_travel,
                             struct sg_cost_report *ret_report);

#endif
