/* The texts of a type field to lists of types, each text once. */
#ifndef SG_READ_TYPE_TEXTS_H
#define SG_READ_TYPE_TEXTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/context.h"
#include "model/taxonomy.h"

struct sg_type_texts;

struct sg_type_list {
    const uint16_t *types; /* borrowed until the texts are freed */
    uint32_t count;
};

/* separators: any of these bytes parts two types; "" for none. Free with sg_type_texts_free(). */
enum sg_status sg_type_texts_new(struct sg_context *context, struct sg_taxonomy *taxonomy,
                                 const char *separators, struct sg_type_texts **ret_texts);
void sg_type_texts_free(struct sg_type_texts *texts);

/* The types of one field's text (length bytes of UTF-8). New texts make new types where the taxonomy is open,
   else go to `other` and are counted as unknown. NULL or empty is `other`, of an open taxonomy a type of its
   own that says so. */
enum sg_status sg_type_texts_resolve(struct sg_type_texts *texts, const char *text, size_t length,
                                     struct sg_type_list *ret_list);

/* The same for a text that was resolved before, borrowed until the next call; NULL when it was not. The text
   may be any bytes: those that are no UTF-8 were never resolved. From its start on so many bytes are
   readable, the text's own and others'. */
const struct sg_type_list *sg_type_texts_recall(struct sg_type_texts *texts, const char *text, size_t length,
                                                size_t readable);

/* Texts that the taxonomy does not know, and how often each came. */
size_t sg_type_texts_unknown_count(const struct sg_type_texts *texts);
const char *sg_type_texts_unknown(const struct sg_type_texts *texts, size_t index, uint64_t *ret_count);

#endif
