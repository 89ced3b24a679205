/* Threads that can be had: a limit on processes or on memory may leave fewer than there are cores. */
#ifndef SG_CORE_THREADS_H
#define SG_CORE_THREADS_H

#include "core/context.h"

/* To be called before a run's first parallel work: OpenMP ends the whole program where it cannot start a
   thread. Tries whether the context's threads can be started, and sets fewer where they cannot (with a note,
   for the results are the same). Under a limit it has OpenMP start them now, which keeps them as long as
   every parallel region of the calling thread asks for sg_context_threads() or for one. */
void sg_context_settle_threads(struct sg_context *context);

#endif
