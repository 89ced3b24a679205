/* Taxonomies and rules from files: the installed lip, faults with their lines, texts to types. */
#include "read/taxonomy_reader.h"

#include "core/name_index.h"
#include "read/type_texts.h"
#include "support/test.h"

/* The codes and labels of the survey's 13 types, in its order (London and Middlesex LIP, 2013; facts-lip). */
static void test_lip(void **state) {
    (void)state;
    static const char *const expected[][3] = {
        {"EMP", "emp", "Employment Assistance"},
        {"SOC", "soc", "Social Support"},
        {"HEA", "hea", "Health"},
        {"SET", "set", "Settlement Needs Assessment and Support"},
        {"COM", "com", "Community Connections"},
        {"HOU", "hou", "Housing"},
        {"LAN", "lan", "Language Training"},
        {"EDU", "edu", "Education and Training"},
        {"REC", "rec", "Recreation"},
        {"ART", "art", "Arts and Culture"},
        {"CCT", "cct", "Cross-Cultural Sensitivity or Anti-Racism Training"},
        {"ADV", "adv", "Advocacy"},
        {"OTH", "oth", "Other"}};
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy taxonomy;
    assert_ok(context, sg_taxonomy_read(context, "lip", &taxonomy));
    assert_int_equal(taxonomy.type_count, TEST_COUNT(expected));
    for (size_t i = 0; i < TEST_COUNT(expected); i++) {
        assert_string_equal(taxonomy.types[i].code, expected[i][0]);
        assert_string_equal(taxonomy.types[i].letters, expected[i][0]);
        assert_string_equal(taxonomy.types[i].prefix, expected[i][1]);
        assert_string_equal(taxonomy.types[i].label_en, expected[i][2]);
        assert_non_null(taxonomy.types[i].label_fr);
        assert_non_null(taxonomy.types[i].focus);
        for (size_t j = 0; j < i; j++) /* told apart without colour */
            assert_int_not_equal(taxonomy.types[i].symbol, taxonomy.types[j].symbol);
    }
    assert_int_equal(taxonomy.other_type, 12);
    assert_false(taxonomy.is_open);
    assert_int_equal(sg_taxonomy_match(&taxonomy, "sante"), 2); /* by code, label or French label, folded */
    assert_int_equal(sg_taxonomy_match(&taxonomy, "lan"), 6);
    sg_taxonomy_release(&taxonomy);
    char **names = sg_taxonomy_names();
    bool has_lip = false;
    for (size_t i = 0; names[i] != NULL; i++) {
        has_lip = has_lip || strcmp(names[i], "lip") == 0;
        sg_free(names[i]);
    }
    sg_free(names);
    assert_true(has_lip);
    sg_context_free(context);
}

struct fault {
    const char *text, *error, *hint;
};

static void test_taxonomy_faults(void **state) {
    (void)state;
    static const struct fault faults[] = {
        {"types:\n  - {code: A, label: One}\n  - {code: a, label: Two}\n",
         "line 3: the code 'a' is given twice", ""},
        {"types:\n  - {label: One}\n", "line 2: a type needs a code", "code:"},
        {"types:\n  - {code: A B, label: One}\n", "line 2", ""},
        {"types:\n  - {code: A}\n", "type 'A' needs a label", ""},
        {"types:\n  - {code: A, label: One, letters: LONG}\n", "three capital letters", ""},
        {"types:\n  - {code: A, label: One, letters: XYZ}\n  - {code: B, label: Two, letters: XYZ}\n",
         "'XYZ' are given twice", ""},
        {"types:\n  - {code: A, label: One, color: '#fff'}\n", "line 2: 'color' is not a known name",
         "'colour'"},
        {"types:\n  - code: A\n    label: One\n    colour: red\n", "line 4: 'red' is not a colour", "#"},
        {"types:\n  - {code: A, label: One, symbol: blob}\n", "'blob' is not a symbol", "triangle"},
        {"types:\n  - {code: A, label: One, weight: -1}\n", "weight below 0", ""},
        {"types:\n  - {code: A, label: One, weight: heavy}\n", "'heavy' is not a number", ""},
        {"types: []\n", "a list of types", ""},
        {"name: x\n", "a list of types", ""},
        {"kinds: []\n", "'kinds' is not a known name", ""},
        {"", "empty", ""},
        {"- a\n- b\n", "line 1", ""},
    };
    char *folder = test_folder_new();
    for (size_t i = 0; i < TEST_COUNT(faults); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_taxonomy taxonomy;
        const char *path = test_path(folder, "kinds.yaml");
        test_write(path, faults[i].text);
        assert_status(context, sg_taxonomy_read(context, path, &taxonomy), SG_BAD_STYLE);
        assert_contains(test_error(context), "kinds.yaml");
        assert_contains(test_error(context), faults[i].error);
        assert_contains(test_hint(context), faults[i].hint);
        sg_context_free(context);
    }
    test_folder_remove(folder);
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy taxonomy;
    assert_status(context, sg_taxonomy_read(context, "lipp", &taxonomy), SG_BAD_STYLE);
    assert_contains(test_error(context), "lip"); /* the installed ones are named */
    sg_context_free(context);
}

/* A file without colours: each type gets a look of its own; a key with nothing after it is not given. */
static void test_defaults(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy taxonomy;
    const char *path = test_path(folder, "kinds.yaml");
    test_write(path, "types:\n  - code: A\n    label: One\n    label_fr:\n  - {code: B, label: Two}\n");
    assert_ok(context, sg_taxonomy_read(context, path, &taxonomy));
    const struct sg_type *one = &taxonomy.types[0], *two = &taxonomy.types[1];
    assert_string_equal(sg_type_label(one, SG_FRENCH), "One");
    assert_true(one->colour.red != two->colour.red);
    assert_int_not_equal(one->symbol, two->symbol);
    sg_taxonomy_release(&taxonomy);
    sg_context_free(context);
    test_folder_remove(folder);
}

static void read_rules(struct sg_context *context, const char *folder, const char *text,
                       enum sg_status expected, struct sg_taxonomy *taxonomy) {
    assert_ok(context, sg_taxonomy_read(context, "lip", taxonomy));
    test_write(test_path(folder, "rules.yaml"), text);
    assert_status(context, sg_rules_read(context, test_path(folder, "rules.yaml"), taxonomy), expected);
}

static void test_rule_faults(void **state) {
    (void)state;
    static const struct fault faults[] = {
        {"rules:\n  HEA:\n    - {starts: Health Care}\n", "line 3: 'starts' is not a known name",
         "exact, prefix, pattern"},
        {"rules:\n  XYZ:\n    - {prefix: Health}\n", "no type 'XYZ'", "EMP"},
        {"rules:\n  HEA: {prefix: Health}\n", "a list of rules", ""},
        {"rules: [a]\n", "by type", ""},
        {"rules:\n  HEA:\n    - {prefix: ''}\n", "line 3: an empty rule", ""},
        {"unmatched: drop\n", "'drop' is neither", ""},
        {"", "empty", ""},
    };
    char *folder = test_folder_new();
    for (size_t i = 0; i < TEST_COUNT(faults); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_taxonomy taxonomy;
        read_rules(context, folder, faults[i].text, SG_BAD_STYLE, &taxonomy);
        assert_contains(test_error(context), faults[i].error);
        assert_contains(test_hint(context), faults[i].hint);
        sg_taxonomy_release(&taxonomy);
        sg_context_free(context);
    }
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy open;
    assert_ok(context, sg_taxonomy_read(context, NULL, &open));
    assert_true(open.is_open);
    assert_status(context, sg_rules_read(context, "x.yaml", &open), SG_USAGE); /* rules need types to name */
    sg_taxonomy_release(&open);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* The codes that a field's text stands for, space separated, in the order found. */
static void assert_types(struct sg_type_texts *texts, const struct sg_taxonomy *taxonomy, const char *text,
                         const char *expected) {
    struct sg_context *context = test_context_new(1);
    struct sg_type_list list;
    assert_ok(context, sg_type_texts_resolve(texts, text, text == NULL ? 0 : strlen(text), &list));
    struct sg_text codes;
    sg_text_init(&codes);
    for (uint32_t i = 0; i < list.count; i++)
        sg_text_append_format(&codes, "%s%s", i == 0 ? "" : " ", taxonomy->types[list.types[i]].code);
    assert_string_equal(sg_text_bytes(&codes), expected);
    sg_text_release(&codes);
    sg_context_free(context);
}

static void test_texts_to_types(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy taxonomy;
    read_rules(context, folder,
               "ignore:\n"
               "  - prefix: Organizational\n"
               "rules:\n"
               "  HEA:\n"
               "    - prefix: Health Care\n"
               "  HOU:\n"
               "    - pattern: '*shelter*'\n"
               "  SET:\n"
               "    - exact: Newcomers\n"
               "unmatched: other-if-alone\n",
               SG_OK, &taxonomy);
    struct sg_type_texts *texts;
    assert_ok(context, sg_type_texts_new(context, &taxonomy, ";|", &texts));
    assert_types(texts, &taxonomy, "Health Care - Clinics; Basic Needs - Emergency Shelter", "HEA HOU");
    assert_types(texts, &taxonomy, "HEALTH CARE - Clinics ; health care - Doctors",
                 "HEA"); /* each type once */
    assert_types(texts, &taxonomy, "Newcomers|Employment Assistance", "SET EMP");
    assert_types(texts, &taxonomy, "Newcomers | Something else", "SET"); /* unknown counts only alone */
    assert_types(texts, &taxonomy, "Something else", "OTH");
    assert_types(texts, &taxonomy, "", "OTH");
    assert_types(texts, &taxonomy, NULL, "OTH");
    assert_types(texts, &taxonomy, "Newcomers to town; Health Care", "HEA"); /* exact is exact */
    assert_types(texts, &taxonomy, "Santé", "HEA");
    /* what the taxonomy does not know is counted: "Something else" twice, "Newcomers to town" once */
    uint64_t count = 0;
    assert_int_equal(sg_type_texts_unknown_count(texts), 2);
    assert_string_equal(sg_type_texts_unknown(texts, 0, &count), "Something else");
    assert_int_equal(count, 2);
    sg_type_texts_free(texts);
    sg_taxonomy_release(&taxonomy);

    /* types as found */
    assert_ok(context, sg_taxonomy_read(context, NULL, &taxonomy));
    assert_ok(context, sg_type_texts_new(context, &taxonomy, ";|", &texts));
    assert_types(texts, &taxonomy, "Food Bank; Free Health Clinics", "food_bank free_health_clinics");
    assert_types(texts, &taxonomy, "food bank", "food_bank");
    assert_int_equal(taxonomy.type_count, 2);
    assert_types(texts, &taxonomy, "", "other");
    assert_int_equal(taxonomy.type_count, 3);
    sg_type_texts_free(texts);
    sg_taxonomy_release(&taxonomy);

    /* a type's own name may hold a separator */
    assert_ok(context, sg_taxonomy_read(context, "lip", &taxonomy));
    assert_ok(context, sg_type_texts_new(context, &taxonomy, "-", &texts));
    assert_types(texts, &taxonomy, "Cross-Cultural Sensitivity or Anti-Racism Training", "CCT");
    sg_type_texts_free(texts);
    sg_taxonomy_release(&taxonomy);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* The number of the type of each text, when they come in this order; labels: its types in French. */
static void types_in_order(const char *const *order, size_t count, size_t *ret_types, const char *labels) {
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy taxonomy;
    struct sg_type_texts *texts;
    assert_ok(context, sg_taxonomy_read(context, NULL, &taxonomy));
    assert_ok(context, sg_type_texts_new(context, &taxonomy, ";|", &texts));
    for (size_t i = 0; i < count; i++) {
        struct sg_type_list list;
        assert_ok(context, sg_type_texts_resolve(texts, order[i], strlen(order[i]), &list));
        assert_int_equal(list.count, 1);
        ret_types[i] = list.types[0];
    }
    struct sg_text said;
    sg_text_init(&said);
    for (size_t t = 0; t < taxonomy.type_count; t++)
        sg_text_append_format(&said, "%s%s", t == 0 ? "" : "|", sg_type_label(&taxonomy.types[t], SG_FRENCH));
    assert_string_equal(sg_text_bytes(&said), labels);
    sg_text_release(&said);
    sg_type_texts_free(texts);
    sg_taxonomy_release(&taxonomy);
    sg_context_free(context);
}

/* Without a taxonomy a text that equals a code made for another ("A" that of "A+") is a type of its own, and
   records without a type are none of the file's "Other": whatever comes first. */
static void test_types_as_found_in_any_order(void **state) {
    (void)state;
    static const char *const forwards[] = {"A+", "A",     "a_2", "Food (A)",     "food_a",
                                           "",   "Other", "B",   "no type given"},
                             *const backwards[] = {"No type given", "B",   "other", "",  "food_a",
                                                   "food (a)",      "A_2", "a",     "a+"};
    enum { COUNT = TEST_COUNT(forwards) };
    size_t of_forwards[COUNT], of_backwards[COUNT];
    types_in_order(forwards, COUNT, of_forwards, "A+|A|a_2|Food (A)|food_a|Type non précisé|Other|B");
    types_in_order(backwards, COUNT, of_backwards, "Type non précisé|B|other|food_a|food (a)|A_2|a|a+");
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < i; j++) {
            bool are_one = i == COUNT - 1 && j == 5; /* the text that says what the empty one means */
            assert_int_equal(of_forwards[i] == of_forwards[j], are_one);
            assert_int_equal(of_backwards[COUNT - 1 - i] == of_backwards[COUNT - 1 - j], are_one);
        }
    }
}

/* A known text is found again whatever its length and whatever stands behind it; its like is not. */
static void test_texts_are_recalled(void **state) {
    (void)state;
    enum { LONGEST = 40, MOST_BEHIND = 40 };
    struct sg_context *context = test_context_new(1);
    struct sg_taxonomy taxonomy;
    assert_ok(context, sg_taxonomy_read(context, NULL, &taxonomy));
    struct sg_type_texts *texts;
    assert_ok(context, sg_type_texts_new(context, &taxonomy, ";|", &texts));
    char text[LONGEST + MOST_BEHIND + 1];
    for (size_t length = 1; length <= LONGEST; length++) {
        struct sg_type_list first;
        memset(text, 'x', sizeof text);
        text[length] = '\0';
        assert_ok(context, sg_type_texts_resolve(texts, text, length, &first));
        assert_int_equal(first.count, 1);
        assert_int_equal(first.types[0], length - 1); /* each length is a type of its own */
        for (size_t behind = 0; behind <= MOST_BEHIND; behind++) {
            memset(text, 'x', length);
            memset(text + length, behind % 2 == 0 ? 'x' : 'y', MOST_BEHIND);
            const struct sg_type_list *again = sg_type_texts_recall(texts, text, length, length + behind);
            assert_non_null(again);
            assert_int_equal(again->count, 1);
            assert_int_equal(again->types[0], length - 1);
            for (size_t changed = 0; changed < length; changed++) {
                text[changed] = 'z';
                assert_null(sg_type_texts_recall(texts, text, length, length + behind));
                text[changed] = 'x';
            }
        }
    }
    sg_type_texts_free(texts);
    sg_taxonomy_release(&taxonomy);

    /* an unknown part is counted each time */
    assert_ok(context, sg_taxonomy_read(context, "lip", &taxonomy));
    assert_ok(context, sg_type_texts_new(context, &taxonomy, ";|", &texts));
    struct sg_type_list list;
    assert_ok(context, sg_type_texts_resolve(texts, "Ferry", 5, &list));
    for (int i = 0; i < 3; i++)
        assert_non_null(sg_type_texts_recall(texts, "Ferry", 5, 5));
    uint64_t count = 0;
    assert_string_equal(sg_type_texts_unknown(texts, 0, &count), "Ferry");
    assert_int_equal(count, 4);
    sg_type_texts_free(texts);
    sg_taxonomy_release(&taxonomy);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lip),
        cmocka_unit_test(test_taxonomy_faults),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_rule_faults),
        cmocka_unit_test(test_texts_to_types),
        cmocka_unit_test(test_types_as_found_in_any_order),
        cmocka_unit_test(test_texts_are_recalled),
    };
    return cmocka_run_group_tests_name("taxonomy_reader", tests, NULL, NULL);
}
