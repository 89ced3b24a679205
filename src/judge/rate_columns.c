#include "judge/rate_columns.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/small_numbers.h"

static const struct {
    const char *suffix, *short_suffix, *title, *definition;
} columns[] = {
    {"per_10k_low", "P10KL", "services per 10,000 in need, at least",
     "Lower end of the exact 95% Poisson interval of the services per 10,000 in need"},
    {"per_10k_high", "P10KH", "services per 10,000 in need, at most",
     "Upper end of the exact 95% Poisson interval of the services per 10,000 in need"},
    {"per_10k_smoothed", "P10KS", "services per 10,000 in need, smoothed",
     "Services per 10,000 in need, drawn to the city's rate where the need is small (empirical Bayes, "
     "Marshall 1991)"},
};

enum { LOW, HIGH, SMOOTHED, COLUMNS };

/* People of an area whose rate is known; NaN of the others. */
static double known_need(const struct sg_measures *measures, size_t area) {
    bool is_hidden =
        measures->states[area] == SG_AREA_SUPPRESSED || measures->states[area] == SG_AREA_NO_GEOMETRY;
    return is_hidden || !(measures->need[area] > 0) ? NAN : measures->need[area];
}

static bool add_type(struct sg_table *table, const struct sg_measures *measures, const double *needs,
                     const double *counts, size_t type, const char *prefix, const char *letters,
                     const char *label) {
    double *numbers[COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
        char *name = sg_format("%s_%s", prefix, columns[c].suffix);
        char *short_name = sg_format("%s_%s", letters, columns[c].short_suffix);
        char *title = sg_format("%s: %s", label, columns[c].title);
        struct sg_column *column = NULL;
        if (name != NULL && short_name != NULL && title != NULL)
            column = sg_table_add(table, SG_COLUMN_REAL, name, short_name, title, "per 10,000",
                                  columns[c].definition);
        sg_free(name);
        sg_free(short_name);
        sg_free(title);
        if (column == NULL)
            return false;
        column->type = type;
        numbers[c] = column->numbers; /* stays where it is when the next column comes */
    }
    sg_smooth_rates(counts, needs, measures->area_count, numbers[SMOOTHED]);
    for (size_t a = 0; a < measures->area_count; a++) {
        if (isnan(needs[a]))
            continue;
        sg_poisson_interval(counts[a], &numbers[LOW][a], &numbers[HIGH][a]);
        for (int c = 0; c < COLUMNS; c++)
            numbers[c][a] *= c == SMOOTHED ? 10000 : 10000 / needs[a];
    }
    return true;
}

enum sg_status sg_rate_columns(struct sg_context *context, const struct sg_taxonomy *taxonomy,
                               const struct sg_measures *measures, double *const *counts,
                               const double *all_counts, enum sg_language language,
                               struct sg_table *coverage) {
    double *needs = sg_alloc(measures->area_count, sizeof *needs);
    if (needs == NULL)
        return sg_fail_memory(context);
    for (size_t a = 0; a < measures->area_count; a++)
        needs[a] = known_need(measures, a);
    bool done = add_type(coverage, measures, needs, all_counts, measures->type_count, "all", "ALL",
                         language == SG_FRENCH ? "Tous les services" : "Any service");
    for (size_t t = 0; done && t < measures->type_count; t++) {
        const struct sg_type *type = &taxonomy->types[t];
        done = add_type(coverage, measures, needs, counts[t], t, type->prefix, type->letters,
                        sg_type_label(type, language));
    }
    sg_free(needs);
    return done ? SG_OK : sg_fail_memory(context);
}
