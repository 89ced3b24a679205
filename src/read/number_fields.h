/* Number fields of a layer by name, record after record: what groups, status and need are made of. */
#ifndef SG_READ_NUMBER_FIELDS_H
#define SG_READ_NUMBER_FIELDS_H

#include "core/context.h"
#include "read/dataset.h"

struct sg_number_field {
    const char *name; /* as a person wrote it; any case */
    bool is_found;    /* has the layer such a field? Else nothing below */
    double *values;   /* of each record; NaN = missing. Owned by the caller, for sg_free() */
    size_t known_count;
    size_t bad_count;          /* cells that are neither a number nor a sign for a missing one */
    uint64_t first_bad_record; /* 1 = first */
    char first_bad[64];        /* the beginning of what it says */
};

/* Reads those fields that the layer has (those already found are left alone). record_count: of the same layer
   and condition read before; SG_BAD_INPUT when it has changed. */
enum sg_status sg_number_fields_read(struct sg_context *context, const struct sg_source *source,
                                     struct sg_number_field *fields, size_t field_count, size_t record_count);

#endif
