/* Which way round a joined table lies: are its areas rows or columns, and what names them? */
#ifndef SG_READ_JOIN_SIDES_H
#define SG_READ_JOIN_SIDES_H

#include <stdbool.h>

#include "core/context.h"
#include "read/area_keys.h"
#include "read/text_table.h"

struct sg_join_sides {
    bool is_transposed; /* areas are columns */
    size_t key;         /* the column that names the areas, or, transposed, the row (0: the headings) */
    size_t label;       /* transposed: the column with the labels of the rows; areas are columns after it */
};

/* key: what the person calls it; NULL: found by counting areas. SG_BAD_INPUT, listing the columns and the
   nearest name, when there is no such column or row, or nothing that names the areas. */
enum sg_status sg_join_sides_find(struct sg_context *context, const struct sg_text_table *table,
                                  const struct sg_area_keys *keys, size_t area_count, const char *key,
                                  struct sg_join_sides *ret_sides);

/* Does the column hold numbers (in more than half of its cells that are not blank) rather than words? */
bool sg_join_column_is_numbers(const struct sg_text_table *table, size_t column);

#endif
