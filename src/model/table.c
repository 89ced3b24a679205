#include "model/table.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"

void sg_table_init(struct sg_table *table, size_t row_count) {
    *table = (struct sg_table){.row_count = row_count};
}

static void release_column(struct sg_column *column, size_t row_count) {
    sg_free(column->name);
    sg_free(column->short_name);
    sg_free(column->title);
    sg_free(column->unit);
    sg_free(column->definition);
    sg_free(column->numbers);
    if (column->texts != NULL) {
        for (size_t row = 0; row < row_count; row++)
            sg_free(column->texts[row]);
    }
    sg_free(column->texts);
}

void sg_table_release(struct sg_table *table) {
    for (size_t i = 0; i < table->column_count; i++)
        release_column(&table->columns[i], table->row_count);
    sg_free(table->columns);
    *table = (struct sg_table){0};
}

struct sg_column *sg_table_add(struct sg_table *table, enum sg_column_kind kind, const char *name,
                               const char *short_name, const char *title, const char *unit,
                               const char *definition) {
    if (!sg_reserve(&table->columns, &table->column_capacity, table->column_count + 1,
                    sizeof *table->columns))
        return NULL;
    struct sg_column column = {
        .name = sg_strdup(name),
        .short_name = sg_strdup(short_name),
        .title = sg_strdup(title),
        .unit = sg_strdup(unit),
        .definition = sg_strdup(definition),
        .kind = kind,
        .type = SG_NO_INDEX,
    };
    if (kind == SG_COLUMN_TEXT)
        column.texts = sg_alloc(table->row_count, sizeof *column.texts);
    else
        column.numbers = sg_alloc(table->row_count, sizeof *column.numbers);
    if (column.name == NULL || column.short_name == NULL || column.title == NULL || column.unit == NULL
        || column.definition == NULL || (column.texts == NULL && column.numbers == NULL)) {
        release_column(&column, 0);
        return NULL;
    }
    for (size_t row = 0; column.numbers != NULL && row < table->row_count; row++)
        column.numbers[row] = NAN;
    table->columns[table->column_count] = column;
    return &table->columns[table->column_count++];
}

bool sg_table_add_columns(struct sg_table *table, const struct sg_column_words *columns, size_t count) {
    for (size_t c = 0; c < count; c++) {
        const struct sg_column_words *words = &columns[c];
        const char *short_name = words->short_name == NULL ? words->name : words->short_name;
        if (sg_table_add(table, words->kind, words->name, short_name, words->title, words->unit,
                         words->definition)
            == NULL)
            return false;
    }
    return true;
}

struct sg_column *sg_table_find(const struct sg_table *table, const char *name) {
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    }
    return NULL;
}

bool sg_column_set_text(struct sg_column *column, size_t row, const char *text) {
    char *copy = sg_strdup(text);
    if (copy == NULL)
        return false;
    sg_free(column->texts[row]);
    column->texts[row] = copy;
    return true;
}
