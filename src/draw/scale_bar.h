/* The scale bar: a round length on the ground. */
#ifndef SG_DRAW_SCALE_BAR_H
#define SG_DRAW_SCALE_BAR_H

#include "draw/drawing.h"

/* The round number of metres (1, 2 or 5 times a power of ten) that makes a bar of at most longest_pt, given
   the metres that a point stands for. */
double sg_scale_bar_length_m(double m_per_pt, double longest_pt);

/* Draws the bar in a corner of the frame that no area covers, bottom left for choice. */
void sg_draw_scale_bar(struct sg_drawing *drawing);

/* Is there a corner for it? Also true where the map has no scale to show. */
bool sg_scale_bar_has_room(struct sg_drawing *drawing);

/* The strip at the foot of the frame that a bar needs. */
double sg_scale_bar_strip(const struct sg_drawing *drawing);

/* The scale of a series of small maps stands in its legend, as a block. */
double sg_legend_scale_bar(struct sg_drawing *drawing, double x, double y, double width, bool is_dry);

#endif
