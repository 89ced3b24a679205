/* From places as read to demand points: people are conserved, fields set totals, grids stand in where no
 * point is. */
#include "measure/demand_builder.h"

#include "measure/shape_grid.h"
#include "support/test.h"
#include "support/town.h"

struct builder_town {
    struct sg_context *context;
    struct test_town town;
    struct sg_locator *locator;
    struct sg_demand_layer source;
    struct sg_demand_feature features[8];
};

static void make(struct builder_town *made) {
    *made = (struct builder_town){.context = test_context_new(1)};
    test_town_init(made->context, &made->town, 1);
    assert_ok(made->context, sg_crs_new(made->context, "EPSG:4326", &made->source.crs));
    made->source.features = made->features;
}

static void add_point(struct builder_town *made, double lon, double lat, double population, double need) {
    made->features[made->source.feature_count++] =
        (struct sg_demand_feature){.point = {lon, lat}, .population = population, .need = need};
}

static void add_polygon(struct builder_town *made, struct sg_shape shape, double population) {
    made->features[made->source.feature_count++] =
        (struct sg_demand_feature){.shape = shape, .population = population, .need = NAN};
}

static struct sg_demand build(struct builder_town *made, bool has_source, size_t grid_points) {
    const struct sg_shape *shapes[TOWN_AREAS];
    for (int a = 0; a < TOWN_AREAS; a++)
        shapes[a] = &made->town.layer.areas[a].shape;
    assert_ok(made->context, sg_locator_new(made->context, shapes, TOWN_AREAS, SIZE_MAX, &made->locator));
    struct sg_demand demand;
    assert_ok(made->context, sg_demand_build(made->context, &made->town.layer, made->locator,
                                             has_source ? &made->source : NULL, grid_points, &demand));
    return demand;
}

static void release(struct builder_town *made, struct sg_demand *demand) {
    for (size_t i = 0; i < made->source.feature_count; i++)
        sg_shape_release(&made->features[i].shape);
    sg_crs_free(made->source.crs);
    sg_demand_release(demand);
    sg_locator_free(made->locator);
    test_town_release(&made->town);
    sg_context_free(made->context);
}

static void forget_populations(struct builder_town *made) {
    for (int a = 0; a < TOWN_AREAS; a++)
        made->town.layer.areas[a].population = NAN;
    sg_free(made->town.layer.population_field);
    made->town.layer.population_field = NULL;
}

static double sum_of(const struct sg_demand *demand, size_t area, bool of_weight) {
    double sum = 0;
    for (size_t i = demand->area_starts[area]; i < demand->area_starts[area + 1]; i++)
        sum += of_weight ? demand->points[i].weight : demand->points[i].population;
    return sum;
}

static void test_grid_where_there_are_no_points(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    struct sg_demand demand = build(&made, false, 0);
    assert_int_equal(demand.gridded_area_count, TOWN_AREAS);
    assert_true(demand.has_population);
    assert_false(demand.has_need);
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        size_t count = demand.area_starts[a + 1] - demand.area_starts[a];
        assert_in_range(count, SG_GRID_LEAST, SG_GRID_MOST);
        assert_relative(sum_of(&demand, a, false), 100.0 * (double)(a + 1), 1e-12, "people");
        assert_relative(sum_of(&demand, a, true), 100.0 * (double)(a + 1), 1e-12, "people");
        assert_near(demand.population[a], 100.0 * (double)(a + 1), 0, "people");
        for (size_t i = demand.area_starts[a]; i < demand.area_starts[a + 1]; i++) {
            assert_int_equal(sg_locate(made.locator, demand.points[i].lon_lat_deg), a);
            assert_near(demand.points[i].city_share, 1, 0, "");
        }
    }
    release(&made, &demand);
}

/* 30 and 10 people of points in an area of 100: the field sets the total, the points where the people are. */
static void test_field_sets_the_total(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    add_point(&made, 9.99, -0.01, 30, NAN);
    add_point(&made, 9.991, -0.011, 10, NAN);
    struct sg_demand demand = build(&made, true, 0);
    assert_int_equal(demand.area_starts[1], 2);
    assert_near(demand.points[0].population, 75, 1e-9, "people");
    assert_near(demand.points[1].population, 25, 1e-9, "people");
    assert_near(demand.points[0].weight, 75, 1e-9, "people");
    assert_near(demand.population[0], 100, 0, "people");
    assert_int_equal(demand.gridded_area_count, TOWN_AREAS - 1); /* the other areas have no point */
    assert_near(demand.points_population, 40, 1e-9, "people");   /* for the report's difference */
    release(&made, &demand);
}

static void test_points_set_the_total_where_no_field_does(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    forget_populations(&made);
    add_point(&made, 9.99, -0.01, 30, 3);
    add_point(&made, 9.991, -0.011, 10, 9);
    add_point(&made, 10, 0, NAN, NAN); /* suppressed: here, but nobody knows how many */
    add_point(&made, 10.5, 0, 7, 1);   /* outside */
    add_point(&made, 10.6, 0, NAN, 1);
    made.source.has_need = true;
    struct sg_demand demand = build(&made, true, 0);
    assert_near(demand.population[0], 40, 1e-9, "people");
    assert_near(demand.need[0], 12, 1e-9, "people");
    assert_true(demand.has_need);
    assert_near(demand.points[0].weight, 3, 1e-9, "people");
    assert_near(demand.points[1].weight, 9, 1e-9, "people");
    assert_int_equal(demand.outside_count, 2);
    assert_missing(demand.outside_points[1].population);
    assert_near(demand.outside_population, 7, 1e-9, "people");
    assert_near(demand.outside_points[0].lon_lat_deg.x, 10.5, 1e-12, "degrees");
    assert_near(demand.outside_points[0].population, 7, 0, "people");
    assert_missing(demand.population[8]); /* a grid, and no number for it */
    release(&made, &demand);
}

static void test_need_field_sets_the_need(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    made.town.layer.need_field = sg_strdup("recent_immigrants");
    for (int a = 0; a < TOWN_AREAS; a++)
        made.town.layer.areas[a].need = 24;
    add_point(&made, 9.99, -0.01, 30, NAN);
    add_point(&made, 9.991, -0.011, 10, NAN);
    struct sg_demand demand = build(&made, true, 0);
    assert_near(demand.need[0], 24, 0, "people");
    /* the points say nothing of need: it lies as the people do, 3 to 1 */
    assert_near(demand.points[0].weight, 18, 1e-9, "people");
    assert_near(demand.points[1].weight, 6, 1e-9, "people");
    assert_near(demand.points[0].population, 75, 1e-9, "people");
    for (size_t a = 0; a < TOWN_AREAS; a++)
        assert_relative(sum_of(&demand, a, true), 24, 1e-12, "people");
    release(&made, &demand);
}

/* A tract over the four areas of the south-west corner, its middle on their common corner: a quarter for
 * each. */
static void test_polygons_are_spread(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    forget_populations(&made);
    add_polygon(&made, test_rectangle(9.990, -0.010, 10.000, 0.000), 1000);
    struct sg_demand demand = build(&made, true, 400);
    double sum = 0;
    static const size_t corners[] = {0, 1, 3, 4};
    for (size_t i = 0; i < 4; i++) {
        assert_near(demand.population[corners[i]], 250, 15, "people"); /* to a row of the grid */
        sum += demand.population[corners[i]];
    }
    assert_near(sum, 1000, 1e-9, "people"); /* nobody is lost */
    assert_int_equal(demand.outside_count, 0);
    release(&made, &demand);
}

/* Nobody lives in an area whose field says 0, whatever its points say. */
static void test_zero_is_not_missing(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    made.town.layer.areas[0].population = 0;
    add_point(&made, 9.99, -0.01, 30, NAN);
    struct sg_demand demand = build(&made, true, 0);
    assert_near(demand.population[0], 0, 0, "people");
    assert_near(demand.points[0].population, 0, 0, "people");
    assert_near(demand.points[0].weight, 0, 0, "people");
    release(&made, &demand);
}

static void test_land_is_the_weight_without_people(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    forget_populations(&made);
    struct sg_demand demand = build(&made, false, 0);
    assert_false(demand.has_population);
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        assert_missing(demand.population[a]);
        assert_near(sum_of(&demand, a, true), TOWN_AREA_KM2, 1e-5, "km2");
        assert_near(sum_of(&demand, a, false), 0, 0, "people");
    }
    release(&made, &demand);
}

/* A place in two overlapping areas is a demand point of both, and half a point of the city for each. */
static void test_overlap_shares_the_city(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    forget_populations(&made);
    sg_shape_release(&made.town.layer.areas[8].shape);
    made.town.layer.areas[8].shape = test_rectangle(9.985, -0.015, 9.995, -0.005); /* area 0 once more */
    add_point(&made, 9.99, -0.01, 30, NAN);
    struct sg_demand demand = build(&made, true, 0);
    assert_near(demand.population[0], 30, 1e-9, "people");
    assert_near(demand.population[8], 30, 1e-9, "people");
    assert_near(demand.points[demand.area_starts[0]].city_share, 0.5, 0, "");
    assert_near(demand.points[demand.area_starts[8]].city_share, 0.5, 0, "");
    release(&made, &demand);
}

static void test_no_geometry_no_points(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    sg_shape_release(&made.town.layer.areas[3].shape);
    struct sg_demand demand = build(&made, false, 0);
    assert_int_equal(demand.area_starts[3], demand.area_starts[4]);
    assert_near(demand.population[3], 400, 0, "people"); /* its people are known all the same */
    release(&made, &demand);
}

/* Demand in another CRS than the areas lands in the same areas. */
static void test_other_crs(void **state) {
    (void)state;
    struct builder_town made;
    make(&made);
    sg_crs_free(made.source.crs);
    assert_ok(made.context, sg_crs_new(made.context, "EPSG:3857", &made.source.crs));
    /* Web Mercator near the equator: x = a x lon, y = a x asinh(tan(lat)) */
    double radius_m = 6378137, lon = 9.99 * M_PI / 180, lat = -0.01 * M_PI / 180;
    add_point(&made, radius_m * lon, radius_m * asinh(tan(lat)), 30, NAN);
    struct sg_demand demand = build(&made, true, 0);
    assert_int_equal(demand.area_starts[1], 1);
    assert_near(demand.points[0].lon_lat_deg.x, 9.99, 1e-9, "degrees");
    assert_near(demand.points[0].lon_lat_deg.y, -0.01, 1e-9, "degrees");
    release(&made, &demand);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grid_where_there_are_no_points),
        cmocka_unit_test(test_field_sets_the_total),
        cmocka_unit_test(test_points_set_the_total_where_no_field_does),
        cmocka_unit_test(test_need_field_sets_the_need),
        cmocka_unit_test(test_polygons_are_spread),
        cmocka_unit_test(test_zero_is_not_missing),
        cmocka_unit_test(test_land_is_the_weight_without_people),
        cmocka_unit_test(test_overlap_shares_the_city),
        cmocka_unit_test(test_no_geometry_no_points),
        cmocka_unit_test(test_other_crs),
    };
    return cmocka_run_group_tests_name("demand_builder", tests, NULL, NULL);
}
