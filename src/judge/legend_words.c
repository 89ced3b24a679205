/* What pages call the columns that they show. */
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/map_words.h"
#include "judge/phrasing.h"

/* A row for each column that a map is likely to show: measure (or, from '_' on, the end of a column's name),
   legend, unit and zero class in English and French, whether a low value is the worst. Those of people. */
struct row {
    const char *measure;
    const char *legend[2];
    const char *unit[2];
    const char *zero[2]; /* NULL: no class of its own */
    bool low_is_worst;
};

static const struct row rows[] = {
    {"gap_index",
     {"Service gap index", "Indice de manque de services"},
     {"0 to 100, higher is worse", "0 à 100, plus élevé = pire"},
     {"0 (enough of every type)", "0 (assez de chaque type)"},
     false},
    {"count",
     {"Services in the area", "Services sur place"},
     {"number", "nombre"},
     {"0 (none)", "0 (aucun)"},
     false},
    {"per_10k",
     {"Services per 10,000 people", "Services pour 10\xE2\x80\xAF"
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
     {"1 = as many services as people", "1 = autant de services que d'habitants"},
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
     {"Time within which 90% have a service", "Temps où 90\xC2\xA0% ont un service"},
     {"minutes", "minutes"},
     {NULL, NULL},
     false},
    {"unreached_pct",
     {"Share with no path to a service", "Part sans chemin vers un service"},
     {"% of people", "% des personnes"},
     {"0 (everyone has one)", "0 (tous en ont un)"},
     false},
    {"access",
     {"Access to services", "Accès aux services"},
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
    {"need", {"Population", "Population"}, {"people", "personnes"}, {"0", "0"}, false},
    {"area_km2", {"Land area", "Superficie"}, {"km\xC2\xB2", "km\xC2\xB2"}, {NULL, NULL}, false},
    {"state", {"State", "État"}, {"", ""}, {NULL, NULL}, false},
    {"types_present",
     {"Types of service present", "Types de services présents"},
     {"types", "types"},
     {NULL, NULL},
     false},
    {"gap_local_i", {"Local Moran of the gap", "I de Moran local du manque"}, {"", ""}, {NULL, NULL}, false},
    {"gap_gi_star",
     {"Getis-Ord Gi* of the gap", "Gi* de Getis-Ord du manque"},
     {"", ""},
     {NULL, NULL},
     false},
    {"gap_cluster_p", {"Probability of the cluster", "Probabilité du groupe"}, {"", ""}, {NULL, NULL}, false},
    {"_people", {"People", "Personnes"}, {"people", "personnes"}, {"0", "0"}, false},
    {"_share_pct", {"Share of the people", "Part des gens"}, {"%", "%"}, {NULL, NULL}, false},
    {"_gap_index",
     {"Service gap index", "Indice de manque de services"},
     {"0 to 100, higher is worse", "0 à 100, plus élevé = pire"},
     {NULL, NULL},
     false},
};

/* Rows that differ where they are not of the people. */
static const struct {
    enum sg_whom whom;
    struct row row;
} others[] = {
    {SG_WHOM_NEED,
     {"need", {"People in need", "Personnes dans le besoin"}, {"people", "personnes"}, {"0", "0"}, false}},
    {SG_WHOM_NEED,
     {"per_10k",
      {"Services per 10,000 in need", "Services pour 10\xE2\x80\xAF"
                                      "000 personnes dans le besoin"},
      {"", ""},
      {"0 (none)", "0 (aucun)"},
      false}},
    {SG_WHOM_NEED,
     {"lq",
      {"Location quotient", "Quotient de localisation"},
      {"1 = as many services as need", "1 = autant de services que de besoin"},
      {"0 (none)", "0 (aucun)"},
      false}},
    {SG_WHOM_NEED,
     {"reach",
      {"Services in reach", "Services à portée"},
      {"mean over people in need", "moyenne des personnes dans le besoin"},
      {NULL, NULL},
      true}},
    {SG_WHOM_LAND,
     {"reach",
      {"Services in reach", "Services à portée"},
      {"mean over the land", "moyenne du territoire"},
      {NULL, NULL},
      true}},
    {SG_WHOM_LAND,
     {"unreached_pct",
      {"Share with no path to a service", "Part sans chemin vers un service"},
      {"% of the land", "% du territoire"},
      {"0 (no part of it)", "0 (aucune partie)"},
      false}},
    {SG_WHOM_LAND,
     {"nearest_p90_m",
      {"Distance to a service for 90% of the land", "Distance d'un service, 90\xC2\xA0% du territoire"},
      {"metres", "mètres"},
      {NULL, NULL},
      false}},
    {SG_WHOM_LAND,
     {"nearest_p90_min",
      {"Time to a service for 90% of the land", "Temps vers un service, 90\xC2\xA0% du territoire"},
      {"minutes", "minutes"},
      {NULL, NULL},
      false}},
};

static bool is_row_of(const struct row *row, const char *measure) {
    size_t length = strlen(measure), end = strlen(row->measure);
    if (row->measure[0] == '_')
        return length > end && strcmp(measure + length - end, row->measure) == 0;
    return strcmp(row->measure, measure) == 0;
}

static const struct row *row_of(const struct sg_column *column) {
    const char *measure = column->measure != NULL ? column->measure : column->name;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (is_row_of(&rows[i], measure))
            return &rows[i];
    }
    return NULL;
}

static const struct row *row_of_whom(const struct sg_column *column, enum sg_whom whom) {
    const char *measure = column->measure != NULL ? column->measure : column->name;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i].whom == whom && is_row_of(&others[i].row, measure))
            return &others[i].row;
    }
    return row_of(column);
}

const char *sg_map_legend_title(const struct sg_column *column, enum sg_whom whom,
                                enum sg_language language) {
    const struct row *row = row_of_whom(column, whom);
    return row == NULL ? column->title : row->legend[language];
}

const char *sg_map_legend_unit(const struct sg_column *column, enum sg_whom whom, enum sg_language language) {
    const struct row *row = row_of_whom(column, whom);
    if (row == NULL)
        return column->unit;
    bool is_share = strcmp(row->unit[0], sg_whom_words(SG_WHOM_PEOPLE, SG_WHOM_PERCENT, SG_ENGLISH)) == 0;
    return is_share ? sg_whom_words(whom, SG_WHOM_PERCENT, language) : row->unit[language];
}

const char *sg_map_zero_label(const struct sg_column *column, enum sg_whom whom, enum sg_language language) {
    const struct row *row = row_of_whom(column, whom);
    return row == NULL || row->zero[language] == NULL ? "0" : row->zero[language];
}

char *sg_map_column_name(const struct sg_column *column, enum sg_whom whom, enum sg_language language) {
    const struct row *row = row_of_whom(column, whom);
    if (row == NULL)
        return sg_strdup(column->title);
    const char *colon = strrchr(column->title, ':');
    if (colon == NULL)
        return sg_strdup(row->legend[language]);
    char *inner = sg_inside_sentence(row->legend[language]);
    char *name = inner == NULL ? NULL
                               : sg_format("%.*s%s%s", (int)(colon - column->title), column->title,
                                           sg_pick(language, ": ", "\xC2\xA0: "), inner);
    sg_free(inner);
    return name;
}

const char *sg_map_word(const char *text, enum sg_language language) {
    static const char *const words[][2] = {
        {"critical", "critique"},      {"severe", "grave"},
        {"moderate", "modéré"},        {"slight", "léger"},
        {"served", "servi"},           {"high", "élevée"},
        {"medium", "moyenne"},         {"low", "faible"},
        {"measured", "mesuré"},        {"no_population", "sans population"},
        {"no_demand", "sans demande"}, {"no_geometry", "sans géométrie"},
        {"suppressed", "masqué"},
    };
    for (size_t i = 0; language == SG_FRENCH && text != NULL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], text) == 0)
            return words[i][1];
    }
    return text;
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
