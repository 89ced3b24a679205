/* A town of blocks with all that any kind of map needs. */
#ifndef SG_TESTS_SUPPORT_KIND_TOWN_H
#define SG_TESTS_SUPPORT_KIND_TOWN_H

#include "support/block_town.h"

enum { KIND_TOWN_PANELS = 7 };

struct kind_town {
    struct sg_context *context;
    struct block_town *town;
    struct sg_classification first, second, change, together;
    double changes[BLOCK_TOWN_MOST_AREAS]; /* values less the second ones */
    struct sg_map_panel panels[KIND_TOWN_PANELS];
    uint32_t north[BLOCK_TOWN_MOST_AREAS], east[BLOCK_TOWN_MOST_AREAS], both[1];
    struct sg_map_region
        regions[3]; /* North: the upper half; East: the last three columns; Corner: the last block */
};

/* Free with kind_town_free(). */
struct kind_town *kind_town_new(size_t across, size_t down);
void kind_town_free(struct kind_town *setting);

void kind_town_classify(struct kind_town *setting, const double *values, size_t count, size_t classes,
                        struct sg_classification *ret_classes);

/* Turns the town's map into one of the kind. */
void kind_town_use(struct kind_town *setting, enum sg_map_kind kind);

#endif
