#include "judge/inequality.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"

void sg_spread_release(struct sg_spread *spread) {
    sg_free(spread->areas);
    sg_free(spread->values);
    sg_free(spread->people);
    sg_free(spread->status);
    sg_free(spread->by_status);
    *spread = (struct sg_spread){0};
}

static int compare_values(const void *a, const void *b, void *user) {
    const double *values = user;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    if (values[i] != values[j])
        return values[i] < values[j] ? -1 : 1;
    return i < j ? -1 : i > j;
}

static bool allocate(struct sg_spread *spread, size_t count, bool has_status) {
    spread->areas = sg_alloc(count, sizeof *spread->areas);
    spread->values = sg_alloc(count, sizeof *spread->values);
    spread->people = sg_alloc(count, sizeof *spread->people);
    if (has_status) {
        spread->status = sg_alloc(count, sizeof *spread->status);
        spread->by_status = sg_alloc(count, sizeof *spread->by_status);
    }
    return spread->areas != NULL && spread->values != NULL && spread->people != NULL
           && (!has_status || (spread->status != NULL && spread->by_status != NULL));
}

bool sg_spread_init(struct sg_spread *spread, const double *values, const double *people,
                    const double *status, size_t count, size_t *ret_negative) {
    *spread = (struct sg_spread){0};
    size_t negative = 0;
    if (!allocate(spread, count, status != NULL)) {
        sg_spread_release(spread);
        return false;
    }
    for (size_t a = 0; a < count; a++) {
        bool has_people = people[a] > 0 && isfinite(people[a]);
        negative += has_people && values[a] < 0;
        if (has_people && values[a] >= 0 && isfinite(values[a]))
            spread->areas[spread->count++] = (uint32_t)a;
    }
    qsort_r(spread->areas, spread->count, sizeof *spread->areas, compare_values, (void *)values);
    for (size_t i = 0; i < spread->count; i++) {
        spread->values[i] = values[spread->areas[i]];
        spread->people[i] = people[spread->areas[i]];
        if (status == NULL)
            continue;
        spread->status[i] = status[spread->areas[i]];
        if (isfinite(spread->status[i]))
            spread->by_status[spread->status_count++] = (uint32_t)i;
    }
    if (status != NULL)
        qsort_r(spread->by_status, spread->status_count, sizeof *spread->by_status, compare_values,
                spread->status);
    if (ret_negative != NULL)
        *ret_negative = negative;
    return true;
}

static double weight_of(const struct sg_spread *spread, size_t i, const uint32_t *times) {
    return times == NULL ? spread->people[i] : spread->people[i] * times[i];
}

struct totals {
    double people, sum, mean;
};

static struct totals totals_of(const struct sg_spread *spread, const uint32_t *times) {
    struct totals totals = {0, 0, NAN};
    for (size_t i = 0; i < spread->count; i++) {
        double weight = weight_of(spread, i, times);
        totals.people += weight;
        totals.sum += weight * spread->values[i];
    }
    if (totals.people > 0)
        totals.mean = totals.sum / totals.people;
    return totals;
}

double sg_spread_mean(const struct sg_spread *spread, const uint32_t *times) {
    return totals_of(spread, times).mean;
}

double sg_gini(const struct sg_spread *spread, const uint32_t *times) {
    struct totals totals = totals_of(spread, times);
    if (!(totals.sum > 0))
        return NAN;
    double before = 0, twice_area = 0;
    for (size_t i = 0; i < spread->count; i++) {
        double weight = weight_of(spread, i, times), after = before + weight * spread->values[i];
        twice_area += weight / totals.people * ((before + after) / totals.sum);
        before = after;
    }
    return fmax(0, 1 - twice_area); /* all the same: rounding must not make it negative */
}

static double theil_term(double value, double mean) {
    return value > 0 ? value / mean * log(value / mean) : 0;
}

double sg_theil(const struct sg_spread *spread, const uint32_t *times) {
    struct totals totals = totals_of(spread, times);
    if (!(totals.sum > 0))
        return NAN;
    double sum = 0;
    for (size_t i = 0; i < spread->count; i++)
        sum += weight_of(spread, i, times) / totals.people * theil_term(spread->values[i], totals.mean);
    return fmax(0, sum);
}

double sg_atkinson(const struct sg_spread *spread, double epsilon, const uint32_t *times) {
    struct totals totals = totals_of(spread, times);
    if (!(totals.sum > 0))
        return NAN;
    double sum = 0;
    for (size_t i = 0; i < spread->count; i++) {
        double weight = weight_of(spread, i, times) / totals.people;
        if (!(weight > 0))
            continue;
        if (spread->values[i] == 0 && epsilon >= 1)
            return 1;
        double ratio = spread->values[i] / totals.mean;
        sum += weight * (epsilon == 1 ? log(ratio) : pow(ratio, 1 - epsilon));
    }
    return 1 - (epsilon == 1 ? exp(sum) : pow(sum, 1 / (1 - epsilon)));
}

double sg_lorenz(const struct sg_spread *spread, double people_share, const uint32_t *times) {
    struct totals totals = totals_of(spread, times);
    if (!(totals.sum > 0))
        return NAN;
    double people = 0, sum = 0, wanted = people_share * totals.people;
    for (size_t i = 0; i < spread->count && people < wanted; i++) {
        double weight = fmin(weight_of(spread, i, times), wanted - people);
        people += weight;
        sum += weight * spread->values[i];
    }
    return fmin(1, sum / totals.sum);
}

/* The middle value; the mean of two where half of the people have at most one and half at least the other. */
static double median_of(const struct sg_spread *spread, double people, const uint32_t *times) {
    double sum = 0;
    for (size_t i = 0; i < spread->count; i++) {
        sum += weight_of(spread, i, times);
        if (sum > people / 2 * (1 + 1e-12))
            return spread->values[i];
        if (sum >= people / 2 * (1 - 1e-12)) {
            size_t next = i + 1;
            while (next + 1 < spread->count && !(weight_of(spread, next, times) > 0))
                next++;
            return next < spread->count ? (spread->values[i] + spread->values[next]) / 2 : spread->values[i];
        }
    }
    return NAN;
}

double sg_wolfson(const struct sg_spread *spread, const uint32_t *times) {
    struct totals totals = totals_of(spread, times);
    double median = median_of(spread, totals.people, times);
    if (!(totals.sum > 0) || !(median > 0))
        return NAN;
    return (2 * (0.5 - sg_lorenz(spread, 0.5, times)) - sg_gini(spread, times)) * totals.mean / median;
}

/* ---- by status ---- */

/* The people of one status: whoever shares it stands at the same place of the ladder. */
struct rung {
    double people, sum;
};

/* The rung that begins at a position of by_status; moves the position behind it. */
static struct rung next_rung(const struct sg_spread *spread, size_t *position, const uint32_t *times) {
    struct rung rung = {0, 0};
    double status = spread->status[spread->by_status[*position]];
    for (; *position < spread->status_count && spread->status[spread->by_status[*position]] == status;
         ++*position) {
        size_t i = spread->by_status[*position];
        double weight = weight_of(spread, i, times);
        rung.people += weight;
        rung.sum += weight * spread->values[i];
    }
    return rung;
}

static struct totals status_totals(const struct sg_spread *spread, const uint32_t *times) {
    struct totals totals = {0, 0, NAN};
    for (size_t at = 0; at < spread->status_count;) {
        struct rung rung = next_rung(spread, &at, times);
        totals.people += rung.people;
        totals.sum += rung.sum;
    }
    if (totals.people > 0)
        totals.mean = totals.sum / totals.people;
    return totals;
}

/* What a part of the ladder, from one number of people to another, has per person. */
static double mean_between(const struct sg_spread *spread, double low, double high, const uint32_t *times) {
    double before = 0, sum = 0;
    for (size_t at = 0; at < spread->status_count;) {
        struct rung rung = next_rung(spread, &at, times);
        double inside = fmin(high, before + rung.people) - fmax(low, before);
        if (inside > 0)
            sum += rung.sum * (inside / rung.people);
        before += rung.people;
    }
    return sum / (high - low);
}

double sg_palma(const struct sg_spread *spread, const uint32_t *times) {
    double people = status_totals(spread, times).people;
    if (!(people > 0))
        return NAN;
    double poorest = mean_between(spread, 0, 0.4 * people, times);
    return poorest > 0 ? mean_between(spread, 0.9 * people, people, times) / poorest : NAN;
}

double sg_concentration(const struct sg_spread *spread, const uint32_t *times) {
    struct totals totals = status_totals(spread, times);
    if (!(totals.sum > 0))
        return NAN;
    double before = 0, sum = 0;
    for (size_t at = 0; at < spread->status_count;) {
        struct rung rung = next_rung(spread, &at, times);
        double rank = (before + rung.people / 2) / totals.people;
        sum += (rung.sum - totals.mean * rung.people) / totals.people * (rank - 0.5);
        before += rung.people;
    }
    return 2 / totals.mean * sum;
}

double sg_erreygers(const struct sg_spread *spread, double low, double high, const uint32_t *times) {
    if (!(high > low))
        return NAN;
    return 4 * status_totals(spread, times).mean / (high - low) * sg_concentration(spread, times);
}

/* ---- by group, against a line, between neighbours ---- */

bool sg_theil_divide(const struct sg_spread *spread, const uint32_t *groups, size_t group_count,
                     struct sg_theil_parts *ret_parts) {
    struct totals all = totals_of(spread, NULL);
    struct rung *rungs = sg_alloc(group_count, sizeof *rungs);
    if (rungs == NULL)
        return false;
    for (size_t i = 0; i < spread->count; i++) {
        struct rung *rung = &rungs[groups[spread->areas[i]]];
        rung->people += spread->people[i];
        rung->sum += spread->people[i] * spread->values[i];
    }
    struct sg_theil_parts parts = {sg_theil(spread, NULL), NAN, NAN};
    if (all.sum > 0) {
        parts.between = parts.within = 0;
        for (size_t g = 0; g < group_count; g++) {
            if (rungs[g].people > 0)
                parts.between +=
                    rungs[g].people / all.people * theil_term(rungs[g].sum / rungs[g].people, all.mean);
        }
        for (size_t i = 0; i < spread->count; i++) {
            const struct rung *rung = &rungs[groups[spread->areas[i]]];
            double mean = rung->sum / rung->people;
            if (mean > 0) /* s_g T_g, area by area: q x/mean_all ln(x/mean_g) */
                parts.within +=
                    spread->people[i] / all.people * (mean / all.mean) * theil_term(spread->values[i], mean);
        }
    }
    sg_free(rungs);
    *ret_parts = parts;
    return true;
}

double sg_poverty(const struct sg_spread *spread, double line, int alpha, bool more_is_worse,
                  const uint32_t *times) {
    double people = totals_of(spread, times).people, sum = 0;
    if (!(people > 0) || !(line > 0))
        return NAN;
    for (size_t i = 0; i < spread->count; i++) {
        double lack = (more_is_worse ? spread->values[i] - line : line - spread->values[i]) / line;
        if (lack > 0)
            sum += weight_of(spread, i, times) / people * (alpha == 0 ? 1 : alpha == 1 ? lack : lack * lack);
    }
    return sum;
}

struct sg_spatial_gini sg_spatial_gini_of(const struct sg_spread *spread, sg_pair_test *is_pair, void *user) {
    struct sg_spatial_gini gini = {0, 0};
    for (size_t i = 0; i < spread->count; i++) {
        for (size_t j = i + 1; j < spread->count; j++) {
            double apart = 2 * (spread->values[j] - spread->values[i]); /* both ways round */
            *(is_pair(user, spread->areas[i], spread->areas[j]) ? &gini.near_sum : &gini.far_sum) += apart;
        }
    }
    return gini;
}
