/* Every figure of coverage for groups of people: who is near what, and who is not. */
#ifndef SG_MEASURE_GROUP_COVERAGE_H
#define SG_MEASURE_GROUP_COVERAGE_H

#include "core/context.h"
#include "model/area.h"
#include "model/demand.h"
#include "model/group.h"
#include "model/measure.h"
#include "model/site.h"
#include "model/travel.h"

/* Measures all groups, and everyone behind them, as sg_coverage_measure() does the people; areas whose people
   are withheld have no figures. travel NULL: straight lines. The same with any number of threads. Release
   with sg_group_coverage_release(). */
enum sg_status sg_group_coverage_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                         const struct sg_inventory *inventory, const struct sg_demand *demand,
                                         const struct sg_travel *travel, const struct sg_measures *measures,
                                         const struct sg_group *groups, size_t group_count,
                                         struct sg_group_coverage *ret_coverage);

#endif
