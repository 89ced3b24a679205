#include "measure/street_search.h"

#include <math.h>

#include "core/alloc.h"

enum { NONE = UINT32_MAX, MOST_BUCKETS = 8192 };

/* A node in a bucket with the cost it had when it came there. */
struct entry {
    double cost;
    uint32_t node;
    uint32_t next; /* in its bucket, or among those that are free */
};

/* Dijkstra's algorithm with a ring of buckets (Dial 1969) as wide as a part of a usual edge: within a bucket
   nodes are looked at in any order, and again where a cheaper way comes up (Denardo & Fox 1979, Meyer &
   Sanders 2003). Adding never makes a way cheaper, so costs end up the same in any order. */
struct sg_street_search {
    const struct sg_street_graph *graph;
    double *costs;   /* of every node; infinite between searches */
    uint32_t *nodes; /* those that are not infinite */
    size_t node_count;
    uint32_t *buckets; /* the first entry of each */
    uint64_t bucket_mask;
    double buckets_per_cost;
    struct entry *entries;
    size_t entry_count, entry_capacity;
    uint32_t free_entry;
    size_t waiting_count;
};

struct sg_street_search *sg_street_search_new(const struct sg_street_graph *graph, double longest_seed) {
    struct sg_street_search *search = sg_alloc(1, sizeof *search);
    if (search == NULL)
        return NULL;
    search->graph = graph;
    search->free_entry = NONE;
    /* the ring must hold the whole span of costs that wait at a time: a seed or an edge ahead of the least */
    double span = graph->longest_cost > longest_seed ? graph->longest_cost : longest_seed, sum = 0;
    for (size_t e = 0; e < graph->edge_count; e++)
        sum += graph->edges[e].length_m * graph->edges[e].cost_per_m;
    double width = graph->edge_count > 0 ? sum / (double)graph->edge_count / 2 : 1;
    if (!(width > span / (MOST_BUCKETS - 3)))
        width = span / (MOST_BUCKETS - 3);
    if (!(width > 0))
        width = 1;
    size_t bucket_count = 4;
    while ((double)bucket_count < span / width + 3)
        bucket_count *= 2;
    search->buckets_per_cost = 1 / width;
    search->bucket_mask = bucket_count - 1;
    search->costs = sg_alloc(graph->node_count, sizeof *search->costs);
    search->nodes = sg_alloc(graph->node_count, sizeof *search->nodes);
    search->buckets = sg_alloc(bucket_count, sizeof *search->buckets);
    if (search->costs == NULL || search->nodes == NULL || search->buckets == NULL) {
        sg_street_search_free(search);
        return NULL;
    }
    for (size_t n = 0; n < graph->node_count; n++)
        search->costs[n] = INFINITY;
    for (size_t b = 0; b < bucket_count; b++)
        search->buckets[b] = NONE;
    return search;
}

void sg_street_search_free(struct sg_street_search *search) {
    if (search == NULL)
        return;
    sg_free(search->costs);
    sg_free(search->nodes);
    sg_free(search->buckets);
    sg_free(search->entries);
    sg_free(search);
}

void sg_street_search_clear(struct sg_street_search *search) {
    for (size_t i = 0; i < search->node_count; i++)
        search->costs[search->nodes[i]] = INFINITY;
    search->node_count = 0;
    for (size_t b = 0; search->waiting_count > 0 && b <= search->bucket_mask; b++)
        search->buckets[b] = NONE; /* seeds that were never run */
    search->waiting_count = 0;
    search->entry_count = 0;
    search->free_entry = NONE;
}

static inline uint64_t bucket_of(const struct sg_street_search *search, double cost) {
    return (uint64_t)(cost * search->buckets_per_cost);
}

/* A cheaper way from a node: its cost, and the node in the bucket of that. */
static inline bool improve(struct sg_street_search *search, uint32_t node, double cost) {
    if (search->costs[node] == INFINITY)
        search->nodes[search->node_count++] = node;
    search->costs[node] = cost;
    uint32_t at = search->free_entry;
    if (at != NONE) {
        search->free_entry = search->entries[at].next;
    } else {
        if (search->entry_count >= NONE
            || !sg_reserve(&search->entries, &search->entry_capacity, search->entry_count + 1,
                           sizeof *search->entries))
            return false;
        at = (uint32_t)search->entry_count++;
    }
    uint32_t *bucket = &search->buckets[bucket_of(search, cost) & search->bucket_mask];
    search->entries[at] = (struct entry){cost, node, *bucket};
    *bucket = at;
    search->waiting_count++;
    return true;
}

bool sg_street_search_seed(struct sg_street_search *search, uint32_t node, double cost) {
    return cost < search->costs[node] ? improve(search, node, cost) : true;
}

bool sg_street_search_run(struct sg_street_search *search, double limit) {
    const struct sg_street_graph *graph = search->graph;
    for (uint64_t b = 0; search->waiting_count > 0; b++) {
        uint32_t *bucket = &search->buckets[b & search->bucket_mask];
        while (*bucket != NONE) {
            uint32_t at = *bucket;
            struct entry entry = search->entries[at];
            *bucket = entry.next;
            search->entries[at].next = search->free_entry;
            search->free_entry = at;
            search->waiting_count--;
            if (entry.cost > search->costs[entry.node])
                continue; /* a cheaper way came up since */
            uint32_t end = graph->arc_starts[entry.node + 1];
            for (uint32_t a = graph->arc_starts[entry.node]; a < end; a++) {
                const struct sg_street_arc *arc = &graph->arcs[a];
                double cost = entry.cost + arc->cost;
                if (cost < search->costs[arc->node] && cost <= limit && !improve(search, arc->node, cost))
                    return false;
            }
        }
    }
    return true;
}

const double *sg_street_search_costs(const struct sg_street_search *search) {
    return search->costs;
}

const uint32_t *sg_street_search_nodes(const struct sg_street_search *search, size_t *ret_count) {
    *ret_count = search->node_count;
    return search->nodes;
}
