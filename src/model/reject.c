#include "model/reject.h"

#include <stdio.h>
#include <string.h>

#include "core/alloc.h"

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

struct sg_reject_log *sg_reject_log_new(void) {
    struct sg_reject_log *log = sg_alloc(1, sizeof *log);
    if (log == NULL)
        return NULL;
    log->spool = tmpfile();
    if (log->spool == NULL) {
        sg_free(log);
        return NULL;
    }
    return log;
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
