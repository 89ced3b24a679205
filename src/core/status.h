/* What a fallible call answers: a status, with the sentence about it kept in the context. */
#ifndef SG_CORE_STATUS_H
#define SG_CORE_STATUS_H

enum sg_status {
#define SG_STATUS(name, exit_code, sentence) SG_##name,
#include "core/status_list.h"
#undef SG_STATUS
};

/* "no_memory": the name of a status, for logs and tests. */
const char *sg_status_name(enum sg_status status);

/* "out of memory": one sentence, for a status that came without a message. */
const char *sg_status_sentence(enum sg_status status);

/* The exit code of the program when a command ends with this status. */
int sg_status_exit_code(enum sg_status status);

#endif
