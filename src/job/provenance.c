/* What provenance.json says of a run: its settings, and what became of the records of each input. */
#include "write/provenance.h"

#include <string.h>

#include "core/alloc.h"
#include "draw/map.h"
#include "job/run.h"

static void say_field(struct sg_provenance_layer *layer, const char *role, const char *field) {
    if (field != NULL && layer->field_count < SG_MOST_PROVENANCE_FIELDS)
        layer->fields[layer->field_count++] = (struct sg_parameter){.name = role, .value = field};
}

static struct sg_provenance_layer services_read(const struct sg_site_input *input) {
    struct sg_provenance_layer layer = {.path = input->path, .counts = input->counts};
    for (size_t f = 0; f < input->field_count; f++)
        say_field(&layer, input->fields[f].role, input->fields[f].name);
    return layer;
}

static struct sg_provenance_layer areas_read(const struct sg_area_layer *areas) {
    struct sg_provenance_layer layer = {.path = areas->path, .counts.read = areas->area_count};
    for (size_t a = 0; a < areas->area_count; a++)
        layer.counts.rejected += areas->areas[a].shape.polygon_count == 0;
    layer.counts.counted = layer.counts.read - layer.counts.rejected;
    say_field(&layer, "id", areas->id_field);
    say_field(&layer, "name", areas->name_field);
    say_field(&layer, "population", areas->population_field);
    say_field(&layer, "need", areas->need_field);
    return layer;
}

static struct sg_provenance_layer demand_read(const struct sg_run *run) {
    const struct sg_demand_layer *demand = &run->demand_layer;
    struct sg_provenance_layer layer = {.path = demand->path,
                                        .counts = {.read = demand->read_count,
                                                   .outside = run->demand.outside_record_count,
                                                   .rejected = demand->rejected_count}};
    layer.counts.counted = layer.counts.read - layer.counts.outside - layer.counts.rejected;
    say_field(&layer, "population", demand->population_field);
    say_field(&layer, "need", demand->need_field);
    return layer;
}

/* The job's settings; the supply is the one that was judged on, which a benchmark may have decided. Free with
   sg_free(); NULL when out of memory. */
static struct sg_parameter *parameters_used(const struct sg_run *run) {
    const struct sg_job *job = run->job;
    struct sg_parameter *parameters = sg_alloc(job->parameter_count, sizeof *parameters);
    for (size_t i = 0; parameters != NULL && i < job->parameter_count; i++) {
        parameters[i] = job->parameters[i];
        if (run->is_judged && parameters[i].list == NULL && strcmp(parameters[i].name, "supply") == 0)
            parameters[i].value = sg_supply_name(run->judgement.supply);
    }
    return parameters;
}

enum sg_status sg_run_write_provenance(struct sg_run *run, struct sg_staging *staging) {
    const struct sg_job *job = run->job;
    struct sg_provenance_layer *services = sg_alloc(run->input_count, sizeof *services);
    struct sg_parameter *parameters = parameters_used(run);
    if (services == NULL || parameters == NULL) {
        sg_free(services);
        sg_free(parameters);
        return sg_fail_memory(run->context);
    }
    for (size_t i = 0; i < run->input_count; i++)
        services[i] = services_read(&run->inputs[i]);
    struct sg_provenance provenance = {.command = job->command,
                                       .cairo_version = sg_cairo_version(),
                                       .parameters = parameters,
                                       .parameter_count = job->parameter_count,
                                       .services = services,
                                       .service_count = run->input_count,
                                       .areas = areas_read(&run->layer),
                                       .demand = demand_read(run),
                                       .outputs = (const char *const *)run->outputs,
                                       .output_count = run->output_count};
    enum sg_status status = sg_provenance_write(run->context, staging, run->hashes, &provenance);
    sg_free(services);
    sg_free(parameters);
    return status;
}
