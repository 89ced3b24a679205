/* A look through a file before it is read, for what no record tells by itself. */
#ifndef SG_READ_LOOK_THROUGH_H
#define SG_READ_LOOK_THROUGH_H

#include "read/dataset.h"

/* Looks through the dataset: how the numbers of the fields are written (positions, -1: none), where they are
   texts; and, is_first, for quote marks that swallow records and for cells beyond the header of a CSV file,
   which is warned of. SG_BAD_INPUT for a zero byte in a CSV file. Reading begins at the first record
   afterwards. */
enum sg_status sg_dataset_look_through(struct sg_dataset *dataset, const int *fields, size_t field_count,
                                       bool is_first);

#endif
