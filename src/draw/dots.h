/* Dot density: dots scattered in each area, one for so many. */
#ifndef SG_DRAW_DOTS_H
#define SG_DRAW_DOTS_H

#include "draw/kind_drawing.h"

/* Sets the report's dot_value, what one dot stands for: a round number (1, 2 or 5 times a power of ten) that
   gives about 45 dots an area, at most some thousands, and on small pages so few that they stay apart; 1 at
   least where the values are whole. */
void sg_choose_dot_value(struct sg_drawing *drawing);

/* The same dots at every resolution and on every run: where they fall comes from the area's position in the
   layer alone. They keep off borders and each other where there is room. */
void sg_draw_dots(struct sg_drawing *drawing);

sg_kind_rows_fn sg_dot_rows;
sg_kind_describe_fn sg_dots_describe;

#endif
