/* YAML with line numbers: values, and every error naming its line and the nearest valid name. */
#include "read/yaml.h"

#include "support/test.h"

static struct sg_yaml *parse(struct sg_context *context, const char *text) {
    struct sg_yaml *yaml = NULL;
    assert_ok(context, sg_yaml_parse(context, "a.yaml", text, strlen(text), SG_BAD_PROJECT, &yaml));
    return yaml;
}

static void test_values(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_yaml *yaml = parse(context, "title: Where is it far?\n"
                                          "within: [800, 1.2e3]\n"
                                          "labels: no\n"
                                          "maps:\n"
                                          "  - field: gap_index\n"
                                          "    reverse: TRUE\n"
                                          "  - field: emp_reach\n"
                                          "empty:\n"
                                          "quoted: \"~\"\n"
                                          "Santé: oui\n");
    const struct sg_yaml_node *root = sg_yaml_root(yaml);
    assert_int_equal(sg_yaml_kind(root), SG_YAML_MAP);
    assert_int_equal(sg_yaml_count(root), 7);
    assert_string_equal(sg_yaml_text(sg_yaml_find(root, "title")), "Where is it far?");
    assert_string_equal(sg_yaml_key(root, 1), "within");
    assert_int_equal(sg_yaml_key_line(root, 1), 2);
    double number;
    const struct sg_yaml_node *within = sg_yaml_find(root, "within");
    assert_int_equal(sg_yaml_kind(within), SG_YAML_LIST);
    assert_ok(context, sg_yaml_number(sg_yaml_item(within, 1), &number));
    assert_near(number, 1200, 0, "");
    bool yes;
    assert_ok(context, sg_yaml_bool(sg_yaml_find(root, "labels"), &yes));
    assert_false(yes);
    const struct sg_yaml_node *second = sg_yaml_item(sg_yaml_find(root, "maps"), 1);
    assert_int_equal(sg_yaml_line(second), 7);
    assert_ok(context,
              sg_yaml_bool(sg_yaml_find(sg_yaml_item(sg_yaml_find(root, "maps"), 0), "reverse"), &yes));
    assert_true(yes);
    assert_true(sg_yaml_is_null(sg_yaml_find(root, "empty")));
    assert_false(sg_yaml_is_null(sg_yaml_find(root, "quoted")));
    assert_string_equal(sg_yaml_text(sg_yaml_find(root, "Santé")), "oui");
    assert_null(sg_yaml_find(root, "nothing"));
    assert_null(sg_yaml_find(within, "nothing")); /* not a map */
    sg_yaml_free(yaml);
    yaml = parse(context, "# only a comment\n");
    assert_null(sg_yaml_root(yaml));
    sg_yaml_free(yaml);
    sg_yaml_free(NULL);
    sg_context_free(context);
}

struct fault {
    const char *text, *error;
};

static void test_files_that_are_not_yaml(void **state) {
    (void)state;
    static const struct fault faults[] = {
        {"title: a\n  b: c\n", "a.yaml, line 2"},
        {"title: [1, 2\nareas: x\n", "a.yaml, line 2"},
        {"a: 1\nb: 2\na: 3\n", "line 3: 'a' is given twice (first in line 1)"},
        {"a: {b: 1, b: 2}\n", "'b' is given twice"},
        {"\"cut off", "a.yaml, line 1"},
        {"a: *nowhere\n", "a.yaml, line 1"},
        {"? [a, b]\n: c\n", "a key that is not a name"},
        {"title: Montr\xE9"
         "al\n",
         "not UTF-8"},
        {"a: \"x\\0y\"\n", "zero byte"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "nested"},
    };
    for (size_t i = 0; i < TEST_COUNT(faults); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_yaml *yaml = NULL;
        assert_status(
            context,
            sg_yaml_parse(context, "a.yaml", faults[i].text, strlen(faults[i].text), SG_BAD_PROJECT, &yaml),
            SG_BAD_PROJECT);
        assert_null(yaml);
        assert_contains(test_error(context), faults[i].error);
        sg_context_free(context);
    }
}

/* A second document would be read by nobody; "---" before the first, and "..." after it, are nothing. */
static void test_one_document(void **state) {
    (void)state;
    static const struct fault faults[] = {
        {"a: 1\n---\nb: 2\n", "a.yaml, line 2: a second document"},
        {"a: 1\n\n---\nnonsense [\n", "a.yaml, line 3: a second document"},
        {"--- {a: 1}\n--- {b: 2}\n", "a.yaml, line 2: a second document"},
        {"a: 1\n...\nb: 2\n", "a.yaml, line 3: a second document"},
        {"a: 1\n...\n---\nb: 2\n", "a.yaml, line 3: a second document"},
        {"---\n---\na: 1\n", "a.yaml, line 2: a second document"},
    };
    for (size_t i = 0; i < TEST_COUNT(faults); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_yaml *yaml = NULL;
        assert_status(
            context,
            sg_yaml_parse(context, "a.yaml", faults[i].text, strlen(faults[i].text), SG_BAD_PROJECT, &yaml),
            SG_BAD_PROJECT);
        assert_contains(test_error(context), faults[i].error);
        sg_context_free(context);
    }
    static const char *const fine[] = {
        "---\na: 1\n",        "%YAML 1.1\n---\na: 1\n",       "# c\n---\n# c\na: 1\n",
        "a: 1\n...\n",        "a: 1\n...\n\n# the end\n",     "a: 1\n# ---\n",
        "a: |\n  x\n  ---\n", "a: \"x\n  --- y\"\nb: '...'\n"};
    struct sg_context *context = test_context_new(1);
    for (size_t i = 0; i < TEST_COUNT(fine); i++) {
        struct sg_yaml *yaml = parse(context, fine[i]);
        assert_int_equal(sg_yaml_kind(sg_yaml_root(yaml)), SG_YAML_MAP);
        sg_yaml_free(yaml);
    }
    sg_context_free(context);
}

/* The text, then open, as often as count, then middle, then as many close. */
static char *nested(const char *open, size_t count, const char *middle, const char *close) {
    struct sg_text text;
    sg_text_init(&text);
    for (size_t i = 0; i < count; i++)
        sg_text_append(&text, open);
    sg_text_append(&text, middle);
    for (size_t i = 0; i < count; i++)
        sg_text_append(&text, close);
    return sg_text_take(&text);
}

/* 32 deep is read, 33 is not; and a file of nothing but brackets is refused without being read to its end:
   one of 400 kB took a minute. */
static void test_depth(void **state) {
    (void)state;
    static const struct {
        const char *open, *middle, *close;
        size_t count;
        bool is_fine;
    } cases[] = {
        {"[", "1", "]", 32, true},       {"[", "", "]", 33, true}, /* the innermost has nothing in it */
        {"[", "1", "]", 33, false},      {"{a: ", "1", "}", 32, true},    {"{a: ", "1", "}", 33, false},
        {"[", "1", "]", 1000000, false}, {"[", "", "", 4000000, false},   {"{a: ", "", "", 1000000, false},
        {"- ", "1", "", 32, true},       {"- ", "1", "", 33, false},      {"- ", "1", "", 1000000, false},
        {"? ", "1", "", 1000000, false}, {"[ [1], ", "1", "]", 31, true},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_yaml *yaml = NULL;
        char *text = nested(cases[i].open, cases[i].count, cases[i].middle, cases[i].close);
        enum sg_status status = sg_yaml_parse(context, "a.yaml", text, strlen(text), SG_BAD_PROJECT, &yaml);
        assert_int_equal(status, cases[i].is_fine ? SG_OK : SG_BAD_PROJECT);
        if (!cases[i].is_fine)
            assert_contains(test_error(context), "a.yaml, line 1: nested more than 32 deep");
        else
            sg_yaml_free(yaml);
        sg_free(text);
        sg_context_free(context);
    }
}

/* Names for values to come back to are compared with each other: so many are no file of settings. */
static void test_anchors_are_few(void **state) {
    (void)state;
    for (int count = 1000; count <= 1001; count++) {
        struct sg_context *context = test_context_new(1);
        struct sg_yaml *yaml = NULL;
        struct sg_text text;
        sg_text_init(&text);
        for (int i = 0; i < count; i++)
            sg_text_append_format(&text, "- &a%d x\n", i);
        enum sg_status status =
            sg_yaml_parse(context, "a.yaml", sg_text_bytes(&text), text.length, SG_BAD_STYLE, &yaml);
        assert_int_equal(status, count == 1000 ? SG_OK : SG_BAD_STYLE);
        if (count > 1000)
            assert_contains(test_error(context), "a.yaml, line 1001: more than 1000 anchors");
        else
            sg_yaml_free(yaml);
        sg_text_release(&text);
        sg_context_free(context);
    }
}

static void test_tag_lines_are_few(void **state) {
    (void)state;
    static const char *const breaks[] = {"\n", "\r", "\r\n", "\xC2\x85"};
    for (size_t i = 0; i < TEST_COUNT(breaks); i++) {
        struct sg_context *context = test_context_new(1);
        struct sg_yaml *yaml = NULL;
        struct sg_text text;
        sg_text_init(&text);
        for (int t = 0; t < 200000; t++)
            sg_text_append_format(&text, "%%TAG !a%d! x%s", t, breaks[i]);
        sg_text_append_format(&text, "---%sa: 1", breaks[i]);
        assert_status(
            context, sg_yaml_parse(context, "a.yaml", sg_text_bytes(&text), text.length, SG_BAD_STYLE, &yaml),
            SG_BAD_STYLE);
        assert_contains(test_error(context), "a.yaml: more than 100 %TAG lines");
        sg_text_release(&text);
        sg_context_free(context);
    }
}

/* "Billion laughs": a few lines of aliases that would unfold to more values than fit in memory. */
static void test_aliases_do_not_explode(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_text bomb;
    sg_text_init(&bomb);
    sg_text_append(&bomb, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++)
        sg_text_append_format(&bomb, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i,
                              i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    struct sg_yaml *yaml = NULL;
    assert_status(context,
                  sg_yaml_parse(context, "bomb.yaml", sg_text_bytes(&bomb), bomb.length, SG_BAD_STYLE, &yaml),
                  SG_BAD_STYLE);
    assert_contains(test_error(context), "too many values");
    sg_text_release(&bomb);
    sg_context_free(context);
}

static void test_unknown_keys(void **state) {
    (void)state;
    static const char *const names[] = {"areas", "services", "taxonomy", NULL};
    struct sg_context *context = test_context_new(1);
    struct sg_yaml *yaml = parse(context, "areas: a.gpkg\n\nservces: b.csv\n");
    assert_status(context, sg_yaml_check_keys(sg_yaml_root(yaml), names), SG_BAD_PROJECT);
    assert_contains(test_error(context), "a.yaml, line 3: 'servces'");
    assert_contains(test_hint(context), "did you mean 'services'?");
    sg_context_forget_error(context);
    sg_yaml_free(yaml);
    yaml = parse(context, "weather: fine\n");
    assert_status(context, sg_yaml_check_keys(sg_yaml_root(yaml), names), SG_BAD_PROJECT);
    assert_contains(test_hint(context), "areas, services, taxonomy"); /* nothing near: all of them */
    sg_context_forget_error(context);
    sg_yaml_free(yaml);
    yaml = parse(context, "- a\n");
    assert_status(context, sg_yaml_check_keys(sg_yaml_root(yaml), names), SG_BAD_PROJECT);
    sg_yaml_free(yaml);
    sg_context_free(context);
}

static void test_wrong_values(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_yaml *yaml = parse(context, "n: 12 km\nb: maybe\ns: [1]\ni: inf\ne:\n");
    const struct sg_yaml_node *root = sg_yaml_root(yaml);
    double number = 5;
    bool yes = true;
    const char *text = "before";
    assert_status(context, sg_yaml_number(sg_yaml_find(root, "n"), &number), SG_BAD_PROJECT);
    assert_contains(test_error(context), "a.yaml, line 1: '12 km' is not a number");
    sg_context_forget_error(context);
    assert_status(context, sg_yaml_bool(sg_yaml_find(root, "b"), &yes), SG_BAD_PROJECT);
    assert_contains(test_error(context), "line 2: 'maybe' is neither yes nor no");
    sg_context_forget_error(context);
    assert_status(context, sg_yaml_string(sg_yaml_find(root, "s"), &text), SG_BAD_PROJECT);
    assert_contains(test_error(context), "line 3");
    sg_context_forget_error(context);
    assert_status(context, sg_yaml_number(sg_yaml_find(root, "i"), &number), SG_BAD_PROJECT);
    sg_context_forget_error(context);
    assert_status(context, sg_yaml_number(sg_yaml_find(root, "e"), &number), SG_BAD_PROJECT);
    assert_near(number, 5, 0, ""); /* what is not there is not written */
    assert_true(yes);
    assert_string_equal(text, "before");
    sg_yaml_free(yaml);
    sg_context_free(context);
}

static void test_files(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_yaml *yaml = NULL;
    assert_status(context, sg_yaml_read(context, test_path(folder, "no.yaml"), SG_BAD_STYLE, &yaml),
                  SG_NO_INPUT);
    assert_contains(test_error(context), "no.yaml");
    sg_context_forget_error(context);
    test_write(test_path(folder, "a.yaml"),
               "\xEF\xBB\xBFtitle: x\r\nwithin: 3\r\n"); /* a mark and Windows line ends */
    assert_ok(context, sg_yaml_read(context, test_path(folder, "a.yaml"), SG_BAD_STYLE, &yaml));
    assert_string_equal(sg_yaml_text(sg_yaml_find(sg_yaml_root(yaml), "title")), "x");
    assert_int_equal(sg_yaml_key_line(sg_yaml_root(yaml), 1), 2);
    sg_yaml_free(yaml);
    sg_context_free(context);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_files_that_are_not_yaml),
        cmocka_unit_test(test_one_document),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_anchors_are_few),
        cmocka_unit_test(test_aliases_do_not_explode),
        cmocka_unit_test(test_tag_lines_are_few),
        cmocka_unit_test(test_unknown_keys),
        cmocka_unit_test(test_wrong_values),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
