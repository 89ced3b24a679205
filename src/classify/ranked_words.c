#include "classify/ranked_words.h"

#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

enum { MOST_WORDS = 8 };

/* Worst, or highest, first; folded: lower case without accents. */
static const char *const scales[][MOST_WORDS] = {
    {"critical", "severe", "moderate", "slight", "served"},
    {"critique", "grave", "moderee", "legere", "servi"},
    {"critique", "grave", "modere", "leger", "servi"},
    {"high", "medium", "low"}, /* three of three colours, which are farther apart than three of six */
    {"high", "moderate", "low"},
    {"eleve", "moyen", "faible"},
    {"elevee", "moyenne", "faible"},
    {"very high", "high", "medium", "low", "very low", "none"},
    {"very high", "high", "moderate", "low", "very low", "none"},
    {"tres eleve", "eleve", "moyen", "faible", "tres faible", "aucun"},
    {"very poor", "poor", "fair", "good", "very good", "excellent"},
    {"worst", "bad", "average", "good", "best"},
    {"extreme", "major", "moderate", "minor", "none"},
};

enum { SCALE_COUNT = sizeof scales / sizeof scales[0] };

static size_t length_of(const char *const *words) {
    size_t count = 0;
    while (count < MOST_WORDS && words[count] != NULL)
        count++;
    return count;
}

size_t sg_word_rank(const struct sg_ranked_words *scale, const char *word) {
    char *folded = sg_text_fold(word);
    size_t rank = 0;
    while (folded != NULL && rank < scale->count && strcmp(scale->words[rank], folded) != 0)
        rank++;
    sg_free(folded);
    return folded == NULL ? scale->count : rank;
}

bool sg_find_ranked_words(const char *const *words, size_t count, struct sg_ranked_words *ret_scale) {
    for (int s = 0; s < SCALE_COUNT; s++) {
        struct sg_ranked_words scale = {scales[s], length_of(scales[s])};
        size_t first = scale.count;
        bool fits = true, differ = false;
        for (size_t i = 0; i < count && fits; i++) {
            if (words[i] == NULL)
                continue;
            size_t rank = sg_word_rank(&scale, words[i]);
            fits = rank < scale.count;
            differ = differ || (first < scale.count && rank != first);
            first = first == scale.count ? rank : first;
        }
        if (fits && differ) {
            *ret_scale = scale;
            return true;
        }
    }
    return false;
}
