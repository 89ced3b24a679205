/* Names to positions: each name once, in the order of coming, whatever bytes it has. */
#include "core/name_index.h"

#include "support/test.h"

static void test_positions_follow_the_order_of_coming(void **state) {
    (void)state;
    struct sg_name_index *index = sg_name_index_new();
    bool is_new;
    assert_int_equal(sg_name_index_count(index), 0);
    assert_int_equal(sg_name_index_find(index, "EMP", 3), SG_NO_INDEX);
    assert_int_equal(sg_name_index_add(index, "EMP", 3, &is_new), 0);
    assert_true(is_new);
    assert_int_equal(sg_name_index_add(index, "HEA", 3, NULL), 1);
    assert_int_equal(sg_name_index_add(index, "EMP", 3, &is_new), 0);
    assert_false(is_new);
    assert_int_equal(sg_name_index_find(index, "HEA", 3), 1);
    assert_int_equal(sg_name_index_find(index, "HE", 2), SG_NO_INDEX);
    assert_int_equal(sg_name_index_find(index, "hea", 3), SG_NO_INDEX);
    assert_string_equal(sg_name_index_name(index, 1), "HEA");
    assert_int_equal(sg_name_index_count(index), 2);
    sg_name_index_free(index);
}

static void test_empty_names_and_zero_bytes_are_names(void **state) {
    (void)state;
    struct sg_name_index *index = sg_name_index_new();
    assert_int_equal(sg_name_index_add(index, "", 0, NULL), 0);
    assert_int_equal(sg_name_index_add(index, "\0", 1, NULL), 1);
    assert_int_equal(sg_name_index_add(index, "\0a", 2, NULL), 2);
    assert_int_equal(sg_name_index_add(index, "\0b", 2, NULL), 3);
    assert_int_equal(sg_name_index_find(index, "", 0), 0);
    assert_int_equal(sg_name_index_find(index, "\0a", 2), 2);
    sg_name_index_free(index);
    sg_name_index_free(NULL);
}

/* The law of the table, over many growths: position i is the i-th different name. */
static void test_many_names(void **state) {
    (void)state;
    struct sg_name_index *index = sg_name_index_new();
    char name[40];
    for (size_t i = 0; i < 20000; i++) {
        int length = snprintf(name, sizeof name, "organization %zu", i);
        assert_int_equal(sg_name_index_add(index, name, (size_t)length, NULL), i);
    }
    for (size_t i = 0; i < 20000; i++) {
        int length = snprintf(name, sizeof name, "organization %zu", i);
        assert_int_equal(sg_name_index_find(index, name, (size_t)length), i);
        assert_string_equal(sg_name_index_name(index, i), name);
    }
    assert_int_equal(sg_name_index_count(index), 20000);
    sg_name_index_free(index);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_positions_follow_the_order_of_coming),
        cmocka_unit_test(test_empty_names_and_zero_bytes_are_names),
        cmocka_unit_test(test_many_names),
    };
    return cmocka_run_group_tests_name("name_index", tests, NULL, NULL);
}
