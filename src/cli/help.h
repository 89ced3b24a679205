/* Help, manual page and shell completion, all from the tables of commands and options. */
#ifndef SG_CLI_HELP_H
#define SG_CLI_HELP_H

#include "cli/command.h"

void sg_help_program(void);
void sg_help_command(const struct sg_command *command);

/* The manual page in troff's man macros, and the bash completion, to the standard output: built from here
   when the program is built. */
void sg_help_manual(void);
void sg_help_completion(void);

#endif
