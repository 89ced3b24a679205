#include "core/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool may_succeed(void) {
#ifdef SG_TEST_ALLOC
    return sg_test_alloc_may_succeed();
#else
    return true;
#endif
}

void *sg_alloc(size_t count, size_t item_size) {
    if (item_size != 0 && count > SIZE_MAX / item_size)
        return NULL;
    if (!may_succeed())
        return NULL;
    return calloc(count == 0 ? 1 : count, item_size == 0 ? 1 : item_size);
}

bool sg_reserve(void *items_pointer, size_t *capacity, size_t count, size_t item_size) {
    if (count <= *capacity)
        return true;
    size_t wanted = *capacity + *capacity / 2;
    if (wanted < count)
        wanted = count;
    if (wanted < 8)
        wanted = 8;
    if (wanted > SIZE_MAX / item_size || !may_succeed())
        return false;
    void *items;
    memcpy(&items, items_pointer, sizeof items);
    void *grown = realloc(items, wanted * item_size);
    if (grown == NULL)
        return false;
    memcpy(items_pointer, &grown, sizeof grown);
    *capacity = wanted;
    // cppcheck-suppress memleak ; it is handed out through items_pointer
    return true;
}

char *sg_strdup(const char *text) {
    return text == NULL ? NULL : sg_strndup(text, strlen(text));
}

char *sg_strndup(const char *text, size_t length) {
    char *copy = sg_alloc(length + 1, 1);
    if (copy != NULL)
        memcpy(copy, text, length);
    return copy;
}

void sg_free(void *memory) {
    free(memory);
}
