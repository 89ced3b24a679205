#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/alloc.h"
#include "draw/clean_text.h"

static volatile sig_atomic_t was_interrupted;
static volatile sig_atomic_t is_running; /* between start and finish */

/* How long an interrupted run may take to notice, in seconds. */
enum { PATIENCE = 5 };

/* A library may never come back: a view of a database that asks for itself, a disk that is gone. */
static void note_interrupt(int number) {
    (void)number;
    was_interrupted = 1;
    alarm(PATIENCE);
}

/* What the run has staged is left to the next run, which clears it away or finishes it (write/staging.h). */
static void stop_at_once(int number) {
    static const char message[] =
        "\nservicegap: error: interrupted in a step that did not come to an end\n"
        "hint: has an input a view that asks for itself? The next run clears up after this "
        "one\n";
    (void)number;
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(sg_status_exit_code(SG_INTERRUPTED));
}

/* A library that cannot go on may end the program: OpenMP exits without another thread, C++ without memory
   aborts, GLib (of Pango) without either traps. What is registered to be done at an exit would pull the floor
   from under the threads that still work: it is left out. */
static void end_at_once(void) {
    static const char message[] =
        "servicegap: error: a library gave up, mostly for want of memory or threads\n"
        "hint: close other programs, raise the limit (ulimit -u, -v), or use --threads 1; the next run "
        "clears up after this one\n";
    if (!is_running)
        return;
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(sg_status_exit_code(SG_NO_MEMORY));
}

static void note_abort(int number) {
    (void)number;
    end_at_once();
}

static void clear_bar(struct sg_terminal *terminal) {
    if (terminal->has_bar)
        fputs("\r\033[K", stderr);
    terminal->has_bar = false;
}

/* Nothing from a file must steer a terminal or turn a line round. */
static void print_clean(const char *text) {
    char *clean = sg_text_clean(text, false);
    for (const unsigned char *c = (const unsigned char *)text; clean == NULL && *c != '\0'; c++)
        fputc(*c < 0x20 || *c >= 0x7F ? '?' : *c, stderr);
    if (clean != NULL)
        fputs(clean, stderr);
    sg_free(clean);
}

static void show_message(void *user, enum sg_message_kind kind, const char *text, const char *hint) {
    struct sg_terminal *terminal = user;
    if ((kind == SG_MESSAGE_NOTE && terminal->quiet) || (kind == SG_MESSAGE_DETAIL && !terminal->verbose))
        return;
    clear_bar(terminal);
    fputs(kind == SG_MESSAGE_WARNING ? "servicegap: warning: " : "servicegap: ", stderr);
    print_clean(text);
    fputc('\n', stderr);
    if (hint != NULL) {
        fputs("hint: ", stderr);
        print_clean(hint);
        fputc('\n', stderr);
    }
}

static void show_progress(void *user, const char *stage, double share) {
    struct sg_terminal *terminal = user;
    if (!terminal->shows_progress || terminal->quiet)
        return;
    int percent = share < 0 ? -1 : (int)(share * 100);
    if (percent == terminal->last_percent && terminal->last_stage == stage)
        return;
    terminal->last_percent = percent;
    terminal->last_stage = stage;
    if (share >= 1) {
        clear_bar(terminal);
        fflush(stderr);
        return;
    }
    char bar[31];
    int filled = percent < 0 ? 0 : percent * 30 / 100;
    memset(bar, '.', 30);
    memset(bar, '#', (size_t)filled);
    bar[30] = '\0';
    fprintf(stderr, "\r\033[K%-18s [%s]", stage, bar);
    if (percent >= 0)
        fprintf(stderr, " %3d%%", percent);
    fflush(stderr);
    terminal->has_bar = true;
}

void sg_terminal_start(struct sg_terminal *terminal, struct sg_context *context) {
    *terminal = (struct sg_terminal){.shows_progress = isatty(STDERR_FILENO) != 0, .last_percent = -2};
    sg_context_listen(context, show_message, show_progress, terminal);
    sg_context_set_interrupt(context, &was_interrupted);
    struct sigaction action = {.sa_handler = note_interrupt};
    sigemptyset(&action.sa_mask);
    action.sa_flags = (int)SA_RESETHAND; /* a second ^C stops at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction hangup;
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) /* nohup ignores it */
        sigaction(SIGHUP, &action, NULL);
    action.sa_handler = stop_at_once;
    sigaction(SIGALRM, &action, NULL);
    action.sa_handler = note_abort;
    sigaction(SIGABRT, &action, NULL);
    sigaction(SIGTRAP, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a reader that is gone, a limit on file sizes: errors, with a message */
    signal(SIGXFSZ, SIG_IGN);
    is_running = 1;
    atexit(end_at_once);
}

void sg_terminal_finish(struct sg_terminal *terminal, const struct sg_context *context,
                        enum sg_status status) {
    clear_bar(terminal);
    is_running = 0;
    if (status == SG_OK)
        return;
    const char *error = sg_context_error(context);
    fputs("servicegap: error: ", stderr);
    print_clean(error != NULL ? error : sg_status_sentence(status));
    fputc('\n', stderr);
    if (sg_context_hint(context) != NULL) {
        fputs("hint: ", stderr);
        print_clean(sg_context_hint(context));
        fputc('\n', stderr);
    }
}
