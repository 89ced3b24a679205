/* The kinds of service: codes, labels, colours, symbols, and the rules that map a file's own words. */
#ifndef SG_MODEL_TAXONOMY_H
#define SG_MODEL_TAXONOMY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"

enum sg_language { SG_ENGLISH, SG_FRENCH };

struct sg_colour {
    double red, green, blue; /* sRGB, 0 to 1 */
};

/* The shapes a site may be drawn as, distinct without colour. */
enum sg_symbol {
    SG_SYMBOL_CIRCLE,
    SG_SYMBOL_SQUARE,
    SG_SYMBOL_TRIANGLE,
    SG_SYMBOL_DIAMOND,
    SG_SYMBOL_CROSS,
    SG_SYMBOL_PLUS,
    SG_SYMBOL_STAR,
    SG_SYMBOL_PENTAGON,
    SG_SYMBOL_HEXAGON,
    SG_SYMBOL_TRIANGLE_DOWN,
    SG_SYMBOL_RING,
    SG_SYMBOL_SQUARE_RING,
    SG_SYMBOL_DIAMOND_RING,
    SG_SYMBOL_COUNT
};

const char *sg_symbol_name(enum sg_symbol symbol);
bool sg_symbol_is_ring(enum sg_symbol symbol); /* has a middle of another colour */
bool sg_symbol_from_name(const char *name, enum sg_symbol *ret_symbol);

/* "#1b9e77" or "#abc" */
bool sg_colour_from_text(const char *text, struct sg_colour *ret_colour);

struct sg_type {
    char *code;    /* "EMP"; without a taxonomy the slug of the text */
    char *prefix;  /* of its columns: "emp", "free_health_clinics" */
    char *letters; /* three upper-case letters for shapefile fields, unique: "EMP" */
    char *label_en;
    char *label_fr; /* NULL: none */
    char *focus;    /* NULL: none */
    struct sg_colour colour;
    enum sg_symbol symbol;
    double weight; /* in the gap index; default 1 */
};

enum sg_rule_kind { SG_RULE_EXACT, SG_RULE_PREFIX, SG_RULE_PATTERN };

struct sg_type_rule {
    enum sg_rule_kind kind;
    char *text;  /* compared without case and accents; a pattern has * and ? */
    size_t type; /* SG_TYPE_IGNORED: the text stands for no service */
};

#define SG_TYPE_IGNORED ((size_t)-2)

struct sg_taxonomy {
    char *name; /* NULL: types as found */
    struct sg_type *types;
    size_t type_count;
    size_t type_capacity;
    struct sg_type_rule *rules;
    size_t rule_count;
    size_t rule_capacity;
    bool is_open;      /* types as found: unknown texts become types */
    size_t other_type; /* where unknown texts go, and records without one; SG_NO_INDEX until the first */
    bool unmatched_only_alone; /* an unknown text counts only in a record where nothing else matched */
};

void sg_taxonomy_release(struct sg_taxonomy *taxonomy);

/* The look of a type that names none: the colour and the symbol of its position. */
void sg_type_default_look(size_t position, struct sg_type *type);

/* Adds a type named by its text (types as found, or "other"), with a unique prefix and letters and the
   next colour and symbol. SG_NO_INDEX when out of memory. */
size_t sg_taxonomy_add(struct sg_taxonomy *taxonomy, const char *label);

/* Gives every type that has none a unique prefix and three letters. False when out of memory. */
bool sg_taxonomy_complete(struct sg_taxonomy *taxonomy);

/* The label in the language, English where it has none. Borrowed. */
const char *sg_type_label(const struct sg_type *type, enum sg_language language);

/* The type a text stands for by code, label or rule: SG_NO_INDEX when none does, SG_TYPE_IGNORED when a
   rule says it stands for none. Types as found go by their texts alone, so that the order of the records
   does not decide which texts are one type. folded is sg_text_fold() of the text. */
size_t sg_taxonomy_match(const struct sg_taxonomy *taxonomy, const char *folded);

#endif
