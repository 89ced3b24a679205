/* Every measure of every area and type, from the inventory and the demand points. */
#ifndef SG_MEASURE_COVERAGE_H
#define SG_MEASURE_COVERAGE_H

#include "core/context.h"
#include "measure/access.h"
#include "model/area.h"
#include "model/demand.h"
#include "model/measure.h"
#include "model/site.h"

struct sg_coverage_request {
    double thresholds_m[SG_MOST_THRESHOLDS]; /* ascending as given; the first one is judged on */
    size_t threshold_count;
    double metres_per_minute; /* thresholds were given as minutes at this speed; 0: as distances */
    bool wants[SG_MEASURE_COUNT_OF_ALL];
    double min_population; /* areas with fewer people are suppressed; 0: none */
    bool has_total_need;   /* the city's need is total_need, not what these areas add up to */
    double total_need;
    bool only_areas; /* nothing city-wide but the totals, and no access, which all areas share */
    const struct sg_travel *travel; /* costs of travel, in the unit of the thresholds; NULL: straight lines */
    struct sg_access_request access;
};

/* Measures all areas, for each type and for `all` (any type: each record counts once). demand may be NULL
   when only container measures are wanted. Results do not depend on the number of threads. Release with
   sg_measures_release(). Shortfall and gap are left to sg_judge(). */
enum sg_status sg_coverage_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                   const struct sg_inventory *inventory, const struct sg_demand *demand,
                                   const struct sg_coverage_request *request,
                                   struct sg_measures *ret_measures);

/* Do the wanted measures need distances, and so demand points and kept sites? */
bool sg_coverage_needs_distances(const struct sg_coverage_request *request);

#endif
