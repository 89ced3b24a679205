/* Values of options: which texts are one of their kind. */
#include <math.h>
#include <string.h>

#include "classify/breaks.h"
#include "cli/option.h"
#include "cli/value_text.h"
#include "core/encoding.h"
#include "draw/chart.h"
#include "draw/map_kind.h"
#include "judge/gap.h"
#include "judge/need_index.h"
#include "measure/access.h"
#include "model/measure.h"
#include "model/street.h"
#include "read/number_text.h"

enum { LONGEST_CAPTION = 2000 }; /* characters: two dozen lines under a map */

static bool fail(struct sg_text *problem, struct sg_text *hint, const char *text, const char *what,
                 const char *how) {
    sg_text_append_format(problem, "'%s' is not %s", text, what);
    sg_text_append(hint, how);
    return false;
}

static bool is_number_between(const char *text, double least, double most, bool whole) {
    double value;
    return sg_value_number(text, &value) && value >= least && value <= most
           && (!whole || value == floor(value));
}

static bool check_text(enum sg_option_id id, const char *text, struct sg_text *problem,
                       struct sg_text *hint) {
    if (text[0] != '\0')
        return true;
    sg_text_append(problem, "an empty value");
    sg_text_append_format(hint, "write a %s", sg_option_at(id)->argument);
    return false;
}

static bool check_caption(const char *text, struct sg_text *problem, struct sg_text *hint) {
    size_t length = sg_utf8_length(text);
    if (length <= LONGEST_CAPTION)
        return true;
    sg_text_append_format(problem, "%zu characters long; a page has room for at most %d", length,
                          LONGEST_CAPTION);
    sg_text_append(hint, "shorten it: what is long reads better beside the map than on it");
    return false;
}

static bool check_measures(const char *text, struct sg_text *problem, struct sg_text *hint) {
    bool wants[SG_MEASURE_COUNT_OF_ALL];
    char unknown[64];
    if (sg_value_measures(text, wants, unknown))
        return true;
    const char *names[SG_MEASURE_COUNT_OF_ALL];
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        names[m] = sg_measure_info((enum sg_measure)m)->suffix;
    const char *nearest = sg_nearest_name(unknown, names, SG_MEASURE_COUNT_OF_ALL);
    sg_text_append_format(problem, "there is no measure '%s'", unknown);
    if (nearest != NULL)
        sg_text_append_format(hint, "did you mean '%s'?", nearest);
    else
        sg_text_append(hint, "`servicegap list measures` names them");
    return false;
}

bool sg_option_check(enum sg_option_id id, const char *text, struct sg_text *problem, struct sg_text *hint) {
    double numbers[SG_MOST_CLASSES], date, rotation;
    enum sg_break_method method;
    enum sg_map_kind kind;
    enum sg_chart_kind chart;
    enum sg_supply supply;
    enum sg_access_family family;
    struct sg_decay decay;
    bool is_minutes;
    enum sg_need_method need_method;
    enum sg_travel_mode mode;
    struct sg_catchment_wishes catchments;
    switch (sg_option_at(id)->kind) {
    case SG_KIND_FLAG:
        return true;
    case SG_KIND_CAPTION:
        return check_text(id, text, problem, hint) && check_caption(text, problem, hint);
    case SG_KIND_TEXT:
    case SG_KIND_FILE:
    case SG_KIND_SITES:
    case SG_KIND_TAXONOMY:
        return check_text(id, text, problem, hint);
    case SG_KIND_DATE:
        return sg_date_from_text(text, &date) == SG_NUMBER_READ
               || fail(problem, hint, text, "a date", "write it as 2013-06-30");
    case SG_KIND_ENCODING:
        return sg_encoding_is_known(text)
               || fail(problem, hint, text, "an encoding",
                       "write UTF-8, Windows-1252, ISO-8859-1, CP437 ...; `iconv --list` names them all");
    case SG_KIND_COUNT:
        return is_number_between(text, 1, 100000, true)
               || fail(problem, hint, text, "a whole number of 1 or more", "write a number such as 4");
    case SG_KIND_THREADS:
        return is_number_between(text, 1, SG_MOST_THREADS, true)
               || fail(problem, hint, text, "a number of threads",
                       "write a whole number from 1 to 1024; without it there is one per core");
    case SG_KIND_NUMBER:
        return is_number_between(text, 0, 1e12, false)
               || fail(problem, hint, text, "a number of 0 or more", "write a number such as 100");
    case SG_KIND_SIGNED:
        return is_number_between(text, -1e12, 1e12, false)
               || fail(problem, hint, text, "a number", "write a number such as 1 or -2.5");
    case SG_KIND_CLASSES:
        return is_number_between(text, 2, SG_MOST_CLASSES - 1, true)
               || fail(problem, hint, text, "a number of classes",
                       "write a whole number from 2 to 11; 5 reads best");
    case SG_KIND_DPI:
        return is_number_between(text, 30, 1200, false)
               || fail(problem, hint, text, "a resolution", "write dots per inch from 30 to 1200");
    case SG_KIND_DISTANCES:
        if (sg_value_distances(text, numbers, SG_MOST_THRESHOLDS, &is_minutes) > 0)
            return true;
        if (sg_value_repeats_distance(text)) {
            sg_text_append_format(problem, "'%s' has a distance twice", text);
            sg_text_append(hint, "name each once: 800, 1.2km");
            return false;
        }
        return fail(problem, hint, text, "a list of distances",
                    "write metres or kilometres, or minutes, at most 8: 800, 800m, 1.2km, 500,1000,2000 "
                    "or 10min,20min");
    case SG_KIND_DISTANCE:
        return (sg_value_distances(text, numbers, 1, &is_minutes) == 1 && !is_minutes)
               || fail(problem, hint, text, "a distance", "write metres or kilometres: 500, 500m or 1.2km");
    case SG_KIND_SPEED:
        return is_number_between(text, 0.1, 300, false)
               || fail(problem, hint, text, "a speed", "write kilometres per hour: 4.8");
    case SG_KIND_TRAVEL_MODE:
        return sg_travel_mode_from_name(text, &mode)
               || fail(problem, hint, text, "a way to travel", "write walk, cycle or drive");
    case SG_KIND_CATCHMENTS:
        return sg_value_catchments(text, &catchments)
               || fail(problem, hint, text, "a list of catchments",
                       "write types, streets and sites with commas between, or none");
    case SG_KIND_BENCHMARK:
        return text[0] != '\0'
               || fail(problem, hint, text, "a benchmark",
                       "write median, average, \"1 per 5000\" or \"90%\"");
    case SG_KIND_SUPPLY:
        return sg_supply_from_name(text, &supply)
               || fail(problem, hint, text, "a supply", "write reach, count, access or within");
    case SG_KIND_ACCESS:
        return sg_access_from_name(text, &family)
               || fail(problem, hint, text, "a family of floating catchments",
                       "write 2sfca, e2sfca, m2sfca or 3sfca");
    case SG_KIND_DECAY:
        return sg_decay_from_text(text, &decay)
               || fail(problem, hint, text, "a decay",
                       "write none, step, gaussian, exponential, linear, logistic or power, with its numbers "
                       "after colons: gaussian:400");
    case SG_KIND_NEED_METHOD:
        return sg_need_method_from_name(text, &need_method)
               || fail(problem, hint, text, "a method of the need index", "write zscore or percentile");
    case SG_KIND_MEASURES:
        return check_measures(text, problem, hint);
    case SG_KIND_CUTS:
        return sg_value_list(text, numbers, 4) == 4
               || fail(problem, hint, text, "four limits", "write ascending numbers: 10,25,50,75");
    case SG_KIND_BREAKS:
        return sg_value_list(text, numbers, SG_MOST_CLASSES - 1) > 0
               || fail(problem, hint, text, "a list of limits", "write ascending numbers: 10,20,50");
    case SG_KIND_METHOD:
        return sg_break_method_from_name(text, &method)
               || fail(problem, hint, text, "a method", "`servicegap list methods` names them");
    case SG_KIND_MAP_KIND:
        return sg_map_kind_from_name(text, &kind)
               || fail(problem, hint, text, "a kind of map",
                       "write choropleth, bivariate, multiples, symbols, change, clusters, dots or regions");
    case SG_KIND_CHART_KIND:
        return sg_chart_kind_from_name(text, &chart)
               || fail(problem, hint, text, "a kind of chart",
                       "write bars, lollipops, dotplot, stacked, lorenz or curves");
    case SG_KIND_ROTATE:
        return sg_value_rotation(text, &rotation)
               || fail(problem, hint, text, "an angle", "write degrees, or auto");
    case SG_KIND_LANGUAGE:
        return strcmp(text, "en") == 0 || strcmp(text, "fr") == 0
               || fail(problem, hint, text, "a language", "write en or fr");
    }
    return true;
}
