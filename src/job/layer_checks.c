#include "job/layer_checks.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "judge/column_measure.h"

static bool holds_texts(const struct sg_area_layer *layer) {
    for (size_t i = 0; i < layer->area_count; i++) {
        if (layer->areas[i].text != NULL)
            return true;
    }
    return false;
}

static bool holds_numbers(const struct sg_area_layer *layer) {
    for (size_t i = 0; i < layer->area_count; i++) {
        if (!isnan(layer->areas[i].value))
            return true;
    }
    return false;
}

static enum sg_status check_chart(struct sg_context *context, const struct sg_map_request *request,
                                  bool is_text) {
    if (!is_text)
        return SG_OK;
    return sg_fail(context, SG_BAD_INPUT,
                   "name a field of numbers, or draw a map of this one: leave --chart out",
                   "a chart of kind %s needs numbers, and '%s' holds texts",
                   sg_chart_kind_name(request->chart), request->field);
}

enum sg_status sg_layer_check_values(struct sg_context *context, const struct sg_map_request *request,
                                     const struct sg_area_layer *layer) {
    if (request->kind == SG_MAP_MULTIPLES || request->kind == SG_MAP_REGIONS)
        return SG_OK;
    bool is_text = holds_texts(layer), wants_text = request->kind == SG_MAP_CLUSTERS;
    if (!is_text && !holds_numbers(layer)) {
        if (wants_text)
            return sg_fail(context, SG_BAD_INPUT, "were there too few areas to look for clusters?",
                           "%s: '%s' is empty: no area has a cluster", layer->path, request->field);
        sg_warn(context, "is it the right field?", "%s: no area has a value in '%s'", layer->path,
                request->field);
        return SG_OK;
    }
    if (request->has_chart)
        return check_chart(context, request, is_text);
    if (request->kind == SG_MAP_CHOROPLETH || is_text == wants_text)
        return SG_OK;
    return sg_fail(context, SG_BAD_INPUT, NULL, "a map of kind %s needs %s, and '%s' holds %s",
                   sg_map_kind_name(request->kind), wants_text ? "texts" : "numbers", request->field,
                   wants_text ? "numbers" : "texts");
}

enum sg_status sg_layer_check_series(struct sg_context *context, const struct sg_area_layer *layer,
                                     const struct sg_area_values *values) {
    const char *first = NULL;
    for (size_t i = 0; i < values->count && layer->is_coverage; i++) {
        const char *measure;
        size_t prefix;
        if (!sg_measure_of_column(values->fields[i].field, &measure, &prefix))
            continue;
        if (first != NULL && strcmp(measure, first) != 0)
            return sg_fail(context, SG_BAD_INPUT,
                           "name columns of one measure, as --field gap or lan_within_pct,emp_within_pct",
                           "'%s' and '%s' are different measures: one scale would make them look alike",
                           values->fields[0].field, values->fields[i].field);
        first = measure;
    }
    return SG_OK;
}

void sg_layer_check_breaks(struct sg_context *context, const struct sg_map_request *request,
                           const struct sg_classification *classes) {
    size_t filled = 0, only = 0;
    for (size_t c = 0; c < classes->class_count; c++) {
        if (classes->counts[c] > 0) {
            filled++;
            only = c;
        }
    }
    if (request->break_count > 0 && filled == 1)
        sg_warn(context, "choose --breaks between these",
                "--breaks leaves all areas in one class: the values go from %.6g to %.6g",
                classes->lowest[only], classes->highest[only]);
}

static void release_area(struct sg_area *area) {
    sg_free(area->id);
    sg_free(area->name);
    sg_free(area->text);
    sg_shape_release(&area->shape);
}

void sg_layer_drop_undrawn(struct sg_context *context, struct sg_area_layer *layer,
                           struct sg_area_values *values) {
    size_t kept = 0, all = layer->area_count;
    for (size_t i = 0; i < all; i++) {
        if (layer->areas[i].shape.polygon_count == 0) {
            release_area(&layer->areas[i]);
            continue;
        }
        layer->areas[kept] = layer->areas[i];
        for (size_t v = 0; v < values->count; v++)
            values->fields[v].values[kept] = values->fields[v].values[i];
        kept++;
    }
    layer->area_count = kept;
    if (kept < all)
        sg_warn(context, "the legend counts the areas on the map",
                "%s: %zu of %zu areas %s no geometry and %s not drawn", layer->path, all - kept, all,
                sg_plural(all - kept, "has", "have"), sg_plural(all - kept, "is", "are"));
}
