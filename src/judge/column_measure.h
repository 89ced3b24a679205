/* From the name of a coverage's column back to what it holds. */
#ifndef SG_JUDGE_COLUMN_MEASURE_H
#define SG_JUDGE_COLUMN_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

/* The measure of a column of the program's own layers, by its long name or that of the shapefile field (any
   case): "within_pct" of "lan_within_800m_pct" or "LAN_W_1", "gap_index" of "GAP_INDEX". ret_prefix: bytes
   of the type's code before it, 0 for what is of the area. False for a name that does not tell: a
   shapefile's LAN_NEAR may be metres or minutes. *ret_measure is static text. */
bool sg_measure_of_column(const char *name, const char **ret_measure, size_t *ret_prefix);

#endif
