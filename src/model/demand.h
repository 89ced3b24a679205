/* Demand points: where people live. */
#ifndef SG_MODEL_DEMAND_H
#define SG_MODEL_DEMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/name_index.h"
#include "model/crs.h"
#include "model/geometry.h"

/* A feature of a demand layer: a point, or a polygon whose people live spread evenly over it. */
struct sg_demand_feature {
    struct sg_point point; /* where shape.polygon_count is 0 */
    struct sg_shape shape;
    double population; /* NaN = missing */
    double need;       /* NaN = missing, or no need field */
    uint64_t record;   /* of the layer, 1 = first */
};

/* A demand layer as it was read, in its own CRS. */
struct sg_demand_layer {
    struct sg_demand_feature *features;
    size_t feature_count, feature_capacity;
    struct sg_crs *crs;
    enum sg_crs_origin crs_origin;
    char *path;
    char *population_field;
    char *need_field;              /* NULL: none */
    struct sg_name_index *ids;     /* of the records, in their order; NULL: not asked for */
    bool population_is_recognised; /* else it was named */
    bool has_need;                 /* a need field was named */
    size_t read_count;
    uint64_t surplus_count; /* records of a CSV file with more cells than its header */
    uint64_t *rejected;     /* numbers of records without a usable place, ascending */
    size_t rejected_count, rejected_capacity;
    double rejected_population;
    size_t polygon_count;
    struct sg_repair *repairs; /* of polygons whose outlines were invalid: an index is a record's number */
    size_t repaired_count;     /* of those that were not lost */
    double total_population;   /* of all records read */
    size_t unknown_population_count; /* records with a place whose people are missing (suppressed, empty) */
    size_t unknown_need_count;       /* the same of their need, where a need field was named */
};

void sg_demand_layer_release(struct sg_demand_layer *layer);

/* A demand point of one area, ready to be measured from. */
struct sg_demand_point {
    struct sg_point lon_lat_deg;
    double population; /* people here; 0 where no population is known */
    double weight;     /* need, else population, else share of the area's land in km2 */
    double city_share; /* 1, or one of so many overlapping areas that hold the point */
    uint64_t record;   /* of the demand layer that it comes from; 0: of the grid of its area */
};

/* The points of every area, in the order of the areas. */
struct sg_demand {
    struct sg_demand_point *points;
    size_t point_count, point_capacity;
    size_t *area_starts; /* area_count + 1 */
    size_t *origins;     /* of points copied from another demand: their positions there; NULL: not copied */
    double *population;  /* of each area: its field, else its points; NaN = missing */
    double *need;        /* of each area: its field, else its points, else the population; NaN = missing */
    uint32_t *unknown_counts; /* of each area: records in it whose people are missing, and not in its total */
    bool has_population;
    bool has_need;                          /* a need other than the population */
    struct sg_demand_point *outside_points; /* in no area; population NaN: missing */
    size_t outside_count;
    uint64_t *outside_records; /* of the demand layer, ascending: no point of theirs is in an area */
    size_t outside_record_count;
    double outside_population;
    size_t gridded_area_count; /* areas whose people were spread over a grid, for want of points */
    double points_population;  /* of the points inside areas, before areas' fields set totals; NaN = none */
};

/* Makes one point of those next to each other in an area that start from one row (and are in as many areas):
   at the first of them, with the people of all. rows, one for each point, is brought along. */
void sg_demand_merge(struct sg_demand *demand, size_t area_count, uint32_t *rows);

void sg_demand_release(struct sg_demand *demand);

#endif
