#include "write/zip_dates.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Offsets as in PKWARE's APPNOTE 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end). */
enum { END_SIZE = 22, CENTRAL_SIZE = 46 };

static const unsigned char first_day[4] = {0, 0, 0x21, 0}; /* time 0, 1980-01-01 */

static uint32_t number32(const unsigned char *bytes) {
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static uint32_t number16(const unsigned char *bytes) {
    return bytes[0] | (uint32_t)bytes[1] << 8;
}

static int write_date(FILE *file, long offset) {
    return fseek(file, offset, SEEK_SET) == 0 && fwrite(first_day, 4, 1, file) == 1;
}

static int set_dates(FILE *file) {
    unsigned char end[END_SIZE], central[CENTRAL_SIZE];
    if (fseek(file, -END_SIZE, SEEK_END) != 0 || fread(end, END_SIZE, 1, file) != 1
        || memcmp(end, "PK\5\6", 4) != 0)
        return 0;
    uint32_t count = number16(end + 10);
    long at = (long)number32(end + 16);
    for (uint32_t i = 0; i < count; i++) {
        if (fseek(file, at, SEEK_SET) != 0 || fread(central, CENTRAL_SIZE, 1, file) != 1
            || memcmp(central, "PK\1\2", 4) != 0)
            return 0;
        if (!write_date(file, at + 12) || !write_date(file, (long)number32(central + 42) + 10))
            return 0;
        at += CENTRAL_SIZE + (long)number16(central + 28) + (long)number16(central + 30)
              + (long)number16(central + 32);
    }
    return 1;
}

enum sg_status sg_zip_set_dates(struct sg_context *context, const char *path) {
    FILE *file = fopen(path, "r+b");
    int done = file != NULL && set_dates(file);
    if (file != NULL && fclose(file) != 0)
        done = 0;
    return done ? SG_OK
                : sg_fail(context, SG_NO_OUTPUT, "is the disk full?", "%s: cannot be finished: %s", path,
                          strerror(errno));
}
