/* Records that count nowhere, into the log with all their fields. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "read/record_log.h"
#include "read/site_reading.h"

static struct sg_reject reject_of(const struct sg_site_reading *reading, const struct sg_site_entry *entry) {
    bool has_point = isfinite(entry->lon_lat_deg.x) && isfinite(entry->lon_lat_deg.y)
                     && (entry->lon_lat_deg.x != 0 || entry->lon_lat_deg.y != 0);
    return (struct sg_reject){.input = reading->input_index,
                              .record = entry->record,
                              .reason = sg_site_outcome_reason(entry->outcome),
                              .has_point = has_point,
                              .lon_lat_deg = entry->lon_lat_deg};
}

static size_t index_in_batch(const struct sg_site_pending *pending, const struct sg_site_entry *entry) {
    return (size_t)(entry->record - pending->first_record);
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

/* ---- features fetched again by their ids ---- */

static enum sg_status open_lookup(struct sg_site_reading *reading) {
    static const char *const ignored[] = {"OGR_GEOMETRY", NULL};
    if (reading->lookup.handle != NULL)
        return SG_OK;
    enum sg_status status = sg_dataset_open(reading->context, reading->source, &reading->lookup);
    if (status == SG_OK)
        OGR_L_SetIgnoredFields(reading->lookup.layer, (const char **)ignored);
    return status;
}

static int by_id(const void *a, const void *b) {
    GIntBig left = OGR_F_GetFID(*(const OGRFeatureH *)a), right = OGR_F_GetFID(*(const OGRFeatureH *)b);
    return (left > right) - (left < right);
}

static int id_to_feature(const void *key, const void *feature) {
    GIntBig id = *(const GIntBig *)key, other = OGR_F_GetFID(*(const OGRFeatureH *)feature);
    return (id > other) - (id < other);
}

/* "fid" IN (7,9): one query for many records of a GeoPackage, where one query each takes ten times as long.
   False where the layer has no column of ids, or memory ran out: records are then fetched one by one. */
static bool ask_for(struct sg_site_reading *reading, const struct sg_site_pending *pending,
                    const struct sg_site_entry *const *entries, size_t count) {
    const char *column = OGR_L_GetFIDColumn(reading->lookup.layer);
    if (strcmp(reading->dataset.driver, "GPKG") != 0 || column[0] == '\0' || strchr(column, '"') != NULL)
        return false;
    struct sg_text query;
    sg_text_init(&query);
    sg_text_append_format(&query, "\"%s\" IN (", column);
    for (size_t i = 0; i < count; i++)
        sg_text_append_format(&query, "%s%lld", i == 0 ? "" : ",",
                              (long long)pending->fids[index_in_batch(pending, entries[i])]);
    sg_text_append(&query, ")");
    bool asked = !query.failed
                 && OGR_L_SetAttributeFilter(reading->lookup.layer, sg_text_bytes(&query)) == OGRERR_NONE;
    sg_text_release(&query);
    return asked;
}

/* The features asked for, sorted by id; at most count. */
static size_t fetch_all(struct sg_site_reading *reading, OGRFeatureH *features, size_t count) {
    size_t found = 0;
    while (found < count && (features[found] = OGR_L_GetNextFeature(reading->lookup.layer)) != NULL)
        found++;
    qsort(features, found, sizeof *features, by_id);
    return found;
}

static enum sg_status log_feature(struct sg_site_reading *reading, OGRFeatureH feature,
                                  const struct sg_site_entry *entry) {
    struct sg_reject reject = reject_of(reading, entry);
    if (feature == NULL)
        return sg_fail(reading->context, SG_BAD_INPUT, "did it change while it was read?",
                       "%s: record %llu cannot be read again", reading->dataset.path,
                       (unsigned long long)entry->record);
    return sg_record_log_feature(&reading->lookup, feature, &reject, reading->rejects);
}

static enum sg_status log_fetched(struct sg_site_reading *reading, const struct sg_site_pending *pending,
                                  const struct sg_site_entry *const *entries, size_t count) {
    OGRFeatureH features[SG_SITE_REJECTS];
    enum sg_status status = open_lookup(reading);
    if (status != SG_OK)
        return status;
    bool is_asked = ask_for(reading, pending, entries, count);
    size_t found = is_asked ? fetch_all(reading, features, count) : 0;
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        GIntBig id = pending->fids[index_in_batch(pending, entries[i])];
        OGRFeatureH *at = bsearch(&id, features, found, sizeof *features, id_to_feature);
        OGRFeatureH feature =
            is_asked ? (at == NULL ? NULL : *at) : OGR_L_GetFeature(reading->lookup.layer, id);
        status = log_feature(reading, feature, entries[i]);
        if (!is_asked)
            OGR_F_Destroy(feature);
    }
    for (size_t i = 0; i < found; i++)
        OGR_F_Destroy(features[i]);
    return status;
}

enum sg_status sg_site_log_rejects(struct sg_site_reading *reading, const struct sg_site_pending *pending,
                                   const struct sg_site_entry *const *entries, size_t count) {
    if (!reading->keeps_features && !reading->is_csv)
        return log_fetched(reading, pending, entries, count);
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        struct sg_reject reject = reject_of(reading, entries[i]);
        size_t index = index_in_batch(pending, entries[i]);
        status = reading->is_csv ? log_csv_record(reading, pending->fids[index], &reject)
                                 : sg_record_log_feature(&reading->dataset, pending->features[index], &reject,
                                                         reading->rejects);
    }
    return status;
}
