/* Proportional circles: one in each area, its surface as large as the value. */
#ifndef SG_DRAW_SYMBOLS_H
#define SG_DRAW_SYMBOLS_H

#include "draw/kind_drawing.h"

/* Finds the places of the circles, so that names keep off them. */
enum sg_status sg_place_circles(struct sg_drawing *drawing);

/* The largest first, so that small ones lie on it. */
void sg_draw_circles(struct sg_drawing *drawing);

/* Nested circles for three round values. */
sg_kind_rows_fn sg_circle_rows;
sg_kind_describe_fn sg_circles_describe;

/* Round values for the legend, largest first: at most the value, about a quarter and a sixteenth of it, where
   they differ; whole numbers where is_whole. Returns how many. */
int sg_circle_legend_values(double largest, bool is_whole, double values[static 3]);

#endif
