/* The key of numbered areas: in the room that the legend leaves, then in free corners of the map frame. */
#ifndef SG_DRAW_LEGEND_KEY_H
#define SG_DRAW_LEGEND_KEY_H

#include "draw/legend.h"

/* The width that so many columns of key need side by side. */
double sg_legend_key_width(const struct sg_drawing *drawing, int columns);

/* Notes the room that the legend has left. */
void sg_legend_key_plan(struct sg_drawing *drawing, struct sg_legend *legend);

/* Finds a row for every area, in the order of their numbers: in the theme's size for the key if that is
   possible, else smaller, and without values before without rows. *ret_keyed is how many of the areas have
   one, the first ones. SG_NO_MEMORY. */
enum sg_status sg_legend_key_lay_out(struct sg_drawing *drawing, struct sg_legend *legend,
                                     const uint32_t *areas, size_t count, size_t *ret_keyed);

/* What the key needs. */
struct sg_key_need {
    bool wants_panel; /* more rows than the legend has room for in the theme's size: a corner of the frame */
    size_t numbered;  /* areas that want a row */
    size_t unlisted;  /* rows for which there is no room in any size, with panels too */
    size_t unnamed;   /* areas with neither name nor number */
};

/* Tries the key and leaves nothing behind. SG_NO_MEMORY. */
enum sg_status sg_legend_key_rehearse(struct sg_drawing *drawing, const struct sg_legend *legend,
                                      const uint32_t *areas, size_t count, struct sg_key_need *ret_need);

void sg_legend_key_draw(struct sg_drawing *drawing, const struct sg_legend *legend);

#endif
