/* Travel along streets: by hand on the equator, where a thousandth of a degree is 111.319490793 m (6378137 pi
   / 180 / 1000), and against Dijkstra's algorithm over a network in which every vertex and every place where
   somebody comes to a street is a node (support/plain_streets.h), to a micrometre. */
#include "measure/street_travel.h"

#include "support/plain_streets.h"
#include "support/street_town.h"

static const double STEP_M = 111.319490793273565; /* of 0.001 degrees on the equator */

/* Metres of 0.001 degrees to the north of the equator, by PROJ's geod_inverse. */
static const double NORTH_M = 110.574275821;

static double nearest(const struct street_town *town, size_t type, size_t point) {
    return town->travel.nearest[type * town->travel.row_count + point];
}

/* Two on one street: straight along it, with the legs at both ends. */
static void test_same_street(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.010, 0});
    street_town_add_point(&town, 0.002, 0);
    street_town_add_point(&town, 0.003, 0.001);
    street_town_add_point(&town, 0.008, 0);
    street_town_add_site(&town, 0.008, 0, 0, 1);
    street_town_travel(&town, 1, 1);
    assert_int_equal(town.graph.edge_count, 1);
    assert_near(nearest(&town, 0, 0), 6 * STEP_M, 1e-6, "m");
    assert_near(nearest(&town, 0, 1), 5 * STEP_M + NORTH_M, 1e-6, "m");
    assert_near(nearest(&town, 0, 2), 0, 0, "m");
    assert_near(street_town_cost(&town, 0, 0), 6 * STEP_M, 1e-6, "m");
    assert_near(town.report.longest_leg_m, NORTH_M, 1e-6, "m");
    street_town_release(&town);
}

/* A vertex inside two lines joins them; lines that cross without one do not meet. */
static void test_junctions(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.002, 0}, {0.006, 0});              /* the main street */
    STREET(&town, {0.002, -0.003}, {0.002, 0}, {0.002, 0.003}); /* crosses it at a shared vertex */
    STREET(&town, {0.004, -0.003}, {0.004, 0.003});             /* a bridge over it */
    street_town_add_site(&town, 0, 0, 0, 1);
    street_town_add_point(&town, 0.002, 0.003);
    street_town_add_point(&town, 0.004, 0.003);
    street_town_travel(&town, 1, 1);
    assert_int_equal(town.graph.edge_count, 5);
    assert_int_equal(town.graph.piece_count, 2);
    assert_near(nearest(&town, 0, 0), 2 * STEP_M + 3 * NORTH_M, 1e-6, "m");
    assert_true(isinf(nearest(&town, 0, 1)));
    assert_int_equal(town.report.point_states[0], SG_STREET_REACHED);
    assert_int_equal(town.report.point_states[1], SG_STREET_NO_WAY);
    assert_near(town.graph.piece_lengths_m[0], 6 * STEP_M + 6 * NORTH_M, 1e-5, "m");
    assert_near(town.graph.piece_lengths_m[1], 6 * NORTH_M, 1e-5, "m");
    street_town_release(&town);
}

/* Short pieces left out: what is left is, to the last bit, the network of the lines that stay, and who lived
   beside a short piece comes to a street that leads somewhere. */
static void test_left_out(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_street_left_out left_out;
    struct street_town town = street_town_new(), other = street_town_new();
    for (int k = 0; k < 2; k++) {
        struct street_town *to = k == 0 ? &town : &other;
        STREET(to, {0, 0}, {0.002, 0}, {0.006, 0});
        if (k == 0)
            STREET(to, {0.005, 0.001}, {0.006, 0.001}, {0.007, 0.001}); /* 223 m */
        STREET(to, {0.002, 0}, {0.002, 0.003});
        STREET(to, {0.02, 0}, {0.023, 0}); /* 334 m */
        if (k == 0)
            STREET(to, {0.03, 0}, {0.0309, 0}); /* 100 m */
        street_town_add_site(to, 0, 0, 0, 1);
        street_town_add_point(to, 0.006, 0.0012);
        street_town_add_point(to, 0.022, 0.0001);
        street_town_travel(to, 1, 1);
    }
    assert_int_equal(town.graph.piece_count, 4);
    assert_true(isinf(nearest(&town, 0, 0))); /* on the path that leads nowhere */
    assert_ok(context, sg_street_graph_leave_out(context, &town.graph, 100, &left_out));
    assert_int_equal(left_out.piece_count, 0); /* 100.19 m is not shorter */
    assert_int_equal(town.graph.piece_count, 4);
    assert_ok(context, sg_street_graph_leave_out(context, &town.graph, 300, &left_out));
    assert_int_equal(left_out.piece_count, 2);
    assert_near(left_out.length_m, 2.9 * STEP_M, 0.001, "m"); /* a little less to the north */
    assert_int_equal(town.graph.piece_count, 2);
    assert_int_equal(town.graph.edge_count, other.graph.edge_count);
    assert_int_equal(town.graph.node_count, other.graph.node_count);
    assert_int_equal(town.graph.point_count, other.graph.point_count);
    assert_true(town.graph.length_m == other.graph.length_m);
    sg_travel_release(&town.travel);
    sg_street_report_release(&town.report);
    assert_ok(context, sg_streets_travel(context, &town.graph, &town.demand, &town.inventory, 1,
                                         &town.request, &town.travel, &town.report));
    assert_memory_equal(town.travel.nearest, other.travel.nearest, 4 * sizeof(double));
    assert_near(nearest(&town, 0, 0), 6 * STEP_M + 1.2 * NORTH_M, 1e-6, "m");
    assert_ok(context, sg_street_graph_leave_out(context, &town.graph, INFINITY, &left_out));
    assert_int_equal(town.graph.edge_count, 0); /* all may go */
    assert_int_equal(town.graph.piece_count, 0);
    street_town_release(&town);
    street_town_release(&other);
    sg_context_free(context);
}

/* The same in a bent town with one-way streets: everything but its largest piece. */
static void test_largest_alone(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct street_town town = street_town_new();
    struct test_random random = test_random_new(11);
    struct sg_street_left_out left_out;
    street_town_add_random_streets(&town, &random, 43.6);
    for (int i = 0; i < 60; i++)
        street_town_add_point(&town, -79.4 + test_random_between(&random, 0, 0.03),
                              43.6 + test_random_between(&random, 0, 0.02));
    for (int i = 0; i < 8; i++) {
        struct sg_point at = town.layer.points[test_random_index(&random, town.layer.point_count)];
        street_town_add_site(&town, at.x, at.y, 0, 1);
    }
    street_town_travel(&town, 1, 1);
    struct sg_street_graph *graph = &town.graph;
    assert_true(graph->piece_count > 3);
    double longest_m = graph->piece_lengths_m[0], all_m = graph->length_m;
    assert_ok(context, sg_street_graph_leave_out(context, graph, longest_m, &left_out));
    assert_int_equal(graph->piece_count, 1);
    assert_near(graph->length_m, longest_m, 1e-6, "m");
    assert_near(left_out.length_m, all_m - longest_m, 1e-6, "m");
    for (size_t n = 0; n < graph->node_count; n++) { /* every arc is at an end of its edge */
        assert_int_equal(graph->pieces[n], 0);
        assert_true(graph->arc_starts[n] < graph->arc_starts[n + 1]);
        for (uint32_t a = graph->arc_starts[n]; a < graph->arc_starts[n + 1]; a++) {
            const struct sg_street_edge *edge = &graph->edges[graph->arcs[a].edge];
            assert_true((edge->from == n && edge->to == graph->arcs[a].node)
                        || (edge->to == n && edge->from == graph->arcs[a].node));
            struct sg_point first = graph->points[edge->first_point],
                            last = graph->points[sg_street_edge_end(edge) - 1];
            assert_true(first.x == graph->nodes[edge->from].x && first.y == graph->nodes[edge->from].y);
            assert_true(last.x == graph->nodes[edge->to].x && last.y == graph->nodes[edge->to].y);
        }
    }
    street_town_release(&town);
    sg_context_free(context);
}

/* Nobody is within the threshold of anything: no pairs, and the nearest is known all the same. Held by the
   sanitizers: it once counted from the start of a list that was never made. */
static void test_nobody_within(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.02, 0});
    street_town_add_site(&town, 0, 0, 0, 1);
    street_town_add_point(&town, 0.02, 0);
    street_town_travel(&town, 1, 1);
    assert_int_equal(town.travel.starts[1], 0);
    assert_near(nearest(&town, 0, 0), 20 * STEP_M, 1e-6, "m");
    street_town_release(&town);
}

/* Lines end to end are one edge; a point in their middle is still on it. */
static void test_chains(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0.002, 0}, {0.001, 0}); /* against the others */
    STREET(&town, {0.002, 0}, {0.004, 0});
    STREET(&town, {0.001, 0}, {0, 0});
    street_town_add_site(&town, 0.0035, 0, 0, 1);
    street_town_add_point(&town, 0.0005, 0);
    street_town_travel(&town, 1, 1);
    assert_int_equal(town.graph.edge_count, 1);
    assert_int_equal(town.graph.node_count, 2);
    assert_near(town.graph.length_m, 4 * STEP_M, 1e-6, "m");
    assert_near(nearest(&town, 0, 0), 3 * STEP_M, 1e-6, "m");
    street_town_release(&town);
}

/* Vertices that repeat, lines without length: as if they were not there. */
static void test_repeated_vertices(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0, 0}, {0.001, 0}, {0.001, 0}, {0.001, 0}, {0.002, 0}, {0.002, 0});
    STREET(&town, {0.001, 0}, {0.001, 0});
    STREET(&town, {0.001, 0}, {0.001, 0.001}, {0.001, 0.001});
    street_town_add_site(&town, 0, 0, 0, 1);
    street_town_add_point(&town, 0.001, 0.001);
    street_town_travel(&town, 1, 1);
    assert_int_equal(town.graph.no_length_count, 1);
    assert_int_equal(town.graph.edge_count, 3);
    assert_near(nearest(&town, 0, 0), STEP_M + NORTH_M, 1e-6, "m");
    street_town_release(&town);
}

/* Round a ring the shorter way, also when both are on it, and when nothing else is on it. */
static void test_rings(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.004, 0}, {0.004, 0.001}, {0, 0.001}, {0, 0});
    street_town_add_site(&town, 0.001, 0, 0, 1);
    street_town_add_point(&town, 0.003, 0);
    street_town_add_point(&town, 0.001, 0.001);
    street_town_travel(&town, 1, 1);
    assert_int_equal(town.graph.node_count, 1);
    assert_near(nearest(&town, 0, 0), 2 * STEP_M, 1e-6, "m");
    assert_near(nearest(&town, 0, 1), 2 * STEP_M + NORTH_M, 1e-6, "m");
    STREET(&town, {-0.002, 0}, {0, 0}); /* a way into it */
    street_town_add_point(&town, -0.002, 0);
    street_town_travel(&town, 1, 1);
    assert_int_equal(town.graph.node_count, 2);
    assert_near(nearest(&town, 0, 1), 2 * STEP_M + NORTH_M, 1e-6, "m");
    assert_near(nearest(&town, 0, 2), 3 * STEP_M, 1e-6, "m");
    street_town_release(&town);
}

/* Two lines that join the same two ends: a circle of two edges, or one chain in a ring. */
static void test_two_ways_round(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.002, 0.0001}, {0.004, 0});
    STREET(&town, {0.004, 0}, {0.002, -0.002}, {0, 0});
    street_town_add_site(&town, 0, 0, 0, 1);
    street_town_add_point(&town, 0.004, 0);
    street_town_travel(&town, 1, 1);
    assert_near(nearest(&town, 0, 0), 2 * hypot(2 * STEP_M, 0.1 * NORTH_M), 1e-5, "m");
    street_town_release(&town);
}

/* One-way streets lead people to services, not back; who stands at a junction may take any street from it. */
static void test_one_way(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    town.request.limit = 2000;
    ONE_WAY(&town, {0, 0}, {0.004, 0});
    ONE_WAY(&town, {0.004, 0}, {0.004, 0.001}, {0, 0.001}, {0, 0});
    street_town_add_site(&town, 0.003, 0, 0, 1);
    street_town_add_point(&town, 0.001, 0);
    street_town_add_point(&town, 0.0035, 0); /* has passed it: once around the block */
    street_town_add_point(&town, 0.004, 0);
    street_town_travel(&town, 1, 1);
    assert_near(nearest(&town, 0, 0), 2 * STEP_M, 1e-6, "m");
    assert_near(nearest(&town, 0, 1), 7.5 * STEP_M + 2 * NORTH_M, 1e-5, "m");
    assert_near(nearest(&town, 0, 2), 7 * STEP_M + 2 * NORTH_M, 1e-5, "m");
    assert_near(street_town_cost(&town, 0, 0), 2 * STEP_M, 1e-6, "m");
    assert_near(street_town_cost(&town, 2, 0), 7 * STEP_M + 2 * NORTH_M, 1e-5, "m");
    ONE_WAY(&town, {0.004, 0}, {0.008, 0}); /* leads away for ever */
    street_town_add_point(&town, 0.006, 0);
    street_town_travel(&town, 1, 1);
    assert_near(nearest(&town, 0, 2), 7 * STEP_M + 2 * NORTH_M, 1e-5, "m");
    assert_true(isinf(nearest(&town, 0, 3)));
    assert_int_equal(town.report.point_states[3], SG_STREET_NO_WAY);
    street_town_release(&town);
}

/* Minutes: a faster street is nearer; the leg is walked. */
static void test_minutes(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    town.is_time = true;
    town.request.leg_cost_per_m = 0.06 / 4.8;
    town.request.limit = 3;
    STREET(&town, {0, 0}, {0.010, 0});
    street_town_add_line(&town, (const struct sg_point[]){{0, 0}, {0.005, 0.003}, {0.010, 0}}, 3,
                         SG_STREET_BOTH, 1);
    street_town_add_site(&town, 0.010, 0, 0, 1);
    street_town_add_point(&town, 0, -0.001);
    street_town_travel(&town, 1, 1);
    double fast_m = 2 * hypot(5 * STEP_M, 3 * NORTH_M); /* 1,296 m at 60 km/h, not 1,113 m at 30 */
    assert_near(nearest(&town, 0, 0), fast_m * 0.06 / 60 + NORTH_M * 0.06 / 4.8, 1e-6, "min");
    assert_true(town.travel.is_time);
    street_town_release(&town);
}

/* The threshold and the snap limit are inclusive. */
static void test_limits(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.010, 0});
    street_town_add_site(&town, 0, 0, 0, 1);
    street_town_add_site(&town, 0.005, 0.002, 0, 1); /* 221 m off the street */
    street_town_add_point(&town, 0.009, 0);
    street_town_add_point(&town, 0.009, -0.002);
    town.request.limit = 9 * STEP_M;
    town.request.snap_limit_m = 2 * NORTH_M + 1e-5;
    street_town_travel(&town, 1, 1);
    assert_near(street_town_cost(&town, 0, 0), 9 * STEP_M, 1e-6, "m");
    assert_true(isinf(street_town_cost(&town, 1, 0)));
    assert_near(nearest(&town, 0, 1), 4 * STEP_M + 4 * NORTH_M, 1e-6, "m");
    town.request.limit = 9 * STEP_M - 1e-4;
    town.request.snap_limit_m = 2 * NORTH_M - 1e-4;
    street_town_travel(&town, 1, 1);
    assert_true(isinf(street_town_cost(&town, 0, 0)));
    assert_near(nearest(&town, 0, 0), 9 * STEP_M, 1e-6, "m"); /* the other service is on no street now */
    assert_int_equal(town.report.site_states[1], SG_STREET_NO_STREET_NEAR);
    assert_int_equal(town.report.point_states[1], SG_STREET_NO_STREET_NEAR);
    assert_true(isinf(nearest(&town, 0, 1)));
    street_town_release(&town);
}

/* Several services at one place, several types, a place without the service; sites ascend in every row. */
static void test_sites(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.010, 0});
    street_town_add_site(&town, 0.004, 0, 1, 1);
    street_town_add_site(&town, 0.002, 0, 0, 1);
    street_town_add_site(&town, 0.004, 0, 0, 2);
    street_town_add_site(&town, 0.0005, 0, 0, 0); /* weight 0 */
    street_town_add_site(&town, 0.002, 0, 1, 1);
    street_town_add_point(&town, 0, 0);
    street_town_travel(&town, 3, 1);
    assert_near(nearest(&town, 0, 0), 2 * STEP_M, 1e-6, "m");
    assert_near(nearest(&town, 1, 0), 2 * STEP_M, 1e-6, "m");
    assert_true(isinf(nearest(&town, 2, 0))); /* a type that nobody offers */
    assert_near(nearest(&town, 3, 0), 2 * STEP_M, 1e-6, "m");
    const uint32_t expected[] = {0, 1, 2, 4};
    assert_int_equal(town.travel.starts[1], 4);
    assert_memory_equal(town.travel.sites, expected, sizeof expected);
    assert_near(town.travel.costs[2], 4 * STEP_M, 1e-6, "m");
    street_town_release(&town);
}

/* No service, no people, no street near anything. */
static void test_nothing(void **state) {
    (void)state;
    struct street_town town = street_town_new();
    STREET(&town, {0, 0}, {0.010, 0});
    street_town_travel(&town, 1, 2);
    assert_int_equal(town.travel.starts[0], 0);
    street_town_add_point(&town, 10, 10);
    street_town_travel(&town, 1, 2);
    assert_true(isinf(nearest(&town, 1, 0)));
    street_town_release(&town);
}

/* ---- against the plain way ---- */

enum { POINTS = 120, SITES = 40, TYPES = 3 };

static void hold_against_plain(struct street_town *town, struct test_random *random, double lat_deg) {
    struct sg_point points[POINTS], sites[SITES];
    street_town_add_random_streets(town, random, lat_deg);
    for (int i = 0; i < POINTS; i++) {
        points[i] = (struct sg_point){-79.402 + test_random_between(random, 0, 0.034),
                                      lat_deg - 0.002 + test_random_between(random, 0, 0.027)};
        if (i % 9 == 0) /* on a vertex */
            points[i] = town->layer.points[test_random_index(random, town->layer.point_count)];
        street_town_add_point(town, points[i].x, points[i].y);
    }
    for (int i = 0; i < SITES; i++) {
        sites[i] = i % 5 == 4 ? sites[i - 1] : points[test_random_index(random, POINTS)];
        sites[i].x += i % 5 == 4 ? 0 : test_random_between(random, 0, 0.0005);
        street_town_add_site(town, sites[i].x, sites[i].y, (uint16_t)(i % TYPES), 1);
    }
    double *costs = calloc(POINTS * SITES, sizeof *costs);
    assert_non_null(costs);
    const struct plain_streets plain = {.layer = &town->layer,
                                        .radius_m = 6378137,
                                        .flattening = 1 / 298.257223563,
                                        .is_time = town->is_time,
                                        .leg_cost_per_m = town->request.leg_cost_per_m,
                                        .snap_limit_m = town->request.snap_limit_m,
                                        .points = points,
                                        .point_count = POINTS,
                                        .sites = sites,
                                        .site_count = SITES,
                                        .costs = costs};
    plain_streets_costs(&plain);
    street_town_travel(town, TYPES, 1);
    size_t pairs = 0, unreached = 0;
    for (size_t p = 0; p < POINTS; p++) {
        double least[TYPES + 1] = {INFINITY, INFINITY, INFINITY, INFINITY};
        for (uint32_t s = 0; s < SITES; s++) {
            double cost = costs[p * SITES + s];
            least[s % TYPES] = fmin(least[s % TYPES], cost);
            least[TYPES] = fmin(least[TYPES], cost);
            if (cost <= town->request.limit) {
                assert_near(street_town_cost(town, p, s), cost, 1e-6, "m or min");
                pairs++;
            }
        }
        for (size_t t = 0; t <= TYPES; t++) {
            assert_int_equal(isinf(nearest(town, t, p)) != 0, isinf(least[t]) != 0);
            if (!isinf(least[t]))
                assert_near(nearest(town, t, p), least[t], 1e-6, "m or min");
        }
        unreached += isinf(least[TYPES]) != 0;
    }
    assert_int_equal(town->travel.starts[POINTS], pairs);
    assert_in_range(pairs, 100, POINTS * SITES - 1);
    assert_in_range(unreached, 1, POINTS / 2);
    free(costs);
}

static void test_against_plain(void **state) {
    (void)state;
    struct test_random random = test_random_new(20130613);
    for (int round = 0; round < 12; round++) {
        struct street_town town = street_town_new();
        town.is_time = round % 2 == 1;
        town.request.limit = town.is_time ? 3 : 900;
        town.request.leg_cost_per_m = town.is_time ? 0.06 / 4.8 : 1;
        town.request.snap_limit_m = 120;
        hold_against_plain(&town, &random, round % 3 == 0 ? 43.6 : round % 3 == 1 ? -30 : 62);
        street_town_release(&town);
    }
}

/* One thread and several give the same bytes. */
static void test_threads(void **state) {
    (void)state;
    struct test_random random = test_random_new(7);
    struct street_town town = street_town_new();
    hold_against_plain(&town, &random, 43.6);
    struct sg_travel one = town.travel;
    town.travel = (struct sg_travel){0};
    street_town_travel(&town, TYPES, 5);
    assert_memory_equal(one.nearest, town.travel.nearest, (TYPES + 1) * POINTS * sizeof(double));
    assert_memory_equal(one.starts, town.travel.starts, (POINTS + 1) * sizeof *one.starts);
    assert_memory_equal(one.sites, town.travel.sites, one.starts[POINTS] * sizeof *one.sites);
    assert_memory_equal(one.costs, town.travel.costs, one.starts[POINTS] * sizeof *one.costs);
    sg_travel_release(&one);
    street_town_release(&town);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_street),
        cmocka_unit_test(test_junctions),
        cmocka_unit_test(test_nobody_within),
        cmocka_unit_test(test_left_out),
        cmocka_unit_test(test_largest_alone),
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_repeated_vertices),
        cmocka_unit_test(test_rings),
        cmocka_unit_test(test_two_ways_round),
        cmocka_unit_test(test_one_way),
        cmocka_unit_test(test_minutes),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_sites),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_against_plain),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
