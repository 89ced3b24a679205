/* Spreadsheets are zip archives that carry the time of writing: made the same on every run. */
#ifndef SG_WRITE_ZIP_DATES_H
#define SG_WRITE_ZIP_DATES_H

#include "core/context.h"

/* Sets the date of every member of a zip archive to 1980-01-01, in place. */
enum sg_status sg_zip_set_dates(struct sg_context *context, const char *path);

#endif
