/* Which areas, and how much of each, lie in regions that are polygons. */
#ifndef SG_MEASURE_REGION_SHARES_H
#define SG_MEASURE_REGION_SHARES_H

#include "core/context.h"
#include "model/area.h"

/* Shares below this are borders drawn a little differently, and nobody's land. */
#define SG_LEAST_SHARE 0.01

/* Regions that together cover this much of an area divide all of it: shores and borders differ between files.
 */
#define SG_LEAST_COVERED 0.9

/* Regions that together cover more than this overlap. */
#define SG_MOST_COVERED 1.05

/* Gives every region with a shape its areas, by the share of an area's (geodesic) land that lies in it.
   Shares below 1% are dropped. Where those of an area then add up to between 90% and 105%, they are scaled to
   100%, so that its people are divided without loss; of an area of which regions have less, the
   rest is left to no region; more means that regions overlap, and each has its own. */
enum sg_status sg_regions_share(struct sg_context *context, struct sg_area_layer *layer);

/* Of each area, what no region has: 1 - the sum of its shares, never below 0. For sg_alloc'ed memory of
   area_count numbers. */
void sg_regions_leftover(const struct sg_area_layer *layer, double *leftover);

#endif
