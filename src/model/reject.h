/* Records that are in no area or cannot be used, kept with their own fields for the person to look at. On
   disk (an unnamed temporary file), so that memory does not grow with them. */
#ifndef SG_MODEL_REJECT_H
#define SG_MODEL_REJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/context.h"
#include "model/geometry.h"

struct sg_reject_log;

/* One record; strings are good until the next is read. */
struct sg_reject {
    size_t input;    /* position of its file */
    uint64_t record; /* 1 = first */
    const char *reason;
    bool has_point;
    struct sg_point lon_lat_deg;
    size_t value_count;
    const char *const *values; /* of the input's fields; NULL = null */
};

/* The file is in TMPDIR, else in /tmp: SG_NO_OUTPUT when none can be made there. Free with
 * sg_reject_log_free(). */
enum sg_status sg_reject_log_new(struct sg_context *context, struct sg_reject_log **ret_log);
void sg_reject_log_free(struct sg_reject_log *log);

/* Names an input and its fields; copied. Inputs are numbered 0, 1, ... False when out of memory. */
bool sg_reject_log_add_input(struct sg_reject_log *log, const char *path, const char *const *fields,
                             size_t field_count);

size_t sg_reject_log_input_count(const struct sg_reject_log *log);
const char *sg_reject_log_input_path(const struct sg_reject_log *log, size_t input);
size_t sg_reject_log_field_count(const struct sg_reject_log *log, size_t input);
const char *sg_reject_log_field_name(const struct sg_reject_log *log, size_t input, size_t field);

/* Adds a record. False when the disk is full. */
bool sg_reject_log_add(struct sg_reject_log *log, const struct sg_reject *reject);

uint64_t sg_reject_log_count(const struct sg_reject_log *log);

/* Writes out what is still held back. False when the disk is full: records are lost then. */
bool sg_reject_log_flush(struct sg_reject_log *log);

/* Goes back to the first record of a flushed log, and reads the next: false after the last, and also when out
   of memory or on a read error: count them against sg_reject_log_count(). */
void sg_reject_log_rewind(struct sg_reject_log *log);
bool sg_reject_log_next(struct sg_reject_log *log, struct sg_reject *ret_reject);

#endif
