/* Benchmarks, gaps, the index, its classes, ranks and priorities: design section 6, "Judging", all by hand.
 */
#include "judge/gap.h"

#include "support/test.h"

enum { MOST_AREAS = 8, MOST_TYPES = 3 };

static const struct sg_judge_request REQUEST = {
    .supply = SG_SUPPLY_REACH, .benchmark = {SG_BENCHMARK_MEDIAN, NAN}, .cuts = {10, 25, 50, 75}};

/* Measures with supplies by type and area, needs by area (NULL: none known); totals of 20 services per type.
 */
static struct sg_measures measures_of(size_t types, size_t areas, const double *supplies,
                                      const double *needs) {
    struct sg_measures measures = {
        .area_count = areas, .type_count = types, .threshold_count = 1, .thresholds_m = {1000}};
    static const enum sg_measure kinds[] = {SG_MEASURE_REACH, SG_MEASURE_PER_10K, SG_MEASURE_WITHIN,
                                            SG_MEASURE_GAP, SG_MEASURE_SHORTFALL};
    for (size_t k = 0; k < TEST_COUNT(kinds); k++)
        measures.values[kinds[k]] = sg_alloc((types + 1) * areas, sizeof(double));
    measures.states = sg_alloc(areas, sizeof *measures.states);
    measures.population = sg_alloc(areas, sizeof *measures.population);
    measures.need = sg_alloc(areas, sizeof *measures.need);
    measures.city = sg_alloc(types + 1, sizeof *measures.city);
    measures.total_need = needs == NULL ? NAN : 0;
    for (size_t a = 0; a < areas; a++) {
        measures.need[a] = measures.population[a] = needs == NULL ? NAN : needs[a];
        if (needs != NULL && isfinite(needs[a]))
            measures.total_need += needs[a];
    }
    measures.total_population = measures.total_need;
    measures.has_population = needs != NULL;
    for (size_t t = 0; t <= types; t++) {
        measures.city[t].total_count = 20;
        for (size_t a = 0; a < areas; a++) {
            double supply = t < types ? supplies[t * areas + a] : 1;
            for (size_t k = 0; k < 3; k++)
                measures.values[kinds[k]][t * areas + a] = supply;
        }
    }
    return measures;
}

static struct sg_taxonomy taxonomy_of(size_t types, const double *weights) {
    struct sg_taxonomy taxonomy = {0};
    taxonomy.types = sg_alloc(types, sizeof *taxonomy.types);
    taxonomy.type_count = types;
    for (size_t t = 0; t < types; t++)
        taxonomy.types[t].weight = weights == NULL ? 1 : weights[t];
    return taxonomy;
}

static struct sg_judgement judge(struct sg_measures *measures, const double *weights,
                                 const struct sg_judge_request *request) {
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy taxonomy = taxonomy_of(measures->type_count, weights);
    struct sg_judgement judgement;
    assert_ok(context, sg_judge(context, measures, &taxonomy, request, &judgement));
    sg_taxonomy_release(&taxonomy);
    sg_context_free(context);
    return judgement;
}

static void assert_numbers(const double *actual, const double *expected, size_t count, const char *what) {
    for (size_t i = 0; i < count; i++) {
        if (isnan(expected[i]) ? isnan(actual[i]) : fabs(actual[i] - expected[i]) <= 1e-9)
            continue;
        print_error("%s [%zu] is %.12g, by hand %.12g\n", what, i, actual[i], expected[i]);
        fail();
    }
}

/* Needs 100, 200, 300, 400. Type 0 reaches 0, 2, 4, 8: the cumulative need is 100, 300, 600: half of 1,000 is
   reached at
   4. Type 1 reaches 0, 0, 0, 1: the median is 0, so the mean, 0.4, stands in. Weights 1 and 3. */
static void test_median_and_index(void **state) {
    (void)state;
    const double supplies[] = {0, 2, 4, 8, 0, 0, 0, 1}, needs[] = {100, 200, 300, 400}, weights[] = {1, 3};
    struct sg_measures measures = measures_of(2, 4, supplies, needs);
    struct sg_judgement judgement = judge(&measures, weights, &REQUEST);
    assert_near(judgement.benchmarks[0], 4, 1e-12, "services");
    assert_false(judgement.is_mean_for_median[0]);
    assert_near(judgement.benchmarks[1], 0.4, 1e-12, "services");
    assert_true(judgement.is_mean_for_median[1]);
    assert_numbers(sg_measures_row(&measures, SG_MEASURE_GAP, 0, 0), (double[]){1, 0.5, 0, 0}, 4,
                   "gap of type 0");
    assert_numbers(sg_measures_row(&measures, SG_MEASURE_GAP, 1, 0), (double[]){1, 1, 1, 0}, 4,
                   "gap of type 1");
    /* gap x need x 20 services / 1,000 people */
    assert_numbers(sg_measures_row(&measures, SG_MEASURE_SHORTFALL, 0, 0), (double[]){2, 2, 0, 0}, 4,
                   "shortfall 0");
    assert_numbers(sg_measures_row(&measures, SG_MEASURE_SHORTFALL, 1, 0), (double[]){2, 4, 6, 0}, 4,
                   "shortfall 1");
    /* (1 x 1 + 3 x 1) / 4, (0.5 + 3) / 4, 3 / 4, 0 */
    assert_numbers(judgement.gap_index, (double[]){100, 87.5, 75, 0}, 4, "index");
    assert_int_equal(judgement.classes[2], SG_GAP_CRITICAL); /* a cut belongs to the class above */
    assert_int_equal(judgement.classes[3], SG_GAP_SERVED);
    assert_int_equal(judgement.class_counts[SG_GAP_CRITICAL], 3);
    assert_int_equal(judgement.near_cut_count, 1);
    assert_int_equal(judgement.near_cut[0], 2);
    for (size_t a = 0; a < 4; a++)
        assert_int_equal(judgement.ranks[a], a + 1);
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
}

static void test_average_and_standard(void **state) {
    (void)state;
    const double supplies[] = {0, 2, 4, 8}, needs[] = {100, 200, 300, 400};
    struct sg_measures measures = measures_of(1, 4, supplies, needs);
    struct sg_judge_request request = REQUEST;
    request.benchmark.kind = SG_BENCHMARK_AVERAGE;
    struct sg_judgement judgement = judge(&measures, NULL, &request);
    assert_near(judgement.benchmarks[0], 4.8, 1e-12, "services"); /* (400 + 1,200 + 3,200) / 1,000 */
    assert_numbers(judgement.gap_index, (double[]){100, 100 * (1 - 2 / 4.8), 100 * (1 - 4 / 4.8), 0}, 4,
                   "index");
    sg_judgement_release(&judgement);
    request.benchmark = (struct sg_benchmark){SG_BENCHMARK_STANDARD, 16};
    judgement = judge(&measures, NULL, &request);
    assert_numbers(judgement.gap_index, (double[]){100, 87.5, 75, 50}, 4, "index");
    sg_judgement_release(&judgement);
    /* one for each type goes before the one for all */
    const struct sg_benchmark of_types[] = {{SG_BENCHMARK_STANDARD, 2}};
    request.of_types = of_types;
    judgement = judge(&measures, NULL, &request);
    assert_near(judgement.benchmarks[0], 2, 0, "services");
    assert_near(judgement.benchmarks[1], 16, 0, "services"); /* `all` keeps the common one */
    assert_numbers(judgement.gap_index, (double[]){100, 0, 0, 0}, 4, "index");
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
}

/* A quarter of the weighted areas below: the median is need-weighted, not area-weighted. Needs 10, 10, 10,
   970 and supplies 1, 2, 3, 9: the middle resident has 9. Unknown supplies and needs take no part. */
static void test_median_is_need_weighted(void **state) {
    (void)state;
    const double supplies[] = {1, 2, 3, 9, NAN, 100}, needs[] = {10, 10, 10, 970, 5000, NAN};
    struct sg_measures measures = measures_of(1, 6, supplies, needs);
    struct sg_judgement judgement = judge(&measures, NULL, &REQUEST);
    assert_near(judgement.benchmarks[0], 9, 0, "services");
    assert_missing(judgement.gap_index[4]);
    assert_int_equal(judgement.classes[4], SG_GAP_UNKNOWN);
    assert_int_equal(judgement.ranks[4], 0);
    assert_int_equal(judgement.priorities[4], SG_PRIORITY_UNKNOWN);
    assert_near(judgement.gap_index[5], 0, 0, ""); /* its supply is known, and more than enough */
    assert_missing(sg_measures_row(&measures, SG_MEASURE_SHORTFALL, 0, 0)[5]);
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
    /* exactly half: 0.5 x 200 is reached by the first 100 */
    const double two[] = {3, 7}, even[] = {100, 100};
    measures = measures_of(1, 2, two, even);
    judgement = judge(&measures, NULL, &REQUEST);
    assert_near(judgement.benchmarks[0], 3, 0, "services");
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
    /* no need known anywhere: every area weighs the same */
    const double five[] = {1, 2, 3, 4, 50};
    measures = measures_of(1, 5, five, NULL);
    judgement = judge(&measures, NULL, &REQUEST);
    assert_near(judgement.benchmarks[0], 3, 0, "services");
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
}

/* "A type that exists nowhere has ... 0 elsewhere": nobody has less of it than anybody. */
static void test_type_that_exists_nowhere(void **state) {
    (void)state;
    const double supplies[] = {0, 0, 0}, needs[] = {1, 1, 1};
    struct sg_measures measures = measures_of(1, 3, supplies, needs);
    struct sg_judgement judgement = judge(&measures, NULL, &REQUEST);
    assert_near(judgement.benchmarks[0], 0, 0, "services");
    assert_false(judgement.is_mean_for_median[0]);
    assert_numbers(judgement.gap_index, (double[]){0, 0, 0}, 3, "index");
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
}

static void test_all_types_missing(void **state) {
    (void)state;
    const double supplies[] = {NAN, NAN}, needs[] = {1, 1};
    struct sg_measures measures = measures_of(1, 2, supplies, needs);
    struct sg_judgement judgement = judge(&measures, NULL, &REQUEST);
    assert_missing(judgement.benchmarks[0]);
    assert_numbers(judgement.gap_index, (double[]){NAN, NAN}, 2, "index");
    assert_int_equal(judgement.class_counts[SG_GAP_UNKNOWN], 2);
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
}

/* A standard of 100 makes the gap what the supply lacks of 100: indices 90, 50, 50, 49.9, 10, 9.9, 25, 8. */
static void test_classes_and_tied_ranks(void **state) {
    (void)state;
    const double supplies[] = {10, 50, 50, 50.1, 90, 90.1, 75, 92}, needs[] = {1, 1, 1, 1, 1, 1, 1, 1};
    struct sg_measures measures = measures_of(1, 8, supplies, needs);
    struct sg_judge_request request = REQUEST;
    request.benchmark = (struct sg_benchmark){SG_BENCHMARK_STANDARD, 100};
    struct sg_judgement judgement = judge(&measures, NULL, &request);
    static const enum sg_gap_class classes[] = {SG_GAP_CRITICAL, SG_GAP_SEVERE, SG_GAP_SEVERE,
                                                SG_GAP_MODERATE, SG_GAP_SLIGHT, SG_GAP_SERVED,
                                                SG_GAP_MODERATE, SG_GAP_SERVED};
    static const size_t ranks[] = {1, 2, 2, 4,
                                   6, 7, 5, 8}; /* ties share the rank, and the next one is skipped */
    for (size_t a = 0; a < 8; a++) {
        assert_string_equal(sg_gap_class_name(judgement.classes[a]), sg_gap_class_name(classes[a]));
        assert_int_equal(judgement.ranks[a], ranks[a]);
    }
    assert_int_equal(judgement.near_cut_count, 7); /* all but the first; 8 is 2 from 10 */
    sg_judgement_release(&judgement);
    request.cuts[0] = 5, request.cuts[1] = 6, request.cuts[2] = 95,
    request.cuts[3] = 99; /* cuts are settings */
    judgement = judge(&measures, NULL, &request);
    assert_int_equal(judgement.class_counts[SG_GAP_MODERATE], 8);
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
}

/* Six areas: thirds are two each. Gaps 90 80 50 40 10 5; needs 600 100 300 400 500 200. */
static void test_priority(void **state) {
    (void)state;
    const double supplies[] = {10, 20, 50, 60, 90, 95}, needs[] = {600, 100, 300, 400, 500, 200};
    struct sg_measures measures = measures_of(1, 6, supplies, needs);
    struct sg_judge_request request = REQUEST;
    request.benchmark = (struct sg_benchmark){SG_BENCHMARK_STANDARD, 100};
    struct sg_judgement judgement = judge(&measures, NULL, &request);
    static const char *const by_need[] = {"high", "low", "medium", "medium", "low", "low"};
    for (size_t a = 0; a < 6; a++)
        assert_string_equal(sg_priority_name(judgement.priorities[a]), by_need[a]);
    sg_judgement_release(&judgement);
    /* with both known the rate counts: of 6,000 200 1,000 500 1,000 400 people 10% 50% 30% 80% 50% 50% are in
     * need */
    const double people[] = {6000, 200, 1000, 500, 1000, 400};
    memcpy(measures.population, people, sizeof people);
    measures.has_need = true;
    judgement = judge(&measures, NULL, &request);
    /* rates in order: 10 30 | 50 50 50 80; equal rates share a third, the one of the first of them */
    static const char *const by_rate[] = {"low", "medium", "low", "medium", "low", "low"};
    for (size_t a = 0; a < 6; a++)
        assert_string_equal(sg_priority_name(judgement.priorities[a]), by_rate[a]);
    sg_judgement_release(&judgement);
    /* a need that is the population has the rate 1 everywhere, which tells no area from another: the number
     * counts */
    memcpy(measures.population, needs, sizeof needs);
    judgement = judge(&measures, NULL, &request);
    for (size_t a = 0; a < 6; a++)
        assert_string_equal(sg_priority_name(judgement.priorities[a]), by_need[a]);
    sg_judgement_release(&judgement);
    sg_measures_release(&measures);
}

static void test_supplies(void **state) {
    (void)state;
    const double supplies[] = {1, 2}, needs[] = {1, 1};
    static const char *const names[] = {"reach", "count", "within"};
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        struct sg_measures measures = measures_of(1, 2, supplies, needs);
        struct sg_judge_request request = REQUEST;
        assert_true(sg_supply_from_name(names[i], &request.supply));
        assert_string_equal(sg_supply_name(request.supply), names[i]);
        struct sg_judgement judgement = judge(&measures, NULL, &request);
        assert_int_equal(judgement.supply, request.supply);
        assert_near(judgement.benchmarks[0], 1, 0, "");
        sg_judgement_release(&judgement);
        sg_measures_release(&measures);
    }
    enum sg_supply supply;
    assert_false(sg_supply_from_name("magic", &supply));
    assert_int_equal(sg_supply_measure(SG_SUPPLY_REACH), SG_MEASURE_REACH);
    assert_int_equal(sg_supply_measure(SG_SUPPLY_COUNT), SG_MEASURE_PER_10K);
    assert_int_equal(sg_supply_measure(SG_SUPPLY_WITHIN), SG_MEASURE_WITHIN);
}

static void test_benchmark_texts(void **state) {
    (void)state;
    struct sg_benchmark benchmark;
    bool implies;
    enum sg_supply supply = SG_SUPPLY_REACH;
    assert_true(sg_benchmark_from_text("median", &benchmark, &implies, &supply));
    assert_int_equal(benchmark.kind, SG_BENCHMARK_MEDIAN);
    assert_false(implies);
    assert_true(sg_benchmark_from_text("Average", &benchmark, &implies, &supply));
    assert_int_equal(benchmark.kind, SG_BENCHMARK_AVERAGE);
    assert_true(sg_benchmark_from_text("mean", &benchmark, &implies, &supply));
    assert_int_equal(benchmark.kind, SG_BENCHMARK_AVERAGE);
    assert_true(sg_benchmark_from_text("1 per 5000", &benchmark, &implies, &supply));
    assert_int_equal(benchmark.kind, SG_BENCHMARK_STANDARD);
    assert_near(benchmark.standard, 2, 1e-12, "per 10,000");
    assert_true(implies);
    assert_int_equal(supply, SG_SUPPLY_COUNT);
    assert_true(sg_benchmark_from_text(" 90 % ", &benchmark, &implies, &supply));
    assert_near(benchmark.standard, 90, 0, "%");
    assert_int_equal(supply, SG_SUPPLY_WITHIN);
    supply = SG_SUPPLY_REACH;
    assert_true(sg_benchmark_from_text("2.5", &benchmark, &implies, &supply));
    assert_near(benchmark.standard, 2.5, 0, "services");
    assert_false(implies);
    static const char *const bad[] = {"",      "lots",  "1 per 0",  "0 per 5000",        "-3",  "0",  "120%",
                                      "1 per", "per 5", "3 apples", "1 per 5000 people", "nan", "inf"};
    for (size_t i = 0; i < TEST_COUNT(bad); i++) {
        if (sg_benchmark_from_text(bad[i], &benchmark, &implies, &supply))
            fail_msg("'%s' was taken as a benchmark", bad[i]);
    }
}

/* The index is the poverty-gap index (Foster, Greer and Thorbecke 1984, alpha 1): between 0 and 100, 0 only
   where every type meets its benchmark, and never larger when a supply grows. */
static void test_laws(void **state) {
    (void)state;
    struct test_random random = test_random_new(14);
    for (int round = 0; round < 300; round++) {
        double supplies[MOST_TYPES * MOST_AREAS], needs[MOST_AREAS];
        for (size_t i = 0; i < TEST_COUNT(supplies); i++)
            supplies[i] = test_random_index(&random, 4) == 0 ? 0 : test_random_between(&random, 0, 10);
        for (size_t a = 0; a < MOST_AREAS; a++)
            needs[a] = test_random_between(&random, 0, 1000);
        struct sg_judge_request request = REQUEST;
        request.benchmark = (struct sg_benchmark){SG_BENCHMARK_STANDARD, 5};
        struct sg_measures measures = measures_of(MOST_TYPES, MOST_AREAS, supplies, needs);
        struct sg_judgement before = judge(&measures, NULL, &request);
        sg_measures_release(&measures);
        size_t judged = 0;
        for (size_t a = 0; a < MOST_AREAS; a++) {
            double expected = 0; /* the definition */
            for (size_t t = 0; t < MOST_TYPES; t++)
                expected += 100 * (1 - fmin(1, supplies[t * MOST_AREAS + a] / 5)) / MOST_TYPES;
            assert_near(before.gap_index[a], expected, 1e-9, "");
            assert_in_range(before.ranks[a], 1, MOST_AREAS);
            judged++;
        }
        size_t classed = 0;
        for (int c = 0; c <= SG_GAP_UNKNOWN; c++)
            classed += before.class_counts[c];
        assert_int_equal(classed, judged); /* every area in exactly one class */
        supplies[test_random_index(&random, TEST_COUNT(supplies))] += 1;
        measures = measures_of(MOST_TYPES, MOST_AREAS, supplies, needs);
        struct sg_judgement after = judge(&measures, NULL, &request);
        for (size_t a = 0; a < MOST_AREAS; a++)
            assert_true(after.gap_index[a] <= before.gap_index[a] + 1e-12);
        sg_judgement_release(&before);
        sg_judgement_release(&after);
        sg_measures_release(&measures);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_median_and_index),
        cmocka_unit_test(test_average_and_standard),
        cmocka_unit_test(test_median_is_need_weighted),
        cmocka_unit_test(test_type_that_exists_nowhere),
        cmocka_unit_test(test_all_types_missing),
        cmocka_unit_test(test_classes_and_tied_ranks),
        cmocka_unit_test(test_priority),
        cmocka_unit_test(test_supplies),
        cmocka_unit_test(test_benchmark_texts),
        cmocka_unit_test(test_laws),
    };
    return cmocka_run_group_tests_name("gap", tests, NULL, NULL);
}
