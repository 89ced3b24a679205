#include "measure/site_catchments.h"

#include <math.h>
#include <omp.h>

#include "core/alloc.h"
#include "measure/site_tree.h"
#include "measure/street_ends.h"
#include "measure/street_search.h"

enum {
    NONE = UINT32_MAX,
    CIRCLE_CORNERS = 180,
    LEAST_SPACINGS = 60, /* of the grid, over the widest catchment; where a threshold is lower, more */
    MOST_SPACINGS = 240
};

static const double DEGREE_M = 111320; /* of latitude, near enough to lay out a grid */
static const double RAD = 0.017453292519943295;

void sg_site_catchments_release(struct sg_site_catchments *catchments) {
    for (size_t i = 0; catchments->shapes != NULL && i < catchments->shape_count; i++)
        sg_shape_release(&catchments->shapes[i]);
    sg_free(catchments->shapes);
    sg_free(catchments->place_of_site);
    sg_free(catchments->people);
    *catchments = (struct sg_site_catchments){0};
}

static bool make_room(struct sg_site_catchments *found, size_t threshold_count) {
    found->shape_count = found->place_count * threshold_count;
    found->shapes = sg_alloc(found->shape_count, sizeof *found->shapes);
    found->people = sg_alloc(found->shape_count, sizeof *found->people);
    return found->shapes != NULL && found->people != NULL;
}

static double people_at(const struct sg_demand_point *point) {
    return point->population * point->city_share;
}

/* ---- straight lines ---- */

static bool draw_circle(const struct sg_ellipsoid *ellipsoid, struct sg_point centre, double radius_m,
                        struct sg_shape *ret_shape) {
    if (!sg_shape_init(ret_shape, CIRCLE_CORNERS + 1, 1, 1))
        return false;
    for (uint32_t i = 0; i < CIRCLE_CORNERS; i++) { /* to the left */
        struct sg_point corner = sg_geodesic_direct(ellipsoid, centre, -360.0 * i / CIRCLE_CORNERS, radius_m);
        corner.x -= 360 * round((corner.x - centre.x) / 360);
        ret_shape->points[i] = corner;
    }
    ret_shape->points[CIRCLE_CORNERS] = ret_shape->points[0];
    ret_shape->ring_starts[0] = ret_shape->polygon_starts[0] = 0;
    ret_shape->ring_starts[1] = CIRCLE_CORNERS + 1;
    ret_shape->polygon_starts[1] = 1;
    return true;
}

/* The people as if they were services: how many are within a threshold of a site is one question to a tree.
 */
static enum sg_status plant_people(struct sg_context *context, const struct sg_ellipsoid *ellipsoid,
                                   const struct sg_demand *demand, struct sg_site_tree **ret_tree) {
    struct sg_tree_service *people = sg_alloc(demand->point_count, sizeof *people);
    if (people == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < demand->point_count; i++)
        people[i] = (struct sg_tree_service){demand->points[i].lon_lat_deg, people_at(&demand->points[i]),
                                             (uint32_t)i};
    enum sg_status status = sg_site_tree_new(context, ellipsoid, people, demand->point_count, ret_tree);
    sg_free(people);
    return status;
}

static enum sg_status find_straight(struct sg_context *context, const struct sg_inventory *inventory,
                                    const struct sg_demand *demand,
                                    const struct sg_catchment_request *request,
                                    struct sg_site_catchments *found) {
    const struct sg_ellipsoid *ellipsoid = &request->ellipsoid;
    size_t thresholds = request->threshold_count;
    bool out_of_memory = false;
    found->place_of_site = sg_alloc(inventory->site_count, sizeof *found->place_of_site);
    for (size_t s = 0; found->place_of_site != NULL && s < inventory->site_count; s++)
        found->place_of_site[s] = inventory->sites[s].weight > 0 ? (uint32_t)found->place_count++ : NONE;
    if (found->place_of_site == NULL || !make_room(found, thresholds))
        return sg_fail_memory(context);
    struct sg_site_tree *people = NULL;
    enum sg_status status = plant_people(context, ellipsoid, demand, &people);
    if (status != SG_OK)
        return status;
#pragma omp parallel for schedule(dynamic, 16) num_threads(sg_context_threads(context))
    for (size_t s = 0; s < inventory->site_count; s++) {
        if (found->place_of_site[s] == NONE)
            continue;
        struct sg_point centre = inventory->sites[s].lon_lat_deg;
        struct sg_search_point from = sg_search_point_from(ellipsoid, centre);
        for (size_t d = 0; d < thresholds; d++) {
            size_t at = found->place_of_site[s] * thresholds + d;
            struct sg_threshold threshold = sg_threshold_from(ellipsoid, request->thresholds[d]);
            found->people[at] = sg_site_tree_within(people, &from, &threshold).weight;
            if (!draw_circle(ellipsoid, centre, request->thresholds[d], &found->shapes[at])) {
#pragma omp atomic write
                out_of_memory = true;
            }
        }
    }
    sg_site_tree_free(people);
    return out_of_memory ? sg_fail_memory(context) : SG_OK;
}

/* ---- along streets ---- */

struct drawing {
    const struct sg_street_ends *ends;
    const struct sg_street_finder *finder;
    const struct sg_catchment_request *request;
    double least, most; /* threshold */
    double known;       /* up to where costs are found: the outline needs some beyond it */
    double radius_m;    /* as far as the largest threshold leads on the fastest street */
    double longest_seed;
    struct sg_shape *shapes;
    size_t done_count;
    bool out_of_memory;
};

/* What one thread needs. */
struct tools {
    struct sg_street_search *search;
    double *costs; /* of the grid at hand */
    size_t cost_capacity;
};

static void add_edge(const struct sg_street_graph *graph, uint32_t edge, struct sg_box *box) {
    for (uint32_t i = graph->edges[edge].first_point; i < sg_street_edge_end(&graph->edges[edge]); i++)
        sg_box_add(box, graph->points[i]);
}

/* The streets that are reached, as far as somebody walks to one, and no farther than a straight line leads.
 */
static struct sg_box window_of(const struct drawing *drawing, const struct sg_street_place *place,
                               struct sg_point site, const struct sg_street_search *search, double lon_m) {
    const struct sg_street_graph *graph = drawing->ends->graph;
    const struct sg_street_request *streets = &drawing->request->streets;
    const double *costs = sg_street_search_costs(search);
    size_t node_count;
    const uint32_t *nodes = sg_street_search_nodes(search, &node_count);
    struct sg_box box = sg_box_empty();
    add_edge(graph, place->edge, &box);
    for (size_t n = 0; n < node_count; n++) {
        for (uint32_t a = graph->arc_starts[nodes[n]];
             costs[nodes[n]] <= drawing->most && a < graph->arc_starts[nodes[n] + 1]; a++)
            add_edge(graph, graph->arcs[a].edge, &box);
    }
    double leg_m = fmin(streets->snap_limit_m, drawing->most / streets->leg_cost_per_m);
    double x = drawing->radius_m / lon_m, y = drawing->radius_m / DEGREE_M;
    return (struct sg_box){
        fmax(box.min_x - leg_m / lon_m, site.x - x), fmax(box.min_y - leg_m / DEGREE_M, site.y - y),
        fmin(box.max_x + leg_m / lon_m, site.x + x), fmin(box.max_y + leg_m / DEGREE_M, site.y + y)};
}

/* A spacing and more of the grid lies outside of the window, so that the outline is closed where it should.
 */
static struct sg_cost_grid lay_grid(const struct drawing *drawing, const struct sg_box *window,
                                    double lon_m) {
    double width_m = (window->max_x - window->min_x) * lon_m,
           height_m = (window->max_y - window->min_y) * DEGREE_M;
    double spacings = fmin(LEAST_SPACINGS * drawing->most / drawing->least, MOST_SPACINGS);
    double spacing_m = fmax(fmax(width_m, height_m) / spacings, 1);
    struct sg_cost_grid grid = {
        .step_x = spacing_m / lon_m, .step_y = spacing_m / DEGREE_M, .spacing_m = spacing_m};
    grid.columns = (size_t)ceil(width_m / spacing_m) + 3;
    grid.rows = (size_t)ceil(height_m / spacing_m) + 3;
    grid.origin = (struct sg_point){window->min_x - grid.step_x, window->min_y - grid.step_y};
    return grid;
}

/* The cost from a point of the grid, as people's: beyond what is known that much, infinite where no way
 * leads.
 */
static double cost_from(const struct drawing *drawing, struct sg_point point,
                        const struct sg_street_place *place, const double *node_costs) {
    const struct sg_street_ends *ends = drawing->ends;
    const struct sg_street_graph *graph = ends->graph;
    struct sg_street_place from =
        sg_street_find(drawing->finder, point, drawing->request->streets.snap_limit_m);
    if (from.edge == SG_NO_STREET)
        return INFINITY;
    double cost = sg_street_point_cost(ends, &from, node_costs);
    if (from.edge == place->edge)
        cost = fmin(cost, sg_street_direct_cost(ends, &from, place));
    if (cost <= drawing->known)
        return cost;
    return graph->pieces[graph->edges[from.edge].from] == graph->pieces[graph->edges[place->edge].from]
               ? drawing->known
               : INFINITY;
}

static bool seed(const struct drawing *drawing, const struct sg_street_place *place,
                 struct sg_street_search *search) {
    const struct sg_street_edge *edge = &drawing->ends->graph->edges[place->edge];
    double from, to;
    sg_street_search_clear(search);
    sg_street_place_seeds(drawing->ends, place, &from, &to);
    return (!(from <= drawing->known) || sg_street_search_seed(search, edge->from, from))
           && (!(to <= drawing->known) || sg_street_search_seed(search, edge->to, to))
           && sg_street_search_run(search, drawing->known);
}

static bool draw_place(struct drawing *drawing, size_t p, struct tools *tools) {
    const struct sg_street_ends *ends = drawing->ends;
    const struct sg_street_place *place = &ends->places[p];
    size_t thresholds = drawing->request->threshold_count;
    if (place->edge == SG_NO_STREET) {
        for (size_t d = 0; d < thresholds; d++) {
            if (!sg_shape_init(&drawing->shapes[p * thresholds + d], 0, 0, 0))
                return false;
        }
        return true;
    }
    if (!seed(drawing, place, tools->search))
        return false;
    struct sg_point site = ends->inventory->sites[ends->place_sites[ends->place_starts[p]]].lon_lat_deg;
    double lon_m = DEGREE_M * fmax(cos(site.y * RAD), 0.01);
    struct sg_box window = window_of(drawing, place, site, tools->search, lon_m);
    struct sg_cost_grid grid = lay_grid(drawing, &window, lon_m);
    size_t count = grid.columns * grid.rows;
    if (!sg_reserve(&tools->costs, &tools->cost_capacity, count, sizeof *tools->costs))
        return false;
    const double *node_costs = sg_street_search_costs(tools->search);
    for (size_t i = 0; i < count; i++) {
        struct sg_point point = {grid.origin.x + (double)(i % grid.columns) * grid.step_x,
                                 grid.origin.y + (double)(i / grid.columns) * grid.step_y};
        tools->costs[i] = cost_from(drawing, point, place, node_costs);
    }
    for (size_t d = 0; d < thresholds; d++) {
        if (!sg_contour(&grid, tools->costs, drawing->request->thresholds[d],
                        &drawing->shapes[p * thresholds + d]))
            return false;
    }
    return true;
}

static void draw_all(struct sg_context *context, struct drawing *drawing) {
    size_t count = drawing->ends->place_count;
#pragma omp parallel num_threads(sg_context_threads(context))
    {
        struct tools tools = {.search = sg_street_search_new(drawing->ends->graph, drawing->longest_seed)};
        bool done = tools.search != NULL;
#pragma omp for schedule(dynamic, 1)
        for (size_t p = 0; p < count; p++) {
            size_t done_count;
            done = done && (sg_context_interrupted(context) || draw_place(drawing, p, &tools));
#pragma omp atomic capture
            done_count = ++drawing->done_count;
            if (omp_get_thread_num() == 0)
                sg_progress(context, "outlining catchments", (double)done_count / (double)count);
        }
        if (!done) {
#pragma omp atomic write
            drawing->out_of_memory = true;
        }
        sg_street_search_free(tools.search);
        sg_free(tools.costs);
    }
}

static void measure_request(struct drawing *drawing) {
    const struct sg_catchment_request *request = drawing->request;
    double least_per_m = request->streets.leg_cost_per_m;
    for (size_t e = 0; e < request->graph->edge_count; e++)
        least_per_m = fmin(least_per_m, request->graph->edges[e].cost_per_m);
    drawing->least = INFINITY;
    for (size_t d = 0; d < request->threshold_count; d++) {
        drawing->least = fmin(drawing->least, request->thresholds[d]);
        drawing->most = fmax(drawing->most, request->thresholds[d]);
    }
    drawing->known = 2 * drawing->most;
    drawing->radius_m = drawing->most / least_per_m;
    drawing->longest_seed = fmin(sg_street_longest_seed(drawing->ends), drawing->known);
}

/* People by the very ways that coverage counts them by. */
static void count_people(const struct sg_street_ends *ends, const struct sg_demand *demand,
                         const struct sg_travel *travel, const struct sg_catchment_request *request,
                         double *people) {
    size_t thresholds = request->threshold_count;
    for (size_t i = 0; i < demand->point_count; i++) {
        for (size_t at = travel->starts[i]; at < travel->starts[i + 1]; at++) {
            uint32_t place = ends->place_of_site[travel->sites[at]];
            bool is_first = ends->place_sites[ends->place_starts[place]] == travel->sites[at];
            for (size_t d = 0; is_first && d < thresholds; d++) {
                if (sg_travel_is_within(travel->costs[at], request->thresholds[d]))
                    people[place * thresholds + d] += people_at(&demand->points[i]);
            }
        }
    }
}

static enum sg_status find_along_streets(struct sg_context *context, const struct sg_inventory *inventory,
                                         const struct sg_demand *demand, const struct sg_travel *travel,
                                         const struct sg_catchment_request *request,
                                         struct sg_site_catchments *found) {
    const struct sg_demand nobody = {0};
    struct sg_street_ends ends;
    struct sg_street_finder *finder = NULL;
    enum sg_status status =
        sg_street_ends_find(context, request->graph, &nobody, inventory, &request->streets, &ends);
    if (status != SG_OK)
        return status;
    found->place_count = ends.place_count;
    status = make_room(found, request->threshold_count)
                 ? sg_street_finder_new(context, request->graph, &finder)
                 : sg_fail_memory(context);
    if (status == SG_OK) {
        struct drawing drawing = {
            .ends = &ends, .finder = finder, .request = request, .shapes = found->shapes};
        measure_request(&drawing);
        draw_all(context, &drawing);
        count_people(&ends, demand, travel, request, found->people);
        if (sg_context_interrupted(context))
            status = sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while catchments were outlined");
        else if (drawing.out_of_memory)
            status = sg_fail_memory(context);
    }
    found->place_of_site = ends.place_of_site;
    ends.place_of_site = NULL;
    sg_street_finder_free(finder);
    sg_street_ends_release(&ends);
    return status;
}

enum sg_status sg_site_catchments_find(struct sg_context *context, const struct sg_inventory *inventory,
                                       const struct sg_demand *demand, const struct sg_travel *travel,
                                       const struct sg_catchment_request *request,
                                       struct sg_site_catchments *ret_catchments) {
    struct sg_site_catchments found = {0};
    enum sg_status status = request->graph == NULL
                                ? find_straight(context, inventory, demand, request, &found)
                                : find_along_streets(context, inventory, demand, travel, request, &found);
    if (status != SG_OK) {
        sg_site_catchments_release(&found);
        return status;
    }
    *ret_catchments = found;
    return SG_OK;
}
