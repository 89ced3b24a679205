#include "support/town.h"

#include "model/geodesic.h"
#include "support/test.h"

struct sg_point test_town_middle(size_t area) {
    if (area == TOWN_AREAS)
        return (struct sg_point){10.02, 0};
    return (struct sg_point){9.99 + 0.01 * (double)(area % 3), -0.01 + 0.01 * (double)(area / 3)};
}

static void make_area(struct sg_area *area, size_t index) {
    /* corners as multiples of the same steps: neighbours share them to the last bit */
    double west = 9.985 + 0.01 * (double)(index % 3), east = 9.985 + 0.01 * (double)(index % 3 + 1);
    double south = -0.015 + 0.01 * (double)(index / 3), north = -0.015 + 0.01 * (double)(index / 3 + 1);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    area->id = sg_format("A%zu", index);
    area->name = sg_format("Area %zu", index);
    area->shape = test_rectangle(west, south, east, north);
    area->box = sg_shape_envelope(&area->shape);
    area->area_km2 = sg_geodesic_area(&ellipsoid, &area->shape) / 1e6;
    area->population = 100.0 * (double)(index + 1);
    area->need = NAN;
    area->value = NAN;
}

void test_town_init(struct sg_context *context, struct test_town *town, size_t type_count) {
    *town = (struct test_town){0};
    town->layer.areas = sg_alloc(TOWN_AREAS, sizeof *town->layer.areas);
    town->layer.area_count = TOWN_AREAS;
    town->layer.population_field = sg_strdup("population");
    assert_ok(context, sg_crs_new(context, "EPSG:4326", &town->layer.crs));
    assert_ok(context, sg_crs_new(context, "EPSG:4326", &town->layer.geographic));
    town->layer.extent = sg_box_empty();
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        make_area(&town->layer.areas[a], a);
        sg_box_add_box(&town->layer.extent, &town->layer.areas[a].box);
    }
    assert_true(sg_inventory_init(&town->inventory, TOWN_AREAS, true));
    assert_true(sg_inventory_add_types(&town->inventory, type_count));
    struct sg_demand *demand = &town->demand;
    demand->points = sg_alloc(TOWN_AREAS, sizeof *demand->points);
    demand->area_starts = sg_alloc(TOWN_AREAS + 1, sizeof *demand->area_starts);
    demand->population = sg_alloc(TOWN_AREAS, sizeof *demand->population);
    demand->need = sg_alloc(TOWN_AREAS, sizeof *demand->need);
    demand->point_count = demand->point_capacity = TOWN_AREAS;
    demand->has_population = true;
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        double people = town->layer.areas[a].population;
        demand->points[a] = (struct sg_demand_point){test_town_middle(a), people, people, 1, a + 1};
        demand->population[a] = demand->need[a] = people;
        demand->area_starts[a + 1] = a + 1;
    }
}

void test_town_release(struct test_town *town) {
    sg_area_layer_release(&town->layer);
    sg_inventory_release(&town->inventory);
    sg_demand_release(&town->demand);
}

static void add(struct test_town *town, size_t area, const uint16_t *types, size_t type_count,
                double weight) {
    struct sg_point middle = test_town_middle(area);
    struct sg_site site = {.point = middle,
                           .lon_lat_deg = middle,
                           .weight = weight,
                           .organization = UINT32_MAX,
                           .scope = UINT16_MAX,
                           .level = UINT16_MAX,
                           .targets = UINT16_MAX};
    uint32_t areas[] = {(uint32_t)area};
    assert_true(sg_inventory_add(&town->inventory, &site, types, type_count, areas, area < TOWN_AREAS));
}

void test_town_add(struct test_town *town, size_t area, uint16_t type, double weight) {
    add(town, area, &type, 1, weight);
}

void test_town_add_both(struct test_town *town, size_t area, uint16_t type, uint16_t other_type,
                        double weight) {
    const uint16_t types[] = {type, other_type};
    add(town, area, types, 2, weight);
}
