#include "support/street_town.h"

struct street_town street_town_new(void) {
    struct street_town town = {.request = {.limit = 1000, .snap_limit_m = 500, .leg_cost_per_m = 1}};
    assert_true(sg_inventory_init(&town.inventory, 0, true));
    town.layer.class_count = 2;
    town.layer.class_speeds_kmh = sg_alloc(2, sizeof(double));
    town.layer.classes = sg_alloc(2, sizeof(char *));
    assert_non_null(town.layer.class_speeds_kmh);
    town.layer.class_speeds_kmh[0] = 30;
    town.layer.class_speeds_kmh[1] = 60;
    return town;
}

enum { SIDE = 14 };

void street_town_add_random_streets(struct street_town *town, struct test_random *random, double lat_deg) {
    struct sg_point corners[SIDE][SIDE];
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++)
            corners[y][x] = (struct sg_point){-79.4 + 0.002 * x + test_random_between(random, 0, 0.001),
                                              lat_deg + 0.0015 * y + test_random_between(random, 0, 0.001)};
    }
    bool is_taken[SIDE][SIDE][2] = {
        0}; /* the block to the east and to the north: no two lines on each other */
    for (int i = 0; i < 3 * SIDE * SIDE; i++) {
        struct sg_point points[6];
        int x = (int)test_random_index(random, SIDE), y = (int)test_random_index(random, SIDE);
        size_t count = 0, length = 2 + test_random_index(random, 4);
        points[count++] = corners[y][x];
        for (size_t step = 1; step < length; step++) {
            bool is_north = test_random_index(random, 2) == 0;
            int by = test_random_index(random, 2) == 0 ? 1 : -1;
            int to_x = x + (is_north ? 0 : by), to_y = y + (is_north ? by : 0);
            if (to_x < 0 || to_y < 0 || to_x >= SIDE || to_y >= SIDE)
                continue;
            bool *taken = &is_taken[to_y < y ? to_y : y][to_x < x ? to_x : x][is_north];
            if (*taken)
                break;
            *taken = true;
            x = to_x;
            y = to_y;
            points[count++] = corners[y][x];
        }
        if (count < 2)
            continue;
        uint8_t directions = i % 3 == 0   ? SG_STREET_FORWARD
                             : i % 7 == 0 ? SG_STREET_BACKWARD
                                          : SG_STREET_BOTH;
        street_town_add_line(town, points, count, directions, i % 2);
    }
    for (int i = 0; i < 8; i++) {
        struct sg_point from = {-79.4 + test_random_between(random, 0, 0.03), lat_deg},
                        to = {-79.4 + test_random_between(random, 0, 0.03), lat_deg + 0.022};
        STREET(town, from, to);
    }
}

static void forget_travel(struct street_town *town) {
    sg_street_graph_release(&town->graph);
    sg_travel_release(&town->travel);
    sg_street_report_release(&town->report);
}

void street_town_release(struct street_town *town) {
    forget_travel(town);
    sg_street_layer_release(&town->layer);
    sg_demand_release(&town->demand);
    sg_inventory_release(&town->inventory);
}

void street_town_add_line(struct street_town *town, const struct sg_point *points, size_t count,
                          uint8_t directions, uint16_t street_class) {
    struct sg_street_layer *layer = &town->layer;
    assert_true(sg_reserve(&layer->points, &layer->point_capacity, layer->point_count + count,
                           sizeof *layer->points));
    assert_true(
        sg_reserve(&layer->lines, &layer->line_capacity, layer->line_count + 1, sizeof *layer->lines));
    memcpy(layer->points + layer->point_count, points, count * sizeof *points);
    layer->lines[layer->line_count++] = (struct sg_street_line){
        (uint32_t)layer->point_count, (uint32_t)count, street_class, directions, layer->line_count + 1};
    layer->point_count += count;
}

void street_town_add_point(struct street_town *town, double lon_deg, double lat_deg) {
    struct sg_demand *demand = &town->demand;
    assert_true(sg_reserve(&demand->points, &demand->point_capacity, demand->point_count + 1,
                           sizeof *demand->points));
    demand->points[demand->point_count++] = (struct sg_demand_point){
        .lon_lat_deg = {lon_deg, lat_deg}, .population = 1, .weight = 1, .city_share = 1};
}

void street_town_add_site(struct street_town *town, double lon_deg, double lat_deg, uint16_t type,
                          double weight) {
    assert_true(sg_inventory_add_types(&town->inventory, (size_t)type + 1));
    const struct sg_site site = {.lon_lat_deg = {lon_deg, lat_deg}, .weight = weight, .area = UINT32_MAX};
    assert_true(sg_inventory_add(&town->inventory, &site, &type, 1, NULL, 0));
}

void street_town_travel(struct street_town *town, size_t type_count, int threads) {
    struct sg_context *context = test_context_new(threads);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    forget_travel(town);
    assert_ok(context, sg_street_graph_build(context, &town->layer, &ellipsoid, town->is_time, &town->graph));
    assert_ok(context, sg_streets_travel(context, &town->graph, &town->demand, &town->inventory, type_count,
                                         &town->request, &town->travel, &town->report));
    sg_context_free(context);
}

double street_town_cost(const struct street_town *town, size_t point, uint32_t site) {
    const struct sg_travel *travel = &town->travel;
    for (size_t i = travel->starts[point]; i < travel->starts[point + 1]; i++) {
        if (travel->sites[i] == site)
            return travel->costs[i];
    }
    return INFINITY;
}
