/* Records that count nowhere, logged with all the fields of their layer. */
#ifndef SG_READ_RECORD_LOG_H
#define SG_READ_RECORD_LOG_H

#include "model/reject.h"
#include "read/dataset.h"

/* Names the dataset and its fields in the log, as the next input. False when out of memory. */
bool sg_record_log_begin(struct sg_dataset *dataset, struct sg_reject_log *log);

/* Logs a feature's values; reject says the rest. An error when out of memory or when the disk is full. */
enum sg_status sg_record_log_feature(struct sg_dataset *dataset, OGRFeatureH feature,
                                     struct sg_reject *reject, struct sg_reject_log *log);

/* The same for cells of a text file, as bytes of the dataset; those beyond cell_count are null. */
enum sg_status sg_record_log_cells(struct sg_dataset *dataset, char *const *cells, size_t cell_count,
                                   struct sg_reject *reject, struct sg_reject_log *log);

#endif
