/* Values of a GeoPackage that are not of their column's type. SQLite keeps "1,000" or "x" in a column of
   integers as the text that it is, and GDAL hands it on as 1 or 0. */
#ifndef SG_READ_STRAY_TEXTS_H
#define SG_READ_STRAY_TEXTS_H

#include "read/dataset.h"

struct sg_stray_texts;

/* The value of a number field as text when it is not of the field's type; NULL when it is. The layer is
   looked through when the first field is asked for (fields that are ignored then, when they are asked for).
   Borrowed until the dataset is released. When the look fails, or when a layer without ids has such values,
   NULL, and sg_dataset_check() tells. */
const char *sg_stray_text(struct sg_dataset *dataset, OGRFeatureH feature, int field);

/* Has the field any such value? */
bool sg_stray_texts_in_field(struct sg_dataset *dataset, int field);

void sg_stray_texts_free(struct sg_stray_texts *strays);

#endif
