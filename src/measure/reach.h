/* From demand points to the services of each type: straight lines, or costs of travel. */
#ifndef SG_MEASURE_REACH_H
#define SG_MEASURE_REACH_H

#include "core/context.h"
#include "measure/site_tree.h"
#include "model/demand.h"
#include "model/measure.h"
#include "model/site.h"
#include "model/travel.h"

/* All borrowed but what it makes itself. */
struct sg_reach {
    const struct sg_demand *demand;
    const struct sg_inventory *inventory;
    const struct sg_travel *travel; /* NULL: straight lines */
    size_t type_count;              /* with `all`, the last */
    size_t threshold_count;
    struct sg_threshold thresholds[SG_MOST_THRESHOLDS];
    struct sg_ellipsoid ellipsoid;
    struct sg_site_tree **trees; /* of each type; NULL by travel */
    size_t *first_slots;         /* of each type's tree; NULL by travel */
    uint32_t *places;            /* by travel, of each site: the first site at the same point; else NULL */
    bool *offers;                /* does the type exist anywhere? */
    size_t slot_count;           /* slots number what offers a type: services at one place, or one service */
};

/* Thresholds are metres, or in the unit of the travel. Release with sg_reach_release(). */
enum sg_status sg_reach_new(struct sg_context *context, const struct sg_ellipsoid *ellipsoid,
                            const struct sg_inventory *inventory, const struct sg_demand *demand,
                            const struct sg_travel *travel, const double *thresholds, size_t threshold_count,
                            struct sg_reach *ret_reach);
void sg_reach_release(struct sg_reach *reach);

/* The weight of the services of a type on whose slots there is a load. */
double sg_reach_supply(const struct sg_reach *reach, size_t type, const double *loads);

struct sg_reach_entry; /* private */

/* The points of one area, type after type. One thread's own. */
struct sg_reach_area {
    const struct sg_reach *reach;
    size_t first, count; /* of the demand's points */
    size_t type;
    struct sg_search_point *froms;
    struct sg_reach_entry *entries; /* by travel: of all points, by type, then point */
    size_t *type_starts;
    size_t *point_starts; /* of the type at hand */
    struct sg_offer *offers;
    size_t offer_capacity;
};

/* False when out of memory; close it either way. Zeroed before the first, it may be opened again. */
bool sg_reach_area_open(const struct sg_reach *reach, size_t area, struct sg_reach_area *points);
void sg_reach_area_close(struct sg_reach_area *points);

/* The type that is asked about next. */
void sg_reach_area_type(struct sg_reach_area *points, size_t type);

/* Of point i of the area, 0 = its first: the cost to the nearest service; infinity where none is reached. */
double sg_reach_nearest(const struct sg_reach_area *points, size_t i);

/* What is within a threshold (by position); place is the number of a site there. */
struct sg_within sg_reach_within(const struct sg_reach_area *points, size_t i, size_t threshold);

/* The same one by one, with slots for places; they are the area's own until the next call. NULL when out of
   memory. */
const struct sg_offer *sg_reach_offers(struct sg_reach_area *points, size_t i, size_t threshold,
                                       size_t *ret_count);

#endif
