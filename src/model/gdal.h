/* GDAL and GEOS as a whole: started once, and their versions. */
#ifndef SG_MODEL_GDAL_H
#define SG_MODEL_GDAL_H

/* Registers the drivers once for the process; every room that opens or makes a dataset calls it first. */
void sg_gdal_start(void);

/* From now on GDAL prints no error of its own on stderr: ours name the file and the record. For a whole
   program; a library leaves the handler of its host alone. */
void sg_gdal_leave_errors_to_us(void);

const char *sg_gdal_version(void); /* "3.6.2" */
const char *sg_geos_version(void);

#endif
