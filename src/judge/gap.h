/* Judging: supply against a benchmark, the gap of every area and type, the index, class, rank and priority.
 */
#ifndef SG_JUDGE_GAP_H
#define SG_JUDGE_GAP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "model/measure.h"
#include "model/taxonomy.h"

enum sg_supply { SG_SUPPLY_REACH, SG_SUPPLY_COUNT, SG_SUPPLY_WITHIN, SG_SUPPLY_ACCESS };

/* The measure that a supply is read from. */
enum sg_measure sg_supply_measure(enum sg_supply supply);
const char *sg_supply_name(enum sg_supply supply);
bool sg_supply_from_name(const char *name, enum sg_supply *ret_supply);

enum sg_benchmark_kind {
    SG_BENCHMARK_MEDIAN,  /* what the middle resident has: the smallest supply at which the cumulative need
                             reaches half; where that is 0, the mean */
    SG_BENCHMARK_AVERAGE, /* the need-weighted mean */
    SG_BENCHMARK_STANDARD /* a number in the unit of the supply */
};

struct sg_benchmark {
    enum sg_benchmark_kind kind;
    double standard;
};

/* Reads "median", "average" ("mean"), "1 per 5000" (per_10k, for supply count), "90%" (for supply within) or
   a plain number in the supply's unit. False when it is none; *ret_supply is the supply that the words imply,
   or the given one. */
bool sg_benchmark_from_text(const char *text, struct sg_benchmark *ret_benchmark, bool *ret_implies,
                            enum sg_supply *ret_supply);

enum sg_gap_class {
    SG_GAP_SERVED,
    SG_GAP_SLIGHT,
    SG_GAP_MODERATE,
    SG_GAP_SEVERE,
    SG_GAP_CRITICAL,
    SG_GAP_UNKNOWN
};
enum sg_priority { SG_PRIORITY_LOW, SG_PRIORITY_MEDIUM, SG_PRIORITY_HIGH, SG_PRIORITY_UNKNOWN };

/* 1 - min(1, supply / benchmark); 0 where there is nothing to have (benchmark 0), NaN where either is
 * missing. */
double sg_gap_of(double supply, double benchmark);

/* The class of an index of 0 to 100 between the cuts; an index at a cut is in the class above it. */
enum sg_gap_class sg_gap_class_of(double index, const double cuts[4]);
const char *sg_gap_class_name(enum sg_gap_class gap_class);
const char *sg_priority_name(enum sg_priority priority);

struct sg_judge_request {
    enum sg_supply supply;
    struct sg_benchmark benchmark;       /* of all types ... */
    const struct sg_benchmark *of_types; /* ... or one for each type; NULL */
    double cuts[4];                      /* between the classes: 10, 25, 50, 75 */
    const double *crossed_need;          /* of each area: crossed with the gap for the priority; NULL: the
                                            measures' own need */
    bool last_is_rest; /* the last area is what is in no other: judged, but neither ranked nor given a
                          priority */
};

/* The verdict on one run. */
struct sg_judgement {
    size_t area_count, type_count;
    enum sg_supply supply;
    double *benchmarks;       /* type_count + 1: in the unit of the supply; NaN when nothing to go by */
    bool *is_mean_for_median; /* the median was 0 and the mean stood in */
    double *gap_index;        /* of each area, 0 to 100; NaN = not judged */
    double cuts[4];
    enum sg_gap_class *classes;
    size_t *ranks; /* 1 = worst, ties share; 0 = not judged */
    enum sg_priority *priorities;
    size_t class_counts[SG_GAP_UNKNOWN + 1];
    size_t *near_cut; /* areas within 2 points of a cut */
    size_t near_cut_count;
};

/* Fills the gap and shortfall rows of the measures (where wanted) and judges the areas. The supply's measure
   must be among the measures. Release with sg_judgement_release(). */
enum sg_status sg_judge(struct sg_context *context, struct sg_measures *measures,
                        const struct sg_taxonomy *taxonomy, const struct sg_judge_request *request,
                        struct sg_judgement *ret_judgement);
void sg_judgement_release(struct sg_judgement *judgement);

#endif
