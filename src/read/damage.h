/* What GDAL only mentions of a damaged file, and then goes on as if it were whole. */
#ifndef SG_READ_DAMAGE_H
#define SG_READ_DAMAGE_H

#include "read/dataset.h"

/* Keeps the first error of GDAL that means lost or altered records; for error handlers, while the file is
   opened and its layers are looked at. */
void sg_damage_note(struct sg_dataset *dataset, const char *message);

/* SG_BAD_INPUT where one was noted, a warning where records may be lost. Asked when the layer is described: a
   workbook has been read by then, and its records come from memory without another word. */
enum sg_status sg_damage_check(const struct sg_dataset *dataset);

#endif
