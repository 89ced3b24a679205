/* Themes from bytes: what is no theme is an error that says what to do. */
#include <string.h>

#include "read/theme_reader.h"
#include "support/test.h"

static void assert_refused(const char *text, const char *part) {
    struct sg_context *context = test_context_new(1);
    struct sg_theme theme = {0};
    assert_status(context, sg_theme_parse(context, text, strlen(text), &theme), SG_BAD_STYLE);
    assert_contains(test_error(context), part);
    sg_context_free(context);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused("", "an empty theme file"); /* found by fuzzing */
    assert_refused("# only a comment\n", "an empty theme file");
    assert_refused("- a\n- b\n", "a theme file is a map");
    assert_refused("name: x\ncolors: {}\n", "colors");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
