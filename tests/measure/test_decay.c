/* Decays against published values: the functions of ipea/accessibility's tests, the Gaussian weights of
   pysal/access, the steps of Luo & Qi 2009, Dai's 2010 form by hand. */
#include "measure/decay.h"

#include "support/test.h"

static double at(const char *text, double cost, double limit) {
    struct sg_decay decay;
    assert_true(sg_decay_from_text(text, &decay));
    return sg_decay_weight(&decay, cost, limit);
}

static void test_published(void **state) {
    (void)state;
    const double limit = 1000;
    /* ipea/accessibility, tests of decay_exponential(0.1), decay_power(0.5), decay_linear(20) */
    const double costs[] = {0, 10, 20, 60};
    for (int i = 0; i < 4; i++)
        assert_near(at("exponential:0.1", costs[i], limit), exp(-costs[i] / 10), 1e-15, "");
    const double power_costs[] = {0, 0.5, 1, 16, 64}, powers[] = {1, 1, 1, 0.25, 0.125};
    for (int i = 0; i < 5; i++)
        assert_near(at("power:0.5:1", power_costs[i], limit), powers[i], 1e-15, "");
    const double linear_costs[] = {0, 5, 10, 20, 60}, linears[] = {1, 0.75, 0.5, 0, 0};
    for (int i = 0; i < 5; i++)
        assert_near(at("linear:20", linear_costs[i], limit), linears[i], 1e-15, "");
    /* pysal/access, gaussian weights with sigma 20 */
    assert_near(at("gaussian:20", 20, limit), 0.6065, 5e-5, "");
    assert_near(at("gaussian:20", 40, limit), 0.1353, 5e-5, "");
    assert_near(at("gaussian:20", 60, limit), 0.0111, 5e-5, "");
    /* Bauer & Groneberg 2016: 1 at 0; with middle 30, spread 10 at 30: (1 + e^-5.4414) / 2 */
    assert_near(at("logistic:30:10", 0, limit), 1, 1e-15, "");
    assert_near(at("logistic:30:10", 30, limit), (1 + exp(-30 * 3.141592653589793 / (10 * sqrt(3)))) / 2,
                1e-15, "");
}

static void test_of_the_catchment(void **state) {
    (void)state;
    /* bands hold their upper edge: at exactly a third the first weight */
    const double costs[] = {0, 400, 400.001, 800, 800.001, 1200, 1300};
    const double steps[] = {1, 1, 0.68, 0.68, 0.22, 0.22, 0.22};
    for (int i = 0; i < 7; i++)
        assert_near(at("step", costs[i], 1200), steps[i], 0, "");
    assert_near(at("none", 1200, 1200), 1, 0, "");
    assert_near(at("gaussian", 0, 1200), 1, 1e-15, "");
    /* (e^-0.125 - e^-0.5) / (1 - e^-0.5) */
    assert_near(at("gaussian", 600, 1200), 0.70136657, 1e-8, "");
    assert_near(at("gaussian", 1200, 1200), 0, 1e-15, "");
    assert_near(at("linear", 300, 1200), 0.75, 1e-15, "");
    assert_near(at("exponential", 600, 1200), 0.5, 1e-15, "");
    assert_near(at("exponential", 1200, 1200), 0.25, 1e-15, "");
    assert_near(at("power", 240, 1200), 0.5, 1e-15, "");
    assert_true(at("logistic", 1200, 1200) < 0.01);
}

static void test_half(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double half;
    } halves[] = {{"none", 900}, {"step", 600}, {"exponential", 450}, {"linear", 450}, {"power", 180}};
    for (size_t i = 0; i < TEST_COUNT(halves); i++) {
        struct sg_decay decay;
        assert_true(sg_decay_from_text(halves[i].text, &decay));
        assert_near(sg_decay_half_cost(&decay, 900), halves[i].half, 1e-5, "m");
    }
}

/* Weights stay within 0 and 1 and never rise. */
static void test_falling(void **state) {
    (void)state;
    static const char *const texts[] = {
        "none",   "step",     "gaussian",   "gaussian:10",    "exponential", "exponential:3", "linear:7",
        "linear", "logistic", "logistic:5", "logistic:5:900", "power",       "power:3",       "power:2:50"};
    for (size_t i = 0; i < TEST_COUNT(texts); i++) {
        double before = 1;
        for (int d = 0; d <= 1000; d++) {
            double weight = at(texts[i], d, 1000);
            assert_true(weight >= 0 && weight <= before + 1e-15);
            before = weight;
        }
    }
}

static void test_words(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",           "steps",       "step:1",   "gaussian:", "gaussian:0",   "none:2",     "gaussian:-4",
        "gaussian:x", "power:1:2:3", "power::2", "linear:5m", "gaussian:nan", "linear:inf", "Gaussian"};
    struct sg_decay decay;
    for (size_t i = 0; i < TEST_COUNT(wrong); i++)
        assert_false(sg_decay_from_text(wrong[i], &decay));
    assert_true(sg_decay_from_text("logistic:600:150.5", &decay));
    assert_int_equal(decay.kind, SG_DECAY_LOGISTIC);
    assert_near(decay.a, 600, 0, "m");
    assert_near(decay.b, 150.5, 0, "m");
    assert_string_equal(sg_decay_name(decay.kind), "logistic");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published), cmocka_unit_test(test_of_the_catchment),
        cmocka_unit_test(test_half),      cmocka_unit_test(test_falling),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
