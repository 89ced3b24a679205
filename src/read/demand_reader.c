#include "read/demand_reader.h"

#include <cpl_error.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "read/field_names.h"
#include "read/look_through.h"
#include "read/point_fields.h"
#include "read/record_log.h"
#include "read/shape_reader.h"
#include "read/shape_repair.h"

struct reading {
    struct sg_context *context;
    struct sg_dataset *dataset;
    struct sg_demand_layer *layer;
    int population, need, id;
    struct sg_point_fields point;
    bool is_geographic;
    struct sg_point *scratch;
    size_t scratch_capacity;
    size_t bad_numbers, without_geometry;
};

static enum sg_status keep_names(struct reading *reading) {
    struct sg_demand_layer *layer = reading->layer;
    layer->population_field = sg_strdup(sg_dataset_field_name(reading->dataset, reading->population));
    if (reading->need >= 0)
        layer->need_field = sg_strdup(sg_dataset_field_name(reading->dataset, reading->need));
    bool done = layer->population_field != NULL && (reading->need < 0 || layer->need_field != NULL);
    return done ? SG_OK : sg_fail_memory(reading->context);
}

static enum sg_status find_fields(struct reading *reading, const struct sg_demand_fields *fields) {
    struct sg_dataset *dataset = reading->dataset;
    reading->population = reading->need = reading->id = -1;
    enum sg_status status = SG_OK;
    if (fields->population != NULL) {
        status = sg_dataset_field(dataset, fields->population, "--demand-population", &reading->population);
    } else {
        reading->population = sg_dataset_recognise_latest(dataset, sg_demand_population_fields);
        if (reading->population < 0)
            return sg_dataset_field(dataset, "population", "--demand-population", &reading->population);
        reading->layer->population_is_recognised = true;
        sg_note(reading->context, "%s: field '%s' is taken as the population", dataset->path,
                sg_dataset_field_name(dataset, reading->population));
    }
    if (status == SG_OK && fields->need != NULL) {
        status = sg_dataset_field(dataset, fields->need, "--demand-need", &reading->need);
        reading->layer->has_need = true;
    }
    if (status == SG_OK && fields->id != NULL) {
        status = sg_dataset_field(dataset, fields->id, "--demand-id", &reading->id);
        reading->layer->ids = sg_name_index_new();
        if (status == SG_OK && reading->layer->ids == NULL)
            status = sg_fail_memory(reading->context);
    }
    if (status == SG_OK)
        status = sg_point_fields_find(dataset, fields->lon, fields->lat, &reading->point);
    return status == SG_OK ? keep_names(reading) : status;
}

/* A number of people: NaN when missing; bad and negative ones are warned about and missing. */
static double people(struct reading *reading, OGRFeatureH feature, int field) {
    if (field < 0)
        return NAN;
    bool is_bad;
    double number = sg_dataset_number(reading->dataset, feature, field, &is_bad);
    if (!is_bad && !(number < 0))
        return number;
    if (reading->bad_numbers++ < 3)
        sg_warn(reading->context, "it is taken as missing",
                "%s, record %zu: %s \"%.40s\" is not a number of people", reading->dataset->path,
                reading->layer->read_count, sg_dataset_field_name(reading->dataset, field),
                sg_dataset_bytes(reading->dataset, feature, field));
    return NAN;
}

static bool add_feature(struct sg_demand_layer *layer, const struct sg_demand_feature *feature) {
    if (!sg_reserve(&layer->features, &layer->feature_capacity, layer->feature_count + 1,
                    sizeof *layer->features))
        return false;
    layer->features[layer->feature_count++] = *feature;
    return true;
}

/* Notes a record that has no place to put its people. */
static bool reject(struct sg_demand_layer *layer, const struct sg_demand_feature *feature) {
    if (!sg_reserve(&layer->rejected, &layer->rejected_capacity, layer->rejected_count + 1,
                    sizeof *layer->rejected))
        return false;
    layer->rejected[layer->rejected_count++] = feature->record;
    if (isfinite(feature->population))
        layer->rejected_population += feature->population;
    return true;
}

/* The id of the record at hand, which no other has. */
static enum sg_status read_id(struct reading *reading, OGRFeatureH feature) {
    const char *text = sg_dataset_text(reading->dataset, feature, reading->id);
    bool is_new = false;
    if (text != NULL && text[0] != '\0'
        && sg_name_index_add(reading->layer->ids, text, strlen(text), &is_new) == SG_NO_INDEX)
        return sg_fail_memory(reading->context);
    if (is_new)
        return SG_OK;
    bool is_empty = text == NULL || text[0] == '\0';
    return sg_fail(reading->context, SG_BAD_INPUT, "name a field with --demand-id that tells them apart",
                   "%s, record %zu: %s%.60s%s", reading->dataset->path, reading->layer->read_count,
                   is_empty ? "no id" : "the id '", is_empty ? "" : text,
                   is_empty ? "" : "' is that of another record");
}

static void count_unknown(struct sg_demand_layer *layer, const struct sg_demand_feature *feature) {
    layer->unknown_population_count += isnan(feature->population);
    layer->unknown_need_count += layer->has_need && isnan(feature->need);
}

/* A polygon as such; any other geometry as its points, which share the people. */
static enum sg_status read_feature(struct reading *reading, OGRFeatureH feature) {
    struct sg_demand_layer *layer = reading->layer;
    layer->read_count++;
    if (reading->id >= 0) {
        enum sg_status status = read_id(reading, feature);
        if (status != SG_OK)
            return status;
    }
    struct sg_demand_feature read = {.population = people(reading, feature, reading->population),
                                     .need = people(reading, feature, reading->need),
                                     .record = layer->read_count};
    if (isfinite(read.population))
        layer->total_population += read.population;
    if (reading->point.origin == SG_POINT_GEOMETRY) {
        enum sg_shape_fault fault = sg_shape_read(OGR_F_GetGeometryRef(feature), &read.shape);
        if (fault == SG_SHAPE_NO_MEMORY)
            return sg_fail_memory(reading->context);
        if (fault == SG_SHAPE_READ) {
            layer->polygon_count++;
            count_unknown(layer, &read);
            if (add_feature(layer, &read))
                return SG_OK;
            sg_shape_release(&read.shape);
            return sg_fail_memory(reading->context);
        }
    }
    size_t count;
    bool is_surface;
    enum sg_point_fault fault =
        sg_point_fields_read(reading->dataset, &reading->point, feature, reading->is_geographic,
                             &reading->scratch, &count, &reading->scratch_capacity, &is_surface);
    if (fault == SG_POINT_NO_MEMORY)
        return sg_fail_memory(reading->context);
    if (fault != SG_POINT_READ) {
        if (!reject(layer, &read))
            return sg_fail_memory(reading->context);
        if (reading->without_geometry++ < 3) {
            struct sg_text sentence;
            sg_text_init(&sentence);
            sg_point_fault_describe(reading->dataset, &reading->point, feature, fault, &sentence);
            sg_warn(reading->context, "its people are not counted", "%s, record %zu: %s",
                    reading->dataset->path, layer->read_count, sg_text_bytes(&sentence));
            sg_text_release(&sentence);
        }
        return SG_OK;
    }
    count_unknown(layer, &read);
    read.population /= (double)count;
    read.need /= (double)count;
    for (size_t i = 0; i < count; i++) {
        read.point = reading->scratch[i];
        if (!add_feature(layer, &read))
            return sg_fail_memory(reading->context);
    }
    return SG_OK;
}

static int by_number(const void *a, const void *b) {
    const uint64_t *one = a, *two = b;
    return *one < *two ? -1 : *one > *two;
}

static enum sg_status repair(struct reading *reading) {
    struct sg_demand_layer *layer = reading->layer;
    struct sg_shape **shapes = sg_alloc(layer->feature_count, sizeof *shapes);
    if (shapes == NULL)
        return sg_fail_memory(reading->context);
    for (size_t i = 0; i < layer->feature_count; i++)
        shapes[i] = &layer->features[i].shape;
    struct sg_repair *repairs = NULL;
    size_t count = 0, lost = 0;
    enum sg_status status =
        sg_shapes_repair(reading->context, shapes, layer->feature_count, &repairs, &count);
    for (size_t i = 0; i < count; i++)
        lost += repairs[i].is_lost;
    if (count > 0)
        sg_warn(reading->context, NULL, "%s: %zu demand %s (first: %s); %zu %s repaired", layer->path, count,
                sg_plural(count, "polygon has an invalid outline", "polygons have invalid outlines"),
                repairs[0].reason, count - lost, sg_plural(count - lost, "was", "were"));
    /* a polygon of which nothing is left has no place to put its people */
    size_t to = 0, kept = 0;
    for (size_t i = 0, r = 0; i < layer->feature_count; i++) {
        bool is_lost = false;
        if (r < count && repairs[r].index == i) {
            is_lost = repairs[r].is_lost;
            repairs[kept] = repairs[r++];
            repairs[kept].index = layer->features[i].record;
            kept += !is_lost;
        }
        if (!is_lost)
            layer->features[to++] = layer->features[i];
        else if (!reject(layer, &layer->features[i]) && status == SG_OK)
            status = sg_fail_memory(reading->context);
    }
    layer->feature_count = to;
    layer->repairs = repairs;
    layer->repaired_count = kept;
    if (lost > 0)
        qsort(layer->rejected, layer->rejected_count, sizeof *layer->rejected, by_number);
    sg_free(shapes);
    return status;
}

static enum sg_status read_features(struct reading *reading) {
    const int numbers[] = {reading->population, reading->need};
    enum sg_status status = sg_dataset_look_through(reading->dataset, numbers, 2, true);
    OGRFeatureH feature;
    while (status == SG_OK && (feature = sg_dataset_next(reading->dataset)) != NULL) {
        status = read_feature(reading, feature);
        OGR_F_Destroy(feature);
    }
    if (status == SG_OK)
        status = sg_dataset_finish(reading->dataset, "demand");
    if (status == SG_OK && reading->layer->feature_count == 0)
        status = sg_fail(reading->context, SG_BAD_INPUT, "check the file and its --demand fields",
                         "%s: none of the %zu records can be used as a demand point", reading->dataset->path,
                         reading->layer->read_count);
    if (status == SG_OK && reading->layer->polygon_count > 0)
        status = repair(reading);
    return status;
}

enum sg_status sg_demand_read(struct sg_context *context, const struct sg_source *source,
                              const struct sg_demand_fields *fields, struct sg_demand_layer *ret_layer) {
    struct sg_dataset dataset;
    struct sg_demand_layer layer = {0};
    struct reading reading = {.context = context, .dataset = &dataset, .layer = &layer};
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    dataset.rejects_records = true;
    if (status == SG_OK) {
        layer.path = sg_strdup(dataset.path);
        if (layer.path == NULL)
            status = sg_fail_memory(context);
    }
    if (status == SG_OK)
        status = find_fields(&reading, fields);
    if (status == SG_OK)
        status = sg_dataset_check(&dataset);
    if (status == SG_OK)
        status = sg_point_fields_crs(&dataset, &reading.point, &layer.crs);
    layer.crs_origin = dataset.crs_origin;
    if (status == SG_OK) {
        int keep[] = {reading.population, reading.need,      reading.id,
                      reading.point.lon,  reading.point.lat, reading.point.text};
        sg_dataset_keep_fields(&dataset, keep, sizeof keep / sizeof *keep,
                               reading.point.origin == SG_POINT_GEOMETRY);
        reading.is_geographic = sg_crs_is_geographic(layer.crs);
        status = read_features(&reading);
    }
    layer.surplus_count = dataset.surplus_count;
    sg_free(reading.scratch);
    sg_dataset_release(&dataset);
    if (status != SG_OK) {
        sg_demand_layer_release(&layer);
        return status;
    }
    *ret_layer = layer;
    return SG_OK;
}

/* ---- records that count nowhere ---- */

enum sg_status sg_demand_log(struct sg_context *context, const struct sg_source *source,
                             const uint64_t *records, size_t record_count, const char *reason,
                             struct sg_reject_log *rejects) {
    struct sg_dataset dataset;
    struct sg_reject reject = {.input = sg_reject_log_input_count(rejects), .reason = reason};
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    dataset.rejects_records = true;
    if (status == SG_OK && !sg_record_log_begin(&dataset, rejects))
        status = sg_fail_memory(context);
    OGRFeatureH feature;
    size_t next = 0;
    while (status == SG_OK && next < record_count && (feature = sg_dataset_next(&dataset)) != NULL) {
        reject.record++;
        if (reject.record == records[next]) {
            next++;
            status = sg_record_log_feature(&dataset, feature, &reject, rejects);
        }
        OGR_F_Destroy(feature);
    }
    if (status == SG_OK)
        status = sg_dataset_finish(&dataset, "demand again");
    if (status == SG_OK && next < record_count)
        status =
            sg_fail(context, SG_BAD_INPUT, "did it change while it was read?",
                    "%s: record %llu cannot be read again", source->path, (unsigned long long)records[next]);
    sg_dataset_release(&dataset);
    return status;
}
