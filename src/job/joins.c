/* The joined tables of a run, and the population and need that come from them. */
#include "job/joins.h"

#include <math.h>

#include "core/alloc.h"
#include "core/text.h"
#include "read/join_reader.h"
#include "read/number_style.h"

void sg_join_field_warn(struct sg_run *run, const struct sg_join *join, const struct sg_join_field *field) {
    if (field->doubt != NULL)
        sg_warn(run->context, SG_NUMBER_STYLE_HINT, "%s: %s", join->path, field->doubt);
}

void sg_warn_of_joined_name(struct sg_run *run, const char *name, const char *option) {
    const struct sg_join_field *field;
    const struct sg_join *join;
    if (sg_joins_find(run->context, run->layer.joins, run->layer.join_count, name, option, &field, &join)
        != SG_OK) {
        sg_context_forget_error(run->context); /* the usual case */
        return;
    }
    const char *line = join->is_transposed ? "row" : "column";
    char *hint = sg_format("%s '%s %zu' takes the table's", option, line, field->number);
    sg_warn(run->context, hint, "%s '%s' is a field of %s and %s %zu of %s: the first is taken", option, name,
            run->layer.path, line, field->number, join->path);
    sg_free(hint);
}

/* Gives the areas a joined field as their population or need. */
static enum sg_status use_field(struct sg_run *run, const char *wanted, const char *option, char **field_name,
                                bool is_need) {
    const struct sg_join_field *field;
    const struct sg_join *join;
    struct sg_area_layer *layer = &run->layer;
    enum sg_status status =
        sg_joins_find(run->context, layer->joins, layer->join_count, wanted, option, &field, &join);
    if (status != SG_OK)
        return status;
    size_t negative_count = 0;
    for (size_t a = 0; a < layer->area_count; a++) {
        double value = field->values[a];
        negative_count += value < 0;
        *(is_need ? &layer->areas[a].need : &layer->areas[a].population) = value < 0 ? NAN : value;
    }
    *field_name = sg_strdup(field->label);
    if (*field_name == NULL)
        return sg_fail_memory(run->context);
    const char *line = join->is_transposed ? "row" : "column";
    sg_note(run->context, "%s: %s %zu, '%s'%s%s%s, is the %s of %zu areas", join->path, line, field->number,
            field->label, field->headings[0] == '\0' ? "" : " (", field->headings,
            field->headings[0] == '\0' ? "" : ")", is_need ? "need" : "population", field->known_count);
    if (field->bad_count > 0)
        sg_warn(run->context, "they are taken as missing", "%s: %zu %s of %s %zu ('%s') %s: \"%.60s\"%s",
                join->path, field->bad_count, sg_plural(field->bad_count, "cell", "cells"), line,
                field->number, field->label, sg_plural(field->bad_count, "is no number", "are no numbers"),
                field->first_bad, field->bad_count > 1 ? " ..." : "");
    sg_join_field_warn(run, join, field);
    if (negative_count > 0)
        sg_warn(run->context, "they are taken as missing", "%s: %zu %s of %s %zu ('%s') %s below 0",
                join->path, negative_count, sg_plural(negative_count, "value", "values"), line, field->number,
                field->label, sg_plural(negative_count, "is", "are"));
    return SG_OK;
}

enum sg_status sg_run_join(struct sg_run *run, const struct sg_area_keys *keys) {
    const struct sg_job *job = run->job;
    struct sg_area_layer *layer = &run->layer;
    if (job->join_count == 0)
        return SG_OK;
    layer->joins = sg_alloc(job->join_count, sizeof *layer->joins);
    if (layer->joins == NULL)
        return sg_fail_memory(run->context);
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < job->join_count; i++) {
        status = sg_join_read(run->context, &job->joins[i].source, job->joins[i].key, keys, layer,
                              &layer->joins[i]);
        layer->join_count += status == SG_OK;
    }
    const struct sg_area_fields *fields = &job->area_fields;
    if (status == SG_OK && fields->population != NULL && layer->population_field != NULL)
        sg_warn_of_joined_name(run, fields->population, "--population");
    else if (status == SG_OK && fields->population != NULL)
        status = use_field(run, fields->population, "--population", &layer->population_field, false);
    if (status == SG_OK && fields->need != NULL && layer->need_field != NULL)
        sg_warn_of_joined_name(run, fields->need, "--need");
    else if (status == SG_OK && fields->need != NULL)
        status = use_field(run, fields->need, "--need", &layer->need_field, true);
    return status;
}
