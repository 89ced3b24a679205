#include "judge/group_findings.h"

#include <math.h>
#include <stdint.h>

#include "judge/phrasing.h"

/* The type in which the group's share within reach differs most from everyone's, downwards or upwards.
   'Other' is no service to be short of: it is left out where there are types that have a name. */
static size_t widest_type(const struct sg_group_source *groups, size_t group, bool behind,
                          double *ret_difference) {
    const struct sg_taxonomy *taxonomy = groups->taxonomy;
    size_t everyone = groups->coverage->group_count - 1, widest = SIZE_MAX;
    *ret_difference = 0;
    for (size_t t = 0; t < taxonomy->type_count; t++) {
        if (t == taxonomy->other_type && taxonomy->type_count > 1)
            continue;
        double difference = sg_group_city(groups->coverage, group, t)->within_pct
                            - sg_group_city(groups->coverage, everyone, t)->within_pct;
        if (behind ? difference < *ret_difference : difference > *ret_difference) {
            *ret_difference = difference;
            widest = t;
        }
    }
    return widest;
}

static void append_behind(struct sg_sentences *sentences, struct sg_text *text, size_t group, size_t type) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_group_source *groups = source->groups;
    enum sg_language language = source->language;
    size_t everyone = groups->coverage->group_count - 1, areas[3], count;
    char threshold[48];
    sg_threshold_text(source->measures, 0, language, threshold);
    sg_text_append_format(
        text,
        sg_pick(language,
                " They are furthest behind in %s: %s live more than %s away, against %s of "
                "everyone",
                " Plus grand retard : %s (%s à plus de %s, contre %s de l'ensemble)"),
        sg_type_label(&groups->taxonomy->types[type], language),
        sg_percent(100 - sg_group_city(groups->coverage, group, type)->within_pct, language).text, threshold,
        sg_percent(100 - sg_group_city(groups->coverage, everyone, type)->within_pct, language).text);
    if (!sg_group_causes(groups, group, type, 3, areas, &count)) {
        sentences->failed = true;
        return;
    }
    if (count > 0) {
        sg_text_append(text, sg_pick(language, ", most of all because of ", ", surtout à cause de "));
        sg_append_names(text, source, areas, count, 3);
    }
    sg_text_append(text, ".");
}

static void append_ahead(struct sg_text *text, const struct sg_findings_source *source, size_t group,
                         size_t type, bool is_nowhere_behind) {
    const struct sg_group_source *groups = source->groups;
    enum sg_language language = source->language;
    size_t everyone = groups->coverage->group_count - 1;
    char threshold[48];
    sg_threshold_text(source->measures, 0, language, threshold);
    sg_text_append(text, is_nowhere_behind
                             ? sg_pick(language, " They are behind in no type, and furthest ahead in ",
                                       " Aucun retard, pour aucun type. Plus grande avance : ")
                             : sg_pick(language, " They are furthest ahead in ", " Plus grande avance : "));
    sg_text_append_format(
        text,
        sg_pick(language, "%s: %s live within %s, against %s of everyone.",
                "%s (%s à moins de %s, contre %s de l'ensemble)."),
        sg_type_label(&groups->taxonomy->types[type], language),
        sg_percent(sg_group_city(groups->coverage, group, type)->within_pct, language).text, threshold,
        sg_percent(sg_group_city(groups->coverage, everyone, type)->within_pct, language).text);
}

/* The label at the head of a sentence. */
static void append_label(struct sg_text *text, const char *label) {
    bool is_small = label[0] >= 'a' && label[0] <= 'z';
    sg_text_append_char(text, is_small ? (char)(label[0] - 'a' + 'A') : label[0]);
    sg_text_append(text, label + 1);
}

static void add_group(struct sg_sentences *sentences, size_t group) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_group_source *groups = source->groups;
    enum sg_language language = source->language;
    size_t all = groups->taxonomy->type_count, everyone = groups->coverage->group_count - 1;
    const struct sg_group_figures *own = sg_group_city(groups->coverage, group, all);
    double people = sg_group_city(groups->coverage, everyone, all)->people;
    if (!(own->people > 0))
        return;
    struct sg_text text;
    sg_text_init(&text);
    append_label(&text, groups->groups[group].label);
    sg_text_append_format(
        &text, sg_pick(language, " (%s people, %s of all):", " (%s personnes, %s de la population) :"),
        sg_people(own->people, language).text, sg_percent(100 * own->people / people, language).text);
    double index = sg_group_mean_gap_index(groups, group), city = sg_group_mean_gap_index(groups, everyone);
    if (isfinite(index))
        sg_text_append_format(
            &text,
            sg_pick(language, " where they live, the gap index averages %s, against %s for everyone.",
                    " l'indice de manque est de %s en moyenne là où vit ce groupe, contre %s pour "
                    "l'ensemble."),
            sg_tenths(index, language).text, sg_tenths(city, language).text);
    double behind, ahead;
    size_t worst = widest_type(groups, group, true, &behind),
           best = widest_type(groups, group, false, &ahead);
    bool is_behind = behind <= -0.5,
         is_ahead = ahead >= 0.5; /* half a point: less is no difference to speak of */
    if (is_behind)
        append_behind(sentences, &text, group, worst);
    if (is_ahead)
        append_ahead(&text, source, group, best, !is_behind);
    if (!is_behind && !is_ahead)
        sg_text_append(&text, sg_pick(language, " For every type, they are as near as everyone.",
                                      " Aucun écart, pour aucun type."));
    sg_sentences_add(sentences, sg_text_take(&text));
}

void sg_add_group_findings(struct sg_sentences *sentences) {
    const struct sg_group_source *groups = sentences->source->groups;
    for (size_t g = 0; groups != NULL && g + 1 < groups->coverage->group_count; g++)
        add_group(sentences, g);
}
