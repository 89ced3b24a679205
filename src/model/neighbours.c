#include "model/neighbours.h"

#include "core/alloc.h"

void sg_neighbours_release(struct sg_neighbours *neighbours) {
    sg_free(neighbours->starts);
    sg_free(neighbours->ids);
    *neighbours = (struct sg_neighbours){0};
}
