/* Places along Hilbert's curve: what is near on it is near on the ground, and so near in memory. */
#ifndef SG_MEASURE_HILBERT_H
#define SG_MEASURE_HILBERT_H

#include <stdint.h>

#include "model/geometry.h"

/* The position of a point of the box along the curve through its 65,536 x 65,536 cells. */
uint32_t sg_hilbert_position(const struct sg_box *box, struct sg_point point);

/* Positions of items on the curve, to be sorted; equal positions keep the order of the items. */
struct sg_hilbert_item {
    uint32_t position;
    uint32_t item;
};

void sg_hilbert_sort(struct sg_hilbert_item *items, size_t count);

#endif
