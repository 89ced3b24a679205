/* What `check` looks at beyond a job's own stages: the partition, and where the points of each input lie. */
#ifndef SG_JOB_CHECK_H
#define SG_JOB_CHECK_H

#include "core/context.h"
#include "measure/partition_check.h"
#include "model/site.h"

/* Nearer to a border than this, the last digits of a coordinate decide which area counts the point. */
#define SG_NEAR_BORDER_M 1.0

/* Longitudes and latitudes with fewer decimals are good to 100 m and not to 10. */
enum { SG_FEWEST_DECIMALS = 4 };

/* Of the points of one input. */
struct sg_input_check {
    bool is_geographic;            /* its points are longitudes and latitudes */
    size_t first_site, site_count; /* in the inventory */
    size_t coarse_count;           /* with fewer decimals in longitude and latitude */
    size_t outside_count;          /* in no area */
    double outside_least_m, outside_median_m, outside_most_m; /* to the nearest border */
    size_t near_border_count;                                 /* on either side of it */
};

enum sg_problem_kind {
    SG_PROBLEM_OVERLAP,
    SG_PROBLEM_GAP,
    SG_PROBLEM_OUTSIDE,
    SG_PROBLEM_NEAR_BORDER,
    SG_PROBLEM_COARSE,
    SG_PROBLEM_SWAPPED,
    SG_PROBLEM_NO_STREET,
    SG_PROBLEM_NO_WAY,
    SG_PROBLEM_REPAIRED,
    SG_PROBLEM_DEMAND_OUTSIDE,
    SG_PROBLEM_SHARED_POINT,
    SG_PROBLEM_DUPLICATE
};

/* A fault that has a place. */
struct sg_problem {
    enum sg_problem_kind kind;
    struct sg_point lon_lat_deg; /* on the datum of the areas */
    size_t input;                /* of a record: its input */
    uint64_t record;             /* 1 = first; 0: the areas' */
    bool is_demand;              /* a demand point; record 0: of the grid over an area */
    double size;       /* km2 of land, metres to the border or without a street, people, records on a point */
    uint32_t one, two; /* areas that overlap; that a site is in (UINT32_MAX: none), and at whose border;
                          the repair of an outline; the site that is repeated */
};

struct sg_check {
    bool wants_problems; /* else only numbers are kept */
    struct sg_problem *problems;
    size_t problem_count, problem_capacity;
    uint64_t *records; /* of the inventory's sites, where problems are wanted */
    size_t record_count, record_capacity;
    struct sg_partition partition;
    struct sg_input_check *inputs;
    size_t input_count, input_capacity;
    size_t same_name_count;   /* areas called like another */
    size_t near_border_areas; /* that count points near borders, or could */
};

/* Is the number written with fewer decimals than SG_FEWEST_DECIMALS? */
bool sg_is_coarse(double degrees);

/* Areas with the name of another one: every one of them counts. */
enum sg_status sg_count_same_names(struct sg_context *context, const struct sg_area_layer *layer,
                                   size_t *ret_count);

/* The next input, with points in this CRS. */
enum sg_status sg_check_begin(struct sg_context *context, struct sg_check *check, const struct sg_crs *crs);

/* Adds a problem, where they are wanted. False when out of memory. */
bool sg_check_add_problem(struct sg_check *check, const struct sg_problem *problem);

/* Looks at a batch of that input once it is tallied: its kept points are the inventory's next ones. */
enum sg_status sg_check_add(struct sg_context *context, struct sg_check *check,
                            const struct sg_site_batch *batch);

/* All that needs the areas, when everything is read. The inventory keeps its sites. */
enum sg_status sg_check_finish(struct sg_context *context, struct sg_check *check,
                               const struct sg_area_layer *layer, const struct sg_inventory *inventory);
void sg_check_release(struct sg_check *check);

#endif
