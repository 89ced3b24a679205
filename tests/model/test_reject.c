/* Rejected records wait in a temporary file: all of them come back, and a full disk is told. */
#include "model/reject.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "support/test.h"

static struct sg_reject_log *log_of(size_t count) {
    static const char *const fields[] = {"name", "note"};
    struct sg_reject_log *log = sg_reject_log_new();
    assert_non_null(log);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_come_back),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests_name("reject", tests, NULL, NULL);
}
