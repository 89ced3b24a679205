/* GDAL and GEOS as a whole: started once, and their versions. */
#ifndef SG_MODEL_GDAL_H
#define SG_MODEL_GDAL_H

#include "core/context.h"

/* Registers the drivers once for the process; every room that opens or makes a dataset calls it first. */
void sg_gdal_start(void);

/* From now on GDAL prints nothing of its own on stderr: its warnings are warnings of the run, each once, and
   its errors are silent, because ours name the file and the record. The context must outlive that: NULL ends
   it, and GDAL is silent. For a whole program; a library leaves the handler of its host alone. */
void sg_gdal_leave_messages_to(struct sg_context *context);

/* Between the two, on this thread, GDAL fetches nothing from the network: some formats name a coordinate
   reference system, or a schema, by its address. */
void sg_gdal_go_offline(void);
void sg_gdal_end_offline(void);

/* The same for all threads, from now on: for a whole program. */
void sg_gdal_stay_offline(void);

const char *sg_gdal_version(void); /* "3.6.2" */
const char *sg_geos_version(void);

#endif
