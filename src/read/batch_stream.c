#include "read/batch_stream.h"

#include <cpl_error.h>
#include <cpl_string.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"

/* Records in a batch of one thread; ids in a range, which is one batch of a worker; records below which a
   file is read sooner by one thread than two are started. */
enum { BATCH_RECORDS = 16384, RANGE_IDS = 32768, FEWEST_TO_SPLIT = 4 * RANGE_IDS, WORKERS = 2, SLOTS = 6 };

/* A batch on its way from a worker. Without a release it has no record: it only ends its range. */
struct slot {
    struct ArrowArray batch;
    bool ends_range;
};

struct worker {
    struct sg_batch_stream *stream;
    pthread_t thread;
    bool is_running;
    GDALDatasetH handle;
    OGRLayerH layer;
    size_t first_range;
    struct slot slots[SLOTS]; /* a ring: filled at head + count, taken at head */
    size_t head, count;
    char *failure; /* of GDAL, by sg_strdup() */
    bool failed;
};

struct sg_batch_stream {
    struct sg_dataset *dataset;
    struct ArrowArrayStream whole; /* of the dataset's own layer; also says the schema */
    struct ArrowSchema schema;
    bool is_split;
    struct worker workers[WORKERS];
    const char *id_column;
    GIntBig lowest_id;
    size_t range_count, range; /* range: the one that is handed out */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_stopping;
};

static bool open_stream(OGRLayerH layer, int most_records, struct ArrowArrayStream *stream) {
    char most[16];
    snprintf(most, sizeof most, "%d", most_records);
    memset(stream, 0, sizeof *stream);
    char **options = CSLSetNameValue(NULL, "INCLUDE_FID", "YES");
    options = CSLSetNameValue(options, "MAX_FEATURES_IN_BATCH", most);
    bool opened = OGR_L_GetArrowStream(layer, stream, options);
    CSLDestroy(options);
    return opened;
}

/* GDAL 3.7 to 3.11.3 may hand out a batch of a GeoPackage while its own thread still fills it: on a busy
   machine records come garbled, or twice (seen with 3.10.3, whatever the size of the batches). */
static bool has_hasty_batches(const struct sg_dataset *dataset) {
    int version = atoi(GDALVersionInfo("VERSION_NUM"));
    return strcmp(dataset->driver, "GPKG") == 0 && version >= GDAL_COMPUTE_VERSION(3, 7, 0)
           && version < GDAL_COMPUTE_VERSION(3, 11, 4);
}

static enum sg_status fail_stream(const struct sg_batch_stream *stream, const char *why) {
    return sg_fail(stream->dataset->context, SG_BAD_INPUT,
                   "is the file complete? Download or export it again",
                   "%s: cannot be read to its end: %.300s", stream->dataset->path, why == NULL ? "" : why);
}

/* ---- workers ---- */

/* Waits for room and puts the batch into it. False when the stream is closed meanwhile; the batch is then
   still the caller's. */
static bool put(struct worker *worker, const struct ArrowArray *batch, bool ends_range) {
    struct sg_batch_stream *stream = worker->stream;
    pthread_mutex_lock(&stream->lock);
    while (worker->count == SLOTS && !stream->is_stopping)
        pthread_cond_wait(&stream->changed, &stream->lock);
    bool has_room = !stream->is_stopping;
    if (has_room) {
        worker->slots[(worker->head + worker->count++) % SLOTS] = (struct slot){*batch, ends_range};
        pthread_cond_broadcast(&stream->changed);
    }
    pthread_mutex_unlock(&stream->lock);
    return has_room;
}

static void stop_failed(struct worker *worker, const char *why) {
    struct sg_batch_stream *stream = worker->stream;
    char *copy = sg_strdup(why == NULL ? "" : why);
    pthread_mutex_lock(&stream->lock);
    worker->failed = true;
    worker->failure = copy;
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->lock);
}

/* All batches of one range. False when there is nothing more to do. */
static bool fetch_range(struct worker *worker, size_t range) {
    const struct sg_batch_stream *stream = worker->stream;
    GIntBig first = stream->lowest_id + (GIntBig)range * RANGE_IDS;
    char *query = sg_format("\"%s\" >= %lld AND \"%s\" < %lld", stream->id_column, (long long)first,
                            stream->id_column, (long long)(first + RANGE_IDS));
    struct ArrowArrayStream batches;
    /* a batch that is never full saves GDAL's own thread a stop */
    bool opened = query != NULL && OGR_L_SetAttributeFilter(worker->layer, query) == OGRERR_NONE
                  && open_stream(worker->layer, RANGE_IDS + 1, &batches);
    sg_free(query);
    if (!opened) {
        stop_failed(worker, CPLGetLastErrorMsg());
        return false;
    }
    bool goes_on = true, is_end = false;
    while (goes_on && !is_end) {
        struct ArrowArray batch;
        memset(&batch, 0, sizeof batch);
        if (batches.get_next(&batches, &batch) != 0) {
            stop_failed(worker, batches.get_last_error(&batches));
            batches.release(&batches);
            return false;
        }
        is_end = batch.release == NULL;
        goes_on = put(worker, &batch, is_end);
        if (!goes_on && batch.release != NULL)
            batch.release(&batch);
    }
    batches.release(&batches);
    return goes_on;
}

static void *run_worker(void *user) {
    struct worker *worker = user;
    for (size_t range = worker->first_range; range < worker->stream->range_count; range += WORKERS) {
        if (!fetch_range(worker, range))
            break;
    }
    return NULL;
}

/* ---- splitting ---- */

/* A number of one query; false when it has none. */
static bool ask_number(const struct sg_dataset *dataset, const char *query, GIntBig *ret_number) {
    OGRLayerH answer = query == NULL ? NULL : GDALDatasetExecuteSQL(dataset->handle, query, NULL, NULL);
    OGRFeatureH feature = answer == NULL ? NULL : OGR_L_GetNextFeature(answer);
    bool is_number = feature != NULL && OGR_F_IsFieldSetAndNotNull(feature, 0);
    if (is_number)
        *ret_number = OGR_F_GetFieldAsInteger64(feature, 0);
    OGR_F_Destroy(feature);
    if (answer != NULL)
        GDALDatasetReleaseResultSet(dataset->handle, answer);
    return is_number;
}

/* Is the layer a table whose ids are counted up with few gaps? Then finds its ranges. */
static bool find_ranges(struct sg_batch_stream *stream) {
    struct sg_dataset *dataset = stream->dataset;
    stream->id_column = OGR_L_GetFIDColumn(dataset->layer);
    const char *table = OGR_L_GetName(dataset->layer);
    GIntBig count = OGR_L_GetFeatureCount(dataset->layer, FALSE);
    if (strcmp(dataset->driver, "GPKG") != 0 || dataset->where != NULL || count < FEWEST_TO_SPLIT
        || stream->id_column[0] == '\0' || strpbrk(stream->id_column, "\"'") != NULL
        || strpbrk(table, "\"'") != NULL)
        return false;
    char *queries[3] = {
        sg_format("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND lower(name) = lower('%s')",
                  table),
        sg_format("SELECT MIN(\"%s\") FROM \"%s\"", stream->id_column, table),
        sg_format("SELECT MAX(\"%s\") FROM \"%s\"", stream->id_column, table)};
    GIntBig numbers[3] = {0};
    bool answered = true;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    for (int i = 0; i < 3; i++) {
        answered = answered && ask_number(dataset, queries[i], &numbers[i]);
        sg_free(queries[i]);
    }
    CPLPopErrorHandler();
    if (!answered || numbers[0] != 1 || numbers[2] < numbers[1] || numbers[2] > INT64_MAX - RANGE_IDS
        || (double)numbers[2] - (double)numbers[1] > 2 * (double)count)
        return false;
    stream->lowest_id = numbers[1];
    stream->range_count = (size_t)((numbers[2] - numbers[1]) / RANGE_IDS + 1);
    return true;
}

/* Opens the file once more for a worker, the same fields ignored. */
static bool open_worker(struct worker *worker) {
    static const char *const drivers[] = {"GPKG", NULL};
    const struct sg_dataset *dataset = worker->stream->dataset;
    worker->handle = GDALOpenEx(dataset->opened_path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (worker->handle != NULL)
        worker->layer = GDALDatasetGetLayerByName(worker->handle, OGR_L_GetName(dataset->layer));
    if (worker->layer == NULL)
        return false;
    char **ignored = NULL;
    for (int i = 0; i < OGR_FD_GetFieldCount(dataset->definition); i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(dataset->definition, i);
        if (OGR_Fld_IsIgnored(field))
            ignored = CSLAddString(ignored, OGR_Fld_GetNameRef(field));
    }
    OGRErr error = OGR_L_SetIgnoredFields(worker->layer, (const char **)ignored);
    CSLDestroy(ignored);
    return error == OGRERR_NONE;
}

static void stop_workers(struct sg_batch_stream *stream) {
    pthread_mutex_lock(&stream->lock);
    stream->is_stopping = true;
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->lock);
    for (size_t w = 0; w < WORKERS; w++) {
        struct worker *worker = &stream->workers[w];
        if (worker->is_running)
            pthread_join(worker->thread, NULL);
        for (; worker->count > 0; worker->count--, worker->head = (worker->head + 1) % SLOTS) {
            struct ArrowArray *batch = &worker->slots[worker->head].batch;
            if (batch->release != NULL)
                batch->release(batch);
        }
        if (worker->handle != NULL)
            GDALClose(worker->handle);
        sg_free(worker->failure);
        *worker = (struct worker){0};
    }
}

/* Starts the workers; false, with none left, where one cannot be. */
static bool start_workers(struct sg_batch_stream *stream) {
    bool started = true;
    for (size_t w = 0; w < WORKERS && started; w++) {
        struct worker *worker = &stream->workers[w];
        *worker = (struct worker){.stream = stream, .first_range = w};
        started = open_worker(worker);
    }
    for (size_t w = 0; w < WORKERS && started; w++) {
        struct worker *worker = &stream->workers[w];
        started = worker->is_running = pthread_create(&worker->thread, NULL, run_worker, worker) == 0;
    }
    if (!started)
        stop_workers(stream);
    return started;
}

/* ---- the stream ---- */

enum sg_status sg_batch_stream_new(struct sg_dataset *dataset, struct sg_batch_stream **ret_stream) {
    *ret_stream = NULL;
    if (has_hasty_batches(dataset))
        return SG_OK;
    struct sg_batch_stream *stream = sg_alloc(1, sizeof *stream);
    if (stream == NULL)
        return sg_fail_memory(dataset->context);
    *stream = (struct sg_batch_stream){.dataset = dataset};
    if (!open_stream(dataset->layer, BATCH_RECORDS, &stream->whole)) {
        sg_free(stream);
        return SG_OK;
    }
    pthread_mutex_init(&stream->lock, NULL);
    pthread_cond_init(&stream->changed, NULL);
    enum sg_status status = SG_OK;
    if (stream->whole.get_schema(&stream->whole, &stream->schema) != 0)
        status = fail_stream(stream, stream->whole.get_last_error(&stream->whole));
    else
        stream->is_split =
            sg_context_threads(dataset->context) > 1 && find_ranges(stream) && start_workers(stream);
    if (status != SG_OK) {
        sg_batch_stream_free(stream);
        return status;
    }
    *ret_stream = stream;
    return SG_OK;
}

void sg_batch_stream_free(struct sg_batch_stream *stream) {
    if (stream == NULL)
        return;
    stop_workers(stream);
    if (stream->schema.release != NULL)
        stream->schema.release(&stream->schema);
    stream->whole.release(&stream->whole);
    pthread_cond_destroy(&stream->changed);
    pthread_mutex_destroy(&stream->lock);
    sg_free(stream);
}

bool sg_batch_stream_is_split(const struct sg_batch_stream *stream) {
    return stream->is_split;
}

const struct ArrowSchema *sg_batch_stream_schema(const struct sg_batch_stream *stream) {
    return &stream->schema;
}

/* Takes what the worker has next; what it put before it failed comes first. */
static enum sg_status take(struct sg_batch_stream *stream, struct worker *worker, struct slot *ret_slot) {
    pthread_mutex_lock(&stream->lock);
    while (worker->count == 0 && !worker->failed)
        pthread_cond_wait(&stream->changed, &stream->lock);
    bool has_slot = worker->count > 0;
    if (has_slot) {
        *ret_slot = worker->slots[worker->head];
        worker->head = (worker->head + 1) % SLOTS;
        worker->count--;
        pthread_cond_broadcast(&stream->changed);
    }
    pthread_mutex_unlock(&stream->lock);
    return has_slot ? SG_OK : fail_stream(stream, worker->failure);
}

enum sg_status sg_batch_stream_next(struct sg_batch_stream *stream, struct ArrowArray *ret_batch) {
    memset(ret_batch, 0, sizeof *ret_batch);
    if (!stream->is_split)
        return stream->whole.get_next(&stream->whole, ret_batch) == 0
                   ? SG_OK
                   : fail_stream(stream, stream->whole.get_last_error(&stream->whole));
    while (stream->range < stream->range_count) {
        struct slot slot = {.ends_range = false};
        enum sg_status status = take(stream, &stream->workers[stream->range % WORKERS], &slot);
        if (status != SG_OK)
            return status;
        stream->range += slot.ends_range;
        if (slot.batch.release != NULL) {
            *ret_batch = slot.batch;
            return SG_OK;
        }
    }
    return SG_OK;
}
