/* What a shapefile can hold: names, widths, cut texts, at most 255 fields. */
#include "write/shapefile_fields.h"

#include "support/test.h"

static struct sg_column *add(struct sg_table *table, enum sg_column_kind kind, const char *name,
                             const char *short_name) {
    struct sg_column *column = sg_table_add(table, kind, name, short_name, name, "", "A definition.");
    assert_non_null(column);
    return column;
}

/* 254 bytes, cut at a character: e acute is two bytes, the hospital four. */
static void test_cut(void **state) {
    (void)state;
    char text[600], cut[SG_SHAPEFILE_TEXT + 1];
    memset(text, 'a', 254);
    text[254] = '\0';
    assert_ptr_equal(sg_shapefile_cut(text, cut), text); /* it fits */
    memset(text, 'a', 300);
    text[300] = '\0';
    assert_int_equal(strlen(sg_shapefile_cut(text, cut)), 254);
    for (int before = 248; before <= 254; before++) {
        memset(text, 'a', sizeof text);
        strcpy(text + before, "🏥é🏥é");
        const char *found = sg_shapefile_cut(text, cut);
        assert_true(strlen(found) <= 254 && strlen(found) > 250 - 1);
        assert_true(sg_utf8_is_valid(found, strlen(found)));
        assert_memory_equal(found, text, strlen(found));
    }
}

static void assert_fits(const double *numbers, size_t count, enum sg_column_kind kind) {
    struct sg_table table;
    sg_table_init(&table, count);
    struct sg_column *column = add(&table, kind, "a", "A");
    memcpy(column->numbers, numbers, count * sizeof *numbers);
    OGRFieldDefnH field = OGR_Fld_Create("A", kind == SG_COLUMN_INTEGER ? OFTInteger64 : OFTReal);
    sg_shapefile_field_size(field, column, count);
    int width = OGR_Fld_GetWidth(field), decimals = OGR_Fld_GetPrecision(field);
    for (size_t i = 0; i < count; i++) {
        char text[400];
        if (!isfinite(numbers[i]))
            continue;
        int length = snprintf(text, sizeof text, "%*.*f", width, decimals, numbers[i]);
        if (length > width)
            fail_msg("%.17g needs %d characters, the field has %d", numbers[i], length, width);
        /* ten significant digits of the largest survive, ten decimals at most */
        double largest = 0;
        for (size_t k = 0; k < count; k++)
            largest = fmax(largest, isfinite(numbers[k]) ? fabs(numbers[k]) : 0);
        assert_near(strtod(text, NULL), numbers[i], 1e-9 * largest + 1e-10, "");
    }
    OGR_Fld_Destroy(field);
    sg_table_release(&table);
}

static void test_widths_hold_the_values(void **state) {
    (void)state;
    assert_fits((double[]){0, 1, 2}, 3, SG_COLUMN_INTEGER);
    assert_fits((double[]){-123456789012, 5}, 2, SG_COLUMN_INTEGER);
    assert_fits((double[]){0, 0.5, -0.25}, 3, SG_COLUMN_REAL);
    assert_fits((double[]){NAN, 99.999999999, -99.999999999}, 3, SG_COLUMN_REAL);
    assert_fits((double[]){9.9999999999999, 1}, 2, SG_COLUMN_REAL);
    assert_fits((double[]){-1234567.891, 12}, 2, SG_COLUMN_REAL);
    assert_fits((double[]){1e15, 2e15 + 0.5}, 2, SG_COLUMN_REAL);
    assert_fits((double[]){NAN, NAN}, 2, SG_COLUMN_REAL);
    struct test_random random = test_random_new(19);
    for (int round = 0; round < 2000; round++) {
        double numbers[5], size = pow(10, test_random_between(&random, -3, 15));
        for (int i = 0; i < 5; i++)
            numbers[i] = size * test_random_between(&random, -1, 1);
        assert_fits(numbers, 5, SG_COLUMN_REAL);
    }
}

static void test_check(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_table table;
    sg_table_init(&table, 1);
    char long_text[300];
    memset(long_text, 'x', 299);
    long_text[299] = '\0';
    assert_true(sg_column_set_text(add(&table, SG_COLUMN_TEXT, "area_name", "NAME"), 0, long_text));
    assert_ok(context, sg_shapefile_check(context, "a.shp", &table));
    assert_true(test_heard("cut") && test_heard("area_name")); /* reported */
    add(&table, SG_COLUMN_REAL, "one", "SAME");
    add(&table, SG_COLUMN_REAL, "two", "same");
    assert_status(context, sg_shapefile_check(context, "a.shp", &table), SG_NO_OUTPUT);
    assert_contains(test_error(context), "'one' and 'two'");
    sg_context_forget_error(context);
    sg_table_release(&table);
    sg_table_init(&table, 1);
    for (int i = 0; i < 256; i++) {
        char name[20];
        snprintf(name, sizeof name, "F%d", i);
        add(&table, SG_COLUMN_REAL, name, name);
        if (i == 254)
            assert_ok(context, sg_shapefile_check(context, "a.shp", &table));
    }
    assert_status(context, sg_shapefile_check(context, "a.shp", &table), SG_NO_OUTPUT);
    assert_contains(test_error(context), "255");
    assert_contains(test_hint(context), "--measures");
    sg_table_release(&table);
    sg_context_free(context);
}

static void test_dictionary(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_staging *staging;
    struct sg_table table;
    sg_table_init(&table, 1);
    add(&table, SG_COLUMN_REAL, "emp_within_pct", "EMP_W");
    assert_ok(context, sg_staging_new(context, folder, false, &staging));
    assert_ok(context, sg_shapefile_dictionary(context, staging, "coverage.shp", &table));
    assert_ok(context, sg_staging_commit(staging));
    sg_staging_free(staging);
    char *text = test_read(test_path(folder, "coverage.fields.csv"), NULL);
    assert_string_equal(
        text,
        "short_name,long_name,title,unit,definition\nEMP_W,emp_within_pct,emp_within_pct,,A definition.\n");
    free(text);
    sg_table_release(&table);
    sg_context_free(context);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_widths_hold_the_values),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_dictionary),
    };
    return cmocka_run_group_tests_name("shapefile_fields", tests, NULL, NULL);
}
