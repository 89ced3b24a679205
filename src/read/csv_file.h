/* CSV files record by record, several times faster than through GDAL, and with an eye on quote marks that
   swallow records. Line ends may be LF, CRLF or CR; a byte order mark is passed over. */
#ifndef SG_READ_CSV_FILE_H
#define SG_READ_CSV_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/context.h"

struct sg_csv_file;

/* One record: cells are ended by a zero byte and good until the next record is read. */
struct sg_csv_record {
    char **cells;
    size_t cell_count;
    long long offset;     /* of its first byte in the file */
    uint64_t line;        /* of its first byte, 1 = first of the file */
    uint64_t line_count;  /* lines that it spans */
    bool has_lone_quote;  /* text follows a closing quote mark, or the file ends inside quotes */
    bool has_inner_quote; /* an odd number of quote marks inside cells that do not begin with one: 24" */
    bool has_full_lines; /* of its lines each would be a record of as many cells: a quote mark has joined them
                          */
};

/* Opens a plain file, or one in an archive ("/vsizip/..."). SG_NO_INPUT when it cannot be opened. Free it
   with sg_csv_file_free(). */
enum sg_status sg_csv_file_open(struct sg_context *context, const char *path, char separator,
                                struct sg_csv_file **ret_file);
void sg_csv_file_free(struct sg_csv_file *file);

/* Reads the next record that is not blank; *ret_is_end after the last. SG_BAD_INPUT for a record beyond 64
   MiB or a zero byte, SG_NO_INPUT for a read error. */
enum sg_status sg_csv_file_next(struct sg_csv_file *file, struct sg_csv_record *ret_record, bool *ret_is_end);

/* Goes to a record's offset to read it again. */
enum sg_status sg_csv_file_seek(struct sg_csv_file *file, long long offset);

#endif
