/* Which areas, and how many of their people, each region has; and what no region has. */
#ifndef SG_MEASURE_REGION_PARTS_H
#define SG_MEASURE_REGION_PARTS_H

#include "core/context.h"
#include "model/area.h"
#include "model/measure.h"

/* An area, or a part of it, in a region. */
struct sg_region_part {
    uint32_t region, area;
    double share;      /* of the area, over 0 and at most 1 */
    double population; /* people of the area who are the region's; NaN = missing */
    double need;
};

struct sg_region_parts {
    struct sg_region_part *parts; /* by region, then by area */
    size_t *starts;               /* of the regions, region_count + 1 */
    size_t region_count;          /* those of the layer, and one more where has_rest */
    bool has_rest;                /* the last one is no region: what is in none */
    size_t shared_area_count;     /* areas in more than one region */
    size_t split_area_count;      /* areas of which a region has a part */
};

/* Divides the areas' people among the regions by share. Whole numbers of people are divided into whole
   numbers (largest remainders first, ties to the earlier region), so that the parts of an area that is in
   regions that do not overlap add up to it exactly. Release with sg_region_parts_release(). */
enum sg_status sg_region_parts_make(struct sg_context *context, const struct sg_area_layer *layer,
                                    const struct sg_measures *measures, struct sg_region_parts *ret_parts);
void sg_region_parts_release(struct sg_region_parts *parts);

#endif
