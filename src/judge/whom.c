#include "judge/whom.h"

#include <math.h>

void sg_whom_see(struct sg_whom_seen *seen, double population, double need) {
    static const double SAME = 1e-9;
    bool has_both = isfinite(population) && isfinite(need);
    seen->has_people = seen->has_people || isfinite(population);
    seen->has_need = seen->has_need || isfinite(need);
    seen->need_is_own =
        seen->need_is_own || (has_both && fabs(need - population) > SAME * fmax(1, population));
}

enum sg_whom sg_whom_from(const struct sg_whom_seen *seen) {
    if (seen->need_is_own || (seen->has_need && !seen->has_people))
        return SG_WHOM_NEED;
    return seen->has_people ? SG_WHOM_PEOPLE : SG_WHOM_LAND;
}

enum sg_whom sg_whom_of(const struct sg_measures *measures) {
    struct sg_whom_seen seen = {0};
    for (size_t a = 0; a < measures->area_count; a++)
        sg_whom_see(&seen, measures->population[a], measures->need[a]);
    return sg_whom_from(&seen);
}

enum sg_whom sg_whom_of_city(const struct sg_measures *measures) {
    enum sg_whom whom = sg_whom_of(measures);
    return whom == SG_WHOM_NEED && measures->has_population ? SG_WHOM_PEOPLE : whom;
}

const char *sg_whom_words(enum sg_whom whom, enum sg_whom_words words, enum sg_language language) {
    static const char *const texts[][3][2] = {
        [SG_WHOM_NOUN] = {{"land", "territoire"},
                          {"people", "gens"},
                          {"people in need", "personnes dans le besoin"}},
        [SG_WHOM_MOST] = {{"most of the land", "la plus grande part du territoire"},
                          {"most people", "la plupart des gens"},
                          {"most people in need", "la plupart des personnes dans le besoin"}},
        [SG_WHOM_LIVING] = {{"the land", "du territoire"},
                            {"residents who live", "des résidents qui vivent"},
                            {"people in need who live", "des personnes dans le besoin qui vivent"}},
        [SG_WHOM_SHARE] = {{"the land", "du territoire"},
                           {"residents", "des résidents"},
                           {"people in need", "des personnes dans le besoin"}},
        [SG_WHOM_HOMES] = {{"every part of the land", "tout point du territoire"},
                           {"the homes of residents", "le domicile des résidents"},
                           {"the homes of people in need", "le domicile des personnes dans le besoin"}},
        [SG_WHOM_MEAN] = {{"mean over the land", "moyenne du territoire"},
                          {"mean over residents", "moyenne des résidents"},
                          {"mean over people in need", "moyenne des personnes dans le besoin"}},
        [SG_WHOM_WEIGHTED] = {{"weighted by land", "pondérées par la superficie"},
                              {"weighted by people", "pondérées par les personnes"},
                              {"weighted by people in need", "pondérées par les personnes dans le besoin"}},
        [SG_WHOM_PERCENT] = {{"% of the land", "% du territoire"},
                             {"% of people", "% des personnes"},
                             {"% of people in need", "% des personnes dans le besoin"}},
        [SG_WHOM_HALF] = {{"Half of the neighbourhoods, those", "La moitié des quartiers, ceux"},
                          {"Half of the people, those", "La moitié des gens, ceux"},
                          {"Half of the people in need, those",
                           "La moitié des personnes dans le besoin, celles"}},
        [SG_WHOM_TENTH] = {{"for a tenth of the land", "pour un dixième du territoire"},
                           {"for one in ten", "pour une personne sur dix"},
                           {"for one in ten in need", "pour une personne dans le besoin sur dix"}},
        [SG_WHOM_OF_ALL] = {{"of the land", "du territoire"},
                            {"of the people", "des gens"},
                            {"of the people in need", "des personnes dans le besoin"}},
    };
    return texts[words][whom][language == SG_FRENCH];
}
