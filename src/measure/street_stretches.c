#include "measure/street_stretches.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "measure/hilbert.h"
#include "measure/street_ends.h"
#include "measure/street_search.h"

/* A stretch of an edge, in metres from its start. */
struct span {
    double from_m, to_m;
};

struct drawing {
    const struct sg_street_ends *ends;
    const struct sg_catchment_request *request;
    const struct sg_hilbert_item *by_edge; /* places by their edges */
    size_t on_street_count;
    struct span *spans; /* of the edge at hand */
    size_t span_count, span_capacity;
    struct sg_point *points;
    size_t point_count, point_capacity;
    uint32_t *starts;
    size_t line_count, start_capacity;
};

static bool is_source(const struct drawing *drawing, size_t place, size_t type) {
    return type == drawing->request->type_count || sg_street_place_offers(drawing->ends, place, type);
}

static bool seed_all(const struct drawing *drawing, size_t type, struct sg_street_search *search) {
    const struct sg_street_ends *ends = drawing->ends;
    for (size_t i = 0; i < drawing->on_street_count; i++) {
        const struct sg_street_place *place = &ends->places[drawing->by_edge[i].item];
        double from, to;
        if (!is_source(drawing, drawing->by_edge[i].item, type))
            continue;
        sg_street_place_seeds(ends, place, &from, &to);
        if ((isfinite(from) && !sg_street_search_seed(search, ends->graph->edges[place->edge].from, from))
            || (isfinite(to) && !sg_street_search_seed(search, ends->graph->edges[place->edge].to, to)))
            return false;
    }
    return sg_street_search_run(search, INFINITY);
}

/* ---- the stretches of one edge ---- */

static bool add_span(struct drawing *drawing, const struct sg_street_edge *edge, double from_m, double to_m) {
    from_m = fmax(from_m, 0);
    to_m = fmin(to_m, edge->length_m);
    if (!(from_m < to_m))
        return true;
    if (!sg_reserve(&drawing->spans, &drawing->span_capacity, drawing->span_count + 1,
                    sizeof *drawing->spans))
        return false;
    drawing->spans[drawing->span_count++] = (struct span){from_m, to_m};
    return true;
}

static bool find_spans(struct drawing *drawing, uint32_t number, size_t type, double limit,
                       const double *costs, size_t first_place, size_t end_place) {
    const struct sg_street_edge *edge = &drawing->ends->graph->edges[number];
    bool forward = (edge->directions & SG_STREET_FORWARD) != 0,
         backward = (edge->directions & SG_STREET_BACKWARD) != 0;
    double from_m = (limit - costs[edge->from]) / edge->cost_per_m,
           to_m = (limit - costs[edge->to]) / edge->cost_per_m;
    drawing->span_count = 0;
    if ((backward && !add_span(drawing, edge, 0, from_m))
        || (forward && !add_span(drawing, edge, edge->length_m - to_m, edge->length_m)))
        return false;
    for (size_t i = first_place; i < end_place; i++) {
        const struct sg_street_place *place = &drawing->ends->places[drawing->by_edge[i].item];
        double left_m = (limit - place->leg_m * drawing->request->streets.leg_cost_per_m) / edge->cost_per_m;
        if (left_m > 0 && is_source(drawing, drawing->by_edge[i].item, type)
            && !add_span(drawing, edge, forward ? place->along_m - left_m : place->along_m,
                         backward ? place->along_m + left_m : place->along_m))
            return false;
    }
    return true;
}

static int compare_spans(const void *a, const void *b) {
    const struct span *one = a, *two = b;
    if (one->from_m != two->from_m)
        return one->from_m < two->from_m ? -1 : 1;
    return one->to_m < two->to_m ? -1 : one->to_m > two->to_m;
}

static bool add_line(struct drawing *drawing, uint32_t number, struct span span) {
    const struct sg_street_graph *graph = drawing->ends->graph;
    const struct sg_street_edge *edge = &graph->edges[number];
    uint32_t first = edge->first_point, end = sg_street_edge_end(edge);
    if (!sg_reserve(&drawing->points, &drawing->point_capacity, drawing->point_count + (end - first) + 2,
                    sizeof *drawing->points)
        || !sg_reserve(&drawing->starts, &drawing->start_capacity, drawing->line_count + 2,
                       sizeof *drawing->starts))
        return false;
    drawing->starts[drawing->line_count++] = (uint32_t)drawing->point_count;
    drawing->points[drawing->point_count++] = sg_street_point_at(graph, number, span.from_m);
    for (uint32_t i = first; i < end; i++) {
        if (graph->along_m[i] > span.from_m && graph->along_m[i] < span.to_m)
            drawing->points[drawing->point_count++] = graph->points[i];
    }
    drawing->points[drawing->point_count++] = sg_street_point_at(graph, number, span.to_m);
    drawing->starts[drawing->line_count] = (uint32_t)drawing->point_count;
    return drawing->point_count < UINT32_MAX - 100000;
}

/* What overlaps is one stretch. */
static bool add_spans(struct drawing *drawing, uint32_t number) {
    qsort(drawing->spans, drawing->span_count, sizeof *drawing->spans, compare_spans);
    for (size_t i = 0; i < drawing->span_count;) {
        struct span whole = drawing->spans[i++];
        while (i < drawing->span_count && drawing->spans[i].from_m <= whole.to_m) {
            whole.to_m = fmax(whole.to_m, drawing->spans[i].to_m);
            i++;
        }
        if (!add_line(drawing, number, whole))
            return false;
    }
    return true;
}

static bool draw(struct drawing *drawing, size_t type, double limit, const double *costs,
                 struct sg_shape *ret_shape) {
    size_t place = 0;
    drawing->point_count = drawing->line_count = 0;
    for (uint32_t e = 0; e < drawing->ends->graph->edge_count; e++) {
        size_t first = place;
        while (place < drawing->on_street_count && drawing->by_edge[place].position == e)
            place++;
        if (!find_spans(drawing, e, type, limit, costs, first, place))
            return false;
        if (drawing->span_count > 0 && !add_spans(drawing, e))
            return false;
    }
    bool is_empty = drawing->line_count == 0;
    if (!sg_shape_init(ret_shape, (uint32_t)drawing->point_count, (uint32_t)drawing->line_count, !is_empty))
        return false;
    for (size_t i = 0; i < drawing->point_count; i++)
        ret_shape->points[i] = drawing->points[i];
    for (size_t l = 0; !is_empty && l <= drawing->line_count; l++)
        ret_shape->ring_starts[l] = drawing->starts[l];
    ret_shape->polygon_starts[0] = 0;
    if (!is_empty)
        ret_shape->polygon_starts[1] = (uint32_t)drawing->line_count;
    return true;
}

/* ---- all of them ---- */

static bool draw_type(const struct drawing *shared, size_t type, struct sg_shape *shapes) {
    const struct sg_catchment_request *request = shared->request;
    struct drawing drawing = *shared;
    struct sg_street_search *search =
        sg_street_search_new(request->graph, sg_street_longest_seed(shared->ends));
    bool done = search != NULL && seed_all(&drawing, type, search);
    for (size_t d = 0; done && d < request->threshold_count; d++)
        done = draw(&drawing, type, request->thresholds[d], sg_street_search_costs(search),
                    &shapes[type * request->threshold_count + d]);
    sg_street_search_free(search);
    sg_free(drawing.spans);
    sg_free(drawing.points);
    sg_free(drawing.starts);
    return done;
}

enum sg_status sg_street_stretches_find(struct sg_context *context, const struct sg_inventory *inventory,
                                        const struct sg_catchment_request *request, struct sg_shape *shapes) {
    struct sg_demand nobody = {0};
    struct sg_street_ends ends;
    enum sg_status status =
        sg_street_ends_find(context, request->graph, &nobody, inventory, &request->streets, &ends);
    if (status != SG_OK)
        return status;
    struct sg_hilbert_item *by_edge = sg_alloc(ends.place_count, sizeof *by_edge);
    struct drawing shared = {.ends = &ends, .request = request, .by_edge = by_edge};
    bool out_of_memory = by_edge == NULL;
    for (size_t p = 0; !out_of_memory && p < ends.place_count; p++) {
        if (ends.places[p].edge != SG_NO_STREET)
            by_edge[shared.on_street_count++] = (struct sg_hilbert_item){ends.places[p].edge, (uint32_t)p};
    }
    if (!out_of_memory)
        sg_hilbert_sort(by_edge, shared.on_street_count);
#pragma omp parallel for schedule(dynamic, 1) num_threads(sg_context_threads(context))
    for (size_t type = 0; type <= request->type_count; type++) {
        if (by_edge == NULL || !draw_type(&shared, type, shapes)) {
#pragma omp atomic write
            out_of_memory = true;
        }
    }
    sg_free(by_edge);
    sg_street_ends_release(&ends);
    for (size_t i = 0; out_of_memory && i < (request->type_count + 1) * request->threshold_count; i++)
        sg_shape_release(&shapes[i]);
    return out_of_memory ? sg_fail_memory(context) : SG_OK;
}
