/* The nearest service of each of 12 types (5,000 each) from 500,000 demand points, geodesic metres, beside
   GEOS's STRtree nearest on planar metres. With a folder, the same points are written there for
   bench_nearest.py (scipy's cKDTree). Usage: bench_nearest [demand points] [folder]. Goal G4. */
#include <geos_c.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench_data.h"
#include "core/context.h"
#include "measure/site_tree.h"

enum { SERVICES_PER_TYPE = 5000 };

static struct sg_site_tree *trees[BENCH_TYPES];
static struct sg_point places[BENCH_TYPES][SERVICES_PER_TYPE];

static struct sg_point planar(struct sg_point lon_lat) { /* metres, near enough for a comparison of speed */
    return (struct sg_point){lon_lat.x * 80600, lon_lat.y * 111100};
}

static double search_all(const struct sg_ellipsoid *ellipsoid, const struct sg_point *demand, size_t count,
                         int threads, double *ret_sum) {
    double start = bench_seconds(), sum = 0;
#pragma omp parallel num_threads(threads) reduction(+ : sum)
    {
        uint32_t place;
#pragma omp for schedule(static)
        for (size_t i = 0; i < count; i++) {
            struct sg_search_point from = sg_search_point_from(ellipsoid, demand[i]);
            for (int t = 0; t < BENCH_TYPES; t++)
                sum += sg_site_tree_nearest(trees[t], &from, &place);
        }
    }
    *ret_sum = sum;
    return bench_seconds() - start;
}

/* By type, with the points of an area one after the other, as the program does it. */
static double search_by_area(const struct sg_ellipsoid *ellipsoid, const struct sg_point *demand,
                             size_t count, double *ret_sum) {
    enum { AREA_POINTS = 3000 };
    struct sg_search_point *froms = malloc(AREA_POINTS * sizeof *froms);
    double start = bench_seconds(), sum = 0;
    for (size_t first = 0; froms != NULL && first < count; first += AREA_POINTS) {
        size_t n = count - first < AREA_POINTS ? count - first : AREA_POINTS;
        for (size_t i = 0; i < n; i++)
            froms[i] = sg_search_point_from(ellipsoid, demand[first + i]);
        for (int t = 0; t < BENCH_TYPES; t++) {
            uint32_t place;
            for (size_t i = 0; i < n; i++)
                sum += sg_site_tree_nearest(trees[t], &froms[i], &place);
        }
    }
    free(froms);
    *ret_sum = sum;
    return bench_seconds() - start;
}

static int planar_distance(const void *item1, const void *item2, double *distance, void *user) {
    (void)user;
    const struct sg_point *a = item1, *b = item2;
    *distance = hypot(a->x - b->x, a->y - b->y);
    return 1;
}

static double search_with_geos(const struct sg_point *demand, size_t count) {
    static struct sg_point moved[BENCH_TYPES][SERVICES_PER_TYPE];
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSSTRtree *geos_trees[BENCH_TYPES];
    GEOSGeometry **geometries = malloc(sizeof *geometries * BENCH_TYPES * SERVICES_PER_TYPE);
    size_t made = 0;
    for (int t = 0; t < BENCH_TYPES; t++) {
        geos_trees[t] = GEOSSTRtree_create_r(geos, 10);
        for (int i = 0; i < SERVICES_PER_TYPE; i++) {
            moved[t][i] = planar(places[t][i]);
            geometries[made] = GEOSGeom_createPointFromXY_r(geos, moved[t][i].x, moved[t][i].y);
            GEOSSTRtree_insert_r(geos, geos_trees[t], geometries[made++], &moved[t][i]);
        }
    }
    double start = bench_seconds(), sum = 0;
    for (size_t i = 0; i < count; i++) {
        struct sg_point from = planar(demand[i]);
        GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, from.x, from.y);
        for (int t = 0; t < BENCH_TYPES; t++) {
            const struct sg_point *nearest =
                GEOSSTRtree_nearest_generic_r(geos, geos_trees[t], &from, point, planar_distance, NULL);
            sum += nearest->x;
        }
        GEOSGeom_destroy_r(geos, point);
    }
    double seconds = bench_seconds() - start;
    if (!(sum < 0))
        fputs("bench_nearest: GEOS found nothing\n", stderr);
    for (int t = 0; t < BENCH_TYPES; t++)
        GEOSSTRtree_destroy_r(geos, geos_trees[t]);
    while (made > 0)
        GEOSGeom_destroy_r(geos, geometries[--made]);
    free(geometries);
    GEOS_finish_r(geos);
    return seconds;
}

static void write_points(const char *folder, const char *name, const struct sg_point *points, size_t count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    for (size_t i = 0; file != NULL && i < count; i++) {
        struct sg_point metres = planar(points[i]);
        fwrite(&metres, sizeof metres, 1, file);
    }
    if (file == NULL || fclose(file) != 0)
        fprintf(stderr, "bench_nearest: %s cannot be written\n", path);
}

/* Demand points come area by area, as the program has them: in cells of a hundredth of a degree. */
static int compare_by_area(const void *a, const void *b) {
    const struct sg_point *one = a, *two = b;
    double rows[] = {floor(one->y * 100), floor(two->y * 100)},
           columns[] = {floor(one->x * 100), floor(two->x * 100)};
    if (rows[0] != rows[1])
        return rows[0] < rows[1] ? -1 : 1;
    return columns[0] < columns[1] ? -1 : columns[0] > columns[1];
}

int main(int argument_count, char **arguments) {
    size_t count = argument_count > 1 ? strtoull(arguments[1], NULL, 10) : 500000;
    struct sg_point *demand = malloc(count * sizeof *demand);
    struct sg_tree_service *services = malloc(SERVICES_PER_TYPE * sizeof *services);
    struct sg_context *context = sg_context_new();
    if (demand == NULL || services == NULL || context == NULL || count == 0)
        return 1;
    struct bench_services source;
    bench_services_start(&source, 2);
    for (size_t i = 0; i < count; i++)
        demand[i] = bench_services_next(&source).point;
    qsort(demand, count, sizeof *demand, compare_by_area);
    bench_services_start(&source, 3);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    double start = bench_seconds();
    for (int t = 0; t < BENCH_TYPES; t++) {
        for (int i = 0; i < SERVICES_PER_TYPE; i++) {
            places[t][i] = bench_services_next(&source).point;
            services[i] = (struct sg_tree_service){places[t][i], 1, (uint32_t)i};
        }
        if (sg_site_tree_new(context, &ellipsoid, services, SERVICES_PER_TYPE, &trees[t]) != SG_OK)
            return 1;
    }
    double build = bench_seconds() - start;
    double queries = (double)count * BENCH_TYPES, sum, sum_by_area, sum_all;
    int threads = omp_get_num_procs();
    double one = search_all(&ellipsoid, demand, count, 1, &sum);
    double by_area = search_by_area(&ellipsoid, demand, count, &sum_by_area);
    double all = search_all(&ellipsoid, demand, count, threads, &sum_all);
    size_t geos_count = count < 20000 ? count : 20000;
    double geos = search_with_geos(demand, geos_count) / ((double)geos_count * BENCH_TYPES);
    double ns = 1e9 * fmin(one, by_area) / queries;
    printf("   nearest: %zu demand points x %d types of %d, trees %.3f s, mean %.1f m\n", count, BENCH_TYPES,
           SERVICES_PER_TYPE, build, sum / queries);
    printf("   nearest: %.0f ns by point, %.0f ns by area on 1 thread; %.0f ns on %d threads\n",
           1e9 * one / queries, 1e9 * by_area / queries, 1e9 * all / queries, threads);
    printf("G4 %.0f ns/query, %.1f x GEOS STRtree nearest (%.0f ns; goal >= 15) %s\n", ns, geos * 1e9 / ns,
           geos * 1e9, geos * 1e9 / ns >= 15 ? "ok" : "MISSED");
    if (argument_count > 2) {
        write_points(arguments[2], "demand.f64", demand, count);
        write_points(arguments[2], "services.f64", &places[0][0], BENCH_TYPES * SERVICES_PER_TYPE);
        char path[4096];
        snprintf(path, sizeof path, "%s/nearest_ns.txt", arguments[2]);
        FILE *file = fopen(path, "w");
        if (file != NULL) {
            fprintf(file, "%.1f\n", ns);
            fclose(file);
        }
    }
    for (int t = 0; t < BENCH_TYPES; t++)
        sg_site_tree_free(trees[t]);
    sg_context_free(context);
    free(demand);
    free(services);
    return 0;
}
