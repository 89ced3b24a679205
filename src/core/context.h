/* One run's state: its first error, its warnings, where messages go, threads and interruption. */
#ifndef SG_CORE_CONTEXT_H
#define SG_CORE_CONTEXT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/status.h"

#if defined(__GNUC__)
#define SG_PRINTF(format_index, first_index) __attribute__((format(printf, format_index, first_index)))
#else
#define SG_PRINTF(format_index, first_index)
#endif

enum sg_message_kind { SG_MESSAGE_ERROR, SG_MESSAGE_WARNING, SG_MESSAGE_NOTE, SG_MESSAGE_DETAIL };

/* Receives each message as it comes: text has no line end; hint may be NULL. */
typedef void sg_message_fn(void *user, enum sg_message_kind kind, const char *text, const char *hint);

/* Receives progress: a stage by name and its share done, 0 to 1. */
typedef void sg_progress_fn(void *user, const char *stage, double share);

struct sg_context;

/* A context with no listeners, one thread per core. NULL when out of memory. Free with
   sg_context_free(). The functions below may be called from several threads at once. */
struct sg_context *sg_context_new(void);
void sg_context_free(struct sg_context *context);

void sg_context_listen(struct sg_context *context, sg_message_fn *message, sg_progress_fn *progress,
                       void *user);

/* As many as the largest machines have cores; each takes memory of its own before it does anything. */
enum { SG_MOST_THREADS = 1024 };

/* Threads to use for parallel work: 1 to SG_MOST_THREADS. Setting 0 means one per core. */
void sg_context_set_threads(struct sg_context *context, int threads);
int sg_context_threads(const struct sg_context *context);

/* The same for work on so many points of outlines: one thread where waking others would cost more than they
   save (a few milliseconds). */
int sg_context_threads_for(const struct sg_context *context, size_t point_count);

/* What inputs may be, beyond plain files in the formats that are read anyway: drivers of GDAL by name (a
   comma list, borrowed; NULL: none), and sources on the network. */
void sg_context_allow(struct sg_context *context, const char *drivers, bool network);
const char *sg_context_allowed_drivers(const struct sg_context *context);
bool sg_context_network_is_allowed(const struct sg_context *context);

/* A flag that a signal handler may set: stages that take long look at it and stop with
   SG_INTERRUPTED. Borrowed; may be NULL. */
void sg_context_set_interrupt(struct sg_context *context, const volatile sig_atomic_t *flag);
bool sg_context_interrupted(const struct sg_context *context);

/* Keeps the first error of the run (later ones are not heard) and answers status, so that the
   function that detects a fault can say `return sg_fail(...)`. hint may be NULL: it says what to do. */
enum sg_status sg_fail(struct sg_context *context, enum sg_status status, const char *hint,
                       const char *format, ...) SG_PRINTF(4, 5);
enum sg_status sg_fail_memory(struct sg_context *context);

#ifdef __clang_analyzer__ /* it does not look into other files: these never answer SG_OK */
#define sg_fail(context, status, ...) ((sg_fail)(context, status, __VA_ARGS__), (status))
#define sg_fail_memory(context) ((sg_fail_memory)(context), SG_NO_MEMORY)
#endif

/* Puts where it was before the error that is kept ("p.yaml, line 7: ..."), for a caller who knows; nothing
   where there is none. The format gives the place without ": ". */
void sg_fail_in(struct sg_context *context, const char *format, ...) SG_PRINTF(2, 3);

/* The first error's sentence and hint, or NULL when there was none. Borrowed until the context is freed. */
const char *sg_context_error(const struct sg_context *context);
const char *sg_context_hint(const struct sg_context *context);

/* Forgets the first error: for a caller that tries one way and then another. */
void sg_context_forget_error(struct sg_context *context);

/* Something the person should know; heard at once and kept for the report. hint may be NULL. */
void sg_warn(struct sg_context *context, const char *hint, const char *format, ...) SG_PRINTF(3, 4);

/* The same, for what others say and say again: heard once in each wording, and of many wordings the first. */
void sg_warn_once(struct sg_context *context, const char *hint, const char *format, ...) SG_PRINTF(3, 4);

/* What was done or recognised (note: unless --quiet; detail: with --verbose). */
void sg_note(struct sg_context *context, const char *format, ...) SG_PRINTF(2, 3);
void sg_detail(struct sg_context *context, const char *format, ...) SG_PRINTF(2, 3);

/* With strict, warnings stop the run before anything is written. */
void sg_context_set_strict(struct sg_context *context, bool strict);
enum sg_status sg_check_strict(struct sg_context *context);

void sg_progress(struct sg_context *context, const char *stage, double share);

/* The warnings of the run, oldest first. Borrowed until the next warning. */
size_t sg_context_warning_count(const struct sg_context *context);
const char *sg_context_warning(const struct sg_context *context, size_t index);

#endif
