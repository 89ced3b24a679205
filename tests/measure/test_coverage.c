/* Every measure of design section 6 on a town of nine squares, worked out by hand.

   The town (numbers of the areas; people are 100 x (number + 1), 4,500 in all; one demand point in each
   middle):

       6  7  8          services of type 0: weight 2 in area 0; weights 1 and 3 in area 4;
       3  4  5  .         weight 1 outside, one step east of area 5
       0  1  2          services of type 1: weight 3 in area 4 (the same record), weight 1 in area 8
                        type 2 exists nowhere
   One step north is 1105.743 m, one east 1113.195 m, both 1569.035 m. */
#include "measure/coverage.h"

#include "measure/demand_builder.h"
#include "model/geodesic.h"
#include "support/test.h"
#include "support/town.h"

enum { LANGUAGE, HEALTH, NOWHERE, ALL, TYPES = 3 };

static const double NORTH = TOWN_NORTH_M, EAST = TOWN_EAST_M, DIAGONAL = TOWN_DIAGONAL_M;
static const double PEOPLE = 4500;

static void make_town(struct sg_context *context, struct test_town *town) {
    test_town_init(context, town, TYPES);
    test_town_add(town, 4, LANGUAGE, 1);
    test_town_add(town, 0, LANGUAGE, 2);
    test_town_add(town, TOWN_AREAS, LANGUAGE, 1); /* outside */
    test_town_add(town, 8, HEALTH, 1);
    test_town_add_both(town, 4, LANGUAGE, HEALTH, 3);
}

static struct sg_coverage_request request_of(double first_m, double second_m) {
    struct sg_coverage_request request = {.thresholds_m = {first_m, second_m},
                                          .threshold_count = second_m > 0 ? 2 : 1};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    return request;
}

static void assert_row(const struct sg_measures *measures, enum sg_measure measure, size_t type,
                       size_t threshold, const double expected[static TOWN_AREAS], double tolerance) {
    const double *row = sg_measures_row(measures, measure, type, threshold);
    assert_non_null(row);
    for (int a = 0; a < TOWN_AREAS; a++) {
        if (isnan(expected[a]) ? isnan(row[a]) : fabs(row[a] - expected[a]) <= tolerance)
            continue;
        print_error("%s of type %zu, threshold %zu, area %d: %.12g, by hand %.12g\n",
                    sg_measure_info(measure)->suffix, type, threshold, a, row[a], expected[a]);
        fail();
    }
}

/* ---- what lies inside each area ---- */

static void test_containers(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    struct sg_coverage_request request = request_of(1110, 1200);
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    assert_row(&measures, SG_MEASURE_COUNT, LANGUAGE, 0, (double[]){2, 0, 0, 0, 4, 0, 0, 0, 0}, 0);
    assert_row(&measures, SG_MEASURE_COUNT, HEALTH, 0, (double[]){0, 0, 0, 0, 3, 0, 0, 0, 1}, 0);
    assert_row(&measures, SG_MEASURE_COUNT, NOWHERE, 0, (double[]){0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
    /* the record of both types counts once among all */
    assert_row(&measures, SG_MEASURE_COUNT, ALL, 0, (double[]){2, 0, 0, 0, 4, 0, 0, 0, 1}, 0);
    /* 10,000 x 2 / 100 people, 10,000 x 4 / 500 */
    assert_row(&measures, SG_MEASURE_PER_10K, LANGUAGE, 0, (double[]){200, 0, 0, 0, 80, 0, 0, 0, 0}, 1e-9);
    assert_row(&measures, SG_MEASURE_PER_10K, ALL, 0, (double[]){200, 0, 0, 0, 80, 0, 0, 0, 100.0 / 9}, 1e-9);
    double per_km2[TOWN_AREAS] = {2 / TOWN_AREA_KM2, 0, 0, 0, 4 / TOWN_AREA_KM2, 0, 0, 0, 0};
    assert_row(&measures, SG_MEASURE_PER_KM2, LANGUAGE, 0, per_km2, 1e-5);
    assert_row(&measures, SG_MEASURE_SHARE, LANGUAGE, 0,
               (double[]){100.0 / 3, 0, 0, 0, 200.0 / 3, 0, 0, 0, 0}, 1e-9);
    assert_row(&measures, SG_MEASURE_SHARE, NOWHERE, 0, (double[]){0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
    /* (2/6) / (100/4500) = 15, (4/6) / (500/4500) = 6 */
    assert_row(&measures, SG_MEASURE_LQ, LANGUAGE, 0, (double[]){15, 0, 0, 0, 6, 0, 0, 0, 0}, 1e-9);
    /* (3/4) / (500/4500) = 6.75, (1/4) / (900/4500) = 1.25 */
    assert_row(&measures, SG_MEASURE_LQ, HEALTH, 0, (double[]){0, 0, 0, 0, 6.75, 0, 0, 0, 1.25}, 1e-9);
    assert_near(measures.city[LANGUAGE].total_count, 6, 0, "services"); /* the one outside is not counted */
    assert_int_equal(measures.city[LANGUAGE].areas_without, 7);
    assert_near(measures.city[ALL].total_count, 7, 0, "services");
    assert_int_equal(measures.city[ALL].areas_without, 6);
    assert_int_equal(measures.city[NOWHERE].areas_without, 9);
    assert_near(measures.total_population, PEOPLE, 1e-9, "people");
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* ---- distances ---- */

static void test_nearest(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    struct sg_coverage_request request = request_of(1110, 0);
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    const double language[] = {0, NORTH, DIAGONAL, NORTH, 0, EAST, DIAGONAL, NORTH, DIAGONAL};
    assert_row(&measures, SG_MEASURE_NEAREST, LANGUAGE, 0, language, 0.001);
    assert_row(&measures, SG_MEASURE_NEAREST_P90, LANGUAGE, 0, language, 0.001);
    const double health[] = {DIAGONAL, NORTH, DIAGONAL, EAST, 0, NORTH, DIAGONAL, NORTH, 0};
    assert_row(&measures, SG_MEASURE_NEAREST, HEALTH, 0, health, 0.001);
    const double all[] = {0, NORTH, DIAGONAL, NORTH, 0, NORTH, DIAGONAL, NORTH, 0};
    assert_row(&measures, SG_MEASURE_NEAREST, ALL, 0, all, 0.001);
    /* a type that exists nowhere has no distances */
    const double none[] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    assert_row(&measures, SG_MEASURE_NEAREST, NOWHERE, 0, none, 0);
    assert_row(&measures, SG_MEASURE_NEAREST_P90, NOWHERE, 0, none, 0);
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* 1,110 m reaches the neighbours north and south but not east and west; 1,200 m reaches all four. */
static void test_within(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    struct sg_coverage_request request = request_of(1110, 1200);
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    assert_row(&measures, SG_MEASURE_WITHIN, LANGUAGE, 0, (double[]){100, 100, 0, 100, 100, 0, 0, 100, 0},
               1e-9);
    /* the two services at one place in area 4 are two */
    assert_row(&measures, SG_MEASURE_WITHIN2, LANGUAGE, 0, (double[]){0, 100, 0, 0, 100, 0, 0, 100, 0}, 1e-9);
    assert_row(&measures, SG_MEASURE_UNCOVERED, LANGUAGE, 0, (double[]){0, 0, 300, 0, 0, 600, 700, 0, 900},
               1e-9);
    assert_row(&measures, SG_MEASURE_REACH, LANGUAGE, 0, (double[]){2, 4, 0, 2, 4, 0, 0, 4, 0}, 1e-9);
    assert_row(&measures, SG_MEASURE_WITHIN, LANGUAGE, 1, (double[]){100, 100, 0, 100, 100, 100, 0, 100, 0},
               1e-9);
    assert_row(&measures, SG_MEASURE_WITHIN2, LANGUAGE, 1, (double[]){0, 100, 0, 100, 100, 100, 0, 100, 0},
               1e-9);
    assert_row(&measures, SG_MEASURE_UNCOVERED, LANGUAGE, 1, (double[]){0, 0, 300, 0, 0, 0, 700, 0, 900},
               1e-9);
    /* area 5 reaches 4 in area 4 and, across the border, 1 outside */
    assert_row(&measures, SG_MEASURE_REACH, LANGUAGE, 1, (double[]){2, 6, 0, 6, 4, 5, 0, 4, 0}, 1e-9);
    assert_row(&measures, SG_MEASURE_REACH, ALL, 0, (double[]){2, 4, 0, 2, 4, 1, 0, 4, 1}, 1e-9);
    /* nowhere: a measured nought, and everybody uncovered */
    assert_row(&measures, SG_MEASURE_WITHIN, NOWHERE, 0, (double[]){0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
    assert_row(&measures, SG_MEASURE_REACH, NOWHERE, 1, (double[]){0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
    const double everybody[] = {100, 200, 300, 400, 500, 600, 700, 800, 900};
    assert_row(&measures, SG_MEASURE_UNCOVERED, NOWHERE, 0, everybody, 1e-9);
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* Area 0 with ten points of 10, 20 ... 100 people, each 100 m further east of its service than the last:
   weighted means and the percentile by hand. Sum of i x 100 x 10 (i + 1) over i = 0 ... 9 is 330,000; people
   550. */
static void test_weighted_points(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_demand_point points[10 + TOWN_AREAS - 1];
    for (int i = 0; i < 10; i++) {
        double people = 10.0 * (i + 1);
        points[i] = (struct sg_demand_point){
            sg_geodesic_direct(&ellipsoid, test_town_middle(0), 270, 100.0 * i), people, people, 1, 0};
    }
    for (int a = 1; a < TOWN_AREAS; a++)
        points[9 + a] = town.demand.points[a];
    sg_free(town.demand.points);
    town.demand.points = points;
    town.demand.point_count = TEST_COUNT(points);
    for (int a = 1; a <= TOWN_AREAS; a++)
        town.demand.area_starts[a] += 9;
    town.demand.population[0] = town.demand.need[0] = 550;
    struct sg_coverage_request request = request_of(500, 0);
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    assert_near(sg_measures_row(&measures, SG_MEASURE_NEAREST, LANGUAGE, 0)[0], 330000 / 550.0, 0.001, "m");
    /* 0.9 x 550 = 495; up to 800 m there are 450, so the tenth point, at 900 m */
    assert_near(sg_measures_row(&measures, SG_MEASURE_NEAREST_P90, LANGUAGE, 0)[0], 900, 0.001, "m");
    /* within 500 m, the threshold included: 10 + 20 + ... + 60 = 210 */
    assert_near(sg_measures_row(&measures, SG_MEASURE_WITHIN, LANGUAGE, 0)[0], 100 * 210 / 550.0, 1e-9, "%");
    assert_near(sg_measures_row(&measures, SG_MEASURE_UNCOVERED, LANGUAGE, 0)[0], 340, 1e-9, "people");
    assert_near(sg_measures_row(&measures, SG_MEASURE_REACH, LANGUAGE, 0)[0], 2 * 210 / 550.0, 1e-9,
                "services");
    sg_measures_release(&measures);
    town.demand.points = NULL;
    test_town_release(&town);
    sg_context_free(context);
}

/* ---- the whole city ---- */

static void test_citywide(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    struct sg_coverage_request request = request_of(1110, 0);
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    const struct sg_city_measures *city = &measures.city[LANGUAGE];
    assert_near(city->uncovered, 300 + 600 + 700 + 900, 1e-9, "people");
    assert_near(city->uncovered_pct, 100 * 2500 / PEOPLE, 1e-9, "%");
    /* at 0 m 600 people, up to one step north 2,000, up to one step east 2,600, the half is 2,250, nine
     * tenths 4,050 */
    assert_near(city->nearest_median_m, EAST, 0.001, "m");
    assert_near(city->nearest_p90_m, DIAGONAL, 0.001, "m");
    for (int i = 0; i < SG_CURVE_POINTS; i++) {
        double metres = sg_curve_m[i];
        double people = metres < NORTH ? 600 : metres < EAST ? 2000 : metres < DIAGONAL ? 2600 : PEOPLE;
        assert_near(city->curve_pct[i], 100 * people / PEOPLE, 1e-9, "%");
    }
    assert_near(sg_curve_m[0], 250, 0, "m");
    assert_near(sg_curve_m[SG_CURVE_POINTS - 1], 5000, 0, "m");
    assert_near(city->sites_pct[0], 100 * 2500 / PEOPLE, 1e-9, "%");
    assert_near(city->sites_pct[1], 100 * 2000 / PEOPLE, 1e-9, "%");
    assert_near(city->sites_pct[2], 0, 1e-9, "%");
    city = &measures.city[NOWHERE];
    assert_near(city->uncovered, PEOPLE, 1e-9, "people");
    assert_missing(city->nearest_median_m);
    assert_near(city->curve_pct[SG_CURVE_POINTS - 1], 0, 0, "%");
    assert_near(city->sites_pct[0], 100, 1e-9, "%");
    /* if the place in area 4 closes, areas 1, 4 and 7 (1,500 people) have none; in area 0, areas 0 and 3
     * (500) */
    assert_true(measures.loss_count >= 2);
    assert_int_equal(measures.losses[0].type, LANGUAGE);
    assert_int_equal(measures.losses[0].site, 0); /* the first of the two services there */
    assert_near(measures.losses[0].people_lost, 1500, 1e-9, "people");
    assert_int_equal(measures.losses[1].site, 1);
    assert_near(measures.losses[1].people_lost, 500, 1e-9, "people");
    assert_int_not_equal(measures.losses[2].type, LANGUAGE); /* nobody depends on the place outside */
    sg_measures_release(&measures);

    /* at 1,200 m: two places reach areas 1, 3 (0 and 4) and 5 (4 and outside); one reaches 0, 4 and 7 */
    request = request_of(1200, 0);
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    city = &measures.city[LANGUAGE];
    assert_near(city->sites_pct[0], 100 * 1900 / PEOPLE, 1e-9, "%");
    assert_near(city->sites_pct[1], 100 * 1400 / PEOPLE, 1e-9, "%");
    assert_near(city->sites_pct[2], 100 * 1200 / PEOPLE, 1e-9, "%");
    assert_near(city->sites_pct[3], 0, 1e-9, "%");
    assert_near(measures.losses[0].people_lost, 1300, 1e-9, "people"); /* areas 4 and 7 */
    assert_near(measures.losses[1].people_lost, 100, 1e-9, "people");  /* area 0 */
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* ---- honest states ---- */

static void test_states(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    /* nobody in area 4, no geometry in area 5, no points in area 6; fewer than 150 in area 0 */
    struct sg_demand *demand = &town.demand;
    demand->population[4] = demand->need[4] = demand->points[4].population = demand->points[4].weight = 0;
    sg_shape_release(&town.layer.areas[5].shape);
    town.layer.areas[5].area_km2 = NAN;
    for (int a = 7; a <= TOWN_AREAS; a++)
        demand->area_starts[a]--;
    demand->points[6] = demand->points[7];
    demand->points[7] = demand->points[8];
    demand->point_count = 8;
    struct sg_coverage_request request = request_of(1110, 0);
    request.min_population = 150;
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, demand, &request, &measures));
    static const enum sg_area_state expected[] = {
        SG_AREA_SUPPRESSED,  SG_AREA_MEASURED,  SG_AREA_MEASURED, SG_AREA_MEASURED, SG_AREA_NO_POPULATION,
        SG_AREA_NO_GEOMETRY, SG_AREA_NO_DEMAND, SG_AREA_MEASURED, SG_AREA_MEASURED};
    for (int a = 0; a < TOWN_AREAS; a++)
        assert_string_equal(sg_area_state_name(measures.states[a]), sg_area_state_name(expected[a]));
    /* counts are facts of the place; what divides by people is missing where there are none to tell of */
    assert_row(&measures, SG_MEASURE_COUNT, LANGUAGE, 0, (double[]){2, 0, 0, 0, 4, NAN, 0, 0, 0}, 0);
    const double per_10k[] = {NAN, 0, 0, 0, NAN, NAN, 0, 0, 0};
    assert_row(&measures, SG_MEASURE_PER_10K, LANGUAGE, 0, per_10k, 1e-9);
    const double nearest[] = {NAN, NORTH, DIAGONAL, NORTH, NAN, NAN, NAN, NORTH, DIAGONAL};
    assert_row(&measures, SG_MEASURE_NEAREST, LANGUAGE, 0, nearest, 0.001);
    const double within[] = {NAN, 100, 0, 100, NAN, NAN, NAN, 100, 0};
    assert_row(&measures, SG_MEASURE_WITHIN, LANGUAGE, 0, within, 1e-9);
    const double uncovered[] = {NAN, 0, 300, 0, 0, NAN, NAN, 0, 900};
    assert_row(&measures, SG_MEASURE_UNCOVERED, LANGUAGE, 0, uncovered, 1e-9);
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* Without any population the land is the weight: no people are counted, and no rates made up. */
static void test_without_population(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    struct sg_demand *demand = &town.demand;
    demand->has_population = false;
    for (int a = 0; a < TOWN_AREAS; a++) {
        demand->population[a] = demand->need[a] = NAN;
        demand->points[a].population = 0;
        demand->points[a].weight = 1.23;
    }
    struct sg_coverage_request request = request_of(1110, 0);
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, demand, &request, &measures));
    const double none[] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    assert_row(&measures, SG_MEASURE_PER_10K, LANGUAGE, 0, none, 0);
    assert_row(&measures, SG_MEASURE_LQ, LANGUAGE, 0, none, 0);
    assert_row(&measures, SG_MEASURE_UNCOVERED, LANGUAGE, 0, none, 0);
    assert_row(&measures, SG_MEASURE_REACH, LANGUAGE, 0, (double[]){2, 4, 0, 2, 4, 0, 0, 4, 0}, 1e-9);
    assert_false(measures.has_population);
    assert_missing(measures.total_population);
    assert_missing(measures.city[LANGUAGE].uncovered);
    assert_near(measures.city[LANGUAGE].uncovered_pct, 100 * 4.0 / 9, 1e-9, "%");
    assert_int_equal(measures.loss_count, 0);
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* ---- laws ---- */

static void test_only_what_is_wanted(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    make_town(context, &town);
    struct sg_coverage_request request = {.thresholds_m = {1000}, .threshold_count = 1};
    assert_false(sg_coverage_needs_distances(&request));
    request.wants[SG_MEASURE_COUNT] = request.wants[SG_MEASURE_PER_10K] = true;
    assert_false(sg_coverage_needs_distances(&request));
    struct sg_measures measures;
    assert_ok(context, sg_coverage_measure(context, &town.layer, &town.inventory, NULL, &request, &measures));
    assert_null(sg_measures_row(&measures, SG_MEASURE_NEAREST, LANGUAGE, 0));
    assert_row(&measures, SG_MEASURE_PER_10K, LANGUAGE, 0, (double[]){200, 0, 0, 0, 80, 0, 0, 0, 0}, 1e-9);
    sg_measures_release(&measures);
    request.wants[SG_MEASURE_REACH] = true;
    assert_true(sg_coverage_needs_distances(&request));
    test_town_release(&town);
    sg_context_free(context);
}

/* Random services in and about the town, the people over grids: counts are conserved, shares add up, more
   reach at a longer threshold, and every number is the same to the last bit with one thread and with seven.
 */
static void test_conservation_and_threads(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, TYPES);
    struct test_random random = test_random_new(11);
    const struct sg_shape *shapes[TOWN_AREAS];
    struct sg_locator *locator;
    for (int a = 0; a < TOWN_AREAS; a++)
        shapes[a] = &town.layer.areas[a].shape;
    assert_ok(context, sg_locator_new(context, shapes, TOWN_AREAS, SIZE_MAX, &locator));
    double inside[TYPES + 1] = {0};
    for (int i = 0; i < 300; i++) {
        struct sg_point point = {test_random_between(&random, 9.98, 10.02),
                                 test_random_between(&random, -0.02, 0.02)};
        uint32_t area = sg_locate(locator, point);
        uint16_t types[] = {(uint16_t)test_random_index(&random, 2), 2};
        size_t type_count = 1 + test_random_index(&random, 2);
        struct sg_site site = {.point = point, .lon_lat_deg = point, .weight = (double)(1 + i % 3)};
        assert_true(
            sg_inventory_add(&town.inventory, &site, types, type_count, &area, area == SG_NOWHERE ? 0 : 1));
        for (size_t t = 0; area != SG_NOWHERE && t < type_count; t++)
            inside[types[t]] += site.weight;
        inside[ALL] += area != SG_NOWHERE ? site.weight : 0;
    }
    struct sg_demand demand;
    assert_ok(context, sg_demand_build(context, &town.layer, locator, NULL, 0, &demand));
    struct sg_coverage_request request = request_of(400, 900);
    struct sg_measures one, many;
    assert_ok(context, sg_coverage_measure(context, &town.layer, &town.inventory, &demand, &request, &one));
    sg_context_set_threads(context, 7);
    assert_ok(context, sg_coverage_measure(context, &town.layer, &town.inventory, &demand, &request, &many));
    for (size_t type = 0; type <= TYPES; type++) {
        double counted = 0, shared = 0, uncovered = 0;
        for (int a = 0; a < TOWN_AREAS; a++) {
            counted += sg_measures_row(&one, SG_MEASURE_COUNT, type, 0)[a];
            shared += sg_measures_row(&one, SG_MEASURE_SHARE, type, 0)[a];
            uncovered += sg_measures_row(&one, SG_MEASURE_UNCOVERED, type, 0)[a];
            assert_true(sg_measures_row(&one, SG_MEASURE_REACH, type, 1)[a]
                        >= sg_measures_row(&one, SG_MEASURE_REACH, type, 0)[a]);
            assert_true(sg_measures_row(&one, SG_MEASURE_WITHIN, type, 0)[a]
                        >= sg_measures_row(&one, SG_MEASURE_WITHIN2, type, 0)[a]);
            assert_true(sg_measures_row(&one, SG_MEASURE_NEAREST_P90, type, 0)[a] >= 0);
        }
        assert_near(counted, inside[type], 1e-9, "services");
        assert_near(one.city[type].total_count, inside[type], 1e-9, "services");
        assert_near(shared, 100, 1e-9, "%");
        assert_near(uncovered, one.city[type].uncovered, 1e-6, "people");
        double sites = 0;
        for (int k = 0; k < 4; k++)
            sites += one.city[type].sites_pct[k];
        assert_near(sites, 100, 1e-9, "%");
        for (int c = 1; c < SG_CURVE_POINTS; c++)
            assert_true(one.city[type].curve_pct[c] >= one.city[type].curve_pct[c - 1]);
    }
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
        size_t thresholds = sg_measure_info((enum sg_measure)m)->by_threshold ? 2 : 1;
        assert_memory_equal(one.values[m], many.values[m],
                            (TYPES + 1) * thresholds * TOWN_AREAS * sizeof(double));
    }
    assert_memory_equal(one.city, many.city, (TYPES + 1) * sizeof *one.city);
    assert_int_equal(one.loss_count, many.loss_count);
    sg_measures_release(&one);
    sg_measures_release(&many);
    sg_demand_release(&demand);
    sg_locator_free(locator);
    test_town_release(&town);
    sg_context_free(context);
}

static void test_measure_names(void **state) {
    (void)state;
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
        enum sg_measure found;
        assert_true(sg_measure_from_name(sg_measure_info((enum sg_measure)m)->suffix, &found));
        assert_int_equal(found, m);
    }
    enum sg_measure found;
    assert_false(sg_measure_from_name("beauty", &found));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_containers),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_within),
        cmocka_unit_test(test_weighted_points),
        cmocka_unit_test(test_citywide),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_without_population),
        cmocka_unit_test(test_only_what_is_wanted),
        cmocka_unit_test(test_conservation_and_threads),
        cmocka_unit_test(test_measure_names),
    };
    return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
