/* Does a file end before it has all the records that it promises? */
#ifndef SG_READ_PROMISED_RECORDS_H
#define SG_READ_PROMISED_RECORDS_H

#include "read/dataset.h"

/* Sets dataset->promised_count: of a FlatGeobuf file by its header, of a MapInfo interchange file by the rows
   of its .mid; GDAL takes fewer without a word. Under a condition (else NULL) fewer are to be read: then they
   are counted now, and SG_BAD_INPUT tells. Before the condition is set. */
enum sg_status sg_promised_records_find(struct sg_dataset *dataset, const char *where);

/* SG_BAD_INPUT, with both numbers, when fewer records than promised were read, to the end. */
enum sg_status sg_promised_records_check(const struct sg_dataset *dataset, uint64_t read_count);

#endif
