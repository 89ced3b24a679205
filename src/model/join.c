#include "model/join.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

enum { MOST_LISTED = 10 };

bool sg_spellings_add(struct sg_spellings *spellings, const char *text, const char *other) {
    if (!sg_reserve(&spellings->items, &spellings->capacity, spellings->count + 1, sizeof *spellings->items))
        return false;
    struct sg_spelling spelling = {.text = sg_strdup(text), .other = sg_strdup(other)};
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

/* What is asked for, in small letters without accents: a label, or headings before one, parted by " > "
   (which may be in the label itself). */
struct wanted {
    char *folded;
    const char *last; /* part of it */
    bool is_row, is_column;
    unsigned long number;
};

static const char *const PARTING = " > ";

static const char *last_part(const char *text) {
    for (const char *at = text; (at = strstr(at, PARTING)) != NULL;)
        text = at += strlen(PARTING);
    return text;
}

static bool parse_wanted(const char *text, struct wanted *wanted) {
    *wanted = (struct wanted){.folded = sg_text_fold(text)};
    if (wanted->folded == NULL)
        return false;
    sg_text_trim(wanted->folded);
    wanted->last = last_part(wanted->folded);
    char after;
    wanted->is_row = sscanf(wanted->last, "row %lu%c", &wanted->number, &after) == 1;
    wanted->is_column = !wanted->is_row && sscanf(wanted->last, "column %lu%c", &wanted->number, &after) == 1;
    return true;
}

/* Do the wanted headings, which end where the label begins, occur in these, in their order? */
static bool has_headings(const struct wanted *wanted, const char *label, const char *folded_headings) {
    const char *at = folded_headings, *last_end = label - strlen(PARTING);
    for (const char *part = wanted->folded; at != NULL && part < label;) {
        const char *end = strstr(part, PARTING);
        if (end == NULL || end > last_end) /* "a > > b": the partings overlap */
            end = last_end;
        const char *next = end + strlen(PARTING);
        while (end > part && end[-1] == ' ')
            end--;
        part += strspn(part, " ");
        size_t length = end > part ? (size_t)(end - part) : 0;
        at = memmem(at, strlen(at), part, length);
        at = at == NULL ? NULL : at + length;
        part = next;
    }
    return at != NULL;
}

/* Where in the wanted text the label is: all of it, or what is behind a parting. NULL: it is another one. */
static const char *find_label(const struct wanted *wanted, const char *folded_label) {
    size_t length = strlen(wanted->folded), tail = strlen(folded_label), parting = strlen(PARTING);
    const char *at = tail > length ? NULL : wanted->folded + length - tail;
    if (at == NULL || strcmp(at, folded_label) != 0)
        return NULL;
    return at == wanted->folded || (length - tail >= parting && strncmp(at - parting, PARTING, parting) == 0)
               ? at
               : NULL;
}

/* 1: it is this field; 0: it is not; -1: out of memory. */
static int is_wanted(const struct sg_join *join, const struct sg_join_field *field,
                     const struct wanted *wanted) {
    bool by_number = wanted->is_row || wanted->is_column;
    if (by_number && (field->number != wanted->number || join->is_transposed != wanted->is_row))
        return 0;
    const char *label = wanted->last;
    if (!by_number) {
        char *folded = sg_text_fold(field->label);
        if (folded == NULL)
            return -1;
        label = find_label(wanted, folded);
        sg_free(folded);
    }
    if (label == NULL || label == wanted->folded)
        return label != NULL;
    char *whole = sg_format("%s > %s", join->path, field->headings);
    char *folded = whole == NULL ? NULL : sg_text_fold(whole);
    int answer = folded == NULL ? -1 : has_headings(wanted, label, folded);
    sg_free(whole);
    sg_free(folded);
    return answer;
}

struct match {
    const struct sg_join *join;
    const struct sg_join_field *field;
};

static const char *file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static enum sg_status fail_several(struct sg_context *context, const struct match *matches, size_t count,
                                   const char *wanted, const char *option) {
    bool are_tables = false; /* of several tables, whose numbers say nothing */
    for (size_t i = 1; i < count; i++)
        are_tables = are_tables || matches[i].join != matches[0].join;
    struct sg_text list, hint;
    sg_text_init(&list);
    sg_text_init(&hint);
    for (size_t i = 0; i < count && i < MOST_LISTED; i++)
        sg_text_append_format(&list, "%s%s %zu%s%s%s%s%s", i == 0 ? "" : "; ",
                              matches[i].join->is_transposed ? "row" : "column", matches[i].field->number,
                              are_tables ? " of " : "", are_tables ? file_name(matches[i].join->path) : "",
                              matches[i].field->headings[0] == '\0' ? "" : " (", matches[i].field->headings,
                              matches[i].field->headings[0] == '\0' ? "" : ")");
    if (are_tables)
        sg_text_append_format(&hint, "name its file before it: \"%s > %s\"", file_name(matches[0].join->path),
                              wanted);
    else
        sg_text_append(&hint, "write one of the numbers, such as \"row 12\", or a heading before the label: "
                              "\"HEADING > LABEL\"");
    enum sg_status status =
        list.failed || hint.failed
            ? sg_fail_memory(context)
            : sg_fail(context, SG_BAD_INPUT, sg_text_bytes(&hint),
                      "%s: '%s' occurs %zu times in the joined tables: %s%s", option, wanted, count,
                      sg_text_bytes(&list), count > MOST_LISTED ? " ..." : "");
    sg_text_release(&list);
    sg_text_release(&hint);
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
    const char *last = last_part(wanted);
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
