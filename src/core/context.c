#include "core/context.h"

#undef sg_fail /* what the header tells a code analyzer */
#undef sg_fail_memory

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/alloc.h"

/* A file of 10,000 bad records must not fill memory with 10,000 sentences. */
enum { MOST_WARNINGS_KEPT = 1000, MOST_WARNINGS_ONCE = 50, LONGEST_MESSAGE = 4096 };

struct sg_context {
    pthread_mutex_t lock;
    sg_message_fn *message;
    sg_progress_fn *progress;
    void *user;
    int threads;
    bool strict;
    const char *allowed_drivers;
    bool network_is_allowed;
    const volatile sig_atomic_t *interrupt;
    bool failed;
    char error[LONGEST_MESSAGE];
    bool has_hint;
    char hint[LONGEST_MESSAGE];
    char **warnings;
    size_t warning_count; /* kept */
    size_t warned;        /* given in all */
    size_t warned_once;   /* of these, by sg_warn_once() */
    size_t warning_capacity;
};

struct sg_context *sg_context_new(void) {
    struct sg_context *context = sg_alloc(1, sizeof *context);
    if (context == NULL)
        return NULL;
    if (pthread_mutex_init(&context->lock, NULL) != 0) {
        sg_free(context);
        return NULL;
    }
    sg_context_set_threads(context, 0);
    return context;
}

void sg_context_free(struct sg_context *context) {
    if (context == NULL)
        return;
    for (size_t i = 0; i < context->warning_count; i++)
        sg_free(context->warnings[i]);
    sg_free(context->warnings);
    pthread_mutex_destroy(&context->lock);
    sg_free(context);
}

void sg_context_listen(struct sg_context *context, sg_message_fn *message, sg_progress_fn *progress,
                       void *user) {
    context->message = message;
    context->progress = progress;
    context->user = user;
}

void sg_context_set_threads(struct sg_context *context, int threads) {
    if (threads <= 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        threads = cores < 1 ? 1 : cores > 256 ? 256 : (int)cores;
    }
    context->threads = threads < SG_MOST_THREADS ? threads : SG_MOST_THREADS;
}

int sg_context_threads(const struct sg_context *context) {
    return context->threads;
}

int sg_context_threads_for(const struct sg_context *context, size_t point_count) {
    static const size_t worth_waking = 200000;
    return point_count < worth_waking ? 1 : context->threads;
}

void sg_context_allow(struct sg_context *context, const char *drivers, bool network) {
    context->allowed_drivers = drivers;
    context->network_is_allowed = network;
}

const char *sg_context_allowed_drivers(const struct sg_context *context) {
    return context->allowed_drivers;
}

bool sg_context_network_is_allowed(const struct sg_context *context) {
    return context->network_is_allowed;
}

void sg_context_set_interrupt(struct sg_context *context, const volatile sig_atomic_t *flag) {
    context->interrupt = flag;
}

bool sg_context_interrupted(const struct sg_context *context) {
    return context->interrupt != NULL && *context->interrupt != 0;
}

static void copy_text(char *to, const char *from) {
    size_t length = strlen(from);
    if (length >= LONGEST_MESSAGE)
        length = LONGEST_MESSAGE - 1;
    memcpy(to, from, length);
    to[length] = '\0';
}

enum sg_status sg_fail(struct sg_context *context, enum sg_status status, const char *hint,
                       const char *format, ...) {
    pthread_mutex_lock(&context->lock);
    if (!context->failed) {
        context->failed = true;
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(context->error, sizeof context->error, format, arguments);
        va_end(arguments);
        context->has_hint = hint != NULL;
        if (hint != NULL)
            copy_text(context->hint, hint);
    }
    pthread_mutex_unlock(&context->lock);
    return status;
}

enum sg_status sg_fail_memory(struct sg_context *context) {
    return sg_fail(context, SG_NO_MEMORY, "close other programs, or use a smaller input", "out of memory");
}

void sg_fail_in(struct sg_context *context, const char *format, ...) {
    char place[LONGEST_MESSAGE / 4], whole[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(place, sizeof place, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&context->lock);
    if (context->failed) {
        int room = (int)(sizeof whole - sizeof place - sizeof ": ");
        snprintf(whole, sizeof whole, "%s: %.*s", place, room, context->error);
        copy_text(context->error, whole);
    }
    pthread_mutex_unlock(&context->lock);
}

const char *sg_context_error(const struct sg_context *context) {
    return context->failed ? context->error : NULL;
}

const char *sg_context_hint(const struct sg_context *context) {
    return context->failed && context->has_hint ? context->hint : NULL;
}

void sg_context_forget_error(struct sg_context *context) {
    context->failed = false;
    context->has_hint = false;
}

static void tell(struct sg_context *context, enum sg_message_kind kind, const char *hint, const char *text) {
    if (context->message != NULL)
        context->message(context->user, kind, text, hint);
}

static void warn(struct sg_context *context, const char *hint, const char *text) {
    context->warned++;
    if (context->warning_count < MOST_WARNINGS_KEPT
        && sg_reserve(&context->warnings, &context->warning_capacity, context->warning_count + 1,
                      sizeof *context->warnings)) {
        char *copy = sg_strdup(text);
        if (copy != NULL)
            context->warnings[context->warning_count++] = copy;
    }
    tell(context, SG_MESSAGE_WARNING, hint, text);
}

void sg_warn(struct sg_context *context, const char *hint, const char *format, ...) {
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&context->lock);
    warn(context, hint, text);
    pthread_mutex_unlock(&context->lock);
}

static bool was_said(const struct sg_context *context, const char *text) {
    for (size_t i = 0; i < context->warning_count; i++) {
        if (strcmp(context->warnings[i], text) == 0)
            return true;
    }
    return false;
}

void sg_warn_once(struct sg_context *context, const char *hint, const char *format, ...) {
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&context->lock);
    if (context->warned_once < MOST_WARNINGS_ONCE && !was_said(context, text)) {
        context->warned_once++;
        warn(context, hint, text);
    }
    pthread_mutex_unlock(&context->lock);
}

void sg_note(struct sg_context *context, const char *format, ...) {
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&context->lock);
    tell(context, SG_MESSAGE_NOTE, NULL, text);
    pthread_mutex_unlock(&context->lock);
}

void sg_detail(struct sg_context *context, const char *format, ...) {
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&context->lock);
    tell(context, SG_MESSAGE_DETAIL, NULL, text);
    pthread_mutex_unlock(&context->lock);
}

void sg_context_set_strict(struct sg_context *context, bool strict) {
    context->strict = strict;
}

enum sg_status sg_check_strict(struct sg_context *context) {
    if (!context->strict || context->warned == 0)
        return SG_OK;
    return sg_fail(context, SG_STRICT, "mend what the warnings name, or leave --strict out",
                   "%zu warnings, which --strict makes errors; nothing was written", context->warned);
}

void sg_progress(struct sg_context *context, const char *stage, double share) {
    if (context->progress != NULL)
        context->progress(context->user, stage, share);
}

size_t sg_context_warning_count(const struct sg_context *context) {
    return context->warning_count;
}

const char *sg_context_warning(const struct sg_context *context, size_t index) {
    return context->warnings[index];
}
