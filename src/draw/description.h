/* The map in words, for readers who cannot see it. */
#ifndef SG_DRAW_DESCRIPTION_H
#define SG_DRAW_DESCRIPTION_H

#include "draw/drawing.h"

/* The map's own words, else the title and the legend as a sentence. Free with sg_free(); NULL when out of
   memory. */
char *sg_describe_map(const struct sg_drawing *drawing);

#endif
