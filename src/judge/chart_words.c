#include "judge/chart_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/phrasing.h"
#include "judge/whom.h"

char *sg_median_label(enum sg_language language, const char *median) {
    return sg_format(sg_pick(language, "Median: %s", "Médiane : %s"), median);
}

char *sg_gini_label(enum sg_language language, double gini) {
    char number[32];
    snprintf(number, sizeof number, "%.2f", gini);
    char *point = language == SG_FRENCH ? strchr(number, '.') : NULL;
    if (point != NULL)
        *point = ',';
    return sg_format("Gini %s", number);
}

char *sg_lorenz_title(enum sg_language language, const char *measure, double percent) {
    return sg_format(sg_pick(language, "%s: the worse-served half of the people has %s of them",
                             "%s : la moitié la moins bien servie des gens en a %s"),
                     measure, sg_percent(percent, language).text);
}

char *sg_curves_title(const struct sg_measures *measures, enum sg_language language, const char *best,
                      double best_percent, const char *worst, double worst_percent) {
    double middle = sg_measures_curve(measures)[SG_CURVE_POINTS / 2];
    char distance[48];
    if (measures->is_time)
        snprintf(distance, sizeof distance, "%s", sg_cost(measures, middle, language).text);
    else
        sg_distance_text(middle, language, distance);
    return sg_format(
        sg_pick(language, "Within %s: %s for %s %s, %s for %s", "À moins de %s : %s pour %s %s, %s pour %s"),
        distance, best, sg_percent(best_percent, language).text,
        sg_whom_words(sg_whom_of_city(measures), SG_WHOM_OF_ALL, language), worst,
        sg_percent(worst_percent, language).text);
}
