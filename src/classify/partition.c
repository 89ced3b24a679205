#include "classify/partition.h"

#include <math.h>
#include <stdint.h>

#include "core/alloc.h"

struct partition {
    sg_group_cost_fn *cost;
    const void *user;
    double *before;   /* before[i]: least cost of the first i items in the groups so far */
    double *now;      /* the same with one group more */
    uint32_t *starts; /* of the group being added: its best start for every end */
};

/* Finds the best start of the group for every end from first_end to last_end, knowing that it lies
   between first_start and last_start. */
static void solve(struct partition *work, size_t group, size_t first_end, size_t last_end, size_t first_start,
                  size_t last_start) {
    while (first_end <= last_end) {
        size_t end = first_end + (last_end - first_end) / 2;
        double best = INFINITY;
        size_t best_start = first_start;
        size_t limit = last_start < end - 1 ? last_start : end - 1;
        for (size_t start = first_start; start <= limit; start++) {
            double total = work->before[start] + work->cost(work->user, group, start, end);
            if (total < best) {
                best = total;
                best_start = start;
            }
        }
        work->now[end] = best;
        work->starts[end] = (uint32_t)best_start;
        if (end > first_end)
            solve(work, group, first_end, end - 1, first_start, best_start);
        first_end = end + 1;
        first_start = best_start;
    }
}

enum sg_status sg_partition(struct sg_context *context, size_t item_count, size_t group_count,
                            sg_group_cost_fn *cost, const void *user, size_t *ret_starts) {
    if (group_count < 2)
        return SG_OK;
    size_t width = item_count + 1;
    double *sums = sg_alloc(2 * width, sizeof *sums);
    uint32_t *starts = sg_alloc(group_count * width, sizeof *starts);
    if (sums == NULL || starts == NULL || item_count > UINT32_MAX - 1) {
        sg_free(sums);
        sg_free(starts);
        return sg_fail_memory(context);
    }
    struct partition work = {cost, user, sums, sums + width, NULL};
    for (size_t end = 1; end <= item_count; end++)
        work.now[end] = cost(user, 0, 0, end);
    for (size_t group = 1; group < group_count; group++) {
        double *swap = work.before;
        work.before = work.now;
        work.now = swap;
        work.starts = starts + group * width;
        solve(&work, group, group + 1, item_count, group, item_count - 1);
    }
    size_t end = item_count;
    for (size_t group = group_count - 1; group > 0; group--) {
        end = starts[group * width + end];
        ret_starts[group - 1] = end;
    }
    sg_free(sums);
    sg_free(starts);
    return SG_OK;
}
