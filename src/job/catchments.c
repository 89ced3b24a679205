/* The layer `catchments` of a GeoPackage: what is within a threshold of a type's services. */
#include "job/catchments.h"

#include <math.h>

#include "core/alloc.h"
#include "judge/phrasing.h"
#include "measure/street_stretches.h"

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

static double length_km(const struct sg_ellipsoid *ellipsoid, const struct sg_shape *lines) {
    double length_m = 0;
    for (uint32_t r = 0; r < lines->ring_count; r++) {
        for (uint32_t i = lines->ring_starts[r]; i + 1 < lines->ring_starts[r + 1]; i++)
            length_m += sg_geodesic_short_distance(ellipsoid, lines->points[i], lines->points[i + 1]);
    }
    return length_m / 1000;
}

static bool build_table(const struct sg_run *run, bool is_streets, struct sg_table *table) {
    static const struct {
        const char *name, *title, *definition;
        enum sg_column_kind kind;
    } columns[] = {{"type", "Type", "Code of the type of service; all = any type", SG_COLUMN_TEXT},
                   {"label", "Label", "The type in words", SG_COLUMN_TEXT},
                   {"threshold", "Threshold", "How far, in the unit given; inclusive", SG_COLUMN_REAL},
                   {"unit", "Unit", "m = metres, min = minutes", SG_COLUMN_TEXT},
                   {"within", "Within", "The threshold in words", SG_COLUMN_TEXT},
                   {"way", "Way", "How it is measured: in a straight line, or along streets", SG_COLUMN_TEXT},
                   {"area_km2", "Area", "Square kilometres on the ellipsoid", SG_COLUMN_REAL},
                   {"length_km", "Length", "Kilometres of street on the ellipsoid", SG_COLUMN_REAL}};
    sg_table_init(table, (run->measures.type_count + 1) * run->measures.threshold_count);
    bool done = true;
    for (size_t i = 0; done && i < 7; i++) {
        size_t c = i == 6 && is_streets ? 7 : i;
        done = sg_table_add(table, columns[c].kind, columns[c].name, columns[c].name, columns[c].title,
                            c == 6   ? "km2"
                            : c == 7 ? "km"
                                     : "",
                            columns[c].definition)
               != NULL;
    }
    for (size_t row = 0; done && row < table->row_count; row++)
        done = fill_row(run, table, row, row / run->measures.threshold_count, threshold_of(run, row));
    return done;
}

/* ---- the layers ---- */

static bool is_wanted(const struct sg_run *run) {
    const struct sg_job *job = run->job;
    bool is_held = false;
    for (size_t i = 0; !is_held && i < job->layer_count; i++) {
        const struct sg_format_info *format = sg_format_of(job->layers[i]);
        is_held =
            format != NULL && format->has_geometry && (format->has_many_layers || job->catchments.are_named);
    }
    return is_held && (job->catchments.types || job->catchments.streets) && run->has_demand
           && sg_coverage_needs_distances(&job->coverage) && run->inventory.site_count > 0
           && run->measures.way != SG_WAY_TABLE;
}

/* Rows of a layer from shapes in lon/lat, which move to the CRS of the areas. */
static enum sg_status add_layer(struct sg_run *run, const struct sg_catchment_request *request,
                                bool is_streets, struct sg_run_catchments *catchments) {
    struct sg_transformation *transformation = NULL;
    struct sg_table *table = &catchments->tables[is_streets];
    size_t count = (request->type_count + 1) * request->threshold_count;
    const struct sg_shape **rows = sg_alloc(count, sizeof *rows);
    catchments->rows[is_streets] = rows;
    enum sg_status status =
        rows == NULL || !build_table(run, is_streets, table) ? sg_fail_memory(run->context) : SG_OK;
    if (status == SG_OK)
        status = sg_transformation_new(run->context, run->layer.geographic, run->layer.crs, &transformation);
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        size_t first = i - i % request->threshold_count;
        struct sg_shape *shape = &catchments->shapes[is_streets][first + threshold_of(run, i)];
        table->columns[6].numbers[i] = is_streets ? length_km(&request->ellipsoid, shape)
                                                  : sg_geodesic_area(&request->ellipsoid, shape) / 1e6;
        sg_transform_points(transformation, shape->points, sg_shape_point_count(shape));
        rows[i] = shape;
    }
    sg_transformation_free(transformation);
    if (status == SG_OK)
        catchments->layers[catchments->layer_count++] =
            (struct sg_layer){.name = is_streets ? "catchment_streets" : "catchments",
                              .title = is_streets ? "Streets in catchments" : "Catchments",
                              .description = is_streets ? "Streets from which a service of the type is "
                                                          "within the threshold, cut where it is reached"
                                                        : "Everything within a threshold of a type's "
                                                          "services: the outline of the distance on a grid",
                              .table = table,
                              .kind = is_streets ? SG_LINES : SG_POLYGONS,
                              .shapes = rows,
                              .crs = run->layer.crs};
    return status;
}

enum sg_status sg_run_find_catchments(struct sg_run *run, struct sg_run_catchments *ret) {
    const struct sg_job *job = run->job;
    if (!is_wanted(run))
        return SG_OK;
    struct sg_catchment_request request = {.type_count = run->measures.type_count,
                                           .thresholds = run->measures.thresholds_m,
                                           .threshold_count = run->measures.threshold_count,
                                           .graph = run->has_travel ? &run->graph : NULL,
                                           .streets = run->street_request};
    ret->shape_count = (request.type_count + 1) * request.threshold_count;
    double radius_m, flattening;
    sg_crs_ellipsoid(run->layer.geographic, &radius_m, &flattening);
    request.ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    enum sg_status status = extent_of(run, &request.extent);
    if (status == SG_OK && job->catchments.types) {
        struct sg_catchments found;
        status = sg_catchments_find(run->context, &run->inventory, &request, &found);
        if (status == SG_OK) {
            ret->shapes[0] = found.shapes;
            status = add_layer(run, &request, false, ret);
        }
    }
    if (status == SG_OK && job->catchments.streets) {
        ret->shapes[1] = sg_alloc(ret->shape_count, sizeof *ret->shapes[1]);
        status = ret->shapes[1] == NULL
                     ? sg_fail_memory(run->context)
                     : sg_street_stretches_find(run->context, &run->inventory, &request, ret->shapes[1]);
        if (status == SG_OK)
            status = add_layer(run, &request, true, ret);
    }
    return status;
}

void sg_run_catchments_release(struct sg_run_catchments *catchments) {
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; catchments->shapes[k] != NULL && i < catchments->shape_count; i++)
            sg_shape_release(&catchments->shapes[k][i]);
        sg_free(catchments->shapes[k]);
        sg_free(catchments->rows[k]);
        sg_table_release(&catchments->tables[k]);
    }
}

/* ---- their files ---- */

char *sg_catchments_file(const struct sg_job *job, size_t layer, bool of_streets, bool *ret_no_memory) {
    const struct sg_format_info *format = sg_format_of(job->layers[layer]);
    bool is_wanted_one = of_streets ? job->catchments.streets : job->catchments.types;
    if (!job->catchments.are_named || !is_wanted_one || format == NULL || !format->has_geometry
        || format->has_many_layers)
        return NULL;
    char *name = sg_format("%s%s", of_streets ? "catchment_streets" : "catchments", format->ending);
    *ret_no_memory = *ret_no_memory || name == NULL;
    return name;
}

enum sg_status sg_run_write_catchments(struct sg_run *run, struct sg_staging *staging,
                                       const struct sg_run_catchments *catchments) {
    enum sg_status status = SG_OK;
    for (size_t i = 0; i < run->job->layer_count; i++) {
        for (size_t c = 0; status == SG_OK && c < catchments->layer_count; c++) {
            bool no_memory = false;
            char *name = sg_catchments_file(run->job, i, catchments->layers[c].kind == SG_LINES, &no_memory);
            if (no_memory)
                status = sg_fail_memory(run->context);
            if (name != NULL)
                status = sg_layers_write(run->context, staging, name, &catchments->layers[c], 1,
                                         sg_hashes_newest(run->hashes));
            if (name != NULL && status == SG_OK)
                status = sg_run_add_output(run, name);
            sg_free(name);
        }
    }
    return status;
}
