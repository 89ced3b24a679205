#include "judge/fairness.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"

/* A name; how to read the figure in English and French, and where areas stand for people who are not known.
 */
static const struct {
    const char *name, *meaning[2], *of_areas[2];
} figures[] = {
    [SG_FAIR_MEAN] = {"mean",
                      {"Mean supply of a resident (weighted by need)",
                       "Offre moyenne d'un résident (pondérée par le besoin)"},
                      {"Mean supply of an area", "Offre moyenne d'un quartier"}},
    [SG_FAIR_GINI] = {"gini",
                      {"Gini index over people: 0 = all have the same, 1 = one has all",
                       "Indice de Gini entre les gens : 0 = tous ont autant, 1 = un seul a tout"},
                      {"Gini index over areas: 0 = all have the same, 1 = one has all",
                       "Indice de Gini entre les quartiers : 0 = tous ont autant, 1 = un seul a tout"}},
    [SG_FAIR_THEIL] = {"theil",
                       {"Theil's T over people: 0 = all have the same",
                        "T de Theil entre les gens : 0 = tous ont autant"},
                       {"Theil's T over areas: 0 = all have the same",
                        "T de Theil entre les quartiers : 0 = tous ont autant"}},
    [SG_FAIR_ATKINSON] = {"atkinson",
                          {"Atkinson's index, aversion 0.5: the share of the supply that inequality wastes",
                           "Indice d'Atkinson, aversion 0,5 : part de l'offre que l'inégalité fait perdre"},
                          {NULL, NULL}},
    [SG_FAIR_POLARIZATION] =
        {"polarization",
         {"Wolfson's index: how far people fall into well and badly served halves",
          "Indice de Wolfson : à quel point les gens se divisent en moitiés bien et mal desservies"},
         {"Wolfson's index: how far areas fall into well and badly served halves",
          "Indice de Wolfson : à quel point les quartiers se divisent en moitiés bien et mal desservies"}},
    [SG_FAIR_POORER_HALF] = {"poorer_half_share",
                             {"Share of the supply of all that the half of the people with the least has",
                              "Part de l'offre de tous qu'a la moitié des gens qui ont le moins"},
                             {"Share of the supply of all that the half of the areas with the least has",
                              "Part de l'offre de tous qu'a la moitié des quartiers qui ont le moins"}},
    [SG_FAIR_PALMA] =
        {"palma",
         {"Mean supply of the tenth of people with the highest status over that of the four tenths with the "
          "lowest: above 1, those of high status have more",
          "Offre moyenne du dixième des gens de plus haut statut sur celle des quatre dixièmes de plus bas : "
          "au-dessus de 1, ceux de haut statut ont plus"},
         {"Mean supply of the tenth of areas with the highest status over that of the four tenths with the "
          "lowest: above 1, those of high status have more",
          "Offre moyenne du dixième des quartiers de plus haut statut sur celle des quatre dixièmes de plus "
          "bas : au-dessus de 1, ceux de haut statut ont plus"}},
    [SG_FAIR_CONCENTRATION] =
        {"concentration_index",
         {"Concentration index by status, -1 to 1: above 0, those of high status have more",
          "Indice de concentration selon le statut, de -1 à 1 : au-dessus de 0, ceux de haut statut ont "
          "plus"},
         {NULL, NULL}},
    [SG_FAIR_ERREYGERS] = {"concentration_erreygers",
                           {"The same, corrected by Erreygers for the range of the supply",
                            "Le même, corrigé par Erreygers selon l'étendue de l'offre"},
                           {NULL, NULL}},
    [SG_FAIR_BELOW] = {"below_benchmark",
                       {"Share of people in areas whose supply is below the benchmark",
                        "Part des gens dans les quartiers dont l'offre est sous le repère"},
                       {"Share of the areas whose supply is below the benchmark",
                        "Part des quartiers dont l'offre est sous le repère"}},
    [SG_FAIR_BELOW_DEPTH] = {"below_benchmark_depth",
                             {"How far below, over all people: mean shortfall as a share of the benchmark",
                              "À quel point, sur l'ensemble des gens : manque moyen en part du repère"},
                             {"How far below, over all areas: mean shortfall as a share of the benchmark",
                              "À quel point, sur l'ensemble des quartiers : manque moyen en part du repère"}},
    [SG_FAIR_BELOW_SEVERITY] = {"below_benchmark_severity",
                                {"The same with shortfalls squared: deep ones weigh more",
                                 "Le même, manques au carré : les grands pèsent plus"},
                                {NULL, NULL}},
    [SG_FAIR_BEYOND] =
        {"beyond_threshold",
         {"Share of people in areas whose mean distance to the nearest is over the threshold",
          "Part des gens dans les quartiers dont la distance moyenne au plus proche dépasse le seuil"},
         {"Share of the areas whose mean distance to the nearest is over the threshold",
          "Part des quartiers dont la distance moyenne au plus proche dépasse le seuil"}},
    [SG_FAIR_BEYOND_DEPTH] =
        {"beyond_threshold_depth",
         {"How far beyond, over all people: mean excess as a share of the threshold",
          "À quel point, sur l'ensemble des gens : dépassement moyen en part du seuil"},
         {"How far beyond, over all areas: mean excess as a share of the threshold",
          "À quel point, sur l'ensemble des quartiers : dépassement moyen en part du seuil"}},
    [SG_FAIR_BEYOND_SEVERITY] = {"beyond_threshold_severity",
                                 {"The same with excesses squared: long ways weigh more",
                                  "Le même, dépassements au carré : les longs trajets pèsent plus"},
                                 {NULL, NULL}},
};

const char *sg_fairness_name(enum sg_fairness_figure figure) {
    return figures[figure].name;
}

const char *sg_fairness_meaning(enum sg_fairness_figure figure, bool is_of_areas, enum sg_language language) {
    const char *of_areas = figures[figure].of_areas[language];
    return is_of_areas && of_areas != NULL ? of_areas : figures[figure].meaning[language];
}

void sg_fairness_release(struct sg_fairness *fairness) {
    sg_free(fairness->rows);
    *fairness = (struct sg_fairness){0};
}

/* ---- the figures of one type ---- */

/* A spread with what its figures are held against. */
struct held {
    const struct sg_spread *spread;
    double line;      /* the benchmark, or the threshold */
    double low, high; /* between which the supply lies */
};

enum { SUPPLY_FIGURES = SG_FAIR_BEYOND, DISTANCE_FIGURES = SG_FAIR_FIGURES - SG_FAIR_BEYOND };

static void supply_figures(const void *user, const uint32_t *times, double *values) {
    const struct held *held = user;
    const struct sg_spread *spread = held->spread;
    values[SG_FAIR_MEAN] = sg_spread_mean(spread, times);
    values[SG_FAIR_GINI] = sg_gini(spread, times);
    values[SG_FAIR_THEIL] = sg_theil(spread, times);
    values[SG_FAIR_ATKINSON] = sg_atkinson(spread, 0.5, times);
    values[SG_FAIR_POLARIZATION] = sg_wolfson(spread, times);
    values[SG_FAIR_POORER_HALF] = sg_lorenz(spread, 0.5, times);
    values[SG_FAIR_PALMA] = sg_palma(spread, times);
    values[SG_FAIR_CONCENTRATION] = sg_concentration(spread, times);
    values[SG_FAIR_ERREYGERS] = sg_erreygers(spread, held->low, held->high, times);
    for (int alpha = 0; alpha < 3; alpha++)
        values[SG_FAIR_BELOW + alpha] = sg_poverty(spread, held->line, alpha, false, times);
}

static void distance_figures(const void *user, const uint32_t *times, double *values) {
    const struct held *held = user;
    for (int alpha = 0; alpha < 3; alpha++)
        values[alpha] = sg_poverty(held->spread, held->line, alpha, true, times);
}

/* People weigh by their need, all the same where none is known. */
static double *people_weights(const struct sg_measures *measures) {
    double *weights = sg_alloc(measures->area_count, sizeof *weights);
    for (size_t a = 0; weights != NULL && a < measures->area_count; a++)
        weights[a] = isnan(measures->total_need) ? 1 : measures->need[a];
    return weights;
}

static enum sg_status measure_figures(struct sg_context *context, const struct held *held, uint64_t seed,
                                      sg_figures_fn *find, size_t count,
                                      struct sg_fairness_value *ret_values) {
    double values[SG_FAIR_FIGURES];
    struct sg_interval intervals[SG_FAIR_FIGURES];
    enum sg_status status = sg_bootstrap(context, held->spread->count, seed, find, held, count, intervals);
    if (status != SG_OK)
        return status;
    find(held, NULL, values);
    for (size_t f = 0; f < count; f++) {
        ret_values[f] = (struct sg_fairness_value){values[f], intervals[f]};
        if (isnan(values[f]))
            ret_values[f].interval = (struct sg_interval){NAN, NAN};
    }
    return SG_OK;
}

static enum sg_status measure_supply(struct sg_context *context, const struct sg_measures *measures,
                                     const struct sg_fairness_request *request, const double *weights,
                                     size_t type, struct sg_fairness_row *row) {
    const double *supply = sg_measures_row(measures, sg_supply_measure(request->supply), type, 0);
    struct sg_spread spread;
    if (!sg_spread_init(&spread, supply, weights, request->status, measures->area_count, NULL))
        return sg_fail_memory(context);
    bool is_share = request->supply == SG_SUPPLY_WITHIN;
    struct held held = {&spread, request->benchmarks[type], 0, 0};
    if (spread.count > 0) {
        held.low = is_share ? 0 : spread.values[0];
        held.high = is_share ? 100 : spread.values[spread.count - 1];
    }
    enum sg_status status =
        measure_figures(context, &held, request->seed, supply_figures, SUPPLY_FIGURES, row->figures);
    if (status == SG_OK && request->regions != NULL
        && !sg_theil_divide(&spread, request->regions, request->region_count, &row->theil))
        status = sg_fail_memory(context);
    sg_spread_release(&spread);
    return status;
}

static enum sg_status measure_distance(struct sg_context *context, const struct sg_measures *measures,
                                       const struct sg_fairness_request *request, const double *weights,
                                       size_t type, struct sg_fairness_row *row) {
    const double *nearest = sg_measures_row(measures, SG_MEASURE_NEAREST, type, 0);
    struct sg_spread spread;
    if (nearest == NULL)
        return SG_OK;
    if (!sg_spread_init(&spread, nearest, weights, NULL, measures->area_count, NULL))
        return sg_fail_memory(context);
    struct held held = {&spread, measures->thresholds_m[0], 0, 0};
    enum sg_status status = measure_figures(context, &held, request->seed, distance_figures, DISTANCE_FIGURES,
                                            &row->figures[SG_FAIR_BEYOND]);
    sg_spread_release(&spread);
    return status;
}

static enum sg_status measure_all(struct sg_context *context, const struct sg_measures *measures,
                                  const struct sg_fairness_request *request, struct sg_fairness *fairness) {
    double *weights = people_weights(measures);
    fairness->rows = sg_alloc(measures->type_count + 1, sizeof *fairness->rows);
    enum sg_status status = weights == NULL || fairness->rows == NULL ? sg_fail_memory(context) : SG_OK;
    for (size_t type = 0; status == SG_OK && type <= measures->type_count; type++) {
        struct sg_fairness_row *row = &fairness->rows[type];
        row->theil = (struct sg_theil_parts){NAN, NAN, NAN};
        for (int f = 0; f < SG_FAIR_FIGURES; f++)
            row->figures[f] = (struct sg_fairness_value){NAN, {NAN, NAN}};
        status = measure_supply(context, measures, request, weights, type, row);
        if (status == SG_OK)
            status = measure_distance(context, measures, request, weights, type, row);
        fairness->has_intervals =
            fairness->has_intervals || isfinite(row->figures[SG_FAIR_GINI].interval.low);
    }
    sg_free(weights);
    return status;
}

enum sg_status sg_fairness_measure(struct sg_context *context, const struct sg_measures *measures,
                                   const struct sg_fairness_request *request,
                                   struct sg_fairness *ret_fairness) {
    struct sg_fairness fairness = {.type_count = measures->type_count,
                                   .is_of_areas = isnan(measures->total_need),
                                   .has_status = request->status != NULL,
                                   .has_regions = request->regions != NULL};
    enum sg_status status = measure_all(context, measures, request, &fairness);
    if (status == SG_OK)
        *ret_fairness = fairness;
    else
        sg_fairness_release(&fairness);
    return status;
}

/* The share of an area that a region has. */
static double share_of(const struct sg_region *region, uint32_t area) {
    size_t low = 0, high = region->area_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (region->areas[middle] < area)
            low = middle + 1;
        else
            high = middle;
    }
    return low < region->area_count && region->areas[low] == area ? region->shares[low] : 0;
}

size_t sg_main_regions(const struct sg_area_layer *layer, uint32_t *regions) {
    uint32_t none = (uint32_t)layer->region_count;
    for (size_t a = 0; a < layer->area_count; a++)
        regions[a] = none;
    for (uint32_t r = 0; r < none; r++) {
        const struct sg_region *region = &layer->regions[r];
        for (uint32_t i = 0; i < region->area_count; i++) {
            uint32_t area = region->areas[i], held = regions[area];
            if (held == none || region->shares[i] > share_of(&layer->regions[held], area))
                regions[area] = r;
        }
    }
    return layer->region_count + 1;
}
