/* A .zip as the dataset it holds. */
#ifndef SG_READ_ZIP_ARCHIVE_H
#define SG_READ_ZIP_ARCHIVE_H

#include "core/context.h"

/* The path, for GDAL, of the one file in the archive that holds a layer; free with sg_free(). SG_NO_INPUT
   when it holds none, when it cannot be read, and when it holds several different ones, which are listed. */
enum sg_status sg_zip_find_dataset(struct sg_context *context, const char *path, char **ret_path);

/* SG_BAD_INPUT when the file to be opened is an archive inside (.xlsx, .ods, .kmz) and is more than
   core/limits.h allows when unpacked: such files are read into memory. SG_OK for any other file. */
enum sg_status sg_zip_check_size(struct sg_context *context, const char *path, const char *opened_path);

#endif
