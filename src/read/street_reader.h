/* Streets to travel along, from any layer of lines or an OpenStreetMap file (.osm.pbf, .osm). */
#ifndef SG_READ_STREET_READER_H
#define SG_READ_STREET_READER_H

#include "core/context.h"
#include "model/crs.h"
#include "model/street.h"
#include "read/dataset.h"

/* Where the streets come from. */
struct sg_street_source {
    struct sg_source source;
    enum sg_travel_mode mode;
    const char *speeds;    /* table class,km/h; NULL: those of the classes */
    double walk_speed_kmh; /* also of people who walk to a street */
};

/* Reads the lines that the mode may use, in lon/lat of the geographic CRS `to`, in the order of the file.
   Tags or a class field are recognised; without either every line is a street. Notes what was read and left
   out. SG_BAD_INPUT when no street is left. Release with sg_street_layer_release(). */
enum sg_status sg_street_layer_read(struct sg_context *context, const struct sg_street_source *source,
                                    const struct sg_crs *to, struct sg_street_layer *ret_layer);

#endif
