/* The outlines in the latter part of a large shapefile, read by a thread of its own while the first part is
   being read: GDAL takes longer to make geometries than anything that is done with them. */
#ifndef SG_READ_SHAPE_AHEAD_H
#define SG_READ_SHAPE_AHEAD_H

#include "read/dataset.h"
#include "read/shape_reader.h"

struct sg_shape_ahead;

/* Starts the thread where it is worth while: a plain shapefile of many records, without a condition, in a
   context with threads to spare; else *ret_ahead is NULL. The dataset is borrowed, and not touched by the
   thread. Free with sg_shape_ahead_free(). */
enum sg_status sg_shape_ahead_start(struct sg_dataset *dataset, struct sg_shape_ahead **ret_ahead);
void sg_shape_ahead_free(struct sg_shape_ahead *ahead); /* waits for the thread */

/* The feature id of the first record that is read ahead. */
long long sg_shape_ahead_first(const struct sg_shape_ahead *ahead);

/* Waits for the thread. Did it read every record without a complaint? Otherwise they are to be read again. */
bool sg_shape_ahead_finish(struct sg_shape_ahead *ahead);

/* What was read of a record, as sg_shape_read() would say; *ret_type is its geometry's. The shape is the
   caller's from here on. */
enum sg_shape_fault sg_shape_ahead_take(struct sg_shape_ahead *ahead, long long fid,
                                        struct sg_shape *ret_shape, OGRwkbGeometryType *ret_type);

#endif
