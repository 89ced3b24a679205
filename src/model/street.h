/* Streets that people travel along: lines with what may go where on them. */
#ifndef SG_MODEL_STREET_H
#define SG_MODEL_STREET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/geometry.h"

enum sg_travel_mode { SG_TRAVEL_WALK, SG_TRAVEL_CYCLE, SG_TRAVEL_DRIVE, SG_TRAVEL_MODE_COUNT };

/* "walk", "cycle", "drive"; false for another name. */
const char *sg_travel_mode_name(enum sg_travel_mode mode);
bool sg_travel_mode_from_name(const char *name, enum sg_travel_mode *ret_mode);

/* Which ways a line may be travelled: with its points, against them, both; none is no street for the mode. */
enum { SG_STREET_FORWARD = 1, SG_STREET_BACKWARD = 2, SG_STREET_BOTH = 3 };

struct sg_street_line {
    uint32_t first_point; /* of the layer's points */
    uint32_t point_count; /* two or more */
    uint16_t street_class;
    uint8_t directions;
    uint64_t record; /* of the file, 1 = first */
};

/* The lines of one file that a mode of travel may use. */
struct sg_street_layer {
    char *path;
    enum sg_travel_mode mode;
    struct sg_point *points; /* lon, lat in degrees */
    size_t point_count, point_capacity;
    struct sg_street_line *lines;
    size_t line_count, line_capacity;
    char **classes; /* as written, in order of first appearance; "" where a line has none */
    double *class_speeds_kmh;
    size_t class_count, class_capacity;
    bool has_classes;       /* else every line is open to every mode, both ways */
    size_t read_count;      /* features */
    size_t no_line_count;   /* without a line to travel on: null, points, broken */
    size_t no_street_count; /* rivers, railways, streets that are not built yet */
    size_t closed_count;    /* streets, but not for this mode */
    size_t one_way_count;   /* lines open one way only */
};

void sg_street_layer_release(struct sg_street_layer *layer);

/* km/h of each mode where no table and no class says another. */
double sg_travel_speed_kmh(enum sg_travel_mode mode);

#endif
