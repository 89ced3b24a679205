#include "measure/hilbert.h"

#include <stdlib.h>

enum { SIDE = 65536 };

static uint32_t cell_of(double value, double least, double most) {
    double share = most > least ? (value - least) / (most - least) : 0;
    return share >= 1 ? SIDE - 1 : share > 0 ? (uint32_t)(share * SIDE) : 0;
}

/* Turns and mirrors the quadrants from the largest to the smallest (Hilbert 1891; the usual iteration). */
uint32_t sg_hilbert_position(const struct sg_box *box, struct sg_point point) {
    uint32_t x = cell_of(point.x, box->min_x, box->max_x), y = cell_of(point.y, box->min_y, box->max_y);
    uint32_t position = 0;
    for (uint32_t side = SIDE / 2; side > 0; side /= 2) {
        uint32_t right = (x & side) != 0, upper = (y & side) != 0;
        position += side * side * ((3 * right) ^ upper);
        if (upper == 0) {
            if (right == 1) {
                x = SIDE - 1 - x;
                y = SIDE - 1 - y;
            }
            uint32_t swap = x;
            x = y;
            y = swap;
        }
    }
    return position;
}

static int compare_items(const void *a, const void *b) {
    const struct sg_hilbert_item *one = a, *two = b;
    if (one->position != two->position)
        return one->position < two->position ? -1 : 1;
    return one->item < two->item ? -1 : one->item > two->item;
}

void sg_hilbert_sort(struct sg_hilbert_item *items, size_t count) {
    qsort(items, count, sizeof *items, compare_items);
}
