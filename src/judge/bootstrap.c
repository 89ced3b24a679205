#include "judge/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "core/random.h"

/* Hyndman and Fan's seventh: as the quantile classes. */
static double quantile(const double *sorted, size_t count, double share) {
    double place = share * (double)(count - 1);
    size_t below = (size_t)place;
    if (below + 1 >= count)
        return sorted[count - 1];
    return sorted[below] + (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

static void draw(uint32_t *times, size_t area_count, uint64_t seed, size_t run) {
    struct sg_random random = sg_random_of(seed, run);
    memset(times, 0, area_count * sizeof *times);
    for (size_t i = 0; i < area_count; i++)
        times[sg_random_below(&random, (uint32_t)area_count)]++;
}

/* Draws all runs: results[figure * runs + run]. */
static bool draw_all(struct sg_context *context, size_t area_count, uint64_t seed, sg_figures_fn *figures,
                     const void *user, size_t figure_count, double *results) {
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads(context))
    {
        uint32_t *times = sg_alloc(area_count, sizeof *times);
        double *found = sg_alloc(figure_count, sizeof *found);
        bool is_ready = times != NULL && found != NULL;
        if (!is_ready) {
#pragma omp atomic write
            failed = true;
        }
#pragma omp for schedule(static)
        for (size_t run = 0; run < SG_BOOTSTRAP_RUNS; run++) {
            if (!is_ready)
                continue;
            draw(times, area_count, seed, run);
            figures(user, times, found);
            for (size_t f = 0; f < figure_count; f++)
                results[f * SG_BOOTSTRAP_RUNS + run] = found[f];
        }
        sg_free(times);
        sg_free(found);
    }
    return !failed;
}

static struct sg_interval interval_of(double *results) {
    size_t known = 0;
    for (size_t run = 0; run < SG_BOOTSTRAP_RUNS; run++) {
        if (isfinite(results[run]))
            results[known++] = results[run];
    }
    if (known < SG_BOOTSTRAP_RUNS / 2)
        return (struct sg_interval){NAN, NAN};
    qsort(results, known, sizeof *results, sg_compare_numbers);
    return (struct sg_interval){quantile(results, known, 0.025), quantile(results, known, 0.975)};
}

enum sg_status sg_bootstrap(struct sg_context *context, size_t area_count, uint64_t seed,
                            sg_figures_fn *figures, const void *user, size_t figure_count,
                            struct sg_interval *ret_intervals) {
    if (area_count < SG_LEAST_BOOTSTRAP_AREAS) {
        for (size_t f = 0; f < figure_count; f++)
            ret_intervals[f] = (struct sg_interval){NAN, NAN};
        return SG_OK;
    }
    double *results = sg_alloc(figure_count * SG_BOOTSTRAP_RUNS, sizeof *results);
    bool done = results != NULL && draw_all(context, area_count, seed, figures, user, figure_count, results);
    for (size_t f = 0; done && f < figure_count; f++)
        ret_intervals[f] = interval_of(&results[f * SG_BOOTSTRAP_RUNS]);
    sg_free(results);
    return done ? SG_OK : sg_fail_memory(context);
}
