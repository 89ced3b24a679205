/* The findings on fairness: who comes first, how sure that is, where gaps cluster, how even supply is, and
   who is behind. */
#ifndef SG_JUDGE_FAIR_FINDINGS_H
#define SG_JUDGE_FAIR_FINDINGS_H

#include "judge/sentences.h"

/* Adds a sentence for each part of the source that is there. */
void sg_add_fair_findings(struct sg_sentences *sentences);

#endif
