/* Rejected records wait in a temporary file: all of them come back, and a full disk is told. */
#include "model/reject.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "support/test.h"

#include <unistd.h>

static struct sg_reject_log *log_of(size_t count) {
    static const char *const fields[] = {"name", "note"};
    struct sg_context *context = test_context_new(1);
    struct sg_reject_log *log = NULL;
    assert_ok(context, sg_reject_log_new(context, &log));
    sg_context_free(context);
    assert_true(sg_reject_log_add_input(log, "services.csv", fields, 2));
    for (size_t i = 0; i < count; i++) {
        const char *const values[] = {"Centre", i % 2 == 0 ? NULL : ""};
        struct sg_reject reject = {0, i + 1, "outside", true, {10, 20}, 2, values};
        assert_true(sg_reject_log_add(log, &reject));
    }
    return log;
}

static void test_all_come_back(void **state) {
    (void)state;
    struct sg_reject_log *log = log_of(1000);
    assert_true(sg_reject_log_flush(log));
    for (int pass = 0; pass < 2; pass++) {
        struct sg_reject reject;
        sg_reject_log_rewind(log);
        for (uint64_t i = 0; i < sg_reject_log_count(log); i++) {
            assert_true(sg_reject_log_next(log, &reject));
            assert_int_equal(reject.record, i + 1);
            assert_string_equal(reject.reason, "outside");
            assert_int_equal(reject.value_count, 2);
            assert_string_equal(reject.values[0], "Centre");
            if (i % 2 == 0)
                assert_null(reject.values[1]);
            else
                assert_string_equal(reject.values[1], "");
        }
        assert_false(sg_reject_log_next(log, &reject));
    }
    sg_reject_log_free(log);
}

/* Ten records fit in the buffer, so adding them succeeds; the disk ends when they are written. */
static void test_full_disk(void **state) {
    (void)state;
    struct sg_reject_log *log = log_of(10);
    struct rlimit before, full;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    full = before;
    full.rlim_cur = 100;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    bool done = sg_reject_log_flush(log);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_false(done);
    sg_reject_log_free(log);
}

/* In TMPDIR, and nothing stays there; an error that names it where it is none. */
static void test_folder_of_temporary_files(void **state) {
    (void)state;
    struct sg_context *context = test_context_new(1);
    struct sg_reject_log *log = NULL;
    char *folder = test_folder_new();
    setenv("TMPDIR", folder, 1);
    assert_ok(context, sg_reject_log_new(context, &log));
    sg_reject_log_free(log);
    assert_int_equal(rmdir(folder), 0); /* empty */
    assert_status(context, sg_reject_log_new(context, &log), SG_NO_OUTPUT);
    assert_contains(sg_context_error(context), folder);
    unsetenv("TMPDIR");
    test_folder_remove(folder);
    sg_context_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_come_back),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_folder_of_temporary_files),
    };
    return cmocka_run_group_tests_name("reject", tests, NULL, NULL);
}
