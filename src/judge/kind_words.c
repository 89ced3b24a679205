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

char *sg_pair_title(enum sg_language language, enum sg_area_noun noun, const char *first, const char *second,
                    size_t both_high, size_t known) {
    char *inner = inside_sentence(second);
    char *title = inner == NULL ? NULL
                                : sg_format(sg_pick(language, "%s and %s are both high in %zu of %zu %s",
                                                    "%s et %s : élevés tous deux dans %zu des %zu %s"),
                                            first, inner, both_high, known, noun_of(language, noun));
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
    return sg_format(
        sg_pick(language, "%zu regions share %zu of %zu %s", "%zu régions se partagent %zu des %zu %s"),
        regions, shared, areas, noun_of(language, noun));
}

char *sg_pair_subtitle(enum sg_language language, const char *first, const char *second) {
    char *one = inside_sentence(first), *other = inside_sentence(second);
    char *subtitle = one == NULL || other == NULL
                         ? NULL
                         : sg_format(sg_pick(language, "A to C: %s, low to high. 1 to 3: %s, low to high.",
                                             "A à C : %s, croissant. 1 à 3 : %s, croissant."),
                                     one, other);
    sg_free(one);
    sg_free(other);
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
