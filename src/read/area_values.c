#include "read/area_values.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "read/look_through.h"

enum { MOST_FIELDS = 64 };

struct reading {
    struct sg_context *context;
    struct sg_dataset *dataset;
    struct sg_area_values values;
    int fields[MOST_FIELDS];
    bool is_optional; /* nothing to read is no error */
};

void sg_area_values_release(struct sg_area_values *values) {
    for (size_t i = 0; i < values->count; i++) {
        sg_free(values->fields[i].field);
        sg_free(values->fields[i].title);
        sg_free(values->fields[i].values);
    }
    sg_free(values->fields);
    *values = (struct sg_area_values){0};
}

static enum sg_status add_field(struct reading *reading, int field, size_t area_count) {
    struct sg_dataset *dataset = reading->dataset;
    if (reading->values.count == MOST_FIELDS)
        return sg_fail(reading->context, SG_BAD_INPUT, "name fewer fields", "%s: more than %d fields",
                       dataset->path, MOST_FIELDS);
    reading->fields[reading->values.count] = field;
    struct sg_area_value *value = &reading->values.fields[reading->values.count++];
    value->field = sg_strdup(sg_dataset_field_name(dataset, field));
    value->title = sg_dataset_field_title(dataset, field);
    value->values = sg_alloc(area_count, sizeof *value->values);
    return value->field == NULL || value->title == NULL || value->values == NULL
               ? sg_fail_memory(reading->context)
               : SG_OK;
}

static bool ends_in(const char *name, const char *measure) {
    size_t length = strlen(name), tail = strlen(measure);
    return length > tail + 1 && name[length - tail - 1] == '_'
           && sg_text_equal_fold(name + length - tail, measure);
}

/* The fields of all types for a measure. */
static enum sg_status add_measure(struct reading *reading, const char *measure, size_t area_count) {
    enum sg_status status = SG_OK;
    int count = OGR_FD_GetFieldCount(reading->dataset->definition);
    for (int field = 0; field < count && status == SG_OK; field++) {
        const char *name = sg_dataset_field_name(reading->dataset, field);
        bool is_of_all = strlen(name) == strlen(measure) + 4 && strncmp(name, "all_", 4) == 0;
        bool has_room = !reading->is_optional || reading->values.count < MOST_FIELDS;
        if (ends_in(name, measure) && !is_of_all && has_room)
            status = add_field(reading, field, area_count);
    }
    return status;
}

static bool has_field(const struct sg_dataset *dataset, const char *name) {
    return OGR_FD_GetFieldIndex(dataset->definition, name) >= 0;
}

static enum sg_status find_fields(struct reading *reading, const char *names, size_t area_count) {
    enum sg_status status = SG_OK;
    if (strchr(names, ',') == NULL && !has_field(reading->dataset, names)) {
        status = add_measure(reading, names, area_count);
        if (status != SG_OK || reading->values.count > 0 || reading->is_optional)
            return status;
    }
    char *copy = sg_strdup(names);
    if (copy == NULL)
        return sg_fail_memory(reading->context);
    char *rest = copy;
    for (char *name = strsep(&rest, ","); name != NULL && status == SG_OK; name = strsep(&rest, ",")) {
        int field;
        sg_text_trim(name);
        status = sg_dataset_field(reading->dataset, name, "--field", &field);
        if (status == SG_OK)
            status = add_field(reading, field, area_count);
    }
    sg_free(copy);
    return status;
}

static enum sg_status read_values(struct reading *reading, size_t area_count) {
    struct sg_dataset *dataset = reading->dataset;
    size_t row = 0;
    size_t known[MOST_FIELDS] = {0};
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(dataset->layer)) != NULL && row < area_count) {
        for (size_t i = 0; i < reading->values.count; i++) {
            double number = sg_dataset_number(dataset, feature, reading->fields[i], NULL);
            reading->values.fields[i].values[row] = number;
            known[i] += !isnan(number);
        }
        row++;
        OGR_F_Destroy(feature);
    }
    OGR_F_Destroy(feature); /* NULL unless the layer has grown */
    if (row != area_count)
        return sg_fail(reading->context, SG_BAD_INPUT, "is it being written? Try again",
                       "%s: %zu areas at first, then %zu", dataset->path, area_count, row);
    for (size_t i = 0; i < reading->values.count; i++) {
        if (known[i] == 0 && !reading->is_optional)
            return sg_fail(reading->context, SG_BAD_INPUT, "name a field of numbers",
                           "%s: '%s' holds no numbers", dataset->path, reading->values.fields[i].field);
    }
    return SG_OK;
}

static enum sg_status read_fields(struct sg_context *context, const struct sg_source *source,
                                  const char *names, size_t area_count, bool is_optional,
                                  struct sg_area_values *ret_values) {
    struct sg_dataset dataset;
    struct reading reading = {.context = context, .dataset = &dataset, .is_optional = is_optional};
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    reading.values.fields = sg_alloc(MOST_FIELDS, sizeof *reading.values.fields);
    if (status == SG_OK && reading.values.fields == NULL)
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = find_fields(&reading, names, area_count);
    if (status == SG_OK)
        status = sg_dataset_check(&dataset);
    if (status == SG_OK && reading.values.count > 0) {
        sg_dataset_keep_fields(&dataset, reading.fields, reading.values.count, false);
        status = sg_dataset_look_through(&dataset, reading.fields, reading.values.count, false);
    }
    if (status == SG_OK && reading.values.count > 0)
        status = read_values(&reading, area_count);
    if (status == SG_OK)
        status = sg_dataset_check(&dataset);
    sg_dataset_release(&dataset);
    if (status == SG_OK)
        *ret_values = reading.values;
    else
        sg_area_values_release(&reading.values);
    return status;
}

enum sg_status sg_area_values_read(struct sg_context *context, const struct sg_source *source,
                                   const char *names, size_t area_count, struct sg_area_values *ret_values) {
    return read_fields(context, source, names, area_count, false, ret_values);
}

enum sg_status sg_area_values_find(struct sg_context *context, const struct sg_source *source,
                                   const char *measure, size_t area_count,
                                   struct sg_area_values *ret_values) {
    return read_fields(context, source, measure, area_count, true, ret_values);
}
