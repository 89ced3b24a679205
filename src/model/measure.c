#include "model/measure.h"

#include <string.h>

#include "core/alloc.h"

const double sg_curve_m[SG_CURVE_POINTS] = {250, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000};
const double sg_curve_min[SG_CURVE_POINTS] = {5, 10, 15, 20, 25, 30, 45, 60, 75, 90};

static const struct sg_measure_info rows[] = {
#define SG_MEASURE(id, suffix, short_suffix, unit, by_threshold, title, definition)                          \
    {suffix, short_suffix, unit, by_threshold, title, definition},
#include "model/measure_list.h"
#undef SG_MEASURE
};

const struct sg_measure_info *sg_measure_info(enum sg_measure measure) {
    return &rows[measure];
}

/* "nearest_m" and "within_pct" go by "nearest" and "within", too. */
static bool is_called(const struct sg_measure_info *row, const char *name) {
    size_t length = strlen(name);
    if (strncmp(row->suffix, name, length) != 0)
        return false;
    const char *rest = row->suffix + length;
    return rest[0] == '\0' || strcmp(rest, "_m") == 0 || strcmp(rest, "_pct") == 0;
}

bool sg_measure_from_name(const char *name, enum sg_measure *ret_measure) {
    for (int i = 0; i < SG_MEASURE_COUNT_OF_ALL; i++) {
        if (is_called(&rows[i], name)) {
            *ret_measure = (enum sg_measure)i;
            return true;
        }
    }
    return false;
}

double *sg_measures_row(const struct sg_measures *measures, enum sg_measure measure, size_t type,
                        size_t threshold) {
    size_t thresholds = rows[measure].by_threshold ? measures->threshold_count : 1;
    return measures->values[measure] == NULL
               ? NULL
               : measures->values[measure] + (type * thresholds + threshold) * measures->area_count;
}

const double *sg_measures_curve(const struct sg_measures *measures) {
    return measures->is_time ? sg_curve_min : sg_curve_m;
}

const char *sg_measures_suffix(const struct sg_measures *measures, enum sg_measure measure) {
    if (measures->is_time && measure == SG_MEASURE_NEAREST)
        return "nearest_min";
    if (measures->is_time && measure == SG_MEASURE_NEAREST_P90)
        return "nearest_p90_min";
    return rows[measure].suffix;
}

void sg_measures_release(struct sg_measures *measures) {
    for (int i = 0; i < SG_MEASURE_COUNT_OF_ALL; i++)
        sg_free(measures->values[i]);
    sg_free(measures->states);
    sg_free(measures->population);
    sg_free(measures->need);
    sg_free(measures->city);
    sg_free(measures->losses);
    *measures = (struct sg_measures){0};
}
