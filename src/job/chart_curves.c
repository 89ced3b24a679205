/* Charts of curves: how evenly services are spread, and how many people live within each distance. */
#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/chart_parts.h"
#include "judge/chart_words.h"
#include "judge/phrasing.h"

struct share {
    double people, services;
    size_t position;
};

/* Fewest services a person first; places without people, whose services nobody lives beside, last. */
static int compare_shares(const void *a, const void *b) {
    const struct share *one = a, *two = b;
    double left = one->services * two->people, right = two->services * one->people;
    if (left != right)
        return left < right ? -1 : 1;
    return one->position < two->position ? -1 : one->position > two->position;
}

/* Lorenz 1905: people, ranked by services a person, against the services that they have; Gini = 1 - sum of
   (x_i - x_i-1) (y_i + y_i-1). */
enum sg_status sg_chart_prepare_lorenz(const struct sg_chart_source *source, struct sg_chart_parts *parts) {
    const double *services = source->variables[0].values;
    if (source->population == NULL)
        return sg_fail(source->context, SG_USAGE, "name the field of the people with --field2",
                       "a Lorenz curve needs the people of each area");
    struct share *shares = sg_alloc(source->area_count, sizeof *shares);
    parts->points = sg_alloc(source->area_count + 1, sizeof *parts->points);
    parts->curves = sg_alloc(1, sizeof *parts->curves);
    if (shares == NULL || parts->points == NULL || parts->curves == NULL) {
        sg_free(shares);
        return sg_fail_memory(source->context);
    }
    size_t count = 0;
    double people = 0, all = 0;
    for (size_t i = 0; i < source->area_count; i++) {
        if (!(services[i] >= 0) || !(source->population[i] >= 0) || services[i] + source->population[i] == 0)
            continue;
        shares[count] = (struct share){source->population[i], services[i], i};
        people += shares[count].people;
        all += shares[count++].services;
    }
    if (!(people > 0) || !(all > 0)) {
        sg_free(shares);
        return sg_fail(source->context, SG_BAD_INPUT, NULL,
                       "a Lorenz curve needs people and services, and there are none");
    }
    qsort(shares, count, sizeof *shares, compare_shares);
    double x = 0, y = 0, twice_area = 0, poorest = NAN;
    for (size_t i = 0; i < count; i++) {
        double before_x = x, before_y = y;
        x += shares[i].people / people;
        y += shares[i].services / all;
        twice_area += (x - before_x) * (y + before_y);
        if (isnan(poorest) && x >= 0.5)
            poorest = before_y + (x > before_x ? (0.5 - before_x) / (x - before_x) * (y - before_y) : 0);
        parts->points[i + 1] = (struct sg_point){100 * x, 100 * y};
    }
    sg_free(shares);
    double gini = 1 - twice_area;
    parts->curve_name = sg_gini_label(source->job->language, gini);
    parts->title = sg_lorenz_title(source->job->language, source->variables[0].title, 100 * poorest);
    if (parts->curve_name == NULL || parts->title == NULL)
        return sg_fail_memory(source->context);
    parts->curves[0] =
        (struct sg_chart_curve){parts->curve_name, parts->points, count + 1, parts->theme.colours.region};
    parts->chart.curves = parts->curves;
    parts->chart.curve_count = 1;
    parts->chart.unit = "%";
    if (source->variables[0].counts_services) {
        parts->chart.x_title = sg_pick(source->job->language, "Share of the people, fewest services first",
                                       "Part des gens, les moins desservis d'abord");
        parts->chart.y_title = sg_pick(source->job->language, "Share of the services", "Part des services");
        return SG_OK;
    }
    parts->y_title = sg_format(sg_pick(source->job->language, "Share of the total: %s", "Part du total : %s"),
                               source->variables[0].title);
    parts->chart.x_title = sg_pick(source->job->language, "Share of the people, those with least first",
                                   "Part des gens, ceux qui ont le moins d'abord");
    parts->chart.y_title = parts->y_title;
    if (parts->y_title == NULL)
        return sg_fail_memory(source->context);
    return SG_OK;
}

enum sg_status sg_chart_prepare_curves(const struct sg_chart_source *source, struct sg_chart_parts *parts) {
    if (source->measures == NULL || source->measures->city == NULL)
        return sg_fail(source->context, SG_USAGE,
                       "ask for it in a project's maps, where the distances are known",
                       "a chart of coverage over distance cannot be drawn from a layer");
    enum sg_language language = source->job->language;
    size_t types = source->taxonomy->type_count;
    parts->points = sg_alloc(types * (SG_CURVE_POINTS + 1), sizeof *parts->points);
    parts->curves = sg_alloc(types, sizeof *parts->curves);
    if (parts->points == NULL || parts->curves == NULL)
        return sg_fail_memory(source->context);
    size_t best = SIZE_MAX, worst = SIZE_MAX, count = 0;
    for (size_t t = 0; t < types; t++) {
        const double *share = source->measures->city[t].curve_pct;
        struct sg_point *points = &parts->points[t * (SG_CURVE_POINTS + 1)];
        if (isnan(share[SG_CURVE_POINTS - 1]))
            continue;
        for (size_t i = 0; i < SG_CURVE_POINTS; i++)
            points[i + 1] = (struct sg_point){sg_measures_curve(source->measures)[i], share[i]};
        parts->curves[count++] =
            (struct sg_chart_curve){sg_type_label(&source->taxonomy->types[t], language), points,
                                    SG_CURVE_POINTS + 1, source->taxonomy->types[t].colour};
        size_t middle = SG_CURVE_POINTS / 2;
        if (t == source->taxonomy->other_type && types > 2)
            continue; /* what is in it nobody asks for by that name */
        if (best == SIZE_MAX || share[middle] > source->measures->city[best].curve_pct[middle])
            best = t;
        if (worst == SIZE_MAX || share[middle] < source->measures->city[worst].curve_pct[middle])
            worst = t;
    }
    if (count == 0)
        return sg_fail(source->context, SG_BAD_INPUT, "name where people live with --demand, or --population",
                       "a chart of coverage needs people and services, and there are none");
    if (best == SIZE_MAX)
        best = worst = source->taxonomy->other_type; /* it is all there is */
    parts->title =
        sg_curves_title(source->measures, language, sg_type_label(&source->taxonomy->types[best], language),
                        source->measures->city[best].curve_pct[SG_CURVE_POINTS / 2],
                        sg_type_label(&source->taxonomy->types[worst], language),
                        source->measures->city[worst].curve_pct[SG_CURVE_POINTS / 2]);
    if (parts->title == NULL)
        return sg_fail_memory(source->context);
    parts->chart.curves = parts->curves;
    parts->chart.curve_count = count;
    parts->chart.unit = "%";
    bool is_land = sg_whom_of_city(source->measures) == SG_WHOM_LAND;
    parts->chart.x_title =
        is_land ? sg_pick(language, "Metres to the nearest", "Mètres jusqu'au plus proche")
                : sg_pick(language, "Metres from home to the nearest", "Mètres du domicile au plus proche");
    parts->chart.y_title = is_land ? sg_pick(language, "Share of the land", "Part du territoire")
                                   : sg_pick(language, "Share of the people", "Part des gens");
    return SG_OK;
}
