/* How the numbers of a map came about. */
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/map_words.h"
#include "judge/phrasing.h"

/* How the numbers of a measure came about, in a reader's words; the layers carry the full definitions. */
static const struct method_words {
    const char *measures; /* between spaces */
    const char *words[2];
} method_words[] = {
    {" nearest_m nearest_p90_m within_pct within2_pct uncovered ",
     {"straight-line distances from where people live, weighted by their number",
      "distances en ligne droite depuis le domicile, pondérées par le nombre de personnes"}},
    {" reach ",
     {"services within a straight-line distance of where people live, mean over the people there",
      "services à une distance en ligne droite du domicile, moyenne des personnes qui y vivent"}},
    {" count ",
     {"services counted where they are, by neighbourhood", "services comptés là où ils sont, par quartier"}},
    {" per_10k ",
     {"services located in the neighbourhood for every 10,000 people in need who live there",
      "services situés dans le quartier pour 10\xE2\x80\xAF"
      "000 personnes dans le besoin qui y vivent"}},
    {" per_km2 ",
     {"services located in the neighbourhood over its area on the ellipsoid",
      "services situés dans le quartier, divisés par sa superficie sur l'ellipsoïde"}},
    {" share ",
     {"services located in the neighbourhood as a share of the city's",
      "services situés dans le quartier, en part de ceux de la ville"}},
    {" lq ",
     {"the neighbourhood's share of services over its share of people in need",
      "part des services du quartier, divisée par sa part des personnes dans le besoin"}},
    {" gap ",
     {"shortfall of supply from the benchmark: 0 = enough, 1 = nothing",
      "écart de l'offre au repère : 0 = assez, 1 = rien"}},
    {" shortfall ",
     {"services of average size that would close the gap",
      "services de taille moyenne qui combleraient l'écart"}},
};

char *sg_map_method(const struct sg_findings_source *source, const struct sg_column *column) {
    enum sg_language language = source->language;
    const char *measure = column->measure != NULL ? column->measure : column->name;
    if (strcmp(measure, "gap_index") == 0 && source->judgement != NULL) {
        const char *start = source->judgement->supply == SG_SUPPLY_REACH
                                ? sg_pick(language, "straight-line distances, weighted by people; ",
                                          "distances en ligne droite, pondérées par les personnes; ")
                                : "";
        return sg_format(sg_pick(language,
                                 "%sgap = shortfall of supply from the benchmark, mean of %zu types",
                                 "%smanque = écart de l'offre au repère, moyenne de %zu types"),
                         start, source->measures->type_count);
    }
    for (size_t i = 0; i < sizeof method_words / sizeof *method_words; i++) {
        const char *at = strstr(method_words[i].measures, measure);
        if (at != NULL && at[-1] == ' ' && at[strlen(measure)] == ' ')
            return sg_strdup(method_words[i].words[language]);
    }
    return sg_strdup(language == SG_FRENCH ? "" : column->definition);
}
