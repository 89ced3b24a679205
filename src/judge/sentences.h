/* A list of findings while it grows, and what sentences have in common. */
#ifndef SG_JUDGE_SENTENCES_H
#define SG_JUDGE_SENTENCES_H

#include <stdbool.h>

#include "core/text.h"
#include "judge/findings.h"

struct sg_sentences {
    const struct sg_findings_source *source;
    char **items;
    size_t count, capacity;
    bool failed; /* out of memory for any */
};

/* Takes the sentence; NULL is one for which memory was short. */
void sg_sentences_add(struct sg_sentences *sentences, char *sentence);

/* "; 7 of the 9 are in the north-west" where three fifths of at least three flagged areas lie in one quarter
   of the city. flagged: how many there are. */
void sg_append_where(struct sg_text *text, const struct sg_findings_source *source, const bool *flags,
                     size_t flagged);

/* "A, B and C"; of more than most, "A, B and 5 others". In the order given. */
void sg_append_names(struct sg_text *text, const struct sg_findings_source *source, const size_t *areas,
                     size_t count, size_t most);

#endif
