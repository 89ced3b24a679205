/* Names on areas. */
#ifndef SG_DRAW_LABEL_H
#define SG_DRAW_LABEL_H

#include "draw/legend.h"

/* Writes each area's name: inside it where it fits (wrapped, shrunk a little, then abbreviated), else beside
   the map with a leader, else as a number that the key explains, as many as the key has room for. Places are
   chosen by rank, then size; the report counts what became of all of them. */
enum sg_status sg_draw_labels(struct sg_drawing *drawing, struct sg_legend *legend);

/* Are there more numbered areas than the legend has room for? Then the key will want a corner of the frame.
   Places the labels for a try; leaves nothing behind. SG_NO_MEMORY. */
enum sg_status sg_labels_want_panel(struct sg_drawing *drawing, const struct sg_legend *legend,
                                    bool *ret_wanted);

#endif
