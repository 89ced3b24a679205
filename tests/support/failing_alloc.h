/* Out of memory on purpose: for programs linked with servicegap_failing, the library built with
 * SG_TEST_ALLOC. */
#ifndef SG_TESTS_SUPPORT_FAILING_ALLOC_H
#define SG_TESTS_SUPPORT_FAILING_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"

/* Fails the n-th allocation from now (1 = the next), only that one; 0 fails none. */
void test_fail_allocation(size_t n);

/* Has the allocation to fail come? */
bool test_allocation_failed(void);

/* A call on trial: does what it likes with user and answers a status; what it made it has released again. */
typedef enum sg_status test_trial(struct sg_context *context, void *user);

/* Calls trial with the first allocation failing, then the second, and so on until one goes through without
   any failure. Each failed trial must answer SG_NO_MEMORY and give back every block. Answers how many
   allocations there were; after the first hundreds only some are failed. */
size_t test_every_allocation(test_trial *trial, void *user);

/* The same for long trials: the first ones one by one, then about so many, spread out. */
size_t test_some_allocations(test_trial *trial, void *user, size_t one_by_one, size_t spread_out);

#endif
