/* Catchments: everything within a threshold of a service, as polygons. */
#ifndef SG_MEASURE_CATCHMENTS_H
#define SG_MEASURE_CATCHMENTS_H

#include "core/context.h"
#include "measure/contour.h"
#include "measure/street_travel.h"
#include "model/geodesic.h"
#include "model/site.h"

struct sg_catchment_request {
    struct sg_ellipsoid ellipsoid;
    struct sg_box extent; /* of the areas: lon, lat in degrees; catchments end a threshold beyond it */
    size_t type_count;
    const double *thresholds; /* metres, or the unit of the network */
    size_t threshold_count;
    const struct sg_street_graph *graph; /* NULL: straight lines */
    struct sg_street_request streets;    /* where there is one: its limit does not matter */
};

/* One for each type, and last for any type, and threshold: shapes[type * threshold_count + threshold], in
 * lon/lat. */
struct sg_catchments {
    struct sg_shape *shapes;
    size_t shape_count;
    double spacing_m; /* of the points where the cost was asked for */
};

/* The catchments of all sites of each type together. The cost of travel is found for the points of a grid
   just as for people, and each catchment is the outline of where it is within the threshold: somebody lives
   in it when they are measured to be within, as near as the outline is between the points. Release with
   sg_catchments_release(). */
enum sg_status sg_catchments_find(struct sg_context *context, const struct sg_inventory *inventory,
                                  const struct sg_catchment_request *request,
                                  struct sg_catchments *ret_catchments);
void sg_catchments_release(struct sg_catchments *catchments);

#endif
