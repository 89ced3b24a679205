/* The findings on groups of people: where they are behind, and because of which areas. */
#ifndef SG_JUDGE_GROUP_FINDINGS_H
#define SG_JUDGE_GROUP_FINDINGS_H

#include "judge/sentences.h"

/* Adds a sentence for each group of the source; none without groups. */
void sg_add_group_findings(struct sg_sentences *sentences);

#endif
