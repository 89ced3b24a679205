#include "core/limits.h"

#include <unistd.h>

enum sg_status sg_check_memory(struct sg_context *context, double count, size_t item_size, const char *what,
                               const char *hint) {
    double needed = count * (double)item_size;
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    double all = pages > 0 && page > 0 ? (double)pages * (double)page : 1e18;
    if (needed <= all)
        return SG_OK;
    return sg_fail(context, SG_NO_MEMORY, hint, "%s would need %.0f GB of memory; this machine has %.0f GB",
                   what, needed / 1e9, all / 1e9);
}
