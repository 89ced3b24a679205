/* Which areas are next to which. */
#ifndef SG_MODEL_NEIGHBOURS_H
#define SG_MODEL_NEIGHBOURS_H

#include <stddef.h>
#include <stdint.h>

/* The neighbours of area a are ids[starts[a]] up to, not including, ids[starts[a + 1]], ascending; who is
   someone's neighbour has them as one. An area without any is an island. */
struct sg_neighbours {
    size_t area_count;
    size_t *starts; /* area_count + 1 */
    uint32_t *ids;
};

void sg_neighbours_release(struct sg_neighbours *neighbours);

#endif
