/* What the columns of a coverage hold, by their names: those that the program writes, and names like them. */
#include "judge/column_measure.h"

#include "support/test.h"

static void assert_measure(const char *name, const char *expected, size_t expected_prefix) {
    const char *measure;
    size_t prefix;
    if (!sg_measure_of_column(name, &measure, &prefix))
        fail_msg("%s: not known", name);
    assert_string_equal(measure, expected);
    assert_int_equal(prefix, expected_prefix);
}

static void assert_unknown(const char *name) {
    const char *measure;
    size_t prefix;
    if (sg_measure_of_column(name, &measure, &prefix))
        fail_msg("%s: taken as %s", name, measure);
}

static void test_long_names(void **state) {
    (void)state;
    assert_measure("gap_index", "gap_index", 0);
    assert_measure("need", "need", 0);
    assert_measure("lan_count", "count", 3);
    assert_measure("all_within_pct", "within_pct", 3);
    assert_measure("hea_within_750m_pct", "within_pct", 3);
    assert_measure("hea_within_1_5min_pct", "within_pct", 3);
    assert_measure("hea_within2_800m_pct", "within2_pct", 3);
    assert_measure("free_health_clinics_uncovered_1200m", "uncovered", 19);
    assert_measure("lan_nearest_m", "nearest_m", 3);
    assert_measure("lan_nearest_min", "nearest_min", 3);
    assert_measure("lan_nearest_p90_min", "nearest_p90_min", 3);
    assert_measure("lan_gap", "gap", 3);
}

static void test_shapefile_names(void **state) {
    (void)state;
    assert_measure("GAP_INDEX", "gap_index", 0);
    assert_measure("GAP_STAB", "gap_stability", 0);
    assert_measure("LAN_W", "within_pct", 3);
    assert_measure("LAN_W2", "within2_pct", 3);
    assert_measure("LAN_W_2", "within_pct", 3);
    assert_measure("LAN_W2_1", "within2_pct", 3);
    assert_measure("LAN_UNCOV2", "uncovered", 3);
    assert_measure("LAN_P10K", "per_10k", 3);
    assert_unknown("LAN_NEAR"); /* metres or minutes? */
    assert_unknown("LAN_NP90");
}

static void test_others(void **state) {
    (void)state;
    assert_unknown("count");
    assert_unknown("_count");
    assert_unknown("lan_per_10k_low");
    assert_unknown("lan_count_800m");
    assert_unknown("lan_within_far_pct");
    assert_unknown("lan_within_800km_pct");
    assert_unknown("seniors_gap_index");
    assert_unknown("area_km2");
    assert_unknown("");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_shapefile_names),
        cmocka_unit_test(test_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
