#include "core/weighted.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* A radix sort, for rows as long as a city's demand points: each pass puts the pairs in the order of one
   digit of their value, from the least digit to the greatest. */
#define DIGIT_BITS 11
#define DIGITS ((64 + DIGIT_BITS - 1) / DIGIT_BITS)
#define BUCKETS ((size_t)1 << DIGIT_BITS)
#define FEW 48 /* pairs that insertion sorts sooner */

/* Whole numbers in the order of the values: of IEEE doubles, the negative ones are stored by size. */
static uint64_t key_of(const struct sg_weighted *pair) {
    const uint64_t sign = UINT64_C(1) << 63;
    double value = pair->value + 0.0; /* -0 is 0 */
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

static size_t digit_of(uint64_t key, int digit) {
    return (size_t)(key >> (digit * DIGIT_BITS)) & (BUCKETS - 1);
}

static void insertion_sort(struct sg_weighted *pairs, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct sg_weighted pair = pairs[i];
        size_t at = i;
        for (; at > 0 && pairs[at - 1].value > pair.value; at--)
            pairs[at] = pairs[at - 1];
        pairs[at] = pair;
    }
}

void sg_weighted_sort(struct sg_weighted *pairs, size_t count, struct sg_weighted *scratch) {
    if (count <= FEW) {
        insertion_sort(pairs, count);
        return;
    }
    size_t starts[DIGITS][BUCKETS];
    memset(starts, 0, sizeof starts);
    for (size_t i = 0; i < count; i++) {
        uint64_t key = key_of(&pairs[i]);
        for (int digit = 0; digit < DIGITS; digit++)
            starts[digit][digit_of(key, digit)]++;
    }
    struct sg_weighted *from = pairs, *to = scratch;
    for (int digit = 0; digit < DIGITS; digit++) {
        size_t *next = starts[digit];
        if (next[digit_of(key_of(&from[0]), digit)] == count)
            continue; /* all alike in this digit */
        size_t sum = 0;
        for (size_t b = 0; b < BUCKETS; b++) {
            size_t here = next[b];
            next[b] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            to[next[digit_of(key_of(&from[i]), digit)]++] = from[i];
        struct sg_weighted *filled = to;
        to = from;
        from = filled;
    }
    if (from != pairs)
        memcpy(pairs, from, count * sizeof *pairs);
}

double sg_weighted_quantile(const struct sg_weighted *pairs, size_t count, double total, double share) {
    const double rounding = 1e-12; /* of the sums */
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += pairs[i].weight;
        if (sum >= share * total * (1 - rounding))
            return pairs[i].value;
    }
    return count == 0 ? NAN : pairs[count - 1].value;
}
