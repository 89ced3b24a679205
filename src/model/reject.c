#include "model/reject.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/text.h"

struct input {
    char *path;
    char **fields;
    size_t field_count;
};

struct sg_reject_log {
    FILE *spool;
    struct input *inputs;
    size_t input_count, input_capacity;
    uint64_t count;
    char *bytes; /* the strings of the record last read */
    size_t byte_capacity;
    const char **values;
    size_t value_capacity;
};

struct header {
    uint64_t record;
    struct sg_point lon_lat_deg;
    uint32_t input;
    uint32_t value_count;
    uint32_t byte_count; /* of the strings, each ended by a zero; a null is the byte 1 and a zero */
    uint32_t has_point;
};

/* A file without a name, gone with the program: in TMPDIR, else in /tmp. (tmpfile() does not look at TMPDIR.)
 */
static enum sg_status open_spool(struct sg_context *context, FILE **ret_spool) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    char *path = sg_format("%s/servicegap-rejected-XXXXXX", folder);
    if (path == NULL)
        return sg_fail_memory(context);
    int file = mkostemp(path, O_CLOEXEC);
    if (file >= 0)
        unlink(path);
    sg_free(path);
    *ret_spool = file < 0 ? NULL : fdopen(file, "w+b");
    if (*ret_spool != NULL)
        return SG_OK;
    int reason = errno;
    if (file >= 0)
        close(file);
    return sg_fail(context, SG_NO_OUTPUT, "set TMPDIR to a folder that you may write to",
                   "no temporary file can be made in %s: %s", folder, strerror(reason));
}

enum sg_status sg_reject_log_new(struct sg_context *context, struct sg_reject_log **ret_log) {
    struct sg_reject_log *log = sg_alloc(1, sizeof *log);
    if (log == NULL)
        return sg_fail_memory(context);
    enum sg_status status = open_spool(context, &log->spool);
    if (status == SG_OK)
        *ret_log = log;
    else
        sg_free(log);
    return status;
}

void sg_reject_log_free(struct sg_reject_log *log) {
    if (log == NULL)
        return;
    fclose(log->spool);
    for (size_t i = 0; i < log->input_count; i++) {
        for (size_t f = 0; f < log->inputs[i].field_count; f++)
            sg_free(log->inputs[i].fields[f]);
        sg_free(log->inputs[i].fields);
        sg_free(log->inputs[i].path);
    }
    sg_free(log->inputs);
    sg_free(log->bytes);
    sg_free(log->values);
    sg_free(log);
}

bool sg_reject_log_add_input(struct sg_reject_log *log, const char *path, const char *const *fields,
                             size_t field_count) {
    if (!sg_reserve(&log->inputs, &log->input_capacity, log->input_count + 1, sizeof *log->inputs))
        return false;
    struct input *input = &log->inputs[log->input_count++];
    *input = (struct input){.path = sg_strdup(path), .fields = sg_alloc(field_count, sizeof *input->fields)};
    if (input->path == NULL || input->fields == NULL)
        return false;
    for (size_t f = 0; f < field_count; f++) {
        input->fields[f] = sg_strdup(fields[f]);
        if (input->fields[f] == NULL)
            return false;
        input->field_count++;
    }
    return true;
}

size_t sg_reject_log_input_count(const struct sg_reject_log *log) {
    return log->input_count;
}

const char *sg_reject_log_input_path(const struct sg_reject_log *log, size_t input) {
    return log->inputs[input].path;
}

size_t sg_reject_log_field_count(const struct sg_reject_log *log, size_t input) {
    return log->inputs[input].field_count;
}

const char *sg_reject_log_field_name(const struct sg_reject_log *log, size_t input, size_t field) {
    return log->inputs[input].fields[field];
}

static const char null_mark[] = "\1";

static const char *stored(const char *value) {
    return value == NULL ? null_mark : value;
}

bool sg_reject_log_add(struct sg_reject_log *log, const struct sg_reject *reject) {
    size_t byte_count = strlen(reject->reason) + 1;
    for (size_t v = 0; v < reject->value_count; v++)
        byte_count += strlen(stored(reject->values[v])) + 1;
    if (byte_count > UINT32_MAX)
        return false;
    struct header header = {.record = reject->record,
                            .lon_lat_deg = reject->lon_lat_deg,
                            .input = (uint32_t)reject->input,
                            .value_count = (uint32_t)reject->value_count,
                            .byte_count = (uint32_t)byte_count,
                            .has_point = reject->has_point};
    bool done = fwrite(&header, sizeof header, 1, log->spool) == 1;
    done = done && fwrite(reject->reason, strlen(reject->reason) + 1, 1, log->spool) == 1;
    for (size_t v = 0; done && v < reject->value_count; v++) {
        const char *value = stored(reject->values[v]);
        done = fwrite(value, strlen(value) + 1, 1, log->spool) == 1;
    }
    log->count += done;
    return done;
}

uint64_t sg_reject_log_count(const struct sg_reject_log *log) {
    return log->count;
}

bool sg_reject_log_flush(struct sg_reject_log *log) {
    return fflush(log->spool) == 0;
}

void sg_reject_log_rewind(struct sg_reject_log *log) {
    rewind(log->spool);
}

bool sg_reject_log_next(struct sg_reject_log *log, struct sg_reject *ret_reject) {
    struct header header;
    if (fread(&header, sizeof header, 1, log->spool) != 1
        || !sg_reserve(&log->bytes, &log->byte_capacity, header.byte_count, 1)
        || !sg_reserve(&log->values, &log->value_capacity, header.value_count, sizeof *log->values)
        || fread(log->bytes, header.byte_count, 1, log->spool) != 1)
        return false;
    const char *at = log->bytes;
    const char *reason = at;
    for (uint32_t v = 0; v < header.value_count; v++) {
        at += strlen(at) + 1;
        log->values[v] = strcmp(at, null_mark) == 0 ? NULL : at;
    }
    *ret_reject =
        (struct sg_reject){header.input,       header.record,      reason,     header.has_point != 0,
                           header.lon_lat_deg, header.value_count, log->values};
    return true;
}
