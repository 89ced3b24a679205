#include "core/threads.h"

#include <ctype.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Left to libraries, which start threads of their own (to read ahead, to find fonts) and do not all bear to
   get none. */
enum { SPARE = 4 };

/* Holds the threads that were started until all are counted. */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool is_open;
};

static void *wait_at(void *user) {
    struct gate *gate = user;
    pthread_mutex_lock(&gate->lock);
    while (!gate->is_open)
        pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
    return NULL;
}

/* The size that OpenMP takes for its threads' stacks ("16M"; in kilobytes without a unit), 0 where it takes
   the system's. */
static size_t stack_size(void) {
    const char *text = getenv("OMP_STACKSIZE");
    if (text == NULL)
        return 0;
    char *end;
    unsigned long long size = strtoull(text, &end, 10);
    while (isspace((unsigned char)*end))
        end++;
    int unit = toupper((unsigned char)*end);
    int shift = unit == 'B' ? 0 : unit == 'M' ? 20 : unit == 'G' ? 30 : 10;
    return size > (SIZE_MAX >> shift) ? 0 : (size_t)size << shift;
}

/* How many of so many threads can be there at once; the calling one is the first of them. */
static int count_startable(int wanted) {
    pthread_t threads[SG_MOST_THREADS + SPARE];
    struct gate gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return 1;
    size_t stack = stack_size();
    if (stack >= (size_t)PTHREAD_STACK_MIN)
        pthread_attr_setstacksize(&attributes, stack);
    int started = 0;
    while (started < wanted - 1 && pthread_create(&threads[started], &attributes, wait_at, &gate) == 0)
        started++;
    pthread_mutex_lock(&gate.lock);
    gate.is_open = true;
    pthread_cond_broadcast(&gate.opened);
    pthread_mutex_unlock(&gate.lock);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_attr_destroy(&attributes);
    return started + 1;
}

static bool has_memory_limit(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

void sg_context_settle_threads(struct sg_context *context) {
    int wanted = sg_context_threads(context);
    if (wanted == 1)
        return;
    int started = count_startable(wanted + SPARE) - SPARE;
    started = started < 1 ? 1 : started;
    if (started < wanted) {
        sg_context_set_threads(context, started);
        sg_note(context,
                "only %d of %d threads can be had here: a limit on processes or memory (ulimit -u, -v); "
                "--threads %d asks for no more",
                started, wanted, started);
    }
    /* a run may use up the memory that a thread wants later; elsewhere waiting threads would only cost time
     */
    bool starts_now = started > 1 && (started < wanted || has_memory_limit());
    int count = 0; /* so that the region is not empty */
#pragma omp parallel num_threads(started) reduction(+ : count) if (starts_now)
    count++;
    (void)count;
}
