#include "model/demand.h"

#include "core/alloc.h"

void sg_demand_layer_release(struct sg_demand_layer *layer) {
    for (size_t i = 0; i < layer->feature_count; i++)
        sg_shape_release(&layer->features[i].shape);
    sg_free(layer->features);
    sg_crs_free(layer->crs);
    sg_free(layer->path);
    sg_free(layer->population_field);
    sg_free(layer->need_field);
    *layer = (struct sg_demand_layer){0};
}

void sg_demand_release(struct sg_demand *demand) {
    sg_free(demand->points);
    sg_free(demand->area_starts);
    sg_free(demand->population);
    sg_free(demand->need);
    sg_free(demand->outside_records);
    *demand = (struct sg_demand){0};
}
