#include <math.h>
#include <string.h>

#include "read/look_through.h"
#include "read/site_reading.h"

static uint32_t word_of(struct sg_site_reading *reading, struct sg_name_index *words, OGRFeatureH feature,
                        int field) {
    const char *text = field < 0 ? NULL : sg_dataset_text(&reading->dataset, feature, field);
    return sg_site_word(reading, words, text, text == NULL ? 0 : strlen(text));
}

/* A field's text as the file has it; NULL when null. */
static const char *plain_text(struct sg_site_reading *reading, OGRFeatureH feature, int field) {
    return field < 0 ? NULL : sg_dataset_bytes(&reading->dataset, feature, field);
}

static bool is_open(struct sg_site_reading *reading, OGRFeatureH feature, uint64_t record) {
    if (isnan(reading->as_of_day))
        return true;
    /* one text at a time: GDAL writes a date into the feature's own buffer */
    return sg_site_was_open(reading, record, plain_text(reading, feature, reading->opened), NULL)
           && sg_site_was_open(reading, record, NULL, plain_text(reading, feature, reading->closed));
}

static const char *known_text(const char *text) {
    return text == NULL ? "" : text;
}

static void warn_of_record(struct sg_site_reading *reading, OGRFeatureH feature, uint64_t record,
                           enum sg_site_outcome outcome, enum sg_point_fault fault) {
    struct sg_text sentence;
    sg_text_init(&sentence);
    if (outcome == SG_SITE_BAD_WEIGHT)
        sg_text_append_format(&sentence, "weight \"%.40s\" is not a number of 0 or more",
                              known_text(sg_dataset_text(&reading->dataset, feature, reading->weight)));
    else
        sg_point_fault_describe(&reading->dataset, &reading->point, feature, fault, &sentence);
    sg_site_warn_of_record(reading, record, sg_text_bytes(&sentence));
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
        entry.outcome = sg_site_outcome_of(fault);
    } else if (reading->weight >= 0) {
        entry.weight = sg_dataset_number(&reading->dataset, feature, reading->weight, &is_bad);
        if (!(entry.weight >= 0))
            entry.outcome = SG_SITE_BAD_WEIGHT;
    }
    if (entry.outcome == SG_SITE_COUNTED && !is_open(reading, feature, record))
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
    entry.organization = word_of(reading, reading->organizations, feature, reading->organization);
    entry.scope = word_of(reading, reading->words, feature, reading->scope);
    entry.level = word_of(reading, reading->words, feature, reading->level);
    entry.targets = word_of(reading, reading->words, feature, reading->targets);
    entry.id = word_of(reading, reading->ids, feature, reading->id);
    reading->input->multiple_count += count > 1;
    reading->input->surface_count += is_surface;
    return sg_site_reading_add_points(reading, &entry, count);
}

enum sg_status sg_site_read_features(struct sg_site_reading *reading) {
    enum sg_status status = sg_dataset_look_through(&reading->dataset, &reading->weight, 1, true);
    OGRFeatureH feature;
    uint64_t record = 0;
    double expected = (double)OGR_L_GetFeatureCount(reading->dataset.layer, FALSE);
    reading->keeps_features = reading->rejects != NULL;
    reading->batch_records = reading->keeps_features ? SG_SITE_SMALL_BATCH : SG_SITE_BATCH;
    while (status == SG_OK && (feature = sg_dataset_next(&reading->dataset)) != NULL) {
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
    if (status == SG_OK)
        status = sg_dataset_finish(&reading->dataset, "services");
    return sg_site_reading_finish(reading, status);
}
