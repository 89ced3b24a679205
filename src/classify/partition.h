/* The best way to cut a row into consecutive groups: what Fisher-Jenks and balanced quantiles share. */
#ifndef SG_CLASSIFY_PARTITION_H
#define SG_CLASSIFY_PARTITION_H

#include <stddef.h>

#include "core/context.h"

/* The cost of putting items first up to, not including, end into group number group (0 = lowest). Must
   be such that the best cut never moves left when end moves right (true of squared deviations). */
typedef double sg_group_cost_fn(const void *user, size_t group, size_t first, size_t end);

/* Cuts item_count items into group_count groups, none empty, with the least total cost: exact, in
   O(group_count * item_count * log(item_count)) by divide and conquer on the leftmost best cut. Writes
   group_count - 1 positions: group i + 1 starts at ret_starts[i]. Of equal solutions the one with the
   smallest cuts wins. SG_NO_MEMORY. */
enum sg_status sg_partition(struct sg_context *context, size_t item_count, size_t group_count,
                            sg_group_cost_fn *cost, const void *user, size_t *ret_starts);

#endif
