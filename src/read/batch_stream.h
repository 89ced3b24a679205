/* The records of a layer in Arrow batches, in the order of the file. Private to the site reader. */
#ifndef SG_READ_BATCH_STREAM_H
#define SG_READ_BATCH_STREAM_H

#include <ogr_recordbatch.h>

#include "read/dataset.h"

struct sg_batch_stream;

/* Opens the stream: only of the fields that are not ignored, each batch with a column of ids. A large
   GeoPackage without a condition is fetched by two threads, each over its own ranges of ids, where the
   context allows as many: GDAL takes longer to hand records out than we to use them. *ret_stream is NULL
   where the driver has no such stream, or none that can be trusted. The dataset is borrowed. Free with
   sg_batch_stream_free(). */
enum sg_status sg_batch_stream_new(struct sg_dataset *dataset, struct sg_batch_stream **ret_stream);
void sg_batch_stream_free(struct sg_batch_stream *stream);

/* Is the file fetched by threads of the stream's own? */
bool sg_batch_stream_is_split(const struct sg_batch_stream *stream);

/* Borrowed, until the stream is freed. */
const struct ArrowSchema *sg_batch_stream_schema(const struct sg_batch_stream *stream);

/* The next batch, with at least one record; its release is NULL at the end. The caller releases it.
   SG_BAD_INPUT when the file cannot be read on. */
enum sg_status sg_batch_stream_next(struct sg_batch_stream *stream, struct ArrowArray *ret_batch);

#endif
