/* Out of memory, allocation after allocation: judging, its tables, its sentences. */
#include "core/name_index.h"
#include "job/named_fields.h"
#include "judge/bootstrap.h"
#include "judge/coverage_table.h"
#include "judge/fairness_table.h"
#include "judge/findings.h"
#include "judge/group_table.h"
#include "judge/inequality.h"
#include "judge/local_clusters.h"
#include "judge/need_index.h"
#include "judge/rate_columns.h"
#include "measure/coverage.h"
#include "measure/group_coverage.h"
#include "measure/shifted_supply.h"
#include "support/failing_alloc.h"
#include "support/test.h"
#include "support/town.h"
#include "support/weights.h"

struct setting {
    struct test_town town;
    struct sg_taxonomy taxonomy;
    struct sg_measures measures;
    struct sg_judgement judgement;
    struct sg_table wide;
};

static const struct sg_judge_request REQUEST = {.benchmark = {SG_BENCHMARK_MEDIAN, 0},
                                                .cuts = {10, 25, 50, 75}};

static enum sg_status judge(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_judgement judgement = {0};
    enum sg_status status = sg_judge(context, &setting->measures, &setting->taxonomy, &REQUEST, &judgement);
    if (status != SG_OK)
        assert_null(judgement.gap_index);
    sg_judgement_release(&judgement);
    return status;
}

static enum sg_status make_tables(struct sg_context *context, void *user) {
    struct setting *setting = user;
    struct sg_table wide, tidy, city;
    sg_table_init(&wide, 0);
    sg_table_init(&tidy, 0);
    sg_table_init(&city, 0);
    enum sg_status status =
        sg_coverage_table(context, &setting->town.layer, &setting->taxonomy, &setting->measures,
                          setting->town.inventory.counts, &setting->judgement, SG_ENGLISH, &wide);
    if (status == SG_OK)
        status = sg_city_table(context, &setting->taxonomy, &setting->measures, &setting->judgement,
                               SG_FRENCH, &city);
    sg_table_release(&wide);
    sg_table_release(&tidy);
    sg_table_release(&city);
    return status;
}

static enum sg_status make_findings(struct sg_context *context, void *user) {
    struct setting *setting = user;
    static const struct sg_input_counts counts = {10, 8, 1, 1};
    struct sg_findings_source source = {.layer = &setting->town.layer,
                                        .taxonomy = &setting->taxonomy,
                                        .measures = &setting->measures,
                                        .judgement = &setting->judgement,
                                        .counts = &counts,
                                        .language = SG_ENGLISH};
    char **sentences = NULL;
    size_t count = 0;
    enum sg_status status = sg_findings(context, &source, &sentences, &count);
    for (size_t i = 0; i < count; i++)
        sg_free(sentences[i]);
    sg_free(sentences);
    return status;
}

static enum sg_status find_clusters(struct sg_context *context, void *user) {
    const struct sg_neighbours *lattice = user;
    static const struct sg_cluster_request request = {99, 1, 0.05};
    double values[36];
    for (int a = 0; a < 36; a++)
        values[a] = a % 5;
    struct sg_local_clusters clusters = {0};
    enum sg_status status = sg_local_clusters_find(context, values, lattice, &request, &clusters);
    assert_int_equal(status == SG_OK, clusters.p != NULL);
    sg_local_clusters_release(&clusters);
    return status;
}

static enum sg_status measure_fairness(struct sg_context *context, void *user) {
    struct setting *setting = user;
    double status_of[TOWN_AREAS];
    uint32_t regions[TOWN_AREAS];
    for (uint32_t a = 0; a < TOWN_AREAS; a++) {
        status_of[a] = a;
        regions[a] = a % 2;
    }
    struct sg_fairness_request request = {
        SG_SUPPLY_REACH, setting->judgement.benchmarks, status_of, regions, 2, 1};
    struct sg_fairness fairness = {0};
    struct sg_table table;
    sg_table_init(&table, 0);
    enum sg_status status = sg_fairness_measure(context, &setting->measures, &request, &fairness);
    assert_int_equal(status == SG_OK, fairness.rows != NULL);
    if (status == SG_OK)
        status = sg_fairness_table(context, &fairness, NULL, &setting->taxonomy, SG_ENGLISH, &table);
    if (status == SG_OK) {
        struct sg_findings_source source = {.layer = &setting->town.layer,
                                            .taxonomy = &setting->taxonomy,
                                            .measures = &setting->measures,
                                            .judgement = &setting->judgement,
                                            .counts = &setting->town.inventory.sum,
                                            .fairness = &fairness,
                                            .status_name = "income"};
        char **sentences = NULL;
        size_t count = 0;
        status = sg_findings(context, &source, &sentences, &count);
        for (size_t i = 0; i < count; i++)
            sg_free(sentences[i]);
        sg_free(sentences);
    }
    sg_table_release(&table);
    sg_fairness_release(&fairness);
    return status;
}

static enum sg_status find_stability(struct sg_context *context, void *user) {
    struct setting *setting = user;
    const double factors[] = {0.9, 1.1};
    double *rows[2] = {NULL};
    size_t count;
    struct sg_stability stability = {0};
    enum sg_status status = sg_shifted_supply_measure(context, &setting->town.layer, &setting->town.inventory,
                                                      &setting->town.demand, NULL, &setting->measures,
                                                      SG_MEASURE_REACH, factors, 2, rows, &count);
    struct sg_stability_request request = {&REQUEST, (const double *const *)rows, 2, 0.25, 1};
    if (status == SG_OK)
        status = sg_stability_find(context, &setting->measures, &setting->taxonomy, &setting->judgement,
                                   &request, &stability);
    assert_int_equal(status == SG_OK, stability.keeps_class_pct != NULL);
    sg_stability_release(&stability);
    sg_free(rows[0]);
    sg_free(rows[1]);
    return status;
}

static enum sg_status measure_groups(struct sg_context *context, void *user) {
    struct setting *setting = user;
    double shares[TOWN_AREAS];
    for (size_t a = 0; a < TOWN_AREAS; a++)
        shares[a] = 0.1 * (double)a;
    struct sg_group groups[] = {{"group", "group", "GRO", shares}};
    struct sg_group_coverage coverage = {0};
    struct sg_table tables[3];
    for (int i = 0; i < 3; i++)
        sg_table_init(&tables[i], i == 2 ? TOWN_AREAS : 0);
    enum sg_status status =
        sg_group_coverage_measure(context, &setting->town.layer, &setting->town.inventory,
                                  &setting->town.demand, NULL, &setting->measures, groups, 1, &coverage);
    struct sg_group_source source = {.layer = &setting->town.layer,
                                     .taxonomy = &setting->taxonomy,
                                     .measures = &setting->measures,
                                     .judgement = &setting->judgement,
                                     .groups = groups,
                                     .coverage = &coverage,
                                     .counts = setting->town.inventory.counts,
                                     .all_counts = setting->town.inventory.all_counts};
    if (status == SG_OK)
        status = sg_groups_table(context, &source, &tables[0]);
    if (status == SG_OK)
        status = sg_group_areas_table(context, &source, &tables[1]);
    if (status == SG_OK)
        status = sg_group_columns(context, &source, &tables[2]);
    if (status == SG_OK)
        status =
            sg_rate_columns(context, &setting->taxonomy, &setting->measures, setting->town.inventory.counts,
                            setting->town.inventory.all_counts, SG_ENGLISH, &tables[2]);
    for (int i = 0; i < 3; i++)
        sg_table_release(&tables[i]);
    sg_group_coverage_release(&coverage);
    return status;
}

static enum sg_status make_need(struct sg_context *context, void *user) {
    (void)user;
    const double values[] = {1, 5, 3, NAN, 2};
    struct sg_indicator indicators[] = {{values, false, 1}, {values, true, 2}};
    struct sg_need_index index = {0};
    bool done = sg_need_index_make(indicators, 2, 5, NULL, SG_NEED_PERCENTILE, &index);
    assert_int_equal(done, index.index != NULL);
    sg_need_index_release(&index);
    return done ? SG_OK : sg_fail_memory(context);
}

static enum sg_status parse_fields(struct sg_context *context, void *user) {
    (void)user;
    struct sg_group_field *groups = NULL;
    struct sg_indicator_field *indicators = NULL;
    size_t count = 0, indicator_count = 0;
    enum sg_status status = sg_group_fields_parse(context, "a=x,b=y:percent", &groups, &count);
    if (status == SG_OK)
        status = sg_indicator_fields_parse(context, "a:+:2,b:-", &indicators, &indicator_count);
    sg_group_fields_free(groups, count);
    sg_indicator_fields_free(indicators, indicator_count);
    return status;
}

static void gini_alone(const void *user, const uint32_t *times, double *figures) {
    figures[0] = sg_gini(user, times);
}

static enum sg_status divide(struct sg_context *context, void *user) {
    (void)user;
    double values[36];
    uint32_t groups[36];
    for (uint32_t a = 0; a < 36; a++) {
        values[a] = 1 + a % 5;
        groups[a] = a % 3;
    }
    struct sg_spread spread;
    struct sg_theil_parts parts;
    struct sg_interval interval;
    if (!sg_spread_init(&spread, values, values, values, 36, NULL))
        return sg_fail_memory(context);
    enum sg_status status = sg_theil_divide(&spread, groups, 3, &parts) ? SG_OK : sg_fail_memory(context);
    if (status == SG_OK)
        status = sg_bootstrap(context, spread.count, 1, gini_alone, &spread, 1, &interval);
    sg_spread_release(&spread);
    return status;
}

static void test_fairness(void **state) {
    (void)state;
    test_fail_allocation(0);
    struct sg_neighbours lattice = test_lattice(6, 6, true);
    assert_true(test_every_allocation(find_clusters, &lattice) >= 10);
    assert_true(test_every_allocation(divide, NULL) >= 6);
    sg_neighbours_release(&lattice);
}

static void test_all(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct setting setting = {.taxonomy = {.other_type = SG_NO_INDEX}};
    test_fail_allocation(0);
    test_town_init(context, &setting.town, 2);
    test_town_add(&setting.town, 4, 0, 1);
    test_town_add_both(&setting.town, 8, 0, 1, 2);
    sg_taxonomy_add(&setting.taxonomy, "Language");
    sg_taxonomy_add(&setting.taxonomy, "Health");
    struct sg_coverage_request request = {.thresholds_m = {1200}, .threshold_count = 1};
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++)
        request.wants[m] = true;
    assert_ok(context, sg_coverage_measure(context, &setting.town.layer, &setting.town.inventory,
                                           &setting.town.demand, &request, &setting.measures));
    assert_ok(context, sg_judge(context, &setting.measures, &setting.taxonomy, &REQUEST, &setting.judgement));
    assert_true(test_every_allocation(judge, &setting) >= 8);
    assert_true(test_every_allocation(make_tables, &setting) >= 100);
    assert_true(test_every_allocation(make_findings, &setting) >= 5);
    assert_true(test_every_allocation(measure_fairness, &setting) >= 20);
    assert_true(test_every_allocation(find_stability, &setting) >= 20);
    assert_true(test_every_allocation(measure_groups, &setting) >= 40);
    assert_true(test_every_allocation(make_need, NULL) >= 8);
    assert_true(test_every_allocation(parse_fields, NULL) >= 8);
    sg_judgement_release(&setting.judgement);
    sg_measures_release(&setting.measures);
    sg_taxonomy_release(&setting.taxonomy);
    test_town_release(&setting.town);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all), cmocka_unit_test(test_fairness)};
    return cmocka_run_group_tests_name("judge_memory", tests, NULL, NULL);
}
