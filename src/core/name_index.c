#include "core/name_index.h"

#include <string.h>

#include "core/alloc.h"

struct entry {
    char *name;
    size_t length;
    uint64_t hash;
};

struct sg_name_index {
    struct entry *entries;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* position + 1, 0 = free; slot_count is a power of two */
    size_t slot_count;
};

struct sg_name_index *sg_name_index_new(void) {
    struct sg_name_index *index = sg_alloc(1, sizeof *index);
    if (index == NULL)
        return NULL;
    index->slot_count = 64;
    index->slots = sg_alloc(index->slot_count, sizeof *index->slots);
    if (index->slots == NULL) {
        sg_free(index);
        return NULL;
    }
    return index;
}

void sg_name_index_free(struct sg_name_index *index) {
    if (index == NULL)
        return;
    for (size_t i = 0; i < index->count; i++)
        sg_free(index->entries[i].name);
    sg_free(index->entries);
    sg_free(index->slots);
    sg_free(index);
}

/* Eight bytes at a time (the last eight overlap), multiplied and folded; the table's order never reaches a
   result, so the hash need not be keyed. */
static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t word_at(const char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t half_word_at(const char *bytes) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The last one to eight bytes as one word; loads overlap rather than gather byte by byte. */
static uint64_t tail_word(const char *bytes, size_t length) {
    if (length >= 4)
        return half_word_at(bytes) | half_word_at(bytes + length - 4) << 32;
    uint64_t word = 0;
    for (size_t i = 0; i < length; i++)
        word = word << 8 | (unsigned char)bytes[i];
    return word;
}

static uint64_t hash_bytes(const char *bytes, size_t length) {
    uint64_t hash = length;
    if (length < 8)
        return mix(mix(hash, tail_word(bytes, length)), 0xD6E8FEB86659FD93u);
    const char *last = bytes + length - 8;
    for (; bytes < last; bytes += 8)
        hash = mix(hash, word_at(bytes));
    return mix(mix(hash, word_at(last)), 0xD6E8FEB86659FD93u);
}

static size_t slot_of(const struct sg_name_index *index, const char *name, size_t length, uint64_t hash) {
    size_t slot = hash & (index->slot_count - 1);
    while (index->slots[slot] != 0) {
        const struct entry *entry = &index->entries[index->slots[slot] - 1];
        if (entry->hash == hash && entry->length == length && memcmp(entry->name, name, length) == 0)
            break;
        slot = (slot + 1) & (index->slot_count - 1);
    }
    return slot;
}

size_t sg_name_index_find(const struct sg_name_index *index, const char *name, size_t length) {
    uint32_t found = index->slots[slot_of(index, name, length, hash_bytes(name, length))];
    return found == 0 ? SG_NO_INDEX : found - 1;
}

static bool grow(struct sg_name_index *index) {
    size_t slot_count = index->slot_count * 2;
    uint32_t *slots = sg_alloc(slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < index->count; i++) {
        size_t slot = index->entries[i].hash & (slot_count - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (slot_count - 1);
        slots[slot] = (uint32_t)(i + 1);
    }
    sg_free(index->slots);
    index->slots = slots;
    index->slot_count = slot_count;
    return true;
}

size_t sg_name_index_add(struct sg_name_index *index, const char *name, size_t length, bool *ret_is_new) {
    uint64_t hash = hash_bytes(name, length);
    size_t slot = slot_of(index, name, length, hash);
    bool is_new = index->slots[slot] == 0;
    if (ret_is_new != NULL)
        *ret_is_new = is_new;
    if (!is_new)
        return index->slots[slot] - 1;
    if (index->count >= UINT32_MAX - 1)
        return SG_NO_INDEX;
    if (index->count * 2 >= index->slot_count) {
        if (!grow(index))
            return SG_NO_INDEX;
        slot = slot_of(index, name, length, hash);
    }
    if (!sg_reserve(&index->entries, &index->capacity, index->count + 1, sizeof *index->entries))
        return SG_NO_INDEX;
    char *copy = sg_strndup(name, length);
    if (copy == NULL)
        return SG_NO_INDEX;
    index->entries[index->count] = (struct entry){.name = copy, .length = length, .hash = hash};
    index->slots[slot] = (uint32_t)++index->count;
    return index->count - 1;
}

size_t sg_name_index_count(const struct sg_name_index *index) {
    return index->count;
}

const char *sg_name_index_name(const struct sg_name_index *index, size_t position) {
    return index->entries[position].name;
}
