/* Which longitudes the areas are written in: -180 to 180 as usual, or some beyond. */
#ifndef SG_READ_AREA_TURNS_H
#define SG_READ_AREA_TURNS_H

#include "model/area.h"

/* Sets the whole turn of longitudes that points are brought into (sg_areas_turn()). Where the areas take more
   than one (-180 and 180.1), their polygons are first brought together, and that is said; SG_BAD_INPUT where
   they go all round the Earth. Needs the extent, and keeps it right. */
enum sg_status sg_areas_find_turn(struct sg_context *context, struct sg_area_layer *layer);

#endif
