/* The blocks of the legend, one function each: drawn at x, y in a width, they return their height; with
   is_dry they only measure. */
#ifndef SG_DRAW_LEGEND_ROWS_H
#define SG_DRAW_LEGEND_ROWS_H

#include "draw/drawing.h"

typedef double sg_legend_block_fn(struct sg_drawing *drawing, double x, double y, double width, bool is_dry);

sg_legend_block_fn sg_legend_heading, sg_legend_classes, sg_legend_sites, sg_legend_lines,
    sg_legend_histogram;

/* The width of the widest row on one line. */
double sg_legend_rows_width(struct sg_drawing *drawing);

/* An area's value as the key shows it; "" without one. */
void sg_append_area_value(struct sg_text *text, const struct sg_drawing *drawing, uint32_t area);

#endif
