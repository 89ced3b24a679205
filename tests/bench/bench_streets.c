/* Streets: a town of 250,000 crossings a hundred metres apart, seven tenths of the blocks between them built.
   From every crossing to the nearest of 400 services of each of 12 types, and to every one of 5,000 services
   within 1500 m: the whole call, from coordinates to costs. With a folder, the same network is written there
   for bench_streets.py (scipy, igraph). Usage: bench_streets [side] [folder]. Goal G5. */
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench_data.h"
#include "core/alloc.h"
#include "measure/street_ends.h"

enum { TYPES = 12, SERVICES_PER_TYPE = 400, SERVICES = 5000 };

static struct bench_random chance = {20130613};

/* Of all threads; the clock on the wall also counts what else the machine does. */
static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static struct sg_point crossing(size_t side, size_t number) {
    return (struct sg_point){-79.6 + 0.00124 * (double)(number % side),
                             43.4 + 0.0009 * (double)(number / side)};
}

static bool add_block(struct sg_street_layer *layer, size_t side, size_t from, size_t to, FILE *file) {
    if (!sg_reserve(&layer->points, &layer->point_capacity, layer->point_count + 2, sizeof *layer->points)
        || !sg_reserve(&layer->lines, &layer->line_capacity, layer->line_count + 1, sizeof *layer->lines))
        return false;
    layer->lines[layer->line_count++] =
        (struct sg_street_line){(uint32_t)layer->point_count, 2, 0, SG_STREET_BOTH, layer->line_count + 1};
    layer->points[layer->point_count++] = crossing(side, from);
    layer->points[layer->point_count++] = crossing(side, to);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    double row[] = {(double)from, (double)to,
                    sg_geodesic_short_distance(&ellipsoid, crossing(side, from), crossing(side, to))};
    return file == NULL || fwrite(row, sizeof row, 1, file) == 1;
}

static FILE *open_file(const char *folder, const char *name) {
    char path[4096];
    if (folder == NULL)
        return NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        fprintf(stderr, "bench_streets: %s cannot be written\n", path);
    return file;
}

static bool make_streets(size_t side, const char *folder, struct sg_street_layer *layer) {
    FILE *file = open_file(folder, "street_blocks.f64");
    bool done = true;
    for (size_t n = 0; done && n < side * side; n++) {
        if (n % side + 1 < side && bench_unit(&chance) < 0.7025)
            done = add_block(layer, side, n, n + 1, file);
        if (done && n / side + 1 < side && bench_unit(&chance) < 0.7025)
            done = add_block(layer, side, n, n + side, file);
    }
    return (file == NULL || fclose(file) == 0) && done;
}

/* Services at crossings that have a street, each of one type. */
static bool make_services(size_t side, const struct sg_street_layer *layer, size_t type_count, size_t of_each,
                          const char *folder, const char *name, struct sg_inventory *inventory) {
    FILE *file = open_file(folder, name);
    bool done = sg_inventory_init(inventory, 0, true) && sg_inventory_add_types(inventory, type_count);
    for (size_t i = 0; done && i < type_count * of_each; i++) {
        struct sg_point at = layer->points[(size_t)(bench_unit(&chance) * (double)layer->point_count)];
        double number = round((at.y - 43.4) / 0.0009) * (double)side + round((at.x + 79.6) / 0.00124);
        uint16_t type = (uint16_t)(i / of_each);
        const struct sg_site site = {.lon_lat_deg = at, .weight = 1, .area = UINT32_MAX};
        done = sg_inventory_add(inventory, &site, &type, 1, NULL, 0)
               && (file == NULL || fwrite(&number, sizeof number, 1, file) == 1);
    }
    return (file == NULL || fclose(file) == 0) && done;
}

/* Seconds to find the streets of all, which others are given; the best of three. */
static double time_ends(struct sg_context *context, const struct sg_street_graph *graph,
                        const struct sg_demand *demand, const struct sg_inventory *inventory) {
    double best = INFINITY;
    for (int run = 0; run < 3; run++) {
        const struct sg_street_request request = {0, 1, 1};
        struct sg_street_ends ends;
        double start = cpu_seconds();
        if (sg_street_ends_find(context, graph, demand, inventory, &request, &ends) != SG_OK)
            exit(1);
        best = fmin(best, cpu_seconds() - start);
        sg_street_ends_release(&ends);
    }
    return best;
}

/* Seconds of the best of three calls; sums of what was found. */
static double time_travel(struct sg_context *context, const struct sg_street_graph *graph,
                          const struct sg_demand *demand, const struct sg_inventory *inventory,
                          size_t type_count, double limit_m, double *ret_sum, size_t *ret_found) {
    double best = INFINITY;
    for (int run = 0; run < 3; run++) {
        struct sg_travel travel;
        struct sg_street_report report;
        const struct sg_street_request request = {limit_m, 1, 1};
        bool is_one = sg_context_threads(context) == 1;
        double start = is_one ? cpu_seconds() : bench_seconds();
        if (sg_streets_travel(context, graph, demand, inventory, type_count, &request, &travel, &report)
            != SG_OK)
            exit(1);
        best = fmin(best, (is_one ? cpu_seconds() : bench_seconds()) - start);
        *ret_sum = 0;
        *ret_found = 0;
        for (size_t i = 0; limit_m == 0 && i < type_count * demand->point_count; i++) {
            *ret_sum += isfinite(travel.nearest[i]) ? travel.nearest[i] : 0;
            *ret_found += isfinite(travel.nearest[i]);
        }
        for (size_t i = 0; limit_m > 0 && i < travel.starts[demand->point_count]; i++) {
            *ret_sum += travel.costs[i];
            ++*ret_found;
        }
        sg_travel_release(&travel);
        sg_street_report_release(&report);
    }
    return best;
}

int main(int argument_count, char **arguments) {
    size_t side = argument_count > 1 ? strtoull(arguments[1], NULL, 10) : 500;
    const char *folder = argument_count > 2 ? arguments[2] : NULL;
    struct sg_context *context = sg_context_new();
    struct sg_street_layer layer = {0};
    struct sg_inventory facilities, services;
    struct sg_demand demand = {.point_count = side * side};
    demand.points = sg_alloc(demand.point_count, sizeof *demand.points);
    if (side < 2 || context == NULL || demand.points == NULL || !make_streets(side, folder, &layer)
        || !make_services(side, &layer, TYPES, SERVICES_PER_TYPE, folder, "street_facilities.f64",
                          &facilities)
        || !make_services(side, &layer, 1, SERVICES, folder, "street_services.f64", &services))
        return 1;
    for (size_t n = 0; n < demand.point_count; n++)
        demand.points[n] = (struct sg_demand_point){
            .lon_lat_deg = crossing(side, n), .population = 1, .weight = 1, .city_share = 1};
    double speed = 0;
    layer.class_speeds_kmh = &speed;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_street_graph graph;
    double start = bench_seconds();
    if (sg_street_graph_build(context, &layer, &ellipsoid, false, &graph) != SG_OK)
        return 1;
    double build = bench_seconds() - start;
    int all = omp_get_num_procs();
    double seconds[2][2], sum, bounded_sum;
    size_t labels, pairs;
    for (int many = 0; many < 2; many++) {
        sg_context_set_threads(context, many ? all : 1);
        seconds[0][many] = time_travel(context, &graph, &demand, &facilities, TYPES, 0, &sum, &labels);
        seconds[1][many] = time_travel(context, &graph, &demand, &services, 1, 1500, &bounded_sum, &pairs);
    }
    printf("   streets: %zu blocks of %.0f km, network in %.2f s: %zu edges between %zu junctions\n",
           layer.line_count, graph.length_m / 1000, build, graph.edge_count, graph.node_count);
    printf("   streets: nearest of %d types x %d: %zu costs, sum %.3f m, %.2f s on 1 thread, %.2f s on %d\n",
           TYPES, SERVICES_PER_TYPE, labels, sum, seconds[0][0], seconds[0][1], all);
    printf("   streets: within 1500 m of %d: %zu pairs, sum %.3f m, %.2f s on 1 thread, %.2f s on %d\n",
           SERVICES, pairs, bounded_sum, seconds[1][0], seconds[1][1], all);
    sg_context_set_threads(context, 1);
    double ends[] = {time_ends(context, &graph, &demand, &facilities),
                     time_ends(context, &graph, &demand, &services)};
    printf("   streets: of that, %.2f s and %.2f s to find the streets beside %zu people and the services\n",
           ends[0], ends[1], demand.point_count);
    FILE *file = open_file(folder, "street_seconds.txt");
    if (file != NULL) {
        fprintf(file, "%.4f %zu %.3f %.4f %zu %.3f\n", seconds[0][0] - ends[0], labels, sum,
                seconds[1][0] - ends[1], pairs, bounded_sum);
        fclose(file);
    }
    sg_street_graph_release(&graph);
    layer.class_speeds_kmh = NULL;
    sg_street_layer_release(&layer);
    sg_inventory_release(&facilities);
    sg_inventory_release(&services);
    sg_demand_release(&demand);
    sg_context_free(context);
    return 0;
}
