/* Areas in one quiet colour, under circles and dots. */
#ifndef SG_DRAW_PLAIN_AREAS_H
#define SG_DRAW_PLAIN_AREAS_H

#include "draw/kind_drawing.h"

sg_kind_style_fn sg_plain_areas_style;

/* The legend row of areas whose value is 0: they carry nothing. Returns its height; 0 where there are none.
 */
double sg_plain_zero_row(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                         double width, bool is_dry);

/* Appends a value as precisely as the map's values need it. */
void sg_append_plain_value(struct sg_text *text, const struct sg_drawing *drawing, double value);

#endif
