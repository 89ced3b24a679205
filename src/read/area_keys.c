#include "read/area_keys.h"

#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
#include "read/area_forms.h"
#include "read/text_table.h"

/* Spellings and the area each means; SEVERAL when more than one has it. */
struct spelling_index {
    struct sg_name_index *names;
    uint32_t *areas;
    size_t capacity;
};

#define SEVERAL UINT32_MAX
#define IGNORED (UINT32_MAX - 1)

struct sg_area_keys {
    const struct sg_area_layer *layer;
    struct spelling_index ids, numbers, id_names; /* id_names: ids that are words, folded as names are */
    struct spelling_index whole, names, name_numbers, letters;
    struct spelling_index aliases;
    bool cross;             /* the name of an area is the id of another */
    const char **spellings; /* names and ids, for the nearest */
    size_t spelling_count;
};

static bool index_init(struct spelling_index *index) {
    index->names = sg_name_index_new();
    return index->names != NULL;
}

static void index_release(struct spelling_index *index) {
    sg_name_index_free(index->names);
    sg_free(index->areas);
}

/* text may be NULL: no spelling of that kind. */
static bool index_add(struct spelling_index *index, const char *text, uint32_t area) {
    if (text == NULL || text[0] == '\0')
        return true;
    bool is_new;
    size_t place = sg_name_index_add(index->names, text, strlen(text), &is_new);
    if (place == SG_NO_INDEX || !sg_reserve(&index->areas, &index->capacity, place + 1, sizeof *index->areas))
        return false;
    if (is_new)
        index->areas[place] = area;
    else if (index->areas[place] != area)
        index->areas[place] = SEVERAL;
    return true;
}

static bool index_find(const struct spelling_index *index, const char *text, uint32_t *ret_area) {
    size_t place = text == NULL ? SG_NO_INDEX : sg_name_index_find(index->names, text, strlen(text));
    if (place == SG_NO_INDEX || index->areas[place] == SEVERAL)
        return false;
    *ret_area = index->areas[place];
    return true;
}

static bool is_several(const struct spelling_index *index, const char *text) {
    size_t place = text == NULL ? SG_NO_INDEX : sg_name_index_find(index->names, text, strlen(text));
    return place != SG_NO_INDEX && index->areas[place] == SEVERAL;
}

/* ---- finding ---- */

/* "Wychwood (94)" where only the number is an area's: does nothing of the name speak against it? */
static bool has_no_other_name(const struct sg_area_keys *keys, const struct sg_area_forms *forms,
                              uint32_t area) {
    uint32_t by_letters;
    return keys->layer->name_field == NULL
           || (index_find(&keys->letters, forms->letters, &by_letters) && by_letters == area);
}

/* A name and the number beside it. *ret_disagree: they are of two areas. */
static enum sg_key_match find_pair(const struct sg_area_keys *keys, const struct sg_area_forms *forms,
                                   enum sg_key_sense sense, bool in_front, uint32_t *ret_area,
                                   bool *ret_disagree) {
    const char *name = in_front ? forms->behind : forms->name,
               *number = in_front ? forms->front : forms->bracket;
    bool is_sure = !in_front || forms->has_mark; /* "5 Corners" need not be the area 5 */
    uint32_t by_name = 0, by_number = 0;
    bool has_name = index_find(&keys->names, name, &by_name)
                    || (sense == SG_KEYS_EITHER && index_find(&keys->id_names, name, &by_name));
    bool has_number = keys->layer->id_field != NULL && index_find(&keys->numbers, number, &by_number);
    *ret_disagree = has_name && has_number && by_name != by_number;
    if (*ret_disagree || (!has_name && !has_number) || (!is_sure && !(has_name && has_number)))
        return SG_KEY_NONE;
    *ret_area = has_name ? by_name : by_number;
    return has_name || has_no_other_name(keys, forms, by_number) ? SG_KEY_SAME : SG_KEY_LETTERS;
}

static enum sg_key_match find_name(const struct sg_area_keys *keys, const struct sg_area_forms *forms,
                                   enum sg_key_sense sense, uint32_t *ret_area) {
    if (index_find(&keys->whole, forms->whole, ret_area))
        return SG_KEY_SAME;
    enum sg_key_match match = SG_KEY_NONE;
    bool disagree = false; /* "Wychwood (93)": which is it? */
    for (int in_front = 0; match == SG_KEY_NONE && !disagree && in_front < 2; in_front++)
        match = find_pair(keys, forms, sense, in_front == 1, ret_area, &disagree);
    if (match != SG_KEY_NONE || disagree)
        return match;
    if (index_find(&keys->name_numbers, forms->number, ret_area))
        return SG_KEY_SAME;
    return index_find(&keys->letters, forms->letters, ret_area) ? SG_KEY_LETTERS : SG_KEY_NONE;
}

static bool find_id(const struct sg_area_keys *keys, const struct sg_area_forms *forms, uint32_t *ret_area) {
    return index_find(&keys->ids, forms->plain, ret_area)
           || index_find(&keys->numbers, forms->number, ret_area);
}

/* By what the areas say themselves. */
static enum sg_key_match find_own(const struct sg_area_keys *keys, enum sg_key_sense sense,
                                  const struct sg_area_forms *forms, uint32_t *ret_area) {
    if (sense != SG_KEYS_NAMES && find_id(keys, forms, ret_area))
        return SG_KEY_SAME;
    if (sense == SG_KEYS_IDS)
        return index_find(&keys->id_names, forms->whole, ret_area) ? SG_KEY_SAME : SG_KEY_NONE;
    return find_name(keys, forms, sense, ret_area);
}

static enum sg_key_match find(const struct sg_area_keys *keys, enum sg_key_sense sense, const char *text,
                              bool by_alias, uint32_t *ret_area) {
    struct sg_area_forms forms;
    enum sg_key_match match = sg_area_forms_make(text, &forms) ? SG_KEY_NONE : SG_KEY_NO_MEMORY;
    char *folded = match == SG_KEY_NO_MEMORY || !by_alias ? NULL : sg_text_fold(forms.plain);
    if (match == SG_KEY_NO_MEMORY || (by_alias && folded == NULL))
        match = SG_KEY_NO_MEMORY;
    else if (by_alias && index_find(&keys->aliases, folded, ret_area))
        match = *ret_area == IGNORED ? SG_KEY_IGNORED : SG_KEY_ALIAS;
    else
        match = find_own(keys, sense, &forms, ret_area);
    sg_free(folded);
    sg_area_forms_release(&forms);
    return match;
}

enum sg_key_match sg_area_keys_find(const struct sg_area_keys *keys, enum sg_key_sense sense,
                                    const char *text, uint32_t *ret_area) {
    return find(keys, sense, text, true, ret_area);
}

bool sg_area_keys_is_shared(const struct sg_area_keys *keys, const char *text) {
    struct sg_area_forms forms;
    bool is_shared = sg_area_forms_make(text, &forms)
                     && (is_several(&keys->whole, forms.whole) || is_several(&keys->names, forms.name));
    sg_area_forms_release(&forms);
    return is_shared;
}

/* ---- ids or names ---- */

/* -1: out of memory. */
static int is_field(const char *heading, const char *field) {
    return heading == NULL || field == NULL ? 0 : sg_text_says_same(heading, field);
}

bool sg_area_keys_sense(const struct sg_area_keys *keys, const char *heading,
                        const char *(*at)(const void *user, size_t line), const void *user, size_t count,
                        enum sg_key_sense *ret_sense) {
    *ret_sense = SG_KEYS_EITHER;
    if (!keys->cross)
        return true;
    int is_id = is_field(heading, keys->layer->id_field),
        is_name = is_field(heading, keys->layer->name_field);
    if (is_id < 0 || is_name < 0)
        return false;
    size_t found[3] = {0};
    for (size_t line = 0; is_id == is_name && line < count; line++) {
        for (enum sg_key_sense sense = SG_KEYS_IDS; sense <= SG_KEYS_NAMES; sense++) {
            uint32_t area;
            enum sg_key_match match = find(keys, sense, at(user, line), true, &area);
            if (match == SG_KEY_NO_MEMORY)
                return false;
            found[sense] += match == SG_KEY_SAME || match == SG_KEY_LETTERS;
        }
    }
    bool ids_first = keys->layer->id_field != NULL;
    bool is_ids = is_id != is_name ? is_id == 1
                                   : found[SG_KEYS_IDS] > found[SG_KEYS_NAMES]
                                         || (ids_first && found[SG_KEYS_IDS] == found[SG_KEYS_NAMES]);
    *ret_sense = is_ids ? SG_KEYS_IDS : SG_KEYS_NAMES;
    return true;
}

/* ---- aliases ---- */

static enum sg_status fail_alias(struct sg_context *context, const struct sg_area_keys *keys,
                                 const struct sg_text_table *table, size_t row, const char *to,
                                 bool is_turned) {
    const char *nearest = sg_area_keys_nearest(keys, to);
    struct sg_text hint;
    sg_text_init(&hint);
    if (is_turned)
        sg_text_append(&hint,
                       "the columns are the other way round: from is the table's spelling, to the area's");
    else if (nearest != NULL)
        sg_text_append_format(&hint, "did you mean '%s'?", nearest);
    else
        sg_text_append(&hint, "the second column is an area's id or name");
    enum sg_status status =
        sg_fail(context, SG_BAD_INPUT, sg_text_bytes(&hint), "%s, row %zu: there is no area '%.100s'",
                table->path, table->numbers[row], to);
    sg_text_release(&hint);
    return status;
}

/* The row that said before what this one says otherwise. */
static enum sg_status fail_contradiction(struct sg_context *context, const struct sg_text_table *table,
                                         size_t row) {
    const char *from = sg_text_table_cell(table, row, 0);
    char *folded = sg_text_fold(from);
    size_t before = 1;
    for (; folded != NULL && before < row; before++) {
        char *other = sg_text_fold(sg_text_table_cell(table, before, 0));
        bool is_same = other != NULL && strcmp(sg_text_trim(other), sg_text_trim(folded)) == 0;
        sg_free(other);
        if (is_same)
            break;
    }
    sg_free(folded);
    return sg_fail(context, SG_BAD_INPUT, "leave one of the two",
                   "%s: '%.80s' is '%.80s' in row %zu, and '%.80s' is '%.80s' in row %zu", table->path,
                   sg_text_table_cell(table, before, 0), sg_text_table_cell(table, before, 1),
                   table->numbers[before], from, sg_text_table_cell(table, row, 1), table->numbers[row]);
}

static enum sg_status add_alias(struct sg_context *context, struct sg_area_keys *keys,
                                const struct sg_text_table *table, size_t row) {
    const char *from = sg_text_table_cell(table, row, 0), *to = sg_text_table_cell(table, row, 1);
    if (from[strspn(from, " ")] == '\0' && to[strspn(to, " ")] == '\0')
        return SG_OK;
    uint32_t area = IGNORED, other;
    bool is_ignored = to[strspn(to, " ")] == '\0';
    /* the area's own spellings go before other aliases, which may swap two of them; names before the numbers
       of features */
    enum sg_key_match match = is_ignored ? SG_KEY_IGNORED : SG_KEY_NONE;
    if (match == SG_KEY_NONE && keys->cross && keys->layer->id_field == NULL)
        match = find(keys, SG_KEYS_NAMES, to, false, &area);
    if (match == SG_KEY_NONE)
        match = find(keys, SG_KEYS_EITHER, to, false, &area);
    if (match == SG_KEY_NONE)
        match = find(keys, SG_KEYS_EITHER, to, true, &area);
    if (match == SG_KEY_NONE)
        return fail_alias(context, keys, table, row, to,
                          sg_area_keys_find(keys, SG_KEYS_EITHER, from, &other) == SG_KEY_SAME);
    char *folded = match == SG_KEY_NO_MEMORY ? NULL : sg_text_fold(from);
    bool done = folded != NULL && index_add(&keys->aliases, sg_text_trim(folded), area);
    bool is_contradiction = done && !index_find(&keys->aliases, folded, &other);
    sg_free(folded);
    if (is_contradiction)
        return fail_contradiction(context, table, row);
    return done ? SG_OK : sg_fail_memory(context);
}

static enum sg_status read_aliases(struct sg_context *context, const char *path, const char *encoding,
                                   struct sg_area_keys *keys) {
    struct sg_text_table table;
    struct sg_source source = {.path = path, .encoding = encoding};
    enum sg_status status = sg_text_table_read(context, &source, &table);
    if (status != SG_OK)
        return status;
    if (table.column_count < 2)
        status = sg_fail(context, SG_BAD_INPUT, "two columns, from and to: the table's spelling, the area's",
                         "%s: %zu column", path, table.column_count);
    for (size_t row = 1; status == SG_OK && row < table.row_count; row++)
        status = add_alias(context, keys, &table, row);
    sg_text_table_release(&table);
    return status;
}

/* ---- the index ---- */

static bool add_area(struct sg_area_keys *keys, uint32_t area) {
    const struct sg_area *from = &keys->layer->areas[area];
    struct sg_area_forms id, name;
    bool has_id = sg_area_forms_make(from->id, &id), has_name = sg_area_forms_make(from->name, &name);
    bool done = has_id && has_name && index_add(&keys->ids, id.plain, area)
                && index_add(&keys->numbers, id.number, area)
                && (id.number != NULL || index_add(&keys->id_names, id.name, area))
                && index_add(&keys->whole, name.whole, area) && index_add(&keys->names, name.name, area)
                && (!name.has_mark || index_add(&keys->names, name.behind, area))
                && index_add(&keys->name_numbers, name.number, area)
                && index_add(&keys->letters, name.letters, area);
    sg_area_forms_release(&id);
    sg_area_forms_release(&name);
    keys->spellings[keys->spelling_count++] = from->name;
    if (strcmp(from->name, from->id) != 0)
        keys->spellings[keys->spelling_count++] = from->id;
    return done;
}

/* Is the area's name the id of another one? -1: out of memory. */
static int crosses(const struct sg_area_keys *keys, uint32_t area) {
    struct sg_area_forms name;
    uint32_t other = area;
    int answer = -1;
    if (sg_area_forms_make(keys->layer->areas[area].name, &name))
        answer = (find_id(keys, &name, &other) || index_find(&keys->id_names, name.whole, &other))
                 && other != area;
    sg_area_forms_release(&name);
    return answer;
}

enum sg_status sg_area_keys_new(struct sg_context *context, const struct sg_area_layer *layer,
                                const char *aliases, const char *encoding, struct sg_area_keys **ret_keys) {
    struct sg_area_keys *keys = sg_alloc(1, sizeof *keys);
    if (keys == NULL)
        return sg_fail_memory(context);
    keys->layer = layer;
    keys->spellings = sg_alloc(2 * layer->area_count, sizeof *keys->spellings);
    struct spelling_index *const all[] = {&keys->ids,   &keys->numbers,      &keys->id_names, &keys->whole,
                                          &keys->names, &keys->name_numbers, &keys->letters,  &keys->aliases};
    bool done = keys->spellings != NULL;
    for (size_t i = 0; done && i < sizeof all / sizeof *all; i++)
        done = index_init(all[i]);
    for (size_t a = 0; done && a < layer->area_count; a++)
        done = add_area(keys, (uint32_t)a);
    for (size_t a = 0; done && layer->name_field != NULL && !keys->cross && a < layer->area_count; a++) {
        int answer = crosses(keys, (uint32_t)a);
        done = answer >= 0;
        keys->cross = answer == 1;
    }
    enum sg_status status = done ? SG_OK : sg_fail_memory(context);
    if (status == SG_OK && aliases != NULL)
        status = read_aliases(context, aliases, encoding, keys);
    if (status != SG_OK) {
        sg_area_keys_free(keys);
        return status;
    }
    *ret_keys = keys;
    return SG_OK;
}

void sg_area_keys_free(struct sg_area_keys *keys) {
    if (keys == NULL)
        return;
    struct spelling_index *const all[] = {&keys->ids,   &keys->numbers,      &keys->id_names, &keys->whole,
                                          &keys->names, &keys->name_numbers, &keys->letters,  &keys->aliases};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        index_release(all[i]);
    sg_free(keys->spellings);
    sg_free(keys);
}

const char *sg_area_keys_nearest(const struct sg_area_keys *keys, const char *text) {
    return sg_nearest_name(text, keys->spellings, keys->spelling_count);
}
