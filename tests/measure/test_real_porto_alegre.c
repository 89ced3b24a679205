/* Porto Alegre's 1,227 hexagons: people as demand points, schools and health care as weights of services;
   every population-weighted measure against geod_inverse from every hexagon to every other, to 1e-9; E2SFCA
   too, and what it hands out. */
#include <geodesic.h>

#include "measure/coverage.h"
#include "measure/demand_builder.h"
#include "measure/tally.h"
#include "read/collected_sites.h"
#include "read/demand_reader.h"
#include "support/test.h"

enum { HEXAGONS = 1227, COLUMNS = 4, ROWS = 4, AREAS = COLUMNS * ROWS, TYPES = 2, THRESHOLDS = 2 };

static const double THRESHOLDS_M[THRESHOLDS] = {800, 2500};

struct hexagon {
    struct sg_point at;
    double population, weights[TYPES]; /* schools, healthcare */
    int area;
};

static struct hexagon hexagons[HEXAGONS];
static struct sg_box extent;

/* The file, read here: id,lon,lat,population,schools,jobs,healthcare */
static void read_hexagons(void) {
    FILE *file = fopen(test_shared("porto_alegre/poa_hexgrid.csv"), "r");
    assert_non_null(file);
    char line[512];
    int count = -1; /* the heading */
    extent = sg_box_empty();
    while (fgets(line, sizeof line, file) != NULL) {
        if (count >= 0) {
            struct hexagon *hexagon = &hexagons[count];
            assert_in_range(count, 0, HEXAGONS - 1);
            assert_int_equal(sscanf(strchr(line, ',') + 1, "%lf,%lf,%lf,%lf", &hexagon->at.x, &hexagon->at.y,
                                    &hexagon->population, &hexagon->weights[0]),
                             4);
            hexagon->weights[1] = strtod(strrchr(line, ',') + 1, NULL); /* five are empty: nothing there */
            sg_box_add(&extent, hexagon->at);
        }
        count++;
    }
    fclose(file);
    assert_int_equal(count, HEXAGONS);
    extent.max_x += 0.001, extent.max_y += 0.001, extent.min_x -= 0.001, extent.min_y -= 0.001;
}

static double border(double low, double high, int index, int count) {
    return low + (high - low) * index / count;
}

/* Sixteen rectangles over the city stand for neighbourhoods. */
static void make_areas(struct sg_context *context, struct sg_area_layer *layer) {
    *layer = (struct sg_area_layer){0};
    layer->areas = sg_alloc(AREAS, sizeof *layer->areas);
    layer->area_count = AREAS;
    assert_ok(context, sg_crs_new(context, "EPSG:4326", &layer->crs));
    assert_ok(context, sg_crs_new(context, "EPSG:4326", &layer->geographic));
    for (int a = 0; a < AREAS; a++) {
        struct sg_area *area = &layer->areas[a];
        int column = a % COLUMNS, row = a / COLUMNS;
        area->id = sg_format("%d", a);
        area->name = sg_format("%d", a);
        area->shape = test_rectangle(border(extent.min_x, extent.max_x, column, COLUMNS),
                                     border(extent.min_y, extent.max_y, row, ROWS),
                                     border(extent.min_x, extent.max_x, column + 1, COLUMNS),
                                     border(extent.min_y, extent.max_y, row + 1, ROWS));
        area->box = sg_shape_envelope(&area->shape);
        area->area_km2 = 1;
        area->population = area->need = area->value = NAN;
    }
    for (int i = 0; i < HEXAGONS; i++) {
        for (int a = 0; a < AREAS; a++) {
            const struct sg_box *box = &layer->areas[a].box;
            if (hexagons[i].at.x >= box->min_x && hexagons[i].at.x < box->max_x
                && hexagons[i].at.y >= box->min_y && hexagons[i].at.y < box->max_y)
                hexagons[i].area = a;
        }
    }
}

static enum sg_status begin(void *user, const struct sg_crs *crs) {
    return sg_tally_begin(user, crs);
}

static enum sg_status add(void *user, struct sg_site_batch *batch) {
    return sg_tally_add(user, batch);
}

static void read_services(struct sg_context *context, struct sg_taxonomy *taxonomy,
                          struct sg_inventory *inventory, struct sg_tally *tally, const char *column,
                          uint64_t counted) {
    struct sg_source source = {.path = test_shared("porto_alegre/poa_hexgrid.csv")};
    struct sg_site_fields fields = {.type_value = column, .weight = column};
    struct sg_site_input input;
    assert_ok(context, sg_sites_read(context, &source, &fields, taxonomy, inventory->organizations,
                                     inventory->words, NULL, begin, add, tally, NULL, &input));
    assert_int_equal(input.counts.read, HEXAGONS);
    assert_int_equal(input.counts.counted, counted);
    assert_int_equal(input.outcomes[SG_SITE_BAD_WEIGHT], HEXAGONS - counted);
    sg_site_input_release(&input);
}

/* Sums over the hexagons of each area, from every pair. */
struct expected {
    double population, nearest, within[THRESHOLDS], within2[THRESHOLDS], uncovered[THRESHOLDS],
        reach[THRESHOLDS], access[THRESHOLDS];
};

/* Luo & Qi 2009: 1, 0.68 and 0.22 in thirds of the catchment. */
static double step_weight(double distance_m, double limit_m) {
    return distance_m <= limit_m / 3       ? 1
           : distance_m <= limit_m * 2 / 3 ? 0.68
           : distance_m <= limit_m         ? 0.22
                                           : 0;
}

/* People x access of the hexagons of each area, from every pair; the services that anybody shares. */
static void expect_access(size_t type, int d, struct expected expected[AREAS], double *ret_supply) {
    static float weights[HEXAGONS]
                        [HEXAGONS]; /* of the step: 0, 0.22, 0.68 and 1 are told apart well enough */
    static double loads[HEXAGONS];
    struct geod_geodesic wgs84;
    geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
    *ret_supply = 0;
    for (int j = 0; j < HEXAGONS; j++) {
        loads[j] = 0;
        for (int i = 0; hexagons[j].weights[type] > 0 && i < HEXAGONS; i++) {
            double distance_m;
            geod_inverse(&wgs84, hexagons[i].at.y, hexagons[i].at.x, hexagons[j].at.y, hexagons[j].at.x,
                         &distance_m, NULL, NULL);
            double weight = step_weight(distance_m, THRESHOLDS_M[d]);
            weights[i][j] = (float)weight;
            loads[j] += hexagons[i].population * weight;
        }
        *ret_supply += loads[j] > 0 ? hexagons[j].weights[type] : 0;
    }
    for (int i = 0; i < HEXAGONS; i++) {
        for (int j = 0; j < HEXAGONS; j++) {
            double weight = weights[i][j] == 1.0F  ? 1
                            : weights[i][j] > 0.5F ? 0.68
                            : weights[i][j] > 0    ? 0.22
                                                   : 0;
            if (hexagons[j].weights[type] > 0 && loads[j] > 0)
                expected[hexagons[i].area].access[d] +=
                    hexagons[i].population * weight * hexagons[j].weights[type] / loads[j];
        }
    }
}

static void expect(size_t type, struct expected expected[AREAS]) {
    struct geod_geodesic wgs84;
    geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
    memset(expected, 0, AREAS * sizeof *expected);
    for (int i = 0; i < HEXAGONS; i++) {
        struct expected *of_area = &expected[hexagons[i].area];
        double people = hexagons[i].population, least_m = INFINITY, reach[THRESHOLDS] = {0};
        int services[THRESHOLDS] = {0};
        for (int j = 0; j < HEXAGONS; j++) {
            double distance_m;
            if (!(hexagons[j].weights[type] > 0))
                continue; /* no school there */
            geod_inverse(&wgs84, hexagons[i].at.y, hexagons[i].at.x, hexagons[j].at.y, hexagons[j].at.x,
                         &distance_m, NULL, NULL);
            least_m = fmin(least_m, distance_m);
            for (int d = 0; d < THRESHOLDS; d++) {
                if (distance_m > THRESHOLDS_M[d])
                    continue;
                services[d]++;
                reach[d] += hexagons[j].weights[type];
            }
        }
        of_area->population += people;
        of_area->nearest += people * least_m;
        for (int d = 0; d < THRESHOLDS; d++) {
            of_area->within[d] += services[d] >= 1 ? people : 0;
            of_area->within2[d] += services[d] >= 2 ? people : 0;
            of_area->uncovered[d] += services[d] == 0 ? people : 0;
            of_area->reach[d] += people * reach[d];
        }
    }
}

static void assert_same(const struct sg_measures *measures, enum sg_measure measure, size_t type,
                        size_t threshold, int area, double expected) {
    double actual = sg_measures_row(measures, measure, type, threshold)[area];
    if (fabs(actual - expected) > 1e-9 * fabs(expected)) {
        print_error("%s of type %zu, threshold %zu, area %d: %.15g, from every pair %.15g\n",
                    sg_measure_info(measure)->suffix, type, threshold, area, actual, expected);
        fail();
    }
}

static void test_population_weighted_measures(void **state) {
    (void)state;
    read_hexagons();
    struct sg_context *context = test_context_new(0);
    struct sg_area_layer layer;
    make_areas(context, &layer);
    const struct sg_shape *shapes[AREAS];
    for (int a = 0; a < AREAS; a++)
        shapes[a] = &layer.areas[a].shape;
    struct sg_locator *locator;
    struct sg_inventory inventory;
    struct sg_tally *tally;
    struct sg_tally_options options = {0};
    struct sg_taxonomy taxonomy;
    struct sg_demand_layer places;
    struct sg_demand demand;
    struct sg_source source = {.path = test_shared("porto_alegre/poa_hexgrid.csv")};
    struct sg_demand_fields demand_fields = {.population = "population"};
    assert_ok(context, sg_locator_new(context, shapes, AREAS, SIZE_MAX, &locator));
    assert_true(sg_inventory_init(&inventory, AREAS, true));
    assert_ok(context, sg_tally_new(context, &layer, locator, &inventory, &options, &tally));
    assert_ok(context, sg_taxonomy_read(context, NULL, &taxonomy));
    read_services(context, &taxonomy, &inventory, tally, "schools", HEXAGONS);
    read_services(context, &taxonomy, &inventory, tally, "healthcare", HEXAGONS - 5);
    assert_ok(context, sg_demand_read(context, &source, &demand_fields, &places));
    assert_int_equal(places.feature_count, HEXAGONS);
    assert_ok(context, sg_demand_build(context, &layer, locator, &places, 0, &demand));
    struct sg_coverage_request request = {.thresholds_m = {THRESHOLDS_M[0], THRESHOLDS_M[1]},
                                          .threshold_count = THRESHOLDS,
                                          .access = {SG_ACCESS_E2SFCA, {SG_DECAY_STEP, NAN, NAN}}};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    struct sg_measures measures;
    assert_ok(context, sg_coverage_measure(context, &layer, &inventory, &demand, &request, &measures));

    static struct expected expected[AREAS];
    size_t compared = 0;
    for (size_t type = 0; type < TYPES; type++) {
        expect(type, expected);
        for (int d = 0; d < THRESHOLDS; d++) {
            double supply;
            expect_access(type, d, expected, &supply);
            if (d > 0)
                continue;
            assert_relative(measures.city[type].access_supply, supply, 1e-12, "services");
            assert_relative(measures.city[type].access_handed, supply, 1e-9, "services"); /* conservation */
        }
        for (int a = 0; a < AREAS; a++) {
            double people = expected[a].population;
            if (!(people > 0))
                continue;
            assert_relative(measures.population[a], people, 1e-12, "people");
            assert_same(&measures, SG_MEASURE_NEAREST, type, 0, a, expected[a].nearest / people);
            for (size_t d = 0; d < THRESHOLDS; d++) {
                assert_same(&measures, SG_MEASURE_WITHIN, type, d, a, 100 * expected[a].within[d] / people);
                assert_same(&measures, SG_MEASURE_WITHIN2, type, d, a, 100 * expected[a].within2[d] / people);
                assert_same(&measures, SG_MEASURE_UNCOVERED, type, d, a, expected[a].uncovered[d]);
                assert_same(&measures, SG_MEASURE_REACH, type, d, a, expected[a].reach[d] / people);
                assert_same(&measures, SG_MEASURE_ACCESS, type, d, a, 10000 * expected[a].access[d] / people);
            }
            compared++;
        }
        double counted = 0;
        for (int i = 0; i < HEXAGONS; i++)
            counted += hexagons[i].weights[type];
        assert_relative(measures.city[type].total_count, counted, 1e-12, "services");
    }
    print_message("%zu areas with people compared\n", compared);
    assert_true(compared >= 16);
    sg_measures_release(&measures);
    sg_demand_release(&demand);
    sg_demand_layer_release(&places);
    sg_taxonomy_release(&taxonomy);
    sg_tally_free(tally);
    sg_inventory_release(&inventory);
    sg_locator_free(locator);
    sg_area_layer_release(&layer);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_population_weighted_measures)};
    return cmocka_run_group_tests_name("real_porto_alegre", tests, NULL, NULL);
}
