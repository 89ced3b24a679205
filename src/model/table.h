/* The result: one row per area, columns with names, units and definitions; and tables made like it. */
#ifndef SG_MODEL_TABLE_H
#define SG_MODEL_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum sg_column_kind { SG_COLUMN_TEXT, SG_COLUMN_INTEGER, SG_COLUMN_REAL };

struct sg_column {
    char *name;       /* "emp_within_pct" */
    char *short_name; /* at most 10 characters: "EMP_W" */
    char *title;      /* for people: "Employment: share of people within 1 km" */
    char *unit;       /* "%", "m", "people"; "" for none */
    char *definition; /* one sentence */
    enum sg_column_kind kind;
    size_t type;         /* position in the taxonomy; SG_NO_INDEX: not of one type */
    const char *measure; /* "within_pct" (static text), NULL when not one of the measures */
    size_t threshold;    /* position of its threshold; 0 for a measure that has none */
    double *numbers;     /* NaN = missing; NULL for text */
    char **texts;        /* NULL entries = missing; NULL for numbers */
};

struct sg_table {
    size_t row_count;
    struct sg_column *columns;
    size_t column_count;
    size_t column_capacity;
};

void sg_table_init(struct sg_table *table, size_t row_count);
void sg_table_release(struct sg_table *table);

/* Adds a column, numbers all missing or texts all NULL; texts given are copied. NULL when out of memory.
   The pointer is good until the next column is added. */
struct sg_column *sg_table_add(struct sg_table *table, enum sg_column_kind kind, const char *name,
                               const char *short_name, const char *title, const char *unit,
                               const char *definition);

/* What sg_table_add() is told of a column, for tables of fixed columns. */
struct sg_column_words {
    const char *name, *short_name; /* NULL: the name */
    const char *title, *unit, *definition;
    enum sg_column_kind kind;
};

/* Adds several columns, in their order. False when out of memory. */
bool sg_table_add_columns(struct sg_table *table, const struct sg_column_words *columns, size_t count);

/* The column of that name, or NULL. */
struct sg_column *sg_table_find(const struct sg_table *table, const char *name);

/* Sets one text cell to a copy. False when out of memory. */
bool sg_column_set_text(struct sg_column *column, size_t row, const char *text);

#endif
