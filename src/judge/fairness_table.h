/* The figures of fairness and the clusters as tables, and as columns of the coverage and the city-wide table.
 */
#ifndef SG_JUDGE_FAIRNESS_TABLE_H
#define SG_JUDGE_FAIRNESS_TABLE_H

#include "judge/fairness.h"
#include "judge/local_clusters.h"
#include "judge/stability.h"

/* gap_local_i, gap_gi_star, gap_cluster and gap_cluster_p, of the gap index, behind the other columns. */
enum sg_status sg_cluster_columns(struct sg_context *context, const struct sg_local_clusters *clusters,
                                  struct sg_table *coverage);

/* gap_stability and gap_worst_pct behind the other columns. */
enum sg_status sg_stability_columns(struct sg_context *context, const struct sg_stability *stability,
                                    struct sg_table *coverage);

/* Gini, Theil and, with a status, Palma and concentration index behind the columns of the city-wide table,
   whose first row is all types. */
enum sg_status sg_fairness_city_columns(struct sg_context *context, const struct sg_fairness *fairness,
                                        struct sg_table *city);

/* A row for each type and figure that is known: type, label, figure, value, low, high, meaning; first the
   likeness of neighbours. clusters may be NULL. Release with sg_table_release(). */
enum sg_status sg_fairness_table(struct sg_context *context, const struct sg_fairness *fairness,
                                 const struct sg_local_clusters *clusters, const struct sg_taxonomy *taxonomy,
                                 enum sg_language language, struct sg_table *ret_table);

#endif
