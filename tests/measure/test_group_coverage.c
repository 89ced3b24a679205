/* Groups of people and moved thresholds in the town of nine squares, by hand; and against the coverage
 * itself. */
#include "measure/group_coverage.h"

#include "judge/disparity.h"
#include "judge/group_table.h"
#include "measure/coverage.h"
#include "measure/shifted_supply.h"
#include "support/test.h"
#include "support/town.h"

static struct sg_measures measure(struct sg_context *context, const struct test_town *town,
                                  double threshold_m) {
    struct sg_coverage_request request = {.thresholds_m = {threshold_m}, .threshold_count = 1};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = m != SG_MEASURE_ACCESS;
    struct sg_measures measures;
    assert_ok(context, sg_coverage_measure(context, &town->layer, &town->inventory, &town->demand, &request,
                                           &measures));
    return measures;
}

/* A service in the middle of the town and a threshold of 1,200 m: the areas beside it reach it, the corners
   do not. A tenth of area 1's people are in the group, two tenths of area 2's and so on: 0, 20, 60, 120, 200,
   300, 420, 560, 720 of 2,400. */
static void test_by_hand(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(2);
    struct test_town town;
    test_town_init(context, &town, 2);
    test_town_add(&town, 4, 0, 1);
    struct sg_measures measures = measure(context, &town, 1200);
    double shares[TOWN_AREAS], partly[TOWN_AREAS];
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        shares[a] = (double)a / 10;
        partly[a] = a == 8 ? NAN : 0.5;
    }
    struct sg_group groups[] = {{"group", "group", "GRO", shares}, {"partly", "partly", "PAR", partly}};
    struct sg_group_coverage coverage;
    assert_ok(context, sg_group_coverage_measure(context, &town.layer, &town.inventory, &town.demand, NULL,
                                                 &measures, groups, 2, &coverage));
    assert_int_equal(coverage.group_count, 3);
    const struct sg_group_figures *own = sg_group_city(&coverage, 0, 0);
    assert_near(own->people, 2400, 1e-9, "people");
    assert_near(own->within_pct, 50, 1e-9, "%"); /* 20 + 120 + 200 + 300 + 560 */
    assert_near(own->within2_pct, 0, 0, "%");
    assert_near(own->uncovered, 1200, 1e-9, "people");
    assert_near(own->reach, 0.5, 1e-12, "services");
    assert_near(own->nearest,
                (TOWN_NORTH_M * (20 + 560) + TOWN_EAST_M * (120 + 300) + TOWN_DIAGONAL_M * (60 + 420 + 720))
                    / 2400,
                0.001, "m");
    assert_near(own->nearest_median, TOWN_EAST_M, 0.001, "m"); /* 200 + 580 + 420 are the half */
    assert_near(own->nearest_p90, TOWN_DIAGONAL_M, 0.001, "m");
    /* everyone is as the coverage says */
    const struct sg_group_figures *everyone = sg_group_city(&coverage, 2, 0);
    assert_near(everyone->people, 4500, 1e-9, "people");
    assert_near(everyone->uncovered, measures.city[0].uncovered, 1e-9, "people");
    assert_near(everyone->nearest_median, measures.city[0].nearest_median_m, 1e-9, "m");
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        const struct sg_group_figures *area = sg_group_area(&coverage, 2, 0, a);
        assert_near(area->within_pct, sg_measures_row(&measures, SG_MEASURE_WITHIN, 0, 0)[a], 1e-9, "%");
        assert_near(area->reach, sg_measures_row(&measures, SG_MEASURE_REACH, 0, 0)[a], 1e-9, "services");
    }
    /* nobody of the group in area 0, and nothing known of the other one in area 8 */
    assert_near(sg_group_area(&coverage, 0, 0, 0)->people, 0, 0, "people");
    assert_missing(sg_group_area(&coverage, 0, 0, 0)->within_pct);
    assert_missing(sg_group_area(&coverage, 1, 0, 8)->people);
    assert_near(sg_group_city(&coverage, 1, 0)->people, 1800, 1e-9, "people");
    /* a type that is nowhere */
    assert_near(sg_group_city(&coverage, 0, 1)->within_pct, 0, 0, "%");
    assert_missing(sg_group_city(&coverage, 0, 1)->nearest_median);
    sg_group_coverage_release(&coverage);
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* What areas add to the difference adds up to it; those that add most are the corners with most of the group.
 */
static void test_causes(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 1);
    test_town_add(&town, 4, 0, 1);
    struct sg_measures measures = measure(context, &town, 1200);
    double shares[TOWN_AREAS], sum = 0;
    for (size_t a = 0; a < TOWN_AREAS; a++)
        shares[a] = (double)a / 10;
    struct sg_group groups[] = {{"group", "group", "GRO", shares}};
    struct sg_group_coverage coverage;
    assert_ok(context, sg_group_coverage_measure(context, &town.layer, &town.inventory, &town.demand, NULL,
                                                 &measures, groups, 1, &coverage));
    struct sg_taxonomy taxonomy = {.other_type = SIZE_MAX};
    sg_taxonomy_add(&taxonomy, "Language");
    struct sg_judge_request request = {
        .supply = SG_SUPPLY_REACH, .benchmark = {SG_BENCHMARK_STANDARD, 2}, .cuts = {10, 25, 50, 75}};
    struct sg_judgement judgement;
    assert_ok(context, sg_judge(context, &measures, &taxonomy, &request, &judgement));
    struct sg_group_source source = {.layer = &town.layer,
                                     .taxonomy = &taxonomy,
                                     .measures = &measures,
                                     .judgement = &judgement,
                                     .groups = groups,
                                     .coverage = &coverage,
                                     .counts = town.inventory.counts,
                                     .all_counts = town.inventory.all_counts,
                                     .language = SG_ENGLISH};
    for (size_t a = 0; a < TOWN_AREAS; a++)
        sum += sg_group_contribution(&source, 0, 0, a);
    assert_near(sum, 100 * (2500 / 4500.0 - 0.5), 1e-9, "points");
    size_t areas[5], count;
    assert_true(sg_group_causes(&source, 0, 0, 5, areas, &count));
    /* 720 / 2400 - 900 / 4500 in area 8, 420 / 2400 - 700 / 4500 in area 6; the others have less than their
     * part */
    assert_int_equal(count, 2);
    assert_int_equal(areas[0], 8);
    assert_int_equal(areas[1], 6);
    /* one of two services is a gap of one half, none one of all */
    assert_near(sg_group_gap_index(&source, 0, 4), 50, 1e-9, "");
    assert_near(sg_group_gap_index(&source, 0, 8), 100, 1e-9, "");
    assert_near(sg_group_mean_gap_index(&source, 0), 75, 1e-9, "");
    struct sg_table table;
    assert_ok(context, sg_groups_table(context, &source, &table));
    assert_int_equal(table.row_count, 4); /* everyone and the group, all types and one */
    assert_near(sg_table_find(&table, "within_difference")->numbers[3], 100 * (0.5 - 2500 / 4500.0), 1e-9,
                "points");
    assert_contains(sg_table_find(&table, "causes")->texts[3], town.layer.areas[8].name);
    assert_near(sg_table_find(&table, "gap_index")->numbers[2], 75, 1e-9, "");
    sg_table_release(&table);
    assert_ok(context, sg_group_areas_table(context, &source, &table));
    assert_int_equal(table.row_count, 4 * TOWN_AREAS);
    sg_table_release(&table);
    sg_table_init(&table, TOWN_AREAS);
    assert_ok(context, sg_group_columns(context, &source, &table));
    assert_near(sg_table_find(&table, "group_people")->numbers[3], 120, 1e-9, "people");
    assert_near(sg_table_find(&table, "group_share_pct")->numbers[3], 30, 1e-9, "%");
    assert_string_equal(sg_table_find(&table, "group_gap_index")->short_name, "GRO_GGAP");
    sg_table_release(&table);
    sg_judgement_release(&judgement);
    sg_taxonomy_release(&taxonomy);
    sg_group_coverage_release(&coverage);
    sg_measures_release(&measures);
    test_town_release(&town);
    sg_context_free(context);
}

/* Four areas with 6, 3, 1, 0 of 10 services and 25, 25, 25, 25 of 100 people: +35, +5, -15, -25; 40% would
   have to be elsewhere. A group of 10, 5, 0, 5 of 20: around the services 6 x 0.4 + 3 x 0.2 = 30%, 20% of
   all. */
static void test_disparity(void **state) {
    (void)state;
    const double services[] = {6, 3, 1, 0, 9}, people[] = {25, 25, 25, 25, NAN}, group[] = {10, 5, 0, 5, 1};
    const double points[] = {35, 5, -15, -25};
    double found[5];
    assert_near(sg_area_disparity(services, people, 5, found), 40, 1e-12, "%");
    for (int a = 0; a < 4; a++)
        assert_near(found[a], points[a], 1e-12, "points");
    assert_missing(found[4]);
    assert_near(sg_group_disparity(services, group, people, 5), 10, 1e-12, "points");
    const double none[] = {0, 0, 0, 0, 0};
    assert_missing(sg_area_disparity(none, people, 5, found));
    assert_missing(found[0]);
    assert_missing(sg_group_disparity(none, group, people, 5));
}

/* At every moved threshold the same as a coverage measured there, with services anywhere in the town. */
static void test_moved_thresholds(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(2);
    struct test_town town;
    test_town_init(context, &town, 2);
    struct test_random random = test_random_new(23);
    for (int i = 0; i < 25; i++)
        test_town_add(&town, test_random_index(&random, TOWN_AREAS + 1),
                      (uint16_t)test_random_index(&random, 2), 1 + (double)test_random_index(&random, 3));
    const double factors[] = {0.8, 0.9, 1, 1.1, 1.2};
    struct sg_measures base = measure(context, &town, 1300);
    for (int m = 0; m < 2; m++) {
        enum sg_measure kind = m == 0 ? SG_MEASURE_REACH : SG_MEASURE_WITHIN;
        double *rows[5] = {NULL};
        size_t count;
        assert_ok(context, sg_shifted_supply_measure(context, &town.layer, &town.inventory, &town.demand,
                                                     NULL, &base, kind, factors, 5, rows, &count));
        assert_int_equal(count, 5);
        for (size_t k = 0; k < 5; k++) {
            struct sg_measures moved = measure(context, &town, 1300 * factors[k]);
            for (size_t t = 0; t < 3; t++) {
                const double *expected = sg_measures_row(&moved, kind, t, 0);
                for (size_t a = 0; a < TOWN_AREAS; a++)
                    assert_near(rows[k][t * TOWN_AREAS + a], expected[a], 1e-9, "services or %");
            }
            sg_measures_release(&moved);
            sg_free(rows[k]);
        }
    }
    sg_measures_release(&base);
    test_town_release(&town);
    sg_context_free(context);
}

/* Costs that are known up to the threshold only: none beyond it is looked at. */
static void test_limited_travel(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct test_town town;
    test_town_init(context, &town, 1);
    test_town_add(&town, 4, 0, 1);
    double nearest[2 * TOWN_AREAS], costs[TOWN_AREAS];
    size_t starts[TOWN_AREAS + 1];
    uint32_t sites[TOWN_AREAS] = {0};
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        nearest[a] = nearest[TOWN_AREAS + a] = costs[a] = 100.0 * (double)(a + 1);
        starts[a] = a;
    }
    starts[TOWN_AREAS] = TOWN_AREAS;
    struct sg_travel travel = {.way = SG_WAY_TABLE,
                               .row_count = TOWN_AREAS,
                               .type_count = 1,
                               .limit = 1000,
                               .nearest = nearest,
                               .starts = starts,
                               .sites = sites,
                               .costs = costs};
    struct sg_measures base = measure(context, &town, 600);
    const double factors[] = {0.5, 1, 1.5, 2};
    double *rows[4] = {NULL};
    size_t count;
    assert_ok(context, sg_shifted_supply_measure(context, &town.layer, &town.inventory, &town.demand, &travel,
                                                 &base, SG_MEASURE_REACH, factors, 4, rows, &count));
    assert_int_equal(count, 3); /* 300, 600 and 900; 1,200 is beyond what is known */
    for (size_t a = 0; a < TOWN_AREAS; a++) {
        assert_near(rows[0][a], costs[a] <= 300, 0, "services");
        assert_near(rows[1][a], costs[a] <= 600, 0, "services");
        assert_near(rows[2][a], costs[a] <= 900, 0, "services");
    }
    for (size_t k = 0; k < count; k++)
        sg_free(rows[k]);
    sg_measures_release(&base);
    test_town_release(&town);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand), cmocka_unit_test(test_causes), cmocka_unit_test(test_disparity),
        cmocka_unit_test(test_moved_thresholds), cmocka_unit_test(test_limited_travel)};
    return cmocka_run_group_tests_name("group_coverage", tests, NULL, NULL);
}
