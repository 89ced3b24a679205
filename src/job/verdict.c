/* The measuring and judging stages of a run. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/brief_check.h"
#include "job/run.h"
#include "judge/fairness_table.h"
#include "judge/rate_columns.h"

struct sg_findings_source sg_run_findings_source(const struct sg_run *run) {
    bool has_fairness = run->fairness.is_measured;
    return (struct sg_findings_source){.layer = &run->layer,
                                       .taxonomy = &run->taxonomy,
                                       .measures = &run->measures,
                                       .judgement = run->is_judged ? &run->judgement : NULL,
                                       .counts = &run->inventory.sum,
                                       .fairness = has_fairness ? &run->fairness.fairness : NULL,
                                       .clusters = has_fairness ? &run->fairness.clusters : NULL,
                                       .stability = has_fairness ? &run->fairness.stability : NULL,
                                       .groups = run->groups.is_measured ? &run->groups.source : NULL,
                                       .status_name = run->job->fairness.status,
                                       .language = run->job->language};
}

static enum sg_status fail_weights(struct sg_run *run, const char *part) {
    return sg_fail(run->context, SG_USAGE, "write codes and numbers of 0 or more: EMP=2,OTH=0",
                   "--type-weights: '%.60s' is not the weight of a type", part);
}

static enum sg_status fail_weight_type(struct sg_run *run, const char *part, const char *code) {
    const struct sg_taxonomy *taxonomy = &run->taxonomy;
    const char **codes = sg_alloc(taxonomy->type_count, sizeof *codes);
    if (codes == NULL)
        return sg_fail_memory(run->context);
    struct sg_text hint;
    sg_text_init(&hint);
    for (size_t t = 0; t < taxonomy->type_count; t++) {
        codes[t] = taxonomy->types[t].code;
        sg_text_append_format(&hint, "%s%s", t == 0 ? "the types are " : ", ", codes[t]);
    }
    const char *nearest = sg_nearest_name(code, codes, taxonomy->type_count);
    if (nearest != NULL) {
        sg_text_clear(&hint);
        sg_text_append_format(&hint, "did you mean '%s'?", nearest);
    }
    enum sg_status status = sg_fail(run->context, SG_USAGE, sg_text_bytes(&hint),
                                    "--type-weights: there is no type '%s' ('%.60s')", code, part);
    sg_text_release(&hint);
    sg_free(codes);
    return status;
}

/* "EMP=2,OTH=0" into the taxonomy. */
static enum sg_status set_weights(struct sg_run *run, const char *text) {
    for (const char *at = text; *at != '\0';) {
        char part[80], code[64];
        double weight;
        char after;
        size_t length = strcspn(at, ",");
        snprintf(part, sizeof part, "%.*s", (int)(length < 79 ? length : 79), at);
        if (sscanf(part, " %63[^= ] = %lf %c", code, &weight, &after) != 2 || !(weight >= 0)
            || !isfinite(weight))
            return fail_weights(run, part);
        size_t type = sg_run_find_type(run, code);
        if (type == SG_NO_INDEX)
            return fail_weight_type(run, part, code);
        run->taxonomy.types[type].weight = weight;
        at += length + (at[length] == ',');
    }
    return SG_OK;
}

static enum sg_status judge(struct sg_run *run, const struct sg_judge_request *benchmarks) {
    struct sg_judge_request request = *benchmarks;
    request.crossed_need = run->need.is_made ? run->need.index.index : NULL;
    enum sg_status status = SG_OK;
    if (run->job->type_weights != NULL)
        status = set_weights(run, run->job->type_weights);
    if (status == SG_OK)
        status = sg_judge(run->context, &run->measures, &run->taxonomy, &request, &run->judgement);
    run->is_judged = status == SG_OK;
    if (status == SG_OK)
        status = sg_brief_check_verdict(run);
    if (status == SG_OK)
        status = sg_run_judge_fairness(run, &request);
    return status;
}

/* Floating catchments hand out all that anybody shares, no more and no less (M2SFCA less, on purpose). */
static void say_conservation(struct sg_run *run) {
    const struct sg_access_request *access = &run->job->coverage.access;
    const struct sg_measures *measures = &run->measures;
    const struct sg_city_measures *all = &measures->city[measures->type_count];
    if (measures->values[SG_MEASURE_ACCESS] == NULL || isnan(all->access_supply))
        return;
    bool loses = access->family == SG_ACCESS_M2SFCA;
    double worst = 0;
    for (size_t t = 0; t <= measures->type_count; t++) {
        const struct sg_city_measures *city = &measures->city[t];
        if (city->access_supply > 0)
            worst = fmax(worst, fabs(city->access_handed / city->access_supply - 1));
    }
    char half[48], sum[64], of[64];
    sg_number_text(all->access_supply, of);
    sg_number_text(round(all->access_handed * 1e6) / 1e6, sum);
    snprintf(half, sizeof half, "%.4g %s", sg_decay_half_cost(&access->decay, measures->thresholds_m[0]),
             measures->is_time ? "min" : "m");
    bool has_decay = access->family != SG_ACCESS_2SFCA;
    sg_note(run->context, "access: %s%s%s%s%s; %s %s handed out of %s in reach of anybody%s",
            sg_access_name(access->family), has_decay ? ", " : "",
            has_decay ? sg_decay_name(access->decay.kind) : "", has_decay ? " decay, half weight at " : "",
            has_decay ? half : "", sum, strcmp(sum, "1") == 0 ? "service" : "services", of,
            loses ? " (distance lowers it)" : "");
    if (!loses && worst > 1e-9)
        sg_warn(run->context, "report this as a fault of the program",
                "access: what is handed out differs from the services in reach by %.2g of them", worst);
}

/* The need index, the verdict, the groups and the table, from the measures. */
static enum sg_status judge_and_tabulate(struct sg_run *run, const struct sg_judge_request *benchmarks) {
    const struct sg_job *job = run->job;
    enum sg_status status = sg_run_make_need_index(run);
    if (status == SG_OK && job->wants_gap)
        status = judge(run, benchmarks);
    if (status == SG_OK)
        status = sg_run_measure_groups(run);
    if (status == SG_OK)
        status = sg_coverage_table(run->context, &run->layer, &run->taxonomy, &run->measures,
                                   run->inventory.counts, run->is_judged ? &run->judgement : NULL,
                                   job->language, &run->table);
    if (status == SG_OK)
        status = sg_run_add_need_columns(run, &run->table);
    if (status == SG_OK && run->groups.is_measured)
        status = sg_group_columns(run->context, &run->groups.source, &run->table);
    if (status == SG_OK && job->fairness.smooth)
        status = sg_rate_columns(run->context, &run->taxonomy, &run->measures, run->inventory.counts,
                                 run->inventory.all_counts, job->language, &run->table);
    if (status == SG_OK && run->fairness.is_measured)
        status = sg_stability_columns(run->context, &run->fairness.stability, &run->table);
    if (status == SG_OK && run->fairness.is_measured)
        status = sg_cluster_columns(run->context, &run->fairness.clusters, &run->table);
    return status;
}

enum sg_status sg_run_measure(struct sg_run *run) {
    const struct sg_job *job = run->job;
    struct sg_coverage_request request = job->coverage;
    struct sg_judge_request benchmarks = job->judge;
    struct sg_benchmark *of_types = NULL;
    enum sg_status status = SG_OK;
    if (job->wants_gap && job->benchmark_file != NULL) {
        status = sg_run_read_benchmarks(run, &of_types, &benchmarks.supply);
        benchmarks.of_types = of_types;
    }
    if (job->wants_gap) /* the table may judge on another supply than the options */
        request.wants[sg_supply_measure(benchmarks.supply)] = true;
    request.travel = run->has_travel ? &run->travel : NULL;
    if (status == SG_OK)
        status = sg_coverage_measure(run->context, &run->layer, &run->inventory,
                                     run->has_demand ? &run->demand : NULL, &request, &run->measures);
    if (status == SG_OK)
        say_conservation(run);
    if (status == SG_OK)
        status = judge_and_tabulate(run, &benchmarks);
    sg_free(of_types);
    if (status == SG_OK)
        status = sg_run_measure_regions(run);
    if (status != SG_OK)
        return status;
    struct sg_findings_source source = sg_run_findings_source(run);
    status = sg_findings(run->context, &source, &run->findings, &run->finding_count);
    for (size_t i = 0; status == SG_OK && i < run->finding_count; i++)
        sg_detail(run->context, "%s", run->findings[i]);
    return status;
}
