/* One run's state: the first error stays, warnings are kept, statuses have names and exit codes. */
#include "core/threads.h"
#include "support/test.h"

static void test_first_error_is_kept(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    assert_null(sg_context_error(context));
    assert_null(sg_context_hint(context));
    assert_int_equal(sg_fail(context, SG_BAD_INPUT, "look at line 7", "%s: %d faults", "a.csv", 3),
                     SG_BAD_INPUT);
    assert_int_equal(sg_fail(context, SG_NO_OUTPUT, "another", "a later one"), SG_NO_OUTPUT);
    assert_string_equal(sg_context_error(context), "a.csv: 3 faults");
    assert_string_equal(sg_context_hint(context), "look at line 7");
    sg_context_forget_error(context);
    assert_null(sg_context_error(context));
    assert_int_equal(sg_fail(context, SG_BAD_CRS, NULL, "a third"), SG_BAD_CRS);
    assert_string_equal(sg_context_error(context), "a third");
    assert_null(sg_context_hint(context));
    sg_context_free(context);
}

static void test_long_messages_are_cut_not_overrun(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    char *name = malloc(20001);
    memset(name, 'x', 20000);
    name[20000] = '\0';
    sg_fail(context, SG_BAD_INPUT, name, "%s", name);
    assert_true(strlen(sg_context_error(context)) < 20000);
    assert_true(strlen(sg_context_hint(context)) < 20000);
    sg_warn(context, name, "%s", name);
    assert_int_equal(sg_context_warning_count(context), 1);
    free(name);
    sg_context_free(context);
}

static void test_warnings_are_kept_in_order_and_bounded(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    for (int i = 0; i < 5000; i++)
        sg_warn(context, NULL, "warning %d", i);
    assert_true(sg_context_warning_count(context) <= 5000);
    assert_true(sg_context_warning_count(context) >= 100);
    assert_string_equal(sg_context_warning(context, 0), "warning 0");
    assert_string_equal(sg_context_warning(context, 99), "warning 99");
    assert_null(sg_context_error(context)); /* a warning is no error */
    sg_context_free(context);
}

static void test_threads(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(3);
    assert_int_equal(sg_context_threads(context), 3);
    sg_context_set_threads(context, 0);
    assert_true(sg_context_threads(context) >= 1);
    sg_context_free(context);
    sg_context_free(NULL);
}

/* Stacks beyond all addresses: no thread can be started, and OpenMP would end the program. */
static void test_fewer_threads(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(3);
    sg_context_settle_threads(context);
    assert_int_equal(sg_context_threads(context), 3);
    assert_false(test_heard_anything());
    assert_int_equal(setenv("OMP_STACKSIZE", " 1000000 g", 1), 0);
    sg_context_settle_threads(context);
    assert_int_equal(unsetenv("OMP_STACKSIZE"), 0);
    assert_int_equal(sg_context_threads(context), 1);
    assert_true(test_heard("only 1 of 3 threads can be had here"));
    assert_true(test_heard("--threads 1"));
    sg_context_free(context);
}

static void test_interruption(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    volatile sig_atomic_t flag = 0;
    assert_false(sg_context_interrupted(context));
    sg_context_set_interrupt(context, &flag);
    assert_false(sg_context_interrupted(context));
    flag = 1;
    assert_true(sg_context_interrupted(context));
    sg_context_free(context);
}

/* Exit codes of design section 4: 0 done, 1 could not be done, 2 usage. */
static void test_statuses(void **state) {
    (void)state;
    assert_int_equal(sg_status_exit_code(SG_OK), 0);
    assert_int_equal(sg_status_exit_code(SG_USAGE), 2);
    assert_int_equal(sg_status_exit_code(SG_BAD_INPUT), 1);
    assert_int_equal(sg_status_exit_code(SG_STRICT), 1);
    assert_string_equal(sg_status_sentence(SG_NO_MEMORY), "out of memory");
    assert_true(sg_text_equal_fold(sg_status_name(SG_NO_MEMORY), "no_memory"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_error_is_kept),
        cmocka_unit_test(test_long_messages_are_cut_not_overrun),
        cmocka_unit_test(test_warnings_are_kept_in_order_and_bounded),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_fewer_threads),
        cmocka_unit_test(test_interruption),
        cmocka_unit_test(test_statuses),
    };
    return cmocka_run_group_tests_name("context", tests, NULL, NULL);
}
