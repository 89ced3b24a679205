#include "judge/gap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "core/text.h"
#include "core/weighted.h"
#include "judge/whom.h"

static const double NEAR_CUT = 2;

/* Indices that differ by less are equal: sums over types round in their last digits. */
static const double SAME_INDEX = 1e-9;

enum sg_measure sg_supply_measure(enum sg_supply supply) {
    static const enum sg_measure measures[] = {SG_MEASURE_REACH, SG_MEASURE_PER_10K, SG_MEASURE_WITHIN,
                                               SG_MEASURE_ACCESS};
    return measures[supply];
}

static const char *const supply_names[] = {"reach", "count", "within", "access"};

const char *sg_supply_name(enum sg_supply supply) {
    return supply_names[supply];
}

bool sg_supply_from_name(const char *name, enum sg_supply *ret_supply) {
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, supply_names[i]) == 0) {
            *ret_supply = (enum sg_supply)i;
            return true;
        }
    }
    return false;
}

bool sg_benchmark_from_text(const char *text, struct sg_benchmark *ret_benchmark, bool *ret_implies,
                            enum sg_supply *ret_supply) {
    *ret_implies = false;
    if (sg_text_equal_fold(text, "median")) {
        *ret_benchmark = (struct sg_benchmark){SG_BENCHMARK_MEDIAN, NAN};
        return true;
    }
    if (sg_text_equal_fold(text, "average") || sg_text_equal_fold(text, "mean")) {
        *ret_benchmark = (struct sg_benchmark){SG_BENCHMARK_AVERAGE, NAN};
        return true;
    }
    double number, people;
    char after;
    if (sscanf(text, " %lf per %lf %c", &number, &people, &after) == 2 && number > 0 && people > 0
        && isfinite(number) && isfinite(people)) {
        *ret_benchmark = (struct sg_benchmark){SG_BENCHMARK_STANDARD, 10000 * number / people};
        *ret_implies = true;
        *ret_supply = SG_SUPPLY_COUNT;
        return true;
    }
    char percent;
    int got = sscanf(text, " %lf %c %c", &number, &percent, &after);
    if (got == 2 && percent == '%' && number > 0 && number <= 100) {
        *ret_benchmark = (struct sg_benchmark){SG_BENCHMARK_STANDARD, number};
        *ret_implies = true;
        *ret_supply = SG_SUPPLY_WITHIN;
        return true;
    }
    if (got == 1 && number > 0 && isfinite(number)) {
        *ret_benchmark = (struct sg_benchmark){SG_BENCHMARK_STANDARD, number};
        return true;
    }
    return false;
}

const char *sg_gap_class_name(enum sg_gap_class gap_class) {
    static const char *const names[] = {"served", "slight", "moderate", "severe", "critical", NULL};
    return names[gap_class];
}

const char *sg_priority_name(enum sg_priority priority) {
    static const char *const names[] = {"low", "medium", "high", NULL};
    return names[priority];
}

void sg_judgement_release(struct sg_judgement *judgement) {
    sg_free(judgement->benchmarks);
    sg_free(judgement->is_mean_for_median);
    sg_free(judgement->gap_index);
    sg_free(judgement->classes);
    sg_free(judgement->ranks);
    sg_free(judgement->priorities);
    sg_free(judgement->near_cut);
    *judgement = (struct sg_judgement){0};
}

static bool allocate(struct sg_judgement *judgement) {
    size_t types = judgement->type_count + 1, areas = judgement->area_count;
    judgement->benchmarks = sg_alloc(types, sizeof *judgement->benchmarks);
    judgement->is_mean_for_median = sg_alloc(types, sizeof *judgement->is_mean_for_median);
    judgement->gap_index = sg_alloc(areas, sizeof *judgement->gap_index);
    judgement->classes = sg_alloc(areas, sizeof *judgement->classes);
    judgement->ranks = sg_alloc(areas, sizeof *judgement->ranks);
    judgement->priorities = sg_alloc(areas, sizeof *judgement->priorities);
    judgement->near_cut = sg_alloc(areas, sizeof *judgement->near_cut);
    return judgement->benchmarks != NULL && judgement->is_mean_for_median != NULL
           && judgement->gap_index != NULL && judgement->classes != NULL && judgement->ranks != NULL
           && judgement->priorities != NULL && judgement->near_cut != NULL;
}

/* The weight of an area in the city: its need, or 1 where no need is known anywhere. */
static double need_weight(const struct sg_measures *measures, size_t area) {
    if (isnan(measures->total_need))
        return 1;
    return measures->need[area] > 0 ? measures->need[area] : 0;
}

static double benchmark_of(const struct sg_measures *measures, const double *supply,
                           const struct sg_benchmark *benchmark, struct sg_weighted *scratch,
                           bool *ret_mean_for_median) {
    if (benchmark->kind == SG_BENCHMARK_STANDARD)
        return benchmark->standard;
    size_t count = 0;
    double total = 0, sum = 0;
    for (size_t a = 0; a < measures->area_count; a++) {
        double weight = need_weight(measures, a);
        if (isnan(supply[a]) || !(weight > 0))
            continue;
        scratch[count++] = (struct sg_weighted){supply[a], weight};
        total += weight;
        sum += weight * supply[a];
    }
    if (count == 0)
        return NAN;
    double mean = sum / total;
    if (benchmark->kind == SG_BENCHMARK_AVERAGE)
        return mean;
    sg_weighted_sort(scratch, count, scratch + measures->area_count);
    double median = sg_weighted_quantile(scratch, count, total, 0.5);
    *ret_mean_for_median = median == 0 && mean > 0;
    return median == 0 ? mean : median;
}

double sg_gap_of(double supply, double benchmark) {
    if (isnan(supply) || isnan(benchmark))
        return NAN;
    if (benchmark <= 0) /* a type that exists nowhere: nobody has less than anybody */
        return 0;
    /* 1 - min(1, supply / benchmark), with one rounding less: 90 of 100 is a gap of 0.1, and so at a cut */
    return supply >= benchmark ? 0 : (benchmark - supply) / benchmark;
}

static double shortfall_of(double gap, double need, const struct sg_measures *measures, size_t type) {
    if (isnan(gap) || isnan(need) || !(measures->total_need > 0))
        return NAN;
    return gap * need * (measures->city[type].total_count / measures->total_need);
}

static void index_areas(struct sg_measures *measures, const struct sg_taxonomy *taxonomy, const double *gaps,
                        struct sg_judgement *judgement) {
    for (size_t a = 0; a < measures->area_count; a++) {
        double sum = 0, weights = 0;
        for (size_t t = 0; t < measures->type_count; t++) {
            double gap = gaps[t * measures->area_count + a], weight = taxonomy->types[t].weight;
            if (isnan(gap) || !(weight > 0))
                continue;
            sum += weight * gap;
            weights += weight;
        }
        judgement->gap_index[a] = weights > 0 ? 100 * sum / weights : NAN;
    }
}

enum sg_gap_class sg_gap_class_of(double index, const double cuts[4]) {
    if (isnan(index))
        return SG_GAP_UNKNOWN;
    enum sg_gap_class gap_class = SG_GAP_SERVED;
    for (int c = 0; c < 4; c++) {
        if (index >= cuts[c] - SAME_INDEX)
            gap_class = (enum sg_gap_class)(c + 1);
    }
    return gap_class;
}

static void classify_areas(struct sg_judgement *judgement) {
    for (size_t a = 0; a < judgement->area_count; a++) {
        double index = judgement->gap_index[a];
        enum sg_gap_class gap_class = sg_gap_class_of(index, judgement->cuts);
        bool is_near = false;
        for (int c = 0; c < 4; c++)
            is_near = is_near || fabs(index - judgement->cuts[c]) <= NEAR_CUT;
        if (is_near)
            judgement->near_cut[judgement->near_cut_count++] = a;
        judgement->classes[a] = gap_class;
        judgement->class_counts[gap_class]++;
    }
}

/* Ranks the first areas, so many, among each other. */
static bool rank_areas(struct sg_judgement *judgement, size_t area_count) {
    double *sorted = sg_alloc(area_count, sizeof *sorted);
    if (sorted == NULL)
        return false;
    size_t count = 0;
    for (size_t a = 0; a < area_count; a++) {
        if (!isnan(judgement->gap_index[a]))
            sorted[count++] = -judgement->gap_index[a];
    }
    qsort(sorted, count, sizeof *sorted, sg_compare_numbers);
    for (size_t a = 0; a < area_count; a++) {
        if (!isnan(judgement->gap_index[a]))
            judgement->ranks[a] = 1 + sg_count_below(sorted, count, -judgement->gap_index[a] - SAME_INDEX);
    }
    sg_free(sorted);
    return true;
}

/* The third of the sorted values in which a value lies: 0 (bottom) to 2; equal values share a third. */
static int third_of(const double *sorted, size_t count, double value) {
    size_t below = sg_count_below(sorted, count, value - SAME_INDEX * fmax(1e-6, fabs(value)));
    return below * 3 < count ? 0 : below * 3 < 2 * count ? 1 : 2;
}

/* The need to cross with the gap: what is asked for, else its rate. */
static double need_to_cross(const struct sg_measures *measures, const double *crossed_need, bool has_rate,
                            size_t area) {
    if (crossed_need != NULL)
        return crossed_need[area];
    if (has_rate)
        return measures->population[area] > 0 ? measures->need[area] / measures->population[area] : NAN;
    return measures->need[area];
}

static bool set_priorities(const struct sg_measures *measures, const double *crossed_need, size_t areas,
                           struct sg_judgement *judgement) {
    size_t count = 0;
    /* where the need is the population everywhere its rate says nothing */
    bool has_rate = measures->has_population && sg_whom_of(measures) == SG_WHOM_NEED;
    double *gaps = sg_alloc(areas, sizeof *gaps), *needs = sg_alloc(areas, sizeof *needs);
    if (gaps == NULL || needs == NULL) {
        sg_free(gaps);
        sg_free(needs);
        return false;
    }
    for (size_t a = 0; a < areas; a++) {
        double need = need_to_cross(measures, crossed_need, has_rate, a);
        if (isnan(need) || isnan(judgement->gap_index[a]))
            continue;
        gaps[count] = judgement->gap_index[a];
        needs[count++] = need;
    }
    qsort(gaps, count, sizeof *gaps, sg_compare_numbers);
    qsort(needs, count, sizeof *needs, sg_compare_numbers);
    for (size_t a = 0; a < areas; a++) {
        double need = need_to_cross(measures, crossed_need, has_rate, a);
        judgement->priorities[a] = SG_PRIORITY_UNKNOWN;
        if (isnan(need) || isnan(judgement->gap_index[a]))
            continue;
        int gap_third = third_of(gaps, count, judgement->gap_index[a]);
        int need_third = third_of(needs, count, need);
        judgement->priorities[a] = gap_third == 2 && need_third == 2   ? SG_PRIORITY_HIGH
                                   : gap_third == 0 || need_third == 0 ? SG_PRIORITY_LOW
                                                                       : SG_PRIORITY_MEDIUM;
    }
    sg_free(gaps);
    sg_free(needs);
    return true;
}

static bool judge(struct sg_measures *measures, const struct sg_taxonomy *taxonomy,
                  const struct sg_judge_request *request, struct sg_judgement *judgement) {
    size_t areas = measures->area_count;
    struct sg_weighted *scratch = sg_alloc(2 * areas, sizeof *scratch);
    double *gaps = sg_alloc((measures->type_count + 1) * areas, sizeof *gaps);
    bool done = scratch != NULL && gaps != NULL && allocate(judgement);
    for (size_t t = 0; done && t <= measures->type_count; t++) {
        const double *supply = sg_measures_row(measures, sg_supply_measure(request->supply), t, 0);
        const struct sg_benchmark *benchmark = request->of_types != NULL && t < measures->type_count
                                                   ? &request->of_types[t]
                                                   : &request->benchmark;
        judgement->benchmarks[t] =
            benchmark_of(measures, supply, benchmark, scratch, &judgement->is_mean_for_median[t]);
        double *gap_row = sg_measures_row(measures, SG_MEASURE_GAP, t, 0);
        double *shortfall_row = sg_measures_row(measures, SG_MEASURE_SHORTFALL, t, 0);
        for (size_t a = 0; a < areas; a++) {
            double gap = sg_gap_of(supply[a], judgement->benchmarks[t]);
            gaps[t * areas + a] = gap;
            if (gap_row != NULL)
                gap_row[a] = gap;
            if (shortfall_row != NULL)
                shortfall_row[a] = shortfall_of(gap, measures->need[a], measures, t);
        }
    }
    if (done) {
        index_areas(measures, taxonomy, gaps, judgement);
        classify_areas(judgement);
        size_t compared = areas - (request->last_is_rest && areas > 0);
        for (size_t a = compared; a < areas; a++)
            judgement->priorities[a] = SG_PRIORITY_UNKNOWN;
        done = rank_areas(judgement, compared)
               && set_priorities(measures, request->crossed_need, compared, judgement);
    }
    sg_free(scratch);
    sg_free(gaps);
    return done;
}

enum sg_status sg_judge(struct sg_context *context, struct sg_measures *measures,
                        const struct sg_taxonomy *taxonomy, const struct sg_judge_request *request,
                        struct sg_judgement *ret_judgement) {
    struct sg_judgement judgement = {
        .area_count = measures->area_count, .type_count = measures->type_count, .supply = request->supply};
    memcpy(judgement.cuts, request->cuts, sizeof judgement.cuts);
    if (!judge(measures, taxonomy, request, &judgement)) {
        sg_judgement_release(&judgement);
        return sg_fail_memory(context);
    }
    *ret_judgement = judgement;
    return SG_OK;
}
