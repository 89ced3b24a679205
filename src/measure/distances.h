/* The measures that depend on distance: nearest, within, uncovered, unreached and reach of every area. */
#ifndef SG_MEASURE_DISTANCES_H
#define SG_MEASURE_DISTANCES_H

#include "core/context.h"
#include "measure/citywide.h"
#include "measure/reach.h"
#include "model/measure.h"

/* Fills those rows of the measures that are there, and what is found at every point into results. Areas side
   by side on the context's threads; results do not depend on their number. */
enum sg_status sg_distances_measure(struct sg_context *context, const struct sg_reach *reach,
                                    struct sg_measures *measures, struct sg_point_results *results);

#endif
