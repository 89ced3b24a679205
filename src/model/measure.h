/* The measures: their names, units and definitions; and the numbers of one run. */
#ifndef SG_MODEL_MEASURE_H
#define SG_MODEL_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/area.h"
#include "model/travel.h"

enum sg_measure {
#define SG_MEASURE(id, suffix, short_suffix, unit, by_threshold, title, definition) SG_MEASURE_##id,
#include "model/measure_list.h"
#undef SG_MEASURE
    SG_MEASURE_COUNT_OF_ALL
};

struct sg_measure_info {
    const char *suffix;       /* of the column: "within_pct" */
    const char *short_suffix; /* of the shapefile field: "W" */
    const char *unit;
    bool by_threshold;
    const char *title;
    const char *definition;
};

const struct sg_measure_info *sg_measure_info(enum sg_measure measure);

/* The measure of that suffix; its unit may be left out ("nearest" for "nearest_m"). False: there is none. */
bool sg_measure_from_name(const char *name, enum sg_measure *ret_measure);

enum { SG_MOST_THRESHOLDS = 8, SG_CURVE_POINTS = 10 };

/* The distances of the coverage curve in metres, and the times of one by travel in minutes. */
extern const double sg_curve_m[SG_CURVE_POINTS], sg_curve_min[SG_CURVE_POINTS];

/* What is known of one type over the whole city. Shares are of the people (or of the weight where
   no population is known) in the areas. */
struct sg_city_measures {
    double total_count;      /* weight of the services in any area */
    size_t areas_without;    /* areas (with geometry) where the count is 0 */
    size_t measured_without; /* of them, those that are measured */
    double uncovered;        /* people, at the first threshold; NaN without population */
    double uncovered_pct;
    double nearest_median_m; /* of the people; NaN when the type exists nowhere */
    double nearest_p90_m;
    double curve_pct[SG_CURVE_POINTS]; /* share of people within each step of the curve */
    double sites_pct[4];  /* share of people with 0, 1, 2, 3 or more sites within the threshold */
    double access_supply; /* weight of the services that anybody shares; NaN: access is not measured */
    double access_handed; /* what floating catchments hand out of it: the same, unless distance lowers it */
};

/* A site of a type and the people who would be left without one if it closed. */
struct sg_site_loss {
    uint32_t type;
    uint32_t site;      /* position among the inventory's sites: the first at that place */
    double people_lost; /* people with this place as the only one within the threshold */
};

/* The numbers of one run: for each type, and last for `all`, a row of one number per area. */
struct sg_measures {
    size_t area_count;
    size_t type_count; /* without `all`, which has position type_count */
    size_t threshold_count;
    double thresholds_m[SG_MOST_THRESHOLDS]; /* metres, or minutes where is_time */
    enum sg_way way;                         /* of the distances */
    bool is_time;                            /* distances, too, are minutes of travel */
    double metres_per_minute; /* thresholds were given as minutes at this speed; 0: they were not */
    double *values[SG_MEASURE_COUNT_OF_ALL]; /* [((type * thresholds) + threshold) * areas + area]; thresholds
                                                counts 1 for a measure that has none. NULL: not wanted */
    enum sg_area_state *states;
    double *population; /* of each area; NaN = missing */
    double *need;
    double total_population; /* of the areas where it is known; NaN when known nowhere */
    double total_need;
    bool has_population;
    bool has_need;                 /* a need other than the population */
    struct sg_city_measures *city; /* type_count + 1 */
    struct sg_site_loss *losses;   /* by type, most people first */
    size_t loss_count;
};

/* The row of areas of a measure, type and threshold (0 for a measure without). */
double *sg_measures_row(const struct sg_measures *measures, enum sg_measure measure, size_t type,
                        size_t threshold);

/* The steps of the coverage curve: sg_curve_m, or sg_curve_min where distances are minutes. */
const double *sg_measures_curve(const struct sg_measures *measures);

/* "nearest_m"; "nearest_min" where distances are minutes. */
const char *sg_measures_suffix(const struct sg_measures *measures, enum sg_measure measure);

void sg_measures_release(struct sg_measures *measures);

#endif
