/* A .zip as the dataset it holds. */
#ifndef SG_READ_ZIP_ARCHIVE_H
#define SG_READ_ZIP_ARCHIVE_H

#include "core/context.h"

/* The path, for GDAL, of the one file in the archive that holds a layer; free with sg_free(). SG_NO_INPUT
   when it holds none, when it cannot be read, and when it holds several different ones, which are listed. */
enum sg_status sg_zip_find_dataset(struct sg_context *context, const char *path, char **ret_path);

#endif
