#include <cpl_error.h>
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "read/number_text.h"
#include "read/site_reading.h"

static uint32_t word_of(struct sg_dataset *dataset, struct sg_name_index *index, OGRFeatureH feature,
                        int field) {
    if (field < 0)
        return UINT32_MAX;
    const char *text = sg_dataset_text(dataset, feature, field);
    if (text == NULL || text[0] == '\0')
        return UINT32_MAX;
    size_t position = sg_name_index_add(index, text, strlen(text), NULL);
    if (position == SG_NO_INDEX)
        dataset->failed = true;
    return position == SG_NO_INDEX ? UINT32_MAX : (uint32_t)position;
}

/* Was the service open on the date asked for? An unknown opening was before, an unknown closing is to come.
 */
static bool is_open(struct sg_site_reading *reading, OGRFeatureH feature) {
    if (isnan(reading->as_of_day))
        return true;
    double day;
    if (reading->opened >= 0 && OGR_F_IsFieldSetAndNotNull(feature, reading->opened)
        && sg_date_from_text(OGR_F_GetFieldAsString(feature, reading->opened), &day) == SG_NUMBER_READ
        && day > reading->as_of_day)
        return false;
    if (reading->closed >= 0 && OGR_F_IsFieldSetAndNotNull(feature, reading->closed)
        && sg_date_from_text(OGR_F_GetFieldAsString(feature, reading->closed), &day) == SG_NUMBER_READ
        && day <= reading->as_of_day)
        return false;
    return true;
}

static enum sg_site_outcome outcome_of_fault(enum sg_point_fault fault) {
    switch (fault) {
    case SG_POINT_NOT_A_NUMBER:
        return SG_SITE_NOT_A_NUMBER;
    case SG_POINT_OUT_OF_RANGE:
        return SG_SITE_OUT_OF_RANGE;
    case SG_POINT_NOT_FINITE:
        return SG_SITE_NOT_FINITE;
    default:
        return SG_SITE_MISSING;
    }
}

static void warn_of_record(struct sg_site_reading *reading, OGRFeatureH feature, uint64_t record,
                           enum sg_site_outcome outcome, enum sg_point_fault fault) {
    if (reading->described++ >= 3)
        return;
    struct sg_text sentence;
    sg_text_init(&sentence);
    if (outcome == SG_SITE_BAD_WEIGHT)
        sg_text_append_format(&sentence, "weight \"%.40s\" is not a number of 0 or more",
                              OGR_F_GetFieldAsString(feature, reading->weight));
    else
        sg_point_fault_describe(&reading->dataset, &reading->point, feature, fault, &sentence);
    sg_warn(reading->context, NULL, "%s, record %llu: %s", reading->dataset.path, (unsigned long long)record,
            sg_text_bytes(&sentence));
    sg_text_release(&sentence);
}

/* Adds the record's points to the batch; a record that cannot be used is one entry with its outcome. */
static enum sg_status add_record(struct sg_site_reading *reading, OGRFeatureH feature, uint64_t record) {
    struct sg_site_entry entry = {.record = record, .weight = 1};
    size_t count;
    bool is_surface, is_bad = false;
    enum sg_point_fault fault =
        sg_point_fields_read(&reading->dataset, &reading->point, feature, reading->is_geographic,
                             &reading->scratch, &count, &reading->scratch_capacity, &is_surface);
    if (fault == SG_POINT_NO_MEMORY)
        return sg_fail_memory(reading->context);
    if (fault != SG_POINT_READ) {
        entry.outcome = outcome_of_fault(fault);
    } else if (reading->weight >= 0) {
        entry.weight = sg_dataset_number(&reading->dataset, feature, reading->weight, &is_bad);
        if (!(entry.weight >= 0))
            entry.outcome = SG_SITE_BAD_WEIGHT;
    }
    if (entry.outcome == SG_SITE_COUNTED && !is_open(reading, feature))
        entry.outcome = SG_SITE_NOT_OPEN;
    if (entry.outcome != SG_SITE_COUNTED) {
        if (entry.outcome != SG_SITE_NOT_OPEN && entry.outcome != SG_SITE_MISSING)
            warn_of_record(reading, feature, record, entry.outcome, fault);
        return sg_site_reading_add(reading, &entry) ? SG_OK : sg_fail_memory(reading->context);
    }
    struct sg_type_list list = reading->file_types;
    if (reading->type >= 0) {
        const char *text = sg_dataset_text(&reading->dataset, feature, reading->type);
        enum sg_status status =
            sg_type_texts_resolve(reading->types, text, text == NULL ? 0 : strlen(text), &list);
        if (status != SG_OK)
            return status;
    }
    entry.types = list.types;
    entry.type_count = list.count;
    entry.organization = word_of(&reading->dataset, reading->organizations, feature, reading->organization);
    entry.scope = word_of(&reading->dataset, reading->words, feature, reading->scope);
    entry.level = word_of(&reading->dataset, reading->words, feature, reading->level);
    entry.targets = word_of(&reading->dataset, reading->words, feature, reading->targets);
    reading->input->multiple_count += count > 1;
    reading->input->surface_count += is_surface;
    return sg_site_reading_add_points(reading, &entry, count);
}

enum sg_status sg_site_read_features(struct sg_site_reading *reading) {
    enum sg_status status = SG_OK;
    OGRFeatureH feature;
    uint64_t record = 0;
    double expected = (double)OGR_L_GetFeatureCount(reading->dataset.layer, FALSE);
    reading->keeps_features = reading->rejects != NULL;
    reading->batch_records = reading->keeps_features ? SG_SITE_FEATURE_BATCH : SG_SITE_BATCH;
    CPLErrorReset();
    while (status == SG_OK && (feature = OGR_L_GetNextFeature(reading->dataset.layer)) != NULL) {
        status = add_record(reading, feature, ++record);
        struct sg_site_pending *pending = sg_site_reading_pending(reading);
        if (reading->keeps_features)
            pending->features[pending->record_count] = feature;
        else
            OGR_F_Destroy(feature);
        if (status == SG_OK)
            status = sg_site_reading_end_record(reading, record, expected);
        else
            pending->record_count++; /* this one is to be forgotten too */
    }
    if (status == SG_OK && CPLGetLastErrorType() == CE_Failure)
        status = sg_fail(reading->context, SG_BAD_INPUT, "is the file complete? Download or export it again",
                         "%s: stopped at record %llu: %.300s", reading->dataset.path,
                         (unsigned long long)record, CPLGetLastErrorMsg());
    return sg_site_reading_finish(reading, status);
}
