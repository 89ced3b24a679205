#include "model/shape_geos.h"

#include "core/alloc.h"

static GEOSGeometry *ring_to_geos(GEOSContextHandle_t geos, const struct sg_shape *shape, uint32_t ring) {
    uint32_t first = shape->ring_starts[ring], count = shape->ring_starts[ring + 1] - first;
    GEOSCoordSequence *sequence = GEOSCoordSeq_copyFromBuffer_r(geos, &shape->points[first].x, count, 0, 0);
    return sequence == NULL ? NULL : GEOSGeom_createLinearRing_r(geos, sequence);
}

static GEOSGeometry *polygon_to_geos(GEOSContextHandle_t geos, const struct sg_shape *shape, uint32_t polygon,
                                     bool *ret_no_memory) {
    uint32_t first = shape->polygon_starts[polygon], end = shape->polygon_starts[polygon + 1];
    GEOSGeometry *outer = ring_to_geos(geos, shape, first);
    if (outer == NULL)
        return NULL;
    uint32_t hole_count = end - first - 1, made = 0;
    GEOSGeometry **holes = sg_alloc(hole_count, sizeof *holes);
    *ret_no_memory = *ret_no_memory || holes == NULL;
    while (holes != NULL && made < hole_count) {
        holes[made] = ring_to_geos(geos, shape, first + 1 + made);
        if (holes[made] == NULL)
            break;
        made++;
    }
    GEOSGeometry *geometry = NULL;
    if (holes != NULL && made == hole_count)
        geometry = GEOSGeom_createPolygon_r(geos, outer, holes, hole_count); /* takes the rings */
    if (geometry == NULL && (holes == NULL || made < hole_count)) {
        GEOSGeom_destroy_r(geos, outer);
        for (uint32_t i = 0; i < made; i++)
            GEOSGeom_destroy_r(geos, holes[i]);
    }
    sg_free(holes);
    return geometry;
}

GEOSGeometry *sg_shape_to_geos(GEOSContextHandle_t geos, const struct sg_shape *shape, bool *ret_no_memory) {
    if (shape->polygon_count == 1)
        return polygon_to_geos(geos, shape, 0, ret_no_memory);
    GEOSGeometry **parts = sg_alloc(shape->polygon_count, sizeof *parts);
    *ret_no_memory = *ret_no_memory || parts == NULL;
    uint32_t made = 0;
    while (parts != NULL && made < shape->polygon_count) {
        parts[made] = polygon_to_geos(geos, shape, made, ret_no_memory);
        if (parts[made] == NULL)
            break;
        made++;
    }
    GEOSGeometry *geometry = NULL;
    if (parts != NULL && made == shape->polygon_count) {
        geometry = GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, parts, made);
    } else {
        for (uint32_t i = 0; i < made; i++)
            GEOSGeom_destroy_r(geos, parts[i]);
    }
    sg_free(parts);
    return geometry;
}

struct sizes {
    uint32_t points, rings, polygons;
};

/* Visits the polygons in a geometry of any kind: adds up their sizes, or copies them when shape is given. */
static bool visit(GEOSContextHandle_t geos, const GEOSGeometry *geometry, struct sizes *sizes,
                  struct sg_shape *shape) {
    int type = GEOSGeomTypeId_r(geos, geometry);
    if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        for (int i = 0; i < GEOSGetNumGeometries_r(geos, geometry); i++) {
            if (!visit(geos, GEOSGetGeometryN_r(geos, geometry, i), sizes, shape))
                return false;
        }
        return true;
    }
    if (type != GEOS_POLYGON || GEOSisEmpty_r(geos, geometry))
        return true;
    if (shape != NULL)
        shape->polygon_starts[sizes->polygons] = sizes->rings;
    int hole_count = GEOSGetNumInteriorRings_r(geos, geometry);
    for (int r = 0; r <= hole_count; r++) {
        const GEOSGeometry *ring =
            r == 0 ? GEOSGetExteriorRing_r(geos, geometry) : GEOSGetInteriorRingN_r(geos, geometry, r - 1);
        const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos, ring);
        unsigned count = 0;
        if (sequence == NULL || !GEOSCoordSeq_getSize_r(geos, sequence, &count))
            return false;
        if (shape != NULL) {
            shape->ring_starts[sizes->rings] = sizes->points;
            GEOSCoordSeq_copyToBuffer_r(geos, sequence, &shape->points[sizes->points].x, 0, 0);
        }
        sizes->points += count;
        sizes->rings++;
    }
    sizes->polygons++;
    return true;
}

bool sg_shape_from_geos(GEOSContextHandle_t geos, const GEOSGeometry *geometry, struct sg_shape *ret_shape) {
    struct sizes sizes = {0}, filled = {0};
    struct sg_shape shape;
    if (!visit(geos, geometry, &sizes, NULL)
        || !sg_shape_init(&shape, sizes.points, sizes.rings, sizes.polygons))
        return false;
    if (!visit(geos, geometry, &filled, &shape)) {
        sg_shape_release(&shape);
        return false;
    }
    shape.ring_starts[sizes.rings] = sizes.points;
    shape.polygon_starts[sizes.polygons] = sizes.rings;
    *ret_shape = shape;
    return true;
}
