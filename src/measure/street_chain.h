/* Lines cut at junctions, and the cuts put end to end where there is nothing to choose. */
#ifndef SG_MEASURE_STREET_CHAIN_H
#define SG_MEASURE_STREET_CHAIN_H

#include "model/street.h"

/* Part of a line from one junction or end to the next: so many of the layer's points. */
struct sg_street_cut {
    uint32_t from, to; /* vertices */
    uint32_t first, count;
    uint8_t directions;
    double cost_per_m;
};

/* A cut as it is passed on a chain of cuts. */
struct sg_street_step {
    uint32_t cut;
    bool is_reversed;
};

/* Chain c has the steps starts[c] up to, not including, starts[c + 1]. */
struct sg_street_chains {
    uint32_t *vertices; /* of each point of the layer: the same place, the same vertex */
    size_t vertex_count;
    struct sg_street_cut *cuts;
    size_t cut_count, cut_capacity;
    struct sg_street_step *steps;
    uint32_t *starts;
    size_t chain_count;
    size_t no_length_count; /* lines that go nowhere */
};

/* Chains in the order of the first of their lines in the layer, in that one's direction. Cuts are joined
   where exactly two meet that cost the same and lead the same ways. False when out of memory. Release with
   sg_street_chains_release(), also after that. */
bool sg_street_chains_find(const struct sg_street_layer *layer, bool is_time,
                           struct sg_street_chains *ret_chains);
void sg_street_chains_release(struct sg_street_chains *chains);

/* The directions of a cut when it is passed the other way round. */
uint8_t sg_street_turned(uint8_t directions);

#endif
