#include "read/area_keys.h"

#include <ctype.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
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
    struct spelling_index ids, numbers, whole, names, letters, aliases;
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

/* ---- spellings ---- */

/* All forms of one text. A form that it does not have is NULL. */
struct forms {
    char *plain;   /* trimmed */
    char *whole;   /* small letters, no accents, single spaces */
    char *name;    /* small letters, no accents, single spaces, without a number in brackets at the end */
    char *number;  /* an id of digits without zeros that say nothing */
    char *bracket; /* the same of a number in brackets at the end */
    char *letters; /* of the name: letters and digits only, parted by _ */
};

static void forms_release(struct forms *forms) {
    sg_free(forms->plain);
    sg_free(forms->whole);
    sg_free(forms->name);
    sg_free(forms->number);
    sg_free(forms->bracket);
    sg_free(forms->letters);
}

/* "094" to "94", "5350001.00" to "5350001": in place; false when it is no such number. */
static bool simplify_number(char *text) {
    size_t digits = 0, points = 0;
    for (const char *c = text; *c != '\0'; c++) {
        digits += isdigit((unsigned char)*c) != 0;
        points += *c == '.';
        if (!isdigit((unsigned char)*c) && *c != '.')
            return false;
    }
    if (digits == 0 || points > 1)
        return false;
    size_t zeros = strspn(text, "0");
    if (zeros > 0 && !isdigit((unsigned char)text[zeros]))
        zeros--; /* one stays before the point or the end */
    memmove(text, text + zeros, strlen(text) - zeros + 1);
    if (points == 1) {
        size_t length = strlen(text);
        while (text[length - 1] == '0')
            text[--length] = '\0';
        if (text[length - 1] == '.')
            text[--length] = '\0';
    }
    return text[0] != '\0';
}

static void collapse_spaces(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from == ' ' && to > text && to[-1] == ' ')
            continue;
        *to++ = *from;
    }
    *to = '\0';
}

/* Cuts " (94)" off a name; *ret_bracket is its start, or NULL. */
static void cut_bracket(char *name, const char **ret_number) {
    *ret_number = NULL;
    size_t length = strlen(name);
    char *open = strrchr(name, '(');
    if (open == NULL || open == name || name[length - 1] != ')')
        return;
    size_t digits = strspn(open + 1, "0123456789");
    if (digits == 0 || open[1 + digits] != ')' || open + digits + 2 != name + length)
        return;
    open[1 + digits] = '\0';
    *open = '\0';
    *ret_number = open + 1;
    sg_text_trim(name);
}

static bool has_only_ascii(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text >= 0x80)
            return false;
    }
    return true;
}

static bool forms_make(const char *text, struct forms *forms) {
    *forms = (struct forms){.plain = sg_strdup(text)};
    if (forms->plain == NULL)
        return false;
    sg_text_trim(forms->plain);
    forms->number = sg_strdup(forms->plain);
    forms->whole = sg_text_fold(forms->plain);
    if (forms->whole != NULL)
        collapse_spaces(forms->whole);
    forms->name = forms->whole == NULL ? NULL : sg_strdup(forms->whole);
    if (forms->number == NULL || forms->name == NULL)
        return false;
    if (!simplify_number(forms->number)) {
        sg_free(forms->number);
        forms->number = NULL;
    }
    const char *bracket;
    cut_bracket(forms->name, &bracket);
    if (bracket != NULL) {
        forms->bracket = sg_strdup(bracket);
        if (forms->bracket == NULL)
            return false;
        simplify_number(forms->bracket);
    }
    if (!has_only_ascii(forms->name) || forms->number != NULL)
        return true; /* other scripts have no such letters, numbers are not names */
    forms->letters = sg_text_slug(forms->name);
    if (forms->letters == NULL)
        return false;
    if (strcmp(forms->letters, "_") == 0)
        forms->letters[0] = '\0';
    return true;
}

/* ---- finding ---- */

/* "Wychwood (94)" where only the number is an area's: does nothing of the name speak against it? */
static bool has_no_other_name(const struct sg_area_keys *keys, const struct forms *forms, uint32_t area) {
    uint32_t by_letters;
    return keys->layer->name_field == NULL
           || (index_find(&keys->letters, forms->letters, &by_letters) && by_letters == area);
}

static enum sg_key_match find_name(const struct sg_area_keys *keys, const struct forms *forms,
                                   uint32_t *ret_area) {
    if (index_find(&keys->whole, forms->whole, ret_area))
        return SG_KEY_SAME;
    uint32_t by_name, by_number;
    bool has_name = index_find(&keys->names, forms->name, &by_name);
    bool has_number = keys->layer->id_field != NULL && index_find(&keys->numbers, forms->bracket, &by_number);
    if (has_name && has_number && by_name != by_number)
        return SG_KEY_NONE; /* "Wychwood (93)": which is it? */
    if (has_name || has_number)
        *ret_area = has_name ? by_name : by_number;
    if (has_name)
        return SG_KEY_SAME;
    if (has_number)
        return has_no_other_name(keys, forms, by_number) ? SG_KEY_SAME : SG_KEY_LETTERS;
    return index_find(&keys->letters, forms->letters, ret_area) ? SG_KEY_LETTERS : SG_KEY_NONE;
}

static enum sg_key_match find(const struct sg_area_keys *keys, const char *text, bool by_alias,
                              uint32_t *ret_area) {
    struct forms forms;
    enum sg_key_match match = forms_make(text, &forms) ? SG_KEY_NONE : SG_KEY_NO_MEMORY;
    char *folded = match == SG_KEY_NO_MEMORY || !by_alias ? NULL : sg_text_fold(forms.plain);
    if (match == SG_KEY_NO_MEMORY || (by_alias && folded == NULL))
        match = SG_KEY_NO_MEMORY;
    else if (by_alias && index_find(&keys->aliases, folded, ret_area))
        match = *ret_area == IGNORED ? SG_KEY_IGNORED : SG_KEY_ALIAS;
    else if (index_find(&keys->ids, forms.plain, ret_area)
             || index_find(&keys->numbers, forms.number, ret_area))
        match = SG_KEY_SAME;
    else
        match = find_name(keys, &forms, ret_area);
    sg_free(folded);
    forms_release(&forms);
    return match;
}

enum sg_key_match sg_area_keys_find(const struct sg_area_keys *keys, const char *text, uint32_t *ret_area) {
    return find(keys, text, true, ret_area);
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
    /* the area's own spellings go before other aliases, which may swap two of them */
    enum sg_key_match match = is_ignored ? SG_KEY_IGNORED : find(keys, to, false, &area);
    if (match == SG_KEY_NONE)
        match = find(keys, to, true, &area);
    if (match == SG_KEY_NONE)
        return fail_alias(context, keys, table, row, to,
                          sg_area_keys_find(keys, from, &other) == SG_KEY_SAME);
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
    struct forms id, name;
    bool has_id = forms_make(from->id, &id), has_name = forms_make(from->name, &name);
    bool done = has_id && has_name && index_add(&keys->ids, id.plain, area)
                && index_add(&keys->numbers, id.number, area) && index_add(&keys->whole, name.whole, area)
                && index_add(&keys->names, name.name, area)
                && (id.number != NULL || index_add(&keys->names, id.name, area))
                && index_add(&keys->letters, name.letters, area);
    forms_release(&id);
    forms_release(&name);
    keys->spellings[keys->spelling_count++] = from->name;
    if (strcmp(from->name, from->id) != 0)
        keys->spellings[keys->spelling_count++] = from->id;
    return done;
}

enum sg_status sg_area_keys_new(struct sg_context *context, const struct sg_area_layer *layer,
                                const char *aliases, const char *encoding, struct sg_area_keys **ret_keys) {
    struct sg_area_keys *keys = sg_alloc(1, sizeof *keys);
    if (keys == NULL)
        return sg_fail_memory(context);
    keys->layer = layer;
    keys->spellings = sg_alloc(2 * layer->area_count, sizeof *keys->spellings);
    bool done = keys->spellings != NULL && index_init(&keys->ids) && index_init(&keys->numbers)
                && index_init(&keys->whole) && index_init(&keys->names) && index_init(&keys->letters)
                && index_init(&keys->aliases);
    for (size_t a = 0; done && a < layer->area_count; a++)
        done = add_area(keys, (uint32_t)a);
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
    index_release(&keys->ids);
    index_release(&keys->numbers);
    index_release(&keys->whole);
    index_release(&keys->names);
    index_release(&keys->letters);
    index_release(&keys->aliases);
    sg_free(keys->spellings);
    sg_free(keys);
}

const char *sg_area_keys_nearest(const struct sg_area_keys *keys, const char *text) {
    return sg_nearest_name(text, keys->spellings, keys->spelling_count);
}
