#include "read/join_words.h"

#include "core/alloc.h"
#include "core/text.h"

enum { MOST_TOLD = 8 };

static char *list(const struct sg_spellings *spellings, const char *between) {
    struct sg_text text;
    sg_text_init(&text);
    for (size_t i = 0; i < spellings->count && i < MOST_TOLD; i++) {
        const struct sg_spelling *item = &spellings->items[i];
        sg_text_append_format(&text, "%s'%.80s'", i == 0 ? "" : ", ", item->text);
        if (item->is_shared)
            sg_text_append(&text, " (the name of several areas)");
        else if (item->other != NULL)
            sg_text_append_format(&text, " (%s '%.80s')", between, item->other);
    }
    if (spellings->count > MOST_TOLD)
        sg_text_append(&text, " ...");
    return sg_text_take(&text);
}

enum sg_status sg_join_fail_no_match(struct sg_context *context, const struct sg_join *join,
                                     const struct sg_area_layer *layer) {
    char *theirs = list(&join->strange, "nearest");
    enum sg_status status =
        theirs == NULL
            ? sg_fail_memory(context)
            : sg_fail(context, SG_BAD_INPUT,
                      "name the column or row with the areas' ids or names with --join-key",
                      "%s: nothing under '%.80s' is an area: %s; the areas are called '%.80s', ...",
                      join->path, join->key, theirs, layer->areas[0].name);
    sg_free(theirs);
    return status;
}

/* Where ids and names cross, which of them was read. */
static const char *as_what(const struct sg_area_layer *layer, enum sg_key_sense sense) {
    switch (sense) {
    case SG_KEYS_IDS:
        return layer->id_field != NULL ? ", as the areas' ids" : ", as the numbers of the features";
    case SG_KEYS_NAMES:
        return ", as the areas' names";
    case SG_KEYS_EITHER:
        break;
    }
    return "";
}

enum sg_status sg_join_tell(struct sg_context *context, const struct sg_join *join,
                            const struct sg_area_layer *layer, enum sg_key_sense sense) {
    const char *line = join->is_transposed ? "column" : "row";
    char *respelt = list(&join->respelt, "is"), *strange = list(&join->strange, "nearest"),
         *without = list(&join->without, "nearest");
    bool done = respelt != NULL && strange != NULL && without != NULL;
    if (done)
        sg_note(context, "%s: %zu of %zu areas, by '%s'%s%s, a %s for each; %zu %s", join->path,
                join->matched_count, layer->area_count, join->key,
                join->key_is_recognised ? " (recognised)" : "", as_what(layer, sense), line,
                join->field_count, sg_plural(join->field_count, "field", "fields"));
    if (done && join->respelt.count > 0)
        sg_note(context, "%s: %zu %s spelt otherwise and %s taken as: %s", join->path, join->respelt.count,
                sg_plural(join->respelt.count, "name is", "names are"),
                sg_plural(join->respelt.count, "was", "were"), respelt);
    if (done && join->strange.count > 0)
        sg_warn(context,
                join->shared_count == join->strange.count
                    ? "join by the areas' ids: name a column (or row) of them with --join-key, and their "
                      "field with "
                      "--area-id"
                    : "say which areas they are in a table of two columns, from and to (empty where it is "
                      "none), and "
                      "name it with --aliases",
                "%s: %zu of its %zu %ss %s no area: %s", join->path, join->strange.count, join->key_count,
                line, sg_plural(join->strange.count, "matches", "match"), strange);
    if (done && join->without.count > 0)
        sg_warn(context, "their joined values are missing", "%s: %zu %s no %s in it: %s", join->path,
                join->without.count, sg_plural(join->without.count, "area has", "areas have"), line, without);
    sg_free(respelt);
    sg_free(strange);
    sg_free(without);
    return done ? SG_OK : sg_fail_memory(context);
}
