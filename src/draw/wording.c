#include "draw/wording.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/clean_text.h"
#include "draw/number_form.h"

/* One row per word: English, French. */
static const char *const words[SG_WORD_COUNT][2] = {
    [SG_WORD_NO_DATA] = {"No data", "Aucune donnée"},
    [SG_WORD_AREAS] = {"areas", "secteurs"},
    [SG_WORD_SOURCES] = {"Sources: ", "Sources : "},
    [SG_WORD_METHOD] = {"Method: ", "Méthode : "},
    [SG_WORD_NOTE] = {"Note: ", "Remarque : "},
    [SG_WORD_TURNED] = {"turned %s°", "tournée de %s°"},
    [SG_WORD_TO] = {" – ", " – "},
    [SG_WORD_TO_UNDER] = {" to under ", " à moins de "},
    [SG_WORD_UNUSUALLY_LOW] = {"unusually low", "exceptionnellement bas"},
    [SG_WORD_UNDER] = {"under ", "moins de "},
    [SG_WORD_OVER_ZERO] = {"over 0 to under ", "plus de 0 à moins de "},
    [SG_WORD_OVER_ZERO_TO] = {"over 0 to ", "plus de 0 à "},
    [SG_WORD_AND_OVER] = {" and over", " et plus"},
    [SG_WORD_SITES] = {"Service sites", "Points de service"},
    [SG_WORD_SEVERAL_TYPES] = {"Several services", "Plusieurs services"},
    [SG_WORD_MAIN_ROAD] = {"Main road", "Route principale"},
    [SG_WORD_STREET] = {"Street", "Rue"},
    [SG_WORD_REGION] = {"Region", "Région"},
    [SG_WORD_KEY] = {"Numbers on the map", "Numéros sur la carte"},
    [SG_WORD_HISTOGRAM] = {"%s by value", "%s par valeur"},
    [SG_WORD_APPROXIMATE] = {"approx. ", "env. "},
    [SG_WORD_MAP_OF] = {"Map of %s %s.", "Carte de %s %s."},
    [SG_WORD_ENLARGED] = {"Enlarged %s times", "Agrandi %s fois"},
    [SG_WORD_NO_REGION] = {"In no region", "Dans aucune région"},
    [SG_WORD_SHARED_BY] = {"Shared:", "Partagé :"},
    [SG_WORD_SHARED] = {"Shared by the regions of its stripes", "Partagé par les régions de ses rayures"},
    [SG_WORD_LARGEST_CIRCLE] = {"The largest circle, %s: %s", "Le plus grand cercle, %s : %s"},
    [SG_WORD_ONE_DOT] = {"1 dot = %s", "1 point = %s"},
    [SG_WORD_LOWER] = {", lower", ", plus bas"},
    [SG_WORD_NO_CHANGE] = {"No change", "Aucun changement"},
    [SG_WORD_GAIN_UNDER] = {"under ", "moins de "},
    [SG_WORD_LOSS_UNDER] = {"above ", "plus de "},
    [SG_WORD_UP_TO] = {" to ", " à "},
    [SG_WORD_TO_ABOVE] = {" to above ", " à plus de "},
    [SG_WORD_HIGH_HIGH] = {"High among high", "Élevé parmi élevés"},
    [SG_WORD_LOW_LOW] = {"Low among low", "Faible parmi faibles"},
    [SG_WORD_HIGH_LOW] = {"High among low", "Élevé parmi faibles"},
    [SG_WORD_LOW_HIGH] = {"Low among high", "Faible parmi élevés"},
    [SG_WORD_NOT_SIGNIFICANT] = {"Not significant", "Non significatif"},
    [SG_WORD_ISLAND] = {"No neighbour to compare", "Sans voisin à comparer"},
    [SG_WORD_UNNAMED] = {"%s of %s %s have neither name nor number here.",
                         "%s des %s %s n'ont ici ni nom ni numéro."},
    [SG_WORD_ONE_UNNAMED] = {"%s of %s %s has neither name nor number here.",
                             "%s des %s %s n'a ici ni nom ni numéro."},
    [SG_WORD_CENTRED_EAST] = {"%s, centred on %s° E", "%s, centrée sur %s° E"},
    [SG_WORD_CENTRED_WEST] = {"%s, centred on %s° W", "%s, centrée sur %s° O"},
    [SG_WORD_FIRST_ROWS] = {"the first %s of %s", "les %s premiers de %s"},
};

const char *sg_word(enum sg_word word, enum sg_language language) {
    return words[word][language == SG_FRENCH];
}

void sg_append_number(struct sg_text *text, double value, int decimals, enum sg_language language) {
    char plain[400];
    bool is_french = language == SG_FRENCH;
    if (fabs(value) >= 1e15 || !isfinite(value)) {
        snprintf(plain, sizeof plain, "%g", value);
        sg_text_append(text, plain);
        return;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
    if (value < 0 && strspn(plain, "0.") != strlen(plain))
        sg_text_append(text, "−"); /* a minus sign, not a hyphen */
    size_t whole = strcspn(plain, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            sg_text_append(text, is_french ? "\u202f" : ",");
        sg_text_append_char(text, plain[i]);
    }
    if (plain[whole] == '.') {
        sg_text_append(text, is_french ? "," : ".");
        sg_text_append(text, plain + whole + 1);
    }
}

int sg_decimals_of(double value) {
    for (int decimals = 0; decimals < 6; decimals++) {
        double scale = pow(10, decimals);
        if (fabs(value * scale - round(value * scale)) < 1e-6 * fmax(1, fabs(value * scale)))
            return decimals;
    }
    return 6;
}

static void append_unit(struct sg_text *text, const char *unit, enum sg_language language) {
    if (unit == NULL || unit[0] == '\0')
        return;
    char *clean = sg_text_clean(unit, false);
    text->failed = text->failed || clean == NULL;
    bool is_tight = language == SG_ENGLISH && strcmp(unit, "%") == 0;
    if (clean != NULL && clean[0] != '\0') {
        if (!is_tight)
            sg_text_append(text, "\u00a0");
        sg_text_append(text, clean);
    }
    sg_free(clean);
}

static double least_value(const struct sg_classification *classes) {
    double least = INFINITY;
    for (size_t i = 0; i < classes->class_count; i++)
        least = fmin(least, classes->lowest[i]); /* of a NaN and a number: the number */
    return least;
}

static bool is_below_all(const struct sg_classification *classes, size_t i) {
    return classes->method != SG_BREAKS_CUSTOM && !classes->is_centred && i + 1 < classes->class_count
           && classes->label_breaks[i] <= 0 && isnan(classes->highest[i]) && least_value(classes) >= 0;
}

/* The lowest class that may hold something: what goes down to its limit goes down to the data. */
static bool is_lowest_class(const struct sg_classification *classes, size_t i) {
    return i == 0 || is_below_all(classes, i - 1);
}

/* Is the class one number, where the data and not a scale made the classes? Then that number names it, if it
   is no finer than the limits. */
static bool is_one_number(const struct sg_classification *classes, size_t i,
                          const struct sg_number_form *form) {
    bool by_data = classes->method == SG_BREAKS_QUANTILE || classes->method == SG_BREAKS_JENKS
                   || classes->method == SG_BREAKS_HEADTAIL || classes->method == SG_BREAKS_MAXIMUM;
    double value = classes->lowest[i];
    return by_data && value == classes->highest[i]
           && sg_number_form_outward(form, value, false) == sg_number_form_outward(form, value, true);
}

/* Can whole numbers name the classes? Not where one lies between two of them, and is empty. */
static bool is_whole_everywhere(const struct sg_classification *classes) {
    for (size_t i = 0; i < classes->class_count; i++) {
        bool is_first = is_lowest_class(classes, i), is_last = i + 1 == classes->class_count;
        double first = is_first ? classes->lowest[i] : ceil(classes->label_breaks[i - 1]);
        double last = is_last ? classes->highest[i] : ceil(classes->label_breaks[i]) - 1;
        if (first > last)
            return false;
    }
    return true;
}

static void append_whole_range(struct sg_text *text, const struct sg_classification *classes, size_t i,
                               enum sg_language language) {
    bool is_first = is_lowest_class(classes, i), is_last = i + 1 == classes->class_count;
    double low = is_first ? classes->lowest[i] : ceil(classes->label_breaks[i - 1]);
    double high = is_last ? classes->highest[i] : ceil(classes->label_breaks[i]) - 1;
    if (isnan(low) || isnan(high)) { /* an empty class at the end */
        if (is_first)
            sg_text_append(text, sg_word(SG_WORD_UNDER, language));
        sg_append_number(text, is_first ? high + 1 : low, 0, language);
        if (is_last)
            sg_text_append(text, sg_word(SG_WORD_AND_OVER, language));
        return;
    }
    sg_append_number(text, low, 0, language);
    if (high > low) {
        sg_text_append(text, sg_word(SG_WORD_TO, language));
        sg_append_number(text, high, 0, language);
    }
}

/* The lowest class of data that begin just over 0 reads "under 11", not "0 to under 11": zeros are elsewhere.
 */
static bool starts_at_nothing(const struct sg_classification *classes, size_t i, double low) {
    return isnan(low) || (low == 0 && classes->lowest[i] > 0 && classes->class_count > 1);
}

/* The class above the zeros, which begins anywhere below its least value: where no number as fine as the
   other limits lies there. */
static bool starts_over_zero(const struct sg_classification *classes, size_t i,
                             const struct sg_number_form *form) {
    return i > 0 && classes->lowest[i - 1] == 0 && classes->highest[i - 1] == 0
           && sg_number_form_outward(form, classes->label_breaks[i - 1], false)
                  != classes->label_breaks[i - 1];
}

static void append_real_range(struct sg_text *text, const struct sg_classification *classes, size_t i,
                              const struct sg_number_form *form, enum sg_language language) {
    bool is_first = is_lowest_class(classes, i), is_last = i + 1 == classes->class_count;
    double low =
        is_first ? sg_number_form_outward(form, classes->lowest[i], false) : classes->label_breaks[i - 1];
    double high =
        is_last ? sg_number_form_outward(form, classes->highest[i], true) : classes->label_breaks[i];
    if (is_first && starts_at_nothing(classes, i, low)) {
        sg_text_append(text, sg_word(SG_WORD_UNDER, language));
        sg_append_formed(text, high, form, language);
    } else if (!is_first && !isnan(high) && starts_over_zero(classes, i, form)) {
        sg_text_append(text, sg_word(is_last ? SG_WORD_OVER_ZERO_TO : SG_WORD_OVER_ZERO, language));
        sg_append_formed(text, high, form, language);
    } else if (is_last && isnan(high)) {
        sg_append_formed(text, low, form, language);
    } else {
        sg_append_formed(text, low, form, language);
        if (high > low) {
            sg_text_append(text, sg_word(is_last ? SG_WORD_TO : SG_WORD_TO_UNDER, language));
            sg_append_formed(text, high, form, language);
        }
    }
    sg_append_power(text, form, language);
    if (is_last && isnan(high))
        sg_text_append(text, sg_word(SG_WORD_AND_OVER, language));
}

bool sg_class_is_shown(const struct sg_classification *classification, size_t class_index) {
    return classification->method == SG_BREAKS_BOXPLOT || !is_below_all(classification, class_index);
}

void sg_append_class_range(struct sg_text *text, const struct sg_classification *classification,
                           size_t class_index, bool is_whole, const char *unit, enum sg_language language) {
    if (is_below_all(classification, class_index)) {
        sg_text_append(text, sg_word(SG_WORD_UNUSUALLY_LOW, language));
        return;
    }
    struct sg_number_form form = sg_number_form_of_classes(classification);
    bool by_whole =
        is_whole && form.exponent == 0 && !form.is_scientific && is_whole_everywhere(classification);
    if (by_whole)
        form = (struct sg_number_form){0};
    if (is_one_number(classification, class_index, &form)) {
        sg_append_formed(text, classification->lowest[class_index], &form, language);
        sg_append_power(text, &form, language);
    } else if (by_whole) {
        append_whole_range(text, classification, class_index, language);
    } else {
        append_real_range(text, classification, class_index, &form, language);
    }
    append_unit(text, unit, language);
}
