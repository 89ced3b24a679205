#include "judge/findings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
#include "judge/fair_findings.h"
#include "judge/phrasing.h"
#include "judge/sentences.h"
#include "judge/whom.h"

static size_t judged_count(const struct sg_judgement *judgement) {
    return judgement->area_count - judgement->class_counts[SG_GAP_UNKNOWN];
}

static void add_gap(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_judgement *judgement = source->judgement;
    bool *flags = sg_alloc(judgement->area_count, sizeof *flags);
    if (flags == NULL) {
        sentences->failed = true;
        return;
    }
    size_t flagged = 0;
    double living = 0;
    size_t known = 0; /* flagged ones whose people are known */
    for (size_t a = 0; a < judgement->area_count; a++) {
        flags[a] = judgement->classes[a] == SG_GAP_SEVERE || judgement->classes[a] == SG_GAP_CRITICAL;
        flagged += flags[a];
        if (flags[a] && isfinite(source->measures->population[a])) {
            living += source->measures->population[a];
            known++;
        }
    }
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text,
                          sg_pick_number(source->language, flagged,
                                         "%zu of %zu neighbourhoods has a severe or critical service gap",
                                         "%zu of %zu neighbourhoods have a severe or critical service gap",
                                         "%zu quartier sur %zu a un manque de services grave ou critique",
                                         "%zu quartiers sur %zu ont un manque de services grave ou critique"),
                          flagged, judged_count(judgement));
    if (known > 0 && known < flagged)
        sg_text_append_format(&text,
                              sg_pick_number(source->language, known,
                                             "; %s people live in the one whose population is known",
                                             "; %s people live in the %zu whose population is known",
                                             "; %s personnes habitent celui dont la population est connue",
                                             "; %s personnes habitent les %zu dont la population est connue"),
                              sg_people(living, source->language).text, known);
    else if (known > 0)
        sg_text_append_format(&text,
                              sg_pick_number(source->language, flagged, "; %s people live in it",
                                             "; %s people live in them", "; %s personnes y habitent",
                                             "; %s personnes y habitent"),
                              sg_people(living, source->language).text);
    if (flagged > 0)
        sg_append_where(&text, source, flags, flagged);
    sg_text_append(&text, ".");
    size_t unknown = judgement->class_counts[SG_GAP_UNKNOWN];
    if (unknown > 0)
        sg_text_append_format(&text,
                              sg_pick(source->language, " Not judged, for want of people or geometry: %zu.",
                                      " Non jugés, faute d'habitants ou de géométrie : %zu."),
                              unknown);
    sg_sentences_add(sentences, sg_text_take(&text));
    sg_free(flags);
}

enum { MOST_WORST = 5 };

/* The areas of a rank, in their order. False when out of memory. */
static bool find_rank(const struct sg_judgement *judgement, size_t rank, size_t **ret_areas,
                      size_t *ret_count) {
    size_t *areas = sg_alloc(judgement->area_count, sizeof *areas), count = 0;
    for (size_t a = 0; areas != NULL && a < judgement->area_count; a++) {
        if (judgement->ranks[a] == rank && judgement->gap_index[a] > 0)
            areas[count++] = a;
    }
    *ret_areas = areas;
    *ret_count = count;
    return areas != NULL;
}

/* More areas share the widest gap than are named: how many. */
static void add_shared_worst(struct sg_sentences *sentences, const size_t *areas, size_t count) {
    const struct sg_findings_source *source = sentences->source;
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text,
                          sg_pick(source->language,
                                  "%zu neighbourhoods share the widest gap (index %.0f, of 0 to 100): ",
                                  "%zu quartiers se partagent le plus grand manque (indice de %.0f, entre 0 "
                                  "et 100) : "),
                          count, source->judgement->gap_index[areas[0]]);
    sg_append_names(&text, source, areas, count, MOST_WORST);
    sg_text_append(&text, ".");
    sg_sentences_add(sentences, sg_text_take(&text));
}

/* The areas of the widest gaps, five at most; of equals all or none. */
static void add_worst(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_judgement *judgement = source->judgement;
    struct sg_text text;
    sg_text_init(&text);
    size_t named = 0;
    for (size_t rank = 1; rank <= MOST_WORST; rank++) {
        size_t *areas, count;
        if (!find_rank(judgement, rank, &areas, &count)) {
            sentences->failed = true;
            break;
        }
        if (rank == 1 && count > MOST_WORST)
            add_shared_worst(sentences, areas, count);
        bool has_room = named + count <= MOST_WORST;
        for (size_t i = 0; has_room && i < count; i++)
            sg_text_append_format(&text, "%s%s (%.0f)", named++ == 0 ? "" : ", ",
                                  source->layer->areas[areas[i]].name, judgement->gap_index[areas[i]]);
        sg_free(areas);
        if (!has_room)
            break;
    }
    if (named > 0)
        sg_sentences_add(
            sentences, sg_format(sg_pick(source->language, "The widest gaps (index from 0 to 100) are in %s.",
                                         "Les manques les plus grands (indice de 0 à 100) sont à %s."),
                                 sg_text_bytes(&text)));
    sentences->failed = sentences->failed || text.failed;
    sg_text_release(&text);
}

static size_t measured_count(const struct sg_findings_source *source) {
    size_t count = 0;
    for (size_t a = 0; a < source->layer->area_count; a++)
        count += source->measures->states[a] == SG_AREA_MEASURED;
    return count;
}

static void add_type(struct sg_sentences *sentences, size_t type) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_city_measures *city = &source->measures->city[type];
    enum sg_language language = source->language;
    const char *label = sg_type_label(&source->taxonomy->types[type], language);
    enum sg_whom whom = sg_whom_of_city(source->measures);
    char threshold[48];
    sg_threshold_text(source->measures, 0, language, threshold);
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text, sg_pick(language, "%s: ", "%s\xC2\xA0: "), label);
    if (isfinite(city->uncovered))
        sg_text_append_format(&text,
                              sg_pick(language, "%s people (%s) live more than %s from the nearest",
                                      "%s personnes (%s) vivent à plus de %s du service le plus proche"),
                              sg_people(city->uncovered, language).text,
                              sg_percent(city->uncovered_pct, language).text, threshold);
    else if (isfinite(city->uncovered_pct))
        sg_text_append_format(&text,
                              whom == SG_WHOM_LAND
                                  ? sg_pick(language, "%s %s lies more than %s from the nearest",
                                            "%s %s est à plus de %s du service le plus proche")
                                  : sg_pick(language, "%s %s live more than %s from the nearest",
                                            "%s %s vivent à plus de %s du service le plus proche"),
                              sg_percent(city->uncovered_pct, language).text,
                              sg_whom_words(whom, SG_WHOM_OF_ALL, language), threshold);
    else
        sg_text_append_format(&text,
                              sg_pick(language, "%s services in the areas", "%s services dans les quartiers"),
                              sg_whole(city->total_count, language).text);
    if (isfinite(city->nearest_median_m))
        sg_text_append_format(
            &text,
            whom == SG_WHOM_LAND
                ? sg_pick(language, "; half of it has one within %s", "; la moitié en a un à moins de %s")
                : sg_pick(language, "; half have one within %s", "; la moitié en a un à moins de %s"),
            sg_cost(source->measures, city->nearest_median_m, language).text);
    if (city->measured_without == 0)
        sg_text_append(&text, sg_pick(language, "; every neighbourhood has one of its own.",
                                      "; chaque quartier a le sien."));
    else
        sg_text_append_format(&text,
                              sg_pick_number(language, city->measured_without,
                                             "; %zu of %zu neighbourhoods has none of its own.",
                                             "; %zu of %zu neighbourhoods have none of their own.",
                                             "; %zu quartier sur %zu n'en a aucun.",
                                             "; %zu quartiers sur %zu n'en ont aucun."),
                              city->measured_without, measured_count(source));
    sg_sentences_add(sentences, sg_text_take(&text));
}

static bool is_mean_for_median(const struct sg_judgement *judgement, size_t type) {
    return judgement->is_mean_for_median[type];
}

static bool is_nobodys(const struct sg_judgement *judgement, size_t type) {
    return judgement->benchmarks[type] <= 0;
}

/* A sentence that names the types of which something holds; none, where it holds of none. */
static void add_types_that(struct sg_sentences *sentences,
                           bool holds(const struct sg_judgement *judgement, size_t type),
                           const char *format) {
    const struct sg_findings_source *source = sentences->source;
    struct sg_text text;
    sg_text_init(&text);
    for (size_t t = 0; t < source->judgement->type_count; t++) {
        if (holds(source->judgement, t))
            sg_text_append_format(&text, "%s%s", text.length == 0 ? "" : ", ",
                                  sg_type_label(&source->taxonomy->types[t], source->language));
    }
    if (text.length > 0)
        sg_sentences_add(sentences, sg_format(format, sg_text_bytes(&text)));
    sentences->failed = sentences->failed || text.failed;
    sg_text_release(&text);
}

static void add_caveats(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_judgement *judgement = source->judgement;
    struct sg_text text;
    sg_text_init(&text);
    enum { MOST_NAMED = 8 };
    for (size_t i = 0; i < judgement->near_cut_count && i < MOST_NAMED; i++)
        sg_text_append_format(&text, "%s%s (%s)", i == 0 ? "" : ", ",
                              source->layer->areas[judgement->near_cut[i]].name,
                              sg_tenths(judgement->gap_index[judgement->near_cut[i]], source->language).text);
    if (judgement->near_cut_count > MOST_NAMED)
        sg_text_append_format(&text, sg_pick(source->language, " and %zu more", " et %zu de plus"),
                              judgement->near_cut_count - MOST_NAMED);
    if (judgement->near_cut_count > 0)
        sg_sentences_add(
            sentences,
            sg_format(sg_pick_number(source->language, judgement->near_cut_count,
                                     "%zu neighbourhood lies within 2 points of a class limit: %s.",
                                     "%zu neighbourhoods lie within 2 points of a class limit: %s.",
                                     "%zu quartier est à moins de 2 points d'une limite de classe : %s.",
                                     "%zu quartiers sont à moins de 2 points d'une limite de classe : %s."),
                      judgement->near_cut_count, sg_text_bytes(&text)));
    sentences->failed = sentences->failed || text.failed;
    sg_text_release(&text);
    bool is_land = sg_whom_of(source->measures) == SG_WHOM_LAND;
    add_types_that(
        sentences, is_mean_for_median,
        is_land ? sg_pick(source->language,
                          "The middle neighbourhood has none of these, so their benchmark is the mean: %s.",
                          "Le quartier médian n'en a aucun; le point de repère est donc la moyenne : %s.")
                : sg_pick(source->language,
                          "The middle resident has none of these, so their benchmark is the mean: %s.",
                          "Le résident médian n'en a aucun; le point de repère est donc la moyenne : %s."));
    add_types_that(
        sentences, is_nobodys,
        sg_pick(source->language, "Nobody has any of these, so they count as enough in every gap index: %s.",
                "Personne n'en a aucun; ils comptent donc comme suffisants dans chaque indice : %s."));
}

/* "3 were" rejected */
struct rejected_phrase {
    char text[64];
};

static struct rejected_phrase say_rejected(double count, enum sg_language language) {
    struct rejected_phrase phrase;
    struct sg_number_phrase number = sg_whole(count, language);
    if (language == SG_ENGLISH)
        snprintf(phrase.text, sizeof phrase.text, "%s %s", number.text, count == 1 ? "was" : "were");
    else if (count == 0)
        snprintf(phrase.text, sizeof phrase.text, "aucune n'a été");
    else
        snprintf(phrase.text, sizeof phrase.text, "%s %s", number.text, count == 1 ? "a été" : "ont été");
    return phrase;
}

static void add_counts(struct sg_sentences *sentences) {
    const struct sg_findings_source *source = sentences->source;
    const struct sg_input_counts *counts = source->counts;
    enum sg_language language = source->language;
    sg_sentences_add(
        sentences,
        sg_format(
            sg_pick_number(language, counts->read,
                           "Of %s service record, %s %s in the areas, %s outside and %s %s.",
                           "Of %s service records, %s %s in the areas, %s outside and %s %s.",
                           "De %s fiche de service, %s %s dans les quartiers, %s à l'extérieur et %s %s.",
                           "Des %s fiches de services, %s %s dans les quartiers, %s à l'extérieur et %s %s."),
            sg_whole((double)counts->read, language).text, sg_whole((double)counts->counted, language).text,
            sg_pick_number(language, counts->counted, "lies", "lie", "est", "sont"),
            sg_whole((double)counts->outside, language).text,
            say_rejected((double)counts->rejected, language).text,
            sg_pick_number(language, counts->rejected, "rejected", "rejected", "rejetée", "rejetées")));
}

enum sg_status sg_findings(struct sg_context *context, const struct sg_findings_source *source,
                           char ***ret_sentences, size_t *ret_count) {
    struct sg_sentences sentences = {.source = source};
    if (source->judgement != NULL) {
        add_gap(&sentences);
        add_worst(&sentences);
    }
    sg_add_fair_findings(&sentences);
    for (size_t t = 0; t < source->measures->type_count; t++)
        add_type(&sentences, t);
    if (source->judgement != NULL)
        add_caveats(&sentences);
    add_counts(&sentences);
    if (sentences.failed) {
        for (size_t i = 0; i < sentences.count; i++)
            sg_free(sentences.items[i]);
        sg_free(sentences.items);
        return sg_fail_memory(context);
    }
    *ret_sentences = sentences.items;
    *ret_count = sentences.count;
    return SG_OK;
}
