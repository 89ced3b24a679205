#include "read/region_reader.h"

#include <string.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "core/name_index.h"
#include "core/text.h"
#include "read/field_names.h"
#include "read/look_through.h"
#include "read/shape_reader.h"
#include "read/shape_repair.h"

struct table_row {
    char *id, *region;
};

struct reading {
    struct sg_context *context;
    struct sg_dataset dataset;
    const struct sg_area_keys *keys;
    struct sg_area_layer *layer;
    struct table_row *rows; /* of a table, with an area and a region */
    size_t row_count, row_capacity;
    struct sg_name_index *names;
    size_t capacity;
    size_t rows_without_area, rows_without_region, first_row_without;
    struct sg_text unknown;
    size_t unknown_count;
    struct sg_shape *shapes; /* of the polygons, and which region each is of */
    size_t *regions;
    size_t shape_count, shape_capacity, region_capacity;
};

/* The region of that name, made where it is new; NULL with an error set. */
static struct sg_region *region_called(struct reading *reading, const char *name) {
    struct sg_area_layer *layer = reading->layer;
    bool is_new;
    if (strlen(name) > SG_LONGEST_NAME || layer->region_count > SG_MOST_REGIONS) {
        sg_fail(reading->context, SG_BAD_INPUT, "is it the right field?",
                "%s: more than %d regions, or a region's name (\"%.40s\") of more than %d bytes",
                reading->dataset.path, SG_MOST_REGIONS, name, SG_LONGEST_NAME);
        return NULL;
    }
    size_t place = sg_name_index_add(reading->names, name, strlen(name), &is_new);
    if (place == SG_NO_INDEX)
        return NULL;
    if (is_new) {
        if (!sg_reserve(&layer->regions, &reading->capacity, place + 1, sizeof *layer->regions))
            return NULL;
        layer->regions[place] = (struct sg_region){.name = sg_strdup(name)};
        layer->region_count = place + 1;
    }
    return layer->regions[place].name == NULL ? NULL : &layer->regions[place];
}

/* ---- a table ---- */

static bool add_area(struct sg_region *region, uint32_t area) {
    for (uint32_t i = 0; i < region->area_count; i++) {
        if (region->areas[i] == area)
            return true;
    }
    size_t count = (size_t)region->area_count + 1, capacity = region->area_count,
           share_capacity = region->area_count;
    if (!sg_reserve(&region->areas, &capacity, count, sizeof *region->areas)
        || !sg_reserve(&region->shares, &share_capacity, count, sizeof *region->shares))
        return false;
    region->shares[region->area_count] = 1;
    uint32_t to = region->area_count++;
    for (; to > 0 && region->areas[to - 1] > area; to--)
        region->areas[to] = region->areas[to - 1];
    region->areas[to] = area;
    return true;
}

static enum sg_status add_row(struct reading *reading, const char *id, const char *name,
                              enum sg_key_sense sense) {
    uint32_t area;
    enum sg_key_match match = sg_area_keys_find(reading->keys, sense, id, &area);
    if (match == SG_KEY_NO_MEMORY)
        return sg_fail_memory(reading->context);
    if (match == SG_KEY_IGNORED)
        return SG_OK;
    if (match == SG_KEY_NONE) {
        const char *nearest = reading->unknown_count < 10 ? sg_area_keys_nearest(reading->keys, id) : NULL;
        if (reading->unknown_count++ < 10)
            sg_text_append_format(&reading->unknown, "%s'%.80s'%s%.80s%s",
                                  reading->unknown_count == 1 ? "" : ", ", id,
                                  nearest == NULL ? "" : " (nearest '", nearest == NULL ? "" : nearest,
                                  nearest == NULL ? "" : "')");
        return SG_OK;
    }
    struct sg_region *region = region_called(reading, name);
    if (region == NULL)
        return sg_context_error(reading->context) != NULL ? SG_BAD_INPUT : sg_fail_memory(reading->context);
    return add_area(region, area) ? SG_OK : sg_fail_memory(reading->context);
}

/* A row that says an area without its region, or a region without its area. */
static void count_half_row(struct reading *reading, bool has_id) {
    if (reading->rows_without_area + reading->rows_without_region == 0)
        reading->first_row_without = (size_t)reading->dataset.record;
    reading->rows_without_area += !has_id;
    reading->rows_without_region += has_id;
}

static void warn_of_half_rows(const struct reading *reading) {
    if (reading->rows_without_area + reading->rows_without_region > 0)
        sg_warn(reading->context, "fill them in, or take the rows out",
                "%s: %zu %s without an area_id and %zu without a region left out (the first is record %zu)",
                reading->dataset.path, reading->rows_without_area,
                sg_plural(reading->rows_without_area, "row", "rows"), reading->rows_without_region,
                reading->first_row_without);
}

/* Takes the texts over. */
static bool keep_row(struct reading *reading, char *id, char *region) {
    if (!sg_reserve(&reading->rows, &reading->row_capacity, reading->row_count + 1, sizeof *reading->rows)) {
        sg_free(id);
        sg_free(region);
        return false;
    }
    reading->rows[reading->row_count++] = (struct table_row){id, region};
    return true;
}

static enum sg_status keep_rows(struct reading *reading, int id_field, int region_field) {
    struct sg_dataset *dataset = &reading->dataset;
    enum sg_status status = sg_dataset_look_through(dataset, NULL, 0, true);
    OGRFeatureH feature;
    while (status == SG_OK && (feature = sg_dataset_next(dataset)) != NULL) {
        char *id = sg_dataset_text_copy(dataset, feature, id_field);
        char *name = sg_dataset_text_copy(dataset, feature, region_field);
        status = sg_dataset_check(dataset);
        bool has_id = id != NULL && sg_text_trim(id)[0] != '\0';
        bool has_name = name != NULL && sg_text_trim(name)[0] != '\0';
        if (status == SG_OK && has_id && has_name) {
            if (!keep_row(reading, id, name))
                status = sg_fail_memory(reading->context);
        } else {
            if (has_id || has_name)
                count_half_row(reading, has_id);
            sg_free(id);
            sg_free(name);
        }
        OGR_F_Destroy(feature);
    }
    if (status == SG_OK)
        status = sg_dataset_finish(dataset, "regions");
    warn_of_half_rows(reading);
    return status;
}

/* Ids that are no area's: an error, but for a table of the whole city where the areas are a part of it. */
static enum sg_status settle_unknown(struct reading *reading) {
    if (reading->unknown.failed)
        return sg_fail_memory(reading->context);
    if (reading->unknown_count == 0)
        return SG_OK;
    const char *path = reading->dataset.path, *more = reading->unknown_count > 10 ? " ..." : "";
    const char *are = sg_plural(reading->unknown_count, "id is", "ids are");
    if (reading->layer->is_selection && reading->layer->region_count > 0) {
        sg_warn(reading->context, "are they those that --areas-where leaves out?",
                "%s: %zu area %s not among the areas: %s%s", path, reading->unknown_count, are,
                sg_text_bytes(&reading->unknown), more);
        return SG_OK;
    }
    return sg_fail(
        reading->context, SG_BAD_INPUT,
        "give the ids as the areas layer spells them (--area-id), or say which they are with --aliases",
        "%s: %zu area %s not among the areas: %s%s", path, reading->unknown_count, are,
        sg_text_bytes(&reading->unknown), more);
}

static const char *row_id(const void *user, size_t i) {
    return ((const struct reading *)user)->rows[i].id;
}

static enum sg_status read_table(struct reading *reading) {
    struct sg_dataset *dataset = &reading->dataset;
    int id_field = -1, region_field = -1;
    enum sg_status status = sg_dataset_field(dataset, "area_id", "--regions", &id_field);
    if (status == SG_OK)
        status = sg_dataset_field(dataset, "region", "--regions", &region_field);
    if (status == SG_OK)
        status = keep_rows(reading, id_field, region_field);
    enum sg_key_sense sense = SG_KEYS_EITHER;
    if (status == SG_OK
        && !sg_area_keys_sense(reading->keys, NULL, row_id, reading, reading->row_count, &sense))
        status = sg_fail_memory(reading->context);
    if (status == SG_OK && sense != SG_KEYS_EITHER)
        sg_note(reading->context, "%s: 'area_id' is taken as the areas' %s", dataset->path,
                sense == SG_KEYS_NAMES             ? "names"
                : reading->layer->id_field != NULL ? "ids"
                                                   : "numbers in their file");
    for (size_t i = 0; status == SG_OK && i < reading->row_count; i++)
        status = add_row(reading, reading->rows[i].id, reading->rows[i].region, sense);
    return status == SG_OK ? settle_unknown(reading) : status;
}

/* ---- polygons ---- */

static enum sg_status add_polygon(struct reading *reading, OGRFeatureH feature, int name_field) {
    struct sg_dataset *dataset = &reading->dataset;
    char *name = sg_dataset_text_copy(dataset, feature, name_field);
    enum sg_status status = sg_dataset_check(dataset);
    if (status == SG_OK && (name == NULL || sg_text_trim(name)[0] == '\0'))
        status = sg_fail(
            reading->context, SG_BAD_INPUT, "fill the name in, or name another field with --region-name",
            "%s, record %llu: the region has no name", dataset->path, (unsigned long long)dataset->record);
    struct sg_region *region = status == SG_OK ? region_called(reading, name) : NULL;
    if (status == SG_OK
        && (region == NULL
            || !sg_reserve(&reading->shapes, &reading->shape_capacity, reading->shape_count + 1,
                           sizeof *reading->shapes)
            || !sg_reserve(&reading->regions, &reading->region_capacity, reading->shape_count + 1,
                           sizeof *reading->regions)))
        status = sg_context_error(reading->context) != NULL ? SG_BAD_INPUT : sg_fail_memory(reading->context);
    if (status == SG_OK) {
        reading->regions[reading->shape_count] = (size_t)(region - reading->layer->regions);
        reading->shapes[reading->shape_count] = (struct sg_shape){0};
        switch (sg_shape_read(OGR_F_GetGeometryRef(feature), &reading->shapes[reading->shape_count++])) {
        case SG_SHAPE_READ:
            break;
        case SG_SHAPE_EMPTY:
            sg_warn(reading->context, NULL, "%s: region '%.80s' has no geometry and so no areas",
                    dataset->path, name);
            break;
        case SG_SHAPE_WRONG_TYPE:
        case SG_SHAPE_NOT_FINITE:
            status = sg_fail(reading->context, SG_BAD_INPUT,
                             "regions are polygons, or a table of area_id and region",
                             "%s: region '%.80s' is no polygon with usable coordinates", dataset->path, name);
            break;
        case SG_SHAPE_NO_MEMORY:
            status = sg_fail_memory(reading->context);
            break;
        }
    }
    sg_free(name);
    return status;
}

static enum sg_status repair(struct reading *reading) {
    struct sg_shape **pointers = sg_alloc(reading->shape_count, sizeof *pointers);
    struct sg_repair *repairs = NULL;
    size_t count = 0;
    if (pointers == NULL)
        return sg_fail_memory(reading->context);
    for (size_t i = 0; i < reading->shape_count; i++)
        pointers[i] = &reading->shapes[i];
    enum sg_status status =
        sg_shapes_repair(reading->context, pointers, reading->shape_count, &repairs, &count);
    for (size_t i = 0; i < count; i++)
        sg_warn(reading->context, repairs[i].is_lost ? "draw it again in a GIS" : NULL,
                "%s: region '%.80s' has an invalid outline (%s); %s", reading->dataset.path,
                reading->layer->regions[reading->regions[repairs[i].index]].name, repairs[i].reason,
                repairs[i].is_lost ? "nothing of it could be kept" : "it was repaired");
    sg_free(repairs);
    sg_free(pointers);
    return status;
}

/* The parts of each region as one shape. */
static enum sg_status join_parts(struct reading *reading) {
    const struct sg_shape **parts = sg_alloc(reading->shape_count, sizeof *parts);
    bool done = parts != NULL;
    for (size_t r = 0; done && r < reading->layer->region_count; r++) {
        size_t count = 0;
        for (size_t i = 0; i < reading->shape_count; i++) {
            if (reading->regions[i] == r && reading->shapes[i].polygon_count > 0)
                parts[count++] = &reading->shapes[i];
        }
        struct sg_shape *shape = &reading->layer->regions[r].shape;
        if (count > 0)
            done = count == 1 ? sg_shape_copy(parts[0], shape) : sg_shapes_dissolve(parts, count, shape);
    }
    sg_free(parts);
    return done ? SG_OK : sg_fail_memory(reading->context);
}

/* Each polygon to the longitudes that the areas are written in. */
static void turn_shape(const struct sg_area_layer *layer, struct sg_shape *shape) {
    for (uint32_t p = 0; p < shape->polygon_count; p++) {
        struct sg_box box = sg_shape_polygon_box(shape, p);
        sg_shape_move_polygon(shape, p, sg_areas_turn(layer, (box.min_x + box.max_x) / 2));
    }
}

static enum sg_status to_crs_of_areas(struct reading *reading) {
    struct sg_crs *crs = NULL;
    struct sg_transformation *to_areas = NULL;
    enum sg_status status = sg_dataset_crs(&reading->dataset, &crs);
    if (status == SG_OK)
        status = sg_transformation_new(reading->context, crs, reading->layer->crs, &to_areas);
    for (size_t i = 0; status == SG_OK && i < reading->shape_count; i++) {
        if (reading->shapes[i].polygon_count > 0 && !sg_transformation_is_identity(to_areas))
            sg_transform_points(to_areas, reading->shapes[i].points,
                                sg_shape_point_count(&reading->shapes[i]));
        turn_shape(reading->layer, &reading->shapes[i]);
    }
    sg_transformation_free(to_areas);
    sg_crs_free(crs);
    return status;
}

static enum sg_status find_name(struct reading *reading, const char *name, int *ret_field) {
    struct sg_dataset *dataset = &reading->dataset;
    if (name != NULL)
        return sg_dataset_field(dataset, name, "--region-name", ret_field);
    *ret_field = sg_dataset_recognise(dataset, sg_region_name_fields);
    if (*ret_field < 0)
        *ret_field = sg_dataset_recognise(dataset, sg_area_name_fields);
    if (*ret_field < 0) /* an error that lists the fields */
        return sg_dataset_field(dataset, "region", "--region-name", ret_field);
    sg_note(reading->context, "%s: field '%s' is taken as the region's name", dataset->path,
            sg_dataset_field_name(dataset, *ret_field));
    return sg_dataset_check(dataset);
}

static enum sg_status read_polygons(struct reading *reading, const char *name) {
    struct sg_dataset *dataset = &reading->dataset;
    int name_field = -1;
    enum sg_status status = find_name(reading, name, &name_field);
    if (status == SG_OK)
        sg_dataset_keep_fields(dataset, &name_field, 1, true);
    OGRFeatureH feature;
    while (status == SG_OK && (feature = sg_dataset_next(dataset)) != NULL) {
        status = add_polygon(reading, feature, name_field);
        OGR_F_Destroy(feature);
    }
    if (status == SG_OK)
        status = sg_dataset_finish(dataset, "regions");
    if (status == SG_OK)
        status = repair(reading);
    if (status == SG_OK)
        status = to_crs_of_areas(reading);
    return status == SG_OK ? join_parts(reading) : status;
}

enum sg_status sg_regions_read(struct sg_context *context, const struct sg_source *source,
                               const char *name_field, const struct sg_area_keys *keys,
                               struct sg_area_layer *layer) {
    struct reading reading = {.context = context, .keys = keys, .layer = layer, .names = sg_name_index_new()};
    sg_text_init(&reading.unknown);
    enum sg_status status =
        reading.names == NULL ? sg_fail_memory(context) : sg_dataset_open(context, source, &reading.dataset);
    if (status == SG_OK)
        status = reading.dataset.is_table ? read_table(&reading) : read_polygons(&reading, name_field);
    if (status == SG_OK && layer->region_count == 0)
        status = sg_fail(context, SG_BAD_INPUT, "it needs rows with area_id and region, or polygons",
                         "%s: no regions", source->path);
    for (size_t i = 0; i < reading.shape_count; i++)
        sg_shape_release(&reading.shapes[i]);
    for (size_t i = 0; i < reading.row_count; i++) {
        sg_free(reading.rows[i].id);
        sg_free(reading.rows[i].region);
    }
    sg_free(reading.rows);
    sg_free(reading.shapes);
    sg_free(reading.regions);
    sg_text_release(&reading.unknown);
    sg_name_index_free(reading.names);
    sg_dataset_release(&reading.dataset);
    return status;
}
