/* A town of three by three square areas, small enough to work every number out by hand. */
#ifndef SG_TESTS_SUPPORT_TOWN_H
#define SG_TESTS_SUPPORT_TOWN_H

#include "model/area.h"
#include "model/demand.h"
#include "model/site.h"

/* Areas of 0.01 by 0.01 degrees across the equator at 10 degrees east: area 0 in the south-west, area 2 in
   the south-east, area 8 in the north-east. Neighbours' middles are so far apart (WGS 84: the equator's
   degree is 111,319.4908 m, the meridian's there 110,574.2758 m): */
#define TOWN_EAST_M 1113.194908
#define TOWN_NORTH_M 1105.742758
#define TOWN_DIAGONAL_M 1569.035 /* of both, to the millimetre: a right triangle on flat ground */
#define TOWN_AREA_KM2 1.230907   /* their product */

enum { TOWN_AREAS = 9 };

struct test_town {
    struct sg_area_layer layer;
    struct sg_inventory inventory;
    struct sg_demand demand;
};

/* Area a has 100 x (a + 1) people, 4,500 in all, and one demand point for them in its middle; no services.
   type_count types are known. Release with test_town_release(). */
void test_town_init(struct sg_context *context, struct test_town *town, size_t type_count);
void test_town_release(struct test_town *town);

struct sg_point test_town_middle(size_t area);

/* Services of the weight in the middle of an area (TOWN_AREAS: outside, one step east of area 5). */
void test_town_add(struct test_town *town, size_t area, uint16_t type, double weight);
void test_town_add_both(struct test_town *town, size_t area, uint16_t type, uint16_t other_type,
                        double weight);

#endif
