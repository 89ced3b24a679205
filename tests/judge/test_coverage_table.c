/* The table of areas: names, short names and order of the columns as the design fixes them (sections 6 and
 * 7). */
#include "judge/coverage_table.h"

#include "core/name_index.h"
#include "measure/coverage.h"
#include "support/test.h"
#include "support/town.h"

struct tables {
    struct sg_context *context;
    struct test_town town;
    struct sg_taxonomy taxonomy;
    struct sg_measures measures;
    struct sg_judgement judgement;
    struct sg_table wide;
};

static void make(struct tables *made, size_t threshold_count, bool is_judged) {
    *made = (struct tables){.context = test_context_new(1)};
    test_town_init(made->context, &made->town, 2);
    test_town_add(&made->town, 4, 0, 1);
    test_town_add_both(&made->town, 8, 0, 1, 2);
    made->taxonomy.other_type = SG_NO_INDEX;
    sg_taxonomy_add(&made->taxonomy, "Language Training");
    sg_taxonomy_add(&made->taxonomy, "Health");
    struct sg_coverage_request request = {.thresholds_m = {800, 1200.5}, .threshold_count = threshold_count};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    assert_ok(made->context, sg_coverage_measure(made->context, &made->town.layer, &made->town.inventory,
                                                 &made->town.demand, &request, &made->measures));
    struct sg_judge_request judging = {.benchmark = {SG_BENCHMARK_AVERAGE, NAN}, .cuts = {10, 25, 50, 75}};
    if (is_judged)
        assert_ok(made->context,
                  sg_judge(made->context, &made->measures, &made->taxonomy, &judging, &made->judgement));
    assert_ok(made->context, sg_coverage_table(made->context, &made->town.layer, &made->taxonomy,
                                               &made->measures, made->town.inventory.counts,
                                               is_judged ? &made->judgement : NULL, SG_ENGLISH, &made->wide));
}

static void release(struct tables *made) {
    sg_table_release(&made->wide);
    if (made->judgement.area_count > 0)
        sg_judgement_release(&made->judgement);
    sg_measures_release(&made->measures);
    sg_taxonomy_release(&made->taxonomy);
    test_town_release(&made->town);
    sg_context_free(made->context);
}

static void test_columns_in_order(void **state) {
    (void)state;
    static const char *const expected[][2] = {
        {"area_id", "AREA_ID"},
        {"area_name", "NAME"},
        {"area_km2", "AREA_KM2"},
        {"population", "POPULATION"},
        {"need", "NEED"},
        {"state", "STATE"},
        {"types_present", "TYPES_N"},
        {"types_missing", "TYPES_MISS"},
        {"gap_index", "GAP_INDEX"},
        {"gap_class", "GAP_CLASS"},
        {"gap_rank", "GAP_RANK"},
        {"priority", "PRIORITY"},
        {"all_count", "ALL_CNT"},
        {"all_per_10k", "ALL_P10K"},
        {"all_per_km2", "ALL_PKM2"},
        {"all_share", "ALL_SHARE"},
        {"all_lq", "ALL_LQ"},
        {"all_nearest_m", "ALL_NEAR"},
        {"all_nearest_p90_m", "ALL_NP90"},
        {"all_within_pct", "ALL_W"},
        {"all_within2_pct", "ALL_W2"},
        {"all_uncovered", "ALL_UNCOV"},
        {"all_unreached_pct", "ALL_UNRCH"},
        {"all_reach", "ALL_RCH"},
        {"all_access", "ALL_ACC"},
        {"all_shortfall", "ALL_SHORT"},
        {"all_gap", "ALL_GAP"},
        {"language_training_count", "LAN_CNT"},
    };
    struct tables made;
    make(&made, 1, true);
    for (size_t i = 0; i < TEST_COUNT(expected); i++) {
        assert_string_equal(made.wide.columns[i].name, expected[i][0]);
        assert_string_equal(made.wide.columns[i].short_name, expected[i][1]);
    }
    assert_int_equal(made.wide.column_count, 12 + 3 * 15);
    assert_string_equal(made.wide.columns[made.wide.column_count - 1].name, "health_gap");
    release(&made);
}

static void test_values(void **state) {
    (void)state;
    struct tables made;
    make(&made, 1, true);
    assert_string_equal(sg_table_find(&made.wide, "area_id")->texts[4], "A4");
    assert_string_equal(sg_table_find(&made.wide, "state")->texts[4], "measured");
    assert_near(sg_table_find(&made.wide, "types_present")->numbers[8], 2, 0, "types");
    assert_near(sg_table_find(&made.wide, "types_present")->numbers[0], 0, 0, "types");
    assert_string_equal(sg_table_find(&made.wide, "types_missing")->texts[4], "health");
    assert_string_equal(sg_table_find(&made.wide, "types_missing")->texts[0], "language_training health");
    assert_string_equal(sg_table_find(&made.wide, "types_missing")->texts[8], "");
    assert_near(sg_table_find(&made.wide, "language_training_count")->numbers[8], 2, 0, "services");
    assert_near(sg_table_find(&made.wide, "population")->numbers[8], 900, 0, "people");
    struct sg_column *reach = sg_table_find(&made.wide, "health_reach");
    assert_string_equal(reach->measure, "reach");
    assert_int_equal(reach->type, 1);
    for (size_t c = 0; c < made.wide.column_count; c++)
        assert_true(strlen(made.wide.columns[c].definition) > 10);
    release(&made);
}

/* With several thresholds each is in the name: T_within_800m_pct. Short names stay unique and at most ten
 * long. */
static void test_several_thresholds(void **state) {
    (void)state;
    struct tables made;
    make(&made, 2, true);
    assert_non_null(sg_table_find(&made.wide, "health_within_800m_pct"));
    assert_non_null(sg_table_find(&made.wide, "health_within_1200_5m_pct"));
    assert_non_null(sg_table_find(&made.wide, "health_reach_800m"));
    assert_non_null(sg_table_find(&made.wide, "all_uncovered_800m"));
    assert_null(sg_table_find(&made.wide, "health_within_pct"));
    assert_non_null(sg_table_find(&made.wide, "health_nearest_m"));
    for (size_t c = 0; c < made.wide.column_count; c++) {
        assert_in_range(strlen(made.wide.columns[c].short_name), 1, 10);
        for (size_t other = 0; other < c; other++) {
            assert_string_not_equal(made.wide.columns[c].short_name, made.wide.columns[other].short_name);
            assert_string_not_equal(made.wide.columns[c].name, made.wide.columns[other].name);
        }
    }
    release(&made);
}

static void test_without_judgement(void **state) {
    (void)state;
    struct tables made;
    make(&made, 1, false);
    assert_null(sg_table_find(&made.wide, "gap_index"));
    assert_non_null(sg_table_find(&made.wide, "all_count"));
    release(&made);
}

static void test_tidy(void **state) {
    (void)state;
    struct tables made;
    make(&made, 1, true);
    struct sg_table tidy;
    assert_ok(made.context,
              sg_coverage_tidy(made.context, &made.town.layer, &made.taxonomy, &made.wide, &tidy));
    assert_int_equal(tidy.column_count, 6);
    assert_int_equal(tidy.row_count, TOWN_AREAS * 3 * 15);
    size_t found = 0;
    for (size_t row = 0; row < tidy.row_count; row++) {
        if (strcmp(tidy.columns[0].texts[row], "A8") != 0
            || strcmp(tidy.columns[2].texts[row], "language_training") != 0
            || strcmp(tidy.columns[3].texts[row], "count") != 0)
            continue;
        assert_near(tidy.columns[4].numbers[row], 2, 0, "services");
        assert_string_equal(tidy.columns[5].texts[row], "services");
        found++;
    }
    assert_int_equal(found, 1);
    sg_table_release(&tidy);
    release(&made);
}

static void test_city_table(void **state) {
    (void)state;
    struct tables made;
    make(&made, 1, true);
    struct sg_table city;
    assert_ok(made.context, sg_city_table(made.context, &made.taxonomy, &made.measures, &made.judgement,
                                          SG_ENGLISH, &city));
    assert_int_equal(city.row_count, 3);
    assert_string_equal(city.columns[0].texts[0], "all"); /* first */
    assert_string_equal(city.columns[0].texts[1], "language_training");
    assert_near(sg_table_find(&city, "services")->numbers[1], 3, 0, "services");
    assert_near(sg_table_find(&city, "areas_without")->numbers[2], 8, 0, "areas");
    assert_near(sg_table_find(&city, "uncovered")->numbers[2], 4500 - 900, 1e-9, "people");
    assert_near(sg_table_find(&city, "within_5000m_pct")->numbers[1], 100, 1e-9, "%");
    sg_table_release(&city);
    release(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_in_order),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_several_thresholds),
        cmocka_unit_test(test_without_judgement),
        cmocka_unit_test(test_tidy),
        cmocka_unit_test(test_city_table),
    };
    return cmocka_run_group_tests_name("coverage_table", tests, NULL, NULL);
}
