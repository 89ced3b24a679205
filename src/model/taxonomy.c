#include "model/taxonomy.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"

static const char *const symbol_names[SG_SYMBOL_COUNT] = {
    "circle",   "square",  "triangle",      "diamond", "cross",       "plus",        "star",
    "pentagon", "hexagon", "triangle-down", "ring",    "square-ring", "diamond-ring"};

const char *sg_symbol_name(enum sg_symbol symbol) {
    return symbol_names[symbol];
}

bool sg_symbol_is_ring(enum sg_symbol symbol) {
    return symbol == SG_SYMBOL_RING || symbol == SG_SYMBOL_SQUARE_RING || symbol == SG_SYMBOL_DIAMOND_RING;
}

bool sg_symbol_from_name(const char *name, enum sg_symbol *ret_symbol) {
    for (int i = 0; i < SG_SYMBOL_COUNT; i++) {
        if (sg_text_equal_fold(name, symbol_names[i])) {
            *ret_symbol = (enum sg_symbol)i;
            return true;
        }
    }
    return false;
}

bool sg_colour_from_text(const char *text, struct sg_colour *ret_colour) {
    if (text[0] != '#')
        return false;
    size_t digits = strspn(text + 1, "0123456789abcdefABCDEF");
    if (text[1 + digits] != '\0' || (digits != 6 && digits != 3))
        return false;
    unsigned long value = strtoul(text + 1, NULL, 16);
    unsigned parts[3];
    for (int i = 0; i < 3; i++) {
        if (digits == 6)
            parts[i] = (unsigned)(value >> (16 - 8 * i)) & 0xFF;
        else
            parts[i] = ((unsigned)(value >> (8 - 4 * i)) & 0xF) * 17;
    }
    *ret_colour = (struct sg_colour){parts[0] / 255.0, parts[1] / 255.0, parts[2] / 255.0};
    return true;
}

void sg_taxonomy_release(struct sg_taxonomy *taxonomy) {
    for (size_t i = 0; i < taxonomy->type_count; i++) {
        struct sg_type *type = &taxonomy->types[i];
        sg_free(type->code);
        sg_free(type->prefix);
        sg_free(type->letters);
        sg_free(type->label_en);
        sg_free(type->label_fr);
        sg_free(type->focus);
    }
    for (size_t i = 0; i < taxonomy->rule_count; i++)
        sg_free(taxonomy->rules[i].text);
    sg_free(taxonomy->types);
    sg_free(taxonomy->rules);
    sg_free(taxonomy->name);
    *taxonomy = (struct sg_taxonomy){0};
}

static bool prefix_is_taken(const struct sg_taxonomy *taxonomy, const char *prefix) {
    if (strcmp(prefix, "all") == 0)
        return true;
    for (size_t i = 0; i < taxonomy->type_count; i++) {
        if (taxonomy->types[i].prefix != NULL && strcmp(taxonomy->types[i].prefix, prefix) == 0)
            return true;
    }
    return false;
}

/* All codes of three letters or digits, and which are taken. */
static const char letter_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

enum { LETTERS = 36, ALL_CODES = LETTERS * LETTERS * LETTERS };

struct code_set {
    unsigned char bits[ALL_CODES / 8];
};

/* The number of a code; ALL_CODES where it is none of three. */
static size_t code_number(const char *letters) {
    size_t number = 0;
    for (int i = 0; i < 3; i++) {
        const char *digit = letters[i] == '\0' ? NULL : strchr(letter_digits, letters[i]);
        if (digit == NULL)
            return ALL_CODES;
        number = number * LETTERS + (size_t)(digit - letter_digits);
    }
    return letters[3] == '\0' ? number : ALL_CODES;
}

static void take_code(struct code_set *taken, const char *letters) {
    size_t number = letters == NULL ? ALL_CODES : code_number(letters);
    if (number < ALL_CODES)
        taken->bits[number / 8] |= (unsigned char)(1 << number % 8);
}

static bool code_is_taken(const struct code_set *taken, const char *letters) {
    size_t number = code_number(letters);
    return number < ALL_CODES && (taken->bits[number / 8] >> number % 8 & 1) != 0;
}

/* The number n of a prefix "SLUG_n"; 0: it is none. */
static size_t number_behind(const char *prefix, const char *slug, size_t slug_length) {
    if (prefix == NULL || strncmp(prefix, slug, slug_length) != 0 || prefix[slug_length] != '_')
        return 0;
    const char *digits = prefix + slug_length + 1;
    size_t length = strspn(digits, "0123456789");
    return length > 0 && length < 10 && digits[length] == '\0' ? strtoul(digits, NULL, 10) : 0;
}

/* The slug of the text, with the first number behind it that no other has where one has the slug. */
static char *make_prefix(const struct sg_taxonomy *taxonomy, const char *text) {
    char *slug = sg_text_slug(text);
    if (slug == NULL || !prefix_is_taken(taxonomy, slug))
        return slug;
    size_t most = taxonomy->type_count + 3, length = strlen(slug);
    bool *is_taken = sg_alloc(most, sizeof *is_taken);
    for (size_t i = 0; is_taken != NULL && i < taxonomy->type_count; i++) {
        size_t number = number_behind(taxonomy->types[i].prefix, slug, length);
        if (number < most)
            is_taken[number] = true;
    }
    char *prefix = NULL;
    for (size_t n = 2; is_taken != NULL && prefix == NULL; n++) {
        if (n < most && is_taken[n])
            continue;
        prefix = sg_format("%s_%zu", slug, n);
        if (prefix == NULL)
            break;
        if (prefix_is_taken(taxonomy, prefix)) {
            sg_free(prefix);
            prefix = NULL;
        }
    }
    sg_free(is_taken);
    sg_free(slug);
    return prefix;
}

/* Three letters from a name: its first three letters or digits (a shorter one is filled up with X), else two
   and a counter ("LI2"), else one, else a counter alone. */
static char *make_letters(const struct sg_taxonomy *taxonomy, const char *prefix) {
    char letters[4] = {'X', 'X', 'X', '\0'};
    size_t count = 0;
    for (const char *c = prefix; *c != '\0' && count < 3; c++) {
        if (*c != '_')
            letters[count++] = (char)toupper((unsigned char)*c);
    }
    struct code_set taken = {{0}};
    take_code(&taken, "ALL");
    take_code(&taken, "GAP");
    for (size_t i = 0; i < taxonomy->type_count; i++)
        take_code(&taken, taxonomy->types[i].letters);
    for (size_t n = 2; code_is_taken(&taken, letters) && n < ALL_CODES; n++) {
        letters[2] = letter_digits[n % LETTERS];
        if (n >= LETTERS)
            letters[1] = letter_digits[n / LETTERS % LETTERS];
        if (n >= LETTERS * LETTERS)
            letters[0] = letter_digits[n / LETTERS / LETTERS];
    }
    return sg_strdup(letters);
}

bool sg_taxonomy_complete(struct sg_taxonomy *taxonomy) {
    for (size_t i = 0; i < taxonomy->type_count; i++) {
        struct sg_type *type = &taxonomy->types[i];
        if (type->prefix == NULL)
            type->prefix = make_prefix(taxonomy, type->code);
        if (type->prefix == NULL)
            return false;
        if (type->letters == NULL)
            type->letters = make_letters(taxonomy, type->prefix);
        if (type->letters == NULL)
            return false;
    }
    return true;
}

void sg_type_default_look(size_t position, struct sg_type *type) {
    /* Okabe and Ito's colours without black, then again with the next shapes. */
    static const char *const colours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                          "#E69F00", "#56B4E9", "#7A6000"};
    sg_colour_from_text(colours[position % (sizeof colours / sizeof *colours)], &type->colour);
    type->symbol = (enum sg_symbol)(position % SG_SYMBOL_COUNT);
}

size_t sg_taxonomy_add(struct sg_taxonomy *taxonomy, const char *label) {
    if (!sg_reserve(&taxonomy->types, &taxonomy->type_capacity, taxonomy->type_count + 1,
                    sizeof *taxonomy->types))
        return SG_NO_INDEX;
    struct sg_type type = {.weight = 1};
    type.prefix = make_prefix(taxonomy, label);
    type.code = sg_strdup(type.prefix);
    type.letters = type.prefix == NULL ? NULL : make_letters(taxonomy, type.prefix);
    type.label_en = sg_strdup(label);
    if (type.code == NULL || type.letters == NULL || type.label_en == NULL) {
        sg_free(type.prefix);
        sg_free(type.code);
        sg_free(type.letters);
        sg_free(type.label_en);
        return SG_NO_INDEX;
    }
    sg_type_default_look(taxonomy->type_count, &type);
    taxonomy->types[taxonomy->type_count] = type;
    return taxonomy->type_count++;
}

const char *sg_type_label(const struct sg_type *type, enum sg_language language) {
    return language == SG_FRENCH && type->label_fr != NULL ? type->label_fr : type->label_en;
}

/* Does the text match the pattern (* any run, ? one byte)? Linear back-tracking over the last star only,
   so that no pattern is slow. */
static bool pattern_matches(const char *pattern, const char *text) {
    const char *star = NULL, *retry = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            retry = text;
        } else if (*pattern == '?' || *pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

static bool rule_matches(const struct sg_type_rule *rule, const char *folded) {
    switch (rule->kind) {
    case SG_RULE_EXACT:
        return strcmp(rule->text, folded) == 0;
    case SG_RULE_PREFIX:
        return strncmp(rule->text, folded, strlen(rule->text)) == 0;
    case SG_RULE_PATTERN:
        return pattern_matches(rule->text, folded);
    }
    return false;
}

static bool is_folded_same(const char *name, const char *folded) {
    if (name == NULL)
        return false;
    size_t same_bytes = 0; /* most names differ in their first letters: nothing need be folded for that */
    while ((unsigned char)name[same_bytes] < 0x80 && name[same_bytes] != '\0'
           && tolower((unsigned char)name[same_bytes]) == folded[same_bytes])
        same_bytes++;
    if ((unsigned char)name[same_bytes] < 0x80)
        return name[same_bytes] == '\0' && folded[same_bytes] == '\0';
    char *folded_name = sg_text_fold(name);
    bool same = folded_name != NULL && strcmp(folded_name, folded) == 0;
    sg_free(folded_name);
    return same;
}

size_t sg_taxonomy_match(const struct sg_taxonomy *taxonomy, const char *folded) {
    for (size_t i = 0; i < taxonomy->rule_count; i++) {
        if (rule_matches(&taxonomy->rules[i], folded))
            return taxonomy->rules[i].type;
    }
    for (size_t i = 0; i < taxonomy->type_count; i++) {
        const struct sg_type *type = &taxonomy->types[i];
        /* a code that was made from a text is no name that a file could mean: "C" is not "C++", whose code
           is c */
        if ((!taxonomy->is_open && is_folded_same(type->code, folded))
            || is_folded_same(type->label_en, folded) || is_folded_same(type->label_fr, folded))
            return i;
    }
    return SG_NO_INDEX;
}
