/* Names on areas. */
#ifndef SG_DRAW_LABEL_H
#define SG_DRAW_LABEL_H

#include "draw/legend.h"

/* Writes each area's name inside it where it fits (wrapped, shrunk a little), else a number explained in the
   legend's key while there is room, else nothing; the report counts all three. By rank, then size. */
enum sg_status sg_draw_labels(struct sg_drawing *drawing, struct sg_legend *legend);

#endif
