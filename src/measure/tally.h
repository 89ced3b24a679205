/* Every point gets its area: batches of records to counts and kept sites. */
#ifndef SG_MEASURE_TALLY_H
#define SG_MEASURE_TALLY_H

#include "core/context.h"
#include "measure/locate.h"
#include "model/area.h"
#include "model/site.h"

struct sg_tally;

struct sg_tally_options {
    bool fix_swapped;     /* accept points that lie in an area only when swapped */
    bool drop_duplicates; /* same organization, types and place: only the first counts */
};

/* A tally into the inventory; all are borrowed. Free with sg_tally_free(). */
enum sg_status sg_tally_new(struct sg_context *context, const struct sg_area_layer *layer,
                            const struct sg_locator *locator, struct sg_inventory *inventory,
                            const struct sg_tally_options *options, struct sg_tally **ret_tally);
void sg_tally_free(struct sg_tally *tally);

/* Points to come are of the next input, in this CRS. */
enum sg_status sg_tally_begin(struct sg_tally *tally, const struct sg_crs *crs);

/* Locates a batch and adds it to the inventory, in the order of the file; sets every entry's outcome and
   lon_lat_deg. It runs on one thread, beside the one that reads the next batch. */
enum sg_status sg_tally_add(struct sg_tally *tally, struct sg_site_batch *batch);

#endif
