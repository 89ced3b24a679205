/* Cheapest ways through the network, from many places at once. */
#ifndef SG_MEASURE_STREET_SEARCH_H
#define SG_MEASURE_STREET_SEARCH_H

#include "measure/street_graph.h"

struct sg_street_search;

/* What one thread needs to search; costs up to longest_seed may be given to start from. The graph is
   borrowed. NULL when out of memory. Free with sg_street_search_free(). */
struct sg_street_search *sg_street_search_new(const struct sg_street_graph *graph, double longest_seed);
void sg_street_search_free(struct sg_street_search *search);

/* Forgets the last search, in the time that took. */
void sg_street_search_clear(struct sg_street_search *search);

/* Lets travel end at a node at a cost from there (finite, 0 or more). False when out of memory. */
bool sg_street_search_seed(struct sg_street_search *search, uint32_t node, double cost);

/* Finds for every node what it costs to get from there to the cheapest seed, as far as that is not above
   limit (may be infinite). The costs are those of Dijkstra's algorithm, bit by bit: the least of all ways,
   each added up from the seed. False when out of memory. */
bool sg_street_search_run(struct sg_street_search *search, double limit);

/* The cost from each node; infinity where there is no way within the limit. Borrowed until the next search.
 */
const double *sg_street_search_costs(const struct sg_street_search *search);

/* The nodes with a cost. Borrowed until the next search. */
const uint32_t *sg_street_search_nodes(const struct sg_street_search *search, size_t *ret_count);

#endif
