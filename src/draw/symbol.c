#include "draw/symbol.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* A regular polygon or, with inner < 1, a star; the first corner points up (or down). */
static void corners(cairo_t *cairo, double x, double y, double radius, int count, double inner,
                    double first_deg) {
    int steps = inner < 1 ? 2 * count : count;
    for (int i = 0; i < steps; i++) {
        double angle = (first_deg + 360.0 * i / steps) * pi / 180;
        double r = inner < 1 && i % 2 == 1 ? radius * inner : radius;
        cairo_line_to(cairo, x + r * sin(angle), y - r * cos(angle));
    }
    cairo_close_path(cairo);
}

/* Two bars that cross, turned by the angle. */
static void cross(cairo_t *cairo, double x, double y, double radius, double angle_deg) {
    const double arm = 0.36;
    double c = cos(angle_deg * pi / 180), s = sin(angle_deg * pi / 180);
    const double shape[12][2] = {{-arm, -1}, {arm, -1}, {arm, -arm}, {1, -arm}, {1, arm},   {arm, arm},
                                 {arm, 1},   {-arm, 1}, {-arm, arm}, {-1, arm}, {-1, -arm}, {-arm, -arm}};
    for (int i = 0; i < 12; i++)
        cairo_line_to(cairo, x + radius * (shape[i][0] * c - shape[i][1] * s),
                      y + radius * (shape[i][0] * s + shape[i][1] * c));
    cairo_close_path(cairo);
}

static void circle(cairo_t *cairo, double x, double y, double radius) {
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x, y, radius, 0, 2 * pi);
    cairo_close_path(cairo);
}

/* Sizes that look equal, not measure equal: a triangle needs to reach farther than a square. */
static void symbol_path(cairo_t *cairo, enum sg_symbol symbol, double x, double y, double r) {
    switch (symbol) {
    case SG_SYMBOL_SQUARE:
    case SG_SYMBOL_SQUARE_RING:
        corners(cairo, x, y, 1.25 * r, 4, 1, 45);
        break;
    case SG_SYMBOL_TRIANGLE:
        corners(cairo, x, y + 0.15 * r, 1.3 * r, 3, 1, 0);
        break;
    case SG_SYMBOL_TRIANGLE_DOWN:
        corners(cairo, x, y - 0.15 * r, 1.3 * r, 3, 1, 180);
        break;
    case SG_SYMBOL_DIAMOND:
    case SG_SYMBOL_DIAMOND_RING:
        corners(cairo, x, y, 1.25 * r, 4, 1, 0);
        break;
    case SG_SYMBOL_CROSS:
        cross(cairo, x, y, 1.15 * r, 45);
        break;
    case SG_SYMBOL_PLUS:
        cross(cairo, x, y, 1.15 * r, 0);
        break;
    case SG_SYMBOL_STAR:
        corners(cairo, x, y + 0.05 * r, 1.35 * r, 5, 0.45, 0);
        break;
    case SG_SYMBOL_PENTAGON:
        corners(cairo, x, y, 1.15 * r, 5, 1, 0);
        break;
    case SG_SYMBOL_HEXAGON:
        corners(cairo, x, y, 1.12 * r, 6, 1, 30);
        break;
    default:
        circle(cairo, x, y, r);
    }
}

void sg_draw_symbol(cairo_t *cairo, enum sg_symbol symbol, struct sg_colour colour, struct sg_colour halo,
                    double halo_pt, double x, double y, double size_pt) {
    double radius = size_pt / 2;
    cairo_save(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_new_path(cairo);
    symbol_path(cairo, symbol, x, y, radius);
    if (halo_pt > 0) {
        cairo_set_source_rgb(cairo, halo.red, halo.green, halo.blue);
        cairo_set_line_width(cairo, 2 * halo_pt);
        cairo_stroke_preserve(cairo);
    }
    cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
    cairo_fill(cairo);
    if (sg_symbol_is_ring(symbol)) {
        symbol_path(cairo, symbol, x, y, radius * 0.45);
        cairo_set_source_rgb(cairo, halo.red, halo.green, halo.blue);
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}
