/* The problems of a check that come with the layers as they were read: outlines that were invalid, and people
   who live in no area. */
#include "job/run.h"
#include "model/crs.h"

/* The repaired outlines of areas or demand polygons, which are given in a CRS. */
static enum sg_status add_repairs(struct sg_run *run, const struct sg_crs *crs,
                                  const struct sg_repair *repairs, size_t count, bool is_demand) {
    struct sg_transformation *to_lon_lat = NULL;
    if (count == 0)
        return SG_OK;
    enum sg_status status = sg_transformation_new(run->context, crs, run->layer.geographic, &to_lon_lat);
    if (status != SG_OK)
        return status;
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        struct sg_problem problem = {.kind = SG_PROBLEM_REPAIRED,
                                     .lon_lat_deg = repairs[i].point,
                                     .is_demand = is_demand,
                                     .record = is_demand ? repairs[i].index : 0,
                                     .one = (uint32_t)i};
        sg_transform_points(to_lon_lat, &problem.lon_lat_deg, 1);
        done = sg_check_add_problem(run->check, &problem);
    }
    sg_transformation_free(to_lon_lat);
    return done ? SG_OK : sg_fail_memory(run->context);
}

static bool add_demand_outside(struct sg_run *run) {
    bool done = true;
    for (size_t i = 0; done && i < run->demand.outside_count; i++) {
        const struct sg_demand_point *point = &run->demand.outside_points[i];
        struct sg_problem problem = {.kind = SG_PROBLEM_DEMAND_OUTSIDE,
                                     .lon_lat_deg = point->lon_lat_deg,
                                     .is_demand = true,
                                     .record = point->record,
                                     .size = point->population};
        done = sg_check_add_problem(run->check, &problem);
    }
    return done;
}

enum sg_status sg_run_check_layers(struct sg_run *run) {
    const struct sg_area_layer *layer = &run->layer;
    const struct sg_demand_layer *demand = &run->demand_layer;
    if (!run->check->wants_problems)
        return SG_OK;
    enum sg_status status = add_repairs(run, layer->crs, layer->repairs, layer->repaired_count, false);
    if (status == SG_OK)
        status = add_repairs(run, demand->crs, demand->repairs, demand->repaired_count, true);
    if (status == SG_OK && !add_demand_outside(run))
        status = sg_fail_memory(run->context);
    return status;
}
