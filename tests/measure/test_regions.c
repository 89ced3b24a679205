/* Regions of the town of nine squares, worked out by hand.

   People are 100 x (number + 1). Services of type 0: weight 2 in the middle of area 0, weight 4 in area 4.
       6  7  8
       3  4  5
       0  1  2 */
#include "measure/region_coverage.h"
#include "measure/region_shares.h"
#include "support/test.h"
#include "support/town.h"

static const double NORTH = TOWN_NORTH_M, EAST = TOWN_EAST_M, DIAGONAL = TOWN_DIAGONAL_M;

struct setting {
    struct sg_context *context;
    struct test_town town;
    struct sg_measures city;
    struct sg_region_parts parts;
    struct sg_shape shapes[4];
    struct sg_region_coverage coverage;
};

static struct sg_coverage_request request_of(double threshold_m) {
    struct sg_coverage_request request = {.thresholds_m = {threshold_m}, .threshold_count = 1};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    return request;
}

static void set_up_town(struct setting *setting) {
    *setting = (struct setting){.context = test_context_new(1)};
    test_town_init(setting->context, &setting->town, 1);
    test_town_add(&setting->town, 0, 0, 2);
    test_town_add(&setting->town, 4, 0, 4);
    setting->town.layer.regions = sg_alloc(3, sizeof(struct sg_region));
}

static void add_region(struct setting *setting, const char *name, const uint32_t *areas, uint32_t count) {
    struct sg_region *region = &setting->town.layer.regions[setting->town.layer.region_count++];
    *region = (struct sg_region){.name = sg_strdup(name), .area_count = count};
    region->areas = sg_alloc(count, sizeof *region->areas);
    region->shares = sg_alloc(count, sizeof *region->shares);
    for (uint32_t i = 0; i < count; i++) {
        region->areas[i] = areas[i];
        region->shares[i] = 1;
    }
}

static void add_strip(struct setting *setting, const char *name, double west, double east) {
    struct sg_region *region = &setting->town.layer.regions[setting->town.layer.region_count++];
    *region = (struct sg_region){.name = sg_strdup(name), .shape = test_rectangle(west, -0.02, east, 0.02)};
}

static void measure(struct setting *setting) {
    struct sg_coverage_request request = request_of(1110);
    struct test_town *town = &setting->town;
    assert_ok(setting->context, sg_regions_share(setting->context, &town->layer));
    assert_ok(setting->context, sg_coverage_measure(setting->context, &town->layer, &town->inventory,
                                                    &town->demand, &request, &setting->city));
    assert_ok(setting->context,
              sg_region_parts_make(setting->context, &town->layer, &setting->city, &setting->parts));
    assert_true(setting->parts.region_count <= 4);
    for (size_t r = 0; r < setting->parts.region_count; r++) {
        const struct sg_shape *own = r < town->layer.region_count ? &town->layer.regions[r].shape : NULL;
        setting->shapes[r] = own != NULL && own->polygon_count > 0 ? *own : town->layer.areas[0].shape;
    }
    assert_ok(setting->context, sg_region_coverage_measure(setting->context, &town->layer, &setting->parts,
                                                           setting->shapes, &town->inventory, &town->demand,
                                                           &setting->city, &request, &setting->coverage));
}

static void tear_down_town(struct setting *setting) {
    sg_region_coverage_release(&setting->coverage);
    sg_region_parts_release(&setting->parts);
    sg_measures_release(&setting->city);
    test_town_release(&setting->town);
    sg_context_free(setting->context);
}

static double value(const struct setting *setting, enum sg_measure measure, size_t region) {
    return sg_measures_row(&setting->coverage.measures, measure, 0, 0)[region];
}

/* West is 0, 3 and 6; Middle is 1, 4, 7 and, shared, 0; the east is in no region. */
static void test_shared_areas(void **state) {
    (void)state;
    struct setting setting;
    set_up_town(&setting);
    add_region(&setting, "West", (uint32_t[]){0, 3, 6}, 3);
    add_region(&setting, "Middle", (uint32_t[]){0, 1, 4, 7}, 4);
    measure(&setting);
    const struct sg_measures *regions = &setting.coverage.measures;
    assert_int_equal(setting.parts.region_count, 3);
    assert_true(setting.parts.has_rest);
    assert_int_equal(setting.parts.shared_area_count, 1);
    assert_int_equal(setting.parts.split_area_count, 0);
    assert_near(regions->population[0], 1200, 0, "people");
    assert_near(regions->population[1], 1600, 0, "people"); /* area 0 again */
    assert_near(regions->population[2], 1800, 0, "people");
    assert_string_equal(setting.coverage.layer.areas[2].name, "(in no region)");
    assert_near(regions->total_need, 4500, 0, "people"); /* each once */
    assert_near(value(&setting, SG_MEASURE_COUNT, 0), 2, 0, "services");
    assert_near(value(&setting, SG_MEASURE_COUNT, 1), 6, 0, "services");
    assert_near(value(&setting, SG_MEASURE_COUNT, 2), 0, 0, "services");
    assert_near(value(&setting, SG_MEASURE_PER_10K, 0), 20000.0 / 1200, 1e-9, "per 10,000");
    assert_near(value(&setting, SG_MEASURE_PER_10K, 1), 37.5, 1e-9, "per 10,000");
    assert_near(value(&setting, SG_MEASURE_SHARE, 0), 100.0 / 3, 1e-9, "%");
    assert_near(value(&setting, SG_MEASURE_LQ, 0), (2.0 / 6) / (1200.0 / 4500), 1e-9, "ratio");
    assert_near(value(&setting, SG_MEASURE_PER_KM2, 0), 2 / (3 * TOWN_AREA_KM2), 1e-5, "per km2");
    /* over people, not over areas: area 6 is nearest to 4, diagonally, area 3 to 0 */
    assert_near(value(&setting, SG_MEASURE_NEAREST, 0), (400 * NORTH + 700 * DIAGONAL) / 1200, 0.001, "m");
    assert_near(value(&setting, SG_MEASURE_NEAREST_P90, 0), DIAGONAL, 0.001, "m");
    assert_near(value(&setting, SG_MEASURE_WITHIN, 0), 100 * 500.0 / 1200, 1e-9,
                "%"); /* 1110 m: north, not east */
    assert_near(value(&setting, SG_MEASURE_UNCOVERED, 0), 700, 1e-9, "people");
    assert_near(value(&setting, SG_MEASURE_NEAREST, 1), (200 * NORTH + 800 * NORTH) / 1600, 0.001, "m");
    assert_near(value(&setting, SG_MEASURE_REACH, 0), (100 * 2 + 400 * 2) / 1200.0, 1e-9, "services");
    /* what is in no region: 2 is diagonal from 4, 5 east, 8 diagonal */
    assert_near(value(&setting, SG_MEASURE_NEAREST, 2), (600 * EAST + 1200 * DIAGONAL) / 1800, 0.001, "m");
    tear_down_town(&setting);
}

/* Two strips that meet in the middle of the middle column. */
static void test_polygons(void **state) {
    (void)state;
    struct setting setting;
    set_up_town(&setting);
    setting.town.layer.areas[4].population = 501;
    setting.town.demand.population[4] = setting.town.demand.need[4] = 501;
    setting.town.demand.points[4].population = setting.town.demand.points[4].weight = 501;
    setting.town.inventory.sites[1].point.x += 0.002; /* of area 4, in the east of it */
    add_strip(&setting, "West", 9.98, 10);
    add_strip(&setting, "East", 10, 10.02);
    measure(&setting);
    assert_int_equal(setting.parts.region_count, 2);
    assert_int_equal(setting.parts.split_area_count, 3);
    assert_int_equal(setting.parts.shared_area_count, 3);
    assert_int_equal(setting.town.layer.regions[0].area_count, 6);
    assert_near(setting.town.layer.regions[0].shares[0], 1, 0, "of the area");
    assert_near(setting.town.layer.regions[0].shares[1], 0.5, 1e-9, "of the area");
    /* 100 + 400 + 700 + (200 + 501 + 800) / 2, the odd person to the first: 251 and 250 */
    assert_near(setting.coverage.measures.population[0], 1951, 0, "people");
    assert_near(setting.coverage.measures.population[1], 300 + 600 + 900 + 100 + 250 + 400, 0, "people");
    assert_near(setting.coverage.measures.population[0] + setting.coverage.measures.population[1], 4501, 0,
                "people");
    assert_near(value(&setting, SG_MEASURE_COUNT, 0), 2, 0, "services");
    assert_near(value(&setting, SG_MEASURE_COUNT, 1), 4, 0, "services"); /* whole, where it is */
    /* half of area 1 (1 is north of nothing: 0 is east, 4 north) and half of 4 and 7 */
    double west = (400 * NORTH + 700 * DIAGONAL + 100 * NORTH + 400 * NORTH) / (1200 + 100 + 250.5 + 400);
    assert_near(value(&setting, SG_MEASURE_NEAREST, 0), west, 0.001, "m");
    assert_near(value(&setting, SG_MEASURE_UNCOVERED, 0) + value(&setting, SG_MEASURE_UNCOVERED, 1),
                setting.city.city[0].uncovered, 1e-9, "people");
    tear_down_town(&setting);
}

/* Slivers are nobody's, nearly all of an area is all of it, less leaves a rest, and regions may overlap. */
static void test_shares(void **state) {
    (void)state;
    struct setting setting;
    set_up_town(&setting);
    add_strip(&setting, "Sliver", 9.98, 9.99505); /* 0.5% of the middle column */
    add_strip(&setting, "Most", 9.9956, 10.02);   /* 94% of the middle column, and the east */
    measure(&setting);
    assert_int_equal(setting.town.layer.regions[0].area_count, 3);
    assert_int_equal(setting.town.layer.regions[1].area_count, 6);
    assert_near(setting.town.layer.regions[1].shares[0], 1, 0, "of the area");
    assert_int_equal(setting.parts.split_area_count, 0);
    assert_false(setting.parts.has_rest);
    tear_down_town(&setting);
    set_up_town(&setting);
    add_strip(&setting, "East", 9.999, 10.02); /* 60% of the middle column is not all of it */
    measure(&setting);
    assert_near(setting.town.layer.regions[0].shares[0], 0.6, 1e-6, "of the area");
    assert_true(setting.parts.has_rest);
    tear_down_town(&setting);
    set_up_town(&setting);
    add_strip(&setting, "West", 9.98, 9.999); /* 40% of the middle column */
    measure(&setting);
    assert_near(setting.town.layer.regions[0].shares[1], 0.4, 1e-6, "of the area");
    assert_true(setting.parts.has_rest);
    assert_near(setting.coverage.measures.population[0], 100 + 400 + 700 + 80 + 200 + 320, 0, "people");
    assert_near(setting.coverage.measures.population[0] + setting.coverage.measures.population[1], 4500, 0,
                "people");
    assert_near(value(&setting, SG_MEASURE_COUNT, 1), 4, 0, "services"); /* area 4's is east of the strip */
    tear_down_town(&setting);
    set_up_town(&setting);
    add_strip(&setting, "All", 9.98, 10.02);
    add_strip(&setting, "West", 9.98, 10);
    measure(&setting);
    assert_near(setting.town.layer.regions[1].shares[1], 0.5, 1e-9, "of the area");
    assert_near(setting.coverage.measures.population[0], 4500, 0, "people");
    assert_near(setting.coverage.measures.population[1], 1200 + 100 + 250 + 400, 0, "people");
    tear_down_town(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shared_areas),
        cmocka_unit_test(test_polygons),
        cmocka_unit_test(test_shares),
    };
    return cmocka_run_group_tests_name("regions", tests, NULL, NULL);
}
