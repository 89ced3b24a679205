/* One chart page: rows of bars, lollipops, dots or shares, or curves, in the look of the maps. */
#ifndef SG_DRAW_CHART_H
#define SG_DRAW_CHART_H

#include <stdbool.h>

#include "core/context.h"
#include "model/geometry.h"
#include "model/taxonomy.h"

enum sg_chart_kind {
    SG_CHART_BARS,      /* a bar for each row, from zero */
    SG_CHART_LOLLIPOPS, /* a dot on a thin line */
    SG_CHART_DOTS,      /* many values in each row, their median marked */
    SG_CHART_STACKED,   /* each row's parts as shares of 100 % */
    SG_CHART_LORENZ,    /* a curve under the diagonal of equality, both axes 0 to 100 % */
    SG_CHART_CURVES     /* shares up to 100 % over a distance or another number */
};

enum { SG_CHART_KIND_COUNT = 6 };

/* "bars", "lollipops", "dotplot", "stacked", "lorenz", "curves"; false for an unknown name. */
const char *sg_chart_kind_name(enum sg_chart_kind kind);
bool sg_chart_kind_from_name(const char *name, enum sg_chart_kind *ret_kind);

/* A row of bars, lollipops, dots or shares. Everything is borrowed. */
struct sg_chart_row {
    const char *label;
    const double *values; /* one for a bar or lollipop (NaN = no data); one for each part of a stack */
    size_t value_count;
    struct sg_colour colour; /* of the bar or the dots */
};

/* A line of a chart of curves. */
struct sg_chart_curve {
    const char *name; /* at its end; NULL: none */
    const struct sg_point *points;
    size_t point_count;
    struct sg_colour colour;
};

struct sg_chart_part {
    const char *name;
    struct sg_colour colour;
};

struct sg_chart {
    enum sg_chart_kind kind;

    /* words, as on maps; NULL = none */
    const char *title;
    const char *subtitle;
    const char *x_title, *y_title; /* of the axes; y only for curves */
    const char *source, *credit, *method, *note;
    const char *alt_text; /* NULL: title and subtitle */
    enum sg_language language;

    const struct sg_chart_row *rows; /* in the order drawn */
    size_t row_count;
    const struct sg_chart_part *parts; /* of stacked rows */
    size_t part_count;
    const struct sg_chart_curve *curves;
    size_t curve_count;
    const char *unit; /* after numbers: "%"; NULL: none */
    int decimals;     /* of the values written beside rows */
    double reference; /* a line across the rows (the city's rate); NaN: none */
    const char *reference_label;

    const char *theme; /* name or file; NULL: council */
    const char *paper; /* as for maps */
    bool portrait;
    double dpi;        /* of PNG */
    long long created; /* seconds since 1970; 0 = none */
};

/* Everything NULL, 0 or off, 200 dpi. */
void sg_chart_init(struct sg_chart *chart);

/* Draws the chart to a file whose ending says the format (.png .svg .pdf), as sg_map_write() does: whole or
   not at all, and the same bytes for the same chart. *ret_left_out (may be NULL) is the number of rows for
   which the page has no room. */
enum sg_status sg_chart_write(struct sg_context *context, const struct sg_chart *chart, const char *path,
                              size_t *ret_left_out);

#endif
