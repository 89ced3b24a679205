/* Names to positions: a hash table of strings, for ids, types and regions. */
#ifndef SG_CORE_NAME_INDEX_H
#define SG_CORE_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SG_NO_INDEX SIZE_MAX

struct sg_name_index;

/* Empty; NULL when out of memory. Free with sg_name_index_free(). */
struct sg_name_index *sg_name_index_new(void);
void sg_name_index_free(struct sg_name_index *index);

/* The position of the name (length bytes), or SG_NO_INDEX. */
size_t sg_name_index_find(const struct sg_name_index *index, const char *name, size_t length);

/* The position of the name; a new name gets the next position (0, 1, 2 ...), and *ret_is_new (may be
   NULL) says so. The name is copied. SG_NO_INDEX when out of memory. */
size_t sg_name_index_add(struct sg_name_index *index, const char *name, size_t length, bool *ret_is_new);

size_t sg_name_index_count(const struct sg_name_index *index);
const char *sg_name_index_name(const struct sg_name_index *index, size_t position);

#endif
