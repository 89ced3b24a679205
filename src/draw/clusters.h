/* Local clusters: high among high, low among low, and the outliers. */
#ifndef SG_DRAW_CLUSTERS_H
#define SG_DRAW_CLUSTERS_H

#include "draw/map_style.h"

sg_kind_style_fn sg_clusters_style;

/* Which cluster a text names, in English or French ("High-High", "HH", "hot spot", "Haut-Bas"): its position
   in the legend, or -1. */
int sg_cluster_of(const char *text);

#endif
