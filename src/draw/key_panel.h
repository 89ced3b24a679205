/* Free corners of the map frame for a part of the key. */
#ifndef SG_DRAW_KEY_PANEL_H
#define SG_DRAW_KEY_PANEL_H

#include "draw/drawing.h"

struct sg_key_panel {
    struct sg_rectangle rectangle; /* flush with the frame's side */
    struct sg_rectangle inside;    /* where the rows stand */
    int columns;
};

/* The corner rectangle with room for so many lines in columns of this width: the smallest that has it, else
   the one that has room for most; where something stands in the corner, beside that, and above another panel,
   unless it is to be in_corner. It covers no area and nothing that is placed already. False when no corner
   has room for a few. */
bool sg_find_key_panel(const struct sg_drawing *drawing, size_t lines, double column_width,
                       double line_height, bool in_corner, struct sg_key_panel *ret_panel);

#endif
