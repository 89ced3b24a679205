/* The clusters of the service gap in words. */
#ifndef SG_JUDGE_CLUSTER_WORDS_H
#define SG_JUDGE_CLUSTER_WORDS_H

#include "judge/local_clusters.h"
#include "model/taxonomy.h"

/* How they were tested, for the foot of a map. Free with sg_free(); NULL when out of memory. */
char *sg_gap_clusters_method(enum sg_language language, size_t permutations,
                             const struct sg_local_clusters *clusters);

#endif
