#include "read/type_texts.h"

#include <string.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "core/name_index.h"
#include "core/text.h"

enum { MOST_TYPES = 2000, MOST_UNKNOWN_KEPT = 20000 };

struct known_list {
    uint16_t *types;
    size_t type_count, type_capacity;
    uint32_t first_unknown, unknown_count; /* in unknown_of_list */
};

/* Files have a handful of types, in short texts: their last texts are found again by four words. */
enum { RECENT_TEXTS = 64, RECENT_BYTES = 32, RECENT_WORDS = 4 };

struct recent_text {
    uint64_t words[RECENT_WORDS];
    uint32_t length; /* 0: none */
    uint32_t position;
    struct sg_type_list list;
    bool has_unknown;
};

struct sg_type_texts {
    struct sg_context *context;
    struct recent_text recent[RECENT_TEXTS], long_text; /* the last one that is too long for them */
    struct sg_taxonomy *taxonomy;
    char *separators;
    struct sg_name_index *texts; /* whole field texts seen */
    struct known_list *lists;    /* by text */
    size_t list_count, list_capacity;
    struct sg_name_index *unknown;
    uint64_t *unknown_counts;
    size_t unknown_capacity;
    uint32_t *unknown_of_list;
    size_t unknown_of_list_count, unknown_of_list_capacity;
};

enum sg_status sg_type_texts_new(struct sg_context *context, struct sg_taxonomy *taxonomy,
                                 const char *separators, struct sg_type_texts **ret_texts) {
    struct sg_type_texts *texts = sg_alloc(1, sizeof *texts);
    if (texts == NULL)
        return sg_fail_memory(context);
    texts->context = context;
    texts->taxonomy = taxonomy;
    texts->separators = sg_strdup(separators);
    texts->texts = sg_name_index_new();
    texts->unknown = sg_name_index_new();
    if (texts->separators == NULL || texts->texts == NULL || texts->unknown == NULL) {
        sg_type_texts_free(texts);
        return sg_fail_memory(context);
    }
    *ret_texts = texts;
    return SG_OK;
}

void sg_type_texts_free(struct sg_type_texts *texts) {
    if (texts == NULL)
        return;
    for (size_t i = 0; i < texts->list_count; i++)
        sg_free(texts->lists[i].types);
    sg_free(texts->separators);
    sg_name_index_free(texts->texts);
    sg_name_index_free(texts->unknown);
    sg_free(texts->lists);
    sg_free(texts->unknown_counts);
    sg_free(texts->unknown_of_list);
    sg_free(texts);
}

static enum sg_status add_type(struct sg_type_texts *texts, struct known_list *known, size_t type) {
    for (size_t i = 0; i < known->type_count; i++) {
        if (known->types[i] == type)
            return SG_OK;
    }
    if (!sg_reserve(&known->types, &known->type_capacity, known->type_count + 1, sizeof *known->types))
        return sg_fail_memory(texts->context);
    known->types[known->type_count++] = (uint16_t)type;
    return SG_OK;
}

static enum sg_status new_type(struct sg_type_texts *texts, const char *label, size_t *ret_type) {
    if (texts->taxonomy->type_count >= MOST_TYPES)
        return sg_fail(
            texts->context, SG_BAD_INPUT,
            "name the field that holds the type with --type, or map the texts with a taxonomy and rules",
            "more than %d different types (last: '%.60s')", MOST_TYPES, label);
    if (strlen(label) > SG_LONGEST_NAME)
        return sg_fail(texts->context, SG_BAD_INPUT, "name the field that holds the type with --type",
                       "a type of %zu bytes (\"%.40s...\"); the limit is %d", strlen(label), label,
                       SG_LONGEST_NAME);
    *ret_type = sg_taxonomy_add(texts->taxonomy, label);
    return *ret_type == SG_NO_INDEX ? sg_fail_memory(texts->context) : SG_OK;
}

/* Records without a type, where types are as found: the code is that of all others, the label their own,
   since "Other" may be a type of the file. A text that says just this is one of them, whichever comes first.
 */
static const char untyped_en[] = "No type given", untyped_fr[] = "Type non précisé";

static bool says_untyped(const char *folded) {
    return strcmp(folded, "no type given") == 0 || strcmp(folded, "type non precise") == 0;
}

static enum sg_status new_untyped(struct sg_type_texts *texts, size_t *ret_type) {
    enum sg_status status = new_type(texts, "Other", ret_type);
    char *label = status == SG_OK ? sg_strdup(untyped_en) : NULL;
    if (label == NULL)
        return status == SG_OK ? sg_fail_memory(texts->context) : status;
    struct sg_type *type = &texts->taxonomy->types[*ret_type];
    sg_free(type->label_en);
    type->label_en = label;
    type->label_fr = sg_strdup(untyped_fr);
    return type->label_fr == NULL ? sg_fail_memory(texts->context) : SG_OK;
}

static enum sg_status add_other(struct sg_type_texts *texts, struct known_list *known) {
    struct sg_taxonomy *taxonomy = texts->taxonomy;
    if (taxonomy->other_type == SG_NO_INDEX) {
        enum sg_status status = taxonomy->is_open ? new_untyped(texts, &taxonomy->other_type)
                                                  : new_type(texts, "Other", &taxonomy->other_type);
        if (status != SG_OK)
            return status;
    }
    return add_type(texts, known, taxonomy->other_type);
}

static enum sg_status note_unknown(struct sg_type_texts *texts, struct known_list *known, const char *part) {
    size_t length = strlen(part);
    size_t position = sg_name_index_find(texts->unknown, part, length);
    if (position == SG_NO_INDEX) {
        if (sg_name_index_count(texts->unknown) >= MOST_UNKNOWN_KEPT)
            return SG_OK;
        position = sg_name_index_add(texts->unknown, part, length, NULL);
        if (position == SG_NO_INDEX
            || !sg_reserve(&texts->unknown_counts, &texts->unknown_capacity, position + 1,
                           sizeof *texts->unknown_counts))
            return sg_fail_memory(texts->context);
        texts->unknown_counts[position] = 0;
    }
    if (!sg_reserve(&texts->unknown_of_list, &texts->unknown_of_list_capacity,
                    texts->unknown_of_list_count + 1, sizeof *texts->unknown_of_list))
        return sg_fail_memory(texts->context);
    texts->unknown_of_list[texts->unknown_of_list_count++] = (uint32_t)position;
    known->unknown_count++;
    return SG_OK;
}

/* One type text: part of a field. *matched counts the parts that stand for a type of the taxonomy. */
static enum sg_status add_part(struct sg_type_texts *texts, struct known_list *known, char *part,
                               size_t *matched, size_t *ignored) {
    sg_text_trim(part);
    if (part[0] == '\0')
        return SG_OK;
    char *folded = sg_text_fold(part);
    if (folded == NULL)
        return sg_fail_memory(texts->context);
    size_t type = sg_taxonomy_match(texts->taxonomy, folded);
    bool is_untyped = texts->taxonomy->is_open && says_untyped(folded);
    sg_free(folded);
    if (is_untyped) {
        (*matched)++;
        return add_other(texts, known);
    }
    if (type == SG_TYPE_IGNORED) {
        (*ignored)++;
        return SG_OK;
    }
    if (type == SG_NO_INDEX && !texts->taxonomy->is_open)
        return note_unknown(texts, known, part);
    enum sg_status status = SG_OK;
    if (type == SG_NO_INDEX)
        status = new_type(texts, part, &type);
    if (status == SG_OK)
        status = add_type(texts, known, type);
    (*matched)++;
    return status;
}

static enum sg_status resolve_new(struct sg_type_texts *texts, const char *text, struct known_list *known) {
    *known = (struct known_list){.first_unknown = (uint32_t)texts->unknown_of_list_count};
    texts->list_count++;
    char *copy = sg_strdup(text);
    if (copy == NULL)
        return sg_fail_memory(texts->context);
    size_t matched = 0, ignored = 0;
    enum sg_status status = SG_OK;
    /* the whole text first: a type's own name may hold a separator */
    char *folded = sg_text_fold(text);
    size_t whole = folded == NULL ? SG_NO_INDEX : sg_taxonomy_match(texts->taxonomy, folded);
    sg_free(folded);
    if (whole != SG_NO_INDEX && whole != SG_TYPE_IGNORED && !texts->taxonomy->is_open
        && texts->taxonomy->rule_count == 0) {
        status = add_type(texts, known, whole);
        matched++;
    } else {
        char *part = copy;
        for (;;) {
            size_t length = strcspn(part, texts->separators);
            bool is_last = part[length] == '\0';
            part[length] = '\0';
            status = add_part(texts, known, part, &matched, &ignored);
            if (is_last || status != SG_OK)
                break;
            part += length + 1;
        }
    }
    sg_free(copy);
    bool has_unknown = known->unknown_count > 0 && !(texts->taxonomy->unmatched_only_alone && matched > 0);
    if (status == SG_OK && (has_unknown || (matched == 0 && ignored == 0) || known->type_count == 0))
        status = add_other(texts, known);
    return status;
}

/* The list of a known text; its unknown parts are counted once more. */
static struct sg_type_list recall(struct sg_type_texts *texts, size_t position) {
    const struct known_list *known = &texts->lists[position];
    for (uint32_t i = 0; i < known->unknown_count; i++)
        texts->unknown_counts[texts->unknown_of_list[known->first_unknown + i]]++;
    return (struct sg_type_list){known->types, (uint32_t)known->type_count};
}

enum sg_status sg_type_texts_resolve(struct sg_type_texts *texts, const char *text, size_t length,
                                     struct sg_type_list *ret_list) {
    if (text == NULL)
        text = "", length = 0;
    bool is_new = false;
    size_t position = sg_name_index_add(texts->texts, text, length, &is_new);
    if (position == SG_NO_INDEX
        || !sg_reserve(&texts->lists, &texts->list_capacity, position + 1, sizeof *texts->lists))
        return sg_fail_memory(texts->context);
    if (is_new) {
        enum sg_status status =
            resolve_new(texts, sg_name_index_name(texts->texts, position), &texts->lists[position]);
        if (status != SG_OK)
            return status;
    }
    *ret_list = recall(texts, position);
    return SG_OK;
}

/* The words of a text of 1 to RECENT_BYTES bytes, filled up with zeros. Lengths come in any order: where so
   many bytes may be read the rest is masked out, which no branch has to guess. */
static void load_words(const char *text, size_t length, size_t readable,
                       uint64_t words[static RECENT_WORDS]) {
    static const unsigned char ones[2 * RECENT_BYTES] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    if (readable < RECENT_BYTES) {
        memset(words, 0, RECENT_BYTES);
        memcpy(words, text, length);
        return;
    }
    uint64_t mask[RECENT_WORDS];
    memcpy(words, text, RECENT_BYTES);
    memcpy(mask, ones + RECENT_BYTES - length, RECENT_BYTES);
    for (size_t w = 0; w < RECENT_WORDS; w++)
        words[w] &= mask[w];
}

static struct recent_text *recent_of(struct sg_type_texts *texts, const uint64_t words[static RECENT_WORDS]) {
    uint64_t hash = words[0] ^ words[1] >> 7 ^ words[2] << 11 ^ words[3] >> 17;
    return &texts->recent[hash * 0x9E3779B97F4A7C15u >> 58];
}

static bool is_recent(const struct recent_text *recent, const uint64_t words[static RECENT_WORDS],
                      size_t length) {
    return recent->length == length && recent->words[0] == words[0] && recent->words[1] == words[1]
           && recent->words[2] == words[2] && recent->words[3] == words[3];
}

const struct sg_type_list *sg_type_texts_recall(struct sg_type_texts *texts, const char *text, size_t length,
                                                size_t readable) {
    uint64_t words[RECENT_WORDS];
    struct recent_text *recent = &texts->long_text;
    if (length >= 1 && length <= RECENT_BYTES) {
        load_words(text, length, readable, words);
        recent = recent_of(texts, words);
        if (is_recent(recent, words, length)) {
            if (recent->has_unknown)
                recall(texts, recent->position);
            return &recent->list;
        }
        memcpy(recent->words, words, sizeof words);
    }
    size_t position = sg_name_index_find(texts->texts, text, length);
    recent->length = position == SG_NO_INDEX ? 0 : (uint32_t)length;
    if (position == SG_NO_INDEX)
        return NULL;
    recent->position = (uint32_t)position;
    recent->list = recall(texts, position);
    recent->has_unknown = texts->lists[position].unknown_count > 0;
    return &recent->list;
}

size_t sg_type_texts_unknown_count(const struct sg_type_texts *texts) {
    return sg_name_index_count(texts->unknown);
}

const char *sg_type_texts_unknown(const struct sg_type_texts *texts, size_t index, uint64_t *ret_count) {
    *ret_count = texts->unknown_counts[index];
    return sg_name_index_name(texts->unknown, index);
}
