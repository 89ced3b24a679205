/* How much is too much: inputs are strangers' files. */
#ifndef SG_CORE_LIMITS_H
#define SG_CORE_LIMITS_H

#include <stddef.h>

#include "core/context.h"

/* Bytes of an id or a name; more is some other field, or a file that is broken. */
enum { SG_LONGEST_NAME = 1000 };

/* Areas, regions. */
enum { SG_MOST_AREAS = 2000000, SG_MOST_REGIONS = 20000 };

/* Files that a workbook, or another file that is an archive inside, may hold; and their bytes when unpacked:
   in all, and, from the second number on, so many times what it takes packed. GDAL needs several times as
   much memory to read them. */
enum {
    SG_MOST_PACKED_FILES = 10000,
    SG_MOST_UNPACKED = 1 << 30,
    SG_MUCH_UNPACKED = 64 << 20,
    SG_MOST_TIMES_PACKED = 200
};

/* An error, before anything is allocated, when count items of item_size bytes are more than this machine has
   in all: "what" (in the plural, with its numbers) "would need 65 GB". hint says what to leave out. */
enum sg_status sg_check_memory(struct sg_context *context, double count, size_t item_size, const char *what,
                               const char *hint);

#endif
