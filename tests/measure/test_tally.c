/* Every record ends somewhere, and what ends in an area is counted there: design section 5, "nothing
 * disappears". */
#include "measure/tally.h"

#include "support/test.h"
#include "support/town.h"

struct counted_town {
    struct sg_context *context;
    struct test_town town;
    struct sg_locator *locator;
    struct sg_tally *tally;
};

static void make(struct counted_town *made, int threads, struct sg_tally_options options, const char *crs) {
    *made = (struct counted_town){.context = test_context_new(threads)};
    test_town_init(made->context, &made->town, 0);
    const struct sg_shape *shapes[TOWN_AREAS];
    for (int a = 0; a < TOWN_AREAS; a++)
        shapes[a] = &made->town.layer.areas[a].shape;
    assert_ok(made->context, sg_locator_new(made->context, shapes, TOWN_AREAS, SIZE_MAX, &made->locator));
    assert_ok(made->context, sg_tally_new(made->context, &made->town.layer, made->locator,
                                          &made->town.inventory, &options, &made->tally));
    struct sg_crs *from;
    assert_ok(made->context, sg_crs_new(made->context, crs, &from));
    assert_ok(made->context, sg_tally_begin(made->tally, from));
    sg_crs_free(from);
}

static void release(struct counted_town *made) {
    sg_tally_free(made->tally);
    sg_locator_free(made->locator);
    test_town_release(&made->town);
    sg_context_free(made->context);
}

static const uint16_t TYPE_LISTS[] = {0, 1, 0, 1}; /* type 0; type 1; both */

static struct sg_site_entry entry_at(double lon, double lat) {
    return (struct sg_site_entry){.point = {lon, lat},
                                  .weight = 1,
                                  .types = TYPE_LISTS,
                                  .type_count = 1,
                                  .organization = UINT32_MAX,
                                  .scope = UINT32_MAX,
                                  .level = UINT32_MAX,
                                  .targets = UINT32_MAX};
}

static void add(struct counted_town *made, struct sg_site_entry *entries, size_t count) {
    struct sg_site_batch batch = {entries, count, 2};
    for (size_t i = 0; i < count; i++)
        entries[i].record = i + 1;
    assert_ok(made->context, sg_tally_add(made->tally, &batch));
}

static void test_outcomes(void **state) {
    (void)state;
    struct counted_town made;
    make(&made, 1, (struct sg_tally_options){0}, "EPSG:4326");
    struct sg_site_entry entries[] = {entry_at(10, 0.001), entry_at(10.5, 0), entry_at(0, 0),
                                      entry_at(0.001, 10), entry_at(10, 95),  entry_at(10, 0),
                                      entry_at(9.99, 0)};
    entries[5].outcome = SG_SITE_BAD_WEIGHT; /* settled before: left alone */
    entries[6].types = TYPE_LISTS + 2;       /* two types */
    entries[6].type_count = 2;
    entries[6].weight = 2.5;
    add(&made, entries, TEST_COUNT(entries));
    static const enum sg_site_outcome expected[] = {SG_SITE_COUNTED, SG_SITE_OUTSIDE,      SG_SITE_ZERO,
                                                    SG_SITE_SWAPPED, SG_SITE_OUT_OF_RANGE, SG_SITE_BAD_WEIGHT,
                                                    SG_SITE_COUNTED};
    for (size_t i = 0; i < TEST_COUNT(entries); i++)
        assert_string_equal(sg_site_outcome_reason(entries[i].outcome), sg_site_outcome_reason(expected[i]));
    const struct sg_inventory *inventory = &made.town.inventory;
    assert_near(inventory->counts[0][4], 1, 0, "services");
    assert_near(inventory->counts[0][3], 2.5, 0, "services");
    assert_near(inventory->counts[1][3], 2.5, 0, "services");
    assert_near(inventory->all_counts[3], 2.5, 0, "services"); /* a record of two types is one among all */
    assert_near(inventory->totals[0], 3.5, 0, "services");
    assert_near(inventory->all_total, 3.5, 0, "services");
    assert_int_equal(inventory->site_count, 3); /* inside and outside are kept for distances */
    assert_int_equal(inventory->sites[0].area, 4);
    assert_int_equal(inventory->sites[1].area, UINT32_MAX);
    assert_int_equal(inventory->sites[2].type_count, 2);
    release(&made);
}

static void test_fix_swapped(void **state) {
    (void)state;
    struct counted_town made;
    make(&made, 1, (struct sg_tally_options){.fix_swapped = true}, "EPSG:4326");
    struct sg_site_entry entries[] = {entry_at(0.001, 10)};
    add(&made, entries, 1);
    assert_int_equal(entries[0].outcome, SG_SITE_COUNTED);
    assert_near(entries[0].lon_lat_deg.x, 10, 0, "degrees");
    assert_near(made.town.inventory.counts[0][4], 1, 0, "services");
    release(&made);
}

static void test_drop_duplicates(void **state) {
    (void)state;
    struct counted_town made;
    make(&made, 1, (struct sg_tally_options){.drop_duplicates = true}, "EPSG:4326");
    struct sg_site_entry entries[] = {entry_at(10, 0),     entry_at(10, 0), entry_at(10, 0),
                                      entry_at(10, 0.001), entry_at(10, 0), entry_at(10, 0)};
    for (int i = 0; i < 4; i++)
        entries[i].organization = 7;
    entries[2].types = TYPE_LISTS + 1; /* another type at the same place is another service */
    add(&made, entries, TEST_COUNT(entries));
    static const enum sg_site_outcome expected[] = {
        SG_SITE_COUNTED, SG_SITE_DUPLICATE, SG_SITE_COUNTED,
        SG_SITE_COUNTED, SG_SITE_COUNTED,   SG_SITE_COUNTED /* nobody's: not known to be one */};
    for (size_t i = 0; i < TEST_COUNT(entries); i++)
        assert_int_equal(entries[i].outcome, expected[i]);
    assert_near(made.town.inventory.counts[0][4], 4, 0, "services");
    release(&made);
}

/* Web Mercator: x = a x lon, y = a x asinh(tan(lat)), to the areas and back to lon/lat. */
static void test_other_crs(void **state) {
    (void)state;
    struct counted_town made;
    make(&made, 2, (struct sg_tally_options){0}, "EPSG:3857");
    double radius_m = 6378137;
    struct sg_site_entry entries[] = {
        entry_at(radius_m * 10.01 * M_PI / 180, radius_m * asinh(tan(0.01 * M_PI / 180))),
        entry_at(5, 5) /* metres: in the Gulf of Guinea, where unlocated records lie, but not at 0, 0 */};
    add(&made, entries, 2);
    assert_int_equal(entries[0].outcome, SG_SITE_COUNTED);
    assert_near(entries[0].lon_lat_deg.x, 10.01, 1e-9, "degrees");
    assert_near(entries[0].lon_lat_deg.y, 0.01, 1e-9, "degrees");
    assert_near(made.town.inventory.counts[0][8], 1, 0, "services");
    assert_int_equal(entries[1].outcome, SG_SITE_OUTSIDE);
    release(&made);
}

/* Services on shared borders, on the corner of four areas and on the rim: each counted once or outside, none
 * twice. */
static void test_borders_are_counted_once(void **state) {
    (void)state;
    struct counted_town made;
    make(&made, 1, (struct sg_tally_options){0}, "EPSG:4326");
    struct sg_site_entry entries[64];
    size_t count = 0;
    for (int a = 0; a < TOWN_AREAS; a++) {
        const struct sg_shape *shape = &made.town.layer.areas[a].shape;
        for (int i = 0; i < 4; i++) {
            if (shape->points[i].x == 0 && shape->points[i].y == 0)
                continue;
            entries[count++] = entry_at(shape->points[i].x, shape->points[i].y);
        }
    }
    add(&made, entries, count);
    double counted = 0;
    size_t inside = 0;
    for (int a = 0; a < TOWN_AREAS; a++)
        counted += made.town.inventory.counts[0][a];
    for (size_t i = 0; i < count; i++)
        inside += entries[i].outcome == SG_SITE_COUNTED;
    assert_near(counted, (double)inside, 0, "services");
    assert_true(inside >= 16); /* the four inner corners, four times each */
    release(&made);
}

/* An overlap is counted in both areas and once in the total. */
static void test_overlap(void **state) {
    (void)state;
    struct counted_town made;
    make(&made, 1, (struct sg_tally_options){0}, "EPSG:4326");
    sg_locator_free(made.locator);
    sg_tally_free(made.tally);
    sg_shape_release(&made.town.layer.areas[8].shape);
    made.town.layer.areas[8].shape = test_rectangle(9.985, -0.015, 10.015, 0.015); /* the whole town */
    const struct sg_shape *shapes[TOWN_AREAS];
    for (int a = 0; a < TOWN_AREAS; a++)
        shapes[a] = &made.town.layer.areas[a].shape;
    struct sg_tally_options options = {0};
    assert_ok(made.context, sg_locator_new(made.context, shapes, TOWN_AREAS, SIZE_MAX, &made.locator));
    assert_ok(made.context, sg_tally_new(made.context, &made.town.layer, made.locator, &made.town.inventory,
                                         &options, &made.tally));
    assert_ok(made.context, sg_tally_begin(made.tally, made.town.layer.crs));
    struct sg_site_entry entries[] = {entry_at(10, 0), entry_at(9.99, 0), entry_at(10.01, 0.01)};
    add(&made, entries, 3);
    const struct sg_inventory *inventory = &made.town.inventory;
    assert_near(inventory->counts[0][4], 1, 0, "services");
    assert_near(inventory->counts[0][8], 3, 0, "services");
    assert_near(inventory->totals[0], 3, 0, "services");
    assert_near(inventory->all_total, 3, 0, "services");
    assert_int_equal(inventory->sites[0].area, 4); /* the first that holds it */
    release(&made);
}

/* 20,000 records at random: what is counted, outside and rejected adds up to what was read, sums over areas
   are the totals, and one thread or eight, keeping sites or not, give the same. */
static void test_conservation_and_threads(void **state) {
    (void)state;
    enum { COUNT = 20000 };
    struct test_random random = test_random_new(13);
    struct sg_site_entry *entries = calloc(COUNT, sizeof *entries), *copy = calloc(COUNT, sizeof *copy);
    for (int i = 0; i < COUNT; i++) {
        entries[i] =
            entry_at(test_random_between(&random, 9.97, 10.03), test_random_between(&random, -0.03, 0.03));
        entries[i].types = TYPE_LISTS + test_random_index(&random, 2);
        entries[i].weight = test_random_between(&random, 0, 3);
        if (i % 500 == 0)
            entries[i].point = (struct sg_point){0, 0};
    }
    double counts[2][2][TOWN_AREAS];
    for (int round = 0; round < 2; round++) {
        struct counted_town made;
        make(&made, round == 0 ? 1 : 8, (struct sg_tally_options){0}, "EPSG:4326");
        made.town.inventory.keeps_sites = round == 0;
        memcpy(copy, entries, COUNT * sizeof *copy);
        add(&made, copy, COUNT);
        size_t outcomes[SG_SITE_OUTCOME_COUNT] = {0};
        for (int i = 0; i < COUNT; i++)
            outcomes[copy[i].outcome]++;
        assert_int_equal(outcomes[SG_SITE_COUNTED] + outcomes[SG_SITE_OUTSIDE] + outcomes[SG_SITE_ZERO],
                         COUNT);
        assert_int_equal(outcomes[SG_SITE_ZERO], COUNT / 500);
        double sum = 0;
        for (int t = 0; t < 2; t++) {
            double of_type = 0;
            for (int a = 0; a < TOWN_AREAS; a++) {
                counts[round][t][a] = made.town.inventory.counts[t][a];
                of_type += counts[round][t][a];
            }
            assert_relative(made.town.inventory.totals[t], of_type, 1e-12, "services");
            sum += of_type;
        }
        assert_relative(made.town.inventory.all_total, sum, 1e-12, "services");
        assert_int_equal(made.town.inventory.site_count,
                         round == 0 ? outcomes[SG_SITE_COUNTED] + outcomes[SG_SITE_OUTSIDE] : 0);
        release(&made);
    }
    assert_memory_equal(counts[0], counts[1], sizeof counts[0]);
    free(entries);
    free(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outcomes),
        cmocka_unit_test(test_fix_swapped),
        cmocka_unit_test(test_drop_duplicates),
        cmocka_unit_test(test_other_crs),
        cmocka_unit_test(test_borders_are_counted_once),
        cmocka_unit_test(test_overlap),
        cmocka_unit_test(test_conservation_and_threads),
    };
    return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
