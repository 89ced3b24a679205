/* Streets, people and services made in code, for tests of travel along streets. */
#ifndef SG_TEST_STREET_TOWN_H
#define SG_TEST_STREET_TOWN_H

#include "measure/street_travel.h"
#include "support/test.h"

struct street_town {
    struct sg_street_layer layer;
    struct sg_demand demand;
    struct sg_inventory inventory;
    struct sg_street_request request;
    bool is_time;
    struct sg_street_graph graph;
    struct sg_travel travel;
    struct sg_street_report report;
};

/* Empty: on foot, snap limit 500 m, threshold 1 km, one class of 30 km/h and (class 1) one of 60. */
struct street_town street_town_new(void);
void street_town_release(struct street_town *town);

/* A line through so many points, open in these directions. */
void street_town_add_line(struct street_town *town, const struct sg_point *points, size_t count,
                          uint8_t directions, uint16_t street_class);

#define STREET(town, ...)                                                                                    \
    street_town_add_line(town, (const struct sg_point[]){__VA_ARGS__},                                       \
                         sizeof((const struct sg_point[]){__VA_ARGS__}) / sizeof(struct sg_point),           \
                         SG_STREET_BOTH, 0)
#define ONE_WAY(town, ...)                                                                                   \
    street_town_add_line(town, (const struct sg_point[]){__VA_ARGS__},                                       \
                         sizeof((const struct sg_point[]){__VA_ARGS__}) / sizeof(struct sg_point),           \
                         SG_STREET_FORWARD, 0)

/* Streets between the corners of a bent grid, through a corner or two, some one-way, some fast, some pieces
   on their own; and lines over all of it without a vertex in common. */
void street_town_add_random_streets(struct street_town *town, struct test_random *random, double lat_deg);

/* One person, and a service of one type. */
void street_town_add_point(struct street_town *town, double lon_deg, double lat_deg);
void street_town_add_site(struct street_town *town, double lon_deg, double lat_deg, uint16_t type,
                          double weight);

/* Builds the graph and finds all travel between types of so many; tells of an error by failing the test. */
void street_town_travel(struct street_town *town, size_t type_count, int threads);

/* The cost of a pair, infinite when it is not among those within the limit. */
double street_town_cost(const struct street_town *town, size_t point, uint32_t site);

#endif
