/* How fairly the supply of each type is spread over the people: every figure of inequality with its interval.
 */
#ifndef SG_JUDGE_FAIRNESS_H
#define SG_JUDGE_FAIRNESS_H

#include "core/context.h"
#include "judge/bootstrap.h"
#include "judge/gap.h"
#include "judge/inequality.h"
#include "model/area.h"
#include "model/measure.h"
#include "model/table.h"
#include "model/taxonomy.h"

enum sg_fairness_figure {
    SG_FAIR_MEAN,
    SG_FAIR_GINI,
    SG_FAIR_THEIL,
    SG_FAIR_ATKINSON,
    SG_FAIR_POLARIZATION,
    SG_FAIR_POORER_HALF, /* of all supply, what the half of the people with least have */
    SG_FAIR_PALMA,
    SG_FAIR_CONCENTRATION,
    SG_FAIR_ERREYGERS,
    SG_FAIR_BELOW, /* Foster, Greer and Thorbecke of the supply against the benchmark: alpha 0, 1, 2 */
    SG_FAIR_BELOW_DEPTH,
    SG_FAIR_BELOW_SEVERITY,
    SG_FAIR_BEYOND, /* the same of the distance beyond the threshold */
    SG_FAIR_BEYOND_DEPTH,
    SG_FAIR_BEYOND_SEVERITY,
    SG_FAIR_FIGURES
};

struct sg_fairness_value {
    double value; /* NaN: not defined, or not asked for */
    struct sg_interval interval;
};

struct sg_fairness_row {
    struct sg_fairness_value figures[SG_FAIR_FIGURES];
    struct sg_theil_parts theil; /* between and within regions; NaN without regions */
};

struct sg_fairness {
    size_t type_count;
    struct sg_fairness_row *rows; /* type_count + 1, the last of all types together */
    bool is_of_areas;             /* no people are known: every area weighs the same */
    bool has_intervals;
    bool has_status;
    bool has_regions;
};

struct sg_fairness_request {
    enum sg_supply supply;
    const double *benchmarks; /* of each type and of all: what the supply is held against */
    const double *status;     /* of each area: income, or any rank; NaN = missing. NULL: none */
    const uint32_t *regions;  /* of each area: its region, below region_count. NULL: none */
    size_t region_count;
    uint64_t seed;
};

/* Measures all types, people weighed by their need. The supply's measure must be among the measures; the
   distances are left out where they were not measured. Release with sg_fairness_release(). */
enum sg_status sg_fairness_measure(struct sg_context *context, const struct sg_measures *measures,
                                   const struct sg_fairness_request *request,
                                   struct sg_fairness *ret_fairness);
void sg_fairness_release(struct sg_fairness *fairness);

/* The region of each area that the figures within and between regions take: that with the largest share of
   it, the first of equals; one more, at the end, for areas in none. For area_count numbers; returns how many
   regions there are with it. */
size_t sg_main_regions(const struct sg_area_layer *layer, uint32_t *regions);

/* "gini", and one sentence that says how to read it. */
const char *sg_fairness_name(enum sg_fairness_figure figure);
const char *sg_fairness_meaning(enum sg_fairness_figure figure, bool is_of_areas, enum sg_language language);

#endif
