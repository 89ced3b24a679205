/* Change maps: classes symmetric about no change, with their signs. */
#ifndef SG_DRAW_CHANGE_H
#define SG_DRAW_CHANGE_H

#include "draw/kind_drawing.h"

sg_kind_rows_fn sg_change_rows;
sg_kind_describe_fn sg_change_describe;

/* "+5 to under +10", "No change", "−10 to over −5": what the legend says of a class. */
void sg_append_change_range(struct sg_text *text, const struct sg_classification *classes, size_t class_index,
                            bool is_whole, enum sg_language language);

#endif
