/* What legends call the columns that maps show. */
#include <string.h>

#include "judge/map_words.h"

static const char *const share_of_people[2] = {"% of people", "% des personnes"};

/* A row for each column that a map is likely to show: measure, legend, unit and zero class in English and
   French, whether a low value is the worst. */
static const struct row {
    const char *measure;
    const char *legend[2];
    const char *unit[2];
    const char *zero[2]; /* NULL: no class of its own */
    bool low_is_worst;
} rows[] = {
    {"gap_index",
     {"Service gap index", "Indice de manque de services"},
     {"0 to 100, higher is worse", "0 à 100, plus élevé = pire"},
     {"0 (enough of every type)", "0 (assez de chaque type)"},
     false},
    {"count",
     {"Services in the area", "Services dans le quartier"},
     {"number", "nombre"},
     {"0 (none)", "0 (aucun)"},
     false},
    {"per_10k",
     {"Services per 10,000 in need", "Services pour 10\xE2\x80\xAF"
                                     "000 personnes"},
     {"", ""},
     {"0 (none)", "0 (aucun)"},
     false},
    {"per_km2",
     {"Services per km\xC2\xB2", "Services par km\xC2\xB2"},
     {"", ""},
     {"0 (none)", "0 (aucun)"},
     false},
    {"share",
     {"Share of all services", "Part de tous les services"},
     {"%", "%"},
     {"0 (none)", "0 (aucun)"},
     false},
    {"lq",
     {"Location quotient", "Quotient de localisation"},
     {"1 = as many services as need", "1 = autant de services que de besoin"},
     {"0 (none)", "0 (aucun)"},
     false},
    {"nearest_m",
     {"Mean distance to the nearest service", "Distance moyenne au service le plus proche"},
     {"metres", "mètres"},
     {NULL, NULL},
     false},
    {"nearest_p90_m",
     {"Distance within which 90% have a service", "Distance où 90\xC2\xA0% ont un service"},
     {"metres", "mètres"},
     {NULL, NULL},
     false},
    {"nearest_min",
     {"Mean time to the nearest service", "Temps moyen jusqu'au service le plus proche"},
     {"minutes", "minutes"},
     {NULL, NULL},
     false},
    {"nearest_p90_min",
     {"Time within which 90% have a service", "Temps o\xC3\xB9 90\xC2\xA0% ont un service"},
     {"minutes", "minutes"},
     {NULL, NULL},
     false},
    {"unreached_pct",
     {"Share with no path to a service", "Part sans chemin vers un service"},
     {"% of people", "% des personnes"},
     {"0 (everyone has one)", "0 (tous en ont un)"},
     false},
    {"access",
     {"Access to services", "Acc\xC3\xA8s aux services"},
     {"per 10,000 who share them", "pour 10\xE2\x80\xAF"
                                   "000 personnes"},
     {NULL, NULL},
     true},
    {"within_pct",
     {"Share with a service in reach", "Part ayant un service à portée"},
     {"% of people", "% des personnes"},
     {NULL, NULL},
     true},
    {"within2_pct",
     {"Share with two services in reach", "Part ayant deux services à portée"},
     {"% of people", "% des personnes"},
     {NULL, NULL},
     true},
    {"uncovered",
     {"People without a service in reach", "Personnes sans service à portée"},
     {"people", "personnes"},
     {"0 (everyone has one)", "0 (tous en ont un)"},
     false},
    {"reach",
     {"Services in reach of a resident", "Services à portée d'un résident"},
     {"mean number", "nombre moyen"},
     {NULL, NULL},
     true},
    {"shortfall",
     {"Services missing to the benchmark", "Services manquants au repère"},
     {"services", "services"},
     {"0 (enough)", "0 (assez)"},
     false},
    {"gap",
     {"Gap to the benchmark", "Écart au repère"},
     {"0 = enough, 1 = nothing", "0 = assez, 1 = rien"},
     {"0 (enough)", "0 (assez)"},
     false},
    {"gap_class", {"Gap class", "Classe de manque"}, {"", ""}, {NULL, NULL}, false},
    {"gap_rank",
     {"Gap rank", "Rang du manque"},
     {"1 = widest gap", "1 = plus grand manque"},
     {NULL, NULL},
     true},
    {"priority",
     {"Priority", "Priorité"},
     {"gap and need together", "manque et besoin ensemble"},
     {NULL, NULL},
     false},
    {"gap_stability",
     {"How sure the gap class is", "Certitude de la classe de manque"},
     {"% of trials that keep it", "% des essais qui la gardent"},
     {NULL, NULL},
     true},
    {"gap_worst_pct",
     {"Among the ten widest gaps", "Parmi les dix plus grands manques"},
     {"% of trials", "% des essais"},
     {"0 (never)", "0 (jamais)"},
     false},
    {"need_index",
     {"Need index", "Indice de besoin"},
     {"higher is more need", "plus élevé = plus de besoin"},
     {NULL, NULL},
     false},
    {"population", {"Population", "Population"}, {"people", "personnes"}, {"0", "0"}, false},
    {"need", {"People in need", "Personnes dans le besoin"}, {"people", "personnes"}, {"0", "0"}, false},
};

static const struct row *row_of(const struct sg_column *column) {
    const char *measure = column->measure != NULL ? column->measure : column->name;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].measure, measure) == 0)
            return &rows[i];
    }
    return NULL;
}

const char *sg_map_legend_title(const struct sg_column *column, enum sg_language language) {
    const struct row *row = row_of(column);
    return row == NULL ? column->title : row->legend[language];
}

const char *sg_map_legend_unit(const struct sg_column *column, bool of_need, enum sg_language language) {
    const struct row *row = row_of(column);
    if (row != NULL && of_need && strcmp(row->unit[0], share_of_people[0]) == 0)
        return language == SG_FRENCH ? "% des personnes dans le besoin" : "% of people in need";
    return row == NULL ? column->unit : row->unit[language];
}

const char *sg_map_zero_label(const struct sg_column *column, enum sg_language language) {
    const struct row *row = row_of(column);
    return row == NULL || row->zero[language] == NULL ? "0" : row->zero[language];
}

bool sg_map_low_is_worst(const struct sg_column *column) {
    const struct row *row = row_of(column);
    return row != NULL && row->low_is_worst;
}

bool sg_map_has_zero_class(const struct sg_column *column) {
    const struct row *row = row_of(column);
    return row != NULL && row->zero[0] != NULL;
}

bool sg_map_counts_people(const struct sg_column *column) {
    const struct row *row = row_of(column);
    return row != NULL && strcmp(row->unit[0], "people") == 0;
}
