/* The state of one chart being drawn, shared by the files that draw its parts. */
#ifndef SG_DRAW_CHARTING_H
#define SG_DRAW_CHARTING_H

#include <cairo.h>

#include "draw/chart.h"
#include "draw/lettering.h"
#include "draw/map_frame.h"
#include "draw/number_form.h"
#include "draw/page.h"

struct sg_charting {
    struct sg_context *context;
    const struct sg_chart *chart;
    struct sg_theme theme; /* scaled to the page */
    struct sg_page page;
    struct sg_lettering *lettering;
    cairo_t *cairo;
    struct sg_number_form form; /* of the numbers of rows: very large and small ones share a power of ten */
    size_t left_out;            /* rows without room */
    bool out_of_memory;         /* noted where it happened, told after the part is drawn */
};

/* An axis in round steps. */
struct sg_axis {
    double low, high, step;
};

/* The axis over the values from low to high, in about so many steps of 1, 2, 2.5 or 5 times a power of ten;
   zero is on it where with_zero says so. */
struct sg_axis sg_axis_over(double low, double high, int steps, bool with_zero);

/* Where the value is on an axis that is drawn from start over an extent. */
double sg_axis_place(const struct sg_axis *axis, double value, double start, double extent);

/* Draws the grid lines and the numbers of an axis along the foot of the plot (is_upright: along its left
 * side). */
void sg_chart_draw_axis(struct sg_charting *charting, const struct sg_axis *axis,
                        const struct sg_rectangle *plot, bool is_upright);

/* A number with the chart's unit; with so many decimals, unless all numbers share a power of ten. Free with
 * sg_free(); NULL when out of memory, which is noted. */
char *sg_chart_number(struct sg_charting *charting, double value, int decimals);

/* The title of the rows' axis, with the power of ten that its numbers count. Free with sg_free(); NULL when
   out of memory, which is noted. */
char *sg_chart_x_title(struct sg_charting *charting);

/* Draws one line of text, cut with an ellipsis where it is wider than most_pt (0: never). */
void sg_chart_text(struct sg_charting *charting, const char *text, const struct sg_text_style *style,
                   double x, double y, double most_pt);

/* Is the paper dark? */
bool sg_chart_is_dark(const struct sg_charting *charting);

/* A colour made for light paper, on dark paper lightened until it stands out (3:1, WCAG 2.2, 1.4.11). */
struct sg_colour sg_chart_colour(const struct sg_charting *charting, struct sg_colour colour);

/* Fills a rectangle as a part of stacked rows: with its colour, no data hatched as on maps. */
void sg_chart_fill_part(struct sg_charting *charting, size_t part, const struct sg_rectangle *at);

/* The bodies of the charts, in the plot. */
void sg_chart_draw_rows(struct sg_charting *charting, const struct sg_rectangle *plot);
void sg_chart_draw_curves(struct sg_charting *charting, const struct sg_rectangle *plot);

#endif
