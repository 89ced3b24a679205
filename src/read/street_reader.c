#include "read/street_reader.h"

#include <cpl_error.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
#include "read/shape_reader.h"
#include "read/street_finder.h"
#include "read/street_rules.h"
#include "read/street_speeds.h"

struct reading {
    struct sg_context *context;
    struct sg_dataset dataset;
    struct sg_street_layer layer;
    struct sg_transformation *transformation;
    struct sg_name_index *classes;
    bool has_tags; /* OpenStreetMap's: the class is the value of its highway tag */
    int class_field, one_way_field, other_tags_field; /* -1: none */
    OGRFeatureH feature;
    char tag_value[64];
    size_t lost_count; /* points that cannot be transformed */
};

/* A tag of the feature in hand: a field of its name, else one of the other tags. */
static const char *tag_of(void *user, const char *key) {
    struct reading *reading = user;
    int field = OGR_FD_GetFieldIndex(reading->dataset.definition, key);
    if (field >= 0)
        return sg_dataset_text(&reading->dataset, reading->feature, field);
    if (reading->other_tags_field < 0
        || !OGR_F_IsFieldSetAndNotNull(reading->feature, reading->other_tags_field))
        return NULL;
    const char *others = OGR_F_GetFieldAsString(reading->feature, reading->other_tags_field);
    return sg_other_tag(others, key, reading->tag_value) ? reading->tag_value : NULL;
}

static void find_fields(struct reading *reading) {
    struct sg_street_signs signs = sg_street_signs_of(&reading->dataset);
    reading->has_tags = signs.tags >= 0;
    reading->class_field = reading->has_tags ? signs.tags : signs.class_field;
    reading->one_way_field = signs.one_way;
    reading->other_tags_field = signs.other_tags;
    reading->layer.has_classes = reading->class_field >= 0;
}

/* The position of a class among those of the layer, with its speed. */
static bool add_class(struct reading *reading, const char *name, double drive_kmh, uint16_t *ret_class) {
    struct sg_street_layer *layer = &reading->layer;
    bool is_new = false;
    size_t position = sg_name_index_add(reading->classes, name, strlen(name), &is_new);
    if (position == SG_NO_INDEX)
        return false;
    if (is_new && position < UINT16_MAX) {
        size_t speed_capacity = layer->class_capacity;
        char *copy = sg_strdup(name);
        if (copy == NULL
            || !sg_reserve(&layer->classes, &layer->class_capacity, position + 1, sizeof *layer->classes)
            || !sg_reserve(&layer->class_speeds_kmh, &speed_capacity, layer->class_capacity,
                           sizeof *layer->class_speeds_kmh)) {
            sg_free(copy);
            return false;
        }
        layer->classes[position] = copy;
        layer->class_speeds_kmh[position] =
            layer->mode == SG_TRAVEL_DRIVE && drive_kmh > 0 ? drive_kmh : sg_travel_speed_kmh(layer->mode);
        layer->class_count = position + 1;
    }
    *ret_class = (uint16_t)(position < UINT16_MAX ? position : UINT16_MAX - 1);
    return true;
}

/* Adds one line without the points that repeat the one before; a line that goes nowhere is left out. */
static bool add_line(struct reading *reading, const struct sg_line *line, uint16_t street_class,
                     uint8_t directions) {
    struct sg_street_layer *layer = &reading->layer;
    if (!sg_reserve(&layer->points, &layer->point_capacity, layer->point_count + line->point_count,
                    sizeof *layer->points)
        || !sg_reserve(&layer->lines, &layer->line_capacity, layer->line_count + 1, sizeof *layer->lines))
        return false;
    size_t first = layer->point_count, count = 0;
    for (uint32_t i = 0; i < line->point_count; i++) {
        struct sg_point point = line->points[i];
        if (!isfinite(point.x) || !isfinite(point.y)) {
            reading->lost_count++;
            return true; /* half a line would join what is not joined */
        }
        const struct sg_point *last = count == 0 ? NULL : &layer->points[first + count - 1];
        if (last == NULL || last->x != point.x || last->y != point.y)
            layer->points[first + count++] = point;
    }
    if (count < 2)
        return true;
    layer->point_count += count;
    layer->lines[layer->line_count++] = (struct sg_street_line){
        (uint32_t)first, (uint32_t)count, street_class, directions, reading->dataset.record};
    layer->one_way_count += directions != SG_STREET_BOTH;
    return true;
}

static bool add_geometry(struct reading *reading, uint16_t street_class, uint8_t directions) {
    OGRGeometryH geometry = OGR_F_GetGeometryRef(reading->feature);
    struct sg_line *lines = NULL;
    size_t count = 0, capacity = 0, before = reading->layer.line_count;
    bool done = true;
    if (geometry != NULL && OGR_G_GetDimension(geometry) == 1) {
        OGRGeometryH straight =
            OGR_G_HasCurveGeometry(geometry, 0) ? OGR_G_GetLinearGeometry(geometry, 0, NULL) : NULL;
        done = sg_lines_read(straight == NULL ? geometry : straight, &lines, &count, &capacity);
        OGR_G_DestroyGeometry(straight);
    }
    for (size_t i = 0; i < count; i++) {
        sg_transform_points(reading->transformation, lines[i].points, lines[i].point_count);
        done = done && add_line(reading, &lines[i], street_class, directions);
        sg_free(lines[i].points);
    }
    sg_free(lines);
    reading->layer.no_line_count += done && reading->layer.line_count == before;
    return done && reading->layer.point_count < UINT32_MAX;
}

static bool judge_feature(struct reading *reading, const char *class_text, struct sg_street_verdict *ret) {
    if (reading->has_tags) {
        *ret = sg_street_by_tags(reading->layer.mode, class_text, tag_of, reading);
        return true;
    }
    char *one_way = sg_dataset_text_copy(&reading->dataset, reading->feature, reading->one_way_field);
    char *folded = sg_text_fold(class_text == NULL ? "" : class_text);
    if (folded != NULL)
        *ret = sg_street_by_class(reading->layer.mode, folded, one_way);
    sg_free(one_way);
    sg_free(folded);
    return folded != NULL;
}

static bool add_feature(struct reading *reading) {
    struct sg_street_layer *layer = &reading->layer;
    layer->read_count++;
    char *class_text = sg_dataset_text_copy(&reading->dataset, reading->feature, reading->class_field);
    struct sg_street_verdict verdict = {.use = SG_STREET_NO_STREET};
    uint16_t street_class = 0;
    bool done = judge_feature(reading, class_text, &verdict);
    if (done && verdict.use == SG_STREET_OPEN)
        done = add_class(reading, class_text == NULL ? "" : class_text, verdict.drive_kmh, &street_class)
               && add_geometry(reading, street_class, verdict.directions);
    layer->closed_count += verdict.use == SG_STREET_CLOSED;
    layer->no_street_count += verdict.use == SG_STREET_NO_STREET;
    sg_free(class_text);
    return done;
}

/* What the reader found, and what it left out and why. */
static enum sg_status tell(struct reading *reading) {
    static const char *const who[SG_TRAVEL_MODE_COUNT] = {"people on foot", "bicycles", "cars"};
    const struct sg_street_layer *layer = &reading->layer;
    struct sg_text left_out;
    sg_text_init(&left_out);
    if (layer->closed_count > 0)
        sg_text_append_format(&left_out, ", %zu %s closed to %s", layer->closed_count,
                              sg_plural(layer->closed_count, "is", "are"), who[layer->mode]);
    if (layer->no_street_count > 0)
        sg_text_append_format(&left_out, ", %zu %s", layer->no_street_count,
                              sg_plural(layer->no_street_count, "is no street", "are no streets"));
    if (layer->no_line_count > 0)
        sg_text_append_format(&left_out, ", %zu %s no line", layer->no_line_count,
                              sg_plural(layer->no_line_count, "has", "have"));
    if (layer->one_way_count > 0)
        sg_text_append_format(&left_out, "; %zu %s one-way", layer->one_way_count,
                              sg_plural(layer->one_way_count, "line is", "lines are"));
    sg_note(reading->context, "%s: %zu %s of streets for %s from %zu %s%s", layer->path, layer->line_count,
            sg_plural(layer->line_count, "line", "lines"), who[layer->mode], layer->read_count,
            sg_plural(layer->read_count, "feature", "features"), sg_text_bytes(&left_out));
    bool failed = left_out.failed;
    sg_text_release(&left_out);
    if (failed)
        return sg_fail_memory(reading->context);
    if (layer->has_classes)
        sg_note(reading->context, "%s: %s '%s' tells what the streets are", layer->path,
                reading->has_tags ? "OpenStreetMap's field" : "field",
                sg_dataset_field_name(&reading->dataset, reading->class_field));
    else
        sg_note(reading->context, "%s: no field tells what the streets are: all are open to %s", layer->path,
                who[layer->mode]);
    if (reading->lost_count > 0)
        sg_warn(reading->context, "is its coordinate reference system right?",
                "%s: %zu %s the coordinate reference system and %s left out", layer->path,
                reading->lost_count, sg_plural(reading->lost_count, "line leaves", "lines leave"),
                sg_plural(reading->lost_count, "is", "are"));
    if (layer->line_count == 0)
        return sg_fail(reading->context, SG_BAD_INPUT,
                       "name a layer of lines with --streets-layer, or look at --streets-where",
                       "%s: no street that %s may use", layer->path, who[layer->mode]);
    return SG_OK;
}

/* An OpenStreetMap file gives five layers in one go: the four that are not wanted must not pile up. */
static void want_lines_only(struct sg_dataset *dataset) {
    if (strcmp(dataset->driver, "OSM") != 0)
        return;
    char request[100];
    snprintf(request, sizeof request, "SET interest_layers = %s", OGR_L_GetName(dataset->layer));
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetReleaseResultSet(dataset->handle, GDALDatasetExecuteSQL(dataset->handle, request, NULL, NULL));
    CPLPopErrorHandler();
}

static enum sg_status read_all(struct reading *reading, const struct sg_crs *to) {
    struct sg_dataset *dataset = &reading->dataset;
    struct sg_crs *crs = NULL;
    enum sg_status status = SG_OK;
    if (dataset->is_table)
        return sg_fail(reading->context, SG_BAD_INPUT, "name a layer of lines",
                       "%s: a table without geometry", dataset->path);
    want_lines_only(dataset);
    status = sg_dataset_crs(dataset, &crs);
    if (status == SG_OK)
        status = sg_transformation_new(reading->context, crs, to, &reading->transformation);
    sg_crs_free(crs);
    if (status != SG_OK)
        return status;
    find_fields(reading);
    /* GDAL warns of every broken way of an extract's edge; what is amiss shows in the counts */
    CPLPushErrorHandler(CPLQuietErrorHandler);
    while (status == SG_OK && (reading->feature = sg_dataset_next(dataset)) != NULL) {
        if (!add_feature(reading))
            status = sg_fail_memory(reading->context);
        OGR_F_Destroy(reading->feature);
    }
    CPLPopErrorHandler();
    if (status == SG_OK)
        status = sg_dataset_finish(dataset, "streets");
    return status == SG_OK ? tell(reading) : status;
}

enum sg_status sg_street_layer_read(struct sg_context *context, const struct sg_street_source *source,
                                    const struct sg_crs *to, struct sg_street_layer *ret_layer) {
    struct reading reading = {.context = context, .layer = {.mode = source->mode}};
    struct sg_source lines = source->source;
    lines.usual_layer = "lines";
    lines.crs_option = "--streets-crs";
    enum sg_status status = sg_dataset_open(context, &lines, &reading.dataset);
    reading.layer.path = sg_strdup(source->source.path);
    reading.classes = sg_name_index_new();
    if (status == SG_OK && (reading.layer.path == NULL || reading.classes == NULL))
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = read_all(&reading, to);
    const struct sg_source speeds = {.path = source->speeds, .encoding = source->source.encoding};
    if (status == SG_OK && speeds.path != NULL)
        status = sg_street_speeds_read(context, &speeds, &reading.layer);
    sg_transformation_free(reading.transformation);
    sg_name_index_free(reading.classes);
    sg_dataset_release(&reading.dataset);
    if (status != SG_OK) {
        sg_street_layer_release(&reading.layer);
        return status;
    }
    *ret_layer = reading.layer;
    return SG_OK;
}
