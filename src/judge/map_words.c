#include "judge/map_words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/kind_words.h"
#include "judge/phrasing.h"

/* ---- titles ---- */

bool sg_column_is_of(const struct sg_column *column, const char *measure) {
    return strcmp(column->measure != NULL ? column->measure : column->name, measure) == 0;
}

/* What a title calls the services: "Language Training", or for all types together "Services". */
static const char *label_of(const struct sg_findings_source *source, const struct sg_column *column) {
    if (column->type < source->taxonomy->type_count)
        return sg_type_label(&source->taxonomy->types[column->type], source->language);
    return sg_pick(source->language, "Any service", "Tous les services");
}

static size_t count_if(const struct sg_findings_source *source, const struct sg_column *column, bool below,
                       double limit, size_t *ret_known) {
    size_t count = 0;
    *ret_known = 0;
    for (size_t row = 0; row < source->layer->area_count; row++) {
        double value = column->numbers[row];
        if (isnan(value))
            continue;
        (*ret_known)++;
        count += below ? value < limit : value >= limit;
    }
    return count;
}

/* A column of texts, or of nothing, has no finding. */
static bool has_numbers(const struct sg_findings_source *source, const struct sg_column *column) {
    for (size_t row = 0; column->numbers != NULL && row < source->layer->area_count; row++) {
        if (!isnan(column->numbers[row]))
            return true;
    }
    return false;
}

static double sum_of(const struct sg_findings_source *source, const struct sg_column *column) {
    double sum = 0;
    for (size_t row = 0; row < source->layer->area_count; row++)
        sum += isnan(column->numbers[row]) ? 0 : column->numbers[row];
    return sum;
}

/* Of the mean by need over the areas: what the city has. */
static double mean_of(const struct sg_findings_source *source, const struct sg_column *column) {
    double sum = 0, weights = 0;
    for (size_t row = 0; row < source->layer->area_count; row++) {
        double need = source->measures->need[row];
        if (isnan(column->numbers[row]) || !(need > 0))
            continue;
        sum += need * column->numbers[row];
        weights += need;
    }
    return sum / weights;
}

static char *gap_title(const struct sg_findings_source *source, const struct sg_column *column) {
    size_t known, count = count_if(source, column, false, 50, &known);
    if (count == 0)
        return sg_strdup(sg_pick(source->language, "No neighbourhood lacks half of its services",
                                 "Aucun quartier ne manque de la moitié de ses services"));
    return sg_format(sg_pick_number(source->language, count,
                                    "%zu of %zu neighbourhoods lacks at least half of its services",
                                    "%zu of %zu neighbourhoods lack at least half of their services",
                                    "%zu quartier sur %zu manque d'au moins la moitié des services",
                                    "%zu quartiers sur %zu manquent d'au moins la moitié des services"),
                     count, known);
}

static char *class_title(const struct sg_findings_source *source) {
    const size_t *counts = source->judgement->class_counts;
    size_t known = source->judgement->area_count - counts[SG_GAP_UNKNOWN];
    size_t wide = counts[SG_GAP_SEVERE] + counts[SG_GAP_CRITICAL];
    return sg_format(sg_pick_number(source->language, wide,
                                    "%zu of %zu neighbourhoods has a severe or critical service gap",
                                    "%zu of %zu neighbourhoods have a severe or critical service gap",
                                    "%zu quartier sur %zu a un manque de services grave ou critique",
                                    "%zu quartiers sur %zu ont un manque de services grave ou critique"),
                     wide, known);
}

static char *priority_title(const struct sg_findings_source *source) {
    size_t high = 0;
    for (size_t a = 0; a < source->judgement->area_count; a++)
        high += source->judgement->priorities[a] == SG_PRIORITY_HIGH;
    return sg_priority_title(source->language, SG_NOUN_NEIGHBOURHOODS, high,
                             source->judgement->area_count - source->judgement->class_counts[SG_GAP_UNKNOWN]);
}

char *sg_map_title(const struct sg_findings_source *source, const struct sg_column *column) {
    enum sg_language language = source->language;
    enum sg_whom whom = sg_whom_of(source->measures);
    const char *most = sg_whom_words(whom, SG_WHOM_MOST, language);
    bool is_land = whom == SG_WHOM_LAND;
    char threshold[48];
    sg_threshold_text(source->measures, column->threshold, language, threshold);
    const char *label = label_of(source, column);
    size_t known, count;
    if (sg_column_is_of(column, "gap_class") && source->judgement != NULL)
        return class_title(source);
    if (sg_column_is_of(column, "priority") && source->judgement != NULL)
        return priority_title(source);
    if (!has_numbers(source, column))
        return sg_map_column_name(column, whom, language);
    if (sg_column_is_of(column, "gap_index"))
        return gap_title(source, column);
    if (sg_column_is_of(column, "gap_stability")) {
        count = count_if(source, column, true, 90, &known);
        return sg_format(
            sg_pick_number(language, count,
                           "%zu of %zu neighbourhoods changes gap class in over one of ten trials",
                           "%zu of %zu neighbourhoods change gap class in over one of ten trials",
                           "%zu quartier sur %zu change de classe de manque dans plus d'un essai sur dix",
                           "%zu quartiers sur %zu changent de classe de manque dans plus d'un essai sur dix"),
            count, known);
    }
    if (sg_column_is_of(column, "within_pct")) {
        count = count_if(source, column, true, 50, &known);
        return sg_format(sg_pick(language, "%s: over %s from %s in %zu of %zu neighbourhoods",
                                 "%s : à plus de %s de %s dans %zu des %zu quartiers"),
                         label, threshold, most, count, known);
    }
    if (sg_column_is_of(column, "within2_pct")) {
        count = count_if(source, column, true, 50, &known);
        return sg_format(is_land
                             ? sg_pick(language, "%s: %s lacks two within %s in %zu of %zu neighbourhoods",
                                       "%s : %s n'en a pas deux à moins de %s dans %zu des %zu quartiers")
                             : sg_pick(language, "%s: %s lack two within %s in %zu of %zu neighbourhoods",
                                       "%s : %s n'en ont pas deux à moins de %s dans %zu des %zu quartiers"),
                         label, most, threshold, count, known);
    }
    if (sg_column_is_of(column, "lq")) {
        count = count_if(source, column, true, 1, &known);
        return sg_format(sg_pick(language, "%s: less than their share in %zu of %zu neighbourhoods",
                                 "%s : moins que leur part dans %zu des %zu quartiers"),
                         label, count, known);
    }
    if (sg_column_is_of(column, "count") || sg_column_is_of(column, "per_10k")
        || sg_column_is_of(column, "per_km2")) {
        count = count_if(source, column, false, 1e-300, &known);
        return sg_format(sg_pick(language, "%s: none in %zu of %zu neighbourhoods",
                                 "%s : aucun dans %zu des %zu quartiers"),
                         label, known - count, known);
    }
    if (sg_column_is_of(column, "reach")) {
        count = count_if(source, column, true, 1, &known);
        return sg_format(sg_pick(language, "%s: fewer than one in reach in %zu of %zu neighbourhoods",
                                 "%s : moins d'un à portée dans %zu des %zu quartiers"),
                         label, count, known);
    }
    if (sg_column_is_of(column, "access")) {
        count = count_if(source, column, true, mean_of(source, column) / 2, &known);
        return sg_format(
            sg_pick(language, "%s: less than half the city's mean access in %zu of %zu neighbourhoods",
                    "%s : moins de la moitié de l'accès moyen de la ville dans %zu des %zu quartiers"),
            label, count, known);
    }
    if (sg_column_is_of(column, "unreached_pct")) {
        count = count_if(source, column, false, 1e-300, &known);
        return sg_format(
            is_land ? sg_pick(language, "%s: some land has no path to any in %zu of %zu neighbourhoods",
                              "%s : une partie du territoire n'a aucun chemin dans %zu des %zu quartiers")
                    : sg_pick(language, "%s: some people have no path to any in %zu of %zu neighbourhoods",
                              "%s : des gens n'ont aucun chemin dans %zu des %zu quartiers"),
            label, count, known);
    }
    if (sg_column_is_of(column, "nearest_m") || sg_column_is_of(column, "nearest_min")) {
        count = count_if(source, column, false, source->measures->thresholds_m[column->threshold], &known);
        return sg_format(sg_pick(language, "%s: over %s away in %zu of %zu neighbourhoods",
                                 "%s : à plus de %s dans %zu des %zu quartiers"),
                         label, threshold, count, known);
    }
    if (sg_column_is_of(column, "nearest_p90_m") || sg_column_is_of(column, "nearest_p90_min")) {
        count = count_if(source, column, false, source->measures->thresholds_m[column->threshold], &known);
        return sg_format(sg_pick(language, "%s: over %s away %s in %zu of %zu neighbourhoods",
                                 "%s : à plus de %s %s dans %zu des %zu quartiers"),
                         label, threshold, sg_whom_words(whom, SG_WHOM_TENTH, language), count, known);
    }
    if (sg_column_is_of(column, "uncovered"))
        return sg_format(sg_pick(language, "%s: %s people live over %s from the nearest service",
                                 "%s : %s personnes vivent à plus de %s du service le plus proche"),
                         label, sg_people(sum_of(source, column), language).text, threshold);
    if (sg_column_is_of(column, "gap")) {
        count = count_if(source, column, false, 0.5, &known);
        return sg_format(sg_pick(language, "%s: half or more is missing in %zu of %zu neighbourhoods",
                                 "%s : il en manque la moitié ou plus dans %zu des %zu quartiers"),
                         label, count, known);
    }
    if (sg_column_is_of(column, "shortfall"))
        return sg_format(sg_pick(language, "%s: %s more would close every gap",
                                 "%s : il en faudrait %s de plus pour combler tous les manques"),
                         label, sg_whole(ceil(sum_of(source, column) - 1e-9), language).text);
    return sg_map_column_name(column, whom, language);
}

/* ---- subtitles ---- */

/* Those whom services are counted for: "10,000 people". */
static const char *people_counted(enum sg_whom whom, enum sg_language language) {
    return whom == SG_WHOM_NEED ? sg_pick(language, "people in need", "personnes dans le besoin")
                                : sg_pick(language, "people", "personnes");
}

static void append_gap_subtitle(struct sg_text *text, const struct sg_findings_source *source,
                                const char *threshold) {
    enum sg_language language = source->language;
    enum sg_whom whom = sg_whom_of(source->measures);
    sg_text_append_format(text,
                          sg_pick_number(language, source->measures->type_count,
                                         "Service gap index over %zu type of service: ",
                                         "Service gap index over %zu types of service: ",
                                         "Indice de manque de services, %zu type de services : ",
                                         "Indice de manque de services, %zu types de services : "),
                          source->measures->type_count);
    switch (source->judgement->supply) {
    case SG_SUPPLY_REACH:
        sg_text_append_format(text,
                              whom == SG_WHOM_LAND ? sg_pick(language, "services within %s of each place",
                                                             "services à moins de %s de tout point")
                                                   : sg_pick(language, "services within %s of home",
                                                             "services à moins de %s du domicile"),
                              threshold);
        break;
    case SG_SUPPLY_COUNT:
        sg_text_append_format(text,
                              sg_pick(language, "services per 10,000 %s",
                                      "services pour 10\xE2\x80\xAF"
                                      "000 %s"),
                              people_counted(whom, language));
        break;
    case SG_SUPPLY_WITHIN:
        sg_text_append_format(text,
                              sg_pick(language, "%s within %s of a service", "%s à moins de %s d'un service"),
                              sg_whom_words(whom, SG_WHOM_NOUN, language), threshold);
        break;
    case SG_SUPPLY_ACCESS:
        sg_text_append_format(text,
                              sg_pick(language, "services per 10,000 who share them within %s",
                                      "services pour 10\xE2\x80\xAF"
                                      "000 personnes qui se les partagent à moins de %s"),
                              threshold);
        break;
    }
    sg_text_append(text, sg_pick(language, ", against the benchmark (0 = enough of every type, 100 = none).",
                                 ", par rapport au repère (0 = assez de chaque type, 100 = aucun)."));
}

static void append_nearest_subtitle(struct sg_text *text, const struct sg_findings_source *source) {
    enum sg_language language = source->language;
    const char *homes = sg_whom_words(sg_whom_of(source->measures), SG_WHOM_HOMES, language);
    if (source->measures->is_time) {
        sg_text_append_format(text,
                              sg_pick(language, "Minutes from %s to the nearest service (%s).",
                                      "Minutes entre %s et le service le plus proche (%s)."),
                              homes, sg_way_text(source->measures, language));
        return;
    }
    size_t start = text->length;
    sg_text_append_format(
        text,
        sg_pick(language, "%s from %s to the nearest service.", "%s entre %s et le service le plus proche."),
        sg_way_noun(source->measures, language, false), homes);
    if (text->length > start)
        text->bytes[start] = (char)toupper((unsigned char)text->bytes[start]);
}

/* "Language Training: services missing to the benchmark (services)." */
static void append_name(struct sg_text *text, const struct sg_column *column, enum sg_whom whom,
                        enum sg_language language) {
    char *name = sg_map_column_name(column, whom, language);
    const char *unit = sg_map_legend_unit(column, whom, language);
    text->failed = text->failed || name == NULL;
    if (name != NULL)
        sg_text_append_format(text, "%s%s%s%s.", name, unit[0] != '\0' ? " (" : "", unit,
                              unit[0] != '\0' ? ")" : "");
    sg_free(name);
}

static void append_subtitle(struct sg_text *text, const struct sg_findings_source *source,
                            const struct sg_column *column, const char *threshold) {
    enum sg_language language = source->language;
    enum sg_whom whom = sg_whom_of(source->measures);
    const char *living = sg_whom_words(whom, SG_WHOM_LIVING, language);
    const char *way = sg_way_text(source->measures, language);
    if (sg_column_is_of(column, "within_pct"))
        sg_text_append_format(text,
                              sg_pick(language, "Share of %s within %s of a service (%s).",
                                      "Part %s à moins de %s d'un service (%s)."),
                              living, threshold, way);
    else if (sg_column_is_of(column, "within2_pct"))
        sg_text_append_format(text,
                              sg_pick(language, "Share of %s within %s of two services (%s).",
                                      "Part %s à moins de %s de deux services (%s)."),
                              living, threshold, way);
    else if (strncmp(column->measure == NULL ? "" : column->measure, "nearest_", 8) == 0)
        append_nearest_subtitle(text, source);
    else if (sg_column_is_of(column, "gap_stability"))
        sg_text_append(text,
                       sg_pick(language,
                               "Trials with thresholds and type weights moved in which the gap class stays.",
                               "Essais, seuils et poids des types modifiés, où la classe de manque reste."));
    else if (sg_column_is_of(column, "need_index"))
        sg_text_append(text, sg_pick(language, "Several indicators of need in one: higher is more need.",
                                     "Plusieurs indicateurs de besoin en un : plus élevé = plus de besoin."));
    else if (sg_column_is_of(column, "count"))
        sg_text_append(text, sg_pick(language, "Number of services located in each neighbourhood.",
                                     "Nombre de services situés dans chaque quartier."));
    else if (sg_column_is_of(column, "per_10k"))
        sg_text_append_format(text,
                              sg_pick(language, "Services located in each neighbourhood per 10,000 %s.",
                                      "Services situés dans chaque quartier pour 10\xE2\x80\xAF"
                                      "000 %s."),
                              people_counted(whom, language));
    else if (sg_column_is_of(column, "reach"))
        sg_text_append_format(text,
                              whom == SG_WHOM_LAND ? sg_pick(language, "Services within %s (%s), %s.",
                                                             "Services à moins de %s (%s), %s.")
                                                   : sg_pick(language, "Services within %s of home (%s), %s.",
                                                             "Services à moins de %s du domicile (%s), %s."),
                              threshold, way, sg_whom_words(whom, SG_WHOM_MEAN, language));
    else if (sg_column_is_of(column, "access"))
        sg_text_append_format(
            text,
            sg_pick(language, "Services per 10,000 %s, each shared among all who live within %s of it (%s).",
                    "Services pour 10\xE2\x80\xAF"
                    "000 %s, chacun partagé entre tous ceux qui vivent à moins de %s (%s)."),
            people_counted(whom, language), threshold, way);
    else if (sg_column_is_of(column, "unreached_pct"))
        sg_text_append_format(text,
                              sg_pick(language, "Share of %s with no path to any service (%s).",
                                      "Part %s sans aucun chemin vers un service (%s)."),
                              sg_whom_words(whom, SG_WHOM_SHARE, language), way);
    else if (sg_column_is_of(column, "uncovered"))
        sg_text_append_format(text,
                              sg_pick(language,
                                      "Residents who live more than %s from the nearest service (%s).",
                                      "Résidents qui vivent à plus de %s du service le plus proche (%s)."),
                              threshold, way);
    else
        append_name(text, column, whom, language);
}

/* "613,000 of 2,790,000 people live where at least half is missing.": those of the areas that the title
   counts; of no such areas, and of other columns, all. */
static void append_people(struct sg_text *text, const struct sg_findings_source *source,
                          const struct sg_column *column) {
    const struct sg_measures *measures = source->measures;
    enum sg_language language = source->language;
    bool is_class = sg_column_is_of(column, "gap_class"), is_index = sg_column_is_of(column, "gap_index");
    double people = 0;
    for (size_t a = 0; source->judgement != NULL && a < measures->area_count; a++) {
        enum sg_gap_class class = source->judgement->classes[a];
        bool is_counted = is_class ? class == SG_GAP_SEVERE || class == SG_GAP_CRITICAL
                                   : is_index && source->judgement->gap_index[a] >= 50;
        people += is_counted && isfinite(measures->population[a]) ? measures->population[a] : 0;
    }
    struct sg_number_phrase total = sg_people(measures->total_population, language);
    if (people > 0)
        sg_text_append_format(
            text,
            is_class ? sg_pick(language, " %s of %s people live where it is severe or critical.",
                               " %s personnes sur %s vivent là où il est grave ou critique.")
                     : sg_pick(language, " %s of %s people live where at least half is missing.",
                               " %s personnes sur %s vivent là où il en manque au moins la moitié."),
            sg_people(people, language).text, total.text);
    else
        sg_text_append_format(text, sg_pick(language, " Total population: %s.", " Population totale : %s."),
                              total.text);
}

char *sg_map_subtitle(const struct sg_findings_source *source, const struct sg_column *column) {
    enum sg_language language = source->language;
    char threshold[48];
    sg_threshold_text(source->measures, column->threshold, language, threshold);
    struct sg_text text;
    sg_text_init(&text);
    bool is_index = sg_column_is_of(column, "gap_index") || sg_column_is_of(column, "gap_class");
    if (is_index && source->judgement != NULL)
        append_gap_subtitle(&text, source, threshold);
    else
        append_subtitle(&text, source, column, threshold);
    if (source->measures->has_population)
        append_people(&text, source, column);
    return sg_text_take(&text);
}
