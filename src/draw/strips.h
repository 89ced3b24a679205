/* Very many shapes drawn on the upper and the lower half of a picture at the same time. */
#ifndef SG_DRAW_STRIPS_H
#define SG_DRAW_STRIPS_H

#include "draw/drawing.h"

/* More areas than this are drawn in halves. */
enum { SG_MANY_AREAS = 5000 };

/* A part of the picture, or all of it. */
struct sg_strip {
    cairo_t *cairo;     /* draws on this part only, in the page's points */
    double top, bottom; /* of the part, in points: what lies beyond may be left out */
};

typedef void sg_strip_fn(const struct sg_drawing *drawing, const struct sg_strip *strip, const void *what);

/* Calls draw for each half where the areas are very many and the picture is made of pixels, else once for all
   of it. The halves are the same, and so is the picture, on one thread and on two. */
void sg_draw_in_strips(struct sg_drawing *drawing, sg_strip_fn *draw, const void *what);

#endif
