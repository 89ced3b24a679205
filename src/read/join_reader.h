/* Tables attached to the areas by id or name: one row for each area, or (as census profiles come) one column.
 */
#ifndef SG_READ_JOIN_READER_H
#define SG_READ_JOIN_READER_H

#include "core/context.h"
#include "model/area.h"
#include "model/join.h"
#include "read/area_keys.h"
#include "read/dataset.h"

/* Reads a table and finds its areas. key names the column whose cells are ids or names of areas, or, where
   areas are columns, the column with the labels or the row with the ids or names; NULL: the column, or the
   row of headings, that has most of the areas. Warns of what does not match on either side, with the nearest
   spelling. SG_BAD_INPUT when nothing matches, or two rows (columns) are of one area. Release with
   sg_join_release(). */
enum sg_status sg_join_read(struct sg_context *context, const struct sg_source *source, const char *key,
                            const struct sg_area_keys *keys, const struct sg_area_layer *layer,
                            struct sg_join *ret_join);

#endif
