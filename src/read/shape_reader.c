#include "read/shape_reader.h"

#include <cpl_error.h>
#include <math.h>

#include "core/alloc.h"

/* The polygons of a geometry, in order; curves already linear. */
static bool is_polygonal(OGRGeometryH geometry) {
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    return type == wkbPolygon || type == wkbMultiPolygon;
}

static int polygon_count(OGRGeometryH geometry) {
    return wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon ? 1 : OGR_G_GetGeometryCount(geometry);
}

static OGRGeometryH polygon_at(OGRGeometryH geometry, int index) {
    return wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon ? geometry
                                                                     : OGR_G_GetGeometryRef(geometry, index);
}

/* Points the ring will take: with the closing one if it is open; 0 when it is too short to be a ring. */
static int ring_size(OGRGeometryH ring) {
    int count = OGR_G_GetPointCount(ring);
    if (count < 3)
        return 0;
    double x1 = OGR_G_GetX(ring, 0), y1 = OGR_G_GetY(ring, 0);
    double x2 = OGR_G_GetX(ring, count - 1), y2 = OGR_G_GetY(ring, count - 1);
    bool is_closed = x1 == x2 && y1 == y2;
    if (!is_closed)
        count++;
    return count < 4 ? 0 : count;
}

static bool is_finite_ring(const struct sg_point *points, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        /* the shapefile format's "no value" is finite for C, and beyond any coordinate */
        if (!(fabs(points[i].x) < 1e30) || !(fabs(points[i].y) < 1e30))
            return false;
    }
    return true;
}

static enum sg_shape_fault fill(OGRGeometryH geometry, struct sg_shape *shape) {
    uint32_t point = 0, ring = 0, polygon = 0;
    for (int p = 0; p < polygon_count(geometry); p++) {
        OGRGeometryH from = polygon_at(geometry, p);
        uint32_t first_ring = ring;
        for (int r = 0; r < OGR_G_GetGeometryCount(from); r++) {
            OGRGeometryH line = OGR_G_GetGeometryRef(from, r);
            int size = ring_size(line);
            if (size == 0) {
                if (r == 0)
                    break; /* holes of no polygon */
                continue;
            }
            struct sg_point *points = shape->points + point;
            OGR_G_GetPoints(line, &points->x, sizeof *points, &points->y, sizeof *points, NULL, 0);
            points[size - 1] = points[0];
            if (!is_finite_ring(points, (uint32_t)size))
                return SG_SHAPE_NOT_FINITE;
            shape->ring_starts[ring++] = point;
            point += (uint32_t)size;
        }
        if (ring > first_ring)
            shape->polygon_starts[polygon++] = first_ring;
    }
    shape->ring_starts[ring] = point;
    shape->polygon_starts[polygon] = ring;
    shape->ring_count = ring;
    shape->polygon_count = polygon;
    return polygon == 0 ? SG_SHAPE_EMPTY : SG_SHAPE_READ;
}

static enum sg_shape_fault read_linear(OGRGeometryH geometry, struct sg_shape *ret_shape) {
    if (!is_polygonal(geometry))
        return SG_SHAPE_WRONG_TYPE;
    uint64_t points = 0, rings = 0;
    for (int p = 0; p < polygon_count(geometry); p++) {
        OGRGeometryH polygon = polygon_at(geometry, p);
        for (int r = 0; r < OGR_G_GetGeometryCount(polygon); r++) {
            points += (uint64_t)OGR_G_GetPointCount(OGR_G_GetGeometryRef(polygon, r)) + 1;
            rings++;
        }
    }
    if (points >= UINT32_MAX)
        return SG_SHAPE_NO_MEMORY;
    struct sg_shape shape;
    if (!sg_shape_init(&shape, (uint32_t)points, (uint32_t)rings, (uint32_t)polygon_count(geometry)))
        return SG_SHAPE_NO_MEMORY;
    enum sg_shape_fault fault = fill(geometry, &shape);
    if (fault == SG_SHAPE_READ)
        *ret_shape = shape;
    else
        sg_shape_release(&shape);
    return fault;
}

enum sg_shape_fault sg_shape_read(OGRGeometryH geometry, struct sg_shape *ret_shape) {
    if (geometry == NULL || OGR_G_IsEmpty(geometry))
        return SG_SHAPE_EMPTY;
    if (!OGR_G_HasCurveGeometry(geometry, FALSE)) /* a curve polygon is one with straight edges, too */
        return read_linear(geometry, ret_shape);
    OGRGeometryH linear = OGR_G_GetLinearGeometry(geometry, 0, NULL);
    if (linear == NULL)
        return SG_SHAPE_NO_MEMORY;
    enum sg_shape_fault fault = read_linear(linear, ret_shape);
    OGR_G_DestroyGeometry(linear);
    return fault;
}

static bool add_point(double x, double y, struct sg_point **points, size_t *count, size_t *capacity) {
    if (!sg_reserve(points, capacity, *count + 1, sizeof **points))
        return false;
    (*points)[(*count)++] = (struct sg_point){x, y};
    return true;
}

static bool is_collection(OGRGeometryH geometry) {
    return OGR_GT_IsSubClassOf(wkbFlatten(OGR_G_GetGeometryType(geometry)), wkbGeometryCollection);
}

/* GEOS 3.11 reads beyond the end of an empty line among the members when it looks for a point. */
static void drop_empty_members(OGRGeometryH collection) {
    for (int i = OGR_G_GetGeometryCount(collection) - 1; i >= 0; i--) {
        OGRGeometryH member = OGR_G_GetGeometryRef(collection, i);
        if (is_collection(member))
            drop_empty_members(member);
        if (OGR_G_IsEmpty(member))
            OGR_G_RemoveGeometry(collection, i, TRUE);
    }
}

/* A point on it; where GEOS refuses a broken one, its first vertex, which is on it too. */
static bool add_point_on(OGRGeometryH geometry, struct sg_point **points, size_t *count, size_t *capacity) {
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRGeometryH on_surface = OGR_G_PointOnSurface(geometry);
    CPLPopErrorHandler();
    CPLErrorReset();
    OGRGeometryH part = on_surface == NULL ? geometry : on_surface;
    while (OGR_G_GetGeometryCount(part) > 0)
        part = OGR_G_GetGeometryRef(part, 0);
    bool done = OGR_G_GetPointCount(part) == 0
                || add_point(OGR_G_GetX(part, 0), OGR_G_GetY(part, 0), points, count, capacity);
    OGR_G_DestroyGeometry(on_surface);
    return done;
}

bool sg_points_read(OGRGeometryH geometry, struct sg_point **points, size_t *count, size_t *capacity,
                    bool *ret_is_surface) {
    *ret_is_surface = false;
    if (geometry == NULL || OGR_G_IsEmpty(geometry))
        return true;
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    if (type == wkbPoint)
        return add_point(OGR_G_GetX(geometry, 0), OGR_G_GetY(geometry, 0), points, count, capacity);
    if (type == wkbMultiPoint) {
        for (int i = 0; i < OGR_G_GetGeometryCount(geometry); i++) {
            OGRGeometryH member = OGR_G_GetGeometryRef(geometry, i);
            if (!OGR_G_IsEmpty(member)
                && !add_point(OGR_G_GetX(member, 0), OGR_G_GetY(member, 0), points, count, capacity))
                return false;
        }
        return true;
    }
    *ret_is_surface = true;
    if (!is_collection(geometry))
        return add_point_on(geometry, points, count, capacity);
    OGRGeometryH members = OGR_G_Clone(geometry);
    if (members == NULL)
        return false;
    drop_empty_members(members);
    bool done = add_point_on(members, points, count, capacity);
    OGR_G_DestroyGeometry(members);
    return done;
}

bool sg_lines_read(OGRGeometryH geometry, struct sg_line **lines, size_t *count, size_t *capacity) {
    if (geometry == NULL || OGR_G_IsEmpty(geometry))
        return true;
    for (int i = 0; i < OGR_G_GetGeometryCount(geometry); i++) {
        if (!sg_lines_read(OGR_G_GetGeometryRef(geometry, i), lines, count, capacity))
            return false;
    }
    int points = OGR_G_GetPointCount(geometry);
    if (OGR_G_GetGeometryCount(geometry) > 0 || points < 2)
        return true;
    struct sg_line line = {sg_alloc((size_t)points, sizeof *line.points), (uint32_t)points};
    if (line.points == NULL || !sg_reserve(lines, capacity, *count + 1, sizeof **lines)) {
        sg_free(line.points);
        return false;
    }
    OGR_G_GetPoints(geometry, &line.points->x, sizeof *line.points, &line.points->y, sizeof *line.points,
                    NULL, 0);
    for (uint32_t i = 0; i < line.point_count; i++) {
        if (!(fabs(line.points[i].x) < 1e30) || !(fabs(line.points[i].y) < 1e30)) {
            sg_free(line.points);
            return true;
        }
    }
    (*lines)[(*count)++] = line;
    return true;
}
