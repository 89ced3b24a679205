#include "job/layer_variables.h"

#include <string.h>
#include <strings.h>

#include "core/alloc.h"
#include "job/layer_words.h"
#include "judge/column_measure.h"

/* The coverage's own words for a measure that a field is known to hold. */
static void use_measure_words(const char *measure, enum sg_whom whom, const struct sg_job *job,
                              struct sg_map_variable *variable) {
    char none[] = "";
    struct sg_column column = {
        .name = (char *)measure, .measure = measure, .title = (char *)variable->title, .unit = none};
    sg_map_variable_use_column(&column, whom, job, variable);
}

const char *sg_layer_type_label(const struct sg_taxonomy *taxonomy, const char *field,
                                enum sg_language language) {
    for (size_t t = 0; t < taxonomy->type_count; t++) {
        const char *code = taxonomy->types[t].code;
        size_t length = strlen(code);
        if (strncasecmp(field, code, length) == 0 && field[length] == '_')
            return sg_type_label(&taxonomy->types[t], language);
    }
    return NULL;
}

static struct sg_map_variable variable_of(const struct sg_taxonomy *taxonomy,
                                          const struct sg_area_value *value,
                                          const struct sg_map_request *request, const struct sg_job *job,
                                          const struct sg_area_layer *layer) {
    enum sg_whom whom = sg_layer_whom(layer);
    struct sg_map_variable variable = {.title = value->title,
                                       .unit = "",
                                       .panel_title = value->title,
                                       .values = value->values,
                                       .has_finding = true};
    const char *label = sg_layer_type_label(taxonomy, value->field, job->language);
    if (label != NULL)
        variable.panel_title = label;
    bool is_of_measure = request->kind == SG_MAP_MULTIPLES && strcmp(request->field, value->field) != 0
                         && strchr(request->field, ',') == NULL;
    const char *measure;
    size_t prefix;
    if (layer->is_coverage && sg_measure_of_column(value->field, &measure, &prefix))
        use_measure_words(measure, whom, job, &variable);
    else if (is_of_measure)
        use_measure_words(request->field, whom, job, &variable);
    else if (strcmp(value->field, "gap_index") == 0)
        use_measure_words("gap_index", whom, job, &variable);
    return variable;
}

enum sg_status sg_layer_variables(struct sg_context *context, const struct sg_area_layer *layer,
                                  const struct sg_area_values *values, const struct sg_taxonomy *taxonomy,
                                  const struct sg_map_request *request, const struct sg_job *job,
                                  struct sg_map_variable **ret_variables, double **ret_own,
                                  size_t *ret_count) {
    size_t own = layer->value_title != NULL ? 1 : 0, areas = layer->area_count;
    *ret_count = own + values->count;
    *ret_variables = sg_alloc(*ret_count, sizeof **ret_variables);
    *ret_own = sg_alloc(areas, sizeof **ret_own);
    if (*ret_variables == NULL || *ret_own == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < areas; i++)
        (*ret_own)[i] = layer->areas[i].value;
    if (own == 1) {
        struct sg_area_value first = {layer->value_field, layer->value_title, *ret_own};
        (*ret_variables)[0] = variable_of(taxonomy, &first, request, job, layer);
    }
    for (size_t i = 0; i < values->count; i++)
        (*ret_variables)[own + i] = variable_of(taxonomy, &values->fields[i], request, job, layer);
    return SG_OK;
}
