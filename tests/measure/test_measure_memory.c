/* Out of memory, allocation after allocation: locators, trees, grids, demand, tallies, coverage. */
#include "job/check.h"
#include "job/report_form.h"
#include "measure/border_distance.h"
#include "measure/catchments.h"
#include "measure/contiguity.h"
#include "measure/coverage.h"
#include "measure/demand_builder.h"
#include "measure/partition_check.h"
#include "measure/region_coverage.h"
#include "measure/region_shares.h"
#include "measure/shape_grid.h"
#include "measure/site_catchments.h"
#include "measure/site_tree.h"
#include "measure/street_stretches.h"
#include "measure/street_travel.h"
#include "measure/tally.h"
#include "support/failing_alloc.h"
#include "support/street_town.h"
#include "support/test.h"
#include "support/town.h"

struct setting {
    struct test_town town;
    const struct sg_shape *shapes[TOWN_AREAS];
    struct sg_locator *locator;
};

static enum sg_status make_locator(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_locator *locator = NULL;
    enum sg_status status = sg_locator_new(context, setting->shapes, TOWN_AREAS, SIZE_MAX, &locator);
    assert_int_equal(status == SG_OK, locator != NULL);
    sg_locator_free(locator);
    return status;
}

static enum sg_status find_neighbours(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_neighbours neighbours = {0};
    enum sg_status status = sg_contiguity_of_areas(context, &setting->town.layer, &neighbours);
    assert_int_equal(status == SG_OK, neighbours.ids != NULL);
    sg_neighbours_release(&neighbours);
    return status;
}

static enum sg_status make_tree(struct sg_context *context, void *user) {
    (void)user;
    struct sg_tree_service services[60];
    for (uint32_t i = 0; i < 60; i++)
        services[i] = (struct sg_tree_service){{10 + 0.001 * i, 0.0007 * (i % 9)}, 1, i};
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_site_tree *tree = NULL;
    enum sg_status status = sg_site_tree_new(context, &ellipsoid, services, 60, &tree);
    assert_int_equal(status == SG_OK, tree != NULL);
    sg_site_tree_free(tree);
    return status;
}

static enum sg_status make_grid(struct sg_context *context, void *user) {
    (void)context;
    struct setting *setting = user;
    struct sg_point *points = NULL;
    size_t count = 0;
    bool done = sg_grid_in_shape(setting->shapes[0], true, 0.0001, 400, &points, &count);
    if (!done)
        assert_null(points);
    sg_free(points);
    return done ? SG_OK : SG_NO_MEMORY;
}

static enum sg_status make_demand(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_demand_feature features[] = {{.point = {9.99, -0.01}, .population = 30, .need = NAN},
                                           {.shape = *setting->shapes[4], .population = 50, .need = NAN}};
    struct sg_demand_layer source = {
        .features = features, .feature_count = 2, .crs = setting->town.layer.crs};
    struct sg_demand demand = {0};
    enum sg_status status =
        sg_demand_build(context, &setting->town.layer, setting->locator, &source, 100, &demand);
    if (status != SG_OK)
        assert_null(demand.points);
    sg_demand_release(&demand);
    return status;
}

static enum sg_status make_tally(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_inventory inventory;
    struct sg_tally *tally = NULL;
    struct sg_tally_options options = {.drop_duplicates = true};
    static const uint16_t type = 1;
    struct sg_site_entry entries[30];
    for (uint32_t i = 0; i < 30; i++)
        entries[i] = (struct sg_site_entry){.point = {9.99 + 0.001 * i, 0},
                                            .weight = 1,
                                            .record = i + 1,
                                            .types = &type,
                                            .type_count = 1,
                                            .organization = i % 5};
    if (!sg_inventory_init(&inventory, TOWN_AREAS, true))
        return SG_NO_MEMORY;
    enum sg_status status =
        sg_tally_new(context, &setting->town.layer, setting->locator, &inventory, &options, &tally);
    if (status == SG_OK)
        status = sg_tally_begin(tally, setting->town.layer.crs);
    struct sg_site_batch batch = {entries, 30, 2};
    if (status == SG_OK)
        status = sg_tally_add(tally, &batch);
    sg_tally_free(tally);
    sg_inventory_release(&inventory);
    return status;
}

static enum sg_status measure(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_coverage_request request = {.thresholds_m = {800, 1200}, .threshold_count = 2};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    struct sg_measures measures = {0};
    enum sg_status status = sg_coverage_measure(context, &setting->town.layer, &setting->town.inventory,
                                                &setting->town.demand, &request, &measures);
    if (status != SG_OK)
        assert_null(measures.states);
    sg_measures_release(&measures);
    return status;
}

/* The same along paths: every point to both sites, area 3 without any. */
static enum sg_status measure_travel(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_coverage_request request = {.thresholds_m = {800}, .threshold_count = 1};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    size_t types = setting->town.inventory.type_count;
    double nearest[4 * TOWN_AREAS], costs[TOWN_AREAS * 2];
    size_t starts[TOWN_AREAS + 1];
    uint32_t sites[TOWN_AREAS * 2];
    assert_true(types + 1 <= 4 && setting->town.inventory.site_count >= 2);
    for (size_t i = 0; i < (types + 1) * TOWN_AREAS; i++)
        nearest[i] = i % TOWN_AREAS == 3 ? INFINITY : 10.0 * (double)i;
    for (size_t i = 0; i < TOWN_AREAS; i++) {
        starts[i] = 2 * i;
        sites[2 * i] = 0, sites[2 * i + 1] = 1;
        costs[2 * i] = 100, costs[2 * i + 1] = 700;
    }
    starts[TOWN_AREAS] = 2 * TOWN_AREAS;
    struct sg_travel travel = {.way = SG_WAY_STREETS,
                               .row_count = TOWN_AREAS,
                               .type_count = types,
                               .limit = 800,
                               .nearest = nearest,
                               .starts = starts,
                               .sites = sites,
                               .costs = costs};
    request.travel = &travel;
    struct sg_measures measures = {0};
    enum sg_status status = sg_coverage_measure(context, &setting->town.layer, &setting->town.inventory,
                                                &setting->town.demand, &request, &measures);
    if (status == SG_OK)
        assert_near(sg_measures_row(&measures, SG_MEASURE_UNREACHED, types, 0)[3], 100, 0, "%");
    else
        assert_null(measures.states);
    sg_measures_release(&measures);
    return status;
}

/* Two strips that divide the town, from polygons to measures. */
static enum sg_status measure_regions(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_coverage_request request = {.thresholds_m = {800}, .threshold_count = 1};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    const struct sg_shape shapes[2] = {*setting->shapes[0], *setting->shapes[4]};
    struct sg_region regions[2] = {{.shape = shapes[0]}, {.shape = shapes[1]}};
    static char names[2][5] = {"West", "East"};
    regions[0].name = names[0];
    regions[1].name = names[1];
    struct sg_area_layer layer = setting->town.layer;
    layer.regions = regions;
    layer.region_count = 2;
    struct sg_measures city = {0};
    struct sg_region_parts parts = {0};
    struct sg_region_coverage coverage = {0};
    const struct sg_shape all[3] = {shapes[0], shapes[1], shapes[0]};
    enum sg_status status = sg_regions_share(context, &layer);
    if (status == SG_OK)
        status = sg_coverage_measure(context, &layer, &setting->town.inventory, &setting->town.demand,
                                     &request, &city);
    if (status == SG_OK)
        status = sg_region_parts_make(context, &layer, &city, &parts);
    if (status == SG_OK)
        status = sg_region_coverage_measure(context, &layer, &parts, all, &setting->town.inventory,
                                            &setting->town.demand, &city, &request, &coverage);
    if (status == SG_OK)
        assert_int_equal(coverage.layer.area_count, 3); /* two, and the rest */
    sg_region_coverage_release(&coverage);
    sg_region_parts_release(&parts);
    sg_measures_release(&city);
    for (int r = 0; r < 2; r++) {
        sg_free(regions[r].areas);
        sg_free(regions[r].shares);
    }
    return status;
}

/* The town with its middle left out and two areas moved: a gap and overlaps. */
static enum sg_status check_partition(struct sg_context *context, void *user) {
    struct sg_area_layer *layer = user;
    struct sg_partition partition = {0};
    enum sg_status status = sg_partition_check(context, layer, &partition);
    if (status == SG_OK) {
        assert_int_equal(partition.overlap_count, 2); /* 0 on 1, and 2 on 5 */
        assert_int_equal(partition.gap_count, 1);
    } else {
        assert_null(partition.overlaps);
        assert_null(partition.gaps);
    }
    sg_partition_release(&partition);
    return status;
}

static enum sg_status make_borders(struct sg_context *context, void *user) {
    struct sg_borders *borders = NULL;
    enum sg_status status = sg_borders_new(context, user, &borders);
    assert_int_equal(status == SG_OK, borders != NULL);
    sg_borders_free(borders);
    return status;
}

static enum sg_status check_sites(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_check check = {.wants_problems = true};
    struct sg_site_entry entry = {.point = {10, 0}};
    struct sg_site_batch batch = {&entry, 1, 1};
    enum sg_status status = sg_check_begin(context, &check, setting->town.layer.crs);
    if (status == SG_OK)
        status = sg_check_add(context, &check, &batch);
    if (status == SG_OK) {
        status = sg_check_finish(context, &check, &setting->town.layer, &setting->town.inventory);
    }
    if (status == SG_OK)
        assert_int_equal(check.inputs[0].coarse_count, 1);
    sg_check_release(&check);
    return status;
}

static enum sg_status fill_form(struct sg_context *context, void *user) {
    (void)context;
    struct sg_report_form form = {.is_json = user != NULL, .indent = 2, .width = 10};
    sg_text_init(&form.out);
    sg_form_open(&form, NULL, '{');
    sg_form_line(&form, "%0200d", 7);
    sg_form_text(&form, "key", "label", "a \"text\"");
    sg_form_say(&form, "label", "%0300d", 7);
    sg_form_number(&form, "nothing", NAN);
    sg_form_close(&form, '{');
    if (!form.out.failed && user != NULL)
        assert_string_equal(form.out.bytes, "{\n\"key\": \"a \\\"text\\\"\",\n\"nothing\": null}");
    enum sg_status status = form.out.failed ? SG_NO_MEMORY : SG_OK;
    sg_text_release(&form.out);
    return status;
}

static void test_check(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct setting setting;
    test_fail_allocation(0);
    test_town_init(context, &setting.town, 1);
    test_town_add(&setting.town, 4, 0, 1);
    assert_true(test_every_allocation(check_sites, &setting) >= 10);
    struct sg_area *areas = setting.town.layer.areas;
    sg_shape_release(&areas[4].shape);
    for (uint32_t i = 0; i < sg_shape_point_count(&areas[0].shape); i++)
        areas[0].shape.points[i].x += 0.001;
    for (uint32_t i = 0; i < sg_shape_point_count(&areas[2].shape); i++)
        areas[2].shape.points[i].y += 0.001;
    for (int a = 0; a < TOWN_AREAS; a++)
        areas[a].box = sg_shape_envelope(&areas[a].shape);
    assert_true(test_every_allocation(check_partition, &setting.town.layer) >= 10);
    double north = areas[3].box.max_y; /* a hairline to the gap */
    for (uint32_t i = 0; i < sg_shape_point_count(&areas[3].shape); i++)
        areas[3].shape.points[i].y -= areas[3].shape.points[i].y == north ? 0.000005 : 0;
    assert_true(test_every_allocation(check_partition, &setting.town.layer) >= 20);
    assert_true(test_every_allocation(make_borders, &setting.town.layer) >= 5);
    assert_true(test_every_allocation(fill_form, NULL) >= 2);
    test_every_allocation(fill_form, context);
    test_town_release(&setting.town);
    sg_context_free(context);
}

/* A town of streets with people and services; made once, without failures. */
static void make_street_town(struct street_town *town) {
    *town = street_town_new();
    for (int i = 0; i < 12; i++) {
        STREET(town, {0.001 * i, 0}, {0.001 * i, 0.0005}, {0.001 * i, 0.011});
        STREET(town, {0, 0.001 * i}, {0.011, 0.001 * i});
        street_town_add_point(town, 0.00095 * i, 0.0004 * i);
        street_town_add_site(town, 0.0003 * i, 0.0009 * i, (uint16_t)(i % 2), 1);
    }
    ONE_WAY(town, {0, 0}, {0.001, 0.011}, {0, 0});
    STREET(town, {0.02, 0}, {0.0205, 0}); /* a piece of its own */
}

static enum sg_status travel(struct sg_context *context, void *user) {
    struct street_town *town = user;
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_street_graph graph = {0};
    struct sg_travel found = {0};
    struct sg_street_report report = {0};
    enum sg_status status = sg_street_graph_build(context, &town->layer, &ellipsoid, false, &graph);
    struct sg_street_left_out left_out;
    if (status == SG_OK)
        status = sg_street_graph_leave_out(context, &graph, 100, &left_out);
    if (status == SG_OK)
        status = sg_streets_travel(context, &graph, &town->demand, &town->inventory, 2, &town->request,
                                   &found, &report);
    if (status != SG_OK) {
        assert_null(found.nearest);
        assert_null(report.point_states);
    }
    sg_street_graph_release(&graph);
    sg_travel_release(&found);
    sg_street_report_release(&report);
    return status;
}

static enum sg_status outline(struct sg_context *context, void *user) {
    struct street_town *town = user;
    const double threshold = 400;
    struct sg_catchments catchments = {0};
    const struct sg_catchment_request request = {.ellipsoid = sg_ellipsoid_wgs84(),
                                                 .extent = {0, 0, 0.002, 0.002},
                                                 .type_count = 2,
                                                 .thresholds = &threshold,
                                                 .threshold_count = 1,
                                                 .graph = town->graph.edge_count > 0 ? &town->graph : NULL,
                                                 .streets = town->request};
    enum sg_status status = sg_catchments_find(context, &town->inventory, &request, &catchments);
    if (status != SG_OK)
        assert_null(catchments.shapes);
    sg_catchments_release(&catchments);
    return status;
}

static enum sg_status outline_sites(struct sg_context *context, void *user) {
    struct street_town *town = user;
    const double threshold = 400;
    struct sg_site_catchments catchments = {0};
    const struct sg_catchment_request request = {.ellipsoid = sg_ellipsoid_wgs84(),
                                                 .thresholds = &threshold,
                                                 .threshold_count = 1,
                                                 .graph = town->graph.edge_count > 0 ? &town->graph : NULL,
                                                 .streets = town->request};
    enum sg_status status = sg_site_catchments_find(context, &town->inventory, &town->demand, &town->travel,
                                                    &request, &catchments);
    if (status != SG_OK)
        assert_null(catchments.shapes);
    sg_site_catchments_release(&catchments);
    return status;
}

static enum sg_status stretch(struct sg_context *context, void *user) {
    struct street_town *town = user;
    const double threshold = 400;
    struct sg_shape shapes[3] = {{0}};
    const struct sg_catchment_request request = {.ellipsoid = sg_ellipsoid_wgs84(),
                                                 .type_count = 2,
                                                 .thresholds = &threshold,
                                                 .threshold_count = 1,
                                                 .graph = &town->graph,
                                                 .streets = town->request};
    enum sg_status status = sg_street_stretches_find(context, &town->inventory, &request, shapes);
    for (int i = 0; i < 3; i++) {
        if (status != SG_OK)
            assert_null(shapes[i].points);
        sg_shape_release(&shapes[i]);
    }
    return status;
}

static void test_streets(void **state) {
    (void)state;
    struct street_town town;
    make_street_town(&town);
    assert_true(test_every_allocation(travel, &town) >= 40);
    assert_true(test_every_allocation(outline, &town) >= 30); /* circles */
    assert_true(test_every_allocation(outline_sites, &town) >= 30);
    street_town_travel(&town, 2, 1);
    assert_true(test_every_allocation(outline, &town) >= 30); /* along streets */
    assert_true(test_every_allocation(outline_sites, &town) >= 30);
    assert_true(test_every_allocation(stretch, &town) >= 20);
    street_town_release(&town);
}

static void test_all(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct setting setting;
    test_fail_allocation(0);
    test_town_init(context, &setting.town, 2);
    test_town_add(&setting.town, 4, 0, 1);
    test_town_add_both(&setting.town, 8, 0, 1, 2);
    for (int a = 0; a < TOWN_AREAS; a++)
        setting.shapes[a] = &setting.town.layer.areas[a].shape;
    assert_ok(context, sg_locator_new(context, setting.shapes, TOWN_AREAS, SIZE_MAX, &setting.locator));
    assert_true(test_every_allocation(make_locator, &setting) >= 5);
    assert_true(test_every_allocation(find_neighbours, &setting) >= 5);
    assert_true(test_every_allocation(make_tree, NULL) >= 4);
    assert_true(test_every_allocation(make_grid, &setting) >= 2);
    assert_true(test_every_allocation(make_demand, &setting) >= 8);
    assert_true(test_every_allocation(make_tally, &setting) >= 10);
    assert_true(test_every_allocation(measure, &setting) >= 20);
    assert_true(test_every_allocation(measure_travel, &setting) >= 60);
    assert_true(test_every_allocation(measure_regions, &setting) >= 60);
    sg_locator_free(setting.locator);
    test_town_release(&setting.town);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all), cmocka_unit_test(test_check),
                                       cmocka_unit_test(test_streets)};
    return cmocka_run_group_tests_name("measure_memory", tests, NULL, NULL);
}
