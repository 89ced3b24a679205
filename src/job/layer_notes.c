#include "job/layer_notes.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/layer_variables.h"
#include "judge/column_measure.h"
#include "judge/map_words.h"
#include "judge/phrasing.h"

/* Does a field that the map shows tell the gap of the type with this prefix, alone or in the index? */
static bool field_shows(const char *field, const char *prefix, size_t length) {
    static const char *const of_all[] = {"gap_index", "gap_class", "gap_rank", "priority"};
    const char *measure;
    size_t own_length;
    if (field == NULL || !sg_measure_of_column(field, &measure, &own_length))
        return false;
    for (size_t i = 0; i < sizeof of_all / sizeof *of_all; i++) {
        if (strcmp(measure, of_all[i]) == 0)
            return true;
    }
    bool is_gap = strcmp(measure, "gap") == 0 || strcmp(measure, "shortfall") == 0;
    return is_gap && own_length == length && strncasecmp(field, prefix, length) == 0;
}

static bool is_shown(const struct sg_area_layer *layer, const struct sg_area_values *values,
                     const char *prefix, size_t length) {
    bool shows = field_shows(layer->value_field, prefix, length);
    for (size_t i = 0; i < values->count && !shows; i++)
        shows = field_shows(values->fields[i].field, prefix, length);
    return shows;
}

static bool is_zero(const struct sg_area_value *value, size_t area_count) {
    size_t known = 0;
    for (size_t a = 0; a < area_count; a++) {
        if (value->values[a] != 0 && !isnan(value->values[a]))
            return false;
        known += !isnan(value->values[a]);
    }
    return known > 0;
}

/* The count of the type with this prefix; NULL: there is none. */
static const struct sg_area_value *count_of(const struct sg_area_values *counts, const char *prefix,
                                            size_t length) {
    for (size_t i = 0; i < counts->count; i++) {
        const char *measure, *field = counts->fields[i].field;
        size_t own_length;
        if (sg_measure_of_column(field, &measure, &own_length) && strcmp(measure, "count") == 0
            && own_length == length && strncasecmp(field, prefix, length) == 0)
            return &counts->fields[i];
    }
    return NULL;
}

/* The type's label, else what the file calls the field before the measure, else its prefix. */
static void append_type(struct sg_text *types, const struct sg_area_value *gap, size_t length,
                        const struct sg_taxonomy *taxonomy, enum sg_language language) {
    const char *label = sg_layer_type_label(taxonomy, gap->field, language),
               *colon = strrchr(gap->title, ':');
    sg_text_append(types, types->length == 0 ? "" : ", ");
    if (label != NULL)
        sg_text_append(types, label);
    else if (colon != NULL)
        sg_text_append_format(types, "%.*s", (int)(colon - gap->title), gap->title);
    else
        sg_text_append_format(types, "%.*s", (int)length, gap->field);
}

static char *note_of(const struct sg_area_layer *layer, const struct sg_area_values *values,
                     const struct sg_area_values *gaps, const struct sg_area_values *counts,
                     const struct sg_taxonomy *taxonomy, enum sg_language language) {
    struct sg_text types;
    sg_text_init(&types);
    for (size_t g = 0; g < gaps->count; g++) {
        const struct sg_area_value *gap = &gaps->fields[g];
        const char *measure;
        size_t length;
        if (!sg_measure_of_column(gap->field, &measure, &length)
            || !is_shown(layer, values, gap->field, length))
            continue;
        const struct sg_area_value *count = count_of(counts, gap->field, length);
        if (count != NULL && is_zero(gap, layer->area_count) && is_zero(count, layer->area_count))
            append_type(&types, gap, length, taxonomy, language);
    }
    char *note = types.failed        ? NULL
                 : types.length == 0 ? sg_strdup("")
                                     : sg_format(sg_pick(language,
                                                         "None of these types of service is in any area, yet "
                                                         "they count as enough (gap 0): %s.",
                                                         "Aucun secteur n'a ces types de services, et ils "
                                                         "comptent comme suffisants (manque 0) : %s."),
                                                 sg_text_bytes(&types));
    sg_text_release(&types);
    return note;
}

enum sg_status sg_layer_note_find(struct sg_context *context, const struct sg_source *source,
                                  const struct sg_area_layer *layer, const struct sg_area_values *values,
                                  const struct sg_taxonomy *taxonomy, enum sg_language language,
                                  char **ret_note) {
    struct sg_area_values gaps = {0}, counts = {0};
    size_t areas = layer->area_count;
    enum sg_status status = SG_OK;
    if (layer->is_coverage)
        status = sg_area_values_find(context, source, "gap", areas, &gaps);
    if (status == SG_OK && gaps.count > 0)
        status = sg_area_values_find(context, source, "count", areas, &counts);
    if (status == SG_OK && gaps.count > 0 && counts.count == 0) { /* as a shapefile has it */
        sg_area_values_release(&counts);
        status = sg_area_values_find(context, source, "cnt", areas, &counts);
    }
    char *note = status == SG_OK ? note_of(layer, values, &gaps, &counts, taxonomy, language) : NULL;
    sg_area_values_release(&gaps);
    sg_area_values_release(&counts);
    if (status != SG_OK)
        return status;
    *ret_note = note;
    return note == NULL ? sg_fail_memory(context) : SG_OK;
}
