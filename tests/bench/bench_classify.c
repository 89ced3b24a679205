/* Exact Fisher-Jenks and quantile classes of 57,000 values. Goal G8: less than 50 ms. */
#include <stdio.h>
#include <stdlib.h>

#include "bench_data.h"
#include "classify/breaks.h"
#include "core/context.h"

enum { VALUES = 57000, LIMIT_MS = 50 };

static void run(struct sg_context *context, const char *name, enum sg_break_method method,
                const double *values) {
    struct sg_break_request request = {.method = method, .class_count = 5};
    struct sg_classification classes;
    double best_ms = 1e9;
    for (int round = 0; round < 3; round++) {
        double start = bench_seconds();
        if (sg_classify(context, values, VALUES, &request, &classes) != SG_OK) {
            fprintf(stderr, "bench_classify: %s\n", sg_context_error(context));
            exit(1);
        }
        double ms = 1000 * (bench_seconds() - start);
        best_ms = ms < best_ms ? ms : best_ms;
    }
    printf("G8 %s of %d values: %.1f ms (goal < %d) %s\n", name, VALUES, best_ms, LIMIT_MS,
           best_ms < LIMIT_MS ? "ok" : "MISSED");
}

int main(void) {
    struct sg_context *context = sg_context_new();
    double *values = malloc(VALUES * sizeof *values);
    struct bench_random random = {8};
    if (context == NULL || values == NULL)
        return 1;
    for (int i = 0; i < VALUES; i++) /* rates: many noughts, a long tail */
        values[i] = bench_unit(&random) < 0.2
                        ? 0
                        : 1000 * bench_unit(&random) * bench_unit(&random) * bench_unit(&random);
    run(context, "Fisher-Jenks", SG_BREAKS_JENKS, values);
    run(context, "quantiles", SG_BREAKS_QUANTILE, values);
    free(values);
    sg_context_free(context);
    return 0;
}
