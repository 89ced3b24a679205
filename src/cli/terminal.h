/* The person at the terminal: messages, progress, interruption. */
#ifndef SG_CLI_TERMINAL_H
#define SG_CLI_TERMINAL_H

#include <signal.h>
#include <stdbool.h>

#include "core/context.h"

struct sg_terminal {
    bool quiet, verbose;
    bool shows_progress; /* standard error is a terminal */
    bool has_bar;        /* a progress bar stands on the current line */
    int last_percent;
    const char *last_stage;
};

/* Listens to the context; the terminal must outlive it. ^C (SIGINT, SIGTERM, and SIGHUP unless it
   is ignored) asks the run to stop, and ends the program where the run does not hear that for five seconds.
 */
void sg_terminal_start(struct sg_terminal *terminal, struct sg_context *context);

/* Prints the run's error with its hint, if there was one. Until then no library can end the program in its
   own way. */
void sg_terminal_finish(struct sg_terminal *terminal, const struct sg_context *context,
                        enum sg_status status);

#endif
