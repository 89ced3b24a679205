/* Floating catchments against pysal/access's three towns with hospitals, and against the formulas written out
   with full matrices. */
#include "measure/access.h"

#include "measure/coverage.h"
#include "model/geodesic.h"
#include "support/test.h"
#include "support/town.h"

enum { ANY = 1 }; /* position of `all` where there is one type */

static struct sg_coverage_request request_of(double threshold, enum sg_access_family family,
                                             const char *decay) {
    struct sg_coverage_request request = {.thresholds_m = {threshold}, .threshold_count = 1};
    request.wants[SG_MEASURE_ACCESS] = true;
    request.wants[SG_MEASURE_REACH] = true;
    request.wants[SG_MEASURE_UNREACHED] = true;
    request.wants[SG_MEASURE_NEAREST] = true;
    request.access.family = family;
    assert_true(sg_decay_from_text(decay, &request.access.decay));
    return request;
}

static void set_people(struct test_town *town, size_t area, double people) {
    town->demand.points[area].population = town->demand.points[area].weight = people;
    town->demand.population[area] = town->demand.need[area] = people;
    town->layer.areas[area].population = people;
}

/* Costs from every point to every site, of those up to the limit. */
static void set_costs(struct sg_travel *travel, const double *costs, size_t points, size_t sites,
                      double limit) {
    *travel = (struct sg_travel){
        .way = SG_WAY_TABLE, .is_time = true, .row_count = points, .type_count = 1, .limit = limit};
    travel->nearest = sg_alloc(2 * points, sizeof *travel->nearest);
    travel->starts = sg_alloc(points + 1, sizeof *travel->starts);
    travel->sites = sg_alloc(points * sites, sizeof *travel->sites);
    travel->costs = sg_alloc(points * sites, sizeof *travel->costs);
    size_t at = 0;
    for (size_t i = 0; i < points; i++) {
        double least = INFINITY;
        for (size_t s = 0; s < sites; s++) {
            double cost = costs[i * sites + s];
            least = fmin(least, cost);
            if (cost <= limit) {
                travel->sites[at] = (uint32_t)s;
                travel->costs[at++] = cost;
            }
        }
        travel->nearest[i] = travel->nearest[points + i] = least;
        travel->starts[i + 1] = at;
    }
}

/* Populations 100, 50, 10; doctors 15, 20, 100; weights 1 / cost, of costs below 61 only. */
static void run_hospitals(double to_third, double first_second, double access[static 3]) {
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 1);
    const double people[3] = {100, 50, 10}, doctors[3] = {15, 20, 100};
    for (size_t a = 0; a < TOWN_AREAS; a++)
        set_people(&town, a, a < 3 ? people[a] : 0);
    for (size_t a = 0; a < 3; a++)
        test_town_add(&town, a, 0, doctors[a]);
    double costs[TOWN_AREAS * 3];
    for (int i = 0; i < TOWN_AREAS * 3; i++)
        costs[i] = INFINITY;
    const double between[3][3] = {
        {1, first_second, to_third}, {first_second, 1, to_third}, {to_third, to_third, 1}};
    memcpy(costs, between, sizeof between);
    struct sg_travel travel;
    set_costs(&travel, costs, TOWN_AREAS, 3, 60);
    struct sg_coverage_request request = request_of(60, SG_ACCESS_E2SFCA, "power:1:1");
    request.travel = &travel;
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    for (int a = 0; a < 3; a++)
        access[a] = sg_measures_row(&measures, SG_MEASURE_ACCESS, 0, 0)[a] / 10000;
    assert_missing(sg_measures_row(&measures, SG_MEASURE_ACCESS, 0, 0)[5]); /* nobody lives there */
    assert_relative(measures.city[0].access_handed, 135, 1e-12, "doctors");
    assert_near(measures.city[0].access_supply, 135, 0, "doctors");
    sg_measures_release(&measures);
    sg_travel_release(&travel);
    test_town_release(&town);
    sg_context_free(context);
}

static void test_hospitals(void **state) {
    (void)state;
    double far[3], near[3];
    run_hospitals(40, 80, far); /* scenario 0 */
    assert_near(far[0], 0.331444117, 5e-10, "doctors per person");
    assert_near(far[1], 0.579828132, 5e-10, "doctors per person");
    assert_near(far[2], 7.28641817, 5e-9,
                "doctors per person"); /* ...818 in the list: 100 / 13.75 + 0.0136909 */
    run_hospitals(20, 40, near);       /* scenario 3 */
    assert_near(near[0], 0.442568395, 5e-10, "doctors per person");
    assert_near(near[1], 0.666758280, 5e-10, "doctors per person");
    assert_near(near[2], 5.740524646, 5e-10, "doctors per person");
    /* scenario 1: only the road into town 3 is faster: towns 1 and 2 gain, town 3 loses */
    run_hospitals(20, 80, near);
    assert_true(near[0] > far[0] && near[1] > far[1] && near[2] < far[2]);
}

/* pysal/access's grid of 5 by 5 services one unit apart, a person on each of the first five: within 10 units
   all share all, 25 services to 5 people; within 0.9 each has the own one alone. */
static void test_unit_grid(void **state) {
    (void)state;
    enum { GRID = 5, PEOPLE_THERE = 5 };
    const double limits[] = {10, 0.9}, expected[] = {5, 1};
    for (int l = 0; l < 2; l++) {
        struct sg_context *context = test_context_new(1);
        struct test_town town;
        test_town_init(context, &town, 1);
        for (size_t a = 0; a < TOWN_AREAS; a++)
            set_people(&town, a, a < PEOPLE_THERE ? 1 : 0);
        double costs[TOWN_AREAS * GRID * GRID];
        for (int s = 0; s < GRID * GRID; s++) {
            test_town_add(&town, 0, 0, 1);
            for (int i = 0; i < TOWN_AREAS; i++)
                costs[i * GRID * GRID + s] =
                    i < PEOPLE_THERE ? hypot(s % GRID - i % GRID, s / GRID - i / GRID) : INFINITY;
        }
        struct sg_travel travel;
        set_costs(&travel, costs, TOWN_AREAS, GRID * GRID, limits[l]);
        struct sg_coverage_request request = request_of(limits[l], SG_ACCESS_2SFCA, "none");
        request.travel = &travel;
        struct sg_measures measures;
        assert_ok(context, sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request,
                                               &measures));
        for (int a = 0; a < PEOPLE_THERE; a++)
            assert_near(sg_measures_row(&measures, SG_MEASURE_ACCESS, 0, 0)[a] / 10000, expected[l], 1e-12,
                        "services per person");
        sg_measures_release(&measures);
        sg_travel_release(&travel);
        test_town_release(&town);
        sg_context_free(context);
    }
}

/* ---- against the formulas with full matrices ---- */

enum { SITES = 6 };

static const size_t site_areas[SITES] = {0, 4, 4, 8, 2, TOWN_AREAS};
static const double site_weights[SITES] = {2, 1, 3, 0.5, 4, 1.5};

/* A_i x 10,000 from all pairs; returns the sum of p_i A_i. */
static double write_out(const struct test_town *town, enum sg_access_family family,
                        const struct sg_decay *decay, double limit, double expected[static TOWN_AREAS]) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    double f[TOWN_AREAS][SITES], total = 0;
    for (int i = 0; i < TOWN_AREAS; i++) {
        double sum = 0;
        for (int j = 0; j < SITES; j++) {
            double d = sg_geodesic_distance(&ellipsoid, test_town_middle((size_t)i),
                                            test_town_middle(site_areas[j]));
            f[i][j] = d > limit ? 0 : family == SG_ACCESS_2SFCA ? 1 : sg_decay_weight(decay, d, limit);
            sum += f[i][j];
        }
        for (int j = 0; family == SG_ACCESS_3SFCA && j < SITES; j++)
            f[i][j] = sum > 0 ? f[i][j] / sum * f[i][j] : 0;
    }
    for (int i = 0; i < TOWN_AREAS; i++) {
        double access = 0;
        for (int j = 0; j < SITES; j++) {
            double shared = 0;
            for (int k = 0; k < TOWN_AREAS; k++)
                shared += town->demand.points[k].weight * f[k][j];
            if (shared > 0)
                access += site_weights[j] / shared * f[i][j] * (family == SG_ACCESS_M2SFCA ? f[i][j] : 1);
        }
        expected[i] = 10000 * access;
        total += town->demand.points[i].weight * access;
    }
    return total;
}

static void test_written_out(void **state) {
    (void)state;
    static const char *const decays[] = {"none",   "step",     "gaussian", "exponential",
                                         "linear", "logistic", "power"};
    for (int family = 0; family < SG_ACCESS_FAMILY_COUNT; family++) {
        for (size_t d = 0; d < TEST_COUNT(decays); d++) {
            struct sg_context *context = test_context_new(2);
            struct test_town town;
            test_town_init(context, &town, 1);
            for (int j = 0; j < SITES; j++)
                test_town_add(&town, site_areas[j], 0, site_weights[j]);
            struct sg_coverage_request request = request_of(1500, (enum sg_access_family)family, decays[d]);
            struct sg_measures measures;
            double expected[TOWN_AREAS];
            double handed =
                write_out(&town, (enum sg_access_family)family, &request.access.decay, 1500, expected);
            assert_ok(context, sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand,
                                                   &request, &measures));
            for (int type = 0; type <= ANY; type++) {
                for (int a = 0; a < TOWN_AREAS; a++)
                    assert_relative(sg_measures_row(&measures, SG_MEASURE_ACCESS, (size_t)type, 0)[a],
                                    expected[a], 1e-6, "per 10,000");
                assert_relative(measures.city[type].access_handed, handed, 1e-6, "services");
                bool conserves = family != SG_ACCESS_M2SFCA || strcmp(decays[d], "none") == 0;
                if (conserves)
                    assert_relative(measures.city[type].access_handed, 12, 1e-12, "services");
                else
                    assert_true(measures.city[type].access_handed < 12);
                assert_near(measures.city[type].access_supply, 12, 1e-12, "services");
            }
            sg_measures_release(&measures);
            test_town_release(&town);
            sg_context_free(context);
        }
    }
}

/* Small catchments: a service only for its own area; out of reach is a measured 0; a service that nobody
   reaches is handed to nobody. */
static void test_alone(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 1);
    test_town_add(&town, 3, 0, 2);
    test_town_add(&town, TOWN_AREAS, 0, 5); /* outside, 1,113 m from area 5 */
    struct sg_coverage_request request = request_of(900, SG_ACCESS_E2SFCA, "step");
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    for (int a = 0; a < TOWN_AREAS; a++)
        assert_near(sg_measures_row(&measures, SG_MEASURE_ACCESS, 0, 0)[a], a == 3 ? 10000 * 2 / 400.0 : 0,
                    1e-9, "per 10,000");
    assert_near(measures.city[0].access_supply, 2, 0, "services");
    assert_near(measures.city[0].access_handed, 2, 1e-12, "services");
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* Without people nobody shares: null, not 0. */
static void test_nobody_known(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 1);
    test_town_add(&town, 3, 0, 2);
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        town.demand.population[a] = town.demand.need[a] = NAN;
        town.demand.points[a].population = 0;
        town.demand.points[a].weight = 1.2;
    }
    town.demand.has_population = false;
    struct sg_coverage_request request = request_of(900, SG_ACCESS_2SFCA, "none");
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    assert_missing(sg_measures_row(&measures, SG_MEASURE_ACCESS, 0, 0)[3]);
    assert_missing(measures.city[0].access_handed);
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* The people of one area are not known: 2 services are shared by its neighbours' 100 + 500 + 700, and what
   its own people get is null (it was the most in town, as if nobody there shared). */
static void test_one_unknown(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 1);
    test_town_add(&town, 3, 0, 2);
    set_people(&town, 3, NAN);
    town.demand.points[3].population = 0;
    town.demand.points[3].weight = 1.2;
    struct sg_coverage_request request = request_of(1200, SG_ACCESS_2SFCA, "none");
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    const double *access = sg_measures_row(&measures, SG_MEASURE_ACCESS, 0, 0);
    assert_missing(access[3]);
    for (int a = 0; a < TOWN_AREAS; a++) {
        if (a != 3)
            assert_near(access[a], a == 0 || a == 4 || a == 6 ? 20000 / 1300.0 : 0, 1e-9, "per 10,000");
    }
    assert_near(sg_measures_row(&measures, SG_MEASURE_REACH, 0, 0)[3], 2, 0, "services");
    assert_near(measures.city[0].access_handed, 2, 1e-12, "services");
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* Points without a path: out of the mean, told as a share, without a service; never a cap. */
static void test_no_path(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 2); /* the second type exists nowhere */
    test_town_add(&town, 3, 0, 1);
    struct sg_demand *demand = &town.demand;
    /* two points in area 0: 60 people, 12 minutes away; 40 people, no path */
    struct sg_demand_point points[TOWN_AREAS + 1];
    points[0] = points[1] = demand->points[0];
    points[0].population = points[0].weight = 60;
    points[1].population = points[1].weight = 40;
    memcpy(points + 2, demand->points + 1, (TOWN_AREAS - 1) * sizeof *points);
    sg_free(demand->points);
    demand->points = points;
    demand->point_count = TOWN_AREAS + 1;
    for (int a = 1; a <= TOWN_AREAS; a++)
        demand->area_starts[a]++;
    double costs[TOWN_AREAS + 1] = {12, INFINITY, INFINITY, 3, 20, 20, 20, 20, 20, 20};
    struct sg_travel travel;
    set_costs(&travel, costs, TOWN_AREAS + 1, 1, 15);
    /* `all` is the third type here: its nearest are those of the first, the second has none */
    double *nearest = sg_alloc(3 * (TOWN_AREAS + 1), sizeof *nearest);
    for (int i = 0; i <= TOWN_AREAS; i++) {
        nearest[i] = nearest[2 * (TOWN_AREAS + 1) + i] = costs[i];
        nearest[TOWN_AREAS + 1 + i] = INFINITY;
    }
    sg_free(travel.nearest);
    travel.nearest = nearest;
    travel.type_count = 2;
    struct sg_coverage_request request = request_of(15, SG_ACCESS_2SFCA, "none");
    request.travel = &travel;
    request.wants[SG_MEASURE_WITHIN] = request.wants[SG_MEASURE_UNCOVERED] = true;
    request.wants[SG_MEASURE_NEAREST_P90] = true;
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, demand, &request, &measures));
    assert_true(measures.is_time);
    assert_near(sg_measures_row(&measures, SG_MEASURE_NEAREST, 0, 0)[0], 12, 0, "min");
    assert_near(sg_measures_row(&measures, SG_MEASURE_NEAREST_P90, 0, 0)[0], 12, 0, "min");
    assert_near(sg_measures_row(&measures, SG_MEASURE_UNREACHED, 0, 0)[0], 40, 1e-12, "%");
    assert_near(sg_measures_row(&measures, SG_MEASURE_WITHIN, 0, 0)[0], 60, 1e-12, "%");
    assert_near(sg_measures_row(&measures, SG_MEASURE_UNCOVERED, 0, 0)[0], 40, 1e-12, "people");
    /* area 1 has no path at all: no distance, nobody covered, access a measured 0 */
    assert_missing(sg_measures_row(&measures, SG_MEASURE_NEAREST, 0, 0)[1]);
    assert_near(sg_measures_row(&measures, SG_MEASURE_UNREACHED, 0, 0)[1], 100, 0, "%");
    assert_near(sg_measures_row(&measures, SG_MEASURE_WITHIN, 0, 0)[1], 0, 0, "%");
    assert_near(sg_measures_row(&measures, SG_MEASURE_ACCESS, 0, 0)[1], 0, 0, "per 10,000");
    /* a type that is nowhere: no distance, 0 elsewhere */
    assert_missing(sg_measures_row(&measures, SG_MEASURE_NEAREST, 1, 0)[0]);
    assert_near(sg_measures_row(&measures, SG_MEASURE_UNREACHED, 1, 0)[0], 0, 0, "%");
    /* of the 4,260 people with a path 60 + 300 need 12 or 3 minutes, the others 20 */
    assert_near(measures.city[0].nearest_median_m, 20, 0, "min");
    assert_near(measures.city[0].curve_pct[2], 100 * 360 / 4500.0, 1e-9, "%");                    /* 15 min */
    assert_near(measures.city[0].curve_pct[SG_CURVE_POINTS - 1], 100 * 4260 / 4500.0, 1e-9, "%"); /* 90 min */
    sg_measures_release(&measures);
    sg_travel_release(&travel);
    demand->points = NULL;
    test_town_release(&town);
    sg_context_free(context);
}

/* Services at one place by travel: two services, one place that may close. */
static void test_places_by_travel(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 1);
    test_town_add(&town, 3, 0, 1);
    test_town_add(&town, 3, 0, 2);
    test_town_add(&town, 6, 0, 1);
    double costs[TOWN_AREAS * 3];
    for (int i = 0; i < TOWN_AREAS * 3; i++)
        costs[i] = 99;
    costs[0] = costs[1] = 5;                  /* area 0: both services of area 3 */
    costs[3] = 5, costs[4] = 6, costs[5] = 7; /* area 1: all three */
    struct sg_travel travel;
    set_costs(&travel, costs, TOWN_AREAS, 3, 10);
    struct sg_coverage_request request = request_of(10, SG_ACCESS_2SFCA, "none");
    request.travel = &travel;
    request.wants[SG_MEASURE_WITHIN2] = true;
    struct sg_measures measures;
    assert_ok(context,
              sg_coverage_measure(context, &town.layer, &town.inventory, &town.demand, &request, &measures));
    assert_near(sg_measures_row(&measures, SG_MEASURE_WITHIN2, 0, 0)[0], 100, 0, "%");
    assert_near(sg_measures_row(&measures, SG_MEASURE_REACH, 0, 0)[0], 3, 0, "services");
    assert_near(sg_measures_row(&measures, SG_MEASURE_REACH, 0, 0)[1], 4, 0, "services");
    assert_near(measures.city[0].sites_pct[1], 100 * 100 / 4500.0, 1e-9, "%"); /* area 0: one place */
    assert_near(measures.city[0].sites_pct[2], 100 * 200 / 4500.0, 1e-9, "%");
    assert_int_equal(measures.loss_count, 2); /* of the type, and of all */
    assert_int_equal(measures.losses[0].site, 0);
    assert_near(measures.losses[0].people_lost, 100, 1e-9, "people");
    sg_measures_release(&measures);
    sg_travel_release(&travel);
    test_town_release(&town);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hospitals),    cmocka_unit_test(test_unit_grid),
        cmocka_unit_test(test_written_out),  cmocka_unit_test(test_alone),
        cmocka_unit_test(test_nobody_known), cmocka_unit_test(test_one_unknown),
        cmocka_unit_test(test_no_path),      cmocka_unit_test(test_places_by_travel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
