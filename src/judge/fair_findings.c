#include "judge/fair_findings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "judge/group_findings.h"
#include "judge/phrasing.h"
#include "judge/whom.h"

/* "0.59" */
static struct sg_number_phrase hundredths(double value, enum sg_language language) {
    struct sg_number_phrase number;
    snprintf(number.text, sizeof number.text, "%.2f", value);
    char *point = language == SG_FRENCH ? strchr(number.text, '.') : NULL;
    if (point != NULL)
        *point = ',';
    return number;
}

/* ---- who first ---- */

static int compare_ranks(const void *a, const void *b, void *user) {
    const struct sg_judgement *judgement = user;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    if (judgement->ranks[i] != judgement->ranks[j])
        return judgement->ranks[i] < judgement->ranks[j] ? -1 : 1;
    return i < j ? -1 : i > j;
}

static void add_priority(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    struct sg_judgement *judgement = (struct sg_judgement *)source->judgement; /* only read */
    size_t *areas = sg_alloc(judgement->area_count, sizeof *areas), count = 0;
    if (areas == NULL) {
        sentences->failed = true;
        return;
    }
    for (size_t a = 0; a < judgement->area_count; a++) {
        if (judgement->priorities[a] == SG_PRIORITY_HIGH)
            areas[count++] = a;
    }
    qsort_r(areas, count, sizeof *areas, compare_ranks, judgement);
    if (count > 0) {
        struct sg_text text;
        sg_text_init(&text);
        sg_text_append_format(
            &text,
            sg_pick_number(source->language, count,
                           "%zu neighbourhood comes first, its gap and its need both high: ",
                           "%zu neighbourhoods come first, their gap and their need both high: ",
                           "%zu quartier passe en premier, où manque et besoin sont grands : ",
                           "%zu quartiers passent en premier, où manque et besoin sont grands : "),
            count);
        sg_append_names(&text, source, areas, count, 6);
        sg_text_append(&text, ".");
        sg_sentences_add(sentences, sg_text_take(&text));
    }
    sg_free(areas);
}

/* ---- how sure ---- */

struct keeping {
    double pct;
    size_t area;
};

static int compare_keeping(const void *a, const void *b) {
    const struct keeping *one = a, *two = b;
    if (one->pct != two->pct)
        return one->pct < two->pct ? -1 : 1;
    return one->area < two->area ? -1 : one->area > two->area;
}

/* The areas that keep their class in fewer than half of the trials, least first, three at most. */
static void append_least_sure(struct sg_sentences *sentences, struct sg_text *text) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_stability *stability = source->stability;
    struct keeping *least = sg_alloc(stability->area_count, sizeof *least);
    size_t areas[3], count = 0;
    if (least == NULL) {
        sentences->failed = true;
        return;
    }
    for (size_t a = 0; a < stability->area_count; a++) {
        if (stability->keeps_class_pct[a] < 50)
            least[count++] = (struct keeping){stability->keeps_class_pct[a], a};
    }
    qsort(least, count, sizeof *least, compare_keeping);
    for (size_t i = 0; i < count && i < 3; i++)
        areas[i] = least[i].area;
    sg_free(least);
    if (count == 0)
        return;
    sg_text_append(text, sg_pick(source->language, " Least sure, in another class in most trials: ",
                                 " Les moins sûrs, dans une autre classe dans la plupart des essais : "));
    sg_append_names(text, source, areas, count < 3 ? count : 3, 3);
    sg_text_append(text, ".");
}

static void add_stability(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_stability *stability = source->stability;
    enum sg_language language = source->language;
    size_t judged = 0, sure = 0, worst = 0, sure_worst = 0;
    for (size_t a = 0; a < stability->area_count; a++) {
        bool is_worst = source->judgement->ranks[a] > 0 && source->judgement->ranks[a] <= SG_WORST_AREAS;
        judged += !isnan(stability->keeps_class_pct[a]);
        sure += stability->keeps_class_pct[a] >= 90;
        worst += is_worst;
        sure_worst += is_worst && stability->is_worst_pct[a] >= 90;
    }
    if (judged == 0)
        return;
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append(
        &text, stability->supply_count > 1
                   ? sg_pick(language,
                             "How sure is this? With thresholds up to 20% shorter or longer, and types that "
                             "count up to 25% more or less, ",
                             "Est-ce sûr? Avec des seuils jusqu'à 20\xC2\xA0% plus courts ou "
                             "plus longs, et des types qui comptent jusqu'à 25\xC2\xA0% de plus ou de "
                             "moins, ")
                   : sg_pick(language, "How sure is this? With types that count up to 25% more or less, ",
                             "Est-ce sûr? Avec des types qui comptent jusqu'à 25\xC2\xA0% de "
                             "plus ou de moins, "));
    sg_text_append_format(
        &text,
        sg_pick_number(language, sure,
                       "%zu of %zu neighbourhoods keeps its gap class in at least nine of ten trials",
                       "%zu of %zu neighbourhoods keep their gap class in at least nine of ten trials",
                       "%zu quartier sur %zu garde sa classe dans au moins neuf essais sur dix",
                       "%zu quartiers sur %zu gardent leur classe dans au moins neuf essais sur dix"),
        sure, judged);
    bool is_told = worst >= SG_WORST_AREAS && judged > 2 * SG_WORST_AREAS;
    if (is_told && worst > SG_WORST_AREAS)
        sg_text_append_format(
            &text,
            sg_pick_number(
                language, sure_worst,
                "; of the %zu that share the ten widest gaps, %zu stays among them as often",
                "; of the %zu that share the ten widest gaps, %zu stay among them as often",
                "; des %zu qui se partagent les dix plus grands manques, %zu y reste aussi souvent",
                "; des %zu qui se partagent les dix plus grands manques, %zu y restent aussi "
                "souvent"),
            worst, sure_worst);
    else if (is_told)
        sg_text_append_format(
            &text,
            sg_pick_number(language, sure_worst, "; of the ten widest gaps, %zu stays among the ten as often",
                           "; of the ten widest gaps, %zu stay among the ten as often",
                           "; des dix plus grands manques, %zu reste parmi les dix aussi souvent",
                           "; des dix plus grands manques, %zu restent parmi les dix aussi souvent"),
            sure_worst);
    sg_text_append(&text, ".");
    append_least_sure(sentences, &text);
    sg_sentences_add(sentences, sg_text_take(&text));
}

/* ---- where ---- */

/* "10 neighbourhoods (A, B and 8 others), all in the east" */
static void append_cluster(struct sg_sentences *sentences, struct sg_text *text, enum sg_cluster cluster,
                           const char *format) {
    const struct sg_findings_source *source = sentences->source;
    size_t areas_count = source->clusters->area_count, count = 0;
    size_t *areas = sg_alloc(areas_count, sizeof *areas);
    bool *flags = sg_alloc(areas_count, sizeof *flags);
    if (areas == NULL || flags == NULL) {
        sentences->failed = true;
    } else {
        for (size_t a = 0; a < areas_count; a++) {
            flags[a] = source->clusters->clusters[a] == cluster;
            if (flags[a])
                areas[count++] = a;
        }
        sg_text_append_format(text, format, count);
        if (count > 0) {
            sg_text_append(text, " (");
            sg_append_names(text, source, areas, count, 4);
            sg_text_append(text, ")");
            sg_append_where(text, source, flags, count);
        }
        sg_text_append(text, ".");
    }
    sg_free(areas);
    sg_free(flags);
}

/* "chance alone would do that in 2 of 10,000 cities" */
static void append_chance(struct sg_text *text, double p, enum sg_language language) {
    if (p >= 0.05)
        sg_text_append(text, sg_pick(language,
                                     " Over the whole city, gaps are no more like those next to them than by "
                                     "chance.",
                                     " Dans l'ensemble, les manques ne ressemblent pas à ceux d'à"
                                     " côté plus que par hasard."));
    else
        sg_text_append_format(
            text,
            sg_pick(language,
                    " Over the whole city, gaps are like those next to them; chance alone would do "
                    "that in %s of 10,000 cities.",
                    " Dans l'ensemble, les manques ressemblent à ceux d'à"
                    " côté; le hasard seul ferait cela dans %s villes sur 10\xE2\x80\xAF"
                    "000."),
            sg_whole(ceil(p * 1e4 - 1e-9), language).text);
}

/* One sentence about the areas of a cluster; none where there are none. */
static void append_cluster_of(struct sg_sentences *sentences, struct sg_text *text, enum sg_cluster cluster) {
    enum sg_language language = sentences->source->language;
    size_t count = sentences->source->clusters->counts[cluster];
    bool is_wide = cluster == SG_CLUSTER_HIGH_HIGH, is_first = text->length == 0;
    if (count == 0)
        return;
    const char *one =
        is_wide ? sg_pick(language, "Wide gaps lie all around %zu neighbourhood with a wide one",
                          "De grands manques entourent %zu quartier qui en a un")
                : sg_pick(language, "Narrow gaps lie all around %zu neighbourhood with a narrow one",
                          "De petits manques entourent %zu quartier qui en a un");
    const char *more = is_wide ? sg_pick(language, "Wide gaps lie side by side in %zu neighbourhoods",
                                         "De grands manques se touchent dans %zu quartiers")
                               : sg_pick(language,
                                         is_first ? "Narrow gaps lie side by side in %zu neighbourhoods"
                                                  : "Narrow gaps lie side by side in %zu",
                                         is_first ? "De petits manques se touchent dans %zu quartiers"
                                                  : "De petits manques se touchent dans %zu");
    sg_text_append(text, is_first ? "" : " ");
    append_cluster(sentences, text, cluster, count == 1 ? one : more);
}

static void add_clusters(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_local_clusters *clusters = source->clusters;
    enum sg_language language = source->language;
    struct sg_text text;
    sg_text_init(&text);
    if (clusters->refusal == SG_CLUSTERS_TOO_FEW) {
        sg_text_append_format(
            &text,
            sg_pick(language,
                    "Clusters of gaps were not looked for: %zu neighbourhoods can be compared with "
                    "others next to them, and under %d make no pattern.",
                    "Les groupes de manques n'ont pas été cherchés : %zu quartiers se comparent à "
                    "des voisins, et moins de %d ne font pas de motif."),
            clusters->tested_count, SG_LEAST_CLUSTER_AREAS);
    } else if (clusters->refusal == SG_CLUSTERS_ALL_EQUAL) {
        sg_text_append(&text,
                       sg_pick(language, "All neighbourhoods have the same gap: there are no clusters.",
                               "Tous les quartiers ont le même manque : il n'y a pas de groupes."));
    } else {
        append_cluster_of(sentences, &text, SG_CLUSTER_HIGH_HIGH);
        append_cluster_of(sentences, &text, SG_CLUSTER_LOW_LOW);
        if (text.length == 0)
            sg_text_append(&text, sg_pick(language, "No wide or narrow gaps lie side by side beyond chance.",
                                          "Ni grands ni petits manques ne se touchent au-delà du hasard."));
        append_chance(&text, clusters->global_p, language);
    }
    sg_sentences_add(sentences, sg_text_take(&text));
}

/* ---- how even ---- */

static void append_interval(struct sg_text *text, const struct sg_fairness_value *value,
                            enum sg_language language) {
    sg_text_append(text, hundredths(value->value, language).text);
    if (isfinite(value->interval.low))
        sg_text_append_format(text, sg_pick(language, ", likely %s to %s", ", sans doute entre %s et %s"),
                              hundredths(value->interval.low, language).text,
                              hundredths(value->interval.high, language).text);
}

static void append_extremes(struct sg_text *text, const struct sg_findings_source *source) {
    const struct sg_fairness *fairness = source->fairness;
    size_t most = SIZE_MAX, least = SIZE_MAX;
    for (size_t t = 0; t < fairness->type_count; t++) {
        double gini = fairness->rows[t].figures[SG_FAIR_GINI].value;
        if (isnan(gini))
            continue;
        if (most == SIZE_MAX || gini > fairness->rows[most].figures[SG_FAIR_GINI].value)
            most = t;
        if (least == SIZE_MAX || gini < fairness->rows[least].figures[SG_FAIR_GINI].value)
            least = t;
    }
    if (most == least)
        return;
    sg_text_append_format(
        text,
        sg_pick(source->language, " Of the types, %s is the most uneven (%s) and %s the most even (%s).",
                " Parmi les types, le plus inégal est %s (%s) et le plus égal, %s (%s)."),
        sg_type_label(&source->taxonomy->types[most], source->language),
        hundredths(fairness->rows[most].figures[SG_FAIR_GINI].value, source->language).text,
        sg_type_label(&source->taxonomy->types[least], source->language),
        hundredths(fairness->rows[least].figures[SG_FAIR_GINI].value, source->language).text);
}

static void add_evenness(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    enum sg_language language = source->language;
    const struct sg_fairness_row *all = &source->fairness->rows[source->fairness->type_count];
    if (isnan(all->figures[SG_FAIR_GINI].value))
        return;
    bool is_reach = source->judgement != NULL && source->judgement->supply == SG_SUPPLY_REACH;
    const char *with = is_reach ? sg_pick(language, "with the fewest services in reach",
                                          "qui ont le moins de services à portée")
                                : sg_pick(language, "with the least", "qui ont le moins");
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text, sg_pick(language, "How even is it? %s %s, ", "Est-ce bien réparti? %s %s, "),
                          sg_whom_words(sg_whom_of(source->measures), SG_WHOM_HALF, language), with);
    sg_text_append_format(&text,
                          sg_pick(language, "have %s of what all have together (Gini index ",
                                  "ont %s de ce que tous ont ensemble (indice de Gini de "),
                          sg_percent(100 * all->figures[SG_FAIR_POORER_HALF].value, language).text);
    append_interval(&text, &all->figures[SG_FAIR_GINI], language);
    sg_text_append(&text, ").");
    append_extremes(&text, source);
    if (isfinite(all->theil.between) && all->theil.total > 0)
        sg_text_append_format(&text,
                              sg_pick(language,
                                      " %s of the inequality lies between regions, the rest within them.",
                                      " %s de l'inégalité est entre les régions, le reste à l'intérieur."),
                              sg_percent(100 * all->theil.between / all->theil.total, language).text);
    sg_sentences_add(sentences, sg_text_take(&text));
}

static void add_status(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    enum sg_language language = source->language;
    const struct sg_fairness_value *figures = source->fairness->rows[source->fairness->type_count].figures;
    const struct sg_fairness_value *index = &figures[SG_FAIR_CONCENTRATION];
    if (isnan(index->value) || isnan(figures[SG_FAIR_PALMA].value))
        return;
    bool is_land = sg_whom_of(source->measures) == SG_WHOM_LAND;
    bool is_sure = isnan(index->interval.low) || index->interval.low > 0 || index->interval.high < 0;
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(
        &text,
        is_land ? sg_pick(language,
                          "Ranked by '%s': the top tenth of neighbourhoods has %s times what the bottom four "
                          "tenths have. ",
                          "Selon «\xC2\xA0%s\xC2\xA0» : le dixième des quartiers le plus haut a %s fois ce "
                          "qu'ont les quatre dixièmes les plus bas. ")
                : sg_pick(language,
                          "Ranked by '%s': people in the top tenth of neighbourhoods have %s times what "
                          "people in the bottom four tenths have. ",
                          "Selon «\xC2\xA0%s\xC2\xA0» : les gens du dixième des quartiers le plus haut ont "
                          "%s fois ce qu'ont ceux des quatre dixièmes les plus bas. "),
        source->status_name, hundredths(figures[SG_FAIR_PALMA].value, language).text);
    const char *who = !is_sure           ? sg_pick(language,
                                                   "Across all ranks, neither those high up nor those low down clearly "
                                                             "have more",
                                                   "Sur toute l'échelle, ni le haut ni le bas n'en a clairement plus")
                      : index->value > 0 ? sg_pick(language, "Across all ranks, those higher up have more",
                                                   "Sur toute l'échelle, plus on est haut, plus on en a")
                                         : sg_pick(language, "Across all ranks, those lower down have more",
                                                   "Sur toute l'échelle, plus on est bas, plus on en a");
    sg_text_append_format(
        &text, sg_pick(language, "%s (concentration index ", "%s (indice de concentration de "), who);
    append_interval(&text, index, language);
    sg_text_append(&text, ").");
    sg_sentences_add(sentences, sg_text_take(&text));
}

void sg_add_fair_findings(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    if (source->judgement != NULL)
        add_priority(sentences);
    if (source->judgement != NULL && source->stability != NULL)
        add_stability(sentences);
    if (source->clusters != NULL)
        add_clusters(sentences);
    if (source->fairness != NULL) {
        add_evenness(sentences);
        if (source->fairness->has_status && source->status_name != NULL)
            add_status(sentences);
    }
    sg_add_group_findings(sentences);
}
