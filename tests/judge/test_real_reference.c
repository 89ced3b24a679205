/* The published figures of sections 2 to 5 of reference/EXPECTED_VALUES.txt, from the data files beside it.
 */
#include "judge/inequality.h"
#include "judge/local_clusters.h"
#include "measure/contiguity.h"
#include "read/area_reader.h"
#include "support/test.h"
#include "support/weights.h"

static struct sg_field field_of(const double *values, const struct sg_neighbours *neighbours) {
    struct sg_field field;
    assert_true(sg_field_init(&field, values, neighbours));
    return field;
}

/* Section 2: pysal/esda's test_moran.py on the homicide rates of 78 counties around St. Louis. */
static void test_st_louis(void **state) {
    (void)state;
    double rates[100];
    assert_int_equal(test_column(test_shared("reference/stl_hom.txt"), 1, "HR8893", rates, 100), 78);
    struct sg_neighbours weights = test_gal(test_shared("reference/stl.gal"));
    struct sg_field field = field_of(rates, &weights);
    struct sg_autocorrelation moran = sg_moran(&field, SG_WEIGHTS_ROW);
    assert_near(moran.statistic, 0.24365582621771659, 1e-15, "");
    assert_near(moran.expected, -0.012987012987012988, 1e-15, "");
    double one = sg_p_one_sided(moran.statistic, moran.expected, moran.variance_normal);
    double two = sg_p_two_sided(moran.statistic, moran.expected, moran.variance_normal);
    assert_near(one, 0.00013573931385468807, 1e-16, "");
    assert_near(two, 0.000271, 5e-7, "");
    /* and by permutation: the rates are skewed, so chance reaches further up than a normal curve says */
    struct sg_context *context = test_context_new(2);
    double p;
    assert_ok(context, sg_moran_permute(context, &field, SG_WEIGHTS_ROW, 9999, 1, &p));
    assert_true(p > 0 && p < 0.005);
    sg_context_free(context);
    sg_field_release(&field);
    sg_neighbours_release(&weights);
}

/* Section 2: the variance on a 3 x 3 lattice. */
static void test_lattice_variance(void **state) {
    (void)state;
    struct sg_neighbours lattice = test_lattice(3, 3, false);
    const double values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    struct sg_field field = field_of(values, &lattice);
    struct sg_autocorrelation moran = sg_moran(&field, SG_WEIGHTS_BINARY);
    assert_near(moran.variance_random, 0.0596875, 1e-15, "");
    assert_near(moran.variance_normal, 0.053125, 1e-15, "");
    sg_field_release(&field);
    sg_neighbours_release(&lattice);
}

/* Section 3: de Smith's ten regions. */
static void test_ten_regions(void **state) {
    (void)state;
    static const enum sg_cluster quadrants[10] = {
        SG_CLUSTER_HIGH_LOW, SG_CLUSTER_HIGH_LOW, SG_CLUSTER_HIGH_LOW,  SG_CLUSTER_LOW_HIGH,
        SG_CLUSTER_LOW_LOW,  SG_CLUSTER_LOW_LOW,  SG_CLUSTER_HIGH_HIGH, SG_CLUSTER_HIGH_LOW,
        SG_CLUSTER_LOW_LOW,  SG_CLUSTER_LOW_LOW};
    static const double expected_held[10] = {-0.00838113, -0.0243949,  -0.07031778, -0.21520869, -0.16547163,
                                             -0.00178435, -0.11531888, -0.36138555, -0.05471258, -0.09413562};
    static const double variance_held[10] = {0.03636013, 0.10412408, 0.28600769, 0.26389674, 0.21576683,
                                             0.00779261, 0.44633942, 0.57696508, 0.12929777, 0.3730742};
    static const double variance_any[10] = {0.394432, 0.394432, 0.394432, 0.148043, 0.148043,
                                            0.394432, 0.394432, 0.230173, 0.230173, 0.394432};
    static const double local[10] = {-0.114093, -0.199405, -0.133514, -0.517704, 0.480950,
                                     0.122081,  1.191483,  -0.581443, 0.071014,  0.343143};
    double z[16], mean = 0;
    assert_int_equal(test_column(test_shared("reference/desmith.txt"), 1, "z", z, 16), 10);
    struct sg_neighbours weights = test_gal(test_shared("reference/desmith.gal"));
    struct sg_field field = field_of(z, &weights);
    for (size_t i = 0; i < 10; i++)
        mean += z[i] / 10;
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(sg_quadrant(&field, mean, i), quadrants[i]);
        struct sg_local_moments moments = sg_local_moments_of(&field, i);
        assert_near(moments.expected_held, expected_held[i], 5e-9, "");
        assert_near(moments.variance_held, variance_held[i], 5e-9, "");
        assert_near(moments.expected_any, -1.0 / 9, 1e-15, "");
        assert_near(moments.variance_any, variance_any[i], 5e-7, "");
        assert_near(sg_local_i(&field, i), local[i], 5e-7, "");
    }
    sg_field_release(&field);
    sg_neighbours_release(&weights);
}

/* Section 4: Geary's C of crime in Columbus, with rook neighbours built here from the polygons. */
static void test_columbus(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(2);
    struct sg_source source = {.path = test_shared("reference/columbus.shp")};
    struct sg_area_fields fields = {.value = "CRIME", .value_option = "--field"};
    struct sg_area_layer layer;
    assert_ok(context, sg_areas_read(context, &source, &fields, &layer));
    assert_int_equal(layer.area_count, 49);
    const struct sg_shape *shapes[49];
    double crime[49];
    for (size_t a = 0; a < 49; a++) {
        shapes[a] = &layer.areas[a].shape;
        crime[a] = layer.areas[a].value;
    }
    struct sg_neighbours rook;
    assert_ok(context, sg_contiguity_find(context, shapes, 49, SG_CONTIGUITY_ROOK, 1e-7, 1, &rook));
    struct sg_field field = field_of(crime, &rook);
    struct sg_autocorrelation geary = sg_geary(&field, SG_WEIGHTS_ROW);
    assert_near(geary.statistic, 0.5154408058652411, 1e-14, "");
    assert_near(geary.expected, 1, 0, "");
    assert_near(geary.variance_normal, 0.011403109626468939, 1e-15, "");
    assert_near(geary.variance_random, 0.010848882767131886, 1e-15, "");
    assert_near((geary.statistic - 1) / sqrt(geary.variance_normal), -4.5376938201608, 1e-12, "");
    assert_near((geary.statistic - 1) / sqrt(geary.variance_random), -4.652156651668989, 1e-12, "");
    assert_near(sg_p_one_sided(geary.statistic, 1, geary.variance_normal), 2.8436375936967054e-06, 1e-17, "");
    assert_near(sg_p_one_sided(geary.statistic, 1, geary.variance_random), 1.6424069196305004e-06, 1e-17, "");
    sg_field_release(&field);
    sg_neighbours_release(&rook);
    sg_area_layer_release(&layer);
    sg_context_free(context);
}

static bool share_regime(void *user, uint32_t one, uint32_t two) {
    const double *regimes = user;
    return regimes[one] == regimes[two];
}

/* Section 5: incomes of the Mexican states. All states weigh the same there. */
static void test_mexico(void **state) {
    (void)state;
    static const char *const years[7] = {"pcgdp1940", "pcgdp1950", "pcgdp1960", "pcgdp1970",
                                         "pcgdp1980", "pcgdp1990", "pcgdp2000"};
    static const double theil[7] = {0.20894344, 0.15222451, 0.10472941, 0.10194725,
                                    0.09560113, 0.10511256, 0.10660832};
    static const double between[7] = {0.0345889,  0.02816853, 0.05260921, 0.05931219,
                                      0.03205257, 0.02963731, 0.03635872};
    const char *path = test_shared("reference/mexico.csv");
    double regimes[40], ones[40];
    uint32_t groups[40];
    assert_int_equal(test_column(path, 0, "hanson98", regimes, 40), 32);
    for (int i = 0; i < 32; i++) {
        groups[i] = (uint32_t)regimes[i];
        ones[i] = 1;
    }
    for (int y = 0; y < 7; y++) {
        double incomes[40];
        assert_int_equal(test_column(path, 0, years[y], incomes, 40), 32);
        struct sg_spread spread;
        assert_true(sg_spread_init(&spread, incomes, ones, NULL, 32, NULL));
        struct sg_theil_parts parts;
        assert_true(sg_theil_divide(&spread, groups, 10, &parts));
        assert_near(parts.total, theil[y], 5e-9, "");
        assert_near(parts.between, between[y], 5e-9, "");
        assert_near(parts.within, theil[y] - between[y], 1e-8, "");
        if (y == 0) {
            assert_near(sg_gini(&spread, NULL), 0.35372371173452849, 1e-15, "");
            struct sg_spatial_gini divided = sg_spatial_gini_of(&spread, share_regime, regimes);
            assert_near(divided.near_sum, 884130, 1e-6, "pesos");
            assert_near(divided.far_sum, 4353856, 1e-6, "pesos");
        }
        sg_spread_release(&spread);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_st_louis),    cmocka_unit_test(test_lattice_variance),
        cmocka_unit_test(test_ten_regions), cmocka_unit_test(test_columbus),
        cmocka_unit_test(test_mexico),
    };
    return cmocka_run_group_tests_name("real_reference", tests, NULL, NULL);
}
