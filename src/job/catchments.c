/* The layers of catchments: what is within a threshold of a type's services, or of one. */
#include "job/catchments.h"

#include <math.h>

#include "core/alloc.h"
#include "core/text.h"
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

size_t sg_catchment_threshold(const struct sg_measures *measures, size_t rank) {
    size_t threshold = 0;
    for (size_t d = 0; d < measures->threshold_count; d++) {
        size_t larger = 0;
        for (size_t other = 0; other < measures->threshold_count; other++)
            larger += measures->thresholds_m[other] > measures->thresholds_m[d];
        threshold = larger == rank ? d : threshold;
    }
    return threshold;
}

/* ---- columns ---- */

bool sg_catchment_add_columns(struct sg_table *table) {
    static const struct sg_column_words columns[] = {
        {"threshold", NULL, "Threshold", "", "How far, in the unit given; inclusive", SG_COLUMN_REAL},
        {"unit", NULL, "Unit", "", "m = metres, min = minutes", SG_COLUMN_TEXT},
        {"within", NULL, "Within", "", "The threshold in words", SG_COLUMN_TEXT},
        {"way", NULL, "Way", "", "How it is measured: in a straight line, or along streets", SG_COLUMN_TEXT}};
    return sg_table_add_columns(table, columns, sizeof columns / sizeof *columns);
}

bool sg_catchment_fill_row(const struct sg_run *run, struct sg_table *table, size_t first, size_t row,
                           size_t threshold) {
    const struct sg_measures *measures = &run->measures;
    struct sg_column *columns = table->columns + first;
    bool is_minutes = measures->is_time || measures->metres_per_minute > 0;
    double per_unit = measures->metres_per_minute > 0 ? measures->metres_per_minute : 1;
    char text[48];
    columns[0].numbers[row] = measures->thresholds_m[threshold] / per_unit;
    return sg_column_set_text(&columns[1], row, is_minutes ? "min" : "m")
           && sg_column_set_text(&columns[2], row, sg_threshold_text(measures, threshold, SG_ENGLISH, text))
           && sg_column_set_text(&columns[3], row, sg_way_text(measures, SG_ENGLISH));
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
    const struct sg_measures *measures = &run->measures;
    sg_table_init(table, (measures->type_count + 1) * measures->threshold_count);
    static const struct sg_column_words of_type[] = {
        {"type", NULL, "Type", "", "Code of the type of service; all = any type", SG_COLUMN_TEXT},
        {"label", NULL, "Label", "", "The type in words", SG_COLUMN_TEXT}};
    static const struct sg_column_words length = {
        "length_km", NULL, "Length", "km", "Kilometres of street on the ellipsoid", SG_COLUMN_REAL};
    static const struct sg_column_words area = {
        "area_km2", NULL, "Area", "km2", "Square kilometres on the ellipsoid", SG_COLUMN_REAL};
    bool done = sg_table_add_columns(table, of_type, 2) && sg_catchment_add_columns(table)
                && sg_table_add_columns(table, is_streets ? &length : &area, 1);
    for (size_t row = 0; done && row < table->row_count; row++) {
        size_t type = row / measures->threshold_count;
        const struct sg_type *of = type == measures->type_count ? NULL : &run->taxonomy.types[type];
        done = sg_column_set_text(&table->columns[0], row, of == NULL ? "all" : of->code)
               && sg_column_set_text(&table->columns[1], row,
                                     of == NULL ? "Any type" : sg_type_label(of, SG_ENGLISH))
               && sg_catchment_fill_row(run, table, 2, row,
                                        sg_catchment_threshold(measures, row % measures->threshold_count));
    }
    return done;
}

/* ---- the layers ---- */

/* Do the job's layers hold any? */
static bool are_held(const struct sg_job *job) {
    bool are = false;
    for (size_t i = 0; !are && i < job->layer_count; i++) {
        const struct sg_format_info *format = sg_format_of(job->layers[i]);
        are =
            format != NULL && format->has_geometry && (format->has_many_layers || job->catchments.are_named);
    }
    return are;
}

static bool is_any_wanted(const struct sg_job *job) {
    return job->catchments.types || job->catchments.streets || job->catchments.sites;
}

static bool is_wanted(const struct sg_run *run) {
    const struct sg_job *job = run->job;
    return are_held(job) && is_any_wanted(job) && run->has_demand
           && sg_coverage_needs_distances(&job->coverage) && run->inventory.site_count > 0
           && job->costs == NULL;
}

enum sg_status sg_run_check_catchments(struct sg_run *run) {
    const struct sg_job *job = run->job;
    size_t count = 0, thresholds = job->coverage.threshold_count;
    if (run->check != NULL)
        return SG_OK;
    if (job->catchments.are_named && is_any_wanted(job) && !are_held(job))
        sg_warn(run->context, "write a GeoPackage or a shapefile: -o coverage.gpkg",
                "--catchments: no output holds layers with geometry, so there are none");
    if (!job->catchments.sites)
        return SG_OK;
    if (job->costs != NULL)
        return sg_fail(run->context, SG_USAGE, "give --streets, or leave `sites` out",
                       "--catchments sites: a table of costs (--costs) knows no places between its points");
    for (size_t s = 0; is_wanted(run) && s < run->inventory.site_count; s++)
        count += run->inventory.sites[s].weight > 0;
    if (count * thresholds <= SG_MOST_SITE_CATCHMENTS)
        return SG_OK;
    char total[48], most[48], services[48];
    return sg_fail(run->context, SG_BAD_INPUT,
                   "take fewer services (--services-where) or thresholds (--within), or leave `sites` out: "
                   "the catchments of each type together are `types`",
                   "--catchments sites would be %s polygons (%s services, %zu %s); %s are the most",
                   sg_grouped_text((double)(count * thresholds), ",", total),
                   sg_grouped_text((double)count, ",", services), thresholds,
                   thresholds == 1 ? "threshold" : "thresholds",
                   sg_grouped_text(SG_MOST_SITE_CATCHMENTS, ",", most));
}

/* Shapes in lon/lat move to the CRS of the areas. */
static enum sg_status place_shapes(const struct sg_run *run, struct sg_catchment_layer *layer) {
    struct sg_transformation *transformation = NULL;
    enum sg_status status =
        sg_transformation_new(run->context, run->layer.geographic, run->layer.crs, &transformation);
    for (size_t i = 0; status == SG_OK && i < layer->shape_count; i++)
        sg_transform_points(transformation, layer->shapes[i].points, sg_shape_point_count(&layer->shapes[i]));
    sg_transformation_free(transformation);
    return status;
}

/* The rows of a layer of types from its shapes in lon/lat. */
static enum sg_status fill_types(const struct sg_run *run, const struct sg_catchment_request *request,
                                 bool is_streets, struct sg_catchment_layer *layer) {
    layer->rows = sg_alloc(layer->shape_count, sizeof *layer->rows);
    if (layer->rows == NULL || !build_table(run, is_streets, &layer->table))
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < layer->shape_count; i++) {
        size_t rank = i % request->threshold_count;
        const struct sg_shape *shape =
            &layer->shapes[i - rank + sg_catchment_threshold(&run->measures, rank)];
        layer->table.columns[6].numbers[i] = is_streets ? length_km(&request->ellipsoid, shape)
                                                        : sg_geodesic_area(&request->ellipsoid, shape) / 1e6;
        layer->rows[i] = shape;
    }
    return SG_OK;
}

static enum sg_status find_types(struct sg_run *run, const struct sg_catchment_request *request,
                                 bool is_streets, struct sg_catchment_layer *layer) {
    enum sg_status status;
    layer->shape_count = (request->type_count + 1) * request->threshold_count;
    if (is_streets) {
        layer->shapes = sg_alloc(layer->shape_count, sizeof *layer->shapes);
        status = layer->shapes == NULL
                     ? sg_fail_memory(run->context)
                     : sg_street_stretches_find(run->context, &run->inventory, request, layer->shapes);
    } else {
        struct sg_catchments found = {0};
        status = sg_catchments_find(run->context, &run->inventory, request, &found);
        layer->shapes = found.shapes;
    }
    return status == SG_OK ? fill_types(run, request, is_streets, layer) : status;
}

static enum sg_status add_layer(struct sg_run *run, enum sg_catchment_kind kind,
                                struct sg_run_catchments *catchments) {
    static const struct {
        const char *name, *title, *description;
    } names[SG_CATCHMENT_KINDS] = {
        {"catchments", "Catchments",
         "Everything within a threshold of a type's services: the outline of the distance on a grid"},
        {"catchment_streets", "Streets in catchments",
         "Streets from which a service of the type is within the threshold, cut where it is reached"},
        {"catchment_sites", "Catchments of sites",
         "Everything within a threshold of one service; `site` is its fid in the layer `sites`"}};
    struct sg_catchment_layer *layer = &catchments->kinds[kind];
    bool is_lines = kind == SG_CATCHMENT_STREETS;
    catchments->layer_kinds[catchments->layer_count] = kind;
    catchments->layers[catchments->layer_count++] =
        (struct sg_layer){.name = names[kind].name,
                          .title = names[kind].title,
                          .description = names[kind].description,
                          .table = &layer->table,
                          .kind = is_lines ? SG_LINES : SG_POLYGONS,
                          .shapes = layer->rows,
                          .crs = run->layer.crs,
                          .styles = &layer->style,
                          .style_count = 1};
    return sg_run_catchment_style(run, is_lines, &layer->style);
}

enum sg_status sg_run_find_catchments(struct sg_run *run, struct sg_run_catchments *ret) {
    const struct sg_catchment_wishes *wishes = &run->job->catchments;
    const bool wants[SG_CATCHMENT_KINDS] = {wishes->types, wishes->streets, wishes->sites};
    if (!is_wanted(run))
        return SG_OK;
    struct sg_catchment_request request = {.type_count = run->measures.type_count,
                                           .thresholds = run->measures.thresholds_m,
                                           .threshold_count = run->measures.threshold_count,
                                           .graph = run->has_travel ? &run->graph : NULL,
                                           .streets = run->street_request};
    double radius_m, flattening;
    sg_crs_ellipsoid(run->layer.geographic, &radius_m, &flattening);
    request.ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    enum sg_status status = extent_of(run, &request.extent);
    for (int k = 0; status == SG_OK && k < SG_CATCHMENT_KINDS; k++) {
        struct sg_catchment_layer *layer = &ret->kinds[k];
        if (!wants[k])
            continue;
        status = k == SG_CATCHMENT_SITES ? sg_run_find_site_catchments(run, &request, layer)
                                         : find_types(run, &request, k == SG_CATCHMENT_STREETS, layer);
        if (status == SG_OK)
            status = place_shapes(run, layer);
        if (status == SG_OK)
            status = add_layer(run, (enum sg_catchment_kind)k, ret);
    }
    return status;
}

void sg_run_catchments_release(struct sg_run_catchments *catchments) {
    for (int k = 0; k < SG_CATCHMENT_KINDS; k++) {
        struct sg_catchment_layer *layer = &catchments->kinds[k];
        for (size_t i = 0; layer->shapes != NULL && i < layer->shape_count; i++)
            sg_shape_release(&layer->shapes[i]);
        sg_free(layer->shapes);
        sg_free(layer->rows);
        sg_table_release(&layer->table);
        sg_layer_style_release(&layer->style);
    }
}

/* ---- their files ---- */

char *sg_catchments_file(const struct sg_job *job, size_t layer, enum sg_catchment_kind kind,
                         bool *ret_no_memory) {
    static const char *const names[SG_CATCHMENT_KINDS] = {"catchments", "catchment_streets",
                                                          "catchment_sites"};
    const bool wants[SG_CATCHMENT_KINDS] = {job->catchments.types, job->catchments.streets,
                                            job->catchments.sites};
    const struct sg_format_info *format = sg_format_of(job->layers[layer]);
    if (!job->catchments.are_named || !wants[kind] || format == NULL || !format->has_geometry
        || format->has_many_layers)
        return NULL;
    char *name = sg_format("%s%s", names[kind], format->ending);
    *ret_no_memory = *ret_no_memory || name == NULL;
    return name;
}

enum sg_status sg_run_write_catchments(struct sg_run *run, struct sg_staging *staging,
                                       const struct sg_run_catchments *catchments) {
    enum sg_status status = SG_OK;
    for (size_t i = 0; i < run->job->layer_count; i++) {
        for (size_t c = 0; status == SG_OK && c < catchments->layer_count; c++) {
            bool no_memory = false;
            char *name = sg_catchments_file(run->job, i, catchments->layer_kinds[c], &no_memory);
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
