#include "judge/stability.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "core/random.h"

void sg_stability_release(struct sg_stability *stability) {
    sg_free(stability->keeps_class_pct);
    sg_free(stability->is_worst_pct);
    *stability = (struct sg_stability){0};
}

struct work {
    const struct sg_measures *measures;
    const struct sg_taxonomy *taxonomy;
    const struct sg_judgement *judgement;
    const struct sg_stability_request *request;
    double **gaps;   /* at each threshold, of every type and area */
    double *weights; /* of the types in a run */
    double *index;   /* of the areas in a run */
    double *sorted;
    size_t *kept, *worst; /* runs, of each area */
};

/* The gaps at one threshold, by the rule that the verdict was made with. */
static enum sg_status judge_at(struct sg_context *context, struct work *work, size_t threshold) {
    const struct sg_measures *from = work->measures;
    size_t count = (from->type_count + 1) * from->area_count;
    enum sg_measure supply = sg_supply_measure(work->request->judge->supply);
    work->gaps[threshold] = sg_alloc(count, sizeof(double));
    if (work->gaps[threshold] == NULL)
        return sg_fail_memory(context);
    struct sg_measures measures = *from;
    memset(measures.values, 0, sizeof measures.values);
    measures.threshold_count = 1;
    measures.values[supply] = (double *)work->request->supplies[threshold]; /* read only */
    measures.values[SG_MEASURE_GAP] = work->gaps[threshold];
    struct sg_judgement judgement;
    enum sg_status status = sg_judge(context, &measures, work->taxonomy, work->request->judge, &judgement);
    if (status == SG_OK)
        sg_judgement_release(&judgement);
    return status;
}

static void change_weights(struct work *work, struct sg_random *random) {
    double change = work->request->weight_change;
    for (size_t t = 0; t < work->measures->type_count; t++)
        work->weights[t] =
            work->taxonomy->types[t].weight * (1 - change + 2 * change * sg_random_unit(random));
}

/* The gap index of every area, as sg_judge() makes it. */
static void index_areas(struct work *work, const double *gaps) {
    size_t areas = work->measures->area_count;
    for (size_t a = 0; a < areas; a++) {
        double sum = 0, weights = 0;
        for (size_t t = 0; t < work->measures->type_count; t++) {
            double gap = gaps[t * areas + a];
            if (isnan(gap) || !(work->weights[t] > 0))
                continue;
            sum += work->weights[t] * gap;
            weights += work->weights[t];
        }
        work->index[a] = weights > 0 ? 100 * sum / weights : NAN;
    }
}

static void count_run(struct work *work) {
    size_t areas = work->measures->area_count, known = 0;
    const struct sg_judgement *judgement = work->judgement;
    for (size_t a = 0; a < areas; a++) {
        if (isnan(work->index[a]))
            continue;
        work->sorted[known++] = work->index[a];
        work->kept[a] += sg_gap_class_of(work->index[a], judgement->cuts) == judgement->classes[a];
    }
    if (known == 0)
        return;
    qsort(work->sorted, known, sizeof *work->sorted, sg_compare_numbers);
    double tenth = work->sorted[known > SG_WORST_AREAS ? known - SG_WORST_AREAS : 0];
    for (size_t a = 0; a < areas; a++)
        work->worst[a] += work->index[a] >= tenth - 1e-9;
}

static enum sg_status find(struct sg_context *context, struct work *work, struct sg_stability *stability) {
    size_t areas = work->measures->area_count, thresholds = work->request->supply_count;
    work->gaps = sg_alloc(thresholds, sizeof *work->gaps);
    work->weights = sg_alloc(work->measures->type_count, sizeof *work->weights);
    work->index = sg_alloc(areas, sizeof *work->index);
    work->sorted = sg_alloc(areas, sizeof *work->sorted);
    work->kept = sg_alloc(areas, sizeof *work->kept);
    work->worst = sg_alloc(areas, sizeof *work->worst);
    stability->keeps_class_pct = sg_alloc(areas, sizeof *stability->keeps_class_pct);
    stability->is_worst_pct = sg_alloc(areas, sizeof *stability->is_worst_pct);
    if (work->gaps == NULL || work->weights == NULL || work->index == NULL || work->sorted == NULL
        || work->kept == NULL || work->worst == NULL || stability->keeps_class_pct == NULL
        || stability->is_worst_pct == NULL)
        return sg_fail_memory(context);
    for (size_t s = 0; s < thresholds; s++) {
        enum sg_status status = judge_at(context, work, s);
        if (status != SG_OK)
            return status;
    }
    for (size_t run = 0; run < SG_STABILITY_RUNS; run++) {
        struct sg_random random = sg_random_of(work->request->seed, run);
        size_t threshold = sg_random_below(&random, (uint32_t)thresholds);
        change_weights(work, &random);
        index_areas(work, work->gaps[threshold]);
        count_run(work);
    }
    for (size_t a = 0; a < areas; a++) {
        bool is_judged = !isnan(work->judgement->gap_index[a]);
        stability->keeps_class_pct[a] = is_judged ? 100.0 * (double)work->kept[a] / SG_STABILITY_RUNS : NAN;
        stability->is_worst_pct[a] = is_judged ? 100.0 * (double)work->worst[a] / SG_STABILITY_RUNS : NAN;
    }
    return SG_OK;
}

enum sg_status sg_stability_find(struct sg_context *context, const struct sg_measures *measures,
                                 const struct sg_taxonomy *taxonomy, const struct sg_judgement *judgement,
                                 const struct sg_stability_request *request,
                                 struct sg_stability *ret_stability) {
    struct sg_stability stability = {.area_count = measures->area_count,
                                     .supply_count = request->supply_count};
    struct work work = {
        .measures = measures, .taxonomy = taxonomy, .judgement = judgement, .request = request};
    enum sg_status status = find(context, &work, &stability);
    for (size_t s = 0; work.gaps != NULL && s < request->supply_count; s++)
        sg_free(work.gaps[s]);
    sg_free(work.gaps);
    sg_free(work.weights);
    sg_free(work.index);
    sg_free(work.sorted);
    sg_free(work.kept);
    sg_free(work.worst);
    if (status == SG_OK)
        *ret_stability = stability;
    else
        sg_stability_release(&stability);
    return status;
}
