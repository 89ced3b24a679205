#include "judge/autocorrelation.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/random.h"

void sg_field_release(struct sg_field *field) {
    sg_free(field->starts);
    sg_free(field->ids);
    sg_free(field->areas);
    sg_free(field->values);
    sg_free(field->island);
    *field = (struct sg_field){0};
}

static size_t known_neighbours(const double *values, const struct sg_neighbours *neighbours, size_t area) {
    size_t count = 0;
    for (size_t k = neighbours->starts[area]; k < neighbours->starts[area + 1]; k++)
        count += isfinite(values[neighbours->ids[k]]);
    return count;
}

bool sg_field_init(struct sg_field *field, const double *values, const struct sg_neighbours *neighbours) {
    size_t areas = neighbours->area_count;
    *field = (struct sg_field){0};
    field->starts = sg_alloc(areas + 1, sizeof *field->starts);
    field->ids = sg_alloc(neighbours->starts[areas], sizeof *field->ids);
    field->areas = sg_alloc(areas, sizeof *field->areas);
    field->values = sg_alloc(areas, sizeof *field->values);
    field->island = sg_alloc(areas, sizeof *field->island);
    uint32_t *places = sg_alloc(areas, sizeof *places);
    if (field->starts == NULL || field->ids == NULL || field->areas == NULL || field->values == NULL
        || field->island == NULL || places == NULL) {
        sg_free(places);
        sg_field_release(field);
        return false;
    }
    for (size_t a = 0; a < areas; a++) {
        if (!isfinite(values[a]))
            continue;
        if (known_neighbours(values, neighbours, a) == 0) {
            field->island[a] = 1;
            field->island_count++;
            continue;
        }
        places[a] = (uint32_t)field->count;
        field->areas[field->count] = (uint32_t)a;
        field->values[field->count++] = values[a];
    }
    size_t used = 0;
    for (size_t i = 0; i < field->count; i++) {
        size_t area = field->areas[i];
        for (size_t k = neighbours->starts[area]; k < neighbours->starts[area + 1]; k++) {
            if (isfinite(values[neighbours->ids[k]]))
                field->ids[used++] = places[neighbours->ids[k]];
        }
        field->starts[i + 1] = used;
    }
    sg_free(places);
    return true;
}

bool sg_field_is_even(const struct sg_field *field) {
    for (size_t i = 1; i < field->count; i++) {
        if (field->values[i] != field->values[0])
            return false;
    }
    return true;
}

/* ---- moments ---- */

static size_t degree(const struct sg_field *field, size_t i) {
    return field->starts[i + 1] - field->starts[i];
}

static double weight(const struct sg_field *field, enum sg_weighting weighting, size_t i) {
    return weighting == SG_WEIGHTS_BINARY ? 1 : 1 / (double)degree(field, i);
}

struct moments {
    double n, s0, s1, s2; /* Cliff and Ord's sums of the weights */
    double mean, z2, kurtosis;
};

static struct moments moments_of(const struct sg_field *field, enum sg_weighting weighting) {
    struct moments m = {.n = (double)field->count};
    double z4 = 0;
    for (size_t i = 0; i < field->count; i++)
        m.mean += field->values[i] / m.n;
    for (size_t i = 0; i < field->count; i++) {
        double z = field->values[i] - m.mean, own = weight(field, weighting, i);
        double in = 0, both = 0;
        for (size_t k = field->starts[i]; k < field->starts[i + 1]; k++) {
            double other = weight(field, weighting, field->ids[k]); /* neighbours are mutual */
            in += other;
            both += (own + other) * (own + other);
        }
        double out = own * (double)degree(field, i);
        m.s0 += out;
        m.s1 += both / 2;
        m.s2 += (out + in) * (out + in);
        m.z2 += z * z;
        z4 += z * z * z * z;
    }
    m.kurtosis = m.n * z4 / (m.z2 * m.z2);
    return m;
}

static bool is_defined(const struct sg_field *field) {
    return field->count >= 4 && !sg_field_is_even(field);
}

static const struct sg_autocorrelation undefined = {NAN, NAN, NAN, NAN};

/* sum of w z z: what a permutation changes in I. */
static double cross_product(const struct sg_field *field, enum sg_weighting weighting, const double *values,
                            double mean) {
    double sum = 0;
    for (size_t i = 0; i < field->count; i++) {
        double lag = 0;
        for (size_t k = field->starts[i]; k < field->starts[i + 1]; k++)
            lag += values[field->ids[k]] - mean;
        sum += weight(field, weighting, i) * (values[i] - mean) * lag;
    }
    return sum;
}

struct sg_autocorrelation sg_moran(const struct sg_field *field, enum sg_weighting weighting) {
    if (!is_defined(field))
        return undefined;
    struct moments m = moments_of(field, weighting);
    double n = m.n, s02 = m.s0 * m.s0, expected = -1 / (n - 1);
    double random = n * ((n * n - 3 * n + 3) * m.s1 - n * m.s2 + 3 * s02)
                    - m.kurtosis * ((n * n - n) * m.s1 - 2 * n * m.s2 + 6 * s02);
    return (struct sg_autocorrelation){
        .statistic = n / m.s0 * cross_product(field, weighting, field->values, m.mean) / m.z2,
        .expected = expected,
        .variance_normal = (n * n * m.s1 - n * m.s2 + 3 * s02) / ((n * n - 1) * s02) - expected * expected,
        .variance_random = random / ((n - 1) * (n - 2) * (n - 3) * s02) - expected * expected,
    };
}

struct sg_autocorrelation sg_geary(const struct sg_field *field, enum sg_weighting weighting) {
    if (!is_defined(field))
        return undefined;
    struct moments m = moments_of(field, weighting);
    double n = m.n, s02 = m.s0 * m.s0, k = m.kurtosis, sum = 0;
    for (size_t i = 0; i < field->count; i++) {
        double apart = 0;
        for (size_t at = field->starts[i]; at < field->starts[i + 1]; at++) {
            double d = field->values[i] - field->values[field->ids[at]];
            apart += d * d;
        }
        sum += weight(field, weighting, i) * apart;
    }
    double random = (n - 1) * m.s1 * (n * n - 3 * n + 3 - (n - 1) * k)
                    - (n - 1) * m.s2 / 4 * (n * n + 3 * n - 6 - (n * n - n + 2) * k)
                    + s02 * (n * n - 3 - (n - 1) * (n - 1) * k);
    return (struct sg_autocorrelation){
        .statistic = (n - 1) / (2 * m.s0) * sum / m.z2,
        .expected = 1,
        .variance_normal = ((2 * m.s1 + m.s2) * (n - 1) - 4 * s02) / (2 * (n + 1) * s02),
        .variance_random = random / (n * (n - 2) * (n - 3) * s02),
    };
}

double sg_p_one_sided(double statistic, double expected, double variance) {
    return erfc(fabs(statistic - expected) / sqrt(2 * variance)) / 2;
}

double sg_p_two_sided(double statistic, double expected, double variance) {
    return 2 * sg_p_one_sided(statistic, expected, variance);
}

/* ---- permutations ---- */

double sg_pseudo_p(size_t at_least, size_t at_most, size_t permutations) {
    size_t rarer = at_least < at_most ? at_least : at_most;
    return fmin(1, 2 * (double)(rarer + 1) / (double)(permutations + 1));
}

static void shuffle(double *values, size_t count, struct sg_random *random) {
    for (size_t i = count; i > 1; i--) {
        size_t j = sg_random_below(random, (uint32_t)i);
        double held = values[i - 1];
        values[i - 1] = values[j];
        values[j] = held;
    }
}

enum sg_status sg_moran_permute(struct sg_context *context, const struct sg_field *field,
                                enum sg_weighting weighting, size_t permutations, uint64_t seed,
                                double *ret_p) {
    if (!is_defined(field)) {
        *ret_p = NAN;
        return SG_OK;
    }
    struct moments m = moments_of(field, weighting);
    double found = cross_product(field, weighting, field->values, m.mean);
    double rounding = 1e-12 * m.z2; /* equal sums in another order */
    size_t at_least = 0, at_most = 0;
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads(context)) reduction(+ : at_least, at_most)
    {
        double *values = sg_alloc(field->count, sizeof *values);
        if (values == NULL) {
#pragma omp atomic write
            failed = true;
        }
#pragma omp for schedule(static)
        for (size_t run = 0; run < permutations; run++) {
            if (values == NULL || sg_context_interrupted(context))
                continue;
            struct sg_random random = sg_random_of(seed, run);
            memcpy(values, field->values, field->count * sizeof *values);
            shuffle(values, field->count, &random);
            double product = cross_product(field, weighting, values, m.mean);
            at_least += product >= found - rounding;
            at_most += product <= found + rounding;
        }
        sg_free(values);
    }
    if (failed)
        return sg_fail_memory(context);
    if (sg_context_interrupted(context))
        return sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while neighbours were compared");
    *ret_p = sg_pseudo_p(at_least, at_most, permutations);
    return SG_OK;
}
