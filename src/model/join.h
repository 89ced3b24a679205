/* A table attached to the areas: named number fields with a value for each area, and what did not match. */
#ifndef SG_MODEL_JOIN_H
#define SG_MODEL_JOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/context.h"

/* One column of a table with a row for each area, or one row of a table with a column for each area. */
struct sg_join_field {
    char *label;    /* without the spaces that indent it: "2016 to 2021" */
    char *headings; /* that it stands under, outermost first: "Immigrant status > Immigrants"; "" for none */
    size_t number;  /* of the row or column as a spreadsheet counts them, 1 = first */
    double *values; /* of each area; NaN = missing */
    size_t known_count;
    size_t bad_count; /* cells that are neither a number nor a sign for a missing one */
    char *first_bad;  /* NULL: none */
    char *doubt;      /* how its numbers are written in two ways, a sentence; NULL: in one */
};

/* A spelling of the table and the one that it is, or is nearest to; the second may be NULL. */
struct sg_spelling {
    char *text, *other;
    bool is_shared; /* the text is the name of several areas */
};

struct sg_spellings {
    struct sg_spelling *items;
    size_t count, capacity;
};

struct sg_join {
    char *path;
    char *key; /* the column, or the row, that names the areas */
    bool key_is_recognised;
    bool is_transposed; /* a column for each area */
    struct sg_join_field *fields;
    size_t field_count;
    size_t key_count; /* not blank */
    size_t matched_count;
    struct sg_spellings respelt; /* matched by their letters alone: as in the table, as the area is called */
    struct sg_spellings strange; /* keys that are no area: and the nearest area's name */
    size_t shared_count;         /* of the strange: keys that are the name of several areas */
    struct sg_spellings without; /* areas that are not in the table: and the nearest of its strange keys */
};

/* Adds copies; false when out of memory. other may be NULL. */
bool sg_spellings_add(struct sg_spellings *spellings, const char *text, const char *other);
void sg_spellings_release(struct sg_spellings *spellings);

void sg_join_release(struct sg_join *join);

/* The field that a person names: its label (any case); where labels repeat, "HEADING > LABEL" with as many
   headings, in order, as it takes (a part of a heading's words is enough; the table's file name counts as the
   outermost), or "row 1495" or "column 3". Borrowed from the joins. SG_BAD_INPUT, naming the option, for none
   (with the nearest label), for several (with the rows to choose from), and for one without a number. */
enum sg_status sg_joins_find(struct sg_context *context, const struct sg_join *joins, size_t count,
                             const char *wanted, const char *option, const struct sg_join_field **ret_field,
                             const struct sg_join **ret_join);

#endif
