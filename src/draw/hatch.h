/* Hatching and stripes at 45 degrees: they look the same on the map and in the legend. */
#ifndef SG_DRAW_HATCH_H
#define SG_DRAW_HATCH_H

#include <cairo.h>

#include "read/theme_reader.h"

enum { SG_MOST_STRIPES = 4 };

/* The colours of an area that several regions share, in their order. */
struct sg_stripes {
    int count;
    struct sg_colour colours[SG_MOST_STRIPES];
};

/* Hatches the current path (page coordinates) and clears it. The lines lie on one grid over the whole page,
   so that neighbouring areas join. */
void sg_hatch_path(cairo_t *cairo, const struct sg_theme *theme);

/* Fills the current path with stripes of equal width, and clears it. They too lie on one grid. */
void sg_stripe_path(cairo_t *cairo, const struct sg_theme *theme, const struct sg_stripes *stripes);

#endif
