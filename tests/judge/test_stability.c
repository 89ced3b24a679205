/* How often areas keep their class when thresholds and weights change: by hand where that can be, and laws.
 */
#include "judge/stability.h"

#include "support/test.h"

enum { AREAS = 12, TYPES = 2 };

static const struct sg_judge_request JUDGE = {
    .supply = SG_SUPPLY_REACH, .benchmark = {SG_BENCHMARK_STANDARD, 10}, .cuts = {10, 25, 50, 75}};

struct setting {
    struct sg_context *context;
    struct sg_measures measures;
    struct sg_taxonomy taxonomy;
    struct sg_judgement judgement;
    double *supply;
};

/* Supplies of type 0 go from 0 to 11, those of type 1 from 11 to 0 where mirror is set, else the same. */
static void begin(struct setting *setting, bool mirror) {
    *setting = (struct setting){.context = test_context_new(2)};
    setting->measures = (struct sg_measures){
        .area_count = AREAS, .type_count = TYPES, .threshold_count = 1, .total_need = NAN};
    struct sg_measures *measures = &setting->measures;
    measures->values[SG_MEASURE_REACH] = sg_alloc((TYPES + 1) * AREAS, sizeof(double));
    measures->values[SG_MEASURE_GAP] = sg_alloc((TYPES + 1) * AREAS, sizeof(double));
    measures->need = sg_alloc(AREAS, sizeof(double));
    measures->city = sg_alloc(TYPES + 1, sizeof *measures->city);
    setting->taxonomy.types = sg_alloc(TYPES, sizeof *setting->taxonomy.types);
    setting->taxonomy.type_count = TYPES;
    setting->supply = measures->values[SG_MEASURE_REACH];
    for (size_t t = 0; t <= TYPES; t++) {
        if (t < TYPES)
            setting->taxonomy.types[t].weight = 1;
        for (size_t a = 0; a < AREAS; a++)
            setting->supply[t * AREAS + a] = t == 1 && mirror ? (double)(AREAS - 1 - a) : (double)a;
    }
    for (size_t a = 0; a < AREAS; a++)
        measures->need[a] = NAN;
    assert_ok(setting->context,
              sg_judge(setting->context, measures, &setting->taxonomy, &JUDGE, &setting->judgement));
}

static void end(struct setting *setting) {
    sg_judgement_release(&setting->judgement);
    sg_free(setting->taxonomy.types);
    sg_measures_release(&setting->measures);
    sg_context_free(setting->context);
}

static struct sg_stability find(struct setting *setting, const double *const *supplies, size_t count,
                                double change) {
    struct sg_stability_request request = {&JUDGE, supplies, count, change, 5};
    struct sg_stability stability;
    assert_ok(setting->context, sg_stability_find(setting->context, &setting->measures, &setting->taxonomy,
                                                  &setting->judgement, &request, &stability));
    return stability;
}

/* Nothing changes: all keep their class, and the ten worst are the ten worst. With the same supply in both
   types weights change nothing either. */
static void test_nothing_changes(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, false);
    const double *supplies[] = {setting.supply};
    struct sg_stability still = find(&setting, supplies, 1, 0), weighed = find(&setting, supplies, 1, 0.25);
    for (size_t a = 0; a < AREAS; a++) {
        assert_near(still.keeps_class_pct[a], 100, 0, "%");
        assert_near(weighed.keeps_class_pct[a], 100, 0, "%");
        assert_near(still.is_worst_pct[a], a < 10 ? 100 : 0, 0, "%");
    }
    sg_stability_release(&still);
    sg_stability_release(&weighed);
    end(&setting);
}

/* One of two thresholds, each as likely, at which every supply is half: an area with 8 of 10 (gap 20, slight)
   has 4 there (60, severe), so it keeps its class in half of the runs; one with nothing keeps it in all. */
static void test_two_thresholds(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, false);
    double half[(TYPES + 1) * AREAS];
    for (size_t i = 0; i < TEST_COUNT(half); i++)
        half[i] = setting.supply[i] / 2;
    const double *supplies[] = {setting.supply, half};
    struct sg_stability found = find(&setting, supplies, 2, 0), again = find(&setting, supplies, 2, 0);
    assert_memory_equal(found.keeps_class_pct, again.keeps_class_pct, AREAS * sizeof(double));
    assert_near(found.keeps_class_pct[0], 100, 0, "%");
    assert_near(found.keeps_class_pct[8], 50, 5, "%");
    /* what is not kept is the share of the other threshold: the same for all that change */
    assert_near(found.keeps_class_pct[8], found.keeps_class_pct[10], 0, "%");
    sg_stability_release(&found);
    sg_stability_release(&again);
    end(&setting);
}

/* Two types against each other: area 0 has gaps of 1 and 0, index 50, right at a cut, and above it where the
   first type weighs more: in half of the runs. An area that is not judged has no stability. */
static void test_weights(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, true);
    sg_judgement_release(&setting.judgement);
    for (size_t t = 0; t <= TYPES; t++)
        setting.supply[t * AREAS + 3] = NAN;
    assert_ok(setting.context,
              sg_judge(setting.context, &setting.measures, &setting.taxonomy, &JUDGE, &setting.judgement));
    const double *supplies[] = {setting.supply};
    struct sg_stability found = find(&setting, supplies, 1, 0.25);
    assert_near(setting.judgement.gap_index[0], 50, 1e-12, "");
    assert_near(found.keeps_class_pct[0], 50, 5, "%");
    assert_missing(found.keeps_class_pct[3]);
    assert_missing(found.is_worst_pct[3]);
    sg_stability_release(&found);
    end(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_changes),
                                       cmocka_unit_test(test_two_thresholds), cmocka_unit_test(test_weights)};
    return cmocka_run_group_tests_name("stability", tests, NULL, NULL);
}
