#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/file.h"
#include "core/text.h"
#include "write/layer_writer.h"
#include "write/safe_text.h"

static void write_text(FILE *file, const char *text) {
    bool needs_quotes = strpbrk(text, ",\"\r\n") != NULL || text[0] == ' ';
    bool is_formula = sg_text_is_formula(text);
    const char *around = needs_quotes || is_formula ? "\"" : "";
    fputs(around, file);
    if (is_formula)
        fputc('\'', file);
    for (const char *c = text; *c != '\0';) {
        size_t control = sg_control_length(c);
        if (control > 0)
            fputs("\uFFFD", file);
        else if (*c == '"')
            fputs("\"\"", file);
        else
            fputc(*c, file);
        c += control > 0 ? control : 1;
    }
    fputs(around, file);
}

static void write_header(FILE *file, const struct sg_table *table) {
    for (size_t c = 0; c < table->column_count; c++) {
        if (c > 0)
            fputc(',', file);
        write_text(file, table->columns[c].name);
    }
    fputc('\n', file);
}

static void write_rows(FILE *file, const struct sg_table *table) {
    char number[32];
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t c = 0; c < table->column_count; c++) {
            const struct sg_column *column = &table->columns[c];
            if (c > 0)
                fputc(',', file);
            if (column->kind == SG_COLUMN_TEXT && column->texts[row] != NULL)
                write_text(file, column->texts[row]);
            else if (column->kind != SG_COLUMN_TEXT && isfinite(column->numbers[row]))
                fputs(sg_number_text(column->numbers[row], number), file);
        }
        fputc('\n', file);
    }
}

static bool write_layer(FILE *file, const struct sg_layer *layer) {
    write_header(file, layer->table);
    if (layer->refill == NULL) {
        write_rows(file, layer->table);
        return true;
    }
    for (bool is_start = true;; is_start = false) {
        if (!layer->refill(layer->user, is_start))
            return false;
        if (layer->table->row_count == 0)
            return true;
        write_rows(file, layer->table);
    }
}

enum sg_status sg_layer_write_csv(struct sg_context *context, struct sg_staging *staging, const char *name,
                                  const struct sg_layer *layer) {
    char *path = sg_staging_path(staging, name);
    if (path == NULL)
        return sg_fail_memory(context);
    FILE *file = fopen(path, "wb");
    bool failed = file == NULL, has_memory = true;
    if (file != NULL) {
        has_memory = write_layer(file, layer);
        failed = ferror(file) != 0;
        failed = fclose(file) != 0 || failed;
    }
    sg_free(path);
    if (!has_memory)
        return sg_fail_memory(context);
    return failed ? sg_fail(context, SG_NO_OUTPUT, sg_file_write_hint(errno), "%s: cannot be written: %s",
                            name, strerror(errno))
                  : SG_OK;
}

enum sg_status sg_table_write_csv(struct sg_context *context, struct sg_staging *staging, const char *name,
                                  const struct sg_table *table) {
    struct sg_layer layer = {.table = table};
    if (staging != NULL)
        return sg_layer_write_csv(context, staging, name, &layer);
    if (!write_layer(stdout, &layer))
        return sg_fail_memory(context);
    if (fflush(stdout) != 0 || ferror(stdout))
        return sg_fail(context, SG_NO_OUTPUT, NULL, "the standard output cannot be written: %s",
                       strerror(errno));
    return SG_OK;
}
