/* Which area lies at a place on the page. */
#ifndef SG_DRAW_AREA_FINDER_H
#define SG_DRAW_AREA_FINDER_H

#include "draw/label_room.h"

/* Begin with zeroes; release with sg_area_finder_release(), also after a failure. */
struct sg_area_finder {
    struct sg_box *boxes; /* of the areas; empty for one that is not drawn */
    double top_pt, bands_per_pt;
    uint32_t *band_starts;     /* of level bands of the page, in band_areas */
    uint32_t *band_areas;      /* the areas that reach into each, ascending */
    struct sg_label_room room; /* the area that was asked for last */
    uint32_t loaded;
};

/* The topology's points are on the page. False when out of memory. */
bool sg_area_finder_init(struct sg_area_finder *finder, const struct sg_topology *topology);
void sg_area_finder_release(struct sg_area_finder *finder);

/* The first area that holds the point, UINT32_MAX when there is none. False when out of memory. */
bool sg_area_at(struct sg_area_finder *finder, const struct sg_topology *topology, struct sg_point point,
                uint32_t *ret_area);

#endif
