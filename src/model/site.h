/* The inventory: sites and the services at them, counted as they are read. */
#ifndef SG_MODEL_SITE_H
#define SG_MODEL_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/name_index.h"
#include "model/geometry.h"

/* One record at one point (each member of a MultiPoint is one). */
struct sg_site {
    struct sg_point point;       /* in the CRS of the areas */
    struct sg_point lon_lat_deg; /* in the geographic CRS under it */
    double weight;
    uint32_t area;         /* the first that holds it, or UINT32_MAX */
    uint32_t first_type;   /* its types: site_types[first_type] up to + type_count */
    uint32_t organization; /* position among the organizations, UINT32_MAX = not known */
    uint16_t type_count;
    uint16_t scope, level, targets; /* positions among the words, UINT16_MAX = not known */
    uint32_t id;                    /* position among the ids, UINT32_MAX = not known */
};

/* What became of a record. The least of its points' outcomes is the record's. */
enum sg_site_outcome {
    SG_SITE_COUNTED, /* in at least one area */
    SG_SITE_OUTSIDE,
    SG_SITE_MISSING, /* no coordinates */
    SG_SITE_NOT_A_NUMBER,
    SG_SITE_OUT_OF_RANGE,
    SG_SITE_NOT_FINITE,
    SG_SITE_ZERO,    /* at 0, 0 */
    SG_SITE_SWAPPED, /* in an area only when longitude and latitude are swapped */
    SG_SITE_BAD_WEIGHT,
    SG_SITE_NOT_OPEN,
    SG_SITE_DUPLICATE,
    SG_SITE_OUTCOME_COUNT
};

/* "at_zero": the name of an outcome, for programs. */
const char *sg_site_outcome_name(enum sg_site_outcome outcome);

/* "at 0, 0": the reason of an outcome, for reports. */
const char *sg_site_outcome_reason(enum sg_site_outcome outcome);

/* One point of a record, on its way from the reader to the counts: what takes it sets outcome and
   lon_lat_deg. */
struct sg_site_entry {
    struct sg_point point; /* in the CRS of the services */
    struct sg_point lon_lat_deg;
    double weight;
    uint64_t record;       /* 1 = first of the file */
    const uint16_t *types; /* borrowed until the file is read */
    uint32_t type_count;
    uint32_t organization, scope, level, targets, id; /* positions among words; UINT32_MAX: none */
    enum sg_site_outcome outcome;
};

struct sg_site_batch {
    struct sg_site_entry *entries;
    size_t count;
    size_t type_count; /* types known when the batch was filled */
};

/* What became of the records of one input. */
struct sg_input_counts {
    uint64_t read;
    uint64_t counted; /* in at least one area */
    uint64_t outside;
    uint64_t rejected;
};

/* Sites kept one after the other from records that follow each other in one file. */
struct sg_site_run {
    size_t first_site;
    uint64_t first_record;
    uint32_t input;
};

/* Where a type is offered: a place for each record, or for each member of one that has several points. */
struct sg_type_places {
    uint64_t inside, outside;
};

struct sg_inventory {
    bool keeps_sites; /* off: only counts, memory does not grow with the records */
    struct sg_site *sites;
    size_t site_count, site_capacity;
    uint16_t *site_types;
    size_t site_type_count, site_type_capacity;
    struct sg_site_run *site_runs; /* where sites are from: a number for each would outgrow them */
    size_t site_run_count, site_run_capacity;

    size_t area_count;
    size_t type_count, type_capacity;
    double **counts;    /* for each type: the weight in each area */
    double *all_counts; /* of the records, each once */
    double *totals;     /* for each type: the weight in any area, each once */
    size_t total_capacity;
    double all_total;
    struct sg_type_places *type_places;
    size_t type_place_capacity;

    struct sg_input_counts sum; /* over all inputs */
    uint64_t in_several_areas;  /* points that overlapping areas share */
    struct sg_name_index *organizations;
    struct sg_name_index *words; /* scopes, levels and target groups as written */
    struct sg_name_index *ids;   /* by which a table of costs names the services */
};

/* False when out of memory. */
bool sg_inventory_init(struct sg_inventory *inventory, size_t area_count, bool keeps_sites);
void sg_inventory_release(struct sg_inventory *inventory);

/* Makes room for types up to type_count. False when out of memory. */
bool sg_inventory_add_types(struct sg_inventory *inventory, size_t type_count);

/* Adds the weight of one site with its types (each at most once) to the counts of the areas that hold it. */
void sg_inventory_count(struct sg_inventory *inventory, double weight, const uint16_t *types,
                        size_t type_count, const uint32_t *areas, size_t area_count);

/* The same, and adds the site to those kept, if any are. False when out of memory. */
bool sg_inventory_add(struct sg_inventory *inventory, const struct sg_site *site, const uint16_t *types,
                      size_t type_count, const uint32_t *areas, size_t area_count);

/* Says where the next site to be kept is from: the input's position among the inputs, the record's number in
   it (1 = first). False when out of memory. */
bool sg_inventory_say_source(struct sg_inventory *inventory, uint32_t input, uint64_t record);

/* Where a kept site is from, as it was said. */
struct sg_site_source {
    uint32_t input;
    uint64_t record;
};
struct sg_site_source sg_inventory_source(const struct sg_inventory *inventory, size_t site);

#endif
