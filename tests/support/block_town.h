/* A town of bent blocks with values, for maps. */
#ifndef SG_TESTS_SUPPORT_BLOCK_TOWN_H
#define SG_TESTS_SUPPORT_BLOCK_TOWN_H

#include "draw/map.h"

enum { BLOCK_TOWN_MOST = 200 };

struct block_town {
    struct sg_shape shapes[BLOCK_TOWN_MOST];
    struct sg_map_area areas[BLOCK_TOWN_MOST];
    char names[BLOCK_TOWN_MOST][64];
    double values[BLOCK_TOWN_MOST], second[BLOCK_TOWN_MOST]; /* whole numbers from 0 to 100 */
    size_t count;
    struct sg_crs *crs;
    struct sg_map map; /* has areas, title, subtitle, legend words and source */
};

/* across x down blocks of a kilometre; values are in the areas. Free with block_town_free(). */
struct block_town *block_town_new(struct sg_context *context, size_t across, size_t down);
void block_town_free(struct block_town *town);

#endif
