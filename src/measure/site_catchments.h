/* Catchments of single sites: everything within a threshold of one service, as polygons. */
#ifndef SG_MEASURE_SITE_CATCHMENTS_H
#define SG_MEASURE_SITE_CATCHMENTS_H

#include "measure/catchments.h"
#include "model/demand.h"

/* One for each place of services and threshold: place * threshold_count + threshold. Along streets, sites at
   the very same point are one place. */
struct sg_site_catchments {
    size_t place_count;
    uint32_t *place_of_site; /* of each site of the inventory; UINT32_MAX: weight 0, no service */
    struct sg_shape *shapes; /* lon/lat; without polygons where the place is on no street */
    size_t shape_count;
    double *people; /* within the threshold of the place; of all areas, each once */
};

/* In straight lines each is the geodesic circle, as a polygon of 180 corners (0.02% less than it holds);
   along streets the outline of where the way is within the threshold, as sg_catchments_find() has it for all
   sites of a type, on a grid about the site alone. The extent and the types of the request do not matter.
   travel holds the ways along the request's streets up to its largest threshold, and is not looked at without
   them. Results do not depend on the number of threads. Release with sg_site_catchments_release(). */
enum sg_status sg_site_catchments_find(struct sg_context *context, const struct sg_inventory *inventory,
                                       const struct sg_demand *demand, const struct sg_travel *travel,
                                       const struct sg_catchment_request *request,
                                       struct sg_site_catchments *ret_catchments);
void sg_site_catchments_release(struct sg_site_catchments *catchments);

#endif
