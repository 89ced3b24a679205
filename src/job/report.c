/* The report of `check`: what was read, how it was understood, and what is wrong. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "job/run.h"

static void report_areas(const struct sg_run *run) {
    const struct sg_area_layer *layer = &run->layer;
    size_t without = 0, unknown_population = 0;
    double km2 = 0;
    for (size_t i = 0; i < layer->area_count; i++) {
        without += layer->areas[i].shape.polygon_count == 0;
        unknown_population += isnan(run->measures.population[i]);
        km2 += isfinite(layer->areas[i].area_km2) ? layer->areas[i].area_km2 : 0;
    }
    printf("areas: %s\n", layer->path);
    printf("  areas               %zu (%.2f km2)\n", layer->area_count, km2);
    printf("  CRS                 %s %s\n", sg_crs_name(layer->crs), sg_crs_code(layer->crs));
    printf("  id                  %s\n", layer->id_field == NULL ? "the feature id" : layer->id_field);
    printf("  name                %s\n", layer->name_field == NULL ? "the id" : layer->name_field);
    printf("  population          %s\n", layer->population_field != NULL ? layer->population_field
                                         : run->job->demand.path != NULL ? "from the demand points"
                                                                         : "not known");
    printf("  need                %s\n", layer->need_field != NULL ? layer->need_field
                                         : run->measures.has_need  ? "from the demand points"
                                                                   : "the population");
    printf("  repaired outlines   %zu\n", layer->repaired_count);
    printf("  without geometry    %zu\n", without);
    if (run->measures.has_population)
        printf("  without population  %zu\n", unknown_population);
    if (layer->region_count > 0)
        printf("  regions             %zu\n", layer->region_count);
}

static void report_services(const struct sg_run *run) {
    for (size_t i = 0; i < run->input_count; i++) {
        const struct sg_site_input *input = &run->inputs[i];
        printf("services: %s (%s)\n", input->path, input->driver);
        printf("  CRS                 %s\n", input->crs_name);
        printf("  fields              %s\n", input->fields);
        printf("  records read        %llu\n", (unsigned long long)input->counts.read);
        for (int o = 0; o < SG_SITE_OUTCOME_COUNT; o++) {
            if (input->outcomes[o] > 0 || o <= SG_SITE_OUTSIDE)
                printf("    %-44s %llu\n",
                       o == SG_SITE_COUNTED ? "in the areas"
                                            : sg_site_outcome_reason((enum sg_site_outcome)o),
                       (unsigned long long)input->outcomes[o]);
        }
        if (input->multiple_count > 0)
            printf("  with several points %llu\n", (unsigned long long)input->multiple_count);
        if (input->surface_count > 0)
            printf("  point on a surface  %llu\n", (unsigned long long)input->surface_count);
        if (input->unknown_type_count > 0)
            printf("  type texts not in the taxonomy: %zu\n", input->unknown_type_count);
        for (size_t t = 0; t < input->unknown_type_count; t++)
            printf("    %8llu  %s\n", (unsigned long long)input->unknown_types[t].count,
                   input->unknown_types[t].text);
    }
}

static void report_types(const struct sg_run *run) {
    printf("types:%s%s\n", run->taxonomy.name == NULL ? " as found" : " taxonomy ",
           run->taxonomy.name == NULL ? "" : run->taxonomy.name);
    printf("  %-6s %10s %10s %8s  %s\n", "code", "records", "in areas", "without", "label");
    for (size_t t = 0; t < run->taxonomy.type_count; t++)
        printf("  %-6s %10llu %10.6g %8zu  %s\n", run->taxonomy.types[t].code,
               (unsigned long long)run->inventory.type_records[t], run->inventory.totals[t],
               run->measures.city[t].areas_without,
               sg_type_label(&run->taxonomy.types[t], run->job->language));
}

static void report_demand(const struct sg_run *run) {
    if (!run->has_demand)
        return;
    printf("demand: %s\n", run->job->demand.path == NULL ? "a grid in each area" : run->job->demand.path);
    printf("  points in the areas %zu\n", run->demand.point_count);
    if (run->job->demand.path != NULL) {
        printf("  people read         %.0f\n", run->demand_layer.total_population);
        printf("  people outside      %.0f (%zu points)\n", run->demand.outside_population,
               run->demand.outside_count);
        printf("  features unusable   %zu\n", run->demand_layer.rejected_count);
        printf("  areas on a grid     %zu\n", run->demand.gridded_area_count);
    }
    if (run->measures.has_population)
        printf("  people in the areas %.0f\n", run->measures.total_population);
    if (run->job->demand.path != NULL && run->layer.population_field != NULL)
        printf("  of these by points  %.0f (difference %.0f)\n", run->demand.points_population,
               round(run->measures.total_population - run->demand.points_population) + 0.0);
}

enum sg_status sg_run_report(struct sg_run *run) {
    report_areas(run);
    report_services(run);
    report_types(run);
    report_demand(run);
    size_t warnings = sg_context_warning_count(run->context);
    printf("warnings: %zu\n", warnings);
    for (size_t i = 0; i < warnings; i++)
        printf("  %s\n", sg_context_warning(run->context, i));
    printf("findings:\n");
    for (size_t i = 0; i < run->finding_count; i++)
        printf("  %s\n", run->findings[i]);
    if (fflush(stdout) != 0 || ferror(stdout))
        return sg_fail(run->context, SG_NO_OUTPUT, NULL,
                       "the report cannot be written to the standard output");
    return SG_OK;
}
