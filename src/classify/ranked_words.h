/* Words that rank: "severe" comes before "moderate", whatever the alphabet says. */
#ifndef SG_CLASSIFY_RANKED_WORDS_H
#define SG_CLASSIFY_RANKED_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Words that belong to one scale, the worst or highest first. */
struct sg_ranked_words {
    const char *const *words;
    size_t count;
};

/* The scale (of those known, in English and French) that has all of the words, in any case; false when none
   has, or when there is only one word: it ranks nothing. The words may repeat; NULL is left out. */
bool sg_find_ranked_words(const char *const *words, size_t count, struct sg_ranked_words *ret_scale);

/* The word's position in the scale; the scale's count when it is not in it. */
size_t sg_word_rank(const struct sg_ranked_words *scale, const char *word);

#endif
