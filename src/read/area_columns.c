#include "read/area_columns.h"

#include <math.h>

#include "core/alloc.h"
#include "core/text.h"
#include "read/field_names.h"
#include "read/stray_texts.h"

static bool is_number_field(struct sg_dataset *dataset, int field) {
    OGRFieldType type = OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, field));
    return type == OFTInteger || type == OFTInteger64 || type == OFTReal;
}

/* The named field, or -1 where none is named. */
static enum sg_status named_field(struct sg_dataset *dataset, const char *name, const char *option,
                                  int *ret_field) {
    *ret_field = -1;
    return name == NULL ? SG_OK : sg_dataset_field(dataset, name, option, ret_field);
}

/* The same, where joined tables may have the field that the layer has not. */
static enum sg_status joinable_field(struct sg_dataset *dataset, const struct sg_area_fields *fields,
                                     const char *name, const char *option, int *ret_field) {
    *ret_field = -1;
    if (fields->may_be_joined && name != NULL && !sg_dataset_has_field(dataset, name))
        return SG_OK;
    return named_field(dataset, name, option, ret_field);
}

/* Is it a number field, or a text field that holds nothing but numbers as census tables write them? */
static bool holds_numbers(struct sg_dataset *dataset, int field) {
    if (is_number_field(dataset, field) && !sg_stray_texts_in_field(dataset, field))
        return true;
    size_t numbers = 0;
    bool all = true;
    OGRFeatureH feature;
    OGR_L_ResetReading(dataset->layer);
    while (all && (feature = OGR_L_GetNextFeature(dataset->layer)) != NULL) {
        bool is_bad;
        double number = sg_dataset_number(dataset, feature, field, &is_bad);
        numbers += isfinite(number);
        all = !is_bad;
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(dataset->layer);
    return all && numbers > 0;
}

/* A coverage is known by its columns `state` and `types_missing` (TYPES_MISS in a shapefile); its map says
   whom its shares are of. */
static void find_coverage(struct sg_dataset *dataset, const struct sg_area_fields *fields,
                          struct sg_area_layer *layer, struct sg_area_columns *columns) {
    layer->is_coverage =
        sg_dataset_has_field(dataset, "state")
        && (sg_dataset_has_field(dataset, "types_missing") || sg_dataset_has_field(dataset, "types_miss"));
    columns->state =
        layer->is_coverage && fields->value != NULL ? OGR_FD_GetFieldIndex(dataset->definition, "state") : -1;
    bool is_for_map = fields->value_option != NULL;
    if (layer->is_coverage && is_for_map && fields->population == NULL && fields->need == NULL) {
        columns->population = OGR_FD_GetFieldIndex(dataset->definition, "population");
        columns->need = OGR_FD_GetFieldIndex(dataset->definition, "need");
    }
}

enum sg_status sg_area_columns_find(struct sg_context *context, struct sg_dataset *dataset,
                                    const struct sg_area_fields *fields, struct sg_area_layer *layer,
                                    struct sg_area_columns *ret_columns) {
    enum sg_status status = named_field(dataset, fields->id, "--area-id", &ret_columns->id);
    if (status == SG_OK)
        status = named_field(dataset, fields->name,
                             fields->name_option != NULL ? fields->name_option : "--area-name",
                             &ret_columns->name);
    if (status == SG_OK)
        status =
            joinable_field(dataset, fields, fields->population, "--population", &ret_columns->population);
    if (status == SG_OK)
        status = joinable_field(dataset, fields, fields->need, "--need", &ret_columns->need);
    if (status == SG_OK)
        status = named_field(dataset, fields->value, fields->value_option, &ret_columns->value);
    if (status != SG_OK)
        return status;
    find_coverage(dataset, fields, layer, ret_columns);
    ret_columns->value_is_text = ret_columns->value >= 0 && !holds_numbers(dataset, ret_columns->value);
    int likely_id =
        fields->id == NULL && fields->value == NULL ? sg_dataset_recognise(dataset, sg_area_id_fields) : -1;
    if (likely_id >= 0)
        sg_note(context,
                "%s: areas go by their number in the file; if '%s' is their id, name it with --area-id",
                dataset->path, sg_dataset_field_name(dataset, likely_id));
    if (fields->name == NULL) {
        int field = sg_dataset_recognise(dataset, sg_area_name_fields);
        if (field >= 0 && !is_number_field(dataset, field)) {
            ret_columns->name = field;
            layer->name_is_recognised = true;
            sg_note(context, "%s: field '%s' is taken as the area's name", dataset->path,
                    sg_dataset_field_name(dataset, field));
        }
    }
    if (fields->population == NULL && fields->value == NULL) {
        int field = sg_dataset_recognise_latest(dataset, sg_area_population_fields);
        if (field >= 0) {
            ret_columns->population = field;
            layer->population_is_recognised = true;
            sg_note(context, "%s: field '%s' is taken as the population", dataset->path,
                    sg_dataset_field_name(dataset, field));
        }
    }
    return SG_OK;
}

enum sg_status sg_area_columns_keep(struct sg_context *context, struct sg_dataset *dataset,
                                    const struct sg_area_columns *columns, struct sg_area_layer *layer) {
    layer->path = sg_strdup(dataset->path);
    layer->is_selection = dataset->where != NULL;
    layer->layer_name = sg_strdup(OGR_L_GetName(dataset->layer));
    bool done = layer->path != NULL && layer->layer_name != NULL;
    const struct {
        int field;
        char **name;
    } kept[] = {{columns->id, &layer->id_field},
                {columns->name, &layer->name_field},
                {columns->population, &layer->population_field},
                {columns->need, &layer->need_field}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (kept[i].field < 0)
            continue;
        *kept[i].name = sg_strdup(sg_dataset_field_name(dataset, kept[i].field));
        done = done && *kept[i].name != NULL;
    }
    if (columns->value >= 0) {
        layer->value_field = sg_strdup(sg_dataset_field_name(dataset, columns->value));
        layer->value_title = sg_dataset_field_title(dataset, columns->value);
        done = done && layer->value_field != NULL && layer->value_title != NULL;
    }
    return done ? SG_OK : sg_fail_memory(context);
}
