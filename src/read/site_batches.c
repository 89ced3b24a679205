/* The two batches of a reading: one is filled while the other is located. */
#include <math.h>

#include "core/alloc.h"
#include "read/number_text.h"
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
    sg_text_release(&reading->cell);
}

struct sg_site_pending *sg_site_reading_pending(struct sg_site_reading *reading) {
    return &reading->pending[reading->filling];
}

uint32_t sg_site_word(struct sg_site_reading *reading, struct sg_name_index *words, const char *text,
                      size_t length) {
    if (text == NULL || length == 0)
        return UINT32_MAX;
    size_t position = sg_name_index_add(words, text, length, NULL);
    if (position == SG_NO_INDEX)
        reading->dataset.failed = true;
    return position == SG_NO_INDEX ? UINT32_MAX : (uint32_t)position;
}

/* The day of a date, NaN where there is none: a text that is no date says nothing, which is told. */
static double day_of(struct sg_site_reading *reading, uint64_t record, const char *what, const char *text) {
    double day = NAN;
    if (text == NULL || sg_date_from_text(text, &day) != SG_NUMBER_BAD)
        return day;
    if (reading->bad_dates++ < 3)
        sg_warn(reading->context, "write dates as 2013-06-30; the service is taken as open by this one",
                "%s, record %llu: %s \"%.40s\" is not a date", reading->dataset.path,
                (unsigned long long)record, what, sg_dataset_decode(&reading->dataset, text));
    return NAN;
}

bool sg_site_was_open(struct sg_site_reading *reading, uint64_t record, const char *opened,
                      const char *closed) {
    if (isnan(reading->as_of_day))
        return true;
    return !(day_of(reading, record, "opened", opened) > reading->as_of_day)
           && !(day_of(reading, record, "closed", closed) <= reading->as_of_day);
}

enum sg_site_outcome sg_site_outcome_of(enum sg_point_fault fault) {
    switch (fault) {
    case SG_POINT_READ:
        return SG_SITE_COUNTED;
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

void sg_site_warn_of_record(struct sg_site_reading *reading, uint64_t record, const char *sentence) {
    if (reading->described++ < 3)
        sg_warn(reading->context, NULL, "%s, record %llu: %s", reading->dataset.path,
                (unsigned long long)record, sentence);
}

struct sg_site_entry *sg_site_reading_room(struct sg_site_reading *reading) {
    struct sg_site_pending *pending = sg_site_reading_pending(reading);
    if (!sg_reserve(&pending->entries, &pending->entry_capacity, pending->entry_count + 1,
                    sizeof *pending->entries))
        return NULL;
    return &pending->entries[pending->entry_count];
}

bool sg_site_reading_add(struct sg_site_reading *reading, const struct sg_site_entry *entry) {
    struct sg_site_entry *room = sg_site_reading_room(reading);
    if (room == NULL)
        return false;
    *room = *entry;
    sg_site_reading_pending(reading)->entry_count++;
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

/* A record counts by its best place; one of its others that cannot be used is told. */
static void warn_of_lost_places(struct sg_site_reading *reading, const struct sg_site_entry *entries,
                                size_t count) {
    size_t lost = 0, which = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].outcome > SG_SITE_OUTSIDE && lost++ == 0)
            which = i;
    }
    if (lost == 0 || lost == count || reading->described++ >= 3)
        return;
    sg_warn(reading->context, NULL, "%s, record %llu: %zu of its %zu places %s left out: %s",
            reading->dataset.path, (unsigned long long)entries->record, lost, count,
            sg_plural(lost, "is", "are"), sg_site_outcome_reason(entries[which].outcome));
}

/* Counts each record's outcome and logs those in no area. */
static enum sg_status settle(struct sg_site_reading *reading, struct sg_site_pending *pending) {
    enum sg_status status = pending->status;
    const struct sg_site_entry *uncounted[SG_SITE_REJECTS];
    size_t uncounted_count = 0;
    for (size_t i = 0; status == SG_OK && i < pending->entry_count;) {
        const struct sg_site_entry *settled = &pending->entries[i];
        size_t next = i;
        /* any member in an area counts the record; else outside goes before a fault */
        for (; next < pending->entry_count && pending->entries[next].record == settled->record; next++) {
            if (pending->entries[next].outcome < settled->outcome)
                settled = &pending->entries[next];
        }
        count_outcome(reading->input, settled->outcome);
        if (next - i > 1)
            warn_of_lost_places(reading, &pending->entries[i], next - i);
        if (settled->outcome != SG_SITE_COUNTED && reading->rejects != NULL)
            uncounted[uncounted_count++] = settled;
        if (uncounted_count == SG_SITE_REJECTS) {
            status = sg_site_log_rejects(reading, pending, uncounted, uncounted_count);
            uncounted_count = 0;
        }
        i = next;
    }
    if (status == SG_OK && uncounted_count > 0)
        status = sg_site_log_rejects(reading, pending, uncounted, uncounted_count);
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
    if (!reading->locates_itself && sg_context_threads(reading->context) > 1)
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
