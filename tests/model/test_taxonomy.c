/* Types as found: unique column names and letters; rules; colours and symbols. */
#include "model/taxonomy.h"

#include "core/name_index.h"
#include "support/test.h"

static void test_types_as_found(void **state) {
    (void)state;
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX, .is_open = true};
    assert_int_equal(sg_taxonomy_add(&taxonomy, "Free Health Clinics"), 0);
    assert_int_equal(sg_taxonomy_add(&taxonomy, "free health clinics!"), 1); /* the same slug: numbered */
    assert_int_equal(sg_taxonomy_add(&taxonomy, "All"), 2);                  /* `all` is every type */
    assert_int_equal(sg_taxonomy_add(&taxonomy, "日本"), 3);
    assert_string_equal(taxonomy.types[0].prefix, "free_health_clinics");
    assert_string_equal(taxonomy.types[1].prefix, "free_health_clinics_2");
    assert_string_not_equal(taxonomy.types[2].prefix, "all");
    assert_string_equal(taxonomy.types[0].letters, "FRE");
    assert_string_equal(taxonomy.types[0].label_en, "Free Health Clinics");
    assert_near(taxonomy.types[0].weight, 1, 0, "");
    sg_taxonomy_release(&taxonomy);
}

/* However alike the names are, columns and shapefile letters stay apart (design section 7). */
static void test_prefixes_and_letters_are_unique(void **state) {
    (void)state;
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX, .is_open = true};
    char label[40];
    for (int i = 0; i < 300; i++) {
        snprintf(label, sizeof label, "Library branch%s", i % 3 == 0 ? "" : i % 3 == 1 ? "!" : " ");
        assert_int_equal(sg_taxonomy_add(&taxonomy, label), i);
    }
    for (size_t i = 0; i < taxonomy.type_count; i++) {
        assert_int_equal(strlen(taxonomy.types[i].letters), 3);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(taxonomy.types[i].prefix, taxonomy.types[j].prefix);
            assert_string_not_equal(taxonomy.types[i].letters, taxonomy.types[j].letters);
        }
    }
    sg_taxonomy_release(&taxonomy);
}

static void test_match(void **state) {
    (void)state;
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX};
    sg_taxonomy_add(&taxonomy, "Santé");
    sg_taxonomy_add(&taxonomy, "Housing");
    sg_taxonomy_add(&taxonomy, "Food");
    assert_int_equal(sg_taxonomy_match(&taxonomy, "sante"), 0);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "housing"), 1);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "hous"), SG_NO_INDEX);
    static const struct {
        enum sg_rule_kind kind;
        const char *text;
        size_t type;
    } rules[] = {{SG_RULE_EXACT, "housing", 2}, /* rules go before names, the first that fits wins */
                 {SG_RULE_PREFIX, "basic needs - food", 2},
                 {SG_RULE_PREFIX, "basic needs", 1},
                 {SG_RULE_PATTERN, "*clinic*", 0},
                 {SG_RULE_PATTERN, "re?t", 1},
                 {SG_RULE_PATTERN, "*a*b*c", SG_TYPE_IGNORED}};
    taxonomy.rules = sg_alloc(TEST_COUNT(rules), sizeof *taxonomy.rules);
    for (size_t i = 0; i < TEST_COUNT(rules); i++)
        taxonomy.rules[taxonomy.rule_count++] =
            (struct sg_type_rule){rules[i].kind, sg_strdup(rules[i].text), rules[i].type};
    assert_int_equal(sg_taxonomy_match(&taxonomy, "housing"), 2);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "basic needs - food - banks"), 2);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "basic needs - housing"), 1);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "walk-in clinics"), 0);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "clinic"), 0);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "rent"), 1);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "ret"), SG_NO_INDEX);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "xaxbxbc"), SG_TYPE_IGNORED);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "xaxbx"), SG_NO_INDEX);
    assert_int_equal(sg_taxonomy_match(&taxonomy, ""), SG_NO_INDEX);
    sg_taxonomy_release(&taxonomy);
}

/* A pattern of stars that would take exponential time without care answers at once. */
static void test_patterns_are_not_slow(void **state) {
    (void)state;
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX};
    sg_taxonomy_add(&taxonomy, "Type");
    char pattern[201], text[20001];
    for (int i = 0; i < 100; i++)
        memcpy(pattern + 2 * i, "*a", 2);
    pattern[199] = 'b';
    pattern[200] = '\0';
    memset(text, 'a', 20000);
    text[20000] = '\0';
    taxonomy.rules = sg_alloc(1, sizeof *taxonomy.rules);
    taxonomy.rules[taxonomy.rule_count++] = (struct sg_type_rule){SG_RULE_PATTERN, sg_strdup(pattern), 0};
    assert_int_equal(sg_taxonomy_match(&taxonomy, text), SG_NO_INDEX);
    sg_taxonomy_release(&taxonomy);
}

static void test_colours_and_symbols(void **state) {
    (void)state;
    struct sg_colour colour;
    assert_true(sg_colour_from_text("#0072B2", &colour));
    assert_near(colour.red, 0, 1e-12, "");
    assert_near(colour.green, 0x72 / 255.0, 1e-12, "");
    assert_near(colour.blue, 0xB2 / 255.0, 1e-12, "");
    assert_true(sg_colour_from_text("#f0a", &colour));
    assert_near(colour.red, 1, 1e-12, "");
    assert_near(colour.blue, 0xAA / 255.0, 1e-12, "");
    static const char *const bad[] = {"", "#", "0072B2", "#0072B", "#0072B2F", "#0072G2", "red"};
    for (size_t i = 0; i < TEST_COUNT(bad); i++)
        assert_false(sg_colour_from_text(bad[i], &colour));
    for (int s = 0; s < SG_SYMBOL_COUNT; s++) {
        enum sg_symbol symbol;
        assert_true(sg_symbol_from_name(sg_symbol_name((enum sg_symbol)s), &symbol));
        assert_int_equal(symbol, s);
    }
    enum sg_symbol symbol;
    assert_false(sg_symbol_from_name("blob", &symbol));
}

static void test_labels(void **state) {
    (void)state;
    struct sg_type type = {.label_en = (char *)"Health", .label_fr = (char *)"Santé"};
    assert_string_equal(sg_type_label(&type, SG_FRENCH), "Santé");
    assert_string_equal(sg_type_label(&type, SG_ENGLISH), "Health");
    type.label_fr = NULL;
    assert_string_equal(sg_type_label(&type, SG_FRENCH), "Health");
}

/* Two thousand types whose names begin alike: every prefix and every three letters once, none of ALL and GAP.
 */
static void test_many_types(void **state) {
    (void)state;
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX, .is_open = true};
    struct sg_name_index *letters = sg_name_index_new(), *prefixes = sg_name_index_new();
    for (int i = 0; i < 2000; i++) {
        char label[32];
        snprintf(label, sizeof label, i == 5 ? "All" : i == 6 ? "Gap" : "Type %d", i);
        assert_int_equal(sg_taxonomy_add(&taxonomy, label), i);
        const struct sg_type *type = &taxonomy.types[i];
        bool is_new;
        assert_int_equal(strlen(type->letters), 3);
        sg_name_index_add(letters, type->letters, 3, &is_new);
        if (!is_new || strcmp(type->letters, "ALL") == 0 || strcmp(type->letters, "GAP") == 0)
            fail_msg("%s of '%s' is taken", type->letters, label);
        sg_name_index_add(prefixes, type->prefix, strlen(type->prefix), &is_new);
        assert_true(is_new);
    }
    assert_int_equal(sg_taxonomy_match(&taxonomy, "type 1999"), 1999);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "type 19999"), SG_NO_INDEX);
    sg_name_index_free(letters);
    sg_name_index_free(prefixes);
    sg_taxonomy_release(&taxonomy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_types),
        cmocka_unit_test(test_types_as_found),
        cmocka_unit_test(test_prefixes_and_letters_are_unique),
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_patterns_are_not_slow),
        cmocka_unit_test(test_colours_and_symbols),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests_name("taxonomy", tests, NULL, NULL);
}
