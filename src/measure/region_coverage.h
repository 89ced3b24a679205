/* Every measure of every region, from its own areas, demand points and services. */
#ifndef SG_MEASURE_REGION_COVERAGE_H
#define SG_MEASURE_REGION_COVERAGE_H

#include "measure/coverage.h"
#include "measure/region_parts.h"

/* Regions in the form of areas, and what was measured of them. */
struct sg_region_coverage {
    struct sg_area_layer layer; /* names, land and people of the regions; shapes and CRS are borrowed */
    size_t type_count;
    double **counts; /* of each type, and last of all, in each region */
    struct sg_measures measures;
};

/* Measures the regions as areas are measured, never from their areas' measures: distances and shares are over
   the demand points of the region's areas (those of a part of an area weigh by its share), a rate is a count
   by the region's own need. A service counts in the regions of its area; in an area that several regions
   divide, in those whose outline holds it, else in the one with the largest share. What adds up over areas
   (uncovered people) is added up by share, so that regions that do not overlap add up to the city. shapes: of
   the parts' regions, in the CRS of the layer. city: the areas' measures. demand may be NULL, as for
   sg_coverage_measure(). Release with sg_region_coverage_release(). */
enum sg_status sg_region_coverage_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                          const struct sg_region_parts *parts, const struct sg_shape *shapes,
                                          const struct sg_inventory *inventory,
                                          const struct sg_demand *demand, const struct sg_measures *city,
                                          const struct sg_coverage_request *request,
                                          struct sg_region_coverage *ret_coverage);
void sg_region_coverage_release(struct sg_region_coverage *coverage);

/* A measure that adds up over areas, of every region, by the areas' shares: into rows of the regions'
   measures. A region with people in an area where it is not known keeps what was measured of it. */
void sg_region_coverage_add_up(const struct sg_region_parts *parts, const struct sg_measures *city,
                               enum sg_measure measure, struct sg_measures *regions);

#endif
