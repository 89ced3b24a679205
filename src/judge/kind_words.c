#include "judge/kind_words.h"

#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/phrasing.h"

const char *sg_area_noun_text(enum sg_language language, enum sg_area_noun noun) {
    if (noun == SG_NOUN_NEIGHBOURHOODS)
        return sg_pick(language, "neighbourhoods", "quartiers");
    return sg_pick(language, "areas", "secteurs");
}

static const char *singular_of(enum sg_language language, enum sg_area_noun noun) {
    if (noun == SG_NOUN_NEIGHBOURHOODS)
        return sg_pick(language, "neighbourhood", "quartier");
    return sg_pick(language, "area", "secteur");
}

/* "a neighbourhood", "an area" */
static const char *one_of(enum sg_language language, enum sg_area_noun noun) {
    if (noun == SG_NOUN_NEIGHBOURHOODS)
        return sg_pick(language, "a neighbourhood", "un quartier");
    return sg_pick(language, "an area", "un secteur");
}

char *sg_priority_title(enum sg_language language, enum sg_area_noun noun, size_t high, size_t known) {
    if (high == 0)
        return sg_format(sg_pick(language, "In none of %zu %s are gap and need both high",
                                 "Manque et besoin ne sont tous deux grands dans aucun des %zu %s"),
                         known, sg_area_noun_text(language, noun));
    return sg_format(sg_pick_number(language, high,
                                    "%zu of %zu %s comes first: its gap and need are both high",
                                    "%zu of %zu %s come first: their gap and need are both high",
                                    "%zu des %zu %s passe en premier : manque et besoin y sont grands",
                                    "%zu des %zu %s passent en premier : manque et besoin y sont grands"),
                     high, known, sg_area_noun_text(language, noun));
}

/* "in 9 of 54 areas", "in none of 54 areas" */
struct place {
    char text[96];
};

static struct place in_areas(enum sg_language language, enum sg_area_noun noun, size_t count, size_t known) {
    struct place place;
    const char *areas = sg_area_noun_text(language, noun);
    if (known == 1 && count == 1)
        snprintf(place.text, sizeof place.text, sg_pick(language, "in the one %s", "dans le seul %s"),
                 singular_of(language, noun));
    else if (known <= 1)
        snprintf(place.text, sizeof place.text, "%s", sg_pick(language, "nowhere", "nulle part"));
    else if (count == 0)
        snprintf(place.text, sizeof place.text,
                 sg_pick(language, "in none of %zu %s", "dans aucun des %zu %s"), known, areas);
    else
        snprintf(place.text, sizeof place.text, sg_pick(language, "in %zu of %zu %s", "dans %zu des %zu %s"),
                 count, known, areas);
    return place;
}

char *sg_pair_title(enum sg_language language, enum sg_area_noun noun, const struct sg_pair_words *words) {
    bool first_low = words->low_is_worst[0], second_low = words->low_is_worst[1];
    const char *both =
        second_low ? sg_pick(language, "%s and %s are both low %s", "%s et %s : au plus bas tous deux %s")
                   : sg_pick(language, "%s and %s are both high %s", "%s et %s : au plus haut tous deux %s");
    const char *apart = second_low
                            ? sg_pick(language, "%s high, %s low, %s", "%s au plus haut, %s au plus bas, %s")
                            : sg_pick(language, "%s low, %s high, %s", "%s au plus bas, %s au plus haut, %s");
    char *inner = sg_inside_sentence(words->titles[1]);
    char *title = inner == NULL ? NULL
                                : sg_format(first_low == second_low ? both : apart, words->titles[0], inner,
                                            in_areas(language, noun, words->both_worst, words->known).text);
    sg_free(inner);
    return title;
}

char *sg_ties_title(enum sg_language language, enum sg_area_noun noun, const char *measure, bool is_low,
                    size_t ties, size_t known) {
    return sg_format(is_low ? sg_pick(language, "%s is lowest %s", "%s : au plus bas %s")
                            : sg_pick(language, "%s is highest %s", "%s : au plus haut %s"),
                     measure, in_areas(language, noun, ties, known).text);
}

/* "Housing", "Housing and Health", "Housing and 3 others" */
static char *worst_types(enum sg_language language, const struct sg_series_words *words) {
    if (words->worst_count == 1)
        return sg_strdup(words->worst[0]);
    const char *and = sg_pick(language, "and", "et");
    if (words->worst_count == 2)
        return sg_format("%s %s %s", words->worst[0], and, words->worst[1]);
    return sg_format(sg_pick(language, "%s %s %zu others", "%s %s %zu autres"), words->worst[0], and,
                     words->worst_count - 1);
}

char *sg_series_title(enum sg_language language, enum sg_area_noun noun,
                      const struct sg_series_words *words) {
    bool is_low = words->low_is_worst, is_shared = words->worst_count > 1;
    struct place place = in_areas(language, noun, words->count, words->known);
    if (words->count == 0)
        return sg_format(is_low ? sg_pick(language, "%s: nowhere in the bottom class",
                                          "%s : nulle part dans la classe la plus basse")
                                : sg_pick(language, "%s: nowhere in the top class",
                                          "%s : nulle part dans la classe la plus haute"),
                         words->measure);
    char *types = worst_types(language, words);
    const char *format = is_low ? sg_pick(language, "%s: lowest for %s, %sin the bottom class %s",
                                          "%s : au plus bas pour %s, %sdans la classe la plus basse %s")
                                : sg_pick(language, "%s: highest for %s, %sin the top class %s",
                                          "%s : au plus haut pour %s, %sdans la classe la plus haute %s");
    char *title = types == NULL
                      ? NULL
                      : sg_format(format, words->measure, types,
                                  !is_shared ? "" : sg_pick(language, "each ", "chacun "), place.text);
    sg_free(types);
    return title;
}

char *sg_change_title(enum sg_language language, enum sg_area_noun noun, const char *measure, size_t gains,
                      size_t losses, size_t known) {
    return sg_format(sg_pick(language, "%s: up in %zu of %zu %s, down in %zu",
                             "%s : en hausse dans %zu des %zu %s, en baisse dans %zu"),
                     measure, gains, known, sg_area_noun_text(language, noun), losses);
}

char *sg_clusters_title(enum sg_language language, enum sg_area_noun noun, size_t high, size_t low,
                        size_t known) {
    return sg_format(sg_pick(language, "High values cluster in %zu of %zu %s, low values in %zu",
                             "Les valeurs élevées se groupent dans %zu des %zu %s, les faibles dans %zu"),
                     high, known, sg_area_noun_text(language, noun), low);
}

char *sg_gap_clusters_title(enum sg_language language, size_t wide, size_t narrow, size_t known) {
    if (wide == 0 && narrow == 0)
        return sg_strdup(sg_pick(language, "Service gaps cluster nowhere beyond chance",
                                 "Nulle part les manques de services ne se groupent au-delà du hasard"));
    if (wide == 0)
        return sg_format(
            sg_pick(language, "Narrow service gaps cluster in %zu of %zu neighbourhoods, wide ones in none",
                    "Les petits manques de services se groupent dans %zu des %zu quartiers, les "
                    "grands nulle part"),
            narrow, known);
    if (narrow == 0)
        return sg_format(
            sg_pick(language, "Wide service gaps cluster in %zu of %zu neighbourhoods, narrow ones in none",
                    "Les grands manques de services se groupent dans %zu des %zu quartiers, les "
                    "petits nulle part"),
            wide, known);
    return sg_format(
        sg_pick(language, "Wide service gaps cluster in %zu of %zu neighbourhoods, narrow ones in %zu",
                "Les grands manques de services se groupent dans %zu des %zu quartiers, les petits dans %zu"),
        wide, known, narrow);
}

char *sg_gap_clusters_subtitle(enum sg_language language) {
    return sg_strdup(
        sg_pick(language,
                "Neighbourhoods whose service gap index, and that of the neighbourhoods around, is high "
                "or low beyond chance.",
                "Quartiers dont l'indice de manque de services, et celui des quartiers voisins, est "
                "élevé ou faible au-delà du hasard."));
}

/* "Any service: services" and "most" make "Any service: most services". */
static char *most_of(enum sg_language language, const char *measure) {
    const char *colon = strrchr(measure, ':');
    if (colon == NULL || language == SG_FRENCH)
        return sg_format(sg_pick(language, "%s: most", "%s : le plus"), measure);
    return sg_format("%.*s: most%s", (int)(colon - measure), measure, colon + 1);
}

char *sg_counts_title(enum sg_language language, enum sg_area_noun noun, const struct sg_most_words *words) {
    char *most = most_of(language, words->measure), *title = NULL;
    struct sg_number_phrase value = sg_figure(words->value, language);
    if (most != NULL && words->ties > 1)
        title = sg_format(sg_pick(language, "%s %s (%s each)", "%s %s (%s chacun)"), most,
                          in_areas(language, noun, words->ties, words->known).text, value.text);
    else if (most != NULL)
        title = sg_format(sg_pick(language, "%s in %s (%s)", "%s à %s (%s)"), most, words->area, value.text);
    sg_free(most);
    return title;
}

char *sg_regions_title(enum sg_language language, enum sg_area_noun noun, size_t regions, size_t shared,
                       size_t areas) {
    if (shared == 0)
        return sg_format(sg_pick(language, "%zu regions, none of the %zu %s shared",
                                 "%zu régions, aucun des %zu %s n'est partagé"),
                         regions, areas, sg_area_noun_text(language, noun));
    const char *one = sg_pick(language, "%zu of %zu %s is shared by several of the %zu regions",
                              "%zu des %zu %s relève de plusieurs des %zu régions");
    const char *more = sg_pick(language, "%zu of %zu %s are shared by several of the %zu regions",
                               "%zu des %zu %s relèvent de plusieurs des %zu régions");
    return sg_format(shared == 1 ? one : more, shared, areas, sg_area_noun_text(language, noun), regions);
}

char *sg_pair_subtitle(enum sg_language language, const struct sg_pair_words *words) {
    char *names[2];
    const char *ways[2];
    for (int i = 0; i < 2; i++) {
        names[i] = sg_inside_sentence(words->titles[i]);
        ways[i] = words->low_is_worst[i] ? sg_pick(language, "high to low", "décroissant")
                                         : sg_pick(language, "low to high", "croissant");
    }
    char *subtitle = names[0] == NULL || names[1] == NULL
                         ? NULL
                         : sg_format(sg_pick(language, "A to C: %s, %s. 1 to 3: %s, %s.",
                                             "A à C : %s, %s. 1 à 3 : %s, %s."),
                                     names[0], ways[0], names[1], ways[1]);
    sg_free(names[0]);
    sg_free(names[1]);
    return subtitle;
}

char *sg_series_subtitle(enum sg_language language, size_t maps, size_t page, size_t pages) {
    if (pages > 1)
        return sg_format(sg_pick(language, "%zu maps with the same classes, page %zu of %zu.",
                                 "%zu cartes aux mêmes classes, page %zu sur %zu."),
                         maps, page, pages);
    return sg_format(sg_pick(language, "%zu maps with the same classes.", "%zu cartes aux mêmes classes."),
                     maps);
}

char *sg_dots_subtitle(enum sg_language language, enum sg_area_noun noun, const char *before) {
    bool is_first = before == NULL || before[0] == '\0';
    char *inside = sg_format(
        sg_pick(language, "Within %s dots lie at random.", "Dans %s, les points sont placés au hasard."),
        one_of(language, noun));
    char *subtitle =
        inside == NULL ? NULL : sg_format("%s%s%s", is_first ? "" : before, is_first ? "" : " ", inside);
    sg_free(inside);
    return subtitle;
}

char *sg_regions_subtitle(enum sg_language language, enum sg_area_noun noun) {
    return sg_format(sg_pick(language, "Stripes: %s that several regions share.",
                             "Rayures : %s que plusieurs régions se partagent."),
                     one_of(language, noun));
}
