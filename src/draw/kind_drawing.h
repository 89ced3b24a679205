/* What each kind of map draws over its areas, and what its legend and description say instead of classes. */
#ifndef SG_DRAW_KIND_DRAWING_H
#define SG_DRAW_KIND_DRAWING_H

#include "draw/legend_row.h"

/* Passes the legend's rows to visit, from the top; draws what is no row itself (or, with is_dry, measures
   it). Returns the height with the gap below. */
typedef double sg_kind_rows_fn(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                               double width, bool is_dry);

/* Appends what the legend says, for readers who cannot see it: "A1: 5; ...". */
typedef void sg_kind_describe_fn(const struct sg_drawing *drawing, struct sg_text *text);

struct sg_kind_drawing {
    void (*choose)(struct sg_drawing *drawing); /* what the legend is to say, before the page is laid out;
                                                   NULL: nothing */
    enum sg_status (*place)(
        struct sg_drawing *drawing);               /* before anything is drawn; NULL: nothing to place */
    void (*draw_over)(struct sg_drawing *drawing); /* over the areas; NULL: nothing */
    void (*draw_last)(struct sg_drawing *drawing); /* where names have left room; NULL: nothing */
    sg_kind_rows_fn *rows;                         /* NULL: the classes or categories */
    sg_kind_describe_fn *describe;                 /* NULL: the classes or categories */
    bool has_histogram;
};

const struct sg_kind_drawing *sg_kind_drawing(const struct sg_drawing *drawing);

#endif
