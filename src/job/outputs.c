/* The writing stage of a run: layers, and the tables and findings beside them. */
#include <string.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/catchments.h"
#include "job/rejected.h"
#include "job/run.h"
#include "job/sites_table.h"
#include "job/styles.h"
#include "job/unreached.h"

enum sg_status sg_run_add_output(struct sg_run *run, const char *name) {
    for (size_t i = 0; i < run->output_count; i++) {
        if (sg_text_equal_fold(run->outputs[i], name)) /* the second page of one map, say, and another map */
            return sg_fail(run->context, SG_BAD_PROJECT, "choose another name for one of them",
                           "two outputs are called '%s'", name);
    }
    char *copy = sg_strdup(name);
    if (copy == NULL
        || !sg_reserve(&run->outputs, &run->output_capacity, run->output_count + 1, sizeof *run->outputs)) {
        sg_free(copy);
        return sg_fail_memory(run->context);
    }
    run->outputs[run->output_count++] = copy;
    return SG_OK;
}

struct layers {
    struct sg_table sites;
    struct sg_table regions; /* borrowed: the run's, without the row of what is in no region */
    struct sg_run_rejected rejected;
    struct sg_run_unreached unreached;
    struct sg_run_catchments catchments;
    struct sg_point *site_points;
    const struct sg_shape **area_shapes, **region_shape_pointers;
    struct sg_layer_style *styles;
    size_t style_count;
    struct sg_layer_style site_style, region_style, unreached_style, rejected_style;
    struct sg_layer items[8];
    size_t count;
};

static void release_layers(struct layers *layers) {
    sg_table_release(&layers->sites);
    sg_run_rejected_release(&layers->rejected);
    sg_run_unreached_release(&layers->unreached);
    sg_run_catchments_release(&layers->catchments);
    sg_styles_free(layers->styles, layers->style_count);
    sg_layer_style_release(&layers->site_style);
    sg_layer_style_release(&layers->region_style);
    sg_layer_style_release(&layers->unreached_style);
    sg_layer_style_release(&layers->rejected_style);
    sg_free(layers->site_points);
    sg_free(layers->area_shapes);
    sg_free(layers->region_shape_pointers);
}

static enum sg_status add_sites_layer(struct sg_run *run, struct layers *layers) {
    size_t count = run->inventory.site_count;
    layers->site_points = sg_alloc(count, sizeof *layers->site_points);
    if (layers->site_points == NULL || !sg_run_build_sites(run, &layers->sites))
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < count; i++)
        layers->site_points[i] = run->inventory.sites[i].point;
    layers->items[layers->count++] = (struct sg_layer){.name = "sites",
                                                       .title = "Sites",
                                                       .description = "Every service record that has a place",
                                                       .table = &layers->sites,
                                                       .kind = SG_POINTS,
                                                       .points = layers->site_points,
                                                       .crs = run->layer.crs,
                                                       .styles = &layers->site_style,
                                                       .style_count = 1};
    return sg_run_site_style(run, &layers->site_style);
}

static enum sg_status add_regions_layer(struct sg_run *run, struct layers *layers) {
    const struct sg_run_regions *regions = &run->regions;
    size_t count = run->layer.region_count;
    layers->regions = regions->table;
    layers->regions.row_count = count;
    layers->region_shape_pointers = sg_alloc(count, sizeof *layers->region_shape_pointers);
    if (layers->region_shape_pointers == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < count; i++)
        layers->region_shape_pointers[i] = &regions->shapes[i];
    const char *title = "Regions";
    layers->items[layers->count++] = (struct sg_layer){
        .name = "regions",
        .title = title,
        .description =
            "Coverage by region, from its own areas, demand points and services; an area may be in several",
        .table = &layers->regions,
        .kind = SG_POLYGONS,
        .shapes = layers->region_shape_pointers,
        .crs = run->layer.crs,
        .styles = &layers->region_style,
        .style_count = 1};
    return sg_run_plain_style(run, SG_STYLE_OUTLINES, layers->regions.columns[0].name, title,
                              &layers->region_style);
}

static enum sg_status add_catchments_layers(struct sg_run *run, struct layers *layers) {
    enum sg_status status = sg_run_find_catchments(run, &layers->catchments);
    for (size_t i = 0; status == SG_OK && i < layers->catchments.layer_count; i++)
        layers->items[layers->count++] = layers->catchments.layers[i];
    return status;
}

/* Gives the layer the look of what counts nowhere. */
static enum sg_status set_aside(struct sg_run *run, struct sg_layer *layer, struct sg_layer_style *style) {
    layer->styles = style;
    layer->style_count = 1;
    return sg_run_plain_style(run, SG_STYLE_POINTS, layer->table->columns[0].name, layer->title, style);
}

static enum sg_status add_unreached_layer(struct sg_run *run, struct layers *layers) {
    if (!sg_run_unreached_open(run, &layers->unreached))
        return sg_fail_memory(run->context);
    if (layers->unreached.count == 0)
        return SG_OK;
    struct sg_layer *layer = &layers->items[layers->count++];
    *layer = sg_run_unreached_layer(&layers->unreached);
    return set_aside(run, layer, &layers->unreached_style);
}

static enum sg_status add_rejected_layer(struct sg_run *run, struct layers *layers) {
    enum sg_status status = sg_run_rejected_open(run, &layers->rejected);
    if (status != SG_OK)
        return status;
    struct sg_layer *layer = &layers->items[layers->count++];
    *layer = sg_run_rejected_layer(run, &layers->rejected);
    return set_aside(run, layer, &layers->rejected_style);
}

static enum sg_status build_layers(struct sg_run *run, struct layers *layers) {
    layers->area_shapes = sg_alloc(run->layer.area_count, sizeof *layers->area_shapes);
    if (layers->area_shapes == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < run->layer.area_count; i++)
        layers->area_shapes[i] = &run->layer.areas[i].shape;
    layers->items[layers->count++] =
        (struct sg_layer){.name = "coverage",
                          .title = run->job->title != NULL ? run->job->title : "Service coverage by area",
                          .description = "Coverage, gaps and verdicts by servicegap",
                          .table = &run->table,
                          .kind = SG_POLYGONS,
                          .shapes = layers->area_shapes,
                          .crs = run->layer.crs};
    enum sg_status status = sg_run_styles(run, &layers->styles, &layers->style_count);
    if (status != SG_OK)
        return status;
    layers->items[0].styles = layers->styles;
    layers->items[0].style_count = layers->style_count;
    if (run->inventory.keeps_sites && run->inventory.site_count > 0)
        status = add_sites_layer(run, layers);
    if (status == SG_OK && run->layer.region_count > 0)
        status = add_regions_layer(run, layers);
    if (status == SG_OK)
        status = add_catchments_layers(run, layers);
    if (status == SG_OK)
        status = add_unreached_layer(run, layers);
    if (status == SG_OK && sg_reject_log_count(run->rejects) > 0)
        status = add_rejected_layer(run, layers);
    return status;
}

/* Whom and what no area or no way holds goes beside the layers as a table, too. */
static enum sg_status write_beside(struct sg_run *run, struct sg_staging *staging,
                                   const struct sg_layer *layer) {
    bool is_rejected = strcmp(layer->name, "rejected") == 0;
    if (!is_rejected && strcmp(layer->name, "unreached") != 0)
        return SG_OK;
    const char *name = is_rejected ? "rejected.csv" : "unreached.csv";
    enum sg_status status = sg_layer_write_csv(run->context, staging, name, layer);
    return status == SG_OK ? sg_run_add_output(run, name) : status;
}

static bool is_there(const struct sg_staging *staging, const char *name) {
    char *path = sg_format("%s/%s", sg_staging_directory(staging), name);
    bool answer = path != NULL && access(path, F_OK) == 0;
    sg_free(path);
    return answer;
}

/* A table that an earlier run left in the folder must not be taken for this run's: it is emptied. */
static enum sg_status empty_old_tables(struct sg_run *run, struct sg_staging *staging,
                                       struct layers *layers) {
    enum sg_status status = SG_OK;
    if (sg_reject_log_count(run->rejects) == 0 && is_there(staging, "rejected.csv")) {
        status = sg_run_rejected_open(run, &layers->rejected);
        struct sg_layer layer = sg_run_rejected_layer(run, &layers->rejected);
        if (status == SG_OK)
            status = write_beside(run, staging, &layer);
    }
    if (status == SG_OK && layers->unreached.count == 0 && is_there(staging, "unreached.csv")) {
        struct sg_layer layer = sg_run_unreached_layer(&layers->unreached);
        status = write_beside(run, staging, &layer);
    }
    return status;
}

enum sg_status sg_run_write(struct sg_run *run, struct sg_staging *staging) {
    struct layers layers = {0};
    enum sg_status status = build_layers(run, &layers);
    long long written_at = sg_hashes_newest(run->hashes);
    bool are_in = false;
    for (size_t i = 0; status == SG_OK && i < run->job->layer_count; i++) {
        const char *name = run->job->layers[i];
        sg_progress(run->context, "writing", (double)i / (double)run->job->layer_count);
        status = sg_layers_write(run->context, staging, name, layers.items, layers.count, written_at);
        are_in = are_in || sg_format_of(name)->has_many_layers;
        if (status == SG_OK)
            status = sg_run_add_output(run, name);
    }
    bool also_as_tables = !are_in || run->job->output_is_own;
    for (size_t i = 0; status == SG_OK && also_as_tables && i < layers.count; i++)
        status = write_beside(run, staging, &layers.items[i]);
    if (status == SG_OK && also_as_tables)
        status = empty_old_tables(run, staging, &layers);
    if (status == SG_OK)
        status = sg_run_write_catchments(run, staging, &layers.catchments);
    if (status == SG_OK)
        status = sg_run_write_tables(run, staging);
    sg_progress(run->context, "writing", 1);
    release_layers(&layers);
    return status;
}
