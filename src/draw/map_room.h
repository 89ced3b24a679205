/* How the map shares its frame with the scale bar and the key of numbered areas. */
#ifndef SG_DRAW_MAP_ROOM_H
#define SG_DRAW_MAP_ROOM_H

#include "draw/legend.h"

/* Moves the placed map up where it must not fill its frame: for the scale bar, when it has no corner, or to
   have all the free room in one place, at the foot, when the key wants some of it. Where the key then lacks a
   few rows, the map is made a little smaller, if that gives every numbered area its row. Then places the
   sites' symbols and the circles and notes their boxes. SG_NO_MEMORY; SG_DRAWING from Cairo. */
enum sg_status sg_make_room(struct sg_drawing *drawing, const struct sg_legend *legend);

#endif
