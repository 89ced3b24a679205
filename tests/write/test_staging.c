/* Files appear only when they are complete, and harm nothing that was there. */
#include "write/staging.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/test.h"
#include "write/staging_parts.h"

static void stage(struct sg_staging *staging, const char *name, const char *text) {
    char *path = sg_staging_path(staging, name);
    assert_non_null(path);
    test_write(path, text);
    sg_free(path);
}

static void assert_file(const char *folder, const char *name, const char *expected) {
    char *text = test_read(test_path(folder, name), NULL);
    assert_string_equal(text, expected);
    free(text);
}

static void test_commit(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_staging *staging;
    const char *inner = test_path(folder, "maps/new"); /* made with its parents */
    assert_ok(context, sg_staging_new(context, inner, false, &staging));
    assert_string_equal(sg_staging_directory(staging), inner);
    stage(staging, "a.csv", "1");
    stage(staging, "b.csv", "2");
    assert_int_equal(access(test_path(inner, "a.csv"), F_OK), -1); /* not before it is complete */
    assert_ok(context, sg_staging_commit(staging));
    assert_file(inner, "a.csv", "1");
    assert_file(inner, "b.csv", "2");
    sg_staging_free(staging);
    assert_int_equal(test_file_count(inner), 2); /* nothing else is left */
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_failure_leaves_nothing(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_staging *staging;
    test_write(test_path(folder, "a.csv"), "old");
    assert_ok(context, sg_staging_new(context, folder, true, &staging));
    stage(staging, "a.csv", "half of a new f");
    stage(staging, "c.csv", "x");
    sg_staging_free(staging); /* without commit: the work failed */
    assert_int_equal(test_file_count(folder), 1);
    assert_file(folder, "a.csv", "old");
    /* nor stays the folder that was made for it; one that was there does, though it is empty */
    const char *inner = test_path(folder, "new");
    assert_ok(context, sg_staging_new(context, inner, true, &staging));
    sg_staging_free(staging);
    assert_int_equal(access(inner, F_OK), -1);
    mkdir(inner, 0777);
    assert_ok(context, sg_staging_new(context, inner, true, &staging));
    sg_staging_free(staging);
    assert_int_equal(access(inner, F_OK), 0);
    sg_staging_free(NULL);
    sg_context_free(context);
    test_folder_remove(folder);
}

static void test_existing_files_are_protected(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_staging *staging;
    test_write(test_path(folder, "b.csv"), "old");
    assert_ok(context, sg_staging_new(context, folder, false, &staging));
    assert_ok(context, sg_staging_check(staging, "a.csv"));
    assert_status(context, sg_staging_check(staging, "b.csv"), SG_NO_OUTPUT);
    assert_contains(test_error(context), "b.csv: exists already");
    assert_contains(test_hint(context), "--overwrite");
    sg_context_forget_error(context);
    stage(staging, "a.csv", "new");
    stage(staging, "b.csv", "new");
    assert_status(context, sg_staging_commit(staging), SG_NO_OUTPUT); /* also when it came in between */
    sg_staging_free(staging);
    assert_file(folder, "b.csv", "old");
    assert_int_equal(test_file_count(folder), 1); /* all or nothing: a.csv is not there either */
    sg_context_forget_error(context);
    assert_ok(context, sg_staging_new(context, folder, true, &staging));
    assert_ok(context, sg_staging_check(staging, "b.csv"));
    stage(staging, "b.csv", "new");
    assert_ok(context, sg_staging_commit(staging));
    sg_staging_free(staging);
    assert_file(folder, "b.csv", "new");
    assert_int_equal(test_file_count(folder), 1);
    mkdir(test_path(folder, "d.csv"), 0777);
    assert_ok(context, sg_staging_new(context, folder, true, &staging));
    assert_status(context, sg_staging_check(staging, "d.csv"), SG_NO_OUTPUT); /* a folder is never replaced */
    sg_staging_free(staging);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* A file that cannot go to its place takes back those before it: here a folder came in between. */
static void test_all_or_none(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_staging *staging;
    test_write(test_path(folder, "a.csv"), "old");
    test_write(test_path(folder, "input.csv"), "mine");
    assert_ok(context, sg_staging_new(context, folder, true, &staging));
    assert_true(sg_staging_protect(staging, test_path(folder, "input.csv")));
    assert_true(sg_staging_protect(staging, test_path(folder, "nothing.csv")));
    assert_status(context, sg_staging_check(staging, "input.csv"), SG_NO_OUTPUT);
    assert_contains(test_error(context), "input.csv: is an input of this run");
    sg_context_forget_error(context);
    stage(staging, "a.csv", "new");
    stage(staging, "b.csv", "new");
    stage(staging, "input.csv", "new");
    assert_status(context, sg_staging_commit(staging), SG_NO_OUTPUT);
    sg_staging_free(staging);
    assert_file(folder, "a.csv", "old");
    assert_file(folder, "input.csv", "mine");
    assert_int_equal(test_file_count(folder), 2);
    sg_context_free(context);
    test_folder_remove(folder);
}

/* The parts of the last step: into place, and back. */
static void test_put_and_take_back(void **state) {
    (void)state;
    char *folder = test_folder_new();
    mkdir(test_path(folder, "s"), 0700);
    test_write(test_path(folder, "a.csv"), "old a");
    test_write(test_path(folder, "s/a.csv"), "new a");
    test_write(test_path(folder, "s/b.csv"), "new b");
    int directory = open(folder, O_RDONLY | O_DIRECTORY),
        staged = open(test_path(folder, "s"), O_RDONLY | O_DIRECTORY);
    struct sg_staged_files files = {0}, read = {0};
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"a.csv", "b.csv", "c.csv"}; /* the third is not there */
        struct stat found = {0};
        fstatat(staged, names[i], &found, 0);
        assert_true(sg_reserve(&files.items, &files.capacity, files.count + 1, sizeof *files.items));
        files.items[files.count++] =
            (struct sg_staged_file){.name = sg_strdup(names[i]), .inode = found.st_ino};
    }
    assert_true(sg_staging_journal_write(staged, &files));
    assert_true(sg_staging_journal_read(staged, &read));
    assert_int_equal(read.count, 3);
    assert_string_equal(read.items[1].name, "b.csv");
    assert_int_equal(read.items[1].inode, files.items[1].inode);
    assert_false(sg_staging_put(staged, directory, &files));
    assert_file(folder, "a.csv", "new a");
    assert_file(folder, "b.csv", "new b");
    sg_staging_take_back(staged, directory, &files);
    assert_file(folder, "a.csv", "old a");
    assert_int_equal(access(test_path(folder, "b.csv"), F_OK), -1);
    sg_staged_files_release(&files);
    sg_staged_files_release(&read);
    close(staged);
    sg_staging_remove(directory, "s");
    assert_int_equal(test_file_count(folder), 1);
    close(directory);
    test_folder_remove(folder);
}

static void test_no_directory(void **state) {
    (void)state;
    char *folder = test_folder_new();
    struct sg_context *context = test_context_new(1);
    struct sg_staging *staging = NULL;
    test_write(test_path(folder, "file"), "x");
    assert_status(context, sg_staging_new(context, test_path(folder, "file"), true, &staging), SG_NO_OUTPUT);
    assert_null(staging);
    sg_context_forget_error(context);
    assert_status(context, sg_staging_new(context, test_path(folder, "file/inner"), true, &staging),
                  SG_NO_OUTPUT);
    assert_contains(test_error(context), "cannot be written");
    sg_context_free(context);
    assert_int_equal(test_file_count(folder), 1);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commit),
        cmocka_unit_test(test_failure_leaves_nothing),
        cmocka_unit_test(test_existing_files_are_protected),
        cmocka_unit_test(test_all_or_none),
        cmocka_unit_test(test_put_and_take_back),
        cmocka_unit_test(test_no_directory),
    };
    return cmocka_run_group_tests_name("staging", tests, NULL, NULL);
}
