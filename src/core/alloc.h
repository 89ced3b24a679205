/* Every allocation of the library. The test build of the library (SG_TEST_ALLOC) asks
   sg_test_alloc_may_succeed() before each one, so that tests can fail the n-th. */
#ifndef SG_CORE_ALLOC_H
#define SG_CORE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* Memory for count items of item_size bytes, zeroed. NULL when out of memory or when the product
   overflows; never NULL for count 0. Free with sg_free(). */
void *sg_alloc(size_t count, size_t item_size);

/* Makes *items (NULL or from here) hold at least count items; *capacity is in items. Grows by half
   again. The new part is not zeroed. False, with nothing changed, when out of memory. */
bool sg_reserve(void *items_pointer, size_t *capacity, size_t count, size_t item_size);

/* A copy of text, or of its first length bytes. NULL when out of memory; text may be NULL (gives NULL). */
char *sg_strdup(const char *text);
char *sg_strndup(const char *text, size_t length);

void sg_free(void *memory);

#ifdef SG_TEST_ALLOC
bool sg_test_alloc_may_succeed(void);
#endif

#endif
