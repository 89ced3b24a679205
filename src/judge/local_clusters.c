#include "judge/local_clusters.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "core/random.h"

const char *sg_cluster_name(enum sg_cluster cluster) {
    static const char *const names[] = {"HH", "LL", "HL", "LH", "not significant", "island", NULL};
    return names[cluster];
}

void sg_local_clusters_release(struct sg_local_clusters *clusters) {
    sg_free(clusters->local_i);
    sg_free(clusters->gi_star);
    sg_free(clusters->p);
    sg_free(clusters->clusters);
    *clusters = (struct sg_local_clusters){0};
}

/* ---- the statistics ---- */

struct summary {
    double n, mean, z2;
};

static struct summary summarize(const struct sg_field *field) {
    struct summary summary = {.n = (double)field->count};
    for (size_t i = 0; i < field->count; i++)
        summary.mean += field->values[i] / summary.n;
    for (size_t i = 0; i < field->count; i++) {
        double z = field->values[i] - summary.mean;
        summary.z2 += z * z;
    }
    return summary;
}

static double neighbour_sum(const struct sg_field *field, double mean, size_t i) {
    double sum = 0;
    for (size_t k = field->starts[i]; k < field->starts[i + 1]; k++)
        sum += field->values[field->ids[k]] - mean;
    return sum;
}

static double local_i(const struct sg_field *field, const struct summary *all, size_t i) {
    double z = field->values[i] - all->mean;
    double lag = neighbour_sum(field, all->mean, i) / (double)(field->starts[i + 1] - field->starts[i]);
    return (all->n - 1) * z * lag / all->z2;
}

double sg_local_i(const struct sg_field *field, size_t i) {
    struct summary all = summarize(field);
    return all.z2 > 0 ? local_i(field, &all, i) : NAN;
}

/* Ord and Getis 1995, their (6), with the area among its own neighbours and weights of 1. */
static double gi_star(const struct sg_field *field, const struct summary *all, size_t i) {
    double weights = (double)(field->starts[i + 1] - field->starts[i]) + 1;
    double above = neighbour_sum(field, all->mean, i) + field->values[i] - all->mean;
    double spread = sqrt(all->z2 / all->n * (all->n * weights - weights * weights) / (all->n - 1));
    return spread > 0 ? above / spread : NAN; /* all areas are its neighbours: nothing to compare with */
}

enum sg_cluster sg_quadrant(const struct sg_field *field, double mean, size_t i) {
    bool is_high = field->values[i] > mean, is_among_high = neighbour_sum(field, mean, i) > 0;
    if (is_high)
        return is_among_high ? SG_CLUSTER_HIGH_HIGH : SG_CLUSTER_HIGH_LOW;
    return is_among_high ? SG_CLUSTER_LOW_HIGH : SG_CLUSTER_LOW_LOW;
}

struct sg_local_moments sg_local_moments_of(const struct sg_field *field, size_t i) {
    struct summary all = summarize(field);
    double n = all.n, m2 = all.z2 / n, m4 = 0, z = field->values[i] - all.mean;
    for (size_t j = 0; j < field->count; j++)
        m4 += pow(field->values[j] - all.mean, 4) / n;
    double b2 = m4 / (m2 * m2);
    double wi = 1, wi2 = 1 / (double)(field->starts[i + 1] - field->starts[i]);
    double expected = -wi / (n - 1);
    return (struct sg_local_moments){
        .expected_held = -z * z * wi / ((n - 1) * m2),
        .variance_held =
            z * z / (m2 * m2) * (n / (n - 2)) * (wi2 - wi * wi / (n - 1)) * (m2 - z * z / (n - 1)),
        .expected_any = expected,
        .variance_any = wi2 * (n - b2) / (n - 1) + (wi * wi - wi2) * (2 * b2 - n) / ((n - 1) * (n - 2))
                        - expected * expected,
    };
}

/* ---- conditional permutation ---- */

/* Draws without repetition from all positions but one: the numbers 0 to count - 1 in some order, restored
   after each draw, so that a draw depends on its area's generator alone. */
struct urn {
    uint32_t *numbers;
    uint32_t *swaps;
    uint32_t count;
};

static bool urn_init(struct urn *urn, size_t count, size_t most_drawn) {
    urn->numbers = sg_alloc(count, sizeof *urn->numbers);
    urn->swaps = sg_alloc(most_drawn, sizeof *urn->swaps);
    urn->count = (uint32_t)count;
    if (urn->numbers == NULL || urn->swaps == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        urn->numbers[i] = i;
    return true;
}

static void urn_release(struct urn *urn) {
    sg_free(urn->numbers);
    sg_free(urn->swaps);
}

static void swap(uint32_t *numbers, size_t i, size_t j) {
    uint32_t held = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = held;
}

/* The sum of the values of `drawn` areas other than i, about the mean. */
static double draw_sum(struct urn *urn, const struct sg_field *field, double mean, size_t i, uint32_t drawn,
                       struct sg_random *random) {
    double sum = 0;
    for (uint32_t k = 0; k < drawn; k++) {
        urn->swaps[k] = k + sg_random_below(random, urn->count - k);
        swap(urn->numbers, k, urn->swaps[k]);
        uint32_t other = urn->numbers[k];
        sum += field->values[other + (other >= i)] - mean;
    }
    for (uint32_t k = drawn; k-- > 0;)
        swap(urn->numbers, k, urn->swaps[k]);
    return sum;
}

static double permute_area(struct urn *urn, const struct sg_field *field, const struct summary *all, size_t i,
                           const struct sg_cluster_request *request) {
    struct sg_random random = sg_random_of(request->seed, field->areas[i]);
    uint32_t drawn = (uint32_t)(field->starts[i + 1] - field->starts[i]);
    double found = neighbour_sum(field, all->mean, i);
    double rounding = 1e-12 * sqrt(all->z2) * drawn; /* equal sums in another order */
    size_t at_least = 0, at_most = 0;
    for (size_t run = 0; run < request->permutations; run++) {
        double sum = draw_sum(urn, field, all->mean, i, drawn, &random);
        at_least += sum >= found - rounding;
        at_most += sum <= found + rounding;
    }
    return sg_pseudo_p(at_least, at_most, request->permutations);
}

static enum sg_status test_areas(struct sg_context *context, const struct sg_field *field,
                                 const struct summary *all, const struct sg_cluster_request *request,
                                 struct sg_local_clusters *clusters) {
    size_t most = 0;
    for (size_t i = 0; i < field->count; i++) {
        size_t degree = field->starts[i + 1] - field->starts[i];
        most = degree > most ? degree : most;
    }
    bool failed = false;
#pragma omp parallel num_threads(sg_context_threads(context))
    {
        struct urn urn;
        bool is_ready = urn_init(&urn, field->count - 1, most);
        if (!is_ready) {
#pragma omp atomic write
            failed = true;
        }
#pragma omp for schedule(dynamic, 4)
        for (size_t i = 0; i < field->count; i++) {
            size_t area = field->areas[i];
            if (!is_ready || sg_context_interrupted(context))
                continue;
            clusters->local_i[area] = local_i(field, all, i);
            clusters->gi_star[area] = gi_star(field, all, i);
            clusters->p[area] = permute_area(&urn, field, all, i, request);
        }
        urn_release(&urn);
    }
    if (failed)
        return sg_fail_memory(context);
    if (sg_context_interrupted(context))
        return sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while clusters were looked for");
    return SG_OK;
}

/* ---- which are clusters ---- */

bool sg_false_discovery_limit(const double *p, size_t count, double alpha, double *ret_limit) {
    double *sorted = sg_alloc(count, sizeof *sorted);
    if (sorted == NULL)
        return false;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(p[i]))
            sorted[known++] = p[i];
    }
    qsort(sorted, known, sizeof *sorted, sg_compare_numbers);
    *ret_limit = 0;
    for (size_t k = known; k > 0 && *ret_limit == 0; k--) {
        if (sorted[k - 1] <= (double)k * alpha / (double)known)
            *ret_limit = sorted[k - 1];
    }
    sg_free(sorted);
    return true;
}

static bool allocate(struct sg_local_clusters *clusters, size_t areas) {
    clusters->area_count = areas;
    clusters->local_i = sg_alloc(areas, sizeof *clusters->local_i);
    clusters->gi_star = sg_alloc(areas, sizeof *clusters->gi_star);
    clusters->p = sg_alloc(areas, sizeof *clusters->p);
    clusters->clusters = sg_alloc(areas, sizeof *clusters->clusters);
    if (clusters->local_i == NULL || clusters->gi_star == NULL || clusters->p == NULL
        || clusters->clusters == NULL)
        return false;
    for (size_t a = 0; a < areas; a++)
        clusters->local_i[a] = clusters->gi_star[a] = clusters->p[a] = NAN;
    return true;
}

/* The state of every area; limit: the largest p of a cluster. */
static void name_clusters(const struct sg_field *field, double mean, double limit,
                          struct sg_local_clusters *clusters) {
    for (size_t a = 0; a < clusters->area_count; a++)
        clusters->clusters[a] = field->island[a] ? SG_CLUSTER_ISLAND : SG_CLUSTER_UNKNOWN;
    for (size_t i = 0; i < field->count && clusters->refusal == SG_CLUSTERS_FOUND; i++) {
        size_t area = field->areas[i];
        bool is_cluster = limit > 0 && clusters->p[area] <= limit;
        clusters->clusters[area] = is_cluster ? sg_quadrant(field, mean, i) : SG_CLUSTER_NOT_SIGNIFICANT;
    }
    for (size_t a = 0; a < clusters->area_count; a++)
        clusters->counts[clusters->clusters[a]]++;
}

static enum sg_status find(struct sg_context *context, const struct sg_field *field,
                           const struct sg_cluster_request *request, struct sg_local_clusters *clusters) {
    if (!allocate(clusters, clusters->area_count))
        return sg_fail_memory(context);
    clusters->tested_count = field->count;
    clusters->island_count = field->island_count;
    clusters->global = sg_moran(field, SG_WEIGHTS_ROW);
    clusters->refusal = field->count < SG_LEAST_CLUSTER_AREAS ? SG_CLUSTERS_TOO_FEW
                        : sg_field_is_even(field)             ? SG_CLUSTERS_ALL_EQUAL
                                                              : SG_CLUSTERS_FOUND;
    struct summary all = summarize(field);
    double limit = 0;
    enum sg_status status = sg_moran_permute(context, field, SG_WEIGHTS_ROW, request->permutations,
                                             request->seed, &clusters->global_p);
    if (status == SG_OK && clusters->refusal == SG_CLUSTERS_FOUND)
        status = test_areas(context, field, &all, request, clusters);
    if (status == SG_OK
        && !sg_false_discovery_limit(clusters->p, clusters->area_count, request->alpha, &limit))
        status = sg_fail_memory(context);
    if (status == SG_OK)
        name_clusters(field, all.mean, limit, clusters);
    return status;
}

enum sg_status sg_local_clusters_find(struct sg_context *context, const double *values,
                                      const struct sg_neighbours *neighbours,
                                      const struct sg_cluster_request *request,
                                      struct sg_local_clusters *ret_clusters) {
    struct sg_local_clusters clusters = {.area_count = neighbours->area_count, .global_p = NAN};
    struct sg_field field;
    if (!sg_field_init(&field, values, neighbours))
        return sg_fail_memory(context);
    enum sg_status status = find(context, &field, request, &clusters);
    sg_field_release(&field);
    if (status == SG_OK)
        *ret_clusters = clusters;
    else
        sg_local_clusters_release(&clusters);
    return status;
}
