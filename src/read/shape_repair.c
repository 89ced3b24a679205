#include "read/shape_repair.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "model/shape_geos.h"
#include "model/simple_shape.h"

static GEOSGeometry *make_valid(GEOSContextHandle_t geos, const GEOSGeometry *geometry) {
    GEOSMakeValidParams *parameters = GEOSMakeValidParams_create_r(geos);
    if (parameters == NULL)
        return NULL;
    GEOSMakeValidParams_setMethod_r(geos, parameters, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(geos, parameters, 0);
    GEOSGeometry *valid = GEOSMakeValidWithParams_r(geos, geometry, parameters);
    GEOSMakeValidParams_destroy_r(geos, parameters);
    return valid;
}

enum outcome { VALID, REPAIRED, NO_MEMORY };

static enum outcome check_shape(GEOSContextHandle_t geos, struct sg_shape *shape, struct sg_repair *repair) {
    if (shape->polygon_count == 0 || sg_shape_is_surely_valid(shape))
        return VALID;
    bool no_memory = false;
    repair->point = shape->points[0];
    GEOSGeometry *geometry = sg_shape_to_geos(geos, shape, &no_memory);
    if (no_memory)
        return NO_MEMORY;
    if (geometry == NULL) {
        snprintf(repair->reason, sizeof repair->reason, "rings that are not rings");
        repair->is_lost = true;
        sg_shape_release(shape);
        return REPAIRED;
    }
    char *reason = NULL;
    GEOSGeometry *where = NULL;
    enum outcome outcome = VALID;
    if (GEOSisValidDetail_r(geos, geometry, 0, &reason, &where) != 1) {
        double x = 0, y = 0;
        bool is_located =
            where != NULL && GEOSGeomGetX_r(geos, where, &x) == 1 && GEOSGeomGetY_r(geos, where, &y) == 1;
        if (is_located && isfinite(x) && isfinite(y))
            repair->point = (struct sg_point){x, y};
        if (is_located)
            snprintf(repair->reason, sizeof repair->reason, "%.60s near %.8g %.8g",
                     reason == NULL ? "invalid" : reason, x, y);
        else
            snprintf(repair->reason, sizeof repair->reason, "%.60s", reason == NULL ? "invalid" : reason);
        GEOSGeometry *valid = make_valid(geos, geometry);
        struct sg_shape repaired = {0};
        outcome = REPAIRED;
        if (valid != NULL && !sg_shape_from_geos(geos, valid, &repaired))
            outcome = NO_MEMORY;
        if (outcome == REPAIRED) {
            sg_shape_release(shape);
            *shape = repaired;
            repair->is_lost = repaired.polygon_count == 0;
            if (repair->is_lost)
                sg_shape_release(shape);
        }
        if (valid != NULL)
            GEOSGeom_destroy_r(geos, valid);
    }
    if (reason != NULL)
        GEOSFree_r(geos, reason);
    if (where != NULL)
        GEOSGeom_destroy_r(geos, where);
    GEOSGeom_destroy_r(geos, geometry);
    return outcome;
}

static int compare_repairs(const void *a, const void *b) {
    size_t one = ((const struct sg_repair *)a)->index, two = ((const struct sg_repair *)b)->index;
    return one < two ? -1 : one > two;
}

enum sg_status sg_shapes_repair(struct sg_context *context, struct sg_shape *const *shapes, size_t count,
                                struct sg_repair **ret_repairs, size_t *ret_repair_count) {
    struct sg_repair *all = NULL;
    size_t capacity = 0, repaired = 0;
    bool failed = false;
    size_t point_count = 0;
    for (size_t i = 0; i < count; i++)
        point_count += sg_shape_point_count(shapes[i]);
#pragma omp parallel num_threads(sg_context_threads_for(context, point_count))
    {
        GEOSContextHandle_t geos = GEOS_init_r();
        /* every thread must come to the loop: its end waits for all */
#pragma omp for schedule(dynamic, 8)
        for (size_t i = 0; i < count; i++) {
            struct sg_repair repair = {.index = i};
            enum outcome outcome = geos == NULL ? NO_MEMORY : check_shape(geos, shapes[i], &repair);
            if (outcome == VALID)
                continue;
            bool kept = false;
#pragma omp critical(shape_repair)
            {
                kept = outcome != NO_MEMORY && sg_reserve(&all, &capacity, repaired + 1, sizeof *all);
                if (kept)
                    all[repaired++] = repair;
            }
            if (!kept) {
#pragma omp atomic write
                failed = true;
            }
        }
        if (geos != NULL)
            GEOS_finish_r(geos);
    }
    if (failed) {
        sg_free(all);
        return sg_fail_memory(context);
    }
    if (repaired > 1) /* threads found them in any order */
        qsort(all, repaired, sizeof *all, compare_repairs);
    *ret_repairs = all;
    *ret_repair_count = repaired;
    return SG_OK;
}

bool sg_shapes_dissolve(const struct sg_shape *const *shapes, size_t count, struct sg_shape *ret_shape) {
    GEOSContextHandle_t geos = GEOS_init_r();
    if (geos == NULL)
        return false;
    GEOSGeometry **parts = sg_alloc(count, sizeof *parts);
    size_t made = 0;
    bool done = parts != NULL, no_memory = false;
    for (size_t i = 0; done && i < count; i++) {
        if (shapes[i]->polygon_count == 0)
            continue;
        parts[made] = sg_shape_to_geos(geos, shapes[i], &no_memory);
        done = parts[made] != NULL;
        made += done;
    }
    GEOSGeometry *whole = NULL, *united = NULL;
    if (done)
        whole = GEOSGeom_createCollection_r(geos, GEOS_GEOMETRYCOLLECTION, parts,
                                            (unsigned)made); /* takes the parts */
    else
        for (size_t i = 0; i < made; i++)
            GEOSGeom_destroy_r(geos, parts[i]);
    if (whole != NULL)
        united = GEOSUnaryUnion_r(geos, whole);
    done = united != NULL && sg_shape_from_geos(geos, united, ret_shape);
    if (whole != NULL)
        GEOSGeom_destroy_r(geos, whole);
    if (united != NULL)
        GEOSGeom_destroy_r(geos, united);
    sg_free(parts);
    GEOS_finish_r(geos);
    return done;
}
