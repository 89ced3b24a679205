/* Do the areas part the land cleanly? Where they overlap, and the gaps that they enclose. */
#ifndef SG_MEASURE_PARTITION_CHECK_H
#define SG_MEASURE_PARTITION_CHECK_H

#include "core/context.h"
#include "model/area.h"

/* Overlaps and gaps up to this size are taken as the rounding of coordinates, and left out. */
#define SG_LEAST_FAULT_M2 1.0

/* Openings below this width are taken as rounding, too: what opens to the outside only by them is a gap. */
#define SG_HAIRLINE_M 1.0

/* Land that two areas share. */
struct sg_overlap {
    uint32_t one, two;     /* positions in the layer, one < two */
    double km2;            /* geodesic */
    struct sg_point point; /* in it, in the CRS of the layer */
};

/* Land of no area that areas surround. */
struct sg_gap {
    double km2;            /* geodesic; areas that lie in it are taken off, hairlines between areas too */
    struct sg_point point; /* inside its outline, in the CRS of the layer */
};

/* Both with the largest first. Land that three areas share is in three overlaps. */
struct sg_partition {
    struct sg_overlap *overlaps;
    size_t overlap_count;
    double overlap_km2; /* of all */
    struct sg_gap *gaps;
    size_t gap_count;
    double gap_km2; /* of all */
};

/* Compares all areas whose boxes meet (GEOS, on all threads). The layer's shapes must be valid, as
   sg_areas_read() leaves them. Release with sg_partition_release(). */
enum sg_status sg_partition_check(struct sg_context *context, const struct sg_area_layer *layer,
                                  struct sg_partition *ret_partition);
void sg_partition_release(struct sg_partition *partition);

#endif
