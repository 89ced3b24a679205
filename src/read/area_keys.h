/* Which area a table means: by id or name, as tables spell them. */
#ifndef SG_READ_AREA_KEYS_H
#define SG_READ_AREA_KEYS_H

#include "core/context.h"
#include "model/area.h"

struct sg_area_keys;

enum sg_key_match {
    SG_KEY_NONE,
    SG_KEY_SAME,  /* its id or name; ids as numbers ("094" is 94, "5350001.00" is 5350001), names in any case,
                     "Wychwood (94)" and "94 - Wychwood" by both */
    SG_KEY_ALIAS, /* as the aliases say */
    SG_KEY_IGNORED, /* an alias says that it is no area */
    SG_KEY_LETTERS, /* only marks and spaces differ: "St.James Town" and "St. James Town"; or only the number
                       in brackets, or before a mark, is the area's: to be told */
    SG_KEY_NO_MEMORY
};

/* What keys are, where the name of one area is the id of another: a column is the one or the other as a
 * whole. */
enum sg_key_sense { SG_KEYS_EITHER, SG_KEYS_IDS, SG_KEYS_NAMES };

/* An index over the areas, which it borrows. aliases: a table of two columns, from (a table's spelling) and
   to (an area's id or name; empty where it is none and nobody need be told); NULL: none. An alias to a name
   that no area has is an error with the nearest. Free with sg_area_keys_free(). */
enum sg_status sg_area_keys_new(struct sg_context *context, const struct sg_area_layer *layer,
                                const char *aliases, const char *encoding, struct sg_area_keys **ret_keys);
void sg_area_keys_free(struct sg_area_keys *keys);

/* What the keys of a column (or row) are: where ids and names cross, what its heading says if it is the
   areas' own field (NULL: none), else as what most of them are found; ids before names if alike, but not the
   numbers of features, which nobody writes into tables. at(user, line) is the key of each of count lines.
   False when out of memory. */
bool sg_area_keys_sense(const struct sg_area_keys *keys, const char *heading,
                        const char *(*at)(const void *user, size_t line), const void *user, size_t count,
                        enum sg_key_sense *ret_sense);

/* The area that the text means. A spelling that fits several areas alike means none. */
enum sg_key_match sg_area_keys_find(const struct sg_area_keys *keys, enum sg_key_sense sense,
                                    const char *text, uint32_t *ret_area);

/* Is the text found at none because several areas are called that? False also when out of memory. */
bool sg_area_keys_is_shared(const struct sg_area_keys *keys, const char *text);

/* The area whose name or id is spelt most like the text; NULL when none is near. Borrowed from the areas. */
const char *sg_area_keys_nearest(const struct sg_area_keys *keys, const char *text);

#endif
