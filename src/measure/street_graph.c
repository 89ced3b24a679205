#include "measure/street_graph.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "measure/hilbert.h"
#include "measure/street_chain.h"
#include "measure/street_pieces.h"

enum { NONE = UINT32_MAX };

void sg_street_graph_release(struct sg_street_graph *graph) {
    sg_free(graph->edges);
    sg_free(graph->points);
    sg_free(graph->along_m);
    sg_free(graph->arc_starts);
    sg_free(graph->arcs);
    sg_free(graph->nodes);
    sg_free(graph->pieces);
    sg_free(graph->piece_lengths_m);
    *graph = (struct sg_street_graph){0};
}

static uint32_t chain_end(const struct sg_street_chains *chains, struct sg_street_step step) {
    const struct sg_street_cut *cut = &chains->cuts[step.cut];
    return step.is_reversed ? cut->from : cut->to;
}

static uint32_t chain_start(const struct sg_street_chains *chains, struct sg_street_step step) {
    const struct sg_street_cut *cut = &chains->cuts[step.cut];
    return step.is_reversed ? cut->to : cut->from;
}

/* Ends of chains become nodes, numbered along Hilbert's curve. */
static bool number_nodes(const struct sg_street_layer *layer, const struct sg_street_chains *chains,
                         struct sg_street_graph *graph, uint32_t *node_of) {
    struct sg_box box = sg_box_empty();
    for (size_t i = 0; i < layer->point_count; i++)
        sg_box_add(&box, layer->points[i]);
    for (size_t v = 0; v < chains->vertex_count; v++)
        node_of[v] = NONE;
    for (size_t c = 0; c < chains->chain_count; c++) {
        node_of[chain_start(chains, chains->steps[chains->starts[c]])] = 0;
        node_of[chain_end(chains, chains->steps[chains->starts[c + 1] - 1])] = 0;
    }
    struct sg_hilbert_item *items = sg_alloc(2 * chains->chain_count, sizeof *items);
    struct sg_point *places = sg_alloc(2 * chains->chain_count, sizeof *places);
    if (items != NULL && places != NULL) {
        for (size_t i = 0; i < layer->point_count; i++) { /* the first point of each vertex stands for it */
            if (node_of[chains->vertices[i]] != 0)
                continue;
            node_of[chains->vertices[i]] = (uint32_t)graph->node_count + 1; /* moved by one: 0 is not yet */
            items[graph->node_count] =
                (struct sg_hilbert_item){sg_hilbert_position(&box, layer->points[i]), chains->vertices[i]};
            graph->node_count++;
        }
        sg_hilbert_sort(items, graph->node_count);
        for (size_t n = 0; n < graph->node_count; n++)
            node_of[items[n].item] = (uint32_t)n;
        for (size_t i = layer->point_count; i-- > 0;) {
            if (node_of[chains->vertices[i]] != NONE)
                places[node_of[chains->vertices[i]]] = layer->points[i];
        }
        graph->nodes = places;
        places = NULL;
    }
    sg_free(items);
    sg_free(places);
    return graph->nodes != NULL;
}

/* Adds a point to the edge at hand, unless it repeats the last one. */
static void add_point(struct sg_street_graph *graph, uint32_t first_point, struct sg_point point) {
    size_t count = graph->point_count;
    double along_m = 0;
    if (count > first_point) {
        struct sg_point last = graph->points[count - 1];
        if (last.x == point.x && last.y == point.y)
            return;
        along_m = graph->along_m[count - 1] + sg_geodesic_short_distance(&graph->ellipsoid, last, point);
    }
    graph->points[count] = point;
    graph->along_m[count] = along_m;
    graph->point_count++;
}

static void add_edge(const struct sg_street_layer *layer, const struct sg_street_chains *chains, size_t chain,
                     const uint32_t *node_of, struct sg_street_graph *graph) {
    const struct sg_street_step *first = &chains->steps[chains->starts[chain]];
    const struct sg_street_step *end = &chains->steps[chains->starts[chain + 1]];
    const struct sg_street_cut *cut = &chains->cuts[first->cut];
    struct sg_street_edge *edge = &graph->edges[graph->edge_count++];
    *edge = (struct sg_street_edge){
        .from = node_of[chain_start(chains, *first)],
        .to = node_of[chain_end(chains, end[-1])],
        .first_point = (uint32_t)graph->point_count,
        .directions = first->is_reversed ? sg_street_turned(cut->directions) : cut->directions,
        .cost_per_m = cut->cost_per_m,
    };
    for (const struct sg_street_step *step = first; step < end; step++) {
        cut = &chains->cuts[step->cut];
        for (uint32_t i = 0; i < cut->count; i++)
            add_point(graph, edge->first_point,
                      layer->points[cut->first + (step->is_reversed ? cut->count - 1 - i : i)]);
    }
    edge->length_m = graph->along_m[graph->point_count - 1];
    edge[1].first_point = (uint32_t)graph->point_count;
    graph->length_m += edge->length_m;
    double cost = edge->length_m * edge->cost_per_m;
    graph->longest_cost = cost > graph->longest_cost ? cost : graph->longest_cost;
}

static bool add_edges(const struct sg_street_layer *layer, const struct sg_street_chains *chains,
                      struct sg_street_graph *graph) {
    uint32_t *node_of = sg_alloc(chains->vertex_count, sizeof *node_of);
    size_t most_points = layer->point_count + 2 * chains->cut_count;
    graph->edges = sg_alloc(chains->chain_count + 1, sizeof *graph->edges);
    graph->points = sg_alloc(most_points, sizeof *graph->points);
    graph->along_m = sg_alloc(most_points, sizeof *graph->along_m);
    bool done = node_of != NULL && graph->edges != NULL && graph->points != NULL && graph->along_m != NULL
                && most_points < NONE && number_nodes(layer, chains, graph, node_of);
    for (size_t c = 0; done && c < chains->chain_count; c++)
        add_edge(layer, chains, c, node_of, graph);
    sg_free(node_of);
    return done;
}

/* An edge that may be travelled from -> to is an arc at `to`, back to `from`. Each edge is at both of its
   nodes, at an infinite cost against a one-way street: who stands at the node may still be said to be on it.
 */
static void fill_arcs(struct sg_street_graph *graph) {
    uint32_t *next = graph->arc_starts + 1; /* where each node's next arc goes; in the end, where they end */
    for (size_t e = 0; e < graph->edge_count; e++) {
        next[graph->edges[e].to + 1]++;
        next[graph->edges[e].from + 1]++;
    }
    for (size_t n = 0; n < graph->node_count; n++)
        next[n + 1] += next[n];
    for (size_t e = 0; e < graph->edge_count; e++) {
        const struct sg_street_edge *edge = &graph->edges[e];
        double cost = edge->length_m * edge->cost_per_m;
        bool forward = (edge->directions & SG_STREET_FORWARD) != 0;
        bool backward = (edge->directions & SG_STREET_BACKWARD) != 0;
        graph->arcs[next[edge->to]++] =
            (struct sg_street_arc){forward ? cost : INFINITY, edge->from, (uint32_t)e};
        graph->arcs[next[edge->from]++] =
            (struct sg_street_arc){backward ? cost : INFINITY, edge->to, (uint32_t)e};
    }
}

static bool add_arcs(struct sg_street_graph *graph) {
    graph->arc_starts = sg_alloc(graph->node_count + 2, sizeof *graph->arc_starts);
    graph->arcs = sg_alloc(2 * graph->edge_count, sizeof *graph->arcs);
    if (graph->arc_starts == NULL || graph->arcs == NULL)
        return false;
    fill_arcs(graph);
    return true;
}

enum sg_status sg_street_graph_build(struct sg_context *context, const struct sg_street_layer *layer,
                                     const struct sg_ellipsoid *ellipsoid, bool is_time,
                                     struct sg_street_graph *ret_graph) {
    struct sg_street_graph graph = {.ellipsoid = *ellipsoid, .is_time = is_time};
    struct sg_street_chains chains;
    bool done = sg_street_chains_find(layer, is_time, &chains);
    graph.no_length_count = chains.no_length_count;
    done = done && add_edges(layer, &chains, &graph);
    sg_street_chains_release(&chains);
    done = done && add_arcs(&graph) && sg_street_pieces_find(&graph);
    if (!done) {
        sg_street_graph_release(&graph);
        return sg_fail_memory(context);
    }
    *ret_graph = graph;
    return SG_OK;
}

/* ---- pieces left out ---- */

/* Nodes of the pieces that stay keep their order; new_of gets the number of each. */
static void keep_nodes(struct sg_street_graph *graph, size_t piece_count, uint32_t *new_of) {
    size_t count = 0;
    for (size_t n = 0; n < graph->node_count; n++) {
        if (graph->pieces[n] >= piece_count)
            continue;
        new_of[n] = (uint32_t)count;
        graph->nodes[count] = graph->nodes[n];
        graph->pieces[count++] = graph->pieces[n];
    }
    graph->node_count = count;
}

/* The edges of those pieces, with their points, move up. Before the nodes do. */
static void keep_edges(struct sg_street_graph *graph, size_t piece_count) {
    size_t edge_count = 0, point_count = 0;
    graph->length_m = graph->longest_cost = 0;
    for (size_t e = 0; e < graph->edge_count; e++) {
        struct sg_street_edge edge = graph->edges[e];
        uint32_t points = sg_street_edge_end(&graph->edges[e]) - edge.first_point;
        if (graph->pieces[edge.from] >= piece_count)
            continue;
        memmove(graph->points + point_count, graph->points + edge.first_point,
                points * sizeof *graph->points);
        memmove(graph->along_m + point_count, graph->along_m + edge.first_point,
                points * sizeof *graph->along_m);
        edge.first_point = (uint32_t)point_count;
        graph->edges[edge_count++] = edge;
        point_count += points;
        graph->length_m += edge.length_m;
        graph->longest_cost = fmax(graph->longest_cost, edge.length_m * edge.cost_per_m);
    }
    graph->edge_count = edge_count;
    graph->point_count = point_count;
    graph->edges[edge_count].first_point = (uint32_t)point_count;
}

enum sg_status sg_street_graph_leave_out(struct sg_context *context, struct sg_street_graph *graph,
                                         double least_m, struct sg_street_left_out *ret_left_out) {
    struct sg_street_left_out left_out = {0};
    size_t kept = graph->piece_count;
    while (kept > 0 && graph->piece_lengths_m[kept - 1] < least_m) /* the longest comes first */
        left_out.length_m += graph->piece_lengths_m[--kept];
    left_out.piece_count = graph->piece_count - kept;
    if (left_out.piece_count > 0) {
        uint32_t *new_of = sg_alloc(graph->node_count, sizeof *new_of);
        if (new_of == NULL)
            return sg_fail_memory(context);
        keep_edges(graph, kept);
        keep_nodes(graph, kept, new_of);
        for (size_t e = 0; e < graph->edge_count; e++) {
            graph->edges[e].from = new_of[graph->edges[e].from];
            graph->edges[e].to = new_of[graph->edges[e].to];
        }
        sg_free(new_of);
        memset(graph->arc_starts, 0, (graph->node_count + 2) * sizeof *graph->arc_starts);
        fill_arcs(graph);
        graph->piece_count = kept;
    }
    *ret_left_out = left_out;
    return SG_OK;
}
