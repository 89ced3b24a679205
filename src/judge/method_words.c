/* How the numbers of a map came about. */
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/map_words.h"
#include "judge/phrasing.h"

/* How the numbers of a measure came about, in a reader's words; the layers carry the full definitions. */
static const struct method_words {
    const char *measures; /* between spaces */
    const char *words[2]; /* %s: straight-line distances, or what else is measured */
    bool of_one;          /* a straight-line distance */
    const char *land[2];  /* the same where no people are known; NULL: as of the people */
    const char *need[2];  /* of the people in need */
} method_words[] = {
    {" nearest_m nearest_p90_m nearest_min nearest_p90_min within_pct within2_pct uncovered unreached_pct ",
     {"%s from where people live, weighted by their number",
      "%s depuis le domicile, pondérées par le nombre de personnes"},
     false,
     {"%s from every part of the land, weighted by its area",
      "%s depuis tout point du territoire, pondérées par la superficie"},
     {"%s from where people live, weighted by those in need",
      "%s depuis le domicile, pondérées par les personnes dans le besoin"}},
    {" reach ",
     {"services within a %s of where people live, mean over the people there",
      "services à une %s du domicile, moyenne des personnes qui y vivent"},
     true,
     {"services within a %s of each place, mean over the land",
      "services à une %s de tout point, moyenne du territoire"},
     {"services within a %s of where people live, mean over the people in need there",
      "services à une %s du domicile, moyenne des personnes dans le besoin qui y vivent"}},
    {" access ",
     {"floating catchments by %s: each service divided among all in reach, mean over the people there",
      "bassins flottants selon %s : chaque service divisé entre tous ceux à portée, moyenne des personnes"},
     false,
     {NULL, NULL},
     {NULL, NULL}},
    {" count ",
     {"services counted where they are, by neighbourhood", "services comptés là où ils sont, par quartier"},
     false,
     {NULL, NULL},
     {NULL, NULL}},
    {" per_10k ",
     {"services located in the neighbourhood for every 10,000 people who live there",
      "services situés dans le quartier pour 10\xE2\x80\xAF"
      "000 personnes qui y vivent"},
     false,
     {NULL, NULL},
     {"services located in the neighbourhood for every 10,000 people in need who live there",
      "services situés dans le quartier pour 10\xE2\x80\xAF"
      "000 personnes dans le besoin qui y vivent"}},
    {" per_km2 ",
     {"services located in the neighbourhood over its area on the ellipsoid",
      "services situés dans le quartier, divisés par sa superficie sur l'ellipsoïde"},
     false,
     {NULL, NULL},
     {NULL, NULL}},
    {" share ",
     {"services located in the neighbourhood as a share of the city's",
      "services situés dans le quartier, en part de ceux de la ville"},
     false,
     {NULL, NULL},
     {NULL, NULL}},
    {" lq ",
     {"the neighbourhood's share of services over its share of the people",
      "part des services du quartier, divisée par sa part des gens"},
     false,
     {NULL, NULL},
     {"the neighbourhood's share of services over its share of people in need",
      "part des services du quartier, divisée par sa part des personnes dans le besoin"}},
    {" gap ",
     {"shortfall of supply from the benchmark: 0 = enough, 1 = nothing",
      "écart de l'offre au repère : 0 = assez, 1 = rien"},
     false,
     {NULL, NULL},
     {NULL, NULL}},
    {" shortfall ",
     {"services of average size that would close the gap",
      "services de taille moyenne qui combleraient l'écart"},
     false,
     {NULL, NULL},
     {NULL, NULL}},
};

static const char *words_of(const struct method_words *words, enum sg_whom whom, enum sg_language language) {
    const char *const *own = whom == SG_WHOM_LAND   ? words->land
                             : whom == SG_WHOM_NEED ? words->need
                                                    : words->words;
    return own[language] != NULL ? own[language] : words->words[language];
}

char *sg_map_method(const struct sg_findings_source *source, const struct sg_column *column) {
    enum sg_language language = source->language;
    const char *measure = column->measure != NULL ? column->measure : column->name;
    bool counts_people = strcmp(measure, "uncovered") == 0; /* all of them, whatever the need */
    enum sg_whom whom = counts_people ? sg_whom_of_city(source->measures) : sg_whom_of(source->measures);
    if (strcmp(measure, "gap_index") == 0 && source->judgement != NULL) {
        char start[160] = "";
        if (source->judgement->supply != SG_SUPPLY_COUNT)
            snprintf(start, sizeof start, "%s, %s; ", sg_way_noun(source->measures, language, true),
                     sg_whom_words(whom, SG_WHOM_WEIGHTED, language));
        return sg_format(sg_pick_number(language, source->measures->type_count,
                                        "%sgap = shortfall of supply from the benchmark, of %zu type",
                                        "%sgap = shortfall of supply from the benchmark, mean of %zu types",
                                        "%smanque = écart de l'offre au repère, de %zu type",
                                        "%smanque = écart de l'offre au repère, moyenne de %zu types"),
                         start, source->measures->type_count);
    }
    for (size_t i = 0; i < sizeof method_words / sizeof *method_words; i++) {
        const char *at = strstr(method_words[i].measures, measure);
        if (at != NULL && at[-1] == ' ' && at[strlen(measure)] == ' ')
            return sg_format(words_of(&method_words[i], whom, language),
                             sg_way_noun(source->measures, language, !method_words[i].of_one));
    }
    return sg_strdup(language == SG_FRENCH ? "" : column->definition);
}
