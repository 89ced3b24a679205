/* CSV files beside GDAL, with an eye on quote marks that swallow records. */
#ifndef SG_READ_CSV_WATCH_H
#define SG_READ_CSV_WATCH_H

#include "read/csv_file.h"
#include "read/dataset.h"

/* Opens the dataset's file past its header, parted as GDAL parted it: by_name, with the names of its columns,
   else with as many; *ret_file is NULL when it cannot be. Free with sg_csv_file_free(). */
enum sg_status sg_csv_open_matching(const struct sg_dataset *dataset, bool by_name,
                                    struct sg_csv_file **ret_file);

/* What was seen in the records of a file so far. */
struct sg_quote_watch {
    struct sg_context *context;
    const char *path;  /* borrowed */
    size_t cell_count; /* of the header */
    uint64_t lone_quotes;
    uint64_t swallowed; /* lines of records that span several and look as if they were not meant to */
};

/* Looks at a record for quote marks that are not closed where they should be; warns of the first few. */
void sg_quote_watch_look(struct sg_quote_watch *watch, const struct sg_csv_record *record);

/* Warns of how many there were. */
void sg_quote_watch_tell(const struct sg_quote_watch *watch);

#endif
