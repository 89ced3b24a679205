/* The reading stage of a run: areas, regions, services, demand. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/brief_check.h"
#include "job/catchments.h"
#include "job/groups.h"
#include "job/joins.h"
#include "job/run.h"
#include "job/same_source.h"
#include "measure/area_size.h"
#include "measure/demand_builder.h"
#include "measure/region_shares.h"
#include "read/region_reader.h"
#include "read/taxonomy_reader.h"

/* One file of services on its way in. */
struct service_reading {
    struct sg_run *run;
    bool is_geographic;
    struct sg_brief_input brief;
};

static enum sg_status begin_file(void *user, const struct sg_crs *crs) {
    struct service_reading *reading = user;
    struct sg_run *run = reading->run;
    enum sg_status status = sg_tally_begin(run->tally, crs);
    reading->is_geographic = sg_crs_is_geographic(crs);
    if (status == SG_OK && run->check != NULL)
        status = sg_check_begin(run->context, run->check, crs);
    return status;
}

static enum sg_status add_batch(void *user, struct sg_site_batch *batch) {
    struct service_reading *reading = user;
    struct sg_run *run = reading->run;
    enum sg_status status = sg_tally_add(run->tally, batch);
    if (status == SG_OK)
        sg_brief_check_add(&reading->brief, reading->is_geographic, batch);
    if (status == SG_OK && run->check != NULL)
        status = sg_check_add(run->context, run->check, batch);
    return status;
}

/* About how many points the areas will be asked for: rows of a table are hardly shorter than this. */
static size_t guess_points(const struct sg_job *job) {
    const size_t row_bytes = 16;
    size_t bytes = 0;
    struct stat found;
    if (job->demand.path != NULL)
        return SIZE_MAX; /* polygons are spread over many */
    for (size_t i = 0; i < job->service_count; i++) {
        if (stat(job->services[i].source.path, &found) != 0 || !S_ISREG(found.st_mode))
            return SIZE_MAX;
        bytes += (size_t)found.st_size;
    }
    return bytes / row_bytes;
}

static enum sg_status build_locator(struct sg_run *run) {
    const struct sg_shape **shapes = sg_alloc(run->layer.area_count, sizeof *shapes);
    if (shapes == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < run->layer.area_count; i++)
        shapes[i] = &run->layer.areas[i].shape;
    enum sg_status status =
        sg_locator_new(run->context, shapes, run->layer.area_count, guess_points(run->job), &run->locator);
    sg_free(shapes);
    return status;
}

static enum sg_status read_taxonomy(struct sg_run *run) {
    enum sg_status status = sg_taxonomy_read(run->context, run->job->taxonomy, &run->taxonomy);
    if (status == SG_OK && run->job->rules != NULL)
        status = sg_rules_read(run->context, run->job->rules, &run->taxonomy);
    return status;
}

static bool keeps_sites(const struct sg_run *run) {
    const struct sg_job *job = run->job;
    if (run->check != NULL || sg_coverage_needs_distances(&job->coverage) || job->fairness.groups != NULL)
        return true;
    for (size_t i = 0; i < job->map_count; i++) {
        if (job->maps[i].show_sites)
            return true;
    }
    for (size_t i = 0; i < run->layer.region_count; i++) {
        if (run->layer.regions[i].shape.polygon_count > 0)
            return true; /* which of the regions of an area has the site? */
    }
    for (size_t i = 0; i < job->layer_count; i++) {
        const struct sg_format_info *format = sg_format_of(job->layers[i]);
        if (format != NULL && format->has_geometry && format->has_many_layers)
            return true; /* the sites are a layer of the GeoPackage */
    }
    return false;
}

static void say_counts(struct sg_run *run, const struct sg_site_input *input) {
    struct sg_text reasons;
    sg_text_init(&reasons);
    for (int o = SG_SITE_MISSING; o < SG_SITE_OUTCOME_COUNT; o++) {
        if (input->outcomes[o] > 0)
            sg_text_append_format(&reasons, "%s%llu %s", reasons.length == 0 ? " (" : ", ",
                                  (unsigned long long)input->outcomes[o],
                                  sg_site_outcome_reason((enum sg_site_outcome)o));
    }
    if (reasons.length > 0)
        sg_text_append(&reasons, ")");
    sg_note(run->context, "%s: %llu %s read = %llu in the areas + %llu outside + %llu rejected%s",
            input->path, (unsigned long long)input->counts.read,
            sg_plural(input->counts.read, "record", "records"), (unsigned long long)input->counts.counted,
            (unsigned long long)input->counts.outside, (unsigned long long)input->counts.rejected,
            sg_text_bytes(&reasons));
    sg_text_release(&reasons);
    if (input->surface_count > 0)
        sg_note(run->context, "%s: %llu %s taken at a point on %s", input->path,
                (unsigned long long)input->surface_count,
                sg_plural(input->surface_count, "line or polygon was", "lines or polygons were"),
                sg_plural(input->surface_count, "it", "them"));
}

static void say_unknown_types(struct sg_run *run, const struct sg_site_input *input) {
    if (input->unknown_type_count == 0)
        return;
    struct sg_text list;
    sg_text_init(&list);
    uint64_t total = 0;
    for (size_t i = 0; i < input->unknown_type_count; i++) {
        total += input->unknown_types[i].count;
        if (i < 5)
            sg_text_append_format(&list, "%s'%.80s' (%llu)", i == 0 ? "" : ", ", input->unknown_types[i].text,
                                  (unsigned long long)input->unknown_types[i].count);
    }
    sg_warn(run->context, "map them with --rules, or `servicegap check` lists them all",
            "%s: %zu type %s (%llu %s) %s not in the taxonomy: %s%s", input->path, input->unknown_type_count,
            sg_plural(input->unknown_type_count, "text", "texts"), (unsigned long long)total,
            sg_plural(total, "time", "times"), sg_plural(input->unknown_type_count, "is", "are"),
            sg_text_bytes(&list), input->unknown_type_count > 5 ? " ..." : "");
    sg_text_release(&list);
}

static void warn_of_same_source(const struct sg_run *run, size_t source) {
    size_t before = sg_job_same_source(run->job, source);
    if (before != SG_NO_INDEX)
        sg_warn(run->context, "name it once",
                "%s: services file %zu is file %zu again, with the same settings: each of its records is "
                "read once more",
                run->inputs[source].path, source + 1, before + 1);
}

static enum sg_status read_services(struct sg_run *run) {
    const struct sg_job *job = run->job;
    run->inputs = sg_alloc(job->service_count, sizeof *run->inputs);
    if (run->inputs == NULL || !sg_inventory_init(&run->inventory, run->layer.area_count, keeps_sites(run)))
        return sg_fail_memory(run->context);
    enum sg_status status =
        sg_tally_new(run->context, &run->layer, run->locator, &run->inventory, &job->tally, &run->tally);
    for (size_t i = 0; status == SG_OK && i < job->service_count; i++) {
        const struct sg_service_source *service = &job->services[i];
        struct sg_site_input *input = &run->inputs[i];
        struct service_reading reading = {.run = run};
        status = sg_sites_read(run->context, &service->source, &service->fields, &run->taxonomy,
                               run->inventory.organizations, run->inventory.words, run->inventory.ids,
                               begin_file, add_batch, &reading, run->rejects, input);
        if (status != SG_OK)
            break;
        run->input_count++;
        run->inventory.sum.read += input->counts.read;
        run->inventory.sum.counted += input->counts.counted;
        run->inventory.sum.outside += input->counts.outside;
        run->inventory.sum.rejected += input->counts.rejected;
        say_counts(run, input);
        say_unknown_types(run, input);
        warn_of_same_source(run, i);
        if (run->check == NULL)
            sg_brief_check_input(run->context, input->path, &reading.brief);
    }
    if (status == SG_OK && run->inventory.sum.read == 0 && run->job->service_count > 0)
        sg_warn(run->context, "is it the right file?", "no service records at all");
    else if (status == SG_OK && run->inventory.sum.read > 0 && run->inventory.sum.counted == 0)
        status = sg_run_fail_nothing_inside(run);
    if (status == SG_OK && !sg_inventory_add_types(&run->inventory, run->taxonomy.type_count))
        status = sg_fail_memory(run->context);
    return status == SG_OK ? sg_run_find_stacks(run) : status;
}

/* An outline that is not there, or that the format's reader let go, takes the area out of every measure;
   whoever lies in it counts as outside. */
static void warn_of_lost_outlines(struct sg_run *run) {
    const struct sg_area_layer *layer = &run->layer;
    struct sg_text names, outside;
    sg_text_init(&names);
    sg_text_init(&outside);
    size_t count = 0;
    for (size_t i = 0; i < layer->area_count; i++) {
        const struct sg_area *area = &layer->areas[i];
        if (area->shape.polygon_count > 0)
            continue;
        if (count++ < 5)
            sg_text_append_format(&names, "%s%.80s", count == 1 ? "" : ", ", area->name);
    }
    uint64_t outside_count = run->inventory.sum.outside;
    if (outside_count > 0)
        sg_text_append_format(&outside,
                              ", and those of the %llu services outside all areas that lie there are "
                              "not counted",
                              (unsigned long long)outside_count);
    if (count > 0)
        sg_warn(run->context, "draw them again in a GIS, or leave them out with --areas-where",
                "%s: %zu of %zu areas have no outline that can be read: %s%s; nothing is measured in them%s",
                layer->path, count, layer->area_count, sg_text_bytes(&names), count > 5 ? " ..." : "",
                sg_text_bytes(&outside));
    sg_text_release(&names);
    sg_text_release(&outside);
}

static enum sg_status read_demand(struct sg_run *run) {
    const struct sg_job *job = run->job;
    enum sg_status status = SG_OK;
    if (job->demand.path != NULL) {
        status = sg_demand_read(run->context, &job->demand, &job->demand_fields, &run->demand_layer);
        if (status != SG_OK)
            return status;
        char total[48];
        sg_note(run->context, "%s: %zu demand %s, %s people", job->demand.path, run->demand_layer.read_count,
                run->demand_layer.polygon_count > 0
                    ? sg_plural(run->demand_layer.read_count, "polygon", "polygons")
                    : sg_plural(run->demand_layer.read_count, "point", "points"),
                sg_grouped_text(round(run->demand_layer.total_population), ",", total));
    }
    bool needed = job->demand.path != NULL || sg_coverage_needs_distances(&job->coverage)
                  || job->fairness.groups != NULL;
    if (!needed)
        return SG_OK;
    status =
        sg_demand_build(run->context, &run->layer, run->locator,
                        job->demand.path == NULL ? NULL : &run->demand_layer, job->grid_points, &run->demand);
    if (status != SG_OK)
        return status;
    run->has_demand = true;
    return sg_run_say_lost_demand(run);
}

/* Joined tables and regions, which name areas each in their way. */
static enum sg_status read_attached(struct sg_run *run) {
    const struct sg_job *job = run->job;
    struct sg_area_keys *keys;
    enum sg_status status = sg_area_keys_new(run->context, &run->layer, job->aliases, job->encoding, &keys);
    if (status != SG_OK)
        return status;
    status = sg_run_join(run, keys);
    struct sg_source regions = {.path = job->regions, .encoding = job->encoding, .crs_option = "--regions"};
    if (status == SG_OK && job->regions != NULL)
        status = sg_regions_read(run->context, &regions, job->region_name, keys, &run->layer);
    if (status == SG_OK && job->regions != NULL)
        status = sg_regions_share(run->context, &run->layer);
    if (status == SG_OK)
        sg_run_warn_of_empty_regions(run);
    sg_area_keys_free(keys);
    return status;
}

enum sg_status sg_run_read(struct sg_run *run) {
    const struct sg_job *job = run->job;
    enum sg_status status = sg_areas_read(run->context, &job->areas, &job->area_fields, &run->layer);
    if (status == SG_OK)
        status = sg_areas_measure(run->context, &run->layer);
    if (status == SG_OK)
        sg_note(run->context, "%s: %zu %s, %s%s%s%s", job->areas.path, run->layer.area_count,
                sg_plural(run->layer.area_count, "area", "areas"), sg_crs_name(run->layer.crs),
                sg_crs_code(run->layer.crs)[0] != '\0' ? " (" : "", sg_crs_code(run->layer.crs),
                sg_crs_code(run->layer.crs)[0] != '\0' ? ")" : "");
    if (status == SG_OK && (job->regions != NULL || job->join_count > 0))
        status = read_attached(run);
    if (status == SG_OK)
        status = build_locator(run);
    if (status == SG_OK)
        status = read_taxonomy(run);
    if (status == SG_OK)
        status = read_services(run);
    if (status == SG_OK)
        warn_of_lost_outlines(run);
    if (status == SG_OK)
        status = read_demand(run);
    if (status == SG_OK)
        status = sg_run_read_groups(run);
    if (status == SG_OK)
        status = sg_run_check_catchments(run);
    if (status == SG_OK)
        status = sg_run_read_costs(run);
    if (status == SG_OK)
        status = sg_run_read_streets(run);
    return status == SG_OK ? sg_brief_check(run) : status;
}
