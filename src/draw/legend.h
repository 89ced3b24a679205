/* The legend: heading, classes with counts, histogram, sites, lines, and the key of numbered areas. */
#ifndef SG_DRAW_LEGEND_H
#define SG_DRAW_LEGEND_H

#include "draw/drawing.h"

enum { SG_LEGEND_MOST_COLUMNS = 4, SG_LEGEND_MOST_PANELS = 3 };

/* Where the legend's blocks lie. */
struct sg_legend {
    struct sg_rectangle rectangle;
    int column_count;
    double column_width;
    bool has_histogram;
    int key_column;
    double key_top;    /* where the key begins */
    double key_bottom; /* and where it must end */
    struct sg_rectangle
        rooms[SG_LEGEND_MOST_COLUMNS]; /* that are left for the key, filled one after another */
    int room_count;
    struct sg_rectangle panels[SG_LEGEND_MOST_PANELS]; /* corners of the frame that the key takes as well */
    bool is_cleared[SG_LEGEND_MOST_PANELS];            /* a plain ground was put under the panel */
    int panel_count;
    struct sg_rectangle key_heading; /* the room or panel that begins with it */
};

/* How wide a column beside the map must be for the rows to stand on one line, within the theme's limits; up
   to the given width where many areas will want a place in the key. */
double sg_legend_width(struct sg_drawing *drawing, double height, double most);

/* Lays the blocks out in a rectangle: one column beside the map, or several below it. Optional blocks
   (histogram) go when there is no room. Returns how much height is needed (which may be more than there is).
 */
double sg_legend_plan(struct sg_drawing *drawing, const struct sg_rectangle *rectangle, int column_count,
                      struct sg_legend *ret_legend);

/* Draws everything, the key as the labels filled it. */
void sg_legend_draw(struct sg_drawing *drawing, const struct sg_legend *legend);

#endif
