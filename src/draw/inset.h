/* An enlarged part of the map, where its areas are too small to be seen. */
#ifndef SG_DRAW_INSET_H
#define SG_DRAW_INSET_H

#include "draw/drawing.h"

/* Draws the part where most of the small areas lie once more, enlarged, in a free corner of the frame, and
   its outline on the map, in which then nothing else is placed: its areas are named in the inset. Nothing
   when few areas are small, when they are everywhere, or when no corner has room. draw_map draws the map
   itself. */
enum sg_status sg_draw_inset(struct sg_drawing *drawing,
                             enum sg_status (*draw_map)(struct sg_drawing *drawing));

#endif
