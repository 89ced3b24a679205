#include "model/join.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

enum { MOST_PARTS = 16, MOST_LISTED = 10 };

bool sg_spellings_add(struct sg_spellings *spellings, const char *text, const char *other) {
    if (!sg_reserve(&spellings->items, &spellings->capacity, spellings->count + 1, sizeof *spellings->items))
        return false;
    struct sg_spelling spelling = {sg_strdup(text), sg_strdup(other)};
    if (spelling.text == NULL || (other != NULL && spelling.other == NULL)) {
        sg_free(spelling.text);
        sg_free(spelling.other);
        return false;
    }
    spellings->items[spellings->count++] = spelling;
    return true;
}

void sg_spellings_release(struct sg_spellings *spellings) {
    for (size_t i = 0; i < spellings->count; i++) {
        sg_free(spellings->items[i].text);
        sg_free(spellings->items[i].other);
    }
    sg_free(spellings->items);
    *spellings = (struct sg_spellings){0};
}

void sg_join_release(struct sg_join *join) {
    for (size_t i = 0; i < join->field_count; i++) {
        sg_free(join->fields[i].label);
        sg_free(join->fields[i].headings);
        sg_free(join->fields[i].values);
        sg_free(join->fields[i].first_bad);
        sg_free(join->fields[i].doubt);
    }
    sg_free(join->fields);
    sg_free(join->path);
    sg_free(join->key);
    sg_spellings_release(&join->respelt);
    sg_spellings_release(&join->strange);
    sg_spellings_release(&join->without);
    *join = (struct sg_join){0};
}

/* ---- finding a field ---- */

/* What is asked for, in small letters without accents: the last part is the label, those before are headings.
 */
struct wanted {
    char *folded;
    char *parts[MOST_PARTS];
    size_t count;
    bool is_row, is_column;
    unsigned long number;
};

static bool parse_wanted(const char *text, struct wanted *wanted) {
    *wanted = (struct wanted){.folded = sg_text_fold(text)};
    if (wanted->folded == NULL)
        return false;
    char *at = wanted->folded;
    while (at != NULL && wanted->count < MOST_PARTS) {
        char *next = wanted->count + 1 < MOST_PARTS ? strstr(at, " > ") : NULL;
        if (next != NULL)
            *next = '\0';
        wanted->parts[wanted->count++] = sg_text_trim(at);
        at = next == NULL ? NULL : next + 3;
    }
    const char *label = wanted->parts[wanted->count - 1];
    char after;
    wanted->is_row = sscanf(label, "row %lu%c", &wanted->number, &after) == 1;
    wanted->is_column = !wanted->is_row && sscanf(label, "column %lu%c", &wanted->number, &after) == 1;
    return true;
}

/* Do the wanted headings occur in these, in their order? */
static bool has_headings(const struct wanted *wanted, const char *folded_headings) {
    const char *at = folded_headings;
    for (size_t i = 0; i + 1 < wanted->count; i++) {
        at = strstr(at, wanted->parts[i]);
        if (at == NULL)
            return false;
        at += strlen(wanted->parts[i]);
    }
    return true;
}

/* 1: it is this field; 0: it is not; -1: out of memory. */
static int is_wanted(const struct sg_join *join, const struct sg_join_field *field,
                     const struct wanted *wanted) {
    bool by_number = wanted->is_row || wanted->is_column;
    if (by_number && (field->number != wanted->number || join->is_transposed != wanted->is_row))
        return 0;
    if (!by_number) {
        char *label = sg_text_fold(field->label);
        bool same = label != NULL && strcmp(label, wanted->parts[wanted->count - 1]) == 0;
        int answer = label == NULL ? -1 : same;
        sg_free(label);
        if (answer != 1)
            return answer;
    }
    if (wanted->count == 1)
        return 1;
    char *whole = sg_format("%s > %s", join->path, field->headings);
    char *folded = whole == NULL ? NULL : sg_text_fold(whole);
    int answer = folded == NULL ? -1 : has_headings(wanted, folded);
    sg_free(whole);
    sg_free(folded);
    return answer;
}

struct match {
    const struct sg_join *join;
    const struct sg_join_field *field;
};

static enum sg_status fail_several(struct sg_context *context, const struct match *matches, size_t count,
                                   const char *wanted, const char *option) {
    struct sg_text list;
    sg_text_init(&list);
    for (size_t i = 0; i < count && i < MOST_LISTED; i++)
        sg_text_append_format(&list, "%s%s %zu%s%s%s", i == 0 ? "" : "; ",
                              matches[i].join->is_transposed ? "row" : "column", matches[i].field->number,
                              matches[i].field->headings[0] == '\0' ? "" : " (", matches[i].field->headings,
                              matches[i].field->headings[0] == '\0' ? "" : ")");
    enum sg_status status =
        list.failed ? sg_fail_memory(context)
                    : sg_fail(context, SG_BAD_INPUT,
                              "write one of the numbers, such as \"row 12\", or a heading before the label: "
                              "\"HEADING > LABEL\"",
                              "%s: '%s' occurs %zu times in the joined tables: %s%s", option, wanted, count,
                              sg_text_bytes(&list), count > MOST_LISTED ? " ..." : "");
    sg_text_release(&list);
    return status;
}

static enum sg_status fail_none(struct sg_context *context, const struct sg_join *joins, size_t count,
                                const char *wanted, const char *option) {
    size_t total = 0, n = 0;
    for (size_t j = 0; j < count; j++)
        total += joins[j].field_count;
    const char **names = sg_alloc(total, sizeof *names);
    if (names == NULL)
        return sg_fail_memory(context);
    for (size_t j = 0; j < count; j++) {
        for (size_t f = 0; f < joins[j].field_count; f++)
            names[n++] = joins[j].fields[f].label;
    }
    const char *last = wanted;
    for (const char *at = wanted; (at = strstr(at, " > ")) != NULL; at += 3)
        last = at + 3;
    const char *nearest = sg_nearest_name(last, names, n);
    struct sg_text hint;
    sg_text_init(&hint);
    if (nearest != NULL && nearest[0] != '\0' && !sg_text_equal_fold(nearest, last))
        sg_text_append_format(&hint, "did you mean '%s'?", nearest);
    else
        sg_text_append(&hint, "write its label as the table does, \"HEADING > LABEL\" or \"row 12\"");
    enum sg_status status =
        hint.failed
            ? sg_fail_memory(context)
            : sg_fail(context, SG_BAD_INPUT, sg_text_bytes(&hint),
                      "%s: neither the areas nor the joined tables have a field '%s'", option, wanted);
    sg_text_release(&hint);
    sg_free(names);
    return status;
}

static enum sg_status collect(struct sg_context *context, const struct sg_join *joins, size_t count,
                              const struct wanted *wanted, struct match **ret_matches, size_t *ret_count) {
    size_t capacity = 0;
    *ret_matches = NULL;
    *ret_count = 0;
    for (size_t j = 0; j < count; j++) {
        for (size_t f = 0; f < joins[j].field_count; f++) {
            int answer = is_wanted(&joins[j], &joins[j].fields[f], wanted);
            if (answer < 0
                || (answer > 0 && !sg_reserve(ret_matches, &capacity, *ret_count + 1, sizeof **ret_matches)))
                return sg_fail_memory(context);
            if (answer > 0)
                (*ret_matches)[(*ret_count)++] = (struct match){&joins[j], &joins[j].fields[f]};
        }
    }
    return SG_OK;
}

enum sg_status sg_joins_find(struct sg_context *context, const struct sg_join *joins, size_t count,
                             const char *wanted_text, const char *option,
                             const struct sg_join_field **ret_field, const struct sg_join **ret_join) {
    struct wanted wanted;
    struct match *matches = NULL;
    size_t found = 0;
    enum sg_status status = parse_wanted(wanted_text, &wanted)
                                ? collect(context, joins, count, &wanted, &matches, &found)
                                : sg_fail_memory(context);
    if (status == SG_OK && found == 0)
        status = fail_none(context, joins, count, wanted_text, option);
    else if (status == SG_OK && found > 1)
        status = fail_several(context, matches, found, wanted_text, option);
    else if (status == SG_OK && matches[0].field->known_count == 0)
        status = sg_fail(context, SG_BAD_INPUT, "name a field of numbers",
                         "%s: %s %zu ('%s') of %s holds no numbers", option,
                         matches[0].join->is_transposed ? "row" : "column", matches[0].field->number,
                         matches[0].field->label, matches[0].join->path);
    if (status == SG_OK && matches != NULL) {
        *ret_field = matches[0].field;
        *ret_join = matches[0].join;
    }
    sg_free(matches);
    sg_free(wanted.folded);
    return status;
}
