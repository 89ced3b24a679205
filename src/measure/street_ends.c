#include "measure/street_ends.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"

enum { NONE = UINT32_MAX };

/* ---- places of sites ---- */

struct located {
    struct sg_point at;
    uint32_t site;
};

static int compare_located(const void *a, const void *b) {
    const struct located *one = a, *two = b;
    if (one->at.x != two->at.x)
        return one->at.x < two->at.x ? -1 : 1;
    if (one->at.y != two->at.y)
        return one->at.y < two->at.y ? -1 : 1;
    return one->site < two->site ? -1 : one->site > two->site;
}

/* Places in the order of their first sites, so that numbers say nothing of where they are. */
static bool gather_places(struct sg_street_ends *ends) {
    const struct sg_inventory *inventory = ends->inventory;
    struct located *sites = sg_alloc(inventory->site_count, sizeof *sites);
    ends->place_of_site = sg_alloc(inventory->site_count, sizeof *ends->place_of_site);
    ends->place_starts = sg_alloc(inventory->site_count + 2, sizeof *ends->place_starts);
    ends->place_sites = sg_alloc(inventory->site_count, sizeof *ends->place_sites);
    uint32_t *firsts =
        sg_alloc(inventory->site_count, sizeof *firsts); /* the first site at each one's place */
    bool done = sites != NULL && firsts != NULL && ends->place_of_site != NULL && ends->place_starts != NULL
                && ends->place_sites != NULL;
    size_t count = 0;
    for (size_t s = 0; done && s < inventory->site_count; s++) {
        ends->place_of_site[s] = NONE;
        if (inventory->sites[s].weight > 0) /* 0 is a place without the service */
            sites[count++] = (struct located){inventory->sites[s].lon_lat_deg, (uint32_t)s};
    }
    if (done) {
        qsort(sites, count, sizeof *sites, compare_located);
        for (size_t i = 0; i < count; i++) {
            bool is_same = i > 0 && sites[i].at.x == sites[i - 1].at.x && sites[i].at.y == sites[i - 1].at.y;
            firsts[sites[i].site] = is_same ? firsts[sites[i - 1].site] : sites[i].site;
        }
        for (size_t s = 0; s < inventory->site_count; s++) {
            if (!(inventory->sites[s].weight > 0))
                continue;
            ends->place_of_site[s] =
                firsts[s] == s ? (uint32_t)ends->place_count++ : ends->place_of_site[firsts[s]];
            ends->place_starts[ends->place_of_site[s] + 2]++;
        }
        uint32_t *next = ends->place_starts + 1;
        for (size_t p = 0; p < ends->place_count; p++)
            next[p + 1] += next[p];
        for (uint32_t s = 0; s < inventory->site_count; s++) {
            if (ends->place_of_site[s] != NONE)
                ends->place_sites[next[ends->place_of_site[s]]++] = s;
        }
    }
    sg_free(sites);
    sg_free(firsts);
    return done;
}

/* ---- onto the streets ---- */

static enum sg_status snap_all(struct sg_context *context, const struct sg_demand *demand,
                               struct sg_street_ends *ends) {
    struct sg_street_finder *finder = NULL;
    enum sg_status status = sg_street_finder_new(context, ends->graph, &finder);
    if (status != SG_OK)
        return status;
    double limit_m = ends->request->snap_limit_m;
#pragma omp parallel for schedule(dynamic, 256) num_threads(sg_context_threads(context))
    for (size_t i = 0; i < demand->point_count; i++)
        ends->points[i] = sg_street_find(finder, demand->points[i].lon_lat_deg, limit_m);
#pragma omp parallel for schedule(dynamic, 256) num_threads(sg_context_threads(context))
    for (size_t p = 0; p < ends->place_count; p++) {
        uint32_t site = ends->place_sites[ends->place_starts[p]];
        ends->places[p] = sg_street_find(finder, ends->inventory->sites[site].lon_lat_deg, limit_m);
    }
    sg_street_finder_free(finder);
    return SG_OK;
}

static void sort_points_by_edge(struct sg_street_ends *ends) {
    uint32_t *next = ends->edge_starts + 1;
    for (size_t i = 0; i < ends->point_count; i++) {
        if (ends->points[i].edge != SG_NO_STREET)
            ends->edge_starts[ends->points[i].edge + 2]++;
    }
    for (size_t e = 0; e < ends->graph->edge_count; e++)
        next[e + 1] += next[e];
    for (size_t i = 0; i < ends->point_count; i++) {
        if (ends->points[i].edge != SG_NO_STREET)
            ends->edge_points[next[ends->points[i].edge]++] = (uint32_t)i;
    }
}

enum sg_status sg_street_ends_find(struct sg_context *context, const struct sg_street_graph *graph,
                                   const struct sg_demand *demand, const struct sg_inventory *inventory,
                                   const struct sg_street_request *request, struct sg_street_ends *ret_ends) {
    struct sg_street_ends ends = {
        .graph = graph, .request = request, .inventory = inventory, .point_count = demand->point_count};
    bool done = gather_places(&ends);
    ends.points = sg_alloc(demand->point_count, sizeof *ends.points);
    ends.edge_starts = sg_alloc(graph->edge_count + 2, sizeof *ends.edge_starts);
    ends.edge_points = sg_alloc(demand->point_count, sizeof *ends.edge_points);
    ends.places = sg_alloc(ends.place_count, sizeof *ends.places);
    done = done && ends.points != NULL && ends.edge_starts != NULL && ends.edge_points != NULL
           && ends.places != NULL && demand->point_count < NONE;
    enum sg_status status = done ? snap_all(context, demand, &ends) : sg_fail_memory(context);
    if (status != SG_OK) {
        sg_street_ends_release(&ends);
        return status;
    }
    sort_points_by_edge(&ends);
    *ret_ends = ends;
    return SG_OK;
}

void sg_street_ends_release(struct sg_street_ends *ends) {
    sg_free(ends->points);
    sg_free(ends->edge_starts);
    sg_free(ends->edge_points);
    sg_free(ends->places);
    sg_free(ends->place_starts);
    sg_free(ends->place_sites);
    sg_free(ends->place_of_site);
    *ends = (struct sg_street_ends){0};
}

/* ---- costs at the ends ---- */

bool sg_street_place_offers(const struct sg_street_ends *ends, size_t place, size_t type) {
    for (uint32_t i = ends->place_starts[place]; i < ends->place_starts[place + 1]; i++) {
        const struct sg_site *site = &ends->inventory->sites[ends->place_sites[i]];
        for (uint32_t t = 0; t < site->type_count; t++) {
            if (ends->inventory->site_types[site->first_type + t] == type)
                return true;
        }
    }
    return false;
}

bool sg_street_place_has_untyped(const struct sg_street_ends *ends, size_t place) {
    for (uint32_t i = ends->place_starts[place]; i < ends->place_starts[place + 1]; i++) {
        if (ends->inventory->sites[ends->place_sites[i]].type_count == 0)
            return true;
    }
    return false;
}

/* May an end of an edge be reached from a place on it, or a place from that end? At the very end it may,
   whichever way the street leads. */
static bool leaves_by(const struct sg_street_edge *edge, bool is_there, uint8_t direction) {
    return is_there || (edge->directions & direction) != 0;
}

void sg_street_place_seeds(const struct sg_street_ends *ends, const struct sg_street_place *place,
                           double *ret_from, double *ret_to) {
    const struct sg_street_edge *edge = &ends->graph->edges[place->edge];
    double leg = place->leg_m * ends->request->leg_cost_per_m;
    bool forward = leaves_by(edge, place->along_m == 0, SG_STREET_FORWARD);
    bool backward = leaves_by(edge, place->along_m == edge->length_m, SG_STREET_BACKWARD);
    *ret_from = forward ? leg + place->along_m * edge->cost_per_m : INFINITY;
    *ret_to = backward ? leg + (edge->length_m - place->along_m) * edge->cost_per_m : INFINITY;
}

double sg_street_point_cost(const struct sg_street_ends *ends, const struct sg_street_place *point,
                            const double *node_costs) {
    const struct sg_street_edge *edge = &ends->graph->edges[point->edge];
    double cost = INFINITY;
    if (leaves_by(edge, point->along_m == edge->length_m, SG_STREET_FORWARD))
        cost = node_costs[edge->to] + (edge->length_m - point->along_m) * edge->cost_per_m;
    if (leaves_by(edge, point->along_m == 0, SG_STREET_BACKWARD)) {
        double back = node_costs[edge->from] + point->along_m * edge->cost_per_m;
        cost = back < cost ? back : cost;
    }
    return cost + point->leg_m * ends->request->leg_cost_per_m;
}

double sg_street_direct_cost(const struct sg_street_ends *ends, const struct sg_street_place *point,
                             const struct sg_street_place *place) {
    const struct sg_street_edge *edge = &ends->graph->edges[point->edge];
    double ahead_m = place->along_m - point->along_m;
    uint8_t needed = ahead_m > 0 ? SG_STREET_FORWARD : ahead_m < 0 ? SG_STREET_BACKWARD : SG_STREET_BOTH;
    if ((edge->directions & needed) == 0)
        return INFINITY;
    return (point->leg_m + place->leg_m) * ends->request->leg_cost_per_m + fabs(ahead_m) * edge->cost_per_m;
}

double sg_street_longest_seed(const struct sg_street_ends *ends) {
    double longest = 0;
    for (size_t p = 0; p < ends->place_count; p++) {
        double from, to;
        if (ends->places[p].edge == SG_NO_STREET)
            continue;
        sg_street_place_seeds(ends, &ends->places[p], &from, &to);
        longest = isfinite(from) && from > longest ? from : longest;
        longest = isfinite(to) && to > longest ? to : longest;
    }
    return longest;
}
