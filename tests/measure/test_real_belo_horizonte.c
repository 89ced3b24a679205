/* Belo Horizonte's 898 cells and 748,437 travel times through a table of costs: the published figures of
   ipea/accessibility's tests (cumulative opportunities, cost to the closest, 2SFCA, passive accessibility),
   for its five cells and for all. */
#include "judge/inequality.h"
#include "measure/coverage.h"
#include "read/cost_reader.h"
#include "support/test.h"

enum { MOST = 1000, FIVE = 5 };

static const char *const five[FIVE] = {"89a88cdb57bffff", "89a88cdb597ffff", "89a88cdb5b3ffff",
                                       "89a88cdb5cfffff", "89a88cd909bffff"};

static struct cell {
    char id[32];
    double population, jobs, schools;
} cells[MOST];
static size_t cell_count;

static void read_cells(void) {
    FILE *file = fopen(test_shared("reference/belo_horizonte/land_use_data.csv"), "r");
    assert_non_null(file);
    char line[256];
    cell_count = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (cell_count < MOST && fgets(line, sizeof line, file) != NULL) {
        struct cell *cell = &cells[cell_count++];
        assert_int_equal(sscanf(line, "\"%31[^\"]\",%lf,%lf,%lf", cell->id, &cell->population, &cell->jobs,
                                &cell->schools),
                         4);
    }
    fclose(file);
    assert_int_equal(cell_count, 898);
}

static size_t cell_of(const char *id) {
    size_t at = 0;
    while (strcmp(cells[at].id, id) != 0)
        at++;
    return at;
}

/* Every cell an area of one demand point, and a service of the given weights. */
struct city {
    struct sg_context *context;
    struct sg_area_layer layer;
    struct sg_inventory inventory;
    struct sg_demand demand;
    struct sg_name_index *names;
    struct sg_travel travel;
    struct sg_measures measures;
};

static void make_city(struct city *city, const size_t *chosen, size_t count,
                      double (*weigh)(const struct cell *), bool all_destinations) {
    *city = (struct city){.context = test_context_new(2), .names = sg_name_index_new()};
    city->layer.areas = sg_alloc(count, sizeof *city->layer.areas);
    city->layer.area_count = count;
    city->layer.population_field = sg_strdup("population");
    assert_ok(city->context, sg_crs_new(city->context, "EPSG:4326", &city->layer.crs));
    assert_ok(city->context, sg_crs_new(city->context, "EPSG:4326", &city->layer.geographic));
    assert_true(sg_inventory_init(&city->inventory, count, true));
    assert_true(sg_inventory_add_types(&city->inventory, 1));
    struct sg_demand *demand = &city->demand;
    demand->points = sg_alloc(count, sizeof *demand->points);
    demand->area_starts = sg_alloc(count + 1, sizeof *demand->area_starts);
    demand->population = sg_alloc(count, sizeof *demand->population);
    demand->need = sg_alloc(count, sizeof *demand->need);
    demand->point_count = count;
    demand->has_population = true;
    for (size_t i = 0; i < count; i++) {
        const struct cell *cell = &cells[chosen[i]];
        double x = (double)i;
        city->layer.areas[i].id = sg_strdup(cell->id);
        city->layer.areas[i].name = sg_strdup(cell->id);
        city->layer.areas[i].shape = test_rectangle(x / 100, 0, (x + 1) / 100, 0.01);
        city->layer.areas[i].area_km2 = 0.1;
        demand->points[i] =
            (struct sg_demand_point){{x / 100, 0}, cell->population, cell->population, 1, i + 1};
        demand->population[i] = demand->need[i] = cell->population;
        demand->area_starts[i + 1] = i + 1;
        assert_true(sg_name_index_add(city->names, cell->id, strlen(cell->id), NULL) == i);
    }
    static const uint16_t type = 0;
    for (size_t i = 0; i < (all_destinations ? cell_count : count); i++) {
        const struct cell *cell = all_destinations ? &cells[i] : &cells[chosen[i]];
        size_t id = sg_name_index_add(city->inventory.ids, cell->id, strlen(cell->id), NULL);
        struct sg_site site = {
            .lon_lat_deg = {(double)i / 100, 1}, .weight = weigh(cell), .id = (uint32_t)id};
        assert_true(sg_inventory_add(&city->inventory, &site, &type, 1, NULL, 0));
    }
}

/* access per person where the rows say so, else another measure's row. */
static const double *measure(struct city *city, double minutes, enum sg_measure measure) {
    static char path[4096];
    snprintf(path, sizeof path, "/vsigzip/%s", test_shared("reference/belo_horizonte/travel_matrix.csv.gz"));
    struct sg_source source = {.path = path};
    struct sg_cost_origins origins = {city->names, city->layer.area_count, "area"};
    struct sg_cost_report report;
    assert_ok(city->context, sg_costs_read(city->context, &source, &origins, &city->inventory, minutes, true,
                                           &city->travel, &report));
    assert_int_equal(report.read, 748437);
    struct sg_coverage_request request = {
        .thresholds_m = {minutes}, .threshold_count = 1, .travel = &city->travel};
    request.wants[SG_MEASURE_REACH] = request.wants[SG_MEASURE_ACCESS] = request.wants[SG_MEASURE_NEAREST] =
        true;
    request.access.family = SG_ACCESS_2SFCA;
    assert_ok(city->context, sg_coverage_measure(city->context, &city->layer, &city->inventory, &city->demand,
                                                 &request, &city->measures));
    assert_relative(city->measures.city[0].access_handed, city->measures.city[0].access_supply, 1e-12,
                    "jobs");
    return sg_measures_row(&city->measures, measure, 0, 0);
}

static void release(struct city *city) {
    sg_measures_release(&city->measures);
    sg_travel_release(&city->travel);
    sg_name_index_free(city->names);
    sg_demand_release(&city->demand);
    sg_inventory_release(&city->inventory);
    sg_area_layer_release(&city->layer);
    sg_context_free(city->context);
}

static double jobs(const struct cell *cell) {
    return cell->jobs;
}

static double has_school(const struct cell *cell) {
    return cell->schools > 0;
}

static void assert_five(double (*weigh)(const struct cell *), double minutes, enum sg_measure which,
                        double scale, const double expected[static FIVE], double tolerance) {
    read_cells();
    size_t chosen[FIVE];
    for (int i = 0; i < FIVE; i++)
        chosen[i] = cell_of(five[i]);
    struct city city;
    make_city(&city, chosen, FIVE, weigh, false);
    const double *row = measure(&city, minutes, which);
    for (int i = 0; i < FIVE; i++)
        if (isnan(expected[i]))
            assert_missing(row[i]);
        else
            assert_near(row[i] / scale, expected[i], tolerance, "");
    /* their figure for the last cell's school is 70 minutes; ours has nobody there to travel */
    if (which == SG_MEASURE_NEAREST && weigh == has_school)
        assert_near(city.travel.nearest[FIVE - 1], 70, 0, "min");
    release(&city);
}

static void test_2sfca(void **state) {
    (void)state;
    assert_five(jobs, 45, SG_MEASURE_ACCESS, 10000, (double[]){0.0152, 0.1491, 0.1491, 0.1068, NAN}, 5e-5);
}

static void test_cumulative(void **state) {
    (void)state;
    assert_five(jobs, 30, SG_MEASURE_REACH, 1, (double[]){82, 408, 408, 109, NAN}, 1e-12);
}

static void test_nearest_school(void **state) {
    (void)state;
    assert_five(has_school, 45, SG_MEASURE_NEAREST, 1, (double[]){47, 5.8, 13, 43, NAN}, 1e-12);
}

/* From the other side: the people who can be at each cell within 45 minutes, and the nearest of them. */
static void test_passive(void **state) {
    (void)state;
    read_cells();
    size_t chosen[FIVE];
    for (int i = 0; i < FIVE; i++)
        chosen[i] = cell_of(five[i]);
    struct city city;
    make_city(&city, chosen, FIVE, jobs, false);
    measure(&city, 60, SG_MEASURE_REACH);
    double people[FIVE] = {0}, nearest[FIVE];
    for (int j = 0; j < FIVE; j++)
        nearest[j] = INFINITY;
    for (size_t i = 0; i < FIVE; i++) {
        double here = cells[chosen[i]].population;
        for (size_t p = city.travel.starts[i]; p < city.travel.starts[i + 1]; p++) {
            uint32_t j = city.travel.sites[p];
            people[j] += city.travel.costs[p] <= 45 ? here : 0;
            if (here > 0)
                nearest[j] = fmin(nearest[j], city.travel.costs[p]);
        }
    }
    const double published_people[FIVE] = {5404, 4552, 2363, 4552, 0};
    const double published_minutes[FIVE] = {5.8, 5.8, 5.8, 5.8, 58};
    for (int j = 0; j < FIVE; j++) {
        assert_near(people[j], published_people[j], 0, "people");
        assert_near(nearest[j], published_minutes[j], 0, "min");
    }
    release(&city);
}

/* How evenly jobs within 30 minutes are spread over the people of the five cells, and without the fourth. */
static void test_gini(void **state) {
    (void)state;
    read_cells();
    size_t chosen[FIVE];
    for (int i = 0; i < FIVE; i++)
        chosen[i] = cell_of(five[i]);
    struct city city;
    make_city(&city, chosen, FIVE, jobs, true);
    const double *reach = measure(&city, 30, SG_MEASURE_REACH);
    double people[FIVE];
    for (int i = 0; i < FIVE; i++)
        people[i] = cells[chosen[i]].population;
    struct sg_spread spread;
    assert_true(sg_spread_init(&spread, reach, people, NULL, FIVE, NULL));
    assert_near(sg_gini(&spread, NULL), 0.1386, 5e-5, "");
    sg_spread_release(&spread);
    people[3] = 0;
    assert_true(sg_spread_init(&spread, reach, people, NULL, FIVE, NULL));
    assert_near(sg_gini(&spread, NULL), 0.1148, 5e-5, "");
    sg_spread_release(&spread);
    release(&city);
}

static void test_all_destinations(void **state) {
    (void)state;
    read_cells();
    size_t chosen[2] = {cell_of(five[0]), cell_of(five[1])};
    struct city city;
    make_city(&city, chosen, 2, jobs, true);
    const double *reach = measure(&city, 30, SG_MEASURE_REACH);
    assert_near(reach[0], 22239, 1e-9, "jobs");
    assert_near(reach[1], 36567, 1e-9, "jobs");
    release(&city);
    make_city(&city, chosen, 2, jobs, true);
    const double *access = measure(&city, 45, SG_MEASURE_ACCESS); /* published cut off to whole numbers */
    assert_near(floor(access[0] / 10000), 233, 0, "jobs per person");
    assert_near(floor(access[1] / 10000), 195, 0, "jobs per person");
    release(&city);
    make_city(&city, chosen + 1, 1, jobs, true);
    assert_near(floor(measure(&city, 45, SG_MEASURE_ACCESS)[0] / 10000), 372, 0, "jobs per person");
    release(&city);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_2sfca),
        cmocka_unit_test(test_cumulative),
        cmocka_unit_test(test_nearest_school),

        cmocka_unit_test(test_all_destinations),
        cmocka_unit_test(test_passive),
        cmocka_unit_test(test_gini),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
