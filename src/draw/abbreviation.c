#include "draw/abbreviation.h"

#include <stdbool.h>
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
    const struct rule *found = NULL;
    char *folded = sg_strndup(word, length);
    for (int i = 0; i < RULE_COUNT && folded != NULL && found == NULL; i++) {
        if (rules[i].level <= level && sg_text_equal_fold(rules[i].word, folded))
            found = &rules[i];
    }
    sg_free(folded);
    return found;
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

char *sg_abbreviate(const char *name, int level) {
    char *plain = drop_brackets(name);
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
