/* Groups of people as tables, and as columns of the coverage. */
#ifndef SG_JUDGE_GROUP_TABLE_H
#define SG_JUDGE_GROUP_TABLE_H

#include "core/context.h"
#include "judge/gap.h"
#include "model/area.h"
#include "model/group.h"
#include "model/measure.h"
#include "model/table.h"
#include "model/taxonomy.h"

/* What the tables are made of; all borrowed. */
struct sg_group_source {
    const struct sg_area_layer *layer;
    const struct sg_taxonomy *taxonomy;
    const struct sg_measures *measures;
    const struct sg_judgement *judgement; /* NULL: not judged */
    const struct sg_group *groups;        /* without everyone */
    const struct sg_group_coverage *coverage;
    double *const *counts;    /* services of each type in each area */
    const double *all_counts; /* of any type */
    enum sg_language language;
};

/* The gap index of an area with what a group has there in place of what all have; NaN where not judged on
   reach or within, or where the group has nobody. group may be everyone, the last. */
double sg_group_gap_index(const struct sg_group_source *source, size_t group, size_t area);

/* The mean of that over the group's people. */
double sg_group_mean_gap_index(const struct sg_group_source *source, size_t group);

/* How much an area adds to the difference between a group's share of people without a service in reach and
   everyone's, in percentage points: these add up to the difference. */
double sg_group_contribution(const struct sg_group_source *source, size_t group, size_t type, size_t area);

/* The areas that add most, largest first, up to so many: returns how many add anything. False when out of
   memory. */
bool sg_group_causes(const struct sg_group_source *source, size_t group, size_t type, size_t most,
                     size_t *ret_areas, size_t *ret_count);

/* G_people, G_share_pct and G_gap_index of each group behind the other columns. */
enum sg_status sg_group_columns(struct sg_context *context, const struct sg_group_source *source,
                                struct sg_table *coverage);

/* groups.csv: a row for everyone and each group, and in it for all types and each. group_areas.csv: the same
   by area. Release with sg_table_release(). */
enum sg_status sg_groups_table(struct sg_context *context, const struct sg_group_source *source,
                               struct sg_table *ret_table);
enum sg_status sg_group_areas_table(struct sg_context *context, const struct sg_group_source *source,
                                    struct sg_table *ret_table);

#endif
