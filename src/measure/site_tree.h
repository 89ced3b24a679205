/* Nearest and counting searches over the places of one type: a k-d tree in geocentric metres. */
#ifndef SG_MEASURE_SITE_TREE_H
#define SG_MEASURE_SITE_TREE_H

#include <stdint.h>

#include "core/context.h"
#include "model/geodesic.h"

/* A service to be entered: where, how large, and whose (any number the caller knows it by). */
struct sg_tree_service {
    struct sg_point lon_lat_deg;
    double weight;
    uint32_t id;
};

struct sg_site_tree;

/* A tree over the services; those at the very same place are one place of it (with the least id).
   services is put in another order. No services give an empty tree. Free with sg_site_tree_free(). */
enum sg_status sg_site_tree_new(struct sg_context *context, const struct sg_ellipsoid *ellipsoid,
                                struct sg_tree_service *services, size_t service_count,
                                struct sg_site_tree **ret_tree);
void sg_site_tree_free(struct sg_site_tree *tree);

size_t sg_site_tree_place_count(const struct sg_site_tree *tree);

/* The caller's id of a place (the least of the services there). */
uint32_t sg_site_tree_place_id(const struct sg_site_tree *tree, uint32_t place);

/* The weight of the services at a place. */
double sg_site_tree_place_weight(const struct sg_site_tree *tree, uint32_t place);

/* A point to search from, made once for all trees on the same ellipsoid. */
struct sg_search_point {
    struct sg_point lon_lat_deg;
    struct sg_geocentric at;
    struct sg_chord_scale scale;
};

struct sg_search_point sg_search_point_from(const struct sg_ellipsoid *ellipsoid,
                                            struct sg_point lon_lat_deg);

/* Geodesic metres to the nearest place, and which one it is; infinity (and no place) for an empty tree. */
double sg_site_tree_nearest(const struct sg_site_tree *tree, const struct sg_search_point *from,
                            uint32_t *ret_place);

/* A distance threshold, made ready for searches; inclusive, with a micrometre for rounding. */
struct sg_threshold {
    double distance_m;
    double inner2, outer2; /* squares of chords surely within, and surely beyond */
};

struct sg_threshold sg_threshold_from(const struct sg_ellipsoid *ellipsoid, double distance_m);

/* What lies within the threshold. */
struct sg_within {
    double weight;
    uint32_t services;
    uint32_t places;
    uint32_t place; /* one of the places: the only one when places is 1 */
};

/* A place within a threshold. */
struct sg_offer {
    double cost;   /* geodesic metres; by travel what it costs */
    double weight; /* of its services */
    uint32_t place;
    uint32_t services;
};

struct sg_within sg_site_tree_within(const struct sg_site_tree *tree, const struct sg_search_point *from,
                                     const struct sg_threshold *threshold);

/* The same place by place, in no order but always in the same one. ret_offers has room for all places of the
   tree. Distances are good to 0.05 mm. Returns how many there are. */
size_t sg_site_tree_offers(const struct sg_site_tree *tree, const struct sg_search_point *from,
                           const struct sg_threshold *threshold, struct sg_offer *ret_offers);

#endif
