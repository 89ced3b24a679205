/* Where the program's own data lies: styles/ and the sample, beside the source or installed. */
#ifndef SG_CORE_RESOURCE_H
#define SG_CORE_RESOURCE_H

#include "core/context.h"

/* The path of a data file by its name below the data folder ("styles/themes/council.yaml"): under
   $SERVICEGAP_DATA, else ../share/servicegap beside the program, else where it was installed.
   NULL when out of memory; the file need not exist. Free with sg_free(). */
char *sg_resource_path(const char *name);

/* Is the data folder there? SG_BAD_STYLE, with where it was looked for, when not; SG_NO_MEMORY. For the
   places where a name was not found. */
enum sg_status sg_resource_check(struct sg_context *context);

/* Names (without folder and ending) of the files in a data folder, sorted; ended by NULL. NULL when
   out of memory. Free each, then the list, with sg_free(). */
char **sg_resource_names(const char *folder, const char *ending);

#endif
