/* Which area is a point in? A grid over the areas, decided with the exact half-open rule. */
#ifndef SG_MEASURE_LOCATE_H
#define SG_MEASURE_LOCATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/context.h"
#include "model/geometry.h"

/* In no area. */
#define SG_NOWHERE UINT32_MAX

/* A point in more areas than this counts in the first so many (areas stacked this deep are a fault). */
enum { SG_MOST_STACKED_AREAS = 64 };

struct sg_locator;

/* An index over shapes (borrowed only during the call), all in one CRS. Points are decided in that CRS,
   where edges are straight: in a valid partition every point lies in exactly one shape, also on shared
   borders and vertices, exactly as sg_shape_holds() says. point_count is about how many points will be asked
   for (SIZE_MAX: very many): it changes the time of index and answers, never an answer. Free with
   sg_locator_free(). */
enum sg_status sg_locator_new(struct sg_context *context, const struct sg_shape *const *shapes,
                              size_t shape_count, size_t point_count, struct sg_locator **ret_locator);
void sg_locator_free(struct sg_locator *locator);

/* The first shape that holds the point, by position; SG_NOWHERE for none (and for NaN or infinity). */
uint32_t sg_locate(const struct sg_locator *locator, struct sg_point point);

/* All shapes that hold the point, ascending, at most SG_MOST_STACKED_AREAS. Returns how many. */
size_t sg_locate_all(const struct sg_locator *locator, struct sg_point point,
                     uint32_t ret_shapes[static SG_MOST_STACKED_AREAS]);

/* Points come in any order and what is known of their places from anywhere in memory: so many are looked up
   at once. */
enum { SG_LOCATE_BLOCK = 32 };

struct sg_place {
    uint32_t shape;  /* the first that holds the point, or SG_NOWHERE */
    bool is_stacked; /* others hold it too */
};

/* Where each of at most SG_LOCATE_BLOCK points is, in the CRS of the shapes. ret_places has room for count.
 */
void sg_locate_block(const struct sg_locator *locator, const struct sg_point *points, size_t count,
                     struct sg_place *ret_places);

#endif
