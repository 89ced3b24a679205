#include "read/line_reader.h"

#include <string.h>

#include "core/alloc.h"
#include "read/shape_reader.h"

static const char *const name_names[] = {"name",      "street", "street_name", "linear_name_full",
                                         "road_name", "nom",    NULL};
static const char *const class_names[] = {"class",  "highway",           "roadclass", "road_class",
                                          "fclass", "feature_code_desc", "type",      NULL};

/* Words of street classes, most important first; OpenStreetMap's and municipal ones. */
static const struct {
    const char *word;
    int rank;
} class_words[] = {
    {"motorway", 0},  {"expressway", 0},   {"highway", 0},     {"freeway", 0},   {"trunk", 1},
    {"major art", 1}, {"primary", 1},      {"arterial", 1},    {"secondary", 2}, {"collector", 2},
    {"tertiary", 3},  {"unclassified", 4}, {"residential", 4}, {"local", 4},     {"living", 4},
    {"service", 5},   {"laneway", 5},      {"footway", 5},     {"path", 5},      {"cycleway", 5},
    {"track", 5},     {"steps", 5},        {"trail", 5},       {"walkway", 5},   {"rail", 1}};

static int rank_of(const char *text) {
    if (text == NULL)
        return -1;
    char *folded = sg_text_fold(text);
    int rank = -1;
    for (size_t i = 0; folded != NULL && rank < 0 && i < sizeof class_words / sizeof *class_words; i++) {
        if (strstr(folded, class_words[i].word) != NULL)
            rank = class_words[i].rank;
    }
    sg_free(folded);
    return rank;
}

void sg_streets_release(struct sg_streets *streets) {
    for (size_t i = 0; i < streets->count; i++) {
        sg_free(streets->streets[i].line.points);
        sg_free(streets->streets[i].name);
    }
    sg_free(streets->streets);
    *streets = (struct sg_streets){0};
}

static bool add_feature(struct sg_dataset *dataset, OGRFeatureH feature, int name_field, int class_field,
                        struct sg_transformation *transformation, struct sg_streets *streets) {
    struct sg_line *lines = NULL;
    size_t count = 0, capacity = 0;
    bool done = sg_lines_read(OGR_F_GetGeometryRef(feature), &lines, &count, &capacity);
    char *name = sg_dataset_text_copy(dataset, feature, name_field);
    int rank = class_field < 0 ? -1 : rank_of(sg_dataset_text(dataset, feature, class_field));
    for (size_t i = 0; i < count; i++) {
        done = done
               && sg_reserve(&streets->streets, &streets->capacity, streets->count + 1,
                             sizeof *streets->streets);
        if (!done) {
            sg_free(lines[i].points);
            continue;
        }
        sg_transform_points(transformation, lines[i].points, lines[i].point_count);
        char *own_name = name == NULL ? NULL : sg_strdup(name);
        done = name == NULL || own_name != NULL;
        streets->streets[streets->count++] = (struct sg_street){lines[i], own_name, rank};
    }
    sg_free(name);
    sg_free(lines);
    return done;
}

enum sg_status sg_streets_read(struct sg_context *context, const struct sg_source *streets_source,
                               const struct sg_crs *to, struct sg_streets *ret_streets) {
    struct sg_source lines =
        *streets_source; /* OpenStreetMap's files have one layer for each kind of geometry */
    const struct sg_source *source = &lines;
    lines.usual_layer = "lines";
    struct sg_dataset dataset;
    struct sg_streets streets = {0};
    struct sg_crs *crs = NULL;
    struct sg_transformation *transformation = NULL;
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    if (status == SG_OK && dataset.is_table)
        status = sg_fail(context, SG_BAD_INPUT, "name a layer of lines", "%s: a table without geometry",
                         source->path);
    if (status == SG_OK)
        status = sg_dataset_crs(&dataset, &crs);
    if (status == SG_OK)
        status = sg_transformation_new(context, crs, to, &transformation);
    if (status == SG_OK) {
        int name_field = sg_dataset_recognise(&dataset, name_names);
        int class_field = sg_dataset_recognise(&dataset, class_names);
        OGRFeatureH feature;
        while (status == SG_OK && (feature = sg_dataset_next(&dataset)) != NULL) {
            if (!add_feature(&dataset, feature, name_field, class_field, transformation, &streets))
                status = sg_fail_memory(context);
            OGR_F_Destroy(feature);
        }
    }
    if (status == SG_OK)
        status = sg_dataset_finish(&dataset, "streets");
    if (status == SG_OK && streets.count == 0)
        sg_warn(context, "is it the right layer?", "%s: no lines", source->path);
    sg_transformation_free(transformation);
    sg_crs_free(crs);
    sg_dataset_release(&dataset);
    if (status != SG_OK) {
        sg_streets_release(&streets);
        return status;
    }
    *ret_streets = streets;
    return SG_OK;
}

void sg_backdrop_release(struct sg_backdrop *backdrop) {
    for (size_t i = 0; i < backdrop->count; i++) {
        sg_shape_release(&backdrop->shapes[i].shape);
        sg_free(backdrop->shapes[i].name);
    }
    sg_free(backdrop->shapes);
    *backdrop = (struct sg_backdrop){0};
}

enum sg_status sg_backdrop_read(struct sg_context *context, const struct sg_source *source, bool is_water,
                                const struct sg_crs *to, struct sg_backdrop *backdrop) {
    struct sg_dataset dataset;
    struct sg_crs *crs = NULL;
    struct sg_transformation *transformation = NULL;
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    if (status == SG_OK && dataset.is_table)
        status = sg_fail(context, SG_BAD_INPUT, "name a layer of polygons", "%s: a table without geometry",
                         source->path);
    if (status == SG_OK)
        status = sg_dataset_crs(&dataset, &crs);
    if (status == SG_OK)
        status = sg_transformation_new(context, crs, to, &transformation);
    int name_field = status == SG_OK ? sg_dataset_recognise(&dataset, name_names) : -1;
    OGRFeatureH feature;
    while (status == SG_OK && (feature = sg_dataset_next(&dataset)) != NULL) {
        struct sg_shape shape;
        enum sg_shape_fault fault = sg_shape_read(OGR_F_GetGeometryRef(feature), &shape);
        if (fault == SG_SHAPE_NO_MEMORY)
            status = sg_fail_memory(context);
        if (fault == SG_SHAPE_READ) {
            sg_transform_points(transformation, shape.points, sg_shape_point_count(&shape));
            if (sg_reserve(&backdrop->shapes, &backdrop->capacity, backdrop->count + 1,
                           sizeof *backdrop->shapes)) {
                char *name = sg_dataset_text_copy(&dataset, feature, name_field);
                backdrop->shapes[backdrop->count++] = (struct sg_backdrop_shape){shape, name, is_water};
            } else {
                sg_shape_release(&shape);
                status = sg_fail_memory(context);
            }
        }
        OGR_F_Destroy(feature);
    }
    if (status == SG_OK)
        status = sg_dataset_finish(&dataset, is_water ? "water" : "land");
    sg_transformation_free(transformation);
    sg_crs_free(crs);
    sg_dataset_release(&dataset);
    return status;
}
