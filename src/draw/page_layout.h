/* The page's words and where everything stands: title block above, credits below, legend beside or under the
   map. */
#ifndef SG_DRAW_PAGE_LAYOUT_H
#define SG_DRAW_PAGE_LAYOUT_H

#include "draw/legend.h"

struct sg_page_layout {
    struct sg_rectangle frame;
    struct sg_legend legend;
};

/* Draws the title block and finds the place of the frame and the legend, leaving credits_height_pt at the
 * foot. */
enum sg_status sg_page_layout(struct sg_drawing *drawing, struct sg_page_layout *ret_layout);

/* Draws sources, method and note at the foot of the page (after the frame is fitted: they name the CRS and
   the turn). */
void sg_draw_credits(struct sg_drawing *drawing);

#endif
