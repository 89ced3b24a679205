/* A whole table as text: for small tables that are looked at from both sides. */
#ifndef SG_READ_TEXT_TABLE_H
#define SG_READ_TEXT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "core/context.h"
#include "core/text.h"
#include "read/dataset.h"

struct sg_text_table {
    char *path;
    size_t row_count, column_count; /* the headings are row 0 */
    struct sg_text bytes;           /* all cells, each ended by a zero byte */
    size_t *starts;                 /* of the cells in it, row after row */
    size_t *numbers;                /* of the rows as a spreadsheet counts them, 1 = first */
    size_t capacity, row_capacity;
};

/* Reads a CSV file (comma, semicolon, tab or bar; UTF-8, else Windows-1252 unless the source says its
   encoding) or any table that GDAL reads. Cells that a row lacks are empty; cells beyond the headings are
   left out with a warning. SG_BAD_INPUT for a table without headings, beyond 256 MiB of text or 50 million
   cells. Release with sg_text_table_release(). */
enum sg_status sg_text_table_read(struct sg_context *context, const struct sg_source *source,
                                  struct sg_text_table *ret_table);
void sg_text_table_release(struct sg_text_table *table);

/* A cell, "" when empty. Borrowed. */
const char *sg_text_table_cell(const struct sg_text_table *table, size_t row, size_t column);

#endif
