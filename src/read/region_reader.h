/* Regions: a table that says which areas belong to which, or a layer of polygons. */
#ifndef SG_READ_REGION_READER_H
#define SG_READ_REGION_READER_H

#include "core/context.h"
#include "model/area.h"
#include "read/area_keys.h"
#include "read/dataset.h"

/* Gives the layer its regions. From a table with columns area_id and region (an area may be in several): ids
   and names as sg_area_keys_find() knows them; what is no area is an error that lists them with the nearest.
   From polygons: one region for each name (name_field; NULL: recognised), in the CRS of the areas, with its
   shape and without areas until sg_regions_share() gives them. Outlines that are invalid are repaired with a
   warning. */
enum sg_status sg_regions_read(struct sg_context *context, const struct sg_source *source,
                               const char *name_field, const struct sg_area_keys *keys,
                               struct sg_area_layer *layer);

#endif
