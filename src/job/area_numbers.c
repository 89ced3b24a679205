#include "job/area_numbers.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/joins.h"
#include "read/number_fields.h"

void sg_area_numbers_release(struct sg_area_number *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sg_free(numbers[i].values);
        sg_free(numbers[i].records);
        numbers[i].values = numbers[i].records = NULL;
    }
}

/* Says which field a name is, and warns of cells that are no numbers; an error where none is one. */
static enum sg_status take_field(struct sg_run *run, const struct sg_area_number *number, const char *path,
                                 const struct sg_number_field *field) {
    if (field->known_count == 0)
        return sg_fail(run->context, SG_BAD_INPUT, "name a field of numbers",
                       "%s: '%s' (%s) holds no numbers", path, number->name, number->option);
    if (field->bad_count > 0)
        sg_warn(run->context, "they are taken as missing", "%s: %zu %s of '%s' %s (record %llu: \"%s\"%s)",
                path, field->bad_count, sg_plural(field->bad_count, "value", "values"), number->name,
                sg_plural(field->bad_count, "is no number", "are no numbers"),
                (unsigned long long)field->first_bad_record, field->first_bad,
                field->bad_count > 1 ? " ..." : "");
    sg_detail(run->context, "%s '%s' is a field of %s", number->option, number->name, path);
    return SG_OK;
}

/* ---- where ---- */

static enum sg_status find_in_joins(struct sg_run *run, struct sg_area_number *number, bool is_last) {
    const struct sg_join_field *field;
    const struct sg_join *join;
    enum sg_status status = sg_joins_find(run->context, run->layer.joins, run->layer.join_count, number->name,
                                          number->option, &field, &join);
    if (status == SG_BAD_INPUT && !is_last) {
        sg_context_forget_error(run->context); /* the demand layer may have it */
        return SG_OK;
    }
    if (status != SG_OK)
        return status;
    number->values = sg_alloc(run->layer.area_count, sizeof *number->values);
    if (number->values == NULL)
        return sg_fail_memory(run->context);
    memcpy(number->values, field->values, run->layer.area_count * sizeof *number->values);
    if (field->bad_count > 0)
        sg_warn(run->context, "they are taken as missing", "%s: %zu %s of '%s' %s: \"%.60s\"", join->path,
                field->bad_count, sg_plural(field->bad_count, "cell", "cells"), field->label,
                sg_plural(field->bad_count, "is no number", "are no numbers"), field->first_bad);
    sg_join_field_warn(run, join, field);
    sg_detail(run->context, "%s '%s' is %s %zu of %s", number->option, number->name,
              join->is_transposed ? "row" : "column", field->number, join->path);
    return SG_OK;
}

/* The mean over the people of each area of what their records say. */
static bool average_records(const struct sg_run *run, struct sg_area_number *number) {
    const struct sg_demand *demand = &run->demand;
    number->values = sg_alloc(run->layer.area_count, sizeof *number->values);
    if (number->values == NULL)
        return false;
    for (size_t a = 0; a < run->layer.area_count; a++) {
        double sum = 0, people = 0;
        for (size_t i = demand->area_starts[a]; i < demand->area_starts[a + 1]; i++) {
            const struct sg_demand_point *point = &demand->points[i];
            double value = point->record == 0 ? NAN : number->records[point->record - 1];
            if (!isfinite(value))
                continue;
            sum += point->population * value;
            people += point->population;
        }
        number->values[a] = people > 0 ? sum / people : NAN;
    }
    return true;
}

/* Reads the fields that a layer has into *records, one array for each number found. */
static enum sg_status read_layer(struct sg_run *run, const struct sg_source *source, size_t record_count,
                                 struct sg_area_number *numbers, size_t count, bool is_demand) {
    struct sg_number_field *fields = sg_alloc(count, sizeof *fields);
    if (fields == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < count; i++)
        fields[i] = (struct sg_number_field){.name = numbers[i].name, .is_found = numbers[i].values != NULL};
    enum sg_status status = sg_number_fields_read(run->context, source, fields, count, record_count);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].values == NULL)
            continue;
        if (status == SG_OK)
            status = take_field(run, &numbers[i], source->path, &fields[i]);
        *(is_demand ? &numbers[i].records : &numbers[i].values) = fields[i].values;
        if (status == SG_OK && is_demand && !average_records(run, &numbers[i]))
            status = sg_fail_memory(run->context);
    }
    sg_free(fields);
    return status;
}

/* Nowhere: the fields of the layer that was looked into first, and the nearest spelling. */
static enum sg_status fail_nowhere(struct sg_run *run, const struct sg_source *source,
                                   const struct sg_area_number *number) {
    struct sg_dataset dataset;
    int field;
    enum sg_status status = sg_dataset_open(run->context, source, &dataset);
    if (status == SG_OK)
        status = sg_dataset_field(&dataset, number->name, number->option, &field);
    sg_dataset_release(&dataset);
    return status == SG_OK ? sg_fail_memory(run->context) : status;
}

enum sg_status sg_area_numbers_find(struct sg_run *run, bool demand_first, struct sg_area_number *numbers,
                                    size_t count) {
    const struct sg_job *job = run->job;
    bool has_demand = job->demand.path != NULL && run->has_demand;
    size_t records = run->demand_layer.read_count;
    enum sg_status status = SG_OK;
    if (has_demand && demand_first)
        status = read_layer(run, &job->demand, records, numbers, count, true);
    if (status == SG_OK)
        status = read_layer(run, &job->areas, run->layer.area_count, numbers, count, false);
    bool demand_is_left = has_demand && !demand_first;
    for (size_t i = 0; status == SG_OK && run->layer.join_count > 0 && i < count; i++) {
        if (numbers[i].values == NULL)
            status = find_in_joins(run, &numbers[i], !demand_is_left);
        else if (numbers[i].records == NULL)
            sg_warn_of_joined_name(run, numbers[i].name, numbers[i].option);
    }
    if (status == SG_OK && demand_is_left)
        status = read_layer(run, &job->demand, records, numbers, count, true);
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        if (numbers[i].values == NULL)
            status =
                run->layer.join_count > 0
                    ? find_in_joins(run, &numbers[i], true)
                    : fail_nowhere(run, has_demand && demand_first ? &job->demand : &job->areas, &numbers[i]);
    }
    return status;
}
