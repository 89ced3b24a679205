/* Hatching at 45 degrees: no data looks the same on the map and in the legend. */
#ifndef SG_DRAW_HATCH_H
#define SG_DRAW_HATCH_H

#include <cairo.h>

#include "read/theme_reader.h"

/* Hatches the current path (page coordinates) and clears it. The lines lie on one grid over the whole page,
   so that neighbouring areas join. */
void sg_hatch_path(cairo_t *cairo, const struct sg_theme *theme);

#endif
