#include "model/travel.h"

#include "core/alloc.h"

void sg_travel_release(struct sg_travel *travel) {
    sg_free(travel->rows);
    sg_free(travel->nearest);
    sg_free(travel->starts);
    sg_free(travel->sites);
    sg_free(travel->costs);
    *travel = (struct sg_travel){0};
}
