#include "measure/citywide.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/weighted.h"

bool sg_point_results_init(struct sg_point_results *results, size_t type_count, size_t point_count) {
    size_t count = type_count * point_count;
    results->distances_m = sg_alloc(count, sizeof *results->distances_m);
    results->places = sg_alloc(count, sizeof *results->places);
    results->only_place = sg_alloc(count, sizeof *results->only_place);
    if (results->distances_m == NULL || results->places == NULL || results->only_place == NULL) {
        sg_point_results_release(results);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        results->distances_m[i] = INFINITY;
    return true;
}

void sg_point_results_release(struct sg_point_results *results) {
    sg_free(results->distances_m);
    sg_free(results->places);
    sg_free(results->only_place);
    *results = (struct sg_point_results){0};
}

void sg_citywide_count(struct sg_measures *measures, const struct sg_area_layer *layer, size_t type,
                       const double *counts, double total) {
    struct sg_city_measures *city = &measures->city[type];
    *city = (struct sg_city_measures){.total_count = total,
                                      .uncovered = NAN,
                                      .uncovered_pct = NAN,
                                      .nearest_median_m = NAN,
                                      .nearest_p90_m = NAN,
                                      .access_supply = NAN,
                                      .access_handed = NAN};
    for (size_t i = 0; i < SG_CURVE_POINTS; i++)
        city->curve_pct[i] = NAN;
    for (size_t i = 0; i < 4; i++)
        city->sites_pct[i] = NAN;
    for (size_t a = 0; a < measures->area_count; a++) {
        bool is_without = layer->areas[a].shape.polygon_count > 0 && !(counts[a] > 0);
        city->areas_without += is_without;
        city->measured_without += is_without && measures->states[a] == SG_AREA_MEASURED;
    }
}

/* The weight of each point in the city: people, or land where no population is known at all. */
static double *city_weights(const struct sg_demand *demand, const struct sg_measures *measures) {
    double *weights = sg_alloc(demand->point_count, sizeof *weights);
    if (weights == NULL)
        return NULL;
    for (size_t a = 0; a < measures->area_count; a++) {
        for (size_t i = demand->area_starts[a]; i < demand->area_starts[a + 1]; i++) {
            const struct sg_demand_point *point = &demand->points[i];
            double weight = measures->has_population ? point->population : point->weight;
            if (measures->has_population && !isfinite(measures->population[a]))
                weight = 0; /* not known: neither here nor there */
            weights[i] = weight * point->city_share;
        }
    }
    return weights;
}

static void measure_type(const struct sg_demand *demand, const double *weights, struct sg_weighted *pairs,
                         const struct sg_point_results *results, size_t type, bool exists,
                         struct sg_measures *measures) {
    struct sg_city_measures *city = &measures->city[type];
    const double *distances = results->distances_m + type * demand->point_count;
    const unsigned char *places = results->places + type * demand->point_count;
    double total = 0, reached = 0, by_places[4] = {0};
    size_t count = 0;
    for (size_t i = 0; i < demand->point_count; i++) {
        by_places[places[i]] += weights[i];
        total += weights[i];
        reached += isfinite(distances[i]) ? weights[i] : 0;
        if (weights[i] > 0)
            pairs[count++] = (struct sg_weighted){distances[i], weights[i]};
    }
    if (!(total > 0))
        return;
    for (int k = 0; k < 4; k++)
        city->sites_pct[k] = 100 * by_places[k] / total;
    city->uncovered_pct = city->sites_pct[0];
    if (measures->has_population)
        city->uncovered = by_places[0];
    if (!exists) {
        for (int c = 0; c < SG_CURVE_POINTS; c++)
            city->curve_pct[c] = 0;
        return;
    }
    sg_weighted_sort(pairs, count, pairs + demand->point_count);
    if (reached > 0) {
        city->nearest_median_m = sg_weighted_quantile(pairs, count, reached, 0.5);
        city->nearest_p90_m = sg_weighted_quantile(pairs, count, reached, 0.9);
    }
    double sum = 0;
    size_t c = 0;
    for (size_t i = 0; i < count; i++) {
        for (; c < SG_CURVE_POINTS && pairs[i].value > sg_measures_curve(measures)[c] + 1e-6; c++)
            city->curve_pct[c] = 100 * sum / total;
        sum += pairs[i].weight;
    }
    for (; c < SG_CURVE_POINTS; c++)
        city->curve_pct[c] = 100;
}

static int compare_losses(const void *a, const void *b) {
    const struct sg_site_loss *one = a, *two = b;
    if (one->people_lost != two->people_lost)
        return one->people_lost > two->people_lost ? -1 : 1;
    return one->site < two->site ? -1 : one->site > two->site;
}

/* The places of a type whose closing would leave people without: added to measures->losses. lost is
   scratch, zeros for every site. */
static bool add_losses(const struct sg_demand *demand, const double *weights, double *lost, size_t site_count,
                       const struct sg_point_results *results, size_t type, struct sg_measures *measures,
                       size_t *capacity) {
    size_t place_count = 0;
    for (size_t i = 0; i < demand->point_count; i++) {
        size_t at = type * demand->point_count + i;
        if (results->places[at] == 1)
            lost[results->only_place[at]] += weights[i];
    }
    for (size_t s = 0; s < site_count; s++)
        place_count += lost[s] > 0;
    struct sg_site_loss *losses = sg_alloc(place_count, sizeof *losses);
    if (losses == NULL)
        return false;
    place_count = 0;
    for (size_t s = 0; s < site_count; s++) {
        if (lost[s] > 0)
            losses[place_count++] = (struct sg_site_loss){(uint32_t)type, (uint32_t)s, lost[s]};
        lost[s] = 0;
    }
    qsort(losses, place_count, sizeof *losses, compare_losses);
    bool done =
        sg_reserve(&measures->losses, capacity, measures->loss_count + place_count, sizeof *measures->losses);
    for (size_t p = 0; done && p < place_count; p++)
        measures->losses[measures->loss_count++] = losses[p];
    sg_free(losses);
    return done;
}

enum sg_status sg_citywide_measure(struct sg_context *context, const struct sg_demand *demand,
                                   const bool *offers, size_t site_count,
                                   const struct sg_point_results *results, struct sg_measures *measures) {
    double *weights = city_weights(demand, measures);
    double *lost = sg_alloc(site_count, sizeof *lost);
    struct sg_weighted *scratch = sg_alloc(2 * demand->point_count, sizeof *scratch);
    bool done = weights != NULL && lost != NULL && scratch != NULL;
    size_t capacity = 0;
    for (size_t type = 0; done && type <= measures->type_count; type++) {
        measure_type(demand, weights, scratch, results, type, offers[type], measures);
        if (measures->has_population)
            done = add_losses(demand, weights, lost, site_count, results, type, measures, &capacity);
    }
    sg_free(scratch);
    sg_free(lost);
    sg_free(weights);
    return done ? SG_OK : sg_fail_memory(context);
}
