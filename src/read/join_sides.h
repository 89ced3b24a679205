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
    enum sg_key_sense sense;
};

/* key: what the person calls it; NULL: found by counting areas. Names go before numbers, unless these name
   more areas and contradict no name; numbers that only count the rows (_id, rank) are taken for ids only
   under the name of the areas' own id field. SG_BAD_INPUT, listing the columns and the nearest name, when
   there is no such column or row, nothing that names the areas, or two columns of numbers that name them
   differently. */
enum sg_status sg_join_sides_find(struct sg_context *context, const struct sg_text_table *table,
                                  const struct sg_area_keys *keys, const struct sg_area_layer *layer,
                                  const char *key, struct sg_join_sides *ret_sides);

/* Does the column hold numbers (in more than half of its cells that are not blank) rather than words? */
bool sg_join_column_is_numbers(const struct sg_text_table *table, size_t column);

#endif
