/* Site symbols: thirteen shapes that are told apart without colour. */
#ifndef SG_DRAW_SYMBOL_H
#define SG_DRAW_SYMBOL_H

#include <cairo.h>

#include "model/taxonomy.h"

/* Draws a symbol of about size_pt across around x, y, with a halo that lifts it off the map. */
void sg_draw_symbol(cairo_t *cairo, enum sg_symbol symbol, struct sg_colour colour, struct sg_colour halo,
                    double halo_pt, double x, double y, double size_pt);

#endif
