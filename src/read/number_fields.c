#include "read/number_fields.h"

#include <math.h>
#include <stdio.h>

#include "core/alloc.h"
#include "read/look_through.h"

/* Positions of the fields in the layer, -1 for those it lacks or that are found already. */
static enum sg_status find_fields(struct sg_dataset *dataset, struct sg_number_field *fields, size_t count,
                                  size_t record_count, int *positions, size_t *ret_found) {
    *ret_found = 0;
    for (size_t i = 0; i < count; i++) {
        positions[i] = -1;
        if (fields[i].is_found || !sg_dataset_has_field(dataset, fields[i].name))
            continue;
        enum sg_status status = sg_dataset_field(dataset, fields[i].name, "a field", &positions[i]);
        if (status != SG_OK)
            return status;
        fields[i].values = sg_alloc(record_count, sizeof *fields[i].values);
        if (fields[i].values == NULL)
            return sg_fail_memory(dataset->context);
        fields[i].is_found = true;
        ++*ret_found;
    }
    return sg_dataset_check(dataset);
}

static void read_value(struct sg_dataset *dataset, OGRFeatureH feature, int position, size_t record,
                       struct sg_number_field *field) {
    bool is_bad;
    double number = sg_dataset_number(dataset, feature, position, &is_bad);
    field->values[record] = number;
    field->known_count += !isnan(number);
    if (!is_bad)
        return;
    if (field->bad_count++ == 0) {
        field->first_bad_record = record + 1;
        snprintf(field->first_bad, sizeof field->first_bad, "%.60s",
                 sg_dataset_bytes(dataset, feature, position));
    }
}

static enum sg_status read_records(struct sg_dataset *dataset, struct sg_number_field *fields, size_t count,
                                   const int *positions, size_t record_count) {
    size_t record = 0;
    OGRFeatureH feature;
    while ((feature = sg_dataset_next(dataset)) != NULL) {
        for (size_t i = 0; i < count && record < record_count; i++) {
            if (positions[i] >= 0)
                read_value(dataset, feature, positions[i], record, &fields[i]);
        }
        record++;
        OGR_F_Destroy(feature);
    }
    enum sg_status status = sg_dataset_finish(dataset, "fields");
    if (status == SG_OK && record != record_count)
        status = sg_fail(dataset->context, SG_BAD_INPUT, "is it being written? Try again",
                         "%s: %zu records at first, then %zu", dataset->path, record_count, record);
    return status;
}

enum sg_status sg_number_fields_read(struct sg_context *context, const struct sg_source *source,
                                     struct sg_number_field *fields, size_t field_count,
                                     size_t record_count) {
    struct sg_dataset dataset;
    int *positions = sg_alloc(field_count, sizeof *positions);
    if (positions == NULL)
        return sg_fail_memory(context);
    size_t found = 0;
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    if (status == SG_OK)
        status = find_fields(&dataset, fields, field_count, record_count, positions, &found);
    if (status == SG_OK && found > 0) {
        sg_dataset_keep_fields(&dataset, positions, field_count, false);
        status = sg_dataset_look_through(&dataset, positions, field_count, false);
    }
    if (status == SG_OK && found > 0)
        status = read_records(&dataset, fields, field_count, positions, record_count);
    sg_dataset_release(&dataset);
    sg_free(positions);
    return status;
}
