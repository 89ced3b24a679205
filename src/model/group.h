/* Groups of people, and what is measured of them. */
#ifndef SG_MODEL_GROUP_H
#define SG_MODEL_GROUP_H

#include <stddef.h>

/* A group of people: of each demand point the share of its people who are in it, 0 or more; NaN where that is
   not known. */
struct sg_group {
    const char *label;   /* "recent immigrants" */
    const char *prefix;  /* of its columns: "recent_immigrants" */
    const char *letters; /* three, of its shapefile fields */
    const double *shares;
};

/* Figures of a group and a type, in an area or the city, at the first threshold. NaN where the group has
 * nobody. */
struct sg_group_figures {
    double people;
    double within_pct, within2_pct;
    double uncovered; /* people with none within the threshold */
    double nearest;   /* mean cost to the nearest, of those who reach one: metres, or minutes */
    double nearest_median, nearest_p90;
    double reach; /* mean weight of the services within the threshold */
};

struct sg_group_coverage {
    size_t group_count; /* with everyone, the last */
    size_t type_count;  /* with all types, the last */
    size_t area_count;
    struct sg_group_figures *city;  /* (group * type_count) + type; people of overlapping areas once */
    struct sg_group_figures *areas; /* ((group * type_count) + type) * area_count + area; no medians */
};

const struct sg_group_figures *sg_group_city(const struct sg_group_coverage *coverage, size_t group,
                                             size_t type);
const struct sg_group_figures *sg_group_area(const struct sg_group_coverage *coverage, size_t group,
                                             size_t type, size_t area);

void sg_group_coverage_release(struct sg_group_coverage *coverage);

#endif
