#include "model/area.h"

#include <math.h>

#include "core/alloc.h"

const char *sg_area_state_name(enum sg_area_state state) {
    static const char *const names[] = {"measured", "no_population", "no_demand", "no_geometry",
                                        "suppressed"};
    return names[state];
}

bool sg_area_hides_people(enum sg_area_state state) {
    return state == SG_AREA_SUPPRESSED || state == SG_AREA_NO_GEOMETRY;
}

void sg_area_layer_release(struct sg_area_layer *layer) {
    for (size_t i = 0; i < layer->area_count; i++) {
        sg_free(layer->areas[i].id);
        sg_free(layer->areas[i].name);
        sg_free(layer->areas[i].text);
        sg_shape_release(&layer->areas[i].shape);
    }
    sg_free(layer->areas);
    for (size_t i = 0; i < layer->region_count; i++) {
        sg_free(layer->regions[i].name);
        sg_free(layer->regions[i].areas);
        sg_free(layer->regions[i].shares);
        sg_shape_release(&layer->regions[i].shape);
    }
    sg_free(layer->regions);
    for (size_t i = 0; i < layer->join_count; i++)
        sg_join_release(&layer->joins[i]);
    sg_free(layer->joins);
    sg_free(layer->repairs);
    sg_crs_free(layer->crs);
    sg_crs_free(layer->geographic);
    sg_free(layer->path);
    sg_free(layer->layer_name);
    sg_free(layer->id_field);
    sg_free(layer->name_field);
    sg_free(layer->population_field);
    sg_free(layer->need_field);
    sg_free(layer->value_field);
    sg_free(layer->value_title);
    *layer = (struct sg_area_layer){0};
}

static const double whole_turn = 360;

/* Whole degrees, so that nothing is rounded but the sum. */
static double turns_to(double lon, double west) {
    return -whole_turn * floor((lon - west) / whole_turn);
}

double sg_lon_in_turn(double lon, double west) {
    return lon + turns_to(lon, west);
}

double sg_areas_turn(const struct sg_area_layer *layer, double lon) {
    if (!layer->has_turn || !isfinite(lon)
        || (lon >= layer->turn_west && lon <= layer->turn_west + whole_turn))
        return 0;
    return turns_to(lon, layer->turn_west);
}
