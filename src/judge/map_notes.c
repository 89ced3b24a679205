#include "judge/map_words.h"

#include <math.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/phrasing.h"

/* Does a column show the gap of the type, alone or in the index of all? */
static bool shows_gap_of(const struct sg_findings_source *source, const struct sg_column *column,
                         size_t type) {
    static const char *const of_all[] = {"gap_index", "gap_class", "gap_rank", "priority"};
    if (sg_column_is_of(column, "gap") || sg_column_is_of(column, "shortfall"))
        return column->type == type;
    for (size_t i = 0; i < sizeof of_all / sizeof *of_all; i++) {
        if (sg_column_is_of(column, of_all[i]))
            return source->taxonomy->types[type].weight > 0;
    }
    return false;
}

static char *nobodys_note(enum sg_language language, enum sg_supply supply, const char *types) {
    return sg_format(
        supply == SG_SUPPLY_COUNT
            ? sg_pick(language,
                      "Nobody has these types of service in their neighbourhood, so they count as enough "
                      "(gap 0): %s.",
                      "Personne n'a ces types de services dans son quartier; ils comptent donc comme "
                      "suffisants (manque 0) : %s.")
            : sg_pick(language,
                      "Nobody has these types of service in reach, so they count as enough (gap 0): %s.",
                      "Personne n'a ces types de services à portée; ils comptent donc comme suffisants "
                      "(manque 0) : %s."),
        types);
}

/* The types of the columns that nobody has, as a sentence; "" for none. */
static char *note_of_types(const struct sg_findings_source *source, const struct sg_column *const *columns,
                           size_t count) {
    const struct sg_judgement *judgement = source->judgement;
    if (judgement == NULL)
        return sg_strdup("");
    struct sg_text types;
    sg_text_init(&types);
    for (size_t t = 0; t < judgement->type_count; t++) {
        bool is_shown = false;
        for (size_t c = 0; c < count; c++)
            is_shown = is_shown || shows_gap_of(source, columns[c], t);
        if (is_shown && judgement->benchmarks[t] <= 0)
            sg_text_append_format(&types, "%s%s", types.length == 0 ? "" : ", ",
                                  sg_type_label(&source->taxonomy->types[t], source->language));
    }
    char *note = types.failed ? NULL
                 : types.length == 0
                     ? sg_strdup("")
                     : nobodys_note(source->language, judgement->supply, sg_text_bytes(&types));
    sg_text_release(&types);
    return note;
}

/* Of an area without a distance: has nobody there a path, rather than nobody being there? */
static bool is_cut_off(const struct sg_findings_source *source, const struct sg_column *column, size_t area) {
    const double *unreached = sg_measures_row(source->measures, SG_MEASURE_UNREACHED, column->type, 0);
    return isnan(column->numbers[area]) && unreached != NULL && unreached[area] >= 100;
}

static bool is_distance(const struct sg_column *column) {
    return sg_column_is_of(column, "nearest_m") || sg_column_is_of(column, "nearest_p90_m")
           || sg_column_is_of(column, "nearest_min") || sg_column_is_of(column, "nearest_p90_min");
}

/* The areas that are drawn as without data though they are the worst off, by name up to five; "" for none. */
static char *note_of_cut_off_areas(const struct sg_findings_source *source,
                                   const struct sg_column *const *columns, size_t count) {
    const size_t most_named = 5;
    struct sg_text names;
    sg_text_init(&names);
    size_t cut_off = 0;
    for (size_t a = 0; a < source->layer->area_count; a++) {
        bool is_here = false;
        for (size_t c = 0; c < count; c++)
            is_here = is_here || (is_distance(columns[c]) && is_cut_off(source, columns[c], a));
        if (is_here && cut_off++ < most_named)
            sg_text_append_format(&names, "%s%s", names.length == 0 ? "" : ", ",
                                  source->layer->areas[a].name);
    }
    if (cut_off > most_named)
        sg_text_append(&names, " ...");
    char *note =
        names.failed ? NULL
        : cut_off == 0
            ? sg_strdup("")
            : sg_format(sg_pick(source->language,
                                "Nobody has a path to a service in %zu of the hatched areas: %s.",
                                "Personne n'a de chemin vers un service dans %zu des zones hachurées : %s."),
                        cut_off, sg_text_bytes(&names));
    sg_text_release(&names);
    return note;
}

char *sg_map_note(const struct sg_findings_source *source, const struct sg_column *const *columns,
                  size_t count) {
    char *of_types = note_of_types(source, columns, count);
    char *of_areas = note_of_cut_off_areas(source, columns, count);
    char *note =
        of_types == NULL || of_areas == NULL
            ? NULL
            : sg_format("%s%s%s", of_types, of_types[0] != '\0' && of_areas[0] != '\0' ? " " : "", of_areas);
    sg_free(of_types);
    sg_free(of_areas);
    return note;
}
