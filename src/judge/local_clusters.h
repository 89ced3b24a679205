/* Where high and low values lie together: local Moran and Getis-Ord, tested by permutation. */
#ifndef SG_JUDGE_LOCAL_CLUSTERS_H
#define SG_JUDGE_LOCAL_CLUSTERS_H

#include "judge/autocorrelation.h"

enum sg_cluster {
    SG_CLUSTER_HIGH_HIGH, /* high among high, so low p that it is not chance */
    SG_CLUSTER_LOW_LOW,
    SG_CLUSTER_HIGH_LOW,
    SG_CLUSTER_LOW_HIGH,
    SG_CLUSTER_NOT_SIGNIFICANT,
    SG_CLUSTER_ISLAND, /* has a value, but no neighbour has */
    SG_CLUSTER_UNKNOWN /* has no value */
};

/* "HH", "LL", "HL", "LH", "not significant", "island"; NULL for unknown. */
const char *sg_cluster_name(enum sg_cluster cluster);

/* Fewer areas than this make no local pattern (Anselin 1995; the GeoDa workbook). */
enum { SG_LEAST_CLUSTER_AREAS = 30 };

struct sg_cluster_request {
    size_t permutations;
    uint64_t seed;
    double alpha; /* share of the clusters found that may be chance: 0.05 */
};

enum sg_cluster_refusal { SG_CLUSTERS_FOUND, SG_CLUSTERS_TOO_FEW, SG_CLUSTERS_ALL_EQUAL };

struct sg_local_clusters {
    size_t area_count;
    size_t tested_count;
    size_t island_count;
    enum sg_cluster_refusal refusal; /* else: nothing below but states of islands and missing areas */
    double *local_i;                 /* of each area; NaN = not tested. (n - 1) z sum of w z / sum of z^2 */
    double *gi_star; /* Getis-Ord Gi*, as a standard score; neighbours and the area itself weigh 1 */
    double *p;       /* two-sided, of both: under conditional permutation both turn on the neighbours' sum */
    enum sg_cluster *clusters;
    size_t counts[SG_CLUSTER_UNKNOWN + 1];
    struct sg_autocorrelation global;
    double global_p;
};

/* Tests every area that takes part against its neighbours' values drawn from all the others, and keeps as
   clusters those that Benjamini and Hochberg's (1995) rule takes at alpha. Refused (with SG_OK) under 30
   areas and where all values are the same. The same for a seed with any number of threads. Release with
   sg_local_clusters_release(). */
enum sg_status sg_local_clusters_find(struct sg_context *context, const double *values,
                                      const struct sg_neighbours *neighbours,
                                      const struct sg_cluster_request *request,
                                      struct sg_local_clusters *ret_clusters);
void sg_local_clusters_release(struct sg_local_clusters *clusters);

/* Local I of the area i of the field, as above. NaN where all values are the same. */
double sg_local_i(const struct sg_field *field, size_t i);

/* The quadrant of an area among those that take part: HH, LL, HL or LH, significant or not. */
enum sg_cluster sg_quadrant(const struct sg_field *field, double mean, size_t i);

/* What is expected of local I with row weights, and its variance (Sokal, Oden and Thomson 1998): with the
   area's value held (A7, A8), and with all values in any order (A3, A4). Of the area i of the field; their I
   has n, not n - 1, in it. */
struct sg_local_moments {
    double expected_held, variance_held;
    double expected_any, variance_any;
};

struct sg_local_moments sg_local_moments_of(const struct sg_field *field, size_t i);

/* Which of the p values (NaN: none) the rule takes at alpha: the largest p that it takes, 0 for none. False
   when out of memory. */
bool sg_false_discovery_limit(const double *p, size_t count, double alpha, double *ret_limit);

#endif
