#include "judge/need_index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/numbers.h"

static const double HIGH_RANK = 0.9; /* of SVI's flags */

bool sg_need_method_from_name(const char *name, enum sg_need_method *ret_method) {
    if (strcmp(name, "zscore") == 0)
        *ret_method = SG_NEED_ZSCORE;
    else if (strcmp(name, "percentile") == 0)
        *ret_method = SG_NEED_PERCENTILE;
    else
        return false;
    return true;
}

void sg_need_index_release(struct sg_need_index *index) {
    sg_free(index->index);
    sg_free(index->missing);
    sg_free(index->high);
    sg_free(index->is_even);
    *index = (struct sg_need_index){0};
}

bool sg_percentile_ranks(const double *values, size_t count, double *ret_ranks) {
    double *sorted = sg_alloc(count, sizeof *sorted);
    if (sorted == NULL)
        return false;
    size_t known = 0;
    for (size_t a = 0; a < count; a++) {
        if (!isnan(values[a]))
            sorted[known++] = values[a];
    }
    qsort(sorted, known, sizeof *sorted, sg_compare_numbers);
    for (size_t a = 0; a < count; a++) {
        size_t below = isnan(values[a]) ? 0 : sg_count_below(sorted, known, values[a]);
        ret_ranks[a] = isnan(values[a]) ? NAN : known > 1 ? (double)below / (double)(known - 1) : 0;
    }
    sg_free(sorted);
    return true;
}

struct making {
    const struct sg_indicator *indicators;
    size_t count, area_count;
    const bool *left_out;
    double *turned; /* of the indicator at hand: high is need, NaN where it takes no part */
    double *ranks;
    double *scores;
    double *sums, *weights; /* of each area, over the indicators it has */
    struct sg_need_index *index;
};

static void turn(const struct making *making, const struct sg_indicator *indicator) {
    for (size_t a = 0; a < making->area_count; a++) {
        bool takes_part = making->left_out == NULL || !making->left_out[a];
        double value = takes_part && isfinite(indicator->values[a]) ? indicator->values[a] : NAN;
        making->turned[a] = indicator->low_is_need ? -value : value;
    }
}

/* Standard scores of the indicator at hand; all 0 where it is the same everywhere, or ranks differ by
   rounding alone. */
static void standardize(const struct making *making) {
    double mean = 0, variance = 0;
    size_t known = 0;
    for (size_t a = 0; a < making->area_count; a++)
        known += !isnan(making->turned[a]);
    for (size_t a = 0; a < making->area_count; a++)
        mean += isnan(making->turned[a]) ? 0 : making->turned[a] / (double)known;
    for (size_t a = 0; a < making->area_count; a++) {
        double apart = making->turned[a] - mean;
        variance += isnan(apart) ? 0 : apart * apart / (double)known;
    }
    double spread = sqrt(variance);
    for (size_t a = 0; a < making->area_count; a++) {
        double apart = making->turned[a] - mean;
        making->scores[a] = isnan(apart) || spread > 1e-12 * fabs(mean) ? apart / spread : 0;
    }
}

static bool is_even(const struct making *making) {
    double first = NAN;
    for (size_t a = 0; a < making->area_count; a++) {
        if (isnan(making->turned[a]))
            continue;
        if (!isnan(first) && making->turned[a] != first)
            return false;
        first = making->turned[a];
    }
    return true;
}

static bool add_indicator(struct making *making, size_t k, enum sg_need_method method) {
    const struct sg_indicator *indicator = &making->indicators[k];
    struct sg_need_index *index = making->index;
    turn(making, indicator);
    index->is_even[k] = is_even(making);
    if (!sg_percentile_ranks(making->turned, making->area_count, making->ranks))
        return false;
    if (method == SG_NEED_ZSCORE)
        standardize(making);
    for (size_t a = 0; a < making->area_count; a++) {
        if (isnan(making->turned[a])) {
            index->missing[a]++;
            continue;
        }
        making->sums[a] +=
            indicator->weight * (method == SG_NEED_ZSCORE ? making->scores[a] : making->ranks[a]);
        making->weights[a] += indicator->weight;
        index->high[a] += !index->is_even[k] && making->ranks[a] >= HIGH_RANK;
    }
    return true;
}

static bool make(struct making *making, enum sg_need_method method) {
    size_t areas = making->area_count;
    struct sg_need_index *index = making->index;
    making->turned = sg_alloc(areas, sizeof *making->turned);
    making->ranks = sg_alloc(areas, sizeof *making->ranks);
    making->scores = sg_alloc(areas, sizeof *making->scores);
    making->sums = sg_alloc(areas, sizeof *making->sums);
    making->weights = sg_alloc(areas, sizeof *making->weights);
    index->index = sg_alloc(areas, sizeof *index->index);
    index->missing = sg_alloc(areas, sizeof *index->missing);
    index->high = sg_alloc(areas, sizeof *index->high);
    index->is_even = sg_alloc(making->count, sizeof *index->is_even);
    bool done = making->turned != NULL && making->ranks != NULL && making->scores != NULL
                && making->sums != NULL && making->weights != NULL && index->index != NULL
                && index->missing != NULL && index->high != NULL && index->is_even != NULL;
    for (size_t k = 0; done && k < making->count; k++)
        done = add_indicator(making, k, method);
    for (size_t a = 0; done && a < areas; a++) {
        making->scores[a] = making->weights[a] > 0 ? making->sums[a] / making->weights[a] : NAN;
        index->partial_count += making->weights[a] > 0 && index->missing[a] > 0;
    }
    if (done && method == SG_NEED_PERCENTILE) {
        for (size_t a = 0; a < areas; a++) /* sums of ranks that are equal but for rounding are ties */
            making->scores[a] = round(making->scores[a] * 1e9) / 1e9;
        return sg_percentile_ranks(making->scores, areas, index->index);
    }
    if (done)
        memcpy(index->index, making->scores, areas * sizeof *index->index);
    return done;
}

bool sg_need_index_make(const struct sg_indicator *indicators, size_t count, size_t area_count,
                        const bool *left_out, enum sg_need_method method, struct sg_need_index *ret_index) {
    struct sg_need_index index = {.area_count = area_count};
    struct making making = {.indicators = indicators,
                            .count = count,
                            .area_count = area_count,
                            .left_out = left_out,
                            .index = &index};
    bool done = make(&making, method);
    sg_free(making.turned);
    sg_free(making.ranks);
    sg_free(making.scores);
    sg_free(making.sums);
    sg_free(making.weights);
    if (done)
        *ret_index = index;
    else
        sg_need_index_release(&index);
    return done;
}
