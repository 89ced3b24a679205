#include "read/area_reader.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "core/name_index.h"
#include "read/area_columns.h"
#include "read/area_outlines.h"
#include "read/look_through.h"
#include "read/shape_ahead.h"
#include "read/shape_reader.h"
#include "read/stray_texts.h"

struct reading {
    struct sg_context *context;
    struct sg_dataset *dataset;
    struct sg_area_layer *layer;
    size_t capacity;
    struct sg_area_columns columns;
    size_t bad_numbers;
    struct sg_shape_ahead *ahead; /* NULL: none */
    bool takes_ahead;             /* its outlines are read by now */
    int keep[6];                  /* fields that are fetched */
};

static char *id_text(struct reading *reading, OGRFeatureH feature) {
    if (reading->columns.id < 0)
        return sg_format("%lld", (long long)OGR_F_GetFID(feature));
    struct sg_dataset *dataset = reading->dataset;
    if (!OGR_F_IsFieldSetAndNotNull(feature, reading->columns.id))
        return sg_strdup("");
    bool is_real = OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, reading->columns.id)) == OFTReal;
    if (is_real && sg_stray_text(dataset, feature, reading->columns.id) == NULL) {
        char buffer[32];
        return sg_strdup(sg_number_text(OGR_F_GetFieldAsDouble(feature, reading->columns.id), buffer));
    }
    char *id = sg_strdup(sg_dataset_text(dataset, feature, reading->columns.id));
    return id == NULL ? NULL : sg_text_trim(id);
}

/* GDAL keeps whole numbers in 64 bits, and gives larger ones the largest of those; a number with decimals
   holds 15 digits of them: ids that others share. */
static enum sg_status check_id_size(struct reading *reading, OGRFeatureH feature, const char *id) {
    OGRFieldDefnH field = reading->columns.id < 0
                              ? NULL
                              : OGR_FD_GetFieldDefn(reading->dataset->definition, reading->columns.id);
    bool is_cut = field != NULL && OGR_Fld_GetType(field) == OFTReal
                  && fabs(OGR_F_GetFieldAsDouble(feature, reading->columns.id)) > 9007199254740992.0;
    if (!is_cut && strcmp(id, "9223372036854775807") != 0 && strcmp(id, "-9223372036854775808") != 0)
        return SG_OK;
    return sg_fail(reading->context, SG_BAD_INPUT, "write the ids as text (in JSON: in quote marks)",
                   "%s, record %zu: the area's id is a whole number that is too large to be read as one",
                   reading->dataset->path, reading->layer->area_count);
}

static double area_number(struct reading *reading, OGRFeatureH feature, int field, const char *area_id) {
    if (field < 0)
        return NAN;
    bool is_bad;
    double number = sg_dataset_number(reading->dataset, feature, field, &is_bad);
    if (is_bad || number < 0) {
        if (reading->bad_numbers++ < 5)
            sg_warn(reading->context, "it is taken as missing",
                    "%s, area '%s': %s \"%.60s\" is not a number of people", reading->dataset->path, area_id,
                    sg_dataset_field_name(reading->dataset, field),
                    sg_dataset_bytes(reading->dataset, feature, field));
        return NAN;
    }
    return number;
}

/* Once the records come that were read ahead, only their attributes are fetched here. */
static void begin_ahead(struct reading *reading, OGRFeatureH feature) {
    if (reading->ahead == NULL || reading->takes_ahead
        || (long long)OGR_F_GetFID(feature) < sg_shape_ahead_first(reading->ahead))
        return;
    reading->takes_ahead = sg_shape_ahead_finish(reading->ahead);
    if (reading->takes_ahead) {
        sg_dataset_keep_fields(reading->dataset, reading->keep, 6, false);
    } else {
        sg_shape_ahead_free(reading->ahead);
        reading->ahead = NULL;
    }
}

/* The options that choose among what a file holds: of the areas, or of a map's layer. */
static bool is_of_map(const struct reading *reading) {
    return strcmp(reading->dataset->crs_option, "--layer-crs") == 0;
}

static const char *where_option(const struct reading *reading) {
    return is_of_map(reading) ? "--layer-where" : "--areas-where";
}

static const char *layer_option(const struct reading *reading) {
    return is_of_map(reading) ? "--layer-name" : "--areas-layer";
}

/* The first layer of polygons in the file; NULL: none. */
static const char *polygon_layer(const struct sg_dataset *dataset) {
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset->handle); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset->handle, i);
        OGRwkbGeometryType type = OGR_GT_Flatten(OGR_L_GetGeomType(layer));
        if (type == wkbPolygon || type == wkbMultiPolygon)
            return OGR_L_GetName(layer);
    }
    return NULL;
}

/* Features that are no polygons: what to do depends on what else the file holds. */
static enum sg_status fail_type(struct reading *reading, const struct sg_area *area,
                                OGRwkbGeometryType type) {
    struct sg_dataset *dataset = reading->dataset;
    OGRwkbGeometryType flat = OGR_GT_Flatten(type),
                       of_all = OGR_GT_Flatten(OGR_L_GetGeomType(dataset->layer));
    bool is_point = flat == wkbPoint || flat == wkbMultiPoint;
    const char *other = polygon_layer(dataset);
    struct sg_text hint;
    sg_text_init(&hint);
    if (other != NULL && strcmp(other, OGR_L_GetName(dataset->layer)) != 0)
        sg_text_append_format(&hint, "areas must be polygons: add %s %s", layer_option(reading), other);
    else if (is_point)
        sg_text_append_format(&hint, "areas must be polygons; a file of points goes with %s",
                              is_of_map(reading) ? "--sites" : "--services");
    else
        sg_text_append(&hint, "areas must be polygons");
    if (of_all == wkbUnknown || of_all == wkbGeometryCollection) /* a layer of several kinds */
        sg_text_append_format(&hint, "; use %s to leave other features out", where_option(reading));
    enum sg_status status =
        sg_fail(reading->context, SG_BAD_INPUT, sg_text_bytes(&hint), "%s: area '%s' is a %s, not a polygon",
                dataset->path, area->id, OGRGeometryTypeToName(type));
    sg_text_release(&hint);
    return status;
}

static enum sg_status read_shape(struct reading *reading, OGRFeatureH feature, struct sg_area *area) {
    OGRwkbGeometryType type = wkbUnknown;
    enum sg_shape_fault fault;
    if (reading->takes_ahead) {
        fault = sg_shape_ahead_take(reading->ahead, (long long)OGR_F_GetFID(feature), &area->shape, &type);
    } else {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        fault = sg_shape_read(geometry, &area->shape);
        if (geometry != NULL)
            type = OGR_G_GetGeometryType(geometry);
    }
    switch (fault) {
    case SG_SHAPE_READ:
    case SG_SHAPE_EMPTY:
        return SG_OK;
    case SG_SHAPE_WRONG_TYPE:
        return fail_type(reading, area, type);
    case SG_SHAPE_NOT_FINITE:
        return sg_fail(reading->context, SG_BAD_INPUT, "repair or leave out this feature",
                       "%s: area '%s' has a coordinate that is not a number", reading->dataset->path,
                       area->id);
    case SG_SHAPE_NO_MEMORY:
        break;
    }
    return sg_fail_memory(reading->context);
}

static enum sg_status fail_long(struct reading *reading, const char *what, const char *text,
                                const char *option) {
    struct sg_text hint;
    sg_text_init(&hint);
    sg_text_append_format(&hint, "name another field with %s", option);
    enum sg_status status = sg_fail(
        reading->context, SG_BAD_INPUT, sg_text_bytes(&hint),
        "%s, record %zu: the %s is %zu bytes long (\"%.40s...\"); the limit is %d", reading->dataset->path,
        reading->layer->area_count, what, strlen(text), text, SG_LONGEST_NAME);
    sg_text_release(&hint);
    return status;
}

static enum sg_status add_area(struct reading *reading, OGRFeatureH feature, struct sg_name_index *ids) {
    struct sg_area_layer *layer = reading->layer;
    if (layer->area_count == SG_MOST_AREAS)
        return sg_fail(reading->context, SG_BAD_INPUT,
                       "is it the right file? --areas-where leaves features out", "%s: more than %d areas",
                       reading->dataset->path, SG_MOST_AREAS);
    if (!sg_reserve(&layer->areas, &reading->capacity, layer->area_count + 1, sizeof *layer->areas))
        return sg_fail_memory(reading->context);
    struct sg_area *area = &layer->areas[layer->area_count++];
    *area = (struct sg_area){.area_km2 = NAN, .population = NAN, .need = NAN, .value = NAN};
    area->id = id_text(reading, feature);
    if (area->id == NULL)
        return sg_fail_memory(reading->context);
    enum sg_status status = check_id_size(reading, feature, area->id);
    if (status != SG_OK)
        return status;
    if (area->id[0] == '\0')
        return sg_fail(reading->context, SG_BAD_INPUT, "fill the id in, or name another field with --area-id",
                       "%s, record %zu: the area has no id ('%s' is empty)", reading->dataset->path,
                       layer->area_count, sg_dataset_field_name(reading->dataset, reading->columns.id));
    if (strlen(area->id) > SG_LONGEST_NAME)
        return fail_long(reading, "id", area->id, "--area-id");
    bool is_new;
    if (sg_name_index_add(ids, area->id, strlen(area->id), &is_new) == SG_NO_INDEX)
        return sg_fail_memory(reading->context);
    if (!is_new)
        return sg_fail(reading->context, SG_BAD_INPUT,
                       "ids must be unique: name another field with --area-id, or dissolve the parts first",
                       "%s, record %zu: the area id '%s' occurs twice", reading->dataset->path,
                       layer->area_count, area->id);
    const char *name =
        reading->columns.name < 0 ? NULL : sg_dataset_text(reading->dataset, feature, reading->columns.name);
    area->name = sg_strdup(name == NULL ? area->id : name);
    if (area->name == NULL)
        return sg_fail_memory(reading->context);
    sg_text_trim(area->name);
    if (area->name[0] == '\0') { /* a blank name: the id says more */
        sg_free(area->name);
        area->name = sg_strdup(area->id);
        if (area->name == NULL)
            return sg_fail_memory(reading->context);
    }
    if (strlen(area->name) > SG_LONGEST_NAME)
        return fail_long(reading, "name", area->name, "--area-name");
    area->population = area_number(reading, feature, reading->columns.population, area->id);
    area->need = area_number(reading, feature, reading->columns.need, area->id);
    if (reading->columns.value >= 0 && !reading->columns.value_is_text)
        area->value = sg_dataset_number(reading->dataset, feature, reading->columns.value, NULL);
    if (reading->columns.value >= 0 && reading->columns.value_is_text)
        area->text = sg_dataset_text_copy(reading->dataset, feature, reading->columns.value);
    const char *state = reading->columns.state < 0
                            ? NULL
                            : sg_dataset_text(reading->dataset, feature, reading->columns.state);
    area->is_unmeasured = state != NULL && strcmp(state, sg_area_state_name(SG_AREA_MEASURED)) != 0;
    return read_shape(reading, feature, area);
}

static enum sg_status read_features(struct reading *reading) {
    struct sg_name_index *ids = sg_name_index_new();
    if (ids == NULL)
        return sg_fail_memory(reading->context);
    const int numbers[] = {reading->columns.population, reading->columns.need, reading->columns.value};
    OGRFeatureH feature;
    enum sg_status status = sg_dataset_look_through(reading->dataset, numbers, 3, true);
    if (status == SG_OK)
        status = sg_shape_ahead_start(reading->dataset, &reading->ahead);
    while (status == SG_OK && (feature = sg_dataset_next(reading->dataset)) != NULL) {
        begin_ahead(reading, feature);
        status = add_area(reading, feature, ids);
        OGR_F_Destroy(feature);
    }
    sg_name_index_free(ids);
    sg_shape_ahead_free(reading->ahead);
    reading->ahead = NULL;
    return status == SG_OK ? sg_dataset_finish(reading->dataset, "areas") : status;
}

static enum sg_status fail_without_areas(struct reading *reading) {
    const char *where = reading->dataset->where;
    struct sg_text hint;
    sg_text_init(&hint);
    if (where != NULL)
        sg_text_append_format(&hint, "no record fulfils %s \"%s\"", where_option(reading), where);
    else
        sg_text_append_format(&hint, "does %s name the layer that is meant?", layer_option(reading));
    enum sg_status status =
        sg_fail(reading->context, SG_BAD_INPUT, sg_text_bytes(&hint), "%s: no areas", reading->layer->path);
    sg_text_release(&hint);
    return status;
}

static enum sg_status finish(struct reading *reading) {
    if (reading->layer->area_count == 0)
        return fail_without_areas(reading);
    return sg_area_outlines_settle(reading->context, reading->layer, reading->dataset->crs_option);
}

enum sg_status sg_areas_read(struct sg_context *context, const struct sg_source *source,
                             const struct sg_area_fields *fields, struct sg_area_layer *ret_layer) {
    struct sg_dataset dataset;
    struct sg_area_layer layer = {0};
    struct reading reading = {.context = context, .dataset = &dataset, .layer = &layer};
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    if (status == SG_OK && dataset.is_table)
        status = sg_fail(context, SG_BAD_INPUT, "name the boundary file (shapefile, GeoPackage, GeoJSON ...)",
                         "%s: a table without geometry; areas are polygons", source->path);
    if (status == SG_OK)
        status = sg_area_columns_find(context, &dataset, fields, &layer, &reading.columns);
    if (status == SG_OK)
        status = sg_dataset_check(&dataset);
    if (status == SG_OK)
        status = sg_area_columns_keep(context, &dataset, &reading.columns, &layer);
    if (status == SG_OK)
        status = sg_dataset_crs(&dataset, &layer.crs);
    layer.crs_origin = dataset.crs_origin;
    if (status == SG_OK)
        status = sg_crs_geographic(context, layer.crs, &layer.geographic);
    if (status == SG_OK) {
        const int keep[6] = {reading.columns.id,   reading.columns.name,  reading.columns.population,
                             reading.columns.need, reading.columns.value, reading.columns.state};
        memcpy(reading.keep, keep, sizeof keep);
        sg_dataset_keep_fields(&dataset, reading.keep, 6, true);
        status = read_features(&reading);
    }
    if (status == SG_OK)
        status = finish(&reading);
    sg_dataset_release(&dataset);
    if (status != SG_OK) {
        sg_area_layer_release(&layer);
        return status;
    }
    *ret_layer = layer;
    return SG_OK;
}
