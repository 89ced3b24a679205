#include "judge/kind_words.h"

#include "core/alloc.h"
#include "core/text.h"
#include "judge/phrasing.h"

static const char *noun_of(enum sg_language language, enum sg_area_noun noun) {
    if (noun == SG_NOUN_NEIGHBOURHOODS)
        return sg_pick(language, "neighbourhoods", "quartiers");
    return sg_pick(language, "areas", "secteurs");
}

/* A title of a legend inside a sentence: "People in need" becomes "people in need", but "LIM" stays. */
static char *inside_sentence(const char *title) {
    char *text = sg_strdup(title);
    bool is_word = text != NULL && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z';
    if (is_word)
        text[0] = (char)(text[0] - 'A' + 'a');
    return text;
}

char *sg_pair_title(enum sg_language language, enum sg_area_noun noun, const struct sg_pair_words *words) {
    bool first_low = words->low_is_worst[0], second_low = words->low_is_worst[1];
    const char *both = second_low ? sg_pick(language, "%s and %s are both low in %zu of %zu %s",
                                            "%s et %s : au plus bas tous deux dans %zu des %zu %s")
                                  : sg_pick(language, "%s and %s are both high in %zu of %zu %s",
                                            "%s et %s : élevés tous deux dans %zu des %zu %s");
    const char *apart = second_low ? sg_pick(language, "%s high, %s low, in %zu of %zu %s",
                                             "%s au plus haut, %s au plus bas, dans %zu des %zu %s")
                                   : sg_pick(language, "%s low, %s high, in %zu of %zu %s",
                                             "%s au plus bas, %s au plus haut, dans %zu des %zu %s");
    char *inner = inside_sentence(words->titles[1]);
    char *title = inner == NULL ? NULL
                                : sg_format(first_low == second_low ? both : apart, words->titles[0], inner,
                                            words->both_worst, words->known, noun_of(language, noun));
    sg_free(inner);
    return title;
}

char *sg_series_title(enum sg_language language, enum sg_area_noun noun, const char *measure,
                      const char *worst, bool low_is_worst, size_t count, size_t known) {
    const char *english = low_is_worst ? "%s: lowest for %s, in the bottom class in %zu of %zu %s"
                                       : "%s: highest for %s, in the top class in %zu of %zu %s";
    const char *french = low_is_worst ? "%s : au plus bas pour %s, dernière classe dans %zu des %zu %s"
                                      : "%s : au plus haut pour %s, première classe dans %zu des %zu %s";
    return sg_format(sg_pick(language, english, french), measure, worst, count, known,
                     noun_of(language, noun));
}

char *sg_change_title(enum sg_language language, enum sg_area_noun noun, const char *measure, size_t gains,
                      size_t losses, size_t known) {
    return sg_format(sg_pick(language, "%s: up in %zu of %zu %s, down in %zu",
                             "%s : en hausse dans %zu des %zu %s, en baisse dans %zu"),
                     measure, gains, known, noun_of(language, noun), losses);
}

char *sg_clusters_title(enum sg_language language, enum sg_area_noun noun, size_t high, size_t low,
                        size_t known) {
    return sg_format(sg_pick(language, "High values cluster in %zu of %zu %s, low values in %zu",
                             "Les valeurs élevées se groupent dans %zu des %zu %s, les faibles dans %zu"),
                     high, known, noun_of(language, noun), low);
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

char *sg_counts_title(enum sg_language language, const char *measure, const char *area, double value) {
    return sg_format(sg_pick(language, "%s: most in %s (%s)", "%s : le plus à %s (%s)"), measure, area,
                     sg_figure(value, language).text);
}

char *sg_regions_title(enum sg_language language, enum sg_area_noun noun, size_t regions, size_t shared,
                       size_t areas) {
    if (shared == 0)
        return sg_format(sg_pick(language, "%zu regions, none of the %zu %s shared",
                                 "%zu régions, aucun des %zu %s n'est partagé"),
                         regions, areas, noun_of(language, noun));
    const char *one = sg_pick(language, "%zu of %zu %s is shared by several of the %zu regions",
                              "%zu des %zu %s relève de plusieurs des %zu régions");
    const char *more = sg_pick(language, "%zu of %zu %s are shared by several of the %zu regions",
                               "%zu des %zu %s relèvent de plusieurs des %zu régions");
    return sg_format(shared == 1 ? one : more, shared, areas, noun_of(language, noun), regions);
}

char *sg_pair_subtitle(enum sg_language language, const struct sg_pair_words *words) {
    char *names[2];
    const char *ways[2];
    for (int i = 0; i < 2; i++) {
        names[i] = inside_sentence(words->titles[i]);
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

char *sg_dots_subtitle(enum sg_language language, const char *before) {
    return sg_format("%s%s%s", before == NULL ? "" : before, before == NULL || before[0] == '\0' ? "" : " ",
                     sg_pick(language, "Within an area dots lie at random.",
                             "Dans un secteur, les points sont placés au hasard."));
}

char *sg_regions_subtitle(enum sg_language language) {
    return sg_strdup(sg_pick(language, "Stripes: an area that several regions share.",
                             "Rayures : un secteur que plusieurs régions se partagent."));
}
