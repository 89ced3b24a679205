/* The reading of one services file, shared by its two ways: feature by feature, and in Arrow batches. Private
   to the site reader. */
#ifndef SG_READ_SITE_READING_H
#define SG_READ_SITE_READING_H

#include <pthread.h>

#include "read/csv_file.h"
#include "read/point_fields.h"
#include "read/site_reader.h"
#include "read/type_texts.h"

/* Records in a batch: many where they come from columns; few where each keeps its feature or is located by
   the thread that read it, so that they stay in the processor's cache. */
enum { SG_SITE_BATCH = 16384, SG_SITE_SMALL_BATCH = 1024 };

/* Records that count nowhere are logged so many at a time. */
enum { SG_SITE_REJECTS = 256 };

/* A batch on its way: filled by the reader, then located by the sink while the next one is filled. */
struct sg_site_pending {
    struct sg_site_entry *entries;
    size_t entry_count, entry_capacity;
    OGRFeatureH *features; /* SG_SITE_BATCH; kept until the batch is settled, where rejects are logged */
    GIntBig *fids;         /* SG_SITE_BATCH; where records are read in Arrow batches */
    uint64_t first_record;
    size_t record_count;
    size_t type_count;
    enum sg_status status; /* of the sink */
};

struct sg_site_reading {
    struct sg_taxonomy *taxonomy;
    struct sg_context *context;
    struct sg_dataset dataset;
    struct sg_site_input *input;
    struct sg_type_texts *types;
    struct sg_type_list file_types; /* of every record, when a type value or the file's name says it */
    struct sg_name_index *organizations, *words, *ids;
    int type, organization, scope, level, targets, id, weight, opened, closed; /* fields; -1: none */
    double as_of_day;                                                          /* NaN: any */
    struct sg_point_fields point;
    bool is_geographic;
    sg_site_sink *sink;
    void *user;
    struct sg_reject_log *rejects;
    size_t input_index;

    const struct sg_source *source;
    struct sg_dataset lookup; /* opened to fetch a rejected record again by its id */
    bool keeps_features;      /* else that is done */
    bool is_csv;              /* fids are the offsets of records in the file */
    struct sg_csv_file *lookup_csv;
    struct sg_site_pending pending[2];
    size_t batch_records;
    int filling;         /* the one of them that is filled; the other may be with the sink */
    bool locates_itself; /* the reading thread calls the sink: others already fetch the records */
    bool is_sink_running;
    pthread_t sink_thread;
    struct sg_point *scratch;
    size_t scratch_capacity;
    struct sg_text cell;
    int described;      /* warnings given about single records */
    uint64_t bad_dates; /* texts that should be dates */
};

/* Room for two batches. False when out of memory. */
bool sg_site_reading_init(struct sg_site_reading *reading);
void sg_site_reading_release(struct sg_site_reading *reading);

/* The batch that is being filled. */
struct sg_site_pending *sg_site_reading_pending(struct sg_site_reading *reading);

/* Room for one entry more behind those of the batch; NULL when out of memory. It is the batch's own once the
   batch's entry_count is raised. */
struct sg_site_entry *sg_site_reading_room(struct sg_site_reading *reading);

/* Adds one entry to the batch. False when out of memory. */
bool sg_site_reading_add(struct sg_site_reading *reading, const struct sg_site_entry *entry);

/* Adds the entry once for each of the first count points of scratch, and grows the file's extent by them. */
enum sg_status sg_site_reading_add_points(struct sg_site_reading *reading, struct sg_site_entry *entry,
                                          size_t count);

/* Counts a record as read into the batch. A full batch goes to the sink, which locates it on another thread;
   the one before is settled: outcomes counted, records in no area logged. */
enum sg_status sg_site_reading_end_record(struct sg_site_reading *reading, uint64_t record, double expected);

/* Settles what is still under way after the last record, or only forgets it when status is a failure. */
enum sg_status sg_site_reading_finish(struct sg_site_reading *reading, enum sg_status status);

/* The position of a word among others (organizations, scopes ...), added when new; UINT32_MAX for NULL or
   empty text. When memory runs out too: sg_dataset_check() tells. */
uint32_t sg_site_word(struct sg_site_reading *reading, struct sg_name_index *words, const char *text,
                      size_t length);

/* Was the service open on the date asked for, by the texts of its opening and closing (NULL: none)? An
   unknown opening was before, an unknown closing is to come; the first texts that are no dates are warned of.
 */
bool sg_site_was_open(struct sg_site_reading *reading, uint64_t record, const char *opened,
                      const char *closed);

/* What a point that cannot be used makes of its record. */
enum sg_site_outcome sg_site_outcome_of(enum sg_point_fault fault);

/* Warns of a record that cannot be used; of the first three in a file only. */
void sg_site_warn_of_record(struct sg_site_reading *reading, uint64_t record, const char *sentence);

/* Logs records of the batch that count nowhere (one entry for each, in the order of the file; at most
   SG_SITE_REJECTS) with all their fields, from the features at hand or fetched again. */
enum sg_status sg_site_log_rejects(struct sg_site_reading *reading, const struct sg_site_pending *pending,
                                   const struct sg_site_entry *const *entries, size_t count);

/* Reads all records one by one. */
enum sg_status sg_site_read_features(struct sg_site_reading *reading);

/* Can the layer be read in Arrow batches faster than feature by feature? (GeoPackage and FlatGeobuf, with the
   fields of plain types, and weights that are numbers.) */
bool sg_site_has_arrow(struct sg_site_reading *reading);

/* Reads all records in Arrow batches. */
enum sg_status sg_site_read_arrow(struct sg_site_reading *reading);

/* Is it a plain CSV file with longitude and latitude columns? */
bool sg_site_has_csv(const struct sg_site_reading *reading);

/* Reads all its records; as features where the header is not what GDAL made of it. */
enum sg_status sg_site_read_csv(struct sg_site_reading *reading);

/* Reads the record at an offset again; cells are good until the next call. */
enum sg_status sg_site_csv_fetch(struct sg_site_reading *reading, long long offset, char ***ret_cells,
                                 size_t *ret_count);

#endif
