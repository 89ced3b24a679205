/* Which area a table means: by id or name, as tables spell them. */
#ifndef SG_READ_AREA_KEYS_H
#define SG_READ_AREA_KEYS_H

#include "core/context.h"
#include "model/area.h"

struct sg_area_keys;

enum sg_key_match {
    SG_KEY_NONE,
    SG_KEY_SAME,  /* its id or name; ids as numbers ("094" is 94, "5350001.00" is 5350001), names in any case,
                     "Wychwood (94)" by both */
    SG_KEY_ALIAS, /* as the aliases say */
    SG_KEY_IGNORED, /* an alias says that it is no area */
    SG_KEY_LETTERS, /* only marks and spaces differ: "St.James Town" and "St. James Town"; or only the number
                       in brackets is the area's: to be told */
    SG_KEY_NO_MEMORY
};

/* An index over the areas, which it borrows. aliases: a table of two columns, from (a table's spelling) and
   to (an area's id or name; empty where it is none and nobody need be told); NULL: none. An alias to a name
   that no area has is an error with the nearest. Free with sg_area_keys_free(). */
enum sg_status sg_area_keys_new(struct sg_context *context, const struct sg_area_layer *layer,
                                const char *aliases, const char *encoding, struct sg_area_keys **ret_keys);
void sg_area_keys_free(struct sg_area_keys *keys);

/* The area that the text means. A spelling that fits several areas alike means none. */
enum sg_key_match sg_area_keys_find(const struct sg_area_keys *keys, const char *text, uint32_t *ret_area);

/* The area whose name or id is spelt most like the text; NULL when none is near. Borrowed from the areas. */
const char *sg_area_keys_nearest(const struct sg_area_keys *keys, const char *text);

#endif
