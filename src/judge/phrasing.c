#include "judge/phrasing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

/* A narrow no-break space groups French digits, a comma English ones. */
static const char *separator(enum sg_language language) {
    return language == SG_FRENCH ? "\xE2\x80\xAF" : ",";
}

const char *sg_pick(enum sg_language language, const char *english, const char *french) {
    return language == SG_FRENCH ? french : english;
}

const char *sg_pick_number(enum sg_language language, size_t count, const char *english_one,
                           const char *english_more, const char *french_one, const char *french_more) {
    return language == SG_FRENCH ? (count <= 1 ? french_one : french_more)
                                 : (count == 1 ? english_one : english_more);
}

char *sg_inside_sentence(const char *title) {
    char *text = sg_strdup(title);
    bool is_word = text != NULL && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z';
    if (is_word)
        text[0] = (char)(text[0] - 'A' + 'a');
    return text;
}

/* A whole number for people. */
struct sg_number_phrase sg_whole(double value, enum sg_language language) {
    struct sg_number_phrase number = {""};
    sg_grouped_text(round(value), separator(language), number.text);
    return number;
}

/* People, rounded to three significant digits: "521,000". */
struct sg_number_phrase sg_people(double value, enum sg_language language) {
    double step = 1;
    while (value / step >= 1000)
        step *= 10;
    return sg_whole(round(value / step) * step, language);
}

static void decimal_comma(char *text, enum sg_language language) {
    char *point = language == SG_FRENCH ? strchr(text, '.') : NULL;
    if (point != NULL)
        *point = ',';
}

struct sg_number_phrase sg_tenths(double value, enum sg_language language) {
    struct sg_number_phrase number;
    snprintf(number.text, sizeof number.text, "%.1f", value);
    decimal_comma(number.text, language);
    return number;
}

struct sg_number_phrase sg_figure(double value, enum sg_language language) {
    if (value >= 10 || value == floor(value))
        return sg_whole(value, language);
    return sg_tenths(value, language);
}

/* Decimals near the ends of the scale: nearly nobody is not nobody, and nearly everybody is not all. */
struct sg_number_phrase sg_percent(double percent, enum sg_language language) {
    static const double NOISE = 1e-9; /* of a sum of shares */
    const char *sign = language == SG_FRENCH ? "\xC2\xA0%" : "%", *about = "";
    bool is_some = percent > NOISE, is_short_of_all = percent < 100 - NOISE;
    int decimals = (is_some && percent < 9.95) || (is_short_of_all && percent >= 99.5);
    if (is_some && percent < 0.05) {
        about = sg_pick(language, "under ", "moins de ");
        percent = 0.1;
    } else if (is_short_of_all && percent >= 99.95) {
        about = sg_pick(language, "over ", "plus de ");
        percent = 99.9;
    }
    struct sg_number_phrase number;
    snprintf(number.text, sizeof number.text, "%s%.*f%s", about, decimals, percent, sign);
    decimal_comma(number.text, language);
    return number;
}

const char *sg_distance_text(double metres, enum sg_language language, char buffer[static 48]) {
    char digits[32];
    if (metres >= 1000 && fmod(metres, 10) == 0) {
        snprintf(buffer, 48, "%s\xC2\xA0km", sg_number_text(metres / 1000, digits));
    } else if (metres >= 1000) {
        snprintf(buffer, 48, "%.2f\xC2\xA0km", metres / 1000);
    } else {
        snprintf(buffer, 48, "%s\xC2\xA0m", sg_number_text(round(metres * 10) / 10, digits));
    }
    decimal_comma(buffer, language);
    return buffer;
}

/* A rounded distance for a sentence: to 10 m below 1 km, else to 100 m. */
struct sg_number_phrase sg_about(double metres, enum sg_language language) {
    struct sg_number_phrase number;
    if (metres < 995)
        snprintf(number.text, sizeof number.text, "%.0f\xC2\xA0m", round(metres / 10) * 10);
    else
        snprintf(number.text, sizeof number.text, "%.1f\xC2\xA0km", metres / 1000);
    decimal_comma(number.text, language);
    return number;
}

const char *sg_threshold_text(const struct sg_measures *measures, size_t threshold, enum sg_language language,
                              char buffer[static 48]) {
    double value = measures->thresholds_m[threshold];
    if (!measures->is_time && measures->metres_per_minute == 0)
        return sg_distance_text(value, language, buffer);
    char digits[32];
    double minutes = measures->is_time ? value : value / measures->metres_per_minute;
    snprintf(buffer, 48, "%s\xC2\xA0min", sg_number_text(round(minutes * 1e6) / 1e6, digits));
    decimal_comma(buffer, language);
    return buffer;
}

struct sg_number_phrase sg_cost(const struct sg_measures *measures, double cost, enum sg_language language) {
    if (!measures->is_time)
        return sg_about(cost, language);
    struct sg_number_phrase number;
    snprintf(number.text, sizeof number.text, cost < 9.95 ? "%.1f\xC2\xA0min" : "%.0f\xC2\xA0min", cost);
    decimal_comma(number.text, language);
    return number;
}

const char *sg_way_text(const struct sg_measures *measures, enum sg_language language) {
    switch (measures->way) {
    case SG_WAY_STREETS:
        return sg_pick(language, "along streets", "par les rues");
    case SG_WAY_TABLE:
        return sg_pick(language, "by the travel costs given", "selon les co\xC3\xBBts de trajet fournis");
    case SG_WAY_STRAIGHT:
        break;
    }
    return sg_pick(language, "straight line", "ligne droite");
}

const char *sg_way_noun(const struct sg_measures *measures, enum sg_language language, bool is_plural) {
    static const char *const nouns[][2][2] = {{{"straight-line distance", "straight-line distances"},
                                               {"distance en ligne droite", "distances en ligne droite"}},
                                              {{"distance along streets", "distances along streets"},
                                               {"distance par les rues", "distances par les rues"}},
                                              {{"given travel cost", "given travel costs"},
                                               {"valeur de trajet fournie", "valeurs de trajet fournies"}}};
    return nouns[measures->way][language == SG_FRENCH][is_plural];
}
