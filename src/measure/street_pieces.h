/* The pieces that a network of streets falls into. */
#ifndef SG_MEASURE_STREET_PIECES_H
#define SG_MEASURE_STREET_PIECES_H

#include "measure/street_graph.h"

/* Fills in the graph's pieces: nodes joined by edges, whichever way those lead. The longest piece is 0; of
   pieces as long as each other the one with the lowest edge comes first. False when out of memory. */
bool sg_street_pieces_find(struct sg_street_graph *graph);

#endif
