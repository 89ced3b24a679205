#include "model/site.h"

#include <assert.h>

#include "core/alloc.h"

static_assert(sizeof(struct sg_site) <= 64, "memory grows by no more than that with each site");

const char *sg_site_outcome_name(enum sg_site_outcome outcome) {
    static const char *const names[] = {"in_areas",     "outside",    "no_coordinates", "not_numbers",
                                        "out_of_range", "not_finite", "at_zero",        "swapped",
                                        "bad_weight",   "not_open",   "duplicate"};
    return names[outcome];
}

const char *sg_site_outcome_reason(enum sg_site_outcome outcome) {
    static const char *const reasons[] = {"counted",
                                          "outside all areas",
                                          "no coordinates",
                                          "coordinates are not numbers",
                                          "coordinates are out of range",
                                          "coordinates are not finite",
                                          "at 0, 0",
                                          "longitude and latitude are swapped",
                                          "the weight is not a number",
                                          "not open on the date asked for",
                                          "duplicate: same organization, types and place"};
    return reasons[outcome];
}

bool sg_inventory_init(struct sg_inventory *inventory, size_t area_count, bool keeps_sites) {
    *inventory = (struct sg_inventory){.area_count = area_count, .keeps_sites = keeps_sites};
    inventory->all_counts = sg_alloc(area_count, sizeof *inventory->all_counts);
    inventory->organizations = sg_name_index_new();
    inventory->words = sg_name_index_new();
    inventory->ids = sg_name_index_new();
    if (inventory->all_counts == NULL || inventory->organizations == NULL || inventory->words == NULL
        || inventory->ids == NULL) {
        sg_inventory_release(inventory);
        return false;
    }
    return true;
}

void sg_inventory_release(struct sg_inventory *inventory) {
    for (size_t i = 0; i < inventory->type_count; i++)
        sg_free(inventory->counts[i]);
    sg_free(inventory->counts);
    sg_free(inventory->totals);
    sg_free(inventory->type_places);
    sg_free(inventory->all_counts);
    sg_free(inventory->sites);
    sg_free(inventory->site_types);
    sg_free(inventory->site_runs);
    sg_name_index_free(inventory->organizations);
    sg_name_index_free(inventory->words);
    sg_name_index_free(inventory->ids);
    *inventory = (struct sg_inventory){0};
}

bool sg_inventory_add_types(struct sg_inventory *inventory, size_t type_count) {
    if (!sg_reserve(&inventory->counts, &inventory->type_capacity, type_count, sizeof *inventory->counts)
        || !sg_reserve(&inventory->totals, &inventory->total_capacity, type_count, sizeof *inventory->totals)
        || !sg_reserve(&inventory->type_places, &inventory->type_place_capacity, type_count,
                       sizeof *inventory->type_places))
        return false;
    while (inventory->type_count < type_count) {
        double *counts = sg_alloc(inventory->area_count, sizeof *counts);
        if (counts == NULL)
            return false;
        inventory->counts[inventory->type_count] = counts;
        inventory->totals[inventory->type_count] = 0;
        inventory->type_places[inventory->type_count] = (struct sg_type_places){0};
        inventory->type_count++;
    }
    return true;
}

void sg_inventory_count(struct sg_inventory *inventory, double weight, const uint16_t *types,
                        size_t type_count, const uint32_t *areas, size_t area_count) {
    for (size_t a = 0; a < area_count; a++) {
        inventory->all_counts[areas[a]] += weight;
        for (size_t t = 0; t < type_count; t++)
            inventory->counts[types[t]][areas[a]] += weight;
    }
    for (size_t t = 0; t < type_count; t++) {
        struct sg_type_places *places = &inventory->type_places[types[t]];
        places->inside += area_count > 0;
        places->outside += area_count == 0;
        if (area_count > 0)
            inventory->totals[types[t]] += weight;
    }
    if (area_count > 0)
        inventory->all_total += weight;
}

bool sg_inventory_add(struct sg_inventory *inventory, const struct sg_site *site, const uint16_t *types,
                      size_t type_count, const uint32_t *areas, size_t area_count) {
    sg_inventory_count(inventory, site->weight, types, type_count, areas, area_count);
    if (!inventory->keeps_sites)
        return true;
    if (!sg_reserve(&inventory->sites, &inventory->site_capacity, inventory->site_count + 1,
                    sizeof *inventory->sites)
        || !sg_reserve(&inventory->site_types, &inventory->site_type_capacity,
                       inventory->site_type_count + type_count, sizeof *inventory->site_types))
        return false;
    struct sg_site *kept = &inventory->sites[inventory->site_count++];
    *kept = *site;
    kept->area = area_count > 0 ? areas[0] : UINT32_MAX;
    kept->first_type = (uint32_t)inventory->site_type_count;
    kept->type_count = (uint16_t)type_count;
    for (size_t t = 0; t < type_count; t++)
        inventory->site_types[inventory->site_type_count++] = types[t];
    return true;
}

bool sg_inventory_say_source(struct sg_inventory *inventory, uint32_t input, uint64_t record) {
    size_t site = inventory->site_count;
    if (inventory->site_run_count > 0) {
        const struct sg_site_run *last = &inventory->site_runs[inventory->site_run_count - 1];
        if (input == last->input && record == last->first_record + (site - last->first_site))
            return true;
    }
    if (!sg_reserve(&inventory->site_runs, &inventory->site_run_capacity, inventory->site_run_count + 1,
                    sizeof *inventory->site_runs))
        return false;
    inventory->site_runs[inventory->site_run_count++] = (struct sg_site_run){site, record, input};
    return true;
}

struct sg_site_source sg_inventory_source(const struct sg_inventory *inventory, size_t site) {
    size_t low = 0, high = inventory->site_run_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (inventory->site_runs[middle].first_site <= site)
            low = middle;
        else
            high = middle;
    }
    const struct sg_site_run *run = &inventory->site_runs[low];
    return (struct sg_site_source){run->input, run->first_record + (site - run->first_site)};
}
