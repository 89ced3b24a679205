/* Toronto: the 158 neighbourhoods, the 211 listing, the library branches, the 2021 tracts; against
   computations made here in another way (whole numbers, geod_inverse one by one, random points). */
#include <geodesic.h>

#include "measure/area_size.h"
#include "measure/coverage.h"
#include "measure/demand_builder.h"
#include "measure/site_tree.h"
#include "measure/tally.h"
#include "read/area_reader.h"
#include "read/collected_sites.h"
#include "read/demand_reader.h"
#include "support/test.h"

__extension__ typedef __int128 wide;

static struct geod_geodesic wgs84;

static void read_areas(struct sg_area_layer *layer) {
    struct sg_context *context = test_context_new(0);
    struct sg_source source = {.path = test_shared("toronto/boundaries/neighbourhoods_158_4326.geojson")};
    struct sg_area_fields fields = {.id = "AREA_SHORT_CODE"};
    assert_ok(context, sg_areas_read(context, &source, &fields, layer));
    assert_ok(context, sg_areas_measure(context, layer));
    assert_int_equal(layer->area_count, 158);
    sg_context_free(context);
}

static struct sg_locator *locator_of(const struct sg_area_layer *layer) {
    struct sg_context *context = test_context_new(1);
    const struct sg_shape *shapes[158];
    for (size_t a = 0; a < 158; a++)
        shapes[a] = &layer->areas[a].shape;
    struct sg_locator *locator;
    assert_ok(context, sg_locator_new(context, shapes, 158, SIZE_MAX, &locator));
    sg_context_free(context);
    return locator;
}

/* ---- exactly: longitudes of 64 to 128 degrees are multiples of 2^-46, latitudes of 32 to 64 of 2^-47 ----
 */

struct whole_point {
    int64_t x, y;
};

static bool is_whole(struct sg_point point) {
    return fabs(point.x) >= 64 && fabs(point.x) < 128 && fabs(point.y) >= 32 && fabs(point.y) < 64;
}

static struct whole_point whole(struct sg_point point) {
    return (struct whole_point){(int64_t)ldexp(point.x, 46), (int64_t)ldexp(point.y, 47)};
}

static struct whole_point **whole_shapes(const struct sg_area_layer *layer) {
    struct whole_point **shapes = calloc(layer->area_count, sizeof *shapes);
    for (size_t a = 0; a < layer->area_count; a++) {
        uint32_t count = sg_shape_point_count(&layer->areas[a].shape);
        shapes[a] = calloc(count, sizeof **shapes);
        for (uint32_t i = 0; i < count; i++) {
            assert_true(is_whole(layer->areas[a].shape.points[i]));
            shapes[a][i] = whole(layer->areas[a].shape.points[i]);
        }
    }
    return shapes;
}

static void free_shapes(struct whole_point **shapes, size_t count) {
    for (size_t a = 0; a < count; a++)
        free(shapes[a]);
    free(shapes);
}

/* Half-open, even and odd, on every edge of the shape. */
static bool holds(const struct sg_shape *shape, const struct whole_point *points, struct whole_point p) {
    bool inside = false;
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        for (uint32_t i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++) {
            struct whole_point a = points[i], b = points[i + 1];
            if ((a.y <= p.y) == (b.y <= p.y))
                continue;
            wide turn = (wide)(b.x - a.x) * (p.y - a.y) - (wide)(b.y - a.y) * (p.x - a.x);
            inside ^= a.y <= p.y ? turn > 0 : turn < 0;
        }
    }
    return inside;
}

/* Every record of the 211 listing against every neighbourhood: 4,155 of 6,414 inside, and the same count in
 * each. */
static void test_counts_of_the_211_listing(void **state) {
    (void)state;
    struct sg_area_layer layer;
    read_areas(&layer);
    struct sg_locator *locator = locator_of(&layer);
    struct sg_site_fields fields = {.type_value = "Any"};
    struct collected found =
        collect(test_shared("toronto/services/2021_211_PeelYorkTO.csv"), &fields, NULL, SG_OK);
    struct sg_context *context = test_context_new(0);
    struct sg_inventory inventory;
    struct sg_tally *tally;
    struct sg_tally_options options = {0};
    static const uint16_t type = 0;
    assert_true(sg_inventory_init(&inventory, layer.area_count, true));
    assert_ok(context, sg_tally_new(context, &layer, locator, &inventory, &options, &tally));
    assert_ok(context, sg_tally_begin(tally, layer.crs));
    for (size_t i = 0; i < found.count; i++)
        found.entries[i].types = &type;
    struct sg_site_batch batch = {found.entries, found.count, 1};
    assert_ok(context, sg_tally_add(tally, &batch));

    struct whole_point **shapes = whole_shapes(&layer);
    double counts[158] = {0};
    size_t inside = 0, read = 0;
    for (size_t i = 0; i < found.count; i++) {
        read++;
        if (!is_whole(found.entries[i].point))
            continue; /* not in Ontario's south: no neighbourhood is there */
        struct whole_point p = whole(found.entries[i].point);
        for (size_t a = 0; a < 158; a++) {
            if (holds(&layer.areas[a].shape, shapes[a], p)) {
                counts[a]++;
                inside++;
            }
        }
    }
    assert_int_equal(read, 6414);
    assert_int_equal(inside, 4155);
    for (size_t a = 0; a < 158; a++)
        assert_near(inventory.counts[0][a], counts[a], 0, "services");
    assert_near(inventory.all_total, 4155, 0, "services");
    free_shapes(shapes, 158);
    sg_tally_free(tally);
    sg_inventory_release(&inventory);
    sg_locator_free(locator);
    sg_area_layer_release(&layer);
    collected_release(&found);
    sg_context_free(context);
}

static void test_a_million_points(void **state) {
    (void)state;
    struct sg_area_layer layer;
    read_areas(&layer);
    struct sg_locator *locator = locator_of(&layer);
    struct whole_point **shapes = whole_shapes(&layer);
    struct test_random random = test_random_new(16);
    size_t inside = 0;
    for (int i = 0; i < 1000000; i++) {
        struct sg_point point = {test_random_between(&random, layer.extent.min_x, layer.extent.max_x),
                                 test_random_between(&random, layer.extent.min_y, layer.extent.max_y)};
        if (i % 100 == 0) { /* a vertex, or level with one */
            const struct sg_shape *shape = &layer.areas[test_random_index(&random, 158)].shape;
            struct sg_point vertex = shape->points[test_random_index(&random, sg_shape_point_count(shape))];
            point.y = vertex.y;
            if (i % 200 == 0)
                point.x = vertex.x;
        }
        struct whole_point p = whole(point);
        uint32_t expected = SG_NOWHERE;
        for (uint32_t a = 0; a < 158 && expected == SG_NOWHERE; a++) {
            if (sg_box_holds(&layer.areas[a].box, point) && holds(&layer.areas[a].shape, shapes[a], p))
                expected = a;
        }
        if (sg_locate(locator, point) != expected)
            fail_msg("%.17g %.17g is in area %u, not %u", point.x, point.y, expected,
                     sg_locate(locator, point));
        inside += expected != SG_NOWHERE;
    }
    print_message("%zu of 1000000 points inside\n", inside);
    free_shapes(shapes, 158);
    sg_locator_free(locator);
    sg_area_layer_release(&layer);
}

/* ---- distances and areas ---- */

static double inverse(struct sg_point a, struct sg_point b) {
    double distance_m;
    geod_inverse(&wgs84, a.y, a.x, b.y, b.x, &distance_m, NULL, NULL);
    return distance_m;
}

static void test_distances(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_site_fields fields = {.type_value = "Any"};
    struct collected found =
        collect(test_shared("toronto/services/2021_211_PeelYorkTO.csv"), &fields, NULL, SG_OK);
    struct sg_tree_service *services = calloc(found.count, sizeof *services);
    size_t count = 0;
    for (size_t i = 0; i < found.count; i++) {
        if (found.entries[i].outcome == SG_SITE_COUNTED)
            services[count++] = (struct sg_tree_service){found.entries[i].point, 1, (uint32_t)i};
    }
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_site_tree *tree;
    assert_ok(context, sg_site_tree_new(context, &ellipsoid, services, count, &tree));
    struct test_random random = test_random_new(17);
    struct sg_threshold kilometre = sg_threshold_from(&ellipsoid, 1000);
    for (int i = 0; i < 300; i++) {
        struct sg_point point = {test_random_between(&random, -79.64, -79.11),
                                 test_random_between(&random, 43.58, 43.86)};
        double least_m = INFINITY;
        size_t within = 0;
        for (size_t s = 0; s < count; s++) {
            double distance_m = inverse(point, services[s].lon_lat_deg);
            least_m = fmin(least_m, distance_m);
            within += distance_m <= 1000 + 1e-6;
        }
        struct sg_search_point from = sg_search_point_from(&ellipsoid, point);
        uint32_t place;
        assert_near(sg_site_tree_nearest(tree, &from, &place), least_m, 0.001, "m");
        assert_int_equal(sg_site_tree_within(tree, &from, &kilometre).services, within);
    }
    sg_site_tree_free(tree);
    free(services);
    collected_release(&found);
    sg_context_free(context);
}

static void test_areas(void **state) {
    (void)state;
    struct sg_area_layer layer;
    read_areas(&layer);
    double total_km2 = 0;
    for (size_t a = 0; a < 158; a++) {
        const struct sg_shape *shape = &layer.areas[a].shape;
        double expected_m2 = 0;
        for (uint32_t p = 0; p < shape->polygon_count; p++) {
            for (uint32_t r = shape->polygon_starts[p]; r < shape->polygon_starts[p + 1]; r++) {
                struct geod_polygon polygon;
                double area_m2;
                geod_polygon_init(&polygon, 0);
                for (uint32_t i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++)
                    geod_polygon_addpoint(&wgs84, &polygon, shape->points[i].y, shape->points[i].x);
                geod_polygon_compute(&wgs84, &polygon, 0, 1, &area_m2, NULL);
                expected_m2 += r == shape->polygon_starts[p] ? fabs(area_m2) : -fabs(area_m2);
            }
        }
        assert_relative(layer.areas[a].area_km2, expected_m2 / 1e6, 1e-9, "km2");
        total_km2 += layer.areas[a].area_km2;
    }
    /* Statistics Canada's 2021 census gives the city 631.1 km2 of land; the neighbourhoods hold some water as
     * well */
    assert_near(total_km2, 641, 11, "km2");
    sg_area_layer_release(&layer);
}

/* ---- tracts as demand polygons ---- */

enum { AREAS = 158, LIBRARIES = 100 };

/* Mean distance to the nearest library, by area, with people spread over so many points a tract. */
static void measure_with_grid(struct sg_area_layer *layer, struct sg_locator *locator,
                              struct sg_inventory *inventory, const struct sg_demand_layer *tracts,
                              size_t grid_points, double nearest_m[AREAS], double population[AREAS],
                              struct sg_city_measures *ret_city) {
    struct sg_context *context = test_context_new(0);
    struct sg_demand demand;
    assert_ok(context, sg_demand_build(context, layer, locator, tracts, grid_points, &demand));
    struct sg_coverage_request request = {.thresholds_m = {1000}, .threshold_count = 1};
    request.wants[SG_MEASURE_NEAREST] = request.wants[SG_MEASURE_WITHIN] = true;
    struct sg_measures measures;
    assert_ok(context, sg_coverage_measure(context, layer, inventory, &demand, &request, &measures));
    memcpy(nearest_m, sg_measures_row(&measures, SG_MEASURE_NEAREST, 0, 0), AREAS * sizeof *nearest_m);
    memcpy(population, measures.population, AREAS * sizeof *population);
    *ret_city = measures.city[0];
    double inside = 0;
    for (int a = 0; a < AREAS; a++)
        inside += isfinite(population[a]) ? population[a] : 0;
    assert_relative(inside + demand.outside_population, 2794093.0, 1e-9, "people"); /* nobody is lost */
    sg_measures_release(&measures);
    sg_demand_release(&demand);
    sg_context_free(context);
}

/* Flat ground about 43.7 N, with the ellipsoid's two radii there: good to a part in a thousand over a few
 * kilometres. */
static double flat_distance(struct sg_point a, struct sg_point b) {
    const double along_m = 110574.3 + 1117.5 * 0.4773, across_m = 111319.5 * 0.72297 * 1.00160;
    return hypot((a.x - b.x) * across_m, (a.y - b.y) * along_m);
}

/* The same by chance: 300 random points in each tract, each searched among all libraries and all areas. */
static void measure_by_chance(const struct sg_area_layer *layer, const struct sg_demand_layer *tracts,
                              const struct sg_inventory *inventory, double nearest_m[AREAS]) {
    struct test_random random = test_random_new(18);
    double sums[AREAS] = {0}, people[AREAS] = {0};
    for (size_t t = 0; t < tracts->feature_count; t++) {
        const struct sg_demand_feature *tract = &tracts->features[t];
        struct sg_box box = sg_shape_envelope(&tract->shape);
        for (int i = 0; i < 300;) {
            struct sg_point point = {test_random_between(&random, box.min_x, box.max_x),
                                     test_random_between(&random, box.min_y, box.max_y)};
            if (!sg_shape_holds(&tract->shape, point))
                continue;
            i++;
            double least_m = INFINITY;
            for (size_t s = 0; s < inventory->site_count; s++)
                least_m = fmin(least_m, flat_distance(point, inventory->sites[s].lon_lat_deg));
            for (int a = 0; a < AREAS; a++) {
                if (!sg_box_holds(&layer->areas[a].box, point)
                    || !sg_shape_holds(&layer->areas[a].shape, point))
                    continue;
                sums[a] += tract->population * least_m;
                people[a] += tract->population;
            }
        }
    }
    for (int a = 0; a < AREAS; a++)
        nearest_m[a] = sums[a] / people[a];
}

static double largest_difference(const double *a, const double *b) {
    double largest = 0;
    for (int i = 0; i < AREAS; i++)
        largest = fmax(largest, fabs(a[i] - b[i]));
    return largest;
}

static void test_tracts_converge(void **state) {
    (void)state;
    struct sg_area_layer layer;
    read_areas(&layer);
    struct sg_locator *locator = locator_of(&layer);
    struct sg_context *context = test_context_new(0);
    struct sg_demand_layer tracts;
    struct sg_source source = {.path = test_shared("toronto/profiles/ct_2021_immigrant_low_income.geojson")};
    struct sg_demand_fields demand_fields = {.population = "Pop"};
    assert_ok(context, sg_demand_read(context, &source, &demand_fields, &tracts));
    assert_int_equal(tracts.feature_count, 583);
    struct sg_site_fields fields = {.type_value = "Library"};
    struct collected found =
        collect(test_shared("toronto/services/tpl_branches.geojson"), &fields, NULL, SG_OK);
    struct sg_inventory inventory;
    assert_true(sg_inventory_init(&inventory, AREAS, true) && sg_inventory_add_types(&inventory, 1));
    for (size_t i = 0; i < found.count; i++) {
        if (found.entries[i].outcome != SG_SITE_COUNTED)
            continue; /* the hospital's deposit library has no place */
        uint16_t type = 0;
        uint32_t area = sg_locate(locator, found.entries[i].point);
        struct sg_site site = {
            .point = found.entries[i].point, .lon_lat_deg = found.entries[i].point, .weight = 1};
        assert_true(sg_inventory_add(&inventory, &site, &type, 1, &area, area != SG_NOWHERE));
    }
    assert_int_equal(inventory.site_count, LIBRARIES);

    double nearest_m[3][AREAS], population[3][AREAS], chance_m[AREAS];
    struct sg_city_measures city[3];
    static const size_t grids[] = {100, 400, 1600};
    for (int g = 0; g < 3; g++)
        measure_with_grid(&layer, locator, &inventory, &tracts, grids[g], nearest_m[g], population[g],
                          &city[g]);
    double coarse_m = largest_difference(nearest_m[0], nearest_m[2]),
           fine_m = largest_difference(nearest_m[1], nearest_m[2]);
    print_message("largest difference to 1600 points a tract: %.2f m with 100, %.2f m with 400; within 1 km "
                  "%.3f %.3f %.3f%%\n",
                  coarse_m, fine_m, 100 - city[0].uncovered_pct, 100 - city[1].uncovered_pct,
                  100 - city[2].uncovered_pct);
    assert_true(fine_m < coarse_m);
    assert_true(fine_m < 20);
    assert_near(city[1].uncovered_pct, city[2].uncovered_pct, 0.1, "%");
    assert_near(city[1].nearest_median_m, city[2].nearest_median_m, 2, "m");
    measure_by_chance(&layer, &tracts, &inventory, chance_m);
    double sum = 0, chance_sum = 0, people = 0;
    for (int a = 0; a < AREAS; a++) {
        sum += nearest_m[2][a] * population[2][a];
        chance_sum += chance_m[a] * population[2][a];
        people += population[2][a];
    }
    print_message("mean distance %.2f m by grid, %.2f m by chance; largest difference of an area %.1f m\n",
                  sum / people, chance_sum / people, largest_difference(nearest_m[2], chance_m));
    assert_near(sum / people, chance_sum / people, 6, "m");
    assert_true(largest_difference(nearest_m[2], chance_m)
                < 80); /* some 1,000 points each, 400 m of spread */
    sg_inventory_release(&inventory);
    collected_release(&found);
    sg_demand_layer_release(&tracts);
    sg_context_free(context);
    sg_locator_free(locator);
    sg_area_layer_release(&layer);
}

static int set_up(void **state) {
    (void)state;
    geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_of_the_211_listing),
        cmocka_unit_test(test_a_million_points),
        cmocka_unit_test(test_distances),
        cmocka_unit_test(test_areas),
        cmocka_unit_test(test_tracts_converge),
    };
    return cmocka_run_group_tests_name("real_toronto", tests, set_up, NULL);
}
