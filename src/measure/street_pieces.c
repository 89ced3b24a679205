#include "measure/street_pieces.h"

#include <stdlib.h>

#include "core/alloc.h"

struct piece {
    double length_m;
    uint32_t root;
    uint32_t lowest_edge;
};

static uint32_t root_of(uint32_t *parents, uint32_t node) {
    while (parents[node] != node) {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    return node;
}

static int compare_pieces(const void *a, const void *b) {
    const struct piece *one = a, *two = b;
    if (one->length_m != two->length_m)
        return one->length_m > two->length_m ? -1 : 1;
    return one->lowest_edge < two->lowest_edge ? -1 : one->lowest_edge > two->lowest_edge;
}

/* Sums the edges of each root; pieces come in the order of their lowest edge. */
static size_t collect_pieces(const struct sg_street_graph *graph, uint32_t *parents, uint32_t *piece_of,
                             struct piece *pieces) {
    size_t count = 0;
    for (size_t n = 0; n < graph->node_count; n++)
        piece_of[n] = UINT32_MAX;
    for (size_t e = 0; e < graph->edge_count; e++) {
        uint32_t root = root_of(parents, graph->edges[e].from);
        if (piece_of[root] == UINT32_MAX) {
            pieces[count] = (struct piece){0, root, (uint32_t)e};
            piece_of[root] = (uint32_t)count++;
        }
        pieces[piece_of[root]].length_m += graph->edges[e].length_m;
    }
    return count;
}

bool sg_street_pieces_find(struct sg_street_graph *graph) {
    uint32_t *parents = sg_alloc(graph->node_count, sizeof *parents);
    struct piece *pieces = sg_alloc(graph->node_count, sizeof *pieces);
    graph->pieces = sg_alloc(graph->node_count, sizeof *graph->pieces);
    graph->piece_lengths_m = sg_alloc(graph->node_count, sizeof *graph->piece_lengths_m);
    bool done = parents != NULL && pieces != NULL && graph->pieces != NULL && graph->piece_lengths_m != NULL;
    if (done) {
        for (size_t n = 0; n < graph->node_count; n++)
            parents[n] = (uint32_t)n;
        for (size_t e = 0; e < graph->edge_count; e++) {
            uint32_t one = root_of(parents, graph->edges[e].from), two = root_of(parents, graph->edges[e].to);
            parents[one > two ? one : two] = one > two ? two : one;
        }
        graph->piece_count = collect_pieces(graph, parents, graph->pieces, pieces);
        qsort(pieces, graph->piece_count, sizeof *pieces, compare_pieces);
        for (size_t p = 0; p < graph->piece_count; p++) {
            graph->piece_lengths_m[p] = pieces[p].length_m;
            graph->pieces[pieces[p].root] = (uint32_t)p;
        }
        for (size_t n = 0; n < graph->node_count; n++)
            graph->pieces[n] = graph->pieces[root_of(parents, (uint32_t)n)];
    }
    sg_free(parents);
    sg_free(pieces);
    return done;
}
