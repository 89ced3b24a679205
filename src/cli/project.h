/* Project files: the options by name in YAML, with lists of services, layers and maps. */
#ifndef SG_CLI_PROJECT_H
#define SG_CLI_PROJECT_H

#include "cli/option.h"

/* Reads a project into settings; paths in it count from its folder. Unknown names and wrong values are
   SG_BAD_PROJECT with file and line. */
enum sg_status sg_project_read(struct sg_context *context, const char *path, struct sg_settings *settings);

#endif
