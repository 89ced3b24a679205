#include "measure/street_travel.h"

#include <math.h>
#include <omp.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "measure/hilbert.h"
#include "measure/street_ends.h"
#include "measure/street_search.h"

enum { NONE = UINT32_MAX };

/* What rounding may add to a cost that is the limit itself. */
static const double ROUNDING = 1e-6;

/* The points within the limit of some places, as one thread finds them. */
struct finds {
    uint32_t *points;
    double *costs;
    size_t count, capacity;
};

/* Which of them are a place's. */
struct part {
    uint32_t thread;
    size_t first;
    uint32_t count;
};

struct work {
    struct sg_context *context;
    const struct sg_street_ends *ends;
    size_t type_count;
    struct sg_travel *travel;
    struct finds *finds; /* of each thread */
    struct part *parts;  /* of each place */
    struct sg_hilbert_item
        *order; /* of the places: one after the other near each other, for the memory's sake */
    double longest_seed;
    bool out_of_memory;
    size_t done_count, all_count;
};

static void tell_progress(struct work *work) {
    size_t done;
#pragma omp atomic capture
    done = ++work->done_count;
    if (omp_get_thread_num() == 0)
        sg_progress(work->context, "walking the streets", (double)done / (double)work->all_count);
}

static bool seed_place(const struct sg_street_ends *ends, const struct sg_street_place *place, double limit,
                       struct sg_street_search *search) {
    const struct sg_street_edge *edge = &ends->graph->edges[place->edge];
    double from, to;
    sg_street_place_seeds(ends, place, &from, &to);
    return (!(from <= limit) || isinf(from) || sg_street_search_seed(search, edge->from, from))
           && (!(to <= limit) || isinf(to) || sg_street_search_seed(search, edge->to, to));
}

/* ---- the nearest of each type ---- */

/* Does a search for the type start from the place? That for any type only has what the others lack: sites of
   no type at all. */
static bool is_source(const struct work *work, size_t type, size_t place) {
    const struct sg_street_ends *ends = work->ends;
    if (ends->places[place].edge == SG_NO_STREET)
        return false;
    return type < work->type_count ? sg_street_place_offers(ends, place, type)
                                   : sg_street_place_has_untyped(ends, place);
}

static bool find_nearest(const struct work *work, size_t type, struct sg_street_search *search) {
    const struct sg_street_ends *ends = work->ends;
    double *nearest = work->travel->nearest + type * ends->point_count;
    size_t source_count = 0;
    sg_street_search_clear(search);
    for (size_t p = 0; p < ends->place_count; p++) {
        if (!is_source(work, type, p))
            continue;
        source_count++;
        if (!seed_place(ends, &ends->places[p], INFINITY, search))
            return false;
    }
    for (size_t i = 0; i < ends->point_count; i++)
        nearest[i] = INFINITY;
    if (source_count == 0)
        return true;
    if (!sg_street_search_run(search, INFINITY))
        return false;
    const double *costs = sg_street_search_costs(search);
    for (size_t i = 0; i < ends->point_count; i++) {
        if (ends->points[i].edge != SG_NO_STREET)
            nearest[i] = sg_street_point_cost(ends, &ends->points[i], costs);
    }
    for (size_t p = 0; p < ends->place_count; p++) {
        uint32_t edge = ends->places[p].edge;
        if (!is_source(work, type, p))
            continue;
        for (uint32_t i = ends->edge_starts[edge]; i < ends->edge_starts[edge + 1]; i++) {
            uint32_t point = ends->edge_points[i];
            double direct = sg_street_direct_cost(ends, &ends->points[point], &ends->places[p]);
            nearest[point] = direct < nearest[point] ? direct : nearest[point];
        }
    }
    return true;
}

/* Any type: the nearest of all. */
static void find_nearest_of_any(const struct work *work) {
    size_t count = work->ends->point_count;
    double *any = work->travel->nearest + work->type_count * count;
    for (size_t type = 0; type < work->type_count; type++) {
        const double *nearest = work->travel->nearest + type * count;
        for (size_t i = 0; i < count; i++)
            any[i] = nearest[i] < any[i] ? nearest[i] : any[i];
    }
}

/* ---- all points within the limit of a place ---- */

static bool add_find(struct finds *finds, uint32_t point, double cost) {
    size_t capacity = finds->capacity;
    if (!sg_reserve(&finds->points, &capacity, finds->count + 1, sizeof *finds->points)
        || !sg_reserve(&finds->costs, &finds->capacity, capacity, sizeof *finds->costs))
        return false;
    finds->points[finds->count] = point;
    finds->costs[finds->count++] = cost;
    return true;
}

/* The points of one edge: by its ends, and directly when the place is on it too. */
static bool find_on_edge(const struct sg_street_ends *ends, uint32_t edge,
                         const struct sg_street_place *place, double limit, const double *node_costs,
                         struct finds *finds) {
    for (uint32_t i = ends->edge_starts[edge]; i < ends->edge_starts[edge + 1]; i++) {
        const struct sg_street_place *point = &ends->points[ends->edge_points[i]];
        double cost = sg_street_point_cost(ends, point, node_costs);
        if (edge == place->edge) {
            double direct = sg_street_direct_cost(ends, point, place);
            cost = direct < cost ? direct : cost;
        }
        if (cost <= limit && !add_find(finds, ends->edge_points[i], cost))
            return false;
    }
    return true;
}

/* edges holds, for each edge, the place that looked at it last, plus 1. */
static bool find_within(const struct work *work, uint32_t p, struct sg_street_search *search, uint32_t *edges,
                        struct finds *finds) {
    const struct sg_street_ends *ends = work->ends;
    const struct sg_street_place *place = &ends->places[p];
    double limit = work->travel->limit + ROUNDING;
    work->parts[p] = (struct part){(uint32_t)omp_get_thread_num(), finds->count, 0};
    if (place->edge == SG_NO_STREET)
        return true;
    sg_street_search_clear(search);
    if (!seed_place(ends, place, limit, search) || !sg_street_search_run(search, limit))
        return false;
    const double *costs = sg_street_search_costs(search);
    edges[place->edge] = p + 1;
    if (!find_on_edge(ends, place->edge, place, limit, costs, finds))
        return false;
    size_t node_count;
    const uint32_t *nodes = sg_street_search_nodes(search, &node_count);
    for (size_t n = 0; n < node_count; n++) {
        uint32_t end = ends->graph->arc_starts[nodes[n] + 1];
        for (uint32_t a = ends->graph->arc_starts[nodes[n]]; a < end; a++) {
            uint32_t edge = ends->graph->arcs[a].edge;
            if (edges[edge] == p + 1)
                continue;
            edges[edge] = p + 1;
            if (!find_on_edge(ends, edge, place, limit, costs, finds))
                return false;
        }
    }
    work->parts[p].count = (uint32_t)(finds->count - work->parts[p].first);
    return true;
}

/* One thread's share of the types and of the places. */
static bool search_in_thread(struct work *work) {
    const struct sg_street_ends *ends = work->ends;
    struct sg_street_search *search = sg_street_search_new(ends->graph, work->longest_seed);
    uint32_t *edges = sg_alloc(ends->graph->edge_count, sizeof *edges);
    bool done = search != NULL && edges != NULL;
    struct finds *finds = &work->finds[omp_get_thread_num()];
#pragma omp for schedule(dynamic, 1) nowait
    for (size_t type = 0; type <= work->type_count; type++) {
        done = done && (sg_context_interrupted(work->context) || find_nearest(work, type, search));
        tell_progress(work);
    }
#pragma omp for schedule(dynamic, 16)
    for (size_t i = 0; i < ends->place_count; i++) {
        done = done
               && (sg_context_interrupted(work->context)
                   || find_within(work, work->order[i].item, search, edges, finds));
        tell_progress(work);
    }
    sg_street_search_free(search);
    sg_free(edges);
    return done;
}

/* ---- by point ---- */

static size_t place_size(const struct sg_street_ends *ends, size_t place) {
    return ends->place_starts[place + 1] - ends->place_starts[place];
}

/* Puts what was found by place in the order of the points; sites come ascending. */
static enum sg_status sort_by_point(struct work *work) {
    const struct sg_street_ends *ends = work->ends;
    struct sg_travel *travel = work->travel;
    double pair_count = 0;
    for (size_t p = 0; p < ends->place_count; p++)
        pair_count += (double)work->parts[p].count * (double)place_size(ends, p);
    enum sg_status status =
        sg_check_memory(work->context, pair_count, sizeof(uint32_t) + sizeof(double),
                        "the pairs of demand points and services within reach of each other",
                        "take a lower threshold (--within), or fewer demand points");
    if (status != SG_OK)
        return status;
    travel->starts = sg_alloc(travel->row_count + 2, sizeof *travel->starts);
    travel->sites = sg_alloc((size_t)pair_count, sizeof *travel->sites);
    travel->costs = sg_alloc((size_t)pair_count, sizeof *travel->costs);
    if (travel->starts == NULL || travel->sites == NULL || travel->costs == NULL)
        return sg_fail_memory(work->context);
    for (size_t p = 0; p < ends->place_count; p++) {
        const struct part *part = &work->parts[p];
        const struct finds *finds = &work->finds[part->thread]; /* of no points at all where none was near */
        for (size_t i = part->first; i < part->first + part->count; i++)
            travel->starts[finds->points[i] + 2] += place_size(ends, p);
    }
    size_t *next = travel->starts + 1;
    for (size_t i = 0; i < travel->row_count; i++)
        next[i + 1] += next[i];
    for (uint32_t s = 0; s < ends->inventory->site_count; s++) {
        if (ends->place_of_site[s] == NONE)
            continue;
        const struct part *part = &work->parts[ends->place_of_site[s]];
        const struct finds *finds = &work->finds[part->thread];
        for (size_t i = part->first; i < part->first + part->count; i++) {
            size_t at = next[finds->points[i]]++;
            travel->sites[at] = s;
            travel->costs[at] = finds->costs[i];
        }
    }
    return SG_OK;
}

/* ---- the report ---- */

void sg_street_report_release(struct sg_street_report *report) {
    sg_free(report->point_states);
    sg_free(report->site_states);
    *report = (struct sg_street_report){0};
}

static bool fill_report(const struct work *work, struct sg_street_report *report) {
    const struct sg_street_ends *ends = work->ends;
    const double *any = work->travel->nearest + work->type_count * ends->point_count;
    report->point_count = ends->point_count;
    report->site_count = ends->inventory->site_count;
    report->point_states = sg_alloc(report->point_count, 1);
    report->site_states = sg_alloc(report->site_count, 1);
    if (report->point_states == NULL || report->site_states == NULL)
        return false;
    for (size_t i = 0; i < report->point_count; i++) {
        bool is_near = ends->points[i].edge != SG_NO_STREET;
        report->point_states[i] = !is_near           ? SG_STREET_NO_STREET_NEAR
                                  : isfinite(any[i]) ? SG_STREET_REACHED
                                                     : SG_STREET_NO_WAY;
        if (is_near)
            report->longest_leg_m = fmax(report->longest_leg_m, ends->points[i].leg_m);
    }
    for (size_t s = 0; s < report->site_count; s++) {
        uint32_t place = ends->place_of_site[s];
        if (place == NONE)
            continue;
        if (ends->places[place].edge == SG_NO_STREET)
            report->site_states[s] = SG_STREET_NO_STREET_NEAR;
        else
            report->longest_leg_m = fmax(report->longest_leg_m, ends->places[place].leg_m);
    }
    return true;
}

/* ---- all of it ---- */

/* Nodes are numbered along Hilbert's curve, and so are places by the nodes of their edges. */
static bool order_places(struct work *work) {
    const struct sg_street_ends *ends = work->ends;
    work->order = sg_alloc(ends->place_count, sizeof *work->order);
    for (size_t p = 0; work->order != NULL && p < ends->place_count; p++) {
        uint32_t edge = ends->places[p].edge;
        work->order[p] = (struct sg_hilbert_item){
            edge == SG_NO_STREET ? UINT32_MAX : ends->graph->edges[edge].from, (uint32_t)p};
    }
    if (work->order != NULL)
        sg_hilbert_sort(work->order, ends->place_count);
    return work->order != NULL;
}

static enum sg_status travel_between(struct work *work, struct sg_street_report *report) {
    const struct sg_street_ends *ends = work->ends;
    int threads = sg_context_threads(work->context);
    work->travel->nearest = sg_alloc((work->type_count + 1) * ends->point_count, sizeof(double));
    work->parts = sg_alloc(ends->place_count, sizeof *work->parts);
    work->finds = sg_alloc((size_t)threads, sizeof *work->finds);
    work->longest_seed = sg_street_longest_seed(ends);
    work->all_count = work->type_count + 1 + ends->place_count;
    enum sg_status status = SG_OK;
    if (work->travel->nearest == NULL || work->parts == NULL || work->finds == NULL || !order_places(work))
        status = sg_fail_memory(work->context);
    if (status == SG_OK) {
#pragma omp parallel num_threads(threads)
        {
            if (!search_in_thread(work)) {
#pragma omp atomic write
                work->out_of_memory = true;
            }
        }
        if (sg_context_interrupted(work->context))
            status = sg_fail(work->context, SG_INTERRUPTED, NULL, "interrupted while walking the streets");
        else if (work->out_of_memory)
            status = sg_fail_memory(work->context);
    }
    if (status == SG_OK) {
        find_nearest_of_any(work);
        status = sort_by_point(work);
    }
    if (status == SG_OK && !fill_report(work, report))
        status = sg_fail_memory(work->context);
    for (int t = 0; work->finds != NULL && t < threads; t++) {
        sg_free(work->finds[t].points);
        sg_free(work->finds[t].costs);
    }
    sg_free(work->finds);
    sg_free(work->parts);
    sg_free(work->order);
    return status;
}

enum sg_status sg_streets_travel(struct sg_context *context, const struct sg_street_graph *graph,
                                 const struct sg_demand *demand, const struct sg_inventory *inventory,
                                 size_t type_count, const struct sg_street_request *request,
                                 struct sg_travel *ret_travel, struct sg_street_report *ret_report) {
    struct sg_travel travel = {.way = SG_WAY_STREETS,
                               .row_count = demand->point_count,
                               .type_count = type_count,
                               .is_time = graph->is_time,
                               .limit = request->limit};
    struct sg_street_report report = {0};
    struct sg_street_ends ends;
    enum sg_status status = sg_street_ends_find(context, graph, demand, inventory, request, &ends);
    if (status != SG_OK)
        return status;
    struct work work = {.context = context, .ends = &ends, .type_count = type_count, .travel = &travel};
    status = travel_between(&work, &report);
    sg_street_ends_release(&ends);
    if (status != SG_OK) {
        sg_travel_release(&travel);
        sg_street_report_release(&report);
        return status;
    }
    *ret_travel = travel;
    *ret_report = report;
    return SG_OK;
}
