/* Point in polygon alone: ns per point on 158 detailed districts (A) and 57,000 tracts (B), one and all
   threads, beside GEOS (STRtree of envelopes, then prepared polygons). Usage: bench_locate [points]. Goal G3.
 */
#include <geos_c.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench_data.h"
#include "core/context.h"
#include "measure/locate.h"

static const double LEAST_PER_SECOND[] = {10e6, 5e6};
static const double LEAST_TIMES_GEOS = 6;

static const struct sg_shape **pointers_to(const struct bench_areas *areas) {
    const struct sg_shape **shapes = malloc(areas->count * sizeof *shapes);
    for (size_t i = 0; shapes != NULL && i < areas->count; i++)
        shapes[i] = &areas->shapes[i];
    return shapes;
}

static double locate_all(const struct sg_locator *locator, const struct sg_point *points, size_t count,
                         int threads, uint32_t *found) {
    double best = INFINITY;
    for (int run = 0; run < 3; run++) {
        double start = bench_seconds();
#pragma omp parallel for schedule(static) num_threads(threads)
        for (size_t i = 0; i < count; i++)
            found[i] = sg_locate(locator, points[i]);
        best = fmin(best, bench_seconds() - start);
    }
    return best;
}

struct geos_search {
    GEOSContextHandle_t geos;
    const GEOSGeometry *point;
    const GEOSPreparedGeometry **prepared;
    uint32_t found;
};

static void try_item(void *item, void *user) {
    struct geos_search *search = user;
    size_t index = (size_t)item - 1;
    if (index < search->found
        && GEOSPreparedIntersects_r(search->geos, search->prepared[index], search->point) == 1)
        search->found = (uint32_t)index;
}

static GEOSGeometry *polygon_from(GEOSContextHandle_t geos, const struct sg_shape *shape) {
    GEOSCoordSequence *sequence =
        GEOSCoordSeq_copyFromBuffer_r(geos, &shape->points[0].x, sg_shape_point_count(shape), 0, 0);
    return GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, sequence), NULL, 0);
}

/* Seconds for the points, and how many of them lie elsewhere than we say. */
static double locate_with_geos(const struct bench_areas *areas, const struct sg_point *points, size_t count,
                               const uint32_t *ours, size_t *ret_different) {
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSSTRtree *tree = GEOSSTRtree_create_r(geos, 10);
    GEOSGeometry **polygons = malloc(areas->count * sizeof *polygons);
    const GEOSPreparedGeometry **prepared = malloc(areas->count * sizeof *prepared);
    for (size_t i = 0; i < areas->count; i++) {
        polygons[i] = polygon_from(geos, &areas->shapes[i]);
        prepared[i] = GEOSPrepare_r(geos, polygons[i]);
        GEOSSTRtree_insert_r(geos, tree, polygons[i], (void *)(i + 1));
    }
    *ret_different = 0;
    double start = 0;
    size_t warm = count / 10; /* prepared polygons build their index at the first question */
    for (size_t i = 0; i < count + warm; i++) {
        if (i == warm)
            start = bench_seconds();
        size_t at = i < warm ? i * 10 : i - warm;
        GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, points[at].x, points[at].y);
        struct geos_search search = {geos, point, prepared, SG_NOWHERE};
        GEOSSTRtree_query_r(geos, tree, point, try_item, &search);
        GEOSGeom_destroy_r(geos, point);
        if (i >= warm)
            *ret_different += search.found != ours[at];
    }
    double seconds = bench_seconds() - start;
    for (size_t i = 0; i < areas->count; i++) {
        GEOSPreparedGeom_destroy_r(geos, prepared[i]);
        GEOSGeom_destroy_r(geos, polygons[i]);
    }
    free(polygons);
    free(prepared);
    GEOSSTRtree_destroy_r(geos, tree);
    GEOS_finish_r(geos);
    return seconds;
}

static void run(const char *name, struct bench_areas areas, const struct sg_point *points, size_t count,
                double least_per_second) {
    struct sg_context *context = sg_context_new();
    const struct sg_shape **shapes = pointers_to(&areas);
    uint32_t *found = malloc(count * sizeof *found);
    struct sg_locator *locator = NULL;
    double start = bench_seconds();
    if (context == NULL || shapes == NULL || found == NULL
        || sg_locator_new(context, shapes, areas.count, SIZE_MAX, &locator) != SG_OK) {
        fputs("bench_locate: out of memory\n", stderr);
        exit(1);
    }
    double build = bench_seconds() - start;
    int threads = omp_get_num_procs();
    double one = locate_all(locator, points, count, 1, found);
    size_t inside = 0;
    for (size_t i = 0; i < count; i++)
        inside += found[i] != SG_NOWHERE;
    double all = locate_all(locator, points, count, threads, found);
    size_t geos_count = count < 200000 ? count : 200000, different;
    double geos = locate_with_geos(&areas, points, geos_count, found, &different);
    double ns = 1e9 * one / (double)count, geos_ns = 1e9 * geos / (double)geos_count;
    double per_second = (double)count / one;
    printf("   %s: %zu areas, %zu vertices, index %.3f s, %zu of %zu points inside\n", name, areas.count,
           areas.vertex_count, build, inside, count);
    printf("G3 %s %.1f ns/point, %.1f M points/s on 1 thread (goal >= %.0f) %s; %.1f M on %d threads\n", name,
           ns, per_second / 1e6, least_per_second / 1e6, per_second >= least_per_second ? "ok" : "MISSED",
           (double)count / all / 1e6, threads);
    printf("G3 %s %.1f x GEOS prepared (%.0f ns; goal >= %.0f) %s; %zu of %zu points in another area than "
           "GEOS says "
           "(on a border)\n",
           name, geos_ns / ns, geos_ns, LEAST_TIMES_GEOS, geos_ns / ns >= LEAST_TIMES_GEOS ? "ok" : "MISSED",
           different, geos_count);
    sg_locator_free(locator);
    sg_context_free(context);
    free(shapes);
    free(found);
    bench_areas_free(&areas);
}

int main(int argument_count, char **arguments) {
    size_t count = argument_count > 1 ? strtoull(arguments[1], NULL, 10) : 1000000;
    struct sg_point *points = malloc(count * sizeof *points);
    if (points == NULL || count == 0)
        return 1;
    struct bench_services services;
    bench_services_start(&services, 1);
    for (size_t i = 0; i < count; i++)
        points[i] = bench_services_next(&services).point;
    run("A", bench_districts(), points, count, LEAST_PER_SECOND[0]);
    run("B", bench_tracts(), points, count, LEAST_PER_SECOND[1]);
    free(points);
    return 0;
}
