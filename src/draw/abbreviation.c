#include "draw/abbreviation.h"

#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

/* Words in lower case, as they are compared; a stop is left out before a hyphen ("St-Laurent"). */
static const struct rule {
    const char *word, *shorter;
    int level;
} rules[] = {
    {"and", "&", 1},
    {"et", "&", 1},
    {"saint", "St.", 1},
    {"sainte", "Ste.", 1},
    {"mount", "Mt.", 1},
    {"north", "N.", 1},
    {"south", "S.", 1},
    {"east", "E.", 1},
    {"west", "W.", 1},
    {"nord", "N.", 1},
    {"sud", "S.", 1},
    {"est", "E.", 1},
    {"ouest", "O.", 1},
    {"northeast", "NE", 1},
    {"northwest", "NW", 1},
    {"southeast", "SE", 1},
    {"southwest", "SW", 1},
    {"university", "Univ.", 2},
    {"universit\u00e9", "Univ.", 2},
    {"heights", "Hts", 2},
    {"village", "Vlg", 2},
    {"gardens", "Gdns", 2},
    {"park", "Pk", 2},
    {"centre", "Ctr", 2},
    {"center", "Ctr", 2},
    {"junction", "Jct", 2},
    {"point", "Pt", 2},
    {"pointe", "Pte", 2},
    {"island", "Isl.", 2},
    {"islands", "Is.", 2},
    {"corners", "Cors", 2},
    {"estates", "Ests", 2},
    {"avenue", "Ave", 2},
    {"street", "St", 2},
    {"road", "Rd", 2},
    {"boulevard", "Blvd", 2},
    {"station", "Stn", 2},
    {"harbour", "Hbr", 2},
    {"harbor", "Hbr", 2},
    {"mountain", "Mtn", 2},
};

enum { RULE_COUNT = sizeof rules / sizeof rules[0] };

static bool ends_word(char c) {
    return c == '\0' || c == ' ' || c == '-' || c == '/' || c == '(' || c == ')' || c == ',';
}

static const struct rule *rule_for(const char *word, size_t length, int level) {
    char copy[32]; /* longer than any word that has a rule */
    if (length >= sizeof copy)
        return NULL;
    memcpy(copy, word, length);
    copy[length] = '\0';
    char first = (char)(word[0] | 0x20); /* in lower case, if it is a letter: most rules are out at once */
    for (int i = 0; i < RULE_COUNT; i++) {
        if (rules[i].level <= level && rules[i].word[0] == first && sg_text_equal_fold(rules[i].word, copy))
            return &rules[i];
    }
    return NULL;
}

/* The name without what stands in brackets, unless nothing would be left. */
static char *drop_brackets(const char *name) {
    struct sg_text text;
    sg_text_init(&text);
    int depth = 0;
    for (const char *at = name; *at != '\0'; at++) {
        depth += *at == '(';
        if (depth == 0)
            sg_text_append_char(&text, *at);
        depth -= *at == ')' && depth > 0;
    }
    char *taken = sg_text_take(&text);
    if (taken == NULL)
        return NULL;
    sg_text_trim(taken);
    if (taken[0] != '\0')
        return taken;
    sg_free(taken);
    return sg_strdup(name);
}

static void append_shorter(struct sg_text *text, const struct rule *rule, char next) {
    size_t length = strlen(rule->shorter);
    bool drops_stop = next == '-' && rule->shorter[length - 1] == '.';
    sg_text_append_bytes(text, rule->shorter, drops_stop ? length - 1 : length);
}

static char *abbreviate(const char *name, int level, bool keeps_brackets) {
    char *plain = keeps_brackets ? sg_strdup(name) : drop_brackets(name);
    if (plain == NULL)
        return NULL;
    struct sg_text text;
    sg_text_init(&text);
    for (const char *at = plain; *at != '\0';) {
        size_t length = 0;
        while (!ends_word(at[length]))
            length++;
        bool is_whole_name = at == plain && at[length] == '\0';
        const struct rule *rule = length == 0 || is_whole_name ? NULL : rule_for(at, length, level);
        if (rule != NULL)
            append_shorter(&text, rule, at[length]);
        else
            sg_text_append_bytes(&text, at, length);
        at += length;
        if (*at != '\0')
            sg_text_append_char(&text, *at++);
    }
    sg_free(plain);
    return sg_text_take(&text);
}

char *sg_abbreviate(const char *name, int level) {
    return abbreviate(name, level, false);
}

/* A spelling, and the name that it stands for. */
struct spelling {
    const char *text, *name;
};

static int compare_spellings(const void *a, const void *b) {
    const struct spelling *p = a, *q = b;
    int order = strcmp(p->text, q->text);
    return order != 0 ? order : strcmp(p->name, q->name);
}

/* Do the spellings, sorted, hold this text for two different names? */
static bool is_ambiguous(const struct spelling *sorted, size_t count, const char *text) {
    size_t low = 0, high = count; /* the first with this text */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sorted[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t last = low;
    while (last + 1 < count && strcmp(sorted[last + 1].text, text) == 0)
        last++;
    return low < count && strcmp(sorted[low].name, sorted[last].name) != 0;
}

static bool abbreviate_each(const char *const *names, size_t count, bool keeps_brackets, char **texts) {
    for (size_t i = 0; i < count * SG_MOST_ABBREVIATION; i++) {
        sg_free(texts[i]);
        texts[i] =
            abbreviate(names[i / SG_MOST_ABBREVIATION], 1 + (int)(i % SG_MOST_ABBREVIATION), keeps_brackets);
        if (texts[i] == NULL)
            return false;
    }
    return true;
}

/* The names as they are and all their abbreviations, sorted. */
static size_t sort_spellings(const char *const *names, size_t count, char *const *texts,
                             struct spelling *spellings) {
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        spellings[used++] = (struct spelling){names[i], names[i]};
        for (size_t level = 0; level < SG_MOST_ABBREVIATION; level++)
            spellings[used++] = (struct spelling){texts[i * SG_MOST_ABBREVIATION + level], names[i]};
    }
    qsort(spellings, used, sizeof *spellings, compare_spellings);
    return used;
}

/* Does anything that stands in brackets tell two names apart? */
static bool needs_brackets(const char *const *names, size_t count, const struct spelling *sorted,
                           size_t spelling_count, bool *ret_failed) {
    bool needs = false;
    for (size_t i = 0; i < count && !needs && !*ret_failed; i++) {
        if (strchr(names[i], '(') == NULL)
            continue;
        char *shorter = abbreviate(names[i], 1, false);
        *ret_failed = shorter == NULL;
        needs = !*ret_failed && is_ambiguous(sorted, spelling_count, shorter);
        sg_free(shorter);
    }
    return needs;
}

/* Takes out what is not shorter than the step before it, and what another name could be read for. */
static bool drop_useless(const char *const *names, size_t count, const struct spelling *sorted,
                         size_t spelling_count, char **texts) {
    bool *drops = sg_alloc(count * SG_MOST_ABBREVIATION, sizeof *drops); /* the spellings borrow the texts */
    if (drops == NULL)
        return false;
    for (size_t i = 0; i < count * SG_MOST_ABBREVIATION; i++) {
        const char *before = i % SG_MOST_ABBREVIATION == 0 ? names[i / SG_MOST_ABBREVIATION] : texts[i - 1];
        drops[i] = strcmp(texts[i], before) == 0 || is_ambiguous(sorted, spelling_count, texts[i]);
    }
    for (size_t i = 0; i < count * SG_MOST_ABBREVIATION; i++) {
        if (!drops[i])
            continue;
        sg_free(texts[i]);
        texts[i] = NULL;
    }
    sg_free(drops);
    return true;
}

bool sg_abbreviate_all(const char *const *names, size_t count, char **ret_texts) {
    struct spelling *spellings = sg_alloc(count * (1 + SG_MOST_ABBREVIATION), sizeof *spellings);
    bool failed = spellings == NULL || !abbreviate_each(names, count, false, ret_texts);
    size_t used = failed ? 0 : sort_spellings(names, count, ret_texts, spellings);
    if (!failed && needs_brackets(names, count, spellings, used, &failed) && !failed) {
        failed = !abbreviate_each(names, count, true, ret_texts);
        used = failed ? 0 : sort_spellings(names, count, ret_texts, spellings);
    }
    failed = failed || !drop_useless(names, count, spellings, used, ret_texts);
    sg_free(spellings);
    return !failed;
}
