/* Tables attached to areas: spellings, both ways round, headings, and what does not match. All numbers stand
   in the tables written here. */
#include "read/area_keys.h"
#include "read/area_reader.h"
#include "read/join_reader.h"
#include "read/text_table.h"
#include "support/test.h"

static char *folder;
static struct sg_area_layer layer;

/* Five areas without geometry are enough; ids as cities write them. */
static const char *const area_names[][2] = {{"094", "Wychwood (94)"},
                                            {"002", "St.James Town"},
                                            {"17", "Mimico"},
                                            {"5350001.00", "O'Connor-Parkview"},
                                            {"E", "Caf\xC3\xA9 Row"}};

static int set_up(void **state) {
    (void)state;
    folder = test_folder_new();
    layer = (struct sg_area_layer){
        .area_count = TEST_COUNT(area_names), .id_field = sg_strdup("code"), .name_field = sg_strdup("name")};
    layer.areas = sg_alloc(layer.area_count, sizeof *layer.areas);
    for (size_t i = 0; i < layer.area_count; i++) {
        layer.areas[i].id = sg_strdup(area_names[i][0]);
        layer.areas[i].name = sg_strdup(area_names[i][1]);
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sg_area_layer_release(&layer);
    test_folder_remove(folder);
    return 0;
}

static struct sg_join read_join(struct sg_context *context, const char *text, const char *key,
                                const char *aliases, enum sg_status expected) {
    struct sg_area_keys *keys = NULL;
    struct sg_join join = {0};
    struct sg_source source = {.path = test_path(folder, "table.csv")};
    test_write(test_path(folder, "table.csv"), text);
    if (aliases != NULL)
        test_write(test_path(folder, "aliases.csv"), aliases);
    assert_ok(context,
              sg_area_keys_new(context, &layer, aliases == NULL ? NULL : test_path(folder, "aliases.csv"),
                               NULL, &keys));
    assert_status(context, sg_join_read(context, &source, key, keys, &layer, &join), expected);
    sg_area_keys_free(keys);
    return join;
}

static const double *values_of(struct sg_context *context, const struct sg_join *join, const char *name) {
    const struct sg_join_field *field;
    const struct sg_join *found;
    assert_ok(context, sg_joins_find(context, join, 1, name, "--need", &field, &found));
    assert_ptr_equal(found, join);
    return field->values;
}

static void assert_not_found(struct sg_context *context, const struct sg_join *join, const char *name,
                             const char *error, const char *hint) {
    const struct sg_join_field *field;
    const struct sg_join *found;
    assert_status(context, sg_joins_find(context, join, 1, name, "--need", &field, &found), SG_BAD_INPUT);
    assert_contains(test_error(context), error);
    assert_contains(test_hint(context), hint);
    sg_context_forget_error(context);
}

static void test_spellings(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_area_keys *keys;
    assert_ok(context, sg_area_keys_new(context, &layer, NULL, NULL, &keys));
    static const struct {
        const char *text;
        enum sg_key_match match;
        uint32_t area;
    } cases[] = {
        {"094", SG_KEY_SAME, 0},
        {"94", SG_KEY_SAME, 0},
        {" 94 ", SG_KEY_SAME, 0},
        {"94.0", SG_KEY_SAME, 0},
        {"0094", SG_KEY_SAME, 0},
        {"940", SG_KEY_NONE, 0},
        {"Wychwood", SG_KEY_SAME, 0},
        {"WYCHWOOD  (94)", SG_KEY_SAME, 0},
        {"Wychwood (094)", SG_KEY_SAME, 0},
        {"Wychwood (17)", SG_KEY_NONE, 0}, /* name and number disagree */
        {"Mimico (17)", SG_KEY_SAME, 2},
        {"Mimico (includes Humber Bay Shores) (17)", SG_KEY_LETTERS, 2}, /* by the number, and told */
        {"94 - Wychwood", SG_KEY_SAME, 0},
        {"094. WYCHWOOD", SG_KEY_SAME, 0},
        {"94 Wychwood", SG_KEY_SAME, 0},
        {"17 - Wychwood", SG_KEY_NONE, 0},
        {"17 Corners", SG_KEY_NONE, 0},      /* a name of its own */
        {"17 - Corners", SG_KEY_LETTERS, 2}, /* by the number, and told */
        {"O\xE2\x80\x99"
         "Connor\xE2\x80\x93Parkview",
         SG_KEY_SAME, 3},
        {"2", SG_KEY_SAME, 1},
        {"St. James Town", SG_KEY_LETTERS, 1},
        {"st james-town", SG_KEY_LETTERS, 1},
        {"O`Connor Parkview", SG_KEY_LETTERS, 3},
        {"5350001", SG_KEY_SAME, 3},
        {"5350001.0", SG_KEY_SAME, 3},
        {"cafe row", SG_KEY_SAME, 4},
        {"e", SG_KEY_SAME, 4},
        {"", SG_KEY_NONE, 0},
        {"-", SG_KEY_NONE, 0},
        {"()", SG_KEY_NONE, 0},
        {"(94)", SG_KEY_NONE, 0},
        {"\xE4\xBA\xAC", SG_KEY_NONE, 0},
        {"Toronto", SG_KEY_NONE, 0},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        uint32_t area = 99;
        enum sg_key_match match = sg_area_keys_find(keys, SG_KEYS_EITHER, cases[i].text, &area);
        if (match != cases[i].match)
            fail_msg("'%s' gives %d", cases[i].text, match);
        if (match != SG_KEY_NONE)
            assert_int_equal(area, cases[i].area);
    }
    assert_string_equal(sg_area_keys_nearest(keys, "Mimiko"), "Mimico");
    assert_null(sg_area_keys_nearest(keys, "Scarborough Village"));
    sg_area_keys_free(keys);
    sg_context_free(context);
}

static void test_rows(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_join join =
        read_join(context, "code;people;share\n94;\"1,234\";45.5%\n\n2;..;x\n0017;12 345;0,5\nZ;9;9\n",
                  "code", NULL, SG_OK);
    assert_false(join.is_transposed);
    assert_int_equal(join.matched_count, 3);
    assert_int_equal(join.key_count, 4);
    const double *people = values_of(context, &join, "PEOPLE");
    assert_near(people[0], 1234, 0, "people");
    assert_missing(people[1]); /* suppressed is missing, not 0 */
    assert_near(people[2], 12345, 0, "people");
    assert_missing(people[3]);
    assert_near(values_of(context, &join, "share")[0], 45.5, 0, "%");
    assert_near(values_of(context, &join, "column 3")[2], 0.5, 0, "%");
    assert_int_equal(join.strange.count, 1);
    assert_string_equal(join.strange.items[0].text, "Z");
    assert_int_equal(join.without.count, 2);
    assert_string_equal(join.without.items[0].text, "O'Connor-Parkview");
    assert_true(test_heard("1 of its 4 rows matches no area: 'Z'"));
    assert_true(test_heard("2 areas have no row in it: 'O'Connor-Parkview', 'Caf\xC3\xA9 Row'"));
    assert_not_found(context, &join, "peple", "no", "did you mean 'people'?");
    assert_not_found(context, &join, "code", "neither the areas nor the joined tables have a field 'code'",
                     "");
    sg_join_release(&join);
    /* without a key: the column with most areas */
    join = read_join(context, "n,area\n94,Mimico\n1,St. James Town\n", NULL, NULL, SG_OK);
    assert_string_equal(join.key, "area");
    assert_true(join.key_is_recognised);
    assert_true(test_heard("'St. James Town' (is 'St.James Town')"));
    sg_join_release(&join);
    sg_context_free(context);
}

/* As Toronto publishes its profiles: labels repeat, and indents (or columns before them) say what they are
 * of. */
static const char profile[] = "Category,Label,City,Wychwood,\"St. James Town\",Mimmico\n"
                              "Who,Number,,94,2,17\n"
                              "Who,Immigrants,600,100,200,300\n"
                              "Who,  2016 to 2021,60,10,20,30\n"
                              "Who,    Women,30,5,10,15\n"
                              "Who,  Before,1,1,1,n/a\n"
                              "Homes,2016 to 2021,6,1,2,many\n"
                              "Homes,  Women,0,,,\n"
                              "Homes,Kind,big,small,small,big\n";

static void test_columns(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_join join = read_join(context, profile, "Label", NULL, SG_OK);
    assert_true(join.is_transposed);
    assert_int_equal(join.matched_count, 2);
    assert_int_equal(join.strange.count, 2); /* the city's column, and a name spelt wrong */
    assert_string_equal(join.strange.items[1].other, "Mimico");
    assert_true(test_heard("'Mimmico' (nearest 'Mimico')"));
    assert_true(test_heard("'Mimico' (nearest 'Mimmico')"));
    assert_near(values_of(context, &join, "Immigrants")[1], 200, 0, "people");
    assert_near(values_of(context, &join, "immigrants > 2016 to 2021")[0], 10, 0, "people");
    assert_near(values_of(context, &join, "Homes > 2016 to 2021")[0], 1, 0, "homes");
    assert_near(values_of(context, &join, "table.csv > who > 2016 to 2021 > women")[1], 10, 0, "people");
    assert_near(values_of(context, &join, "row 4")[1], 20, 0, "people");
    assert_near(values_of(context, &join, "table.csv > > Immigrants")[1], 200, 0,
                "people"); /* ended the program */
    assert_not_found(context, &join, "2016 to 2021",
                     "occurs 2 times in the joined tables: row 4 (Who > Immigrants); row 7 (Homes)",
                     "row 12");
    assert_not_found(context, &join, "Kind", "row 9 ('Kind')", "numbers");
    assert_not_found(context, &join, "row 1", "'row 1'", "");
    assert_not_found(context, &join, "column 4", "'column 4'", "");
    const struct sg_join_field *homes;
    const struct sg_join *found;
    assert_ok(context, sg_joins_find(context, &join, 1, "row 7", "--need", &homes, &found));
    assert_int_equal(homes->bad_count, 0); /* "many" stands in a column that matches no area */
    sg_join_release(&join);
    /* by the row of numbers, all three */
    join = read_join(context, profile, "number", NULL, SG_OK);
    assert_int_equal(join.matched_count, 3);
    assert_int_equal(join.strange.count, 0); /* the city's cell is empty */
    assert_near(values_of(context, &join, "Immigrants")[2], 300, 0, "people");
    assert_ok(context, sg_joins_find(context, &join, 1, "row 7", "--need", &homes, &found));
    assert_int_equal(homes->bad_count, 1);
    assert_string_equal(homes->first_bad, "many");
    sg_join_release(&join);
    /* and with nothing named */
    join = read_join(context, profile, NULL, "from,to\nMIMMICO,17\ncity,\n", SG_OK);
    assert_int_equal(join.matched_count, 3);
    assert_int_equal(join.strange.count, 0);
    assert_string_equal(join.key, "Label");
    sg_join_release(&join);
    /* ids as headings */
    join = read_join(context, "what,094,2,5350001\npeople,1,2,3\n", NULL, NULL, SG_OK);
    assert_true(join.is_transposed);
    assert_near(values_of(context, &join, "people")[3], 3, 0, "people");
    sg_join_release(&join);
    sg_context_free(context);
}

static void assert_refused(const char *text, const char *key, const char *error, const char *hint) {
    struct sg_context *context = test_context_new(1);
    read_join(context, text, key, NULL, SG_BAD_INPUT);
    assert_contains(test_error(context), error);
    assert_contains(test_hint(context), hint);
    sg_context_free(context);
}

static void test_faults(void **state) {
    (void)state;
    assert_refused("code,n\n94,1\n094,2\n", "code",
                   "rows 2 ('94') and 3 ('094') are both of the area 'Wychwood (94)'", "once");
    assert_refused("code_no,n\n94,1\n", "code_mo",
                   "no column and no row 'code_mo' (--join-key); its columns are 'code_no', 'n'",
                   "did you mean 'code_no'?");
    assert_refused("code,n\nX,1\n", "code", "nothing under 'code' is an area: 'X'", "--join-key");
    assert_refused("code,n\nX,0\n", NULL, "no column and no row of headings names any of the areas",
                   "--join-key");
    struct sg_context *context = test_context_new(1);
    struct sg_area_keys *keys;
    test_write(test_path(folder, "a.csv"), "from,to\nx,Mimiko\n");
    assert_status(context, sg_area_keys_new(context, &layer, test_path(folder, "a.csv"), NULL, &keys),
                  SG_BAD_INPUT);
    assert_contains(test_error(context), "a.csv, row 2: there is no area 'Mimiko'");
    assert_contains(test_hint(context), "did you mean 'Mimico'?");
    sg_context_forget_error(context);
    test_write(test_path(folder, "a.csv"), "from,to\nMimico,x\n");
    assert_status(context, sg_area_keys_new(context, &layer, test_path(folder, "a.csv"), NULL, &keys),
                  SG_BAD_INPUT);
    assert_contains(test_hint(context), "the other way round");
    sg_context_free(context);
}

/* A quote mark that is not closed, rows of other lengths, Windows-1252, a spreadsheet's row numbers. */
static void test_text_table(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_text_table table;
    struct sg_source source = {.path = test_path(folder, "t.csv")};
    test_write(source.path, "a\tb\n1\n\n2\t3\t4\nCaf\xE9\t\n");
    assert_ok(context, sg_text_table_read(context, &source, &table));
    assert_int_equal(table.column_count, 2);
    assert_int_equal(table.row_count, 4);
    assert_string_equal(sg_text_table_cell(&table, 1, 1), "");
    assert_string_equal(sg_text_table_cell(&table, 2, 1), "3");
    assert_int_equal(table.numbers[2], 4);
    assert_string_equal(sg_text_table_cell(&table, 3, 0), "Caf\xC3\xA9");
    assert_true(test_heard("1 row has more cells than the headings"));
    sg_text_table_release(&table);
    test_write(source.path, "a,b\n1,\"x\"y\n");
    assert_ok(context, sg_text_table_read(context, &source, &table));
    assert_true(test_heard("quote mark that is not closed"));
    sg_text_table_release(&table);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings), cmocka_unit_test(test_rows),       cmocka_unit_test(test_columns),
        cmocka_unit_test(test_faults),    cmocka_unit_test(test_text_table),
    };
    return cmocka_run_group_tests_name("join_reader", tests, set_up, tear_down);
}
