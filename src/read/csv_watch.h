/* CSV files beside GDAL, with an eye on quote marks that swallow records and on cells beyond the header. */
#ifndef SG_READ_CSV_WATCH_H
#define SG_READ_CSV_WATCH_H

#include "read/csv_file.h"
#include "read/dataset.h"

/* Is the dataset a CSV file as it stands on the disk: not in an archive, no pipe? */
bool sg_csv_is_plain(const struct sg_dataset *dataset);

/* Opens the dataset's file past its header, parted as GDAL parted it: by_name, with the names of its columns,
   else with as many; *ret_file is NULL when it cannot be. SG_NO_MEMORY only. Free with sg_csv_file_free(). */
enum sg_status sg_csv_open_matching(const struct sg_dataset *dataset, bool by_name,
                                    struct sg_csv_file **ret_file);

/* What was seen in the records of a file so far. */
struct sg_csv_watch {
    struct sg_context *context;
    const char *path;  /* borrowed */
    size_t cell_count; /* of the header */
    uint64_t lone_quotes;
    uint64_t inner_quotes, first_inner_line; /* records with one inside a cell that does not begin with one */
    uint64_t swallowed; /* lines of records that span several and look as if they were not meant to */
    uint64_t record_count;
    /* Records with more cells than the header. GDAL, too, leaves out what is beyond without a word: a comma
       within a cell has moved the others. */
    uint64_t surplus_count;
    uint64_t first_surplus, first_surplus_line;
    size_t first_surplus_cells;
};

/* Looks at the next record for quote marks that are not closed where they should be, and warns of the first
   few; and for cells beyond the header (empty ones at its end are no fault). */
void sg_csv_watch_look(struct sg_csv_watch *watch, const struct sg_csv_record *record);

/* Warns of how many there were of either; by_gdal, also of quote marks inside cells, which are none to us and
   swallow what follows when GDAL reads the file. */
void sg_csv_watch_tell(const struct sg_csv_watch *watch, bool by_gdal);

#endif
