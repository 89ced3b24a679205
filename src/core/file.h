/* Whole files, read and written at once. */
#ifndef SG_CORE_FILE_H
#define SG_CORE_FILE_H

#include "core/context.h"

/* SG_NO_INPUT for what gives its bytes only once or waits for a writer: a pipe (also <(...) and /dev/stdin),
   a socket, a device. Inputs are opened more than once: to tell the format, to read, for their checksum. What
   is not there passes; opening it says so. */
enum sg_status sg_file_check_lasts(struct sg_context *context, const char *path);

/* Reads a whole file of at most 16 MiB. *ret_bytes is ended by a zero byte and owned by the caller (sg_free).
   SG_NO_INPUT when it cannot be read, SG_BAD_INPUT when it is larger. */
enum sg_status sg_file_read(struct sg_context *context, const char *path, char **ret_bytes,
                            size_t *ret_length);

/* Writes a whole file, or replaces it: the name appears, or changes, only when all is on the disk.
   SG_NO_OUTPUT when it cannot be written; what was there before is kept then. */
enum sg_status sg_file_write(struct sg_context *context, const char *path, const char *bytes, size_t length);

/* What to do about a file that cannot be written, by errno. */
const char *sg_file_write_hint(int cause);

#endif
