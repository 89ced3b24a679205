/* Fairness of measures made by hand, its tables, and the regions of areas. */
#include "judge/fairness_table.h"

#include "core/name_index.h"
#include "support/test.h"
#include "support/weights.h"

enum { AREAS = 40, TYPES = 2 };

/* Reach 0 to 39 for type 0, 5 everywhere for type 1, need 100 each, distances of 500 m and (the first ten
   areas) 2,000 m. */
static struct sg_measures measures_of(void) {
    struct sg_measures measures = {.area_count = AREAS,
                                   .type_count = TYPES,
                                   .threshold_count = 1,
                                   .thresholds_m = {1000},
                                   .total_need = 100.0 * AREAS};
    measures.values[SG_MEASURE_REACH] = sg_alloc((TYPES + 1) * AREAS, sizeof(double));
    measures.values[SG_MEASURE_NEAREST] = sg_alloc((TYPES + 1) * AREAS, sizeof(double));
    measures.need = sg_alloc(AREAS, sizeof(double));
    for (size_t a = 0; a < AREAS; a++) {
        measures.need[a] = 100;
        for (size_t t = 0; t <= TYPES; t++) {
            measures.values[SG_MEASURE_REACH][t * AREAS + a] = t == 0 ? (double)a : 5;
            measures.values[SG_MEASURE_NEAREST][t * AREAS + a] = a < 10 ? 2000 : 500;
        }
    }
    return measures;
}

static struct sg_taxonomy taxonomy_of(void) {
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX};
    sg_taxonomy_add(&taxonomy, "Language");
    sg_taxonomy_add(&taxonomy, "Health");
    return taxonomy;
}

static void test_figures(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(2);
    struct sg_measures measures = measures_of();
    double status[AREAS], benchmarks[TYPES + 1] = {20, 5, 5};
    uint32_t regions[AREAS];
    for (uint32_t a = 0; a < AREAS; a++) {
        status[a] = 1000 - a; /* those of high status have least */
        regions[a] = a < 20 ? 0 : 1;
    }
    struct sg_fairness_request request = {SG_SUPPLY_REACH, benchmarks, status, regions, 2, 7};
    struct sg_fairness fairness;
    assert_ok(context, sg_fairness_measure(context, &measures, &request, &fairness));
    const struct sg_fairness_value *uneven = fairness.rows[0].figures, *even = fairness.rows[1].figures;
    assert_near(uneven[SG_FAIR_MEAN].value, 19.5, 1e-12, "services");
    /* the Gini index of 0, 1 ... n - 1 is (n + 1) / (3 n) */
    assert_near(uneven[SG_FAIR_GINI].value, 41 / 120.0, 1e-12, "");
    assert_near(uneven[SG_FAIR_CONCENTRATION].value, -41 / 120.0, 1e-12, "");
    /* the poorest 16 areas have 39 down to 24, mean 31.5; the richest four 0 to 3, mean 1.5 */
    assert_near(uneven[SG_FAIR_PALMA].value, 1.5 / 31.5, 1e-12, "");
    /* 4 x 19.5 / 39 = 2 times the concentration index */
    assert_near(uneven[SG_FAIR_ERREYGERS].value, -41 / 60.0, 1e-12, "");
    assert_near(uneven[SG_FAIR_BELOW].value, 0.5, 1e-12, ""); /* 20 itself is not below 20 */
    /* (20 + 19 + ... + 1) / 20 / 40 */
    assert_near(uneven[SG_FAIR_BELOW_DEPTH].value, 210 / 800.0, 1e-12, "");
    assert_near(uneven[SG_FAIR_BEYOND].value, 0.25, 1e-12, "");
    assert_near(uneven[SG_FAIR_BEYOND_DEPTH].value, 0.25, 1e-12,
                ""); /* twice the threshold: an excess of 1 */
    assert_true(uneven[SG_FAIR_GINI].interval.low < uneven[SG_FAIR_GINI].value);
    assert_true(uneven[SG_FAIR_GINI].interval.high > uneven[SG_FAIR_GINI].value);
    assert_near(fairness.rows[0].theil.between + fairness.rows[0].theil.within, uneven[SG_FAIR_THEIL].value,
                1e-12, "");
    assert_near(even[SG_FAIR_GINI].value, 0, 1e-12, "");
    assert_near(even[SG_FAIR_GINI].interval.high, 0, 1e-12, "");
    assert_near(even[SG_FAIR_BELOW].value, 0, 0, "");
    assert_near(even[SG_FAIR_PALMA].value, 1, 1e-12, "");
    assert_true(fairness.has_intervals && fairness.has_status && fairness.has_regions);
    sg_fairness_release(&fairness);
    /* without status and regions those figures are missing, and the others the same */
    request.status = NULL;
    request.regions = NULL;
    assert_ok(context, sg_fairness_measure(context, &measures, &request, &fairness));
    assert_missing(fairness.rows[0].figures[SG_FAIR_PALMA].value);
    assert_missing(fairness.rows[0].theil.between);
    assert_near(fairness.rows[0].figures[SG_FAIR_GINI].value, 41 / 120.0, 1e-12, "");
    sg_fairness_release(&fairness);
    sg_measures_release(&measures);
    sg_context_free(context);
}

static const char *text_of(const struct sg_table *table, const char *type, const char *figure,
                           double *ret_value) {
    for (size_t row = 0; row < table->row_count; row++) {
        if (strcmp(table->columns[0].texts[row], type) == 0
            && strcmp(table->columns[2].texts[row], figure) == 0) {
            *ret_value = table->columns[3].numbers[row];
            return table->columns[6].texts[row];
        }
    }
    return NULL;
}

static void test_tables(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_measures measures = measures_of();
    struct sg_taxonomy taxonomy = taxonomy_of();
    struct sg_neighbours lattice = test_lattice(8, 5, true);
    double benchmarks[TYPES + 1] = {20, 5, 5}, value = NAN;
    struct sg_fairness_request request = {SG_SUPPLY_REACH, benchmarks, NULL, NULL, 0, 7};
    struct sg_cluster_request permute = {999, 1, 0.05};
    struct sg_fairness fairness;
    struct sg_local_clusters clusters;
    struct sg_table table, city;
    assert_ok(context, sg_fairness_measure(context, &measures, &request, &fairness));
    assert_ok(context, sg_local_clusters_find(context, measures.values[SG_MEASURE_REACH], &lattice, &permute,
                                              &clusters));
    assert_ok(context, sg_fairness_table(context, &fairness, &clusters, &taxonomy, SG_ENGLISH, &table));
    assert_non_null(text_of(&table, "gap_index", "moran_i", &value));
    assert_near(value, clusters.global.statistic, 0, "");
    assert_non_null(text_of(&table, taxonomy.types[0].code, "gini", &value));
    assert_near(value, 41 / 120.0, 1e-12, "");
    assert_null(text_of(&table, taxonomy.types[0].code, "palma", &value));
    sg_table_release(&table);

    sg_table_init(&city, TYPES + 1);
    assert_ok(context, sg_fairness_city_columns(context, &fairness, &city));
    assert_int_equal(city.column_count, 2); /* no status: no Palma */
    assert_near(sg_table_find(&city, "gini")->numbers[1], 41 / 120.0, 1e-12, "");
    sg_table_release(&city);

    struct sg_table coverage;
    sg_table_init(&coverage, AREAS);
    assert_ok(context, sg_cluster_columns(context, &clusters, &coverage));
    assert_non_null(sg_table_find(&coverage, "gap_cluster"));
    assert_near(sg_table_find(&coverage, "gap_cluster_p")->numbers[3], clusters.p[3], 0, "");
    for (size_t c = 0; c < coverage.column_count; c++)
        assert_true(strlen(coverage.columns[c].short_name) <= 10);
    sg_table_release(&coverage);
    sg_local_clusters_release(&clusters);
    sg_fairness_release(&fairness);
    sg_neighbours_release(&lattice);
    sg_taxonomy_release(&taxonomy);
    sg_measures_release(&measures);
    sg_context_free(context);
}

static void test_main_regions(void **state) {
    (void)state;
    uint32_t first[] = {0, 1, 2}, second[] = {1, 2, 3}, found[5];
    double first_shares[] = {1, 0.3, 0.5}, second_shares[] = {0.7, 0.5, 1};
    struct sg_region regions[2] = {{.areas = first, .shares = first_shares, .area_count = 3},
                                   {.areas = second, .shares = second_shares, .area_count = 3}};
    struct sg_area_layer layer = {.area_count = 5, .regions = regions, .region_count = 2};
    assert_int_equal(sg_main_regions(&layer, found), 3);
    const uint32_t expected[] = {0, 1, 0, 1, 2}; /* halves go to the first; the last is in none */
    assert_memory_equal(found, expected, sizeof expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_figures), cmocka_unit_test(test_tables),
                                       cmocka_unit_test(test_main_regions)};
    return cmocka_run_group_tests_name("fairness", tests, NULL, NULL);
}
