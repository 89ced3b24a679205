/* Names on areas. */
#ifndef SG_DRAW_LABEL_H
#define SG_DRAW_LABEL_H

#include "draw/legend_key.h"

/* Writes each area's name: inside it where it fits (wrapped, shrunk a little, then abbreviated), else beside
   the map with a leader, else as a number that the key explains, as many as the key has room for. Places are
   chosen by rank, then size; the report counts what became of all of them. */
enum sg_status sg_draw_labels(struct sg_drawing *drawing, struct sg_legend *legend);

/* Places the labels and the key for a try, and leaves nothing behind. SG_NO_MEMORY. */
enum sg_status sg_labels_rehearse(struct sg_drawing *drawing, const struct sg_legend *legend,
                                  struct sg_key_need *ret_need);

#endif
