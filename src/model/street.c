#include "model/street.h"

#include <string.h>

#include "core/alloc.h"

static const struct {
    const char *name;
    double speed_kmh;
} modes[SG_TRAVEL_MODE_COUNT] = {{"walk", 4.8}, {"cycle", 15}, {"drive", 30}};

const char *sg_travel_mode_name(enum sg_travel_mode mode) {
    return modes[mode].name;
}

double sg_travel_speed_kmh(enum sg_travel_mode mode) {
    return modes[mode].speed_kmh;
}

bool sg_travel_mode_from_name(const char *name, enum sg_travel_mode *ret_mode) {
    for (int mode = 0; mode < SG_TRAVEL_MODE_COUNT; mode++) {
        if (strcmp(name, modes[mode].name) == 0) {
            *ret_mode = (enum sg_travel_mode)mode;
            return true;
        }
    }
    return false;
}

void sg_street_layer_release(struct sg_street_layer *layer) {
    for (size_t i = 0; i < layer->class_count; i++)
        sg_free(layer->classes[i]);
    sg_free(layer->classes);
    sg_free(layer->class_speeds_kmh);
    sg_free(layer->points);
    sg_free(layer->lines);
    sg_free(layer->path);
    *layer = (struct sg_street_layer){0};
}
