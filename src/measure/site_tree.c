#include "measure/site_tree.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "measure/place_grid.h"

enum { LEAF_PLACES = 8, DEEPEST = 64 };

/* A node covers places[first] to places[first + count - 1]; its left child follows it, its right child is
   at right; right 0 is a leaf. */
struct node {
    double min[3], max[3];
    double weight;
    uint32_t services;
    uint32_t first, count;
    uint32_t right;
};

struct sg_site_tree {
    struct sg_ellipsoid ellipsoid;
    struct sg_place_grid grid;
    struct sg_place *places;
    size_t place_count;
    struct node *nodes;
    size_t node_count;
};

static int compare_services(const void *a, const void *b) {
    const struct sg_tree_service *one = a, *two = b;
    if (one->lon_lat_deg.x != two->lon_lat_deg.x)
        return one->lon_lat_deg.x < two->lon_lat_deg.x ? -1 : 1;
    if (one->lon_lat_deg.y != two->lon_lat_deg.y)
        return one->lon_lat_deg.y < two->lon_lat_deg.y ? -1 : 1;
    return one->id < two->id ? -1 : one->id > two->id;
}

static void merge_places(struct sg_site_tree *tree, struct sg_tree_service *services, size_t count) {
    qsort(services, count, sizeof *services, compare_services);
    for (size_t i = 0; i < count; i++) {
        struct sg_place *last = tree->place_count > 0 ? &tree->places[tree->place_count - 1] : NULL;
        if (last != NULL && last->lon_lat_deg.x == services[i].lon_lat_deg.x
            && last->lon_lat_deg.y == services[i].lon_lat_deg.y) {
            last->weight += services[i].weight;
            last->services++;
            continue;
        }
        struct sg_geocentric at = sg_geocentric_from(&tree->ellipsoid, services[i].lon_lat_deg);
        tree->places[tree->place_count++] = (struct sg_place){
            {at.x, at.y, at.z}, services[i].lon_lat_deg, services[i].weight, 1, services[i].id};
    }
}

/* Puts the places in two halves about the middle one along an axis (quickselect, middle of three). */
static void split_places(struct sg_place *places, size_t count, size_t middle, int axis) {
    size_t low = 0, high = count - 1;
    while (low < high) {
        size_t centre = low + (high - low) / 2;
        double a = places[low].at[axis], b = places[centre].at[axis], c = places[high].at[axis];
        double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
        size_t i = low, j = high;
        while (i <= j) {
            while (places[i].at[axis] < pivot)
                i++;
            while (places[j].at[axis] > pivot)
                j--;
            if (i > j)
                break;
            struct sg_place swap = places[i];
            places[i++] = places[j];
            places[j] = swap;
            if (j == 0)
                break;
            j--;
        }
        if (middle <= j)
            high = j;
        else if (middle >= i)
            low = i;
        else
            break;
    }
}

/* Depth is log2 of the places, so recursion is safe. */
static void build_node(struct sg_site_tree *tree, size_t first, size_t count) {
    struct node *node = &tree->nodes[tree->node_count++];
    *node = (struct node){.first = (uint32_t)first, .count = (uint32_t)count};
    for (int axis = 0; axis < 3; axis++) {
        node->min[axis] = INFINITY;
        node->max[axis] = -INFINITY;
    }
    for (size_t i = first; i < first + count; i++) {
        const struct sg_place *place = &tree->places[i];
        for (int axis = 0; axis < 3; axis++) {
            node->min[axis] = fmin(node->min[axis], place->at[axis]);
            node->max[axis] = fmax(node->max[axis], place->at[axis]);
        }
        node->weight += place->weight;
        node->services += place->services;
    }
    if (count <= LEAF_PLACES)
        return;
    int axis = 0;
    for (int other = 1; other < 3; other++) {
        if (node->max[other] - node->min[other] > node->max[axis] - node->min[axis])
            axis = other;
    }
    size_t half = count / 2;
    split_places(tree->places + first, count, half, axis);
    build_node(tree, first, half);
    node->right = (uint32_t)tree->node_count;
    build_node(tree, first + half, count - half);
}

enum sg_status sg_site_tree_new(struct sg_context *context, const struct sg_ellipsoid *ellipsoid,
                                struct sg_tree_service *services, size_t service_count,
                                struct sg_site_tree **ret_tree) {
    struct sg_site_tree *tree = sg_alloc(1, sizeof *tree);
    if (tree == NULL)
        return sg_fail_memory(context);
    tree->ellipsoid = *ellipsoid;
    tree->places = sg_alloc(service_count, sizeof *tree->places);
    /* Halving stops at LEAF_PLACES: leaves hold at least half of that. */
    tree->nodes = sg_alloc(service_count / (LEAF_PLACES / 2) * 2 + 2, sizeof *tree->nodes);
    if (tree->places == NULL || tree->nodes == NULL || service_count >= UINT32_MAX / 2) {
        sg_site_tree_free(tree);
        return sg_fail_memory(context);
    }
    merge_places(tree, services, service_count);
    if (tree->place_count > 0) {
        build_node(tree, 0, tree->place_count);
        if (!sg_place_grid_build(&tree->grid, tree->places, tree->place_count)) {
            sg_site_tree_free(tree);
            return sg_fail_memory(context);
        }
    }
    *ret_tree = tree;
    return SG_OK;
}

void sg_site_tree_free(struct sg_site_tree *tree) {
    if (tree == NULL)
        return;
    sg_free(tree->places);
    sg_free(tree->nodes);
    sg_place_grid_release(&tree->grid);
    sg_free(tree);
}

size_t sg_site_tree_place_count(const struct sg_site_tree *tree) {
    return tree->place_count;
}

uint32_t sg_site_tree_place_id(const struct sg_site_tree *tree, uint32_t place) {
    return tree->places[place].id;
}

double sg_site_tree_place_weight(const struct sg_site_tree *tree, uint32_t place) {
    return tree->places[place].weight;
}

struct sg_search_point sg_search_point_from(const struct sg_ellipsoid *ellipsoid,
                                            struct sg_point lon_lat_deg) {
    return (struct sg_search_point){lon_lat_deg, sg_geocentric_from(ellipsoid, lon_lat_deg),
                                    sg_chord_scale_at(ellipsoid, lon_lat_deg)};
}

struct sg_threshold sg_threshold_from(const struct sg_ellipsoid *ellipsoid, double distance_m) {
    double inner_m, outer_m;
    sg_chord_bounds(ellipsoid, distance_m, &inner_m, &outer_m);
    return (struct sg_threshold){distance_m, inner_m * inner_m, outer_m * outer_m};
}

static inline double chord2_to(const struct sg_place *place, const double from[3]) {
    double dx = place->at[0] - from[0], dy = place->at[1] - from[1], dz = place->at[2] - from[2];
    return dx * dx + dy * dy + dz * dz;
}

static inline double least2_to(const struct node *node, const double from[3]) {
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        double below = node->min[axis] - from[axis], above = from[axis] - node->max[axis];
        double off = below > above ? below : above;
        if (off > 0)
            sum += off * off;
    }
    return sum;
}

static inline double most2_to(const struct node *node, const double from[3]) {
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        double below = fabs(from[axis] - node->min[axis]), above = fabs(from[axis] - node->max[axis]);
        double off = below > above ? below : above;
        sum += off * off;
    }
    return sum;
}

static double geodesic_to(const struct sg_site_tree *tree, const struct sg_place *place,
                          const struct sg_search_point *from, double chord2) {
    if (chord2 <= SG_LONGEST_SHORT_CHORD_M * SG_LONGEST_SHORT_CHORD_M)
        return sg_chord_to_geodesic(&from->scale, place->at[0] - from->at.x, place->at[1] - from->at.y,
                                    place->at[2] - from->at.z, chord2);
    return sg_geodesic_distance(&tree->ellipsoid, from->lon_lat_deg, place->lon_lat_deg);
}

static void search_tree(const struct sg_site_tree *tree, const double at[3], struct sg_nearest_place *found) {
    uint32_t best = found->place;
    double best2 = found->chord2;
    struct {
        uint32_t node;
        double least2;
    } stack[DEEPEST];
    int depth = 0;
    uint32_t index = 0;
    double least2 = least2_to(&tree->nodes[0], at);
    for (;;) {
        if (least2 < best2) {
            const struct node *node = &tree->nodes[index];
            if (node->right != 0) {
                uint32_t near = index + 1, far = node->right;
                double near2 = least2_to(&tree->nodes[near], at);
                double far2 = least2_to(&tree->nodes[far], at);
                if (far2 < near2) {
                    uint32_t swap = near;
                    near = far, far = swap;
                    double swap2 = near2;
                    near2 = far2, far2 = swap2;
                }
                if (far2 < best2) {
                    stack[depth].node = far;
                    stack[depth++].least2 = far2;
                }
                index = near;
                least2 = near2;
                continue;
            }
            for (uint32_t i = node->first; i < node->first + node->count; i++) {
                double chord2 = chord2_to(&tree->places[i], at);
                if (chord2 < best2) {
                    best2 = chord2;
                    best = i;
                }
            }
        }
        if (depth == 0)
            break;
        depth--;
        index = stack[depth].node;
        least2 = stack[depth].least2;
    }
    *found = (struct sg_nearest_place){best2, best};
}

/* Far away, the shortest chord and the shortest geodesic may differ: looks at every place whose chord
   allows a shorter geodesic than that of the best. */
static double nearest_far(const struct sg_site_tree *tree, const struct sg_search_point *from, double best_m,
                          struct sg_nearest_place *best) {
    const double at[3] = {from->at.x, from->at.y, from->at.z};
    double inner_m, outer_m;
    sg_chord_bounds(&tree->ellipsoid, best_m, &inner_m, &outer_m);
    double outer2 = outer_m * outer_m;
    uint32_t stack[DEEPEST];
    int depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
        uint32_t index = stack[--depth];
        const struct node *node = &tree->nodes[index];
        if (least2_to(node, at) > outer2)
            continue;
        if (node->right != 0) {
            stack[depth++] = node->right;
            stack[depth++] = index + 1;
            continue;
        }
        for (uint32_t i = node->first; i < node->first + node->count; i++) {
            const struct sg_place *place = &tree->places[i];
            if (chord2_to(place, at) > outer2)
                continue;
            double distance_m = sg_geodesic_distance(&tree->ellipsoid, from->lon_lat_deg, place->lon_lat_deg);
            if (distance_m < best_m) {
                best_m = distance_m;
                best->place = i;
            }
        }
    }
    return best_m;
}

double sg_site_tree_nearest(const struct sg_site_tree *tree, const struct sg_search_point *from,
                            uint32_t *ret_place) {
    if (tree->place_count == 0)
        return INFINITY;
    const double at[3] = {from->at.x, from->at.y, from->at.z};
    struct sg_nearest_place best = {INFINITY, 0};
    if (!sg_place_grid_search(&tree->grid, at, &best))
        search_tree(tree, at, &best);
    double distance_m = geodesic_to(tree, &tree->places[best.place], from, best.chord2);
    if (best.chord2 > SG_LONGEST_SHORT_CHORD_M * SG_LONGEST_SHORT_CHORD_M)
        distance_m = nearest_far(tree, from, distance_m, &best);
    *ret_place = best.place;
    return distance_m;
}

static void add_place(struct sg_within *within, const struct sg_place *place, uint32_t index) {
    within->weight += place->weight;
    within->services += place->services;
    within->places++;
    within->place = index;
}

static inline bool is_within(const struct sg_site_tree *tree, const struct sg_place *place,
                             const struct sg_search_point *from, double chord2,
                             const struct sg_threshold *threshold) {
    return chord2 < threshold->inner2
           || (chord2 <= threshold->outer2
               && sg_geodesic_distance(&tree->ellipsoid, from->lon_lat_deg, place->lon_lat_deg)
                      <= threshold->distance_m + 1e-6);
}

struct sg_within sg_site_tree_within(const struct sg_site_tree *tree, const struct sg_search_point *from,
                                     const struct sg_threshold *threshold) {
    struct sg_within within = {0};
    if (tree->place_count == 0)
        return within;
    const double at[3] = {from->at.x, from->at.y, from->at.z};
    uint32_t stack[DEEPEST];
    int depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
        uint32_t index = stack[--depth];
        const struct node *node = &tree->nodes[index];
        if (least2_to(node, at) > threshold->outer2)
            continue;
        if (most2_to(node, at) < threshold->inner2) {
            within.weight += node->weight;
            within.services += node->services;
            within.places += node->count;
            within.place = node->first;
            continue;
        }
        if (node->right != 0) {
            stack[depth++] = node->right;
            stack[depth++] = index + 1;
            continue;
        }
        for (uint32_t i = node->first; i < node->first + node->count; i++) {
            const struct sg_place *place = &tree->places[i];
            if (is_within(tree, place, from, chord2_to(place, at), threshold))
                add_place(&within, place, i);
        }
    }
    return within;
}

size_t sg_site_tree_offers(const struct sg_site_tree *tree, const struct sg_search_point *from,
                           const struct sg_threshold *threshold, struct sg_offer *ret_offers) {
    if (tree->place_count == 0)
        return 0;
    const double at[3] = {from->at.x, from->at.y, from->at.z};
    size_t count = 0;
    uint32_t stack[DEEPEST];
    int depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
        uint32_t index = stack[--depth];
        const struct node *node = &tree->nodes[index];
        if (least2_to(node, at) > threshold->outer2)
            continue;
        if (node->right != 0) {
            stack[depth++] = node->right;
            stack[depth++] = index + 1;
            continue;
        }
        for (uint32_t i = node->first; i < node->first + node->count; i++) {
            const struct sg_place *place = &tree->places[i];
            double chord2 = chord2_to(place, at);
            if (is_within(tree, place, from, chord2, threshold))
                ret_offers[count++] = (struct sg_offer){geodesic_to(tree, place, from, chord2), place->weight,
                                                        i, place->services};
        }
    }
    return count;
}
