#include "measure/catchments.h"

#include <math.h>

#include "core/alloc.h"
#include "measure/reach.h"

/* Points of the grid at most, and how many spacings the least threshold has at least where they suffice. */
enum { MOST_POINTS = 400000, LEAST_SPACINGS = 30 };

static const double DEGREE_M = 111320; /* of latitude, near enough to lay out a grid */

void sg_catchments_release(struct sg_catchments *catchments) {
    for (size_t i = 0; catchments->shapes != NULL && i < catchments->shape_count; i++)
        sg_shape_release(&catchments->shapes[i]);
    sg_free(catchments->shapes);
    *catchments = (struct sg_catchments){0};
}

/* How far in metres a threshold may lead. */
static double longest_m(const struct sg_catchment_request *request, double threshold) {
    if (request->graph == NULL || !request->graph->is_time)
        return threshold;
    double least_per_m = INFINITY;
    for (size_t e = 0; e < request->graph->edge_count; e++)
        least_per_m = fmin(least_per_m, request->graph->edges[e].cost_per_m);
    return threshold / least_per_m;
}

/* A grid over the extent and a threshold all round. */
static struct sg_cost_grid lay_grid(const struct sg_catchment_request *request) {
    double least = INFINITY, most = 0;
    for (size_t d = 0; d < request->threshold_count; d++) {
        least = fmin(least, longest_m(request, request->thresholds[d]));
        most = fmax(most, longest_m(request, request->thresholds[d]));
    }
    const struct sg_box *extent = &request->extent;
    double lon_m = DEGREE_M * fmax(cos((extent->min_y + extent->max_y) / 2 * 0.017453292519943295), 0.01);
    double width_m = (extent->max_x - extent->min_x) * lon_m + 2 * most;
    double height_m = (extent->max_y - extent->min_y) * DEGREE_M + 2 * most;
    double spacing_m = fmax(least / LEAST_SPACINGS, sqrt(width_m * height_m / MOST_POINTS));
    struct sg_cost_grid grid = {
        .step_x = spacing_m / lon_m, .step_y = spacing_m / DEGREE_M, .spacing_m = spacing_m};
    grid.columns = (size_t)ceil(width_m / spacing_m) + 1;
    grid.rows = (size_t)ceil(height_m / spacing_m) + 1;
    grid.origin = (struct sg_point){extent->min_x - most / lon_m, extent->min_y - most / DEGREE_M};
    return grid;
}

static bool fill_grid(const struct sg_cost_grid *grid, struct sg_demand *demand) {
    demand->point_count = grid->columns * grid->rows;
    demand->points = sg_alloc(demand->point_count, sizeof *demand->points);
    for (size_t i = 0; demand->points != NULL && i < demand->point_count; i++)
        demand->points[i].lon_lat_deg =
            (struct sg_point){grid->origin.x + (double)(i % grid->columns) * grid->step_x,
                              grid->origin.y + (double)(i / grid->columns) * grid->step_y};
    return demand->points != NULL;
}

/* Straight lines from every point to the nearest site of each type, in metres. */
static enum sg_status measure_straight(struct sg_context *context, const struct sg_inventory *inventory,
                                       const struct sg_catchment_request *request,
                                       const struct sg_demand *demand, double *costs) {
    struct sg_reach reach = {0};
    enum sg_status status = sg_reach_new(context, &request->ellipsoid, inventory, demand, NULL,
                                         request->thresholds, request->threshold_count, &reach);
    if (status != SG_OK)
        return status;
#pragma omp parallel for schedule(dynamic, 256) num_threads(sg_context_threads(context))
    for (size_t i = 0; i < demand->point_count; i++) {
        struct sg_search_point from =
            sg_search_point_from(&request->ellipsoid, demand->points[i].lon_lat_deg);
        for (size_t type = 0; type <= request->type_count; type++) {
            uint32_t place;
            costs[type * demand->point_count + i] = sg_site_tree_nearest(reach.trees[type], &from, &place);
        }
    }
    sg_reach_release(&reach);
    return SG_OK;
}

/* Costs along streets; what is measured for people is found here for the grid. Owned by the caller. */
static enum sg_status measure_streets(struct sg_context *context, const struct sg_inventory *inventory,
                                      const struct sg_catchment_request *request,
                                      const struct sg_demand *demand, double **ret_costs) {
    struct sg_travel travel = {0};
    struct sg_street_report report = {0};
    struct sg_street_request streets = request->streets;
    streets.limit = -1; /* the nearest is enough */
    enum sg_status status = sg_streets_travel(context, request->graph, demand, inventory, request->type_count,
                                              &streets, &travel, &report);
    if (status == SG_OK) {
        *ret_costs = travel.nearest;
        travel.nearest = NULL;
    }
    sg_travel_release(&travel);
    sg_street_report_release(&report);
    return status;
}

static enum sg_status outline_all(struct sg_context *context, const struct sg_catchment_request *request,
                                  const struct sg_cost_grid *grid, const double *costs,
                                  struct sg_catchments *catchments) {
    bool out_of_memory = false;
    catchments->spacing_m = grid->spacing_m;
    catchments->shape_count = (request->type_count + 1) * request->threshold_count;
    catchments->shapes = sg_alloc(catchments->shape_count, sizeof *catchments->shapes);
    if (catchments->shapes == NULL)
        return sg_fail_memory(context);
#pragma omp parallel for schedule(dynamic, 1) num_threads(sg_context_threads(context))
    for (size_t i = 0; i < catchments->shape_count; i++) {
        const double *of_type = costs + i / request->threshold_count * grid->columns * grid->rows;
        if (!sg_contour(grid, of_type, request->thresholds[i % request->threshold_count],
                        &catchments->shapes[i])) {
#pragma omp atomic write
            out_of_memory = true;
        }
    }
    return out_of_memory ? sg_fail_memory(context) : SG_OK;
}

enum sg_status sg_catchments_find(struct sg_context *context, const struct sg_inventory *inventory,
                                  const struct sg_catchment_request *request,
                                  struct sg_catchments *ret_catchments) {
    struct sg_cost_grid grid = lay_grid(request);
    struct sg_demand demand = {0};
    struct sg_catchments catchments = {0};
    double *costs = NULL;
    enum sg_status status = fill_grid(&grid, &demand) ? SG_OK : sg_fail_memory(context);
    if (status == SG_OK && request->graph != NULL) {
        status = measure_streets(context, inventory, request, &demand, &costs);
    } else if (status == SG_OK) {
        costs = sg_alloc((request->type_count + 1) * demand.point_count, sizeof *costs);
        status = costs == NULL ? sg_fail_memory(context)
                               : measure_straight(context, inventory, request, &demand, costs);
    }
    if (status == SG_OK)
        status = outline_all(context, request, &grid, costs, &catchments);
    sg_free(costs);
    sg_demand_release(&demand);
    if (status != SG_OK) {
        sg_catchments_release(&catchments);
        return status;
    }
    *ret_catchments = catchments;
    return SG_OK;
}
