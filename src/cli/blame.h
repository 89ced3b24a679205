/* Which line of a project file an error comes from. */
#ifndef SG_CLI_BLAME_H
#define SG_CLI_BLAME_H

#include "cli/option.h"

/* Puts "p.yaml, line 7: " before the error that the context keeps, where the line holds the option that it
   names, or the value that it quotes; a map's own lines go first for what happened to that map. What comes
   from the command line or has its line already stays. Answers the status, SG_BAD_PROJECT for a value of the
   project that would be SG_USAGE on the command line. */
enum sg_status sg_project_blame(struct sg_context *context, const char *path,
                                const struct sg_settings *settings, enum sg_status status);

#endif
