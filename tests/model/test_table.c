/* Tables: columns by name, missing until set. */
#include "model/table.h"

#include "core/name_index.h"
#include "support/test.h"

static void test_columns(void **state) {
    (void)state;
    struct sg_table table;
    sg_table_init(&table, 3);
    struct sg_column *column = sg_table_add(&table, SG_COLUMN_REAL, "emp_reach", "EMP_RCH",
                                            "Employment: reach", "services", "A sentence.");
    assert_non_null(column);
    assert_null(column->texts);
    for (int row = 0; row < 3; row++)
        assert_missing(column->numbers[row]);
    assert_int_equal(column->type, SG_NO_INDEX);
    for (int i = 0; i < 40; i++) {
        char name[20];
        snprintf(name, sizeof name, "c%d", i);
        assert_non_null(sg_table_add(&table, SG_COLUMN_TEXT, name, name, name, "", ""));
    }
    assert_int_equal(table.column_count, 41);
    column = sg_table_find(&table, "c7");
    assert_non_null(column);
    assert_null(column->numbers);
    assert_null(column->texts[0]);
    assert_true(sg_column_set_text(column, 0, "first"));
    assert_true(sg_column_set_text(column, 0, "second"));
    assert_string_equal(column->texts[0], "second");
    assert_string_equal(sg_table_find(&table, "emp_reach")->unit, "services");
    assert_null(sg_table_find(&table, "EMP_REACH"));
    sg_table_release(&table);
    assert_int_equal(table.column_count, 0);
    sg_table_release(&table); /* twice is fine */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_columns)};
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
