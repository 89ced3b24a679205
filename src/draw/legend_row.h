/* One row of the legend: a mark, words, a count; and the title over some rows. */
#ifndef SG_DRAW_LEGEND_ROW_H
#define SG_DRAW_LEGEND_ROW_H

#include "draw/drawing.h"

/* What stands left of a row's words. */
enum sg_mark_kind { SG_MARK_FILL, SG_MARK_HATCH, SG_MARK_STRIPES, SG_MARK_SYMBOL, SG_MARK_LINE };

struct sg_legend_mark {
    enum sg_mark_kind kind;
    struct sg_colour colour;
    enum sg_symbol symbol;
    double line_pt;
    const struct sg_stripes *stripes; /* borrowed */
};

struct sg_legend_row {
    struct sg_legend_mark mark;
    const char *text;
    long long count; /* < 0: none */
};

/* What is done with the rows one after another: each returns the height that its row takes. */
typedef double sg_legend_row_fn(struct sg_drawing *drawing, const struct sg_legend_row *row, double x,
                                double y, double width, bool is_dry);

/* Draws the row (or, with is_dry, measures it): mark, words (wrapped when they must be), count at the right.
 */
sg_legend_row_fn sg_legend_row_draw;

/* Notes in the drawing's widest_row how wide the row would be on one line; it takes no height. */
sg_legend_row_fn sg_legend_row_widen;

/* Words over some rows; returns their height with the gap below. */
double sg_legend_block_title(struct sg_drawing *drawing, const char *words, double x, double y, double width,
                             bool is_dry);

/* The style of the rows' words. */
struct sg_text_style sg_legend_text_style(const struct sg_drawing *drawing);

#endif
