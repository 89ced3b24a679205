/* Tables of travel costs: what is read, what does not match, and what is refused. */
#include "read/cost_reader.h"

#include "support/test.h"

/* Demand points "001", "b", "c"; services x (twice, types 0 and 1), y (type 1), z of weight 0. */
struct setting {
    struct sg_context *context;
    struct sg_inventory inventory;
    struct sg_name_index *names;
    char *folder;
    struct sg_travel travel;
    struct sg_cost_report report;
};

static void add(struct setting *setting, const char *id, uint16_t type, double weight) {
    size_t position =
        id == NULL ? UINT32_MAX : sg_name_index_add(setting->inventory.ids, id, strlen(id), NULL);
    struct sg_site site = {.weight = weight, .id = (uint32_t)position};
    assert_true(sg_inventory_add(&setting->inventory, &site, &type, 1, NULL, 0));
}

static enum sg_status read_table(struct setting *setting, const char *name, const char *text, double limit) {
    *setting = (struct setting){.context = test_context_new(1), .names = sg_name_index_new()};
    assert_true(sg_inventory_init(&setting->inventory, 1, true));
    assert_true(sg_inventory_add_types(&setting->inventory, 2));
    add(setting, "x", 0, 1);
    add(setting, "y", 1, 2);
    add(setting, "x", 1, 1);
    add(setting, "z", 0, 0);
    static const char *const points[] = {"001", "b", "c"};
    for (int i = 0; i < 3; i++)
        assert_true(sg_name_index_add(setting->names, points[i], strlen(points[i]), NULL) != SG_NO_INDEX);
    setting->folder = test_folder_new();
    test_write(test_path(setting->folder, name), text);
    struct sg_source source = {.path = test_path(setting->folder, name)};
    struct sg_cost_origins origins = {setting->names, 3, "demand point"};
    return sg_costs_read(setting->context, &source, &origins, &setting->inventory, limit, true,
                         &setting->travel, &setting->report);
}

static void release(struct setting *setting) {
    sg_travel_release(&setting->travel);
    sg_inventory_release(&setting->inventory);
    sg_name_index_free(setting->names);
    test_folder_remove(setting->folder);
    sg_context_free(setting->context);
}

static void test_pairs(void **state) {
    (void)state;
    struct setting setting;
    /* out of order, a repeated pair, an inclusive limit, a blank, strangers on either side, a census spelling
     */
    assert_int_equal(
        read_table(&setting, "costs.csv",
                   "from_id,to_id,travel_time\nb,x,30\n001,y,7\n001,x,12\n001,x,9.5\nb,y,30.001\n"
                   "b,z,1\nnobody,x,4\n001,nowhere,4\nc,x,\n001,y,\"1,007\"\n",
                   30),
        SG_OK);
    struct sg_travel *travel = &setting.travel;
    assert_true(travel->way == SG_WAY_TABLE && travel->is_time);
    assert_int_equal(travel->row_count, 3);
    const size_t starts[] = {0, 3, 6, 6};
    for (int i = 0; i < 4; i++)
        assert_int_equal(travel->starts[i], starts[i]);
    const uint32_t sites[] = {0, 1, 2, 0, 2, 3};
    const double costs[] = {9.5, 7, 9.5, 30, 30, 1};
    for (int i = 0; i < 6; i++) {
        assert_int_equal(travel->sites[i], sites[i]);
        assert_near(travel->costs[i], costs[i], 0, "min");
    }
    /* the nearest of type 0, of type 1 and of any: beyond the limit too, but not a place without a service */
    const double nearest[] = {9.5, 30, INFINITY, 7, 30, INFINITY, 7, 30, INFINITY};
    for (int i = 0; i < 9; i++)
        assert_true(travel->nearest[i] == nearest[i]);
    assert_int_equal(setting.report.read, 10);
    assert_int_equal(setting.report.blank, 1);
    assert_int_equal(setting.report.repeated, 2);
    assert_int_equal(setting.report.strange_froms, 1);
    assert_int_equal(setting.report.strange_tos, 1);
    assert_int_equal(setting.report.silent_origins, 0);
    /* all of ours are there: strangers are no warning, for a routing engine's matrix is often larger */
    assert_true(test_heard(
        "1 row has a from_id that is no demand point's id (the first: 'nobody'), and is left out"));
    assert_true(test_heard("(the first: 'nowhere'), and is left out"));
    assert_true(test_heard("field 'travel_time' is taken as the cost"));
    release(&setting);
}

static void test_silence(void **state) {
    (void)state;
    struct setting setting;
    assert_int_equal(read_table(&setting, "costs.csv", "from_id,to_id,cost\nb,x,30\n", 10), SG_OK);
    assert_int_equal(setting.report.silent_origins, 2);
    assert_int_equal(setting.report.silent_services, 2);
    assert_true(test_heard("2 of 3 demand points are in no row"));
    release(&setting);
    assert_int_equal(read_table(&setting, "costs.csv", "from_id,to_id,cost\nb,x,30\nB,x,1\n", 10), SG_OK);
    assert_true(test_heard("1 row has a from_id that is no demand point's id (the first: 'B')"));
    assert_false(test_heard("and is left out"));
    assert_true(setting.travel.nearest[1] == 30); /* out of reach, but with a path */
    assert_int_equal(setting.travel.starts[3], 0);
    release(&setting);
}

/* Every cost is blank: read, told, and nothing is reached. (Found by fuzzing: undefined behaviour.) */
static void test_all_blank(void **state) {
    (void)state;
    struct setting setting;
    assert_int_equal(read_table(&setting, "costs.csv", "from_id,to_id,cost\nb,x,\nc,y,\n", 10), SG_OK);
    assert_int_equal(setting.report.blank, 2);
    for (int i = 0; i < 9; i++)
        assert_true(setting.travel.nearest[i] == INFINITY);
    for (int i = 0; i < 4; i++)
        assert_int_equal(setting.travel.starts[i], 0);
    release(&setting);
}

static void test_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *error, *hint;
    } cases[] = {
        {"from_id,to_id,cost\nb,x,-1\n", "record 1: cost \"-1\" is not a number of 0 or more",
         "leave the row out"},
        {"from_id,to_id,cost\nb,x,1\nb,y,far\n", "record 2: cost \"far\"", "leave the row out"},
        {"from_id,to_id,cost\n1,x,1\n", "no from_id is the id of one demand point (the first is '1')",
         "ours are like '001'"},
        {"from_id,to_id,cost\nb,X9,1\n", "no to_id is the id of one service", ""},
        {"from_id,to_id,price\nb,x,1\n", "cost", ""},
        {"from_id,to_id,cost\n", "no rows at all", ""},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct setting setting;
        assert_int_equal(read_table(&setting, "costs.csv", cases[i].text, 10), SG_BAD_INPUT);
        assert_contains(test_error(setting.context), cases[i].error);
        assert_contains(test_hint(setting.context), cases[i].hint);
        release(&setting);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs), cmocka_unit_test(test_silence),
                                       cmocka_unit_test(test_all_blank), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
