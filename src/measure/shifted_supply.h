/* What areas would have, were the threshold a little shorter or longer. */
#ifndef SG_MEASURE_SHIFTED_SUPPLY_H
#define SG_MEASURE_SHIFTED_SUPPLY_H

#include "core/context.h"
#include "model/area.h"
#include "model/demand.h"
#include "model/measure.h"
#include "model/site.h"
#include "model/travel.h"

enum { SG_MOST_SHIFTS = 16 };

/* Measures again at so many thresholds, factors times the first (ascending), all in one pass over the demand
   points. measure: reach, or within_pct. ret_rows: for each factor a row of every type and area, like a row
   of measures, to be freed with sg_free(); those that are NULL already failed. By travel, whose pairs end at
   a limit, only the factors up to it: *ret_count is how many. */
enum sg_status sg_shifted_supply_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                         const struct sg_inventory *inventory, const struct sg_demand *demand,
                                         const struct sg_travel *travel, const struct sg_measures *measures,
                                         enum sg_measure measure, const double *factors, size_t factor_count,
                                         double **ret_rows, size_t *ret_count);

#endif
