/* Likeness of neighbours: by hand on lattices, and its laws; published figures are in test_real_reference.c.
 */
#include "judge/local_clusters.h"

#include "core/random.h"
#include "support/test.h"
#include "support/weights.h"

static const struct sg_cluster_request REQUEST = {9999, 20260101, 0.05};

static struct sg_local_clusters find(const double *values, const struct sg_neighbours *neighbours,
                                     int threads) {
    struct sg_context *context = test_context_new(threads);
    struct sg_local_clusters clusters;
    assert_ok(context, sg_local_clusters_find(context, values, neighbours, &REQUEST, &clusters));
    sg_context_free(context);
    return clusters;
}

/* A 10 x 10 city whose left half is high: its inside is HH, the inside of the rest LL. */
static void test_two_halves(void **state) {
    (void)state;
    struct sg_neighbours lattice = test_lattice(10, 10, true);
    double values[100];
    struct test_random random = test_random_new(3);
    for (int a = 0; a < 100; a++)
        values[a] = (a % 10 < 5 ? 80 : 20) + test_random_between(&random, 0, 5);
    values[55] = NAN; /* and one is missing */
    struct sg_local_clusters one = find(values, &lattice, 1), two = find(values, &lattice, 2);
    assert_memory_equal(one.p, two.p, 100 * sizeof *one.p);
    assert_memory_equal(one.clusters, two.clusters, 100 * sizeof *one.clusters);
    assert_true(one.global_p == two.global_p && one.global_p < 0.001);
    assert_int_equal(one.refusal, SG_CLUSTERS_FOUND);
    assert_int_equal(one.tested_count, 99);
    assert_int_equal(one.clusters[41], SG_CLUSTER_HIGH_HIGH);
    assert_int_equal(one.clusters[47], SG_CLUSTER_LOW_LOW);
    assert_int_equal(one.clusters[55], SG_CLUSTER_UNKNOWN);
    assert_missing(one.p[55]);
    assert_true(one.gi_star[41] > 2 && one.gi_star[47] < 0);
    size_t total = 0;
    for (int c = 0; c <= SG_CLUSTER_UNKNOWN; c++)
        total += one.counts[c];
    assert_int_equal(total, 100);
    sg_local_clusters_release(&one);
    sg_local_clusters_release(&two);
    sg_neighbours_release(&lattice);
}

/* Values at random have no clusters: over 20 cities of 100 areas at most a few false ones (the rule promises
   5% of cities with any). */
static void test_noise(void **state) {
    (void)state;
    struct sg_neighbours lattice = test_lattice(10, 10, true);
    struct test_random random = test_random_new(5);
    size_t cities_with = 0;
    for (int city = 0; city < 20; city++) {
        double values[100];
        for (int a = 0; a < 100; a++)
            values[a] = test_random_between(&random, 0, 1);
        struct sg_local_clusters found = find(values, &lattice, 2);
        cities_with += found.counts[SG_CLUSTER_NOT_SIGNIFICANT] < 100;
        sg_local_clusters_release(&found);
    }
    assert_true(cities_with <= 4);
    sg_neighbours_release(&lattice);
}

static void test_refusals(void **state) {
    (void)state;
    double values[900];
    for (int a = 0; a < 900; a++)
        values[a] = a % 7;
    struct sg_neighbours small = test_lattice(29, 1, true);
    struct sg_local_clusters found = find(values, &small, 1);
    assert_int_equal(found.refusal, SG_CLUSTERS_TOO_FEW);
    assert_int_equal(found.counts[SG_CLUSTER_UNKNOWN], 29);
    assert_missing(found.p[3]);
    assert_true(isfinite(found.global.statistic)
                && isfinite(found.global_p)); /* over all areas it is known */
    sg_local_clusters_release(&found);
    sg_neighbours_release(&small);

    struct sg_neighbours one = test_lattice(1, 1, true);
    found = find(values, &one, 1);
    assert_int_equal(found.refusal, SG_CLUSTERS_TOO_FEW);
    assert_int_equal(found.island_count, 1);
    assert_int_equal(found.clusters[0], SG_CLUSTER_ISLAND);
    assert_missing(found.global.statistic);
    sg_local_clusters_release(&found);
    sg_neighbours_release(&one);

    struct sg_neighbours lattice = test_lattice(30, 2, true);
    for (int a = 0; a < 60; a++)
        values[a] = 4;
    found = find(values, &lattice, 1);
    assert_int_equal(found.refusal, SG_CLUSTERS_ALL_EQUAL);
    assert_missing(found.global.statistic);
    assert_missing(found.global_p);
    sg_local_clusters_release(&found);
    for (int a = 0; a < 60; a++)
        values[a] = NAN;
    found = find(values, &lattice, 1);
    assert_int_equal(found.refusal, SG_CLUSTERS_TOO_FEW);
    assert_int_equal(found.counts[SG_CLUSTER_UNKNOWN], 60);
    sg_local_clusters_release(&found);
    sg_neighbours_release(&lattice);
}

/* An area whose neighbours are all missing is an island, and changes nothing for the others; values below 0
   are values. */
static void test_islands(void **state) {
    (void)state;
    struct sg_neighbours lattice = test_lattice(8, 8, false), smaller = test_lattice(8, 7, false);
    double values[64];
    struct test_random random = test_random_new(9);
    for (int a = 0; a < 64; a++)
        values[a] = a < 56 ? test_random_between(&random, -50, 50) : NAN;
    struct sg_local_clusters without = find(values, &smaller, 1);
    values[60] = 1000; /* alone in the missing row, but for the one above it */
    struct sg_local_clusters with = find(values, &lattice, 1);
    assert_int_equal(with.island_count, 0);
    assert_int_equal(with.tested_count, 57);
    sg_local_clusters_release(&with);
    values[60] = NAN;
    with = find(values, &lattice, 1);
    assert_memory_equal(with.p, without.p, 56 * sizeof *with.p);
    assert_memory_equal(with.local_i, without.local_i, 56 * sizeof *with.local_i);
    sg_local_clusters_release(&with);
    sg_local_clusters_release(&without);
    /* a corner whose two neighbours are missing */
    values[1] = values[8] = NAN;
    with = find(values, &lattice, 1);
    assert_int_equal(with.clusters[0], SG_CLUSTER_ISLAND);
    assert_int_equal(with.island_count, 1);
    assert_missing(with.local_i[0]);
    sg_local_clusters_release(&with);
    sg_neighbours_release(&lattice);
    sg_neighbours_release(&smaller);
}

/* Local Is add up to the global one: sum of I_i x n / ((n - 1) S0), S0 = n with row weights. */
static void test_local_adds_up(void **state) {
    (void)state;
    struct sg_neighbours lattice = test_lattice(7, 6, true);
    double values[42], sum = 0;
    struct test_random random = test_random_new(13);
    for (int a = 0; a < 42; a++)
        values[a] = test_random_between(&random, 0, 9);
    struct sg_local_clusters found = find(values, &lattice, 1);
    for (int a = 0; a < 42; a++)
        sum += found.local_i[a];
    assert_near(sum / 41, found.global.statistic, 1e-12, "");
    /* the p of a permutation test and of the normal curve are near each other */
    double p = sg_p_two_sided(found.global.statistic, found.global.expected, found.global.variance_random);
    assert_near(found.global_p, p, 0.05, "");
    sg_local_clusters_release(&found);
    sg_neighbours_release(&lattice);
}

/* The conditional p against all draws there are: an area with two neighbours out of 30 has 29 x 28 / 2 = 406
   pairs to draw. */
static void test_all_pairs(void **state) {
    (void)state;
    struct sg_neighbours line = test_lattice(30, 1, true);
    double values[30];
    for (int a = 0; a < 30; a++)
        values[a] = (a * a) % 31 + 0.01 * a;
    struct sg_local_clusters found = find(values, &line, 1);
    for (int i = 1; i < 29; i++) {
        double lag = values[i - 1] + values[i + 1];
        double at_least = 0, at_most = 0;
        for (int j = 0; j < 30; j++) {
            for (int k = j + 1; k < 30; k++) {
                if (j == i || k == i)
                    continue;
                at_least += values[j] + values[k] >= lag - 1e-9;
                at_most += values[j] + values[k] <= lag + 1e-9;
            }
        }
        double exact = fmin(1, 2 * fmin(at_least, at_most) / 406);
        assert_near(found.p[i], exact, 0.03, ""); /* three standard errors of 9,999 draws */
    }
    sg_local_clusters_release(&found);
    sg_neighbours_release(&line);
}

/* Benjamini and Hochberg 1995, their example of 15 p values: at 0.05 the rule takes the first four. */
static void test_false_discovery(void **state) {
    (void)state;
    const double p[] = {0.0459, 0.0001, 0.0004, NAN,    0.0019, 0.0095, 0.0201, 0.0278,
                        0.0298, 0.0344, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    double limit;
    assert_true(sg_false_discovery_limit(p, 16, 0.05, &limit));
    assert_near(limit, 0.0095, 0, "");
    assert_true(sg_false_discovery_limit(p, 16, 1e-6, &limit));
    assert_near(limit, 0, 0, "");
    assert_true(sg_false_discovery_limit(p, 0, 0.05, &limit));
    assert_near(limit, 0, 0, "");
    assert_near(sg_pseudo_p(0, 9999, 9999), 0.0002, 1e-15, "");
    assert_near(sg_pseudo_p(5000, 5000, 9999), 1, 0, "");
}

/* Gi* of the middle of three by three, binary with itself: all nine are neighbours, so it has nothing to
   compare with; of a corner with 1 to 9: (1 + 2 + 4 + 5 - 4 x 5) / (s sqrt((9 x 4 - 16) / 8)), s2 = 60 / 9.
 */
static void test_gi_star(void **state) {
    (void)state;
    struct sg_neighbours lattice = test_lattice(6, 5, true);
    double values[30];
    for (int a = 0; a < 30; a++)
        values[a] = a;
    struct sg_local_clusters found = find(values, &lattice, 1);
    /* corner: 0 + 1 + 6 + 7 = 14, mean 14.5; s2 = (900 - 1) / 12 */
    double s = sqrt(899 / 12.0);
    assert_near(found.gi_star[0], (14 - 4 * 14.5) / (s * sqrt((30 * 4 - 16) / 29.0)), 1e-12, "");
    sg_local_clusters_release(&found);
    sg_neighbours_release(&lattice);
}

static void test_chance(void **state) {
    (void)state;
    struct sg_random random = sg_random_of(1, 2);
    size_t counts[6] = {0};
    for (int i = 0; i < 60000; i++)
        counts[sg_random_below(&random, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_near((double)counts[i], 10000, 400, "draws");
    assert_true(sg_random_of(1, 2).state != sg_random_of(2, 1).state);
    assert_int_equal(sg_random_below(&random, 1), 0);
    double unit = sg_random_unit(&random);
    assert_true(unit >= 0 && unit < 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_halves),      cmocka_unit_test(test_noise),
        cmocka_unit_test(test_refusals),        cmocka_unit_test(test_islands),
        cmocka_unit_test(test_local_adds_up),   cmocka_unit_test(test_all_pairs),
        cmocka_unit_test(test_false_discovery), cmocka_unit_test(test_gi_star),
        cmocka_unit_test(test_chance),
    };
    return cmocka_run_group_tests_name("local_clusters", tests, NULL, NULL);
}
