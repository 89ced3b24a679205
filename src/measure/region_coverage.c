#include "measure/region_coverage.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"

/* What no region has, in the list of regions. */
static const char rest_name[] = "(in no region)";

struct work {
    const struct sg_area_layer *layer;
    const struct sg_region_parts *parts;
    const struct sg_shape *shapes;
    const struct sg_inventory *inventory;
    struct sg_region_coverage *coverage;
};

/* ---- regions as areas ---- */

static double add_known(double sum, double value) {
    return isnan(value) ? sum : (isnan(sum) ? 0 : sum) + value;
}

static bool make_layer(struct work *work) {
    const struct sg_region_parts *parts = work->parts;
    struct sg_area_layer *layer = &work->coverage->layer;
    layer->areas = sg_alloc(parts->region_count, sizeof *layer->areas);
    if (layer->areas == NULL)
        return false;
    layer->area_count = parts->region_count;
    layer->crs = work->layer->crs;
    layer->geographic = work->layer->geographic;
    for (size_t r = 0; r < parts->region_count; r++) {
        struct sg_area *region = &layer->areas[r];
        const char *name = r < work->layer->region_count ? work->layer->regions[r].name : rest_name;
        *region = (struct sg_area){.id = sg_strdup(name),
                                   .name = sg_strdup(name),
                                   .shape = work->shapes[r],
                                   .population = NAN,
                                   .need = NAN};
        if (region->id == NULL || region->name == NULL)
            return false;
        for (size_t i = parts->starts[r]; i < parts->starts[r + 1]; i++) {
            const struct sg_region_part *part = &parts->parts[i];
            double km2 = work->layer->areas[part->area].area_km2;
            region->area_km2 += isfinite(km2) ? part->share * km2 : 0;
            region->population = add_known(region->population, part->population);
            region->need = add_known(region->need, part->need);
        }
    }
    return true;
}

/* ---- services ---- */

/* The regions of a site in an area of which they have parts. */
static void count_divided_site(const struct work *work, const struct sg_site *site,
                               const struct sg_region_part *const *found, size_t count, bool *is_in) {
    bool any = false;
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        size_t region = found[i]->region;
        bool is_rest = region >= work->layer->region_count;
        is_in[i] = !is_rest && (found[i]->share == 1 || sg_shape_holds(&work->shapes[region], site->point));
        any = any || is_in[i];
        if (found[i]->share > found[best]->share)
            best = i;
    }
    if (any)
        return;
    for (size_t i = 0; i < count; i++) /* in no outline: what is in no region, where there is such a part */
        is_in[i] = found[i]->region >= work->layer->region_count;
    for (size_t i = 0; i < count; i++)
        any = any || is_in[i];
    is_in[best] = is_in[best] || !any;
}

/* The parts of every area: positions in parts->parts, starts by area. */
struct by_area {
    const struct sg_region_part **parts;
    size_t *starts;
    bool *is_in;
};

static bool sort_by_area(const struct work *work, struct by_area *by_area) {
    const struct sg_region_parts *parts = work->parts;
    size_t area_count = work->layer->area_count, count = parts->starts[parts->region_count];
    by_area->parts = sg_alloc(count, sizeof *by_area->parts);
    by_area->starts = sg_alloc(area_count + 2, sizeof *by_area->starts);
    by_area->is_in = sg_alloc(parts->region_count, sizeof *by_area->is_in);
    if (by_area->parts == NULL || by_area->starts == NULL || by_area->is_in == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        by_area->starts[parts->parts[i].area + 2]++;
    for (size_t a = 0; a < area_count; a++)
        by_area->starts[a + 2] += by_area->starts[a + 1];
    for (size_t i = 0; i < count; i++)
        by_area->parts[by_area->starts[parts->parts[i].area + 1]++] = &parts->parts[i];
    return true;
}

static void release_by_area(struct by_area *by_area) {
    sg_free(by_area->parts);
    sg_free(by_area->starts);
    sg_free(by_area->is_in);
}

/* Sites one by one: an area that regions divide may hold the site in any of them. */
static void count_sites(const struct work *work, const struct by_area *by_area) {
    const struct sg_inventory *inventory = work->inventory;
    double **counts = work->coverage->counts;
    for (size_t s = 0; s < inventory->site_count; s++) {
        const struct sg_site *site = &inventory->sites[s];
        if (site->area == UINT32_MAX)
            continue;
        const struct sg_region_part *const *found = by_area->parts + by_area->starts[site->area];
        size_t count = by_area->starts[site->area + 1] - by_area->starts[site->area];
        count_divided_site(work, site, found, count, by_area->is_in);
        for (size_t i = 0; i < count; i++) {
            if (!by_area->is_in[i])
                continue;
            counts[work->coverage->type_count][found[i]->region] += site->weight;
            for (uint32_t t = 0; t < site->type_count; t++)
                counts[inventory->site_types[site->first_type + t]][found[i]->region] += site->weight;
        }
    }
}

/* Whole areas: their counts. */
static void count_areas(const struct work *work) {
    const struct sg_inventory *inventory = work->inventory;
    double **counts = work->coverage->counts;
    size_t types = work->coverage->type_count;
    for (size_t i = 0; i < work->parts->starts[work->parts->region_count]; i++) {
        const struct sg_region_part *part = &work->parts->parts[i];
        for (size_t t = 0; t < types; t++)
            counts[t][part->region] += inventory->counts[t][part->area];
        counts[types][part->region] += inventory->all_counts[part->area];
    }
}

static bool count_services(struct work *work) {
    struct sg_region_coverage *coverage = work->coverage;
    coverage->type_count = work->inventory->type_count;
    coverage->counts = sg_alloc(coverage->type_count + 1, sizeof *coverage->counts);
    if (coverage->counts == NULL)
        return false;
    for (size_t t = 0; t <= coverage->type_count; t++) {
        coverage->counts[t] = sg_alloc(work->parts->region_count, sizeof **coverage->counts);
        if (coverage->counts[t] == NULL)
            return false;
    }
    if (work->parts->split_area_count == 0) {
        count_areas(work);
        return true;
    }
    struct by_area by_area = {0};
    bool done = sort_by_area(work, &by_area);
    if (done)
        count_sites(work, &by_area);
    release_by_area(&by_area);
    return done;
}

/* ---- demand ---- */

/* Is anybody's need known in the region? Then areas where it is not say nothing: their points' weights are
   square kilometres, not people. */
static bool has_known_need(const struct sg_region_parts *parts, const struct sg_demand *demand,
                           size_t region) {
    bool is_known = false;
    for (size_t i = parts->starts[region]; !is_known && i < parts->starts[region + 1]; i++)
        is_known = demand->need[parts->parts[i].area] > 0;
    return is_known;
}

/* The points of every region's areas, people and weights by the parts' shares. */
static bool make_demand(const struct work *work, const struct sg_demand *demand, struct sg_demand *regions) {
    const struct sg_region_parts *parts = work->parts;
    *regions = (struct sg_demand){.has_population = demand->has_population, .has_need = demand->has_need};
    size_t total = 0;
    for (size_t i = 0; i < parts->starts[parts->region_count]; i++)
        total += demand->area_starts[parts->parts[i].area + 1] - demand->area_starts[parts->parts[i].area];
    regions->points = sg_alloc(total, sizeof *regions->points);
    regions->origins = sg_alloc(total, sizeof *regions->origins);
    regions->area_starts = sg_alloc(parts->region_count + 1, sizeof *regions->area_starts);
    regions->population = sg_alloc(parts->region_count, sizeof *regions->population);
    regions->need = sg_alloc(parts->region_count, sizeof *regions->need);
    if (regions->points == NULL || regions->origins == NULL || regions->area_starts == NULL
        || regions->population == NULL || regions->need == NULL)
        return false;
    for (size_t r = 0; r < parts->region_count; r++) {
        regions->population[r] = work->coverage->layer.areas[r].population;
        regions->need[r] = work->coverage->layer.areas[r].need;
        bool is_known = has_known_need(parts, demand, r);
        for (size_t i = parts->starts[r]; i < parts->starts[r + 1]; i++) {
            const struct sg_region_part *part = &parts->parts[i];
            for (size_t p = demand->area_starts[part->area]; p < demand->area_starts[part->area + 1]; p++) {
                struct sg_demand_point point = demand->points[p];
                point.population *= part->share;
                point.weight *= is_known && isnan(demand->need[part->area]) ? 0 : part->share;
                regions->origins[regions->point_count] = p;
                regions->points[regions->point_count++] = point;
            }
        }
        regions->area_starts[r + 1] = regions->point_count;
    }
    return true;
}

/* ---- all of it ---- */

void sg_region_coverage_add_up(const struct sg_region_parts *parts, const struct sg_measures *city,
                               enum sg_measure measure, struct sg_measures *regions) {
    size_t thresholds = sg_measure_info(measure)->by_threshold ? city->threshold_count : 1;
    for (size_t t = 0; t <= city->type_count; t++) {
        for (size_t d = 0; d < thresholds; d++) {
            const double *areas = sg_measures_row(city, measure, t, d);
            double *to = sg_measures_row(regions, measure, t, d);
            for (size_t r = 0; areas != NULL && to != NULL && r < parts->region_count; r++) {
                double sum = NAN;
                bool is_known = true;
                for (size_t i = parts->starts[r]; is_known && i < parts->starts[r + 1]; i++) {
                    const struct sg_region_part *part = &parts->parts[i];
                    is_known = !isnan(areas[part->area]) || !(part->population > 0);
                    sum = add_known(sum, part->share * areas[part->area]);
                }
                if (is_known)
                    to[r] = sum;
            }
        }
    }
}

/* The mean over the areas by the weight of their points in the region: what their people have, who share the
   services with the whole city. */
static void average_access(const struct sg_region_parts *parts, const struct sg_demand *demand,
                           const struct sg_measures *city, struct sg_measures *regions) {
    for (size_t t = 0; t <= city->type_count; t++) {
        for (size_t d = 0; d < city->threshold_count; d++) {
            const double *areas = sg_measures_row(city, SG_MEASURE_ACCESS, t, d);
            double *to = sg_measures_row(regions, SG_MEASURE_ACCESS, t, d);
            for (size_t r = 0; areas != NULL && to != NULL && r < parts->region_count; r++) {
                double sum = 0, total = 0;
                bool is_known = has_known_need(parts, demand, r);
                for (size_t i = parts->starts[r]; i < parts->starts[r + 1]; i++) {
                    const struct sg_region_part *part = &parts->parts[i];
                    if (is_known && isnan(demand->need[part->area]))
                        continue;
                    double weight = 0;
                    for (size_t p = demand->area_starts[part->area]; p < demand->area_starts[part->area + 1];
                         p++)
                        weight += part->share * demand->points[p].weight;
                    if (isnan(areas[part->area]))
                        continue;
                    sum += weight * areas[part->area];
                    total += weight;
                }
                if (total > 0)
                    to[r] = sum / total;
            }
        }
    }
}

void sg_region_coverage_release(struct sg_region_coverage *coverage) {
    for (size_t r = 0; r < coverage->layer.area_count; r++) {
        sg_free(coverage->layer.areas[r].id);
        sg_free(coverage->layer.areas[r].name);
    }
    sg_free(coverage->layer.areas);
    for (size_t t = 0; coverage->counts != NULL && t <= coverage->type_count; t++)
        sg_free(coverage->counts[t]);
    sg_free(coverage->counts);
    sg_measures_release(&coverage->measures);
    *coverage = (struct sg_region_coverage){0};
}

static enum sg_status measure(struct sg_context *context, struct work *work, const struct sg_demand *demand,
                              const struct sg_measures *city, const struct sg_coverage_request *request) {
    struct sg_region_coverage *coverage = work->coverage;
    struct sg_demand regions_demand = {0};
    if (!make_layer(work) || !count_services(work)
        || (demand != NULL && !make_demand(work, demand, &regions_demand))) {
        sg_demand_release(&regions_demand);
        return sg_fail_memory(context);
    }
    static char need_name[] = "need";
    coverage->layer.need_field = city->has_need ? need_name : NULL;
    struct sg_inventory inventory = *work->inventory;
    inventory.area_count = work->parts->region_count;
    inventory.counts = coverage->counts;
    inventory.all_counts = coverage->counts[coverage->type_count];
    struct sg_coverage_request of_regions = *request;
    of_regions.total_need = city->total_need;
    of_regions.has_total_need = true;
    of_regions.only_areas = true;
    enum sg_status status =
        sg_coverage_measure(context, &coverage->layer, &inventory, demand == NULL ? NULL : &regions_demand,
                            &of_regions, &coverage->measures);
    coverage->layer.need_field = NULL;
    sg_demand_release(&regions_demand);
    if (status == SG_OK)
        sg_region_coverage_add_up(work->parts, city, SG_MEASURE_UNCOVERED, &coverage->measures);
    if (status == SG_OK && demand != NULL)
        average_access(work->parts, demand, city, &coverage->measures);
    return status;
}

enum sg_status sg_region_coverage_measure(struct sg_context *context, const struct sg_area_layer *layer,
                                          const struct sg_region_parts *parts, const struct sg_shape *shapes,
                                          const struct sg_inventory *inventory,
                                          const struct sg_demand *demand, const struct sg_measures *city,
                                          const struct sg_coverage_request *request,
                                          struct sg_region_coverage *ret_coverage) {
    struct sg_region_coverage coverage = {0};
    struct work work = {layer, parts, shapes, inventory, &coverage};
    enum sg_status status = measure(context, &work, demand, city, request);
    if (status != SG_OK) {
        sg_region_coverage_release(&coverage);
        return status;
    }
    *ret_coverage = coverage;
    return SG_OK;
}
