#include "core/status.h"

static const struct {
    const char *name;
    int exit_code;
    const char *sentence;
} rows[] = {
#define SG_STATUS(name, exit_code, sentence) {#name, exit_code, sentence},
#include "core/status_list.h"
#undef SG_STATUS
};

const char *sg_status_name(enum sg_status status) {
    return rows[status].name;
}

const char *sg_status_sentence(enum sg_status status) {
    return rows[status].sentence;
}

int sg_status_exit_code(enum sg_status status) {
    return rows[status].exit_code;
}
