#include "model/demand.h"

#include "core/alloc.h"

void sg_demand_layer_release(struct sg_demand_layer *layer) {
    for (size_t i = 0; i < layer->feature_count; i++)
        sg_shape_release(&layer->features[i].shape);
    sg_free(layer->features);
    sg_free(layer->rejected);
    sg_free(layer->repairs);
    sg_crs_free(layer->crs);
    sg_free(layer->path);
    sg_free(layer->population_field);
    sg_free(layer->need_field);
    sg_name_index_free(layer->ids);
    *layer = (struct sg_demand_layer){0};
}

void sg_demand_merge(struct sg_demand *demand, size_t area_count, uint32_t *rows) {
    size_t to = 0, from = 0;
    for (size_t a = 0; a < area_count; a++) {
        size_t start = to;
        for (; from < demand->area_starts[a + 1]; from++) {
            const struct sg_demand_point *point = &demand->points[from];
            struct sg_demand_point *last = to > start ? &demand->points[to - 1] : NULL;
            if (last != NULL && rows[to - 1] == rows[from] && last->city_share == point->city_share) {
                last->population += point->population;
                last->weight += point->weight;
                continue;
            }
            rows[to] = rows[from];
            demand->points[to++] = *point;
        }
        demand->area_starts[a + 1] = to;
    }
    demand->point_count = to;
}

void sg_demand_release(struct sg_demand *demand) {
    sg_free(demand->points);
    sg_free(demand->area_starts);
    sg_free(demand->origins);
    sg_free(demand->population);
    sg_free(demand->need);
    sg_free(demand->unknown_counts);
    sg_free(demand->outside_records);
    sg_free(demand->outside_points);
    *demand = (struct sg_demand){0};
}
