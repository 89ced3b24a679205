#include "job/layer_words.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/layer_variables.h"
#include "judge/column_measure.h"
#include "judge/kind_words.h"
#include "judge/map_words.h"
#include "judge/phrasing.h"

enum sg_whom sg_layer_whom(const struct sg_area_layer *layer) {
    struct sg_whom_seen seen = {0};
    bool is_known = layer->is_coverage && layer->population_field != NULL && layer->need_field != NULL;
    for (size_t i = 0; is_known && i < layer->area_count; i++)
        sg_whom_see(&seen, layer->areas[i].population, layer->areas[i].need);
    return is_known ? sg_whom_from(&seen) : SG_WHOM_PEOPLE;
}

bool sg_layer_has_names(const struct sg_area_layer *layer) {
    return layer->name_field != NULL || layer->id_field != NULL;
}

/* "Formation linguistique, part ayant un service à portée": titles in files are in English but for the type's
   label, which ends at the last colon. */
static char *french_name(const char *title, const char *words) {
    const char *colon = strrchr(title, ':');
    int length = colon == NULL ? (int)strlen(title) : (int)(colon - title);
    char *name = sg_format("%.*s, %s", length, title, words);
    if (name != NULL && name[length + 2] >= 'A' && name[length + 2] <= 'Z')
        name[length + 2] = (char)(name[length + 2] - 'A' + 'a');
    return name;
}

/* "Language Training: share within reach of a service": the file's own title where it has one. */
static char *name_of(const struct sg_area_layer *layer, const struct sg_taxonomy *taxonomy,
                     const struct sg_column *column, size_t prefix, enum sg_language language) {
    const char *field = layer->value_field,
               *words = sg_map_legend_title(column, sg_layer_whom(layer), language);
    if (column->measure != NULL && prefix == 0)
        return sg_strdup(words);
    bool has_title = strcmp(layer->value_title, field) != 0;
    if (column->measure != NULL && has_title && language == SG_FRENCH)
        return french_name(layer->value_title, words);
    if (column->measure == NULL || has_title)
        return sg_strdup(layer->value_title);
    const char *label = sg_layer_type_label(taxonomy, field, language);
    if (label == NULL && prefix == 3 && strncmp(field, "all", 3) == 0)
        label = sg_pick(language, "Any service", "Tous les services");
    bool is_count = strcmp(column->measure, "count") == 0 && language == SG_ENGLISH;
    char *inner = sg_inside_sentence(is_count ? "services" : words), *name = NULL;
    const char *between = sg_pick(language, ": ", ", ");
    if (inner != NULL && label != NULL)
        name = sg_format("%s%s%s", label, between, inner);
    else if (inner != NULL)
        name = sg_format("%.*s%s%s", (int)prefix, field, between, inner);
    sg_free(inner);
    return name;
}

/* "13 of 54 areas have a severe or critical service gap" */
static char *class_title(const struct sg_area_layer *layer, enum sg_language language) {
    size_t wide = 0, known = 0;
    for (size_t i = 0; i < layer->area_count; i++) {
        const char *text = layer->areas[i].text;
        known += text != NULL;
        wide += text != NULL && (strcmp(text, "severe") == 0 || strcmp(text, "critical") == 0);
    }
    return sg_format(sg_pick_number(language, wide, "%zu of %zu areas has a severe or critical service gap",
                                    "%zu of %zu areas have a severe or critical service gap",
                                    "%zu secteur sur %zu a un manque de services grave ou critique",
                                    "%zu secteurs sur %zu ont un manque de services grave ou critique"),
                     wide, known);
}

static char *priority_title(const struct sg_area_layer *layer, enum sg_language language) {
    size_t high = 0, known = 0;
    for (size_t i = 0; i < layer->area_count; i++) {
        known += layer->areas[i].text != NULL;
        high += layer->areas[i].text != NULL && strcmp(layer->areas[i].text, "high") == 0;
    }
    return sg_priority_title(language, SG_NOUN_AREAS, high, known);
}

static bool is_of(const struct sg_layer_words *words, const char *measure) {
    return words->column.measure != NULL && strcmp(words->column.measure, measure) == 0;
}

static size_t count_ties(const struct sg_area_layer *layer, double value, size_t *ret_known) {
    size_t ties = 0;
    *ret_known = 0;
    for (size_t i = 0; i < layer->area_count; i++) {
        *ret_known += !isnan(layer->areas[i].value);
        ties += layer->areas[i].value == value;
    }
    return ties;
}

/* What is highest (or lowest) where: several equals are counted, and what is counted is said. */
static char *worst_title(const struct sg_area_layer *layer, const struct sg_layer_words *words,
                         const struct sg_area *worst, bool is_low, enum sg_language language) {
    size_t known, ties = count_ties(layer, worst->value, &known);
    struct sg_most_words most = {words->name, worst->name, ties, known, worst->value};
    if (sg_map_counts_people(&words->column) || is_of(words, "count") || is_of(words, "shortfall"))
        return sg_counts_title(language, SG_NOUN_AREAS, &most);
    if (ties > 1)
        return sg_ties_title(language, SG_NOUN_AREAS, words->name, is_low, ties, known);
    return sg_format(is_low ? sg_pick(language, "%s is lowest in %s", "%s : au plus bas à %s")
                            : sg_pick(language, "%s is highest in %s", "%s : au plus haut à %s"),
                     words->name, worst->name);
}

/* "Population is highest in West Humber"; the other end where a low value is the worst. */
static char *title_of(const struct sg_area_layer *layer, const struct sg_layer_words *words,
                      enum sg_language language) {
    bool is_low = sg_map_low_is_worst(&words->column);
    const struct sg_area *worst = NULL, *best = NULL;
    for (size_t i = 0; i < layer->area_count; i++) {
        const struct sg_area *area = &layer->areas[i];
        if (isnan(area->value))
            continue;
        double height = is_low ? -area->value : area->value;
        if (worst == NULL || height > (is_low ? -worst->value : worst->value))
            worst = area;
        if (best == NULL || height < (is_low ? -best->value : best->value))
            best = area;
    }
    if (is_of(words, "gap_class"))
        return class_title(layer, language);
    if (is_of(words, "priority"))
        return priority_title(layer, language);
    if (worst == NULL || worst->value == best->value || !sg_layer_has_names(layer))
        return sg_strdup(words->name);
    return worst_title(layer, words, worst, is_low, language);
}

static char *subtitle_of(const struct sg_area_layer *layer, const char *name, enum sg_language language) {
    size_t known = 0;
    for (size_t i = 0; i < layer->area_count; i++)
        known += isfinite(layer->areas[i].value) || layer->areas[i].text != NULL;
    if (layer->area_count == 1 && known == 1)
        return sg_format(sg_pick(language, "%s of the one area.", "%s du seul secteur."), name);
    return sg_format(sg_pick_number(language, known, "%s by area; %zu of %zu areas has a value.",
                                    "%s by area; %zu of %zu areas have a value.",
                                    "%s par secteur, connu pour %zu des %zu secteurs.",
                                    "%s par secteur, connu pour %zu des %zu secteurs."),
                     name, known, layer->area_count);
}

/* The areas' values as the column has them. */
static bool take_numbers(struct sg_area_layer *layer, struct sg_column *column) {
    bool is_uncovered = column->measure != NULL && strcmp(column->measure, "uncovered") == 0;
    column->numbers = sg_alloc(layer->area_count, sizeof *column->numbers);
    for (size_t i = 0; column->numbers != NULL && i < layer->area_count; i++) {
        struct sg_area *area = &layer->areas[i];
        if (is_uncovered && area->is_unmeasured)
            area->value = NAN; /* where nobody lives, nobody is without */
        column->numbers[i] = area->value;
    }
    return column->numbers != NULL;
}

void sg_layer_series_titles(const struct sg_area_layer *layer, struct sg_area_values *values) {
    const char *first = NULL, *measure;
    size_t prefix;
    for (size_t i = 0; i < values->count; i++) {
        if (!layer->is_coverage || !sg_measure_of_column(values->fields[i].field, &measure, &prefix)
            || prefix == 0 || (i > 0 && strcmp(measure, first) != 0))
            return;
        first = measure;
    }
    for (size_t i = 0; i < values->count; i++) {
        char *colon = strrchr(values->fields[i].title, ':');
        if (colon != NULL)
            *colon = '\0';
    }
}

enum sg_status sg_layer_words_find(struct sg_context *context, struct sg_area_layer *layer,
                                   const struct sg_taxonomy *taxonomy, const struct sg_job *job,
                                   struct sg_layer_words *ret_words) {
    static char none[] = "";
    struct sg_layer_words words = {.column = {.name = none, .title = none, .unit = none}};
    struct sg_column *column = &words.column;
    const char *measure;
    size_t prefix = 0;
    if (layer->value_field != NULL) {
        column->title = layer->value_title;
        if (layer->is_coverage && sg_measure_of_column(layer->value_field, &measure, &prefix))
            column->measure = column->name = (char *)measure;
        words.name = name_of(layer, taxonomy, column, prefix, job->language);
    } else {
        words.name = sg_strdup("");
    }
    if (words.name != NULL && take_numbers(layer, column)) {
        words.title = title_of(layer, &words, job->language);
        words.subtitle = subtitle_of(layer, words.name, job->language);
    }
    if (words.title == NULL || words.subtitle == NULL) {
        sg_layer_words_release(&words);
        return sg_fail_memory(context);
    }
    *ret_words = words;
    return SG_OK;
}

void sg_layer_words_release(struct sg_layer_words *words) {
    sg_free(words->name);
    sg_free(words->title);
    sg_free(words->subtitle);
    sg_free(words->column.numbers);
    *words = (struct sg_layer_words){0};
}
