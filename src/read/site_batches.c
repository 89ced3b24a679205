/* The two batches of a reading: one is filled while the other is located. */
#include <math.h>

#include "core/alloc.h"
#include "read/record_log.h"
#include "read/site_reading.h"

bool sg_site_reading_init(struct sg_site_reading *reading) {
    for (int i = 0; i < 2; i++) {
        struct sg_site_pending *pending = &reading->pending[i];
        pending->features = sg_alloc(SG_SITE_BATCH, sizeof *pending->features);
        pending->fids = sg_alloc(SG_SITE_BATCH, sizeof *pending->fids);
        if (pending->features == NULL || pending->fids == NULL)
            return false;
    }
    reading->pending[0].first_record = 1;
    return true;
}

void sg_site_reading_release(struct sg_site_reading *reading) {
    for (int i = 0; i < 2; i++) {
        sg_free(reading->pending[i].entries);
        sg_free(reading->pending[i].features);
        sg_free(reading->pending[i].fids);
    }
    sg_dataset_release(&reading->dataset);
    sg_dataset_release(&reading->lookup);
    sg_csv_file_free(reading->lookup_csv);
    sg_type_texts_free(reading->types);
    sg_free(reading->scratch);
}

struct sg_site_pending *sg_site_reading_pending(struct sg_site_reading *reading) {
    return &reading->pending[reading->filling];
}

bool sg_site_reading_add(struct sg_site_reading *reading, const struct sg_site_entry *entry) {
    struct sg_site_pending *pending = sg_site_reading_pending(reading);
    if (!sg_reserve(&pending->entries, &pending->entry_capacity, pending->entry_count + 1,
                    sizeof *pending->entries))
        return false;
    pending->entries[pending->entry_count++] = *entry;
    return true;
}

enum sg_status sg_site_reading_add_points(struct sg_site_reading *reading, struct sg_site_entry *entry,
                                          size_t count) {
    for (size_t i = 0; i < count; i++) {
        entry->point = reading->scratch[i];
        sg_box_add(&reading->input->extent, entry->point);
        if (!sg_site_reading_add(reading, entry))
            return sg_fail_memory(reading->context);
    }
    return SG_OK;
}

static struct sg_reject reject_of(const struct sg_site_reading *reading, const struct sg_site_entry *entry) {
    bool has_point = isfinite(entry->lon_lat_deg.x) && isfinite(entry->lon_lat_deg.y)
                     && (entry->lon_lat_deg.x != 0 || entry->lon_lat_deg.y != 0);
    return (struct sg_reject){.input = reading->input_index,
                              .record = entry->record,
                              .reason = sg_site_outcome_reason(entry->outcome),
                              .has_point = has_point,
                              .lon_lat_deg = entry->lon_lat_deg};
}

static enum sg_status log_csv_record(struct sg_site_reading *reading, long long offset,
                                     struct sg_reject *reject) {
    char **cells;
    size_t cell_count;
    enum sg_status status = sg_site_csv_fetch(reading, offset, &cells, &cell_count);
    return status == SG_OK
               ? sg_record_log_cells(&reading->dataset, cells, cell_count, reject, reading->rejects)
               : status;
}

/* Logs a record that counts nowhere, from the feature at hand or fetched again. */
static enum sg_status log_settled(struct sg_site_reading *reading, const struct sg_site_pending *pending,
                                  const struct sg_site_entry *entry) {
    size_t index = (size_t)(entry->record - pending->first_record);
    struct sg_reject reject = reject_of(reading, entry);
    if (reading->keeps_features)
        return sg_record_log_feature(&reading->dataset, pending->features[index], &reject, reading->rejects);
    if (reading->is_csv)
        return log_csv_record(reading, pending->fids[index], &reject);
    if (reading->lookup.handle == NULL) {
        enum sg_status status = sg_dataset_open(reading->context, reading->source, &reading->lookup);
        if (status != SG_OK)
            return status;
    }
    OGRFeatureH feature = OGR_L_GetFeature(reading->lookup.layer, pending->fids[index]);
    if (feature == NULL)
        return sg_fail(reading->context, SG_BAD_INPUT, "did it change while it was read?",
                       "%s: record %llu cannot be read again", reading->dataset.path,
                       (unsigned long long)entry->record);
    enum sg_status status = sg_record_log_feature(&reading->lookup, feature, &reject, reading->rejects);
    OGR_F_Destroy(feature);
    return status;
}

static void count_outcome(struct sg_site_input *input, enum sg_site_outcome outcome) {
    input->outcomes[outcome]++;
    input->counts.read++;
    if (outcome == SG_SITE_COUNTED)
        input->counts.counted++;
    else if (outcome == SG_SITE_OUTSIDE)
        input->counts.outside++;
    else
        input->counts.rejected++;
}

/* Counts each record's outcome and logs those in no area. */
static enum sg_status settle(struct sg_site_reading *reading, struct sg_site_pending *pending) {
    enum sg_status status = pending->status;
    for (size_t i = 0; status == SG_OK && i < pending->entry_count;) {
        const struct sg_site_entry *settled = &pending->entries[i];
        size_t next = i;
        /* any member in an area counts the record; else outside goes before a fault */
        for (; next < pending->entry_count && pending->entries[next].record == settled->record; next++) {
            if (pending->entries[next].outcome < settled->outcome)
                settled = &pending->entries[next];
        }
        count_outcome(reading->input, settled->outcome);
        if (settled->outcome != SG_SITE_COUNTED && reading->rejects != NULL)
            status = log_settled(reading, pending, settled);
        i = next;
    }
    return status;
}

static void empty(const struct sg_site_reading *reading, struct sg_site_pending *pending) {
    for (size_t i = 0; reading->keeps_features && i < pending->record_count; i++)
        OGR_F_Destroy(pending->features[i]);
    pending->record_count = 0;
    pending->entry_count = 0;
    pending->status = SG_OK;
}

static void *run_sink(void *user) {
    struct sg_site_reading *reading = user;
    struct sg_site_pending *pending = &reading->pending[1 - reading->filling];
    struct sg_site_batch batch = {pending->entries, pending->entry_count, pending->type_count};
    if (pending->entry_count > 0)
        pending->status = reading->sink(reading->user, &batch);
    return NULL;
}

static void wait_for_sink(struct sg_site_reading *reading) {
    if (reading->is_sink_running)
        pthread_join(reading->sink_thread, NULL);
    reading->is_sink_running = false;
}

/* Gives the filled batch to the sink and settles the one that the sink had. */
static enum sg_status hand_over(struct sg_site_reading *reading) {
    struct sg_site_pending *filled = sg_site_reading_pending(reading);
    struct sg_site_pending *located = &reading->pending[1 - reading->filling];
    wait_for_sink(reading);
    enum sg_status status = settle(reading, located);
    empty(reading, located);
    if (status != SG_OK)
        return status;
    filled->type_count = reading->taxonomy->type_count;
    located->first_record = filled->first_record + filled->record_count;
    reading->filling = 1 - reading->filling;
    if (sg_context_threads(reading->context) > 1)
        reading->is_sink_running = pthread_create(&reading->sink_thread, NULL, run_sink, reading) == 0;
    if (!reading->is_sink_running)
        run_sink(reading);
    return SG_OK;
}

enum sg_status sg_site_reading_end_record(struct sg_site_reading *reading, uint64_t record, double expected) {
    if (++sg_site_reading_pending(reading)->record_count < reading->batch_records)
        return SG_OK;
    enum sg_status status = hand_over(reading);
    sg_progress(reading->context, "reading services", expected > 0 ? (double)record / expected : -1);
    if (status == SG_OK && sg_context_interrupted(reading->context))
        return sg_fail(reading->context, SG_INTERRUPTED, NULL, "interrupted while reading services");
    return status;
}

enum sg_status sg_site_reading_finish(struct sg_site_reading *reading, enum sg_status status) {
    for (int i = 0; status == SG_OK && i < 2; i++)
        status = hand_over(reading);
    wait_for_sink(reading);
    empty(reading, &reading->pending[0]);
    empty(reading, &reading->pending[1]);
    return status;
}
