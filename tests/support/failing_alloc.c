#include "support/failing_alloc.h"

#include "support/test.h"

static size_t asked, fails_at;

/* Thousands of allocations differ little from one to the next: the first ones are tried one by one, then
   about as many in all as the second number says. The sanitizers look at the ways back, not at every step to
   them. */
#ifdef __SANITIZE_ADDRESS__
enum { ONE_BY_ONE = 60, SPREAD_OUT = 40 };
#else
enum { ONE_BY_ONE = 400, SPREAD_OUT = 200 };
#endif

bool sg_test_alloc_may_succeed(void);
bool sg_test_alloc_may_succeed(void) {
    return __atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED) != fails_at;
}

void test_fail_allocation(size_t n) {
    asked = 0;
    fails_at = n;
}

bool test_allocation_failed(void) {
    return fails_at != 0 && asked >= fails_at;
}

/* Blocks that our own code holds: the linker leads its calls here (--wrap); those of GDAL and PROJ stay
 * apart. */
static size_t live;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

static void *count_block(void *memory, bool is_new) {
    if (memory != NULL && is_new)
        __atomic_add_fetch(&live, 1, __ATOMIC_RELAXED);
    return memory;
}

void *__wrap_malloc(size_t size) {
    return count_block(__real_malloc(size), true);
}

void *__wrap_calloc(size_t count, size_t size) {
    return count_block(__real_calloc(count, size), true);
}

void *__wrap_realloc(void *memory, size_t size) {
    return count_block(__real_realloc(memory, size), memory == NULL);
}

void __wrap_free(void *memory) {
    if (memory != NULL)
        __atomic_sub_fetch(&live, 1, __ATOMIC_RELAXED);
    __real_free(memory);
}

size_t test_every_allocation(test_trial *trial, void *user) {
    return test_some_allocations(trial, user, ONE_BY_ONE, SPREAD_OUT);
}

size_t test_some_allocations(test_trial *trial, void *user, size_t one_by_one, size_t spread_out) {
    one_by_one = one_by_one > ONE_BY_ONE ? ONE_BY_ONE : one_by_one;
    spread_out = spread_out > SPREAD_OUT ? SPREAD_OUT : spread_out;
    /* once without failure: libraries make their caches, and the trial must work at all */
    struct sg_context *context = test_context_new(1);
    test_fail_allocation(0);
    assert_ok(context, trial(context, user));
    size_t total = asked;
    sg_context_free(context);
    size_t step = 1;
    for (size_t n = 1; n <= total + 1; n += step) {
        size_t before = live;
        context = test_context_new(1);
        test_fail_allocation(n);
        enum sg_status status = trial(context, user);
        bool failed = test_allocation_failed();
        test_fail_allocation(0);
        /* a warning that could not be kept was heard all the same: then the trial has looked at its results
         * itself */
        bool is_survived = status == SG_OK && test_heard_anything();
        if (failed && status != SG_NO_MEMORY && !is_survived) {
            print_error("allocation %zu of %zu failed and the answer was %s (%s)\n", n, total,
                        sg_status_name(status), test_error(context));
            fail();
        }
        if (!failed)
            assert_ok(context, status);
        sg_context_free(context);
        size_t after = live;
        if (after != before) {
            print_error("allocation %zu of %zu failed and %lld blocks were lost\n", n, total,
                        (long long)after - (long long)before);
            fail();
        }
        if (!failed)
            break;
        if (n >= one_by_one)
            step = total / spread_out + 1;
    }
    return total;
}
