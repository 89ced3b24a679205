#include "judge/cluster_words.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "judge/phrasing.h"

char *sg_gap_clusters_method(enum sg_language language, size_t permutations,
                             const struct sg_local_clusters *clusters) {
    char moran[32];
    snprintf(moran, sizeof moran, "%.2f", clusters->global.statistic);
    char *point = language == SG_FRENCH ? strchr(moran, '.') : NULL;
    if (point != NULL)
        *point = ',';
    return sg_format(
        sg_pick(language,
                "local Moran's I of the gap index, neighbours share a border or a corner, %s conditional "
                "permutations, two-sided, false discovery rate 5%% (Benjamini-Hochberg); Moran's I of all "
                "areas: %s",
                "I de Moran local de l'indice de manque, voisins par un bord ou un coin, %s permutations "
                "conditionnelles, bilatéral, taux de fausses découvertes de 5\xC2\xA0%% "
                "(Benjamini-Hochberg); I de Moran de tous les quartiers : %s"),
        sg_whole((double)permutations, language).text, moran);
}
