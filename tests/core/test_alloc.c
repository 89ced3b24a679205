/* Allocation: zeroed, checked for overflow, growing. */
#include "support/test.h"

static void test_alloc_is_zeroed(void **state) {
    (void)state;
    unsigned char *bytes = sg_alloc(1000, 7);
    assert_non_null(bytes);
    for (int i = 0; i < 7000; i++)
        assert_int_equal(bytes[i], 0);
    sg_free(bytes);
}

static void test_alloc_refuses_overflow(void **state) {
    (void)state;
    assert_null(sg_alloc(SIZE_MAX, 2));
    assert_null(sg_alloc(SIZE_MAX / 8 + 1, 8));
    assert_null(sg_alloc((size_t)1 << 33, (size_t)1 << 33));
}

static void test_alloc_of_nothing_is_not_null(void **state) {
    (void)state;
    void *none = sg_alloc(0, 8), *empty = sg_alloc(8, 0);
    assert_non_null(none);
    assert_non_null(empty);
    sg_free(none);
    sg_free(empty);
    sg_free(NULL);
}

static void test_reserve_grows_and_keeps(void **state) {
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 10000; i++) {
        assert_true(sg_reserve(&items, &capacity, i + 1, sizeof *items));
        assert_true(capacity > i);
        items[i] = (int)i;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
    size_t before = capacity;
    int *same = items;
    assert_true(sg_reserve(&items, &capacity, 5, sizeof *items)); /* enough already: nothing moves */
    assert_int_equal(capacity, before);
    assert_ptr_equal(items, same);
    sg_free(items);
}

static void test_reserve_refuses_overflow(void **state) {
    (void)state;
    double *items = NULL;
    size_t capacity = 0;
    assert_true(sg_reserve(&items, &capacity, 3, sizeof *items));
    items[2] = 5;
    double *same = items;
    size_t before = capacity;
    assert_false(sg_reserve(&items, &capacity, SIZE_MAX / sizeof *items + 1, sizeof *items));
    assert_false(sg_reserve(&items, &capacity, SIZE_MAX, sizeof *items));
    assert_ptr_equal(items, same); /* as it was */
    assert_int_equal(capacity, before);
    assert_near(items[2], 5, 0, "");
    sg_free(items);
}

static void test_copies_of_text(void **state) {
    (void)state;
    assert_null(sg_strdup(NULL));
    char *copy = sg_strdup("Étobicoke");
    assert_string_equal(copy, "Étobicoke");
    sg_free(copy);
    copy = sg_strndup("Scarborough", 4);
    assert_string_equal(copy, "Scar");
    sg_free(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alloc_is_zeroed),
        cmocka_unit_test(test_alloc_refuses_overflow),
        cmocka_unit_test(test_alloc_of_nothing_is_not_null),
        cmocka_unit_test(test_reserve_grows_and_keeps),
        cmocka_unit_test(test_reserve_refuses_overflow),
        cmocka_unit_test(test_copies_of_text),
    };
    return cmocka_run_group_tests_name("alloc", tests, NULL, NULL);
}
