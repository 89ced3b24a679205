#include "measure/reach.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"

struct sg_reach_entry {
    double cost, weight;
    uint32_t point; /* of the area */
    uint32_t slot, site;
};

/* ---- made once ---- */

static enum sg_status build_trees(struct sg_context *context, struct sg_reach *reach) {
    const struct sg_inventory *inventory = reach->inventory;
    struct sg_tree_service *services = sg_alloc(inventory->site_count, sizeof *services);
    reach->trees = sg_alloc(reach->type_count, sizeof *reach->trees);
    reach->first_slots = sg_alloc(reach->type_count, sizeof *reach->first_slots);
    enum sg_status status = services == NULL || reach->trees == NULL || reach->first_slots == NULL
                                ? sg_fail_memory(context)
                                : SG_OK;
    for (size_t type = 0; status == SG_OK && type < reach->type_count; type++) {
        size_t count = 0;
        for (size_t s = 0; s < inventory->site_count; s++) {
            const struct sg_site *site = &inventory->sites[s];
            bool offers = type == inventory->type_count;
            for (uint32_t t = 0; !offers && t < site->type_count; t++)
                offers = inventory->site_types[site->first_type + t] == type;
            /* a weight of 0 is a place without the service */
            if (offers && site->weight > 0)
                services[count++] = (struct sg_tree_service){site->lon_lat_deg, site->weight, (uint32_t)s};
        }
        status = sg_site_tree_new(context, &reach->ellipsoid, services, count, &reach->trees[type]);
        if (status != SG_OK)
            break;
        reach->offers[type] = count > 0;
        reach->first_slots[type] = reach->slot_count;
        reach->slot_count += sg_site_tree_place_count(reach->trees[type]);
    }
    sg_free(services);
    return status;
}

struct spot {
    struct sg_point at;
    uint32_t site;
};

static int compare_spots(const void *a, const void *b) {
    const struct spot *one = a, *two = b;
    if (one->at.x != two->at.x)
        return one->at.x < two->at.x ? -1 : 1;
    if (one->at.y != two->at.y)
        return one->at.y < two->at.y ? -1 : 1;
    return one->site < two->site ? -1 : one->site > two->site;
}

/* Services are the slots by travel: two at one place may be reached in different ways. */
static enum sg_status find_places(struct sg_context *context, struct sg_reach *reach) {
    const struct sg_inventory *inventory = reach->inventory;
    size_t count = inventory->site_count;
    struct spot *spots = sg_alloc(count, sizeof *spots);
    reach->places = sg_alloc(count, sizeof *reach->places);
    if (spots == NULL || reach->places == NULL) {
        sg_free(spots);
        return sg_fail_memory(context);
    }
    for (size_t s = 0; s < count; s++) {
        const struct sg_site *site = &inventory->sites[s];
        spots[s] = (struct spot){site->lon_lat_deg, (uint32_t)s};
        if (!(site->weight > 0))
            continue;
        reach->offers[inventory->type_count] = true;
        for (uint32_t t = 0; t < site->type_count; t++)
            reach->offers[inventory->site_types[site->first_type + t]] = true;
    }
    qsort(spots, count, sizeof *spots, compare_spots);
    for (size_t i = 0, first = 0; i < count; i++) {
        if (spots[i].at.x != spots[first].at.x || spots[i].at.y != spots[first].at.y)
            first = i;
        reach->places[spots[i].site] = spots[first].site;
    }
    reach->slot_count = inventory->site_type_count + count;
    sg_free(spots);
    return SG_OK;
}

enum sg_status sg_reach_new(struct sg_context *context, const struct sg_ellipsoid *ellipsoid,
                            const struct sg_inventory *inventory, const struct sg_demand *demand,
                            const struct sg_travel *travel, const double *thresholds, size_t threshold_count,
                            struct sg_reach *ret_reach) {
    struct sg_reach reach = {.demand = demand,
                             .inventory = inventory,
                             .travel = travel,
                             .type_count = inventory->type_count + 1,
                             .threshold_count = threshold_count,
                             .ellipsoid = *ellipsoid};
    for (size_t d = 0; d < threshold_count; d++)
        reach.thresholds[d] = travel == NULL ? sg_threshold_from(ellipsoid, thresholds[d])
                                             : (struct sg_threshold){.distance_m = thresholds[d]};
    reach.offers = sg_alloc(reach.type_count, sizeof *reach.offers);
    enum sg_status status = reach.offers == NULL ? sg_fail_memory(context)
                            : travel == NULL     ? build_trees(context, &reach)
                                                 : find_places(context, &reach);
    if (status != SG_OK) {
        sg_reach_release(&reach);
        return status;
    }
    *ret_reach = reach;
    return SG_OK;
}

void sg_reach_release(struct sg_reach *reach) {
    for (size_t t = 0; reach->trees != NULL && t < reach->type_count; t++)
        sg_site_tree_free(reach->trees[t]);
    sg_free(reach->trees);
    sg_free(reach->first_slots);
    sg_free(reach->places);
    sg_free(reach->offers);
    *reach = (struct sg_reach){0};
}

double sg_reach_supply(const struct sg_reach *reach, size_t type, const double *loads) {
    const struct sg_inventory *inventory = reach->inventory;
    double sum = 0;
    if (reach->travel == NULL) {
        const struct sg_site_tree *tree = reach->trees[type];
        for (uint32_t p = 0; p < sg_site_tree_place_count(tree); p++)
            sum += loads[reach->first_slots[type] + p] > 0 ? sg_site_tree_place_weight(tree, p) : 0;
        return sum;
    }
    for (size_t s = 0; s < inventory->site_count; s++) {
        const struct sg_site *site = &inventory->sites[s];
        if (type == inventory->type_count)
            sum += loads[inventory->site_type_count + s] > 0 ? site->weight : 0;
        for (uint32_t t = 0; t < site->type_count; t++) {
            if (inventory->site_types[site->first_type + t] == type && loads[site->first_type + t] > 0)
                sum += site->weight;
        }
    }
    return sum;
}

/* ---- the points of one area ---- */

/* The row of the travel that a point has; row_count where it has none. */
static size_t row_of(const struct sg_reach *reach, size_t point) {
    const struct sg_travel *travel = reach->travel;
    size_t origin = reach->demand->origins == NULL ? point : reach->demand->origins[point];
    if (travel->rows == NULL)
        return origin;
    return travel->rows[origin] == UINT32_MAX ? travel->row_count : travel->rows[origin];
}

/* Calls for every offer within the limit of the area's points: type and entry. */
static void each_offer(const struct sg_reach_area *points, struct sg_reach_entry *entries, size_t *ends) {
    const struct sg_reach *reach = points->reach;
    const struct sg_inventory *inventory = reach->inventory;
    const struct sg_travel *travel = reach->travel;
    for (size_t i = 0; i < points->count; i++) {
        size_t row = row_of(reach, points->first + i);
        if (row == travel->row_count)
            continue;
        for (size_t p = travel->starts[row]; p < travel->starts[row + 1]; p++) {
            uint32_t s = travel->sites[p];
            const struct sg_site *site = &inventory->sites[s];
            if (!(site->weight > 0))
                continue;
            for (uint32_t t = 0; t <= site->type_count; t++) {
                bool is_all = t == site->type_count;
                size_t type = is_all ? inventory->type_count : inventory->site_types[site->first_type + t];
                uint32_t slot = is_all ? (uint32_t)inventory->site_type_count + s : site->first_type + t;
                size_t at = ends[type]++;
                if (entries != NULL)
                    entries[at] =
                        (struct sg_reach_entry){travel->costs[p], site->weight, (uint32_t)i, slot, s};
            }
        }
    }
}

/* The area's pairs by type: counted, then put in place. */
static bool sort_offers(struct sg_reach_area *points) {
    size_t types = points->reach->type_count;
    size_t *ends = sg_alloc(types + 1, sizeof *ends);
    points->type_starts = sg_alloc(types + 1, sizeof *points->type_starts);
    points->point_starts = sg_alloc(points->count + 1, sizeof *points->point_starts);
    bool done = ends != NULL && points->type_starts != NULL && points->point_starts != NULL;
    if (done) {
        each_offer(points, NULL, ends);
        for (size_t t = 0; t < types; t++)
            points->type_starts[t + 1] = points->type_starts[t] + ends[t];
        for (size_t t = 0; t < types; t++)
            ends[t] = points->type_starts[t];
        points->entries = sg_alloc(points->type_starts[types], sizeof *points->entries);
        done = points->entries != NULL;
    }
    if (done)
        each_offer(points, points->entries, ends);
    sg_free(ends);
    return done;
}

bool sg_reach_area_open(const struct sg_reach *reach, size_t area, struct sg_reach_area *points) {
    sg_reach_area_close(points);
    points->reach = reach;
    points->first = reach->demand->area_starts[area];
    points->count = reach->demand->area_starts[area + 1] - points->first;
    if (reach->travel != NULL)
        return sort_offers(points);
    points->froms = sg_alloc(points->count, sizeof *points->froms);
    if (points->froms == NULL)
        return false;
    for (size_t i = 0; i < points->count; i++)
        points->froms[i] =
            sg_search_point_from(&reach->ellipsoid, reach->demand->points[points->first + i].lon_lat_deg);
    return true;
}

void sg_reach_area_close(struct sg_reach_area *points) {
    sg_free(points->froms);
    sg_free(points->entries);
    sg_free(points->type_starts);
    sg_free(points->point_starts);
    sg_free(points->offers);
    *points = (struct sg_reach_area){0};
}

void sg_reach_area_type(struct sg_reach_area *points, size_t type) {
    points->type = type;
    if (points->reach->travel == NULL)
        return;
    size_t at = points->type_starts[type];
    for (size_t i = 0; i <= points->count; i++) {
        while (at < points->type_starts[type + 1] && points->entries[at].point < i)
            at++;
        points->point_starts[i] = at;
    }
}

double sg_reach_nearest(const struct sg_reach_area *points, size_t i) {
    const struct sg_reach *reach = points->reach;
    if (reach->travel == NULL) {
        uint32_t place;
        return sg_site_tree_nearest(reach->trees[points->type], &points->froms[i], &place);
    }
    size_t row = row_of(reach, points->first + i);
    return row == reach->travel->row_count
               ? INFINITY
               : reach->travel->nearest[points->type * reach->travel->row_count + row];
}

static bool is_within(const struct sg_reach_entry *entry, const struct sg_threshold *threshold) {
    return sg_travel_is_within(entry->cost, threshold->distance_m);
}

/* Adds a service; places are told apart up to three, as far as anybody asks. */
static void add_entry(const struct sg_reach *reach, const struct sg_reach_entry *entry,
                      struct sg_within *within, uint32_t known[static 3]) {
    uint32_t place = reach->places[entry->site];
    within->weight += entry->weight;
    within->services++;
    for (uint32_t k = 0; k < within->places; k++) {
        if (known[k] == place)
            return;
    }
    if (within->places < 3)
        known[within->places++] = place;
    within->place = known[0];
}

struct sg_within sg_reach_within(const struct sg_reach_area *points, size_t i, size_t d) {
    const struct sg_reach *reach = points->reach;
    if (reach->travel == NULL) {
        const struct sg_site_tree *tree = reach->trees[points->type];
        struct sg_within within = sg_site_tree_within(tree, &points->froms[i], &reach->thresholds[d]);
        if (within.places > 0)
            within.place = sg_site_tree_place_id(tree, within.place);
        return within;
    }
    struct sg_within within = {0};
    uint32_t known[3];
    for (size_t p = points->point_starts[i]; p < points->point_starts[i + 1]; p++) {
        if (is_within(&points->entries[p], &reach->thresholds[d]))
            add_entry(reach, &points->entries[p], &within, known);
    }
    return within;
}

const struct sg_offer *sg_reach_offers(struct sg_reach_area *points, size_t i, size_t d, size_t *ret_count) {
    const struct sg_reach *reach = points->reach;
    const struct sg_site_tree *tree = reach->travel == NULL ? reach->trees[points->type] : NULL;
    size_t most =
        tree != NULL ? sg_site_tree_place_count(tree) : points->point_starts[i + 1] - points->point_starts[i];
    *ret_count = 0;
    if (!sg_reserve(&points->offers, &points->offer_capacity, most + 1, sizeof *points->offers))
        return NULL;
    if (tree != NULL) {
        *ret_count = sg_site_tree_offers(tree, &points->froms[i], &reach->thresholds[d], points->offers);
        for (size_t p = 0; p < *ret_count; p++)
            points->offers[p].place += (uint32_t)reach->first_slots[points->type];
        return points->offers;
    }
    for (size_t p = points->point_starts[i]; p < points->point_starts[i + 1]; p++) {
        const struct sg_reach_entry *entry = &points->entries[p];
        if (is_within(entry, &reach->thresholds[d]))
            points->offers[(*ret_count)++] = (struct sg_offer){entry->cost, entry->weight, entry->slot, 1};
    }
    return points->offers;
}
