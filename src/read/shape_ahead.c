#include "read/shape_ahead.h"

#include <cpl_error.h>
#include <pthread.h>
#include <string.h>

#include "core/alloc.h"

/* Fewer records are read before a thread and a second handle pay off. */
enum { WORTH_WHILE = 5000 };

struct record {
    struct sg_shape shape;
    OGRwkbGeometryType type;
    enum sg_shape_fault fault;
};

struct sg_shape_ahead {
    GDALDatasetH handle;
    OGRLayerH layer;
    long long first;
    struct record *records; /* by feature id, from first */
    size_t count;
    bool is_complete;
    bool is_running;
    pthread_t thread;
};

/* Reads the records from first on; those that are deleted stay empty. */
static void *read_ahead(void *user) {
    struct sg_shape_ahead *ahead = user;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    bool done = OGR_L_SetNextByIndex(ahead->layer, ahead->first) == OGRERR_NONE;
    OGRFeatureH feature;
    while (done && (feature = OGR_L_GetNextFeature(ahead->layer)) != NULL) {
        long long at = (long long)OGR_F_GetFID(feature) - ahead->first;
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        done = at >= 0 && (size_t)at < ahead->count;
        if (done) {
            struct record *record = &ahead->records[at];
            record->type = geometry == NULL ? wkbUnknown : OGR_G_GetGeometryType(geometry);
            record->fault = sg_shape_read(geometry, &record->shape);
            done = record->fault != SG_SHAPE_NO_MEMORY;
        }
        OGR_F_Destroy(feature);
    }
    ahead->is_complete = done && CPLGetLastErrorType() != CE_Failure;
    CPLPopErrorHandler();
    return NULL;
}

/* Whatever its size? A shapefile knows that; a database counts, and a view that asks for itself has no end.
 */
static bool is_possible(const struct sg_dataset *dataset) {
    return strcmp(dataset->driver, "ESRI Shapefile") == 0 && dataset->where == NULL
           && strncmp(dataset->opened_path, "/vsi", 4) != 0 && sg_context_threads(dataset->context) > 1;
}

/* A second handle on the same layer that fetches nothing but geometries. */
static bool open_again(struct sg_shape_ahead *ahead, const struct sg_dataset *dataset) {
    const char *const drivers[] = {dataset->driver, NULL};
    CPLPushErrorHandler(CPLQuietErrorHandler);
    ahead->handle = GDALOpenEx(dataset->opened_path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (ahead->handle != NULL)
        ahead->layer = GDALDatasetGetLayerByName(ahead->handle, OGR_L_GetName(dataset->layer));
    CPLPopErrorHandler();
    if (ahead->layer == NULL)
        return false;
    struct sg_dataset again = {.layer = ahead->layer, .definition = OGR_L_GetLayerDefn(ahead->layer)};
    sg_dataset_keep_fields(&again, NULL, 0, true);
    return true;
}

enum sg_status sg_shape_ahead_start(struct sg_dataset *dataset, struct sg_shape_ahead **ret_ahead) {
    *ret_ahead = NULL;
    if (!is_possible(dataset))
        return SG_OK;
    long long count = (long long)OGR_L_GetFeatureCount(dataset->layer, FALSE);
    if (count < WORTH_WHILE || count >= INT32_MAX)
        return SG_OK;
    struct sg_shape_ahead *ahead = sg_alloc(1, sizeof *ahead);
    if (ahead == NULL)
        return sg_fail_memory(dataset->context);
    /* the other thread also has all the attributes to read */
    ahead->first = count * 45 / 100;
    ahead->count = (size_t)(count - ahead->first);
    ahead->records = sg_alloc(ahead->count, sizeof *ahead->records);
    if (ahead->records == NULL) {
        sg_shape_ahead_free(ahead);
        return sg_fail_memory(dataset->context);
    }
    for (size_t i = 0; i < ahead->count; i++)
        ahead->records[i].fault = SG_SHAPE_EMPTY;
    if (open_again(ahead, dataset))
        ahead->is_running = pthread_create(&ahead->thread, NULL, read_ahead, ahead) == 0;
    if (!ahead->is_running) { /* then one thread reads it all */
        sg_shape_ahead_free(ahead);
        return SG_OK;
    }
    *ret_ahead = ahead;
    return SG_OK;
}

long long sg_shape_ahead_first(const struct sg_shape_ahead *ahead) {
    return ahead->first;
}

bool sg_shape_ahead_finish(struct sg_shape_ahead *ahead) {
    if (ahead->is_running)
        pthread_join(ahead->thread, NULL);
    ahead->is_running = false;
    return ahead->is_complete;
}

enum sg_shape_fault sg_shape_ahead_take(struct sg_shape_ahead *ahead, long long fid,
                                        struct sg_shape *ret_shape, OGRwkbGeometryType *ret_type) {
    long long at = fid - ahead->first;
    if (at < 0 || (size_t)at >= ahead->count)
        return SG_SHAPE_EMPTY;
    struct record *record = &ahead->records[at];
    *ret_type = record->type;
    if (record->fault == SG_SHAPE_READ) {
        *ret_shape = record->shape;
        record->shape = (struct sg_shape){0};
    }
    return record->fault;
}

void sg_shape_ahead_free(struct sg_shape_ahead *ahead) {
    if (ahead == NULL)
        return;
    sg_shape_ahead_finish(ahead);
    for (size_t i = 0; ahead->records != NULL && i < ahead->count; i++)
        sg_shape_release(&ahead->records[i].shape);
    sg_free(ahead->records);
    if (ahead->handle != NULL)
        GDALClose(ahead->handle);
    sg_free(ahead);
}
