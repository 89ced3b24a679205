/* The catchments of a run as a layer; private to src/job. */
#ifndef SG_JOB_CATCHMENTS_H
#define SG_JOB_CATCHMENTS_H

#include "job/run.h"
#include "measure/catchments.h"

/* The layers `catchments`, of polygons, and `catchment_streets`, of lines: those that are wanted. */
struct sg_run_catchments {
    struct sg_shape *shapes[2]; /* in the CRS of the areas; NULL: not wanted */
    size_t shape_count;         /* of each */
    struct sg_table tables[2];
    const struct sg_shape **rows[2];
    struct sg_layer layers[2];
    size_t layer_count;
};

/* Finds them where a job's layers hold any. Not by a table of costs, which knows no places in between.
   Release with sg_run_catchments_release(), also after a failure. */
enum sg_status sg_run_find_catchments(struct sg_run *run, struct sg_run_catchments *ret_catchments);

/* The file of a layer of catchments beside one of a format that holds a single layer ("catchments.shp" beside
   "coverage.shp"); NULL where there is none, or when out of memory (*ret_no_memory). Free with sg_free(). */
char *sg_catchments_file(const struct sg_job *job, size_t layer, bool of_streets, bool *ret_no_memory);

/* Writes those files. */
enum sg_status sg_run_write_catchments(struct sg_run *run, struct sg_staging *staging,
                                       const struct sg_run_catchments *catchments);
void sg_run_catchments_release(struct sg_run_catchments *catchments);

#endif
