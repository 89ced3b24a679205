/* The layer `catchments` of a GeoPackage: what is within a threshold of a type's services. */
#include "job/catchments.h"

#include <math.h>

#include "core/alloc.h"
#include "judge/phrasing.h"
#include "measure/catchments.h"

/* The areas' extent in lon/lat, from all their points. */
static enum sg_status extent_of(const struct sg_run *run, struct sg_box *ret_extent) {
    struct sg_transformation *transformation = NULL;
    enum sg_status status =
        sg_transformation_new(run->context, run->layer.crs, run->layer.geographic, &transformation);
    *ret_extent = sg_box_empty();
    for (size_t a = 0; status == SG_OK && a < run->layer.area_count; a++) {
        const struct sg_shape *shape = &run->layer.areas[a].shape;
        for (uint32_t i = 0; i < sg_shape_point_count(shape); i++) {
            struct sg_point point = shape->points[i];
            if (sg_transform_points(transformation, &point, 1) == 0)
                sg_box_add(ret_extent, point);
        }
    }
    sg_transformation_free(transformation);
    return status;
}

/* The largest threshold of a type comes first, so that the smaller ones are drawn over it. */
static size_t threshold_of(const struct sg_run *run, size_t row) {
    const struct sg_measures *measures = &run->measures;
    size_t rank = row % measures->threshold_count, threshold = 0;
    for (size_t d = 0; d < measures->threshold_count; d++) {
        size_t larger = 0;
        for (size_t other = 0; other < measures->threshold_count; other++)
            larger += measures->thresholds_m[other] > measures->thresholds_m[d];
        threshold = larger == rank ? d : threshold;
    }
    return threshold;
}

static bool fill_row(const struct sg_run *run, struct sg_table *table, size_t row, size_t type,
                     size_t threshold) {
    const struct sg_measures *measures = &run->measures;
    bool is_all = type == measures->type_count;
    char text[48];
    double per_unit = measures->metres_per_minute > 0 ? measures->metres_per_minute : 1;
    table->columns[2].numbers[row] = measures->thresholds_m[threshold] / per_unit;
    return sg_column_set_text(&table->columns[0], row, is_all ? "all" : run->taxonomy.types[type].code)
           && sg_column_set_text(&table->columns[1], row,
                                 is_all ? "Any type" : sg_type_label(&run->taxonomy.types[type], SG_ENGLISH))
           && sg_column_set_text(&table->columns[3], row,
                                 measures->is_time || measures->metres_per_minute > 0 ? "min" : "m")
           && sg_column_set_text(&table->columns[4], row,
                                 sg_threshold_text(measures, threshold, SG_ENGLISH, text))
           && sg_column_set_text(&table->columns[5], row, sg_way_text(measures, SG_ENGLISH));
}

static bool build_table(const struct sg_run *run, struct sg_table *table) {
    static const struct {
        const char *name, *title, *definition;
        enum sg_column_kind kind;
    } columns[] = {{"type", "Type", "Code of the type of service; all = any type", SG_COLUMN_TEXT},
                   {"label", "Label", "The type in words", SG_COLUMN_TEXT},
                   {"threshold", "Threshold", "How far, in the unit given; inclusive", SG_COLUMN_REAL},
                   {"unit", "Unit", "m = metres, min = minutes", SG_COLUMN_TEXT},
                   {"within", "Within", "The threshold in words", SG_COLUMN_TEXT},
                   {"way", "Way", "How it is measured: in a straight line, or along streets", SG_COLUMN_TEXT},
                   {"area_km2", "Area", "Square kilometres on the ellipsoid", SG_COLUMN_REAL}};
    sg_table_init(table, (run->measures.type_count + 1) * run->measures.threshold_count);
    bool done = true;
    for (size_t c = 0; done && c < sizeof columns / sizeof *columns; c++)
        done = sg_table_add(table, columns[c].kind, columns[c].name, columns[c].name, columns[c].title,
                            c == 6 ? "km2" : "", columns[c].definition)
               != NULL;
    for (size_t row = 0; done && row < table->row_count; row++)
        done = fill_row(run, table, row, row / run->measures.threshold_count, threshold_of(run, row));
    return done;
}

bool sg_run_has_catchments(const struct sg_run *run) {
    return run->has_demand && sg_coverage_needs_distances(&run->job->coverage)
           && run->inventory.site_count > 0 && run->measures.way != SG_WAY_TABLE;
}

enum sg_status sg_run_find_catchments(struct sg_run *run, struct sg_run_catchments *ret) {
    struct sg_catchment_request request = {.type_count = run->measures.type_count,
                                           .thresholds = run->measures.thresholds_m,
                                           .threshold_count = run->measures.threshold_count,
                                           .graph = run->has_travel ? &run->graph : NULL,
                                           .streets = run->street_request};
    double radius_m, flattening;
    sg_crs_ellipsoid(run->layer.geographic, &radius_m, &flattening);
    request.ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    struct sg_transformation *transformation = NULL;
    enum sg_status status = extent_of(run, &request.extent);
    if (status == SG_OK)
        status = sg_catchments_find(run->context, &run->inventory, &request, &ret->found);
    if (status == SG_OK && !build_table(run, &ret->table))
        status = sg_fail_memory(run->context);
    if (status == SG_OK)
        status = sg_transformation_new(run->context, run->layer.geographic, run->layer.crs, &transformation);
    ret->shapes = sg_alloc(ret->found.shape_count, sizeof *ret->shapes);
    if (status == SG_OK && ret->shapes == NULL)
        status = sg_fail_memory(run->context);
    for (size_t i = 0; status == SG_OK && i < ret->found.shape_count; i++) {
        size_t first = i - i % request.threshold_count;
        struct sg_shape *shape = &ret->found.shapes[first + threshold_of(run, i)];
        ret->table.columns[6].numbers[i] = sg_geodesic_area(&request.ellipsoid, shape) / 1e6;
        sg_transform_points(transformation, shape->points, sg_shape_point_count(shape));
        ret->shapes[i] = shape;
    }
    sg_transformation_free(transformation);
    return status;
}

void sg_run_catchments_release(struct sg_run_catchments *catchments) {
    sg_catchments_release(&catchments->found);
    sg_table_release(&catchments->table);
    sg_free(catchments->shapes);
}
