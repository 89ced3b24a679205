/* Out of memory, allocation after allocation: text, names, contexts, files. */
#include "core/file.h"
#include "core/name_index.h"
#include "core/resource.h"
#include "support/failing_alloc.h"
#include "support/test.h"

static enum sg_status or_memory(bool done) {
    return done ? SG_OK : SG_NO_MEMORY;
}

static enum sg_status make_text(struct sg_context *context, void *user) {
    (void)context, (void)user;
    struct sg_text text;
    sg_text_init(&text);
    for (int i = 0; i < 50; i++)
        sg_text_append_format(&text, "%d services, ", i);
    size_t before = text.length;
    bool failed = text.failed;
    sg_text_append(&text, "and the end"); /* after a failure it stays as it was */
    if (failed)
        assert_int_equal(text.length, before);
    char *taken = sg_text_take(&text);
    bool done = taken != NULL;
    assert_true(!failed || !done); /* half a sentence is none */
    sg_free(taken);
    return or_memory(done);
}

static enum sg_status make_words(struct sg_context *context, void *user) {
    (void)context, (void)user;
    char *slug = sg_text_slug("Free Health Clinics"), *fold = slug == NULL ? NULL : sg_text_fold("Santé"),
         *text = fold == NULL ? NULL : sg_text_from_windows_1252("Montr\xE9", 6, NULL),
         *format = text == NULL ? NULL : sg_format("%s and %d", "words", 5);
    bool done = format != NULL;
    sg_free(slug);
    sg_free(fold);
    sg_free(text);
    sg_free(format);
    return or_memory(done);
}

static enum sg_status make_index(struct sg_context *context, void *user) {
    (void)context, (void)user;
    struct sg_name_index *index = sg_name_index_new();
    bool done = index != NULL;
    for (int i = 0; done && i < 200; i++) {
        char name[20];
        int length = snprintf(name, sizeof name, "name %d", i);
        size_t position = sg_name_index_add(index, name, (size_t)length, NULL);
        done = position != SG_NO_INDEX;
        assert_true(!done || position == (size_t)i);
        if (!done) /* as it was: not half entered */
            assert_int_equal(sg_name_index_find(index, name, (size_t)length), SG_NO_INDEX);
    }
    sg_name_index_free(index);
    return or_memory(done);
}

static enum sg_status make_context(struct sg_context *context, void *user) {
    (void)context, (void)user;
    struct sg_context *other = sg_context_new();
    bool done = other != NULL;
    sg_context_free(other);
    return or_memory(done);
}

static enum sg_status read_file(struct sg_context *context, void *user) {
    char *bytes = NULL;
    size_t length = 0;
    enum sg_status status = sg_file_read(context, user, &bytes, &length);
    if (status != SG_OK)
        assert_null(bytes);
    sg_free(bytes);
    return status;
}

static void test_all(void **state) {
    (void)state;
    assert_true(test_every_allocation(make_text, NULL) >= 3);
    assert_true(test_every_allocation(make_words, NULL) >= 4);
    assert_true(test_every_allocation(make_index, NULL) >= 200);
    assert_true(test_every_allocation(make_context, NULL) >= 1);
    char path[1024];
    snprintf(path, sizeof path, "%s", test_sample("README.md"));
    assert_true(test_every_allocation(read_file, path) >= 1);
}

/* Out of memory while a warning is kept: the warning is heard all the same, and nothing breaks. */
static void test_warnings(void **state) {
    (void)state;
    for (size_t n = 1; n < 6; n++) {
        struct sg_context *context = test_context_new(1);
        test_fail_allocation(n);
        sg_warn(context, "a hint", "the %zu-th allocation fails", n);
        sg_warn(context, NULL, "and on");
        test_fail_allocation(0);
        assert_true(test_heard("-th allocation fails"));
        assert_true(sg_context_warning_count(context) <= 2);
        sg_context_free(context);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all), cmocka_unit_test(test_warnings)};
    return cmocka_run_group_tests_name("core_memory", tests, NULL, NULL);
}
