#include "job/map_columns.h"

#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

static enum sg_status fail_no_column(struct sg_run *run, const char *field) {
    const char **names = sg_alloc(run->table.column_count, sizeof *names);
    if (names == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < run->table.column_count; i++)
        names[i] = run->table.columns[i].name;
    const char *nearest = sg_nearest_name(field, names, run->table.column_count);
    struct sg_text hint;
    sg_text_init(&hint);
    if (nearest != NULL)
        sg_text_append_format(&hint, "did you mean '%s'?", nearest);
    else
        sg_text_append(&hint, "`servicegap list measures` names them; a type's columns begin with its code");
    enum sg_status status =
        sg_fail(run->context, SG_BAD_PROJECT, sg_text_bytes(&hint), "the coverage has no column '%s'", field);
    sg_text_release(&hint);
    sg_free(names);
    return status;
}

static enum sg_status add_column(struct sg_run *run, const char *field, struct sg_map_columns *columns) {
    const struct sg_column *column = sg_table_find(&run->table, field);
    if (column == NULL)
        return fail_no_column(run, field);
    if (columns->count == SG_MOST_MAP_COLUMNS)
        return sg_fail(run->context, SG_BAD_PROJECT, "name fewer columns", "a map of more than %d columns",
                       SG_MOST_MAP_COLUMNS);
    columns->columns[columns->count++] = column;
    return SG_OK;
}

/* The columns of a series: those of a list, or of every type for a measure. */
static enum sg_status add_series(struct sg_run *run, const char *fields, struct sg_map_columns *columns) {
    for (size_t i = 0; i < run->table.column_count && columns->count < SG_MOST_MAP_COLUMNS; i++) {
        const struct sg_column *column = &run->table.columns[i];
        if (column->measure != NULL && strcmp(column->measure, fields) == 0
            && column->type < run->taxonomy.type_count)
            columns->columns[columns->count++] = column;
    }
    if (columns->count > 0)
        return SG_OK;
    char *copy = sg_strdup(fields), *rest = copy;
    enum sg_status status = copy == NULL ? sg_fail_memory(run->context) : SG_OK;
    for (char *name = strsep(&rest, ","); name != NULL && status == SG_OK; name = strsep(&rest, ","))
        status = add_column(run, sg_text_trim(name), columns);
    sg_free(copy);
    return status;
}

enum sg_status sg_map_columns_find(struct sg_run *run, const struct sg_map_request *request,
                                   struct sg_map_columns *columns) {
    columns->count = 0;
    if (request->kind == SG_MAP_REGIONS)
        return SG_OK;
    enum sg_status status = request->kind == SG_MAP_MULTIPLES ? add_series(run, request->field, columns)
                                                              : add_column(run, request->field, columns);
    if (status == SG_OK && request->kind == SG_MAP_BIVARIATE)
        status = add_column(run, request->field2, columns);
    bool wants_text = request->kind == SG_MAP_CLUSTERS;
    for (size_t i = 0; status == SG_OK && request->kind != SG_MAP_CHOROPLETH && i < columns->count; i++) {
        const struct sg_column *column = columns->columns[i];
        if ((column->kind == SG_COLUMN_TEXT) != wants_text)
            status =
                sg_fail(run->context, SG_BAD_PROJECT, NULL, "a map of kind %s needs %s, and '%s' holds %s",
                        sg_map_kind_name(request->kind), wants_text ? "texts" : "numbers", column->name,
                        wants_text ? "numbers" : "texts");
    }
    return status;
}

struct sg_map_variable sg_map_variable_of(const struct sg_run *run, const struct sg_column *column) {
    bool has_type = column->type < run->taxonomy.type_count;
    struct sg_map_variable variable = {
        .panel_title =
            has_type ? sg_type_label(&run->taxonomy.types[column->type], run->job->language) : column->title,
        .values = column->numbers};
    sg_map_variable_use_column(column, sg_whom_of(&run->measures), run->job, &variable);
    return variable;
}
