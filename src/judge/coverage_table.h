/* The table of areas: every measure and verdict as a named column; wide, and long (tidy). */
#ifndef SG_JUDGE_COVERAGE_TABLE_H
#define SG_JUDGE_COVERAGE_TABLE_H

#include "core/context.h"
#include "judge/gap.h"
#include "model/area.h"
#include "model/measure.h"
#include "model/table.h"
#include "model/taxonomy.h"

/* One row per area: area_id, area_name, area_km2, population, need, state, types_present, types_missing, the
   verdict (judgement may be NULL; counts: of each type in each area), then all_..., then each type's columns
   in taxonomy order. Names, short names and units as the design's section 6 and 7 say. Release with
   sg_table_release(). */
enum sg_status sg_coverage_table(struct sg_context *context, const struct sg_area_layer *layer,
                                 const struct sg_taxonomy *taxonomy, const struct sg_measures *measures,
                                 double *const *counts, const struct sg_judgement *judgement,
                                 enum sg_language language, struct sg_table *ret_table);

/* Adds what sg_coverage_table() has after area_id and area_name to a table of as many rows. */
enum sg_status sg_coverage_table_add(struct sg_context *context, const struct sg_area_layer *layer,
                                     const struct sg_taxonomy *taxonomy, const struct sg_measures *measures,
                                     double *const *counts, const struct sg_judgement *judgement,
                                     enum sg_language language, struct sg_table *table);

/* One row per area, type and measure: area_id, area_name, type, measure, value, unit. */
enum sg_status sg_coverage_tidy(struct sg_context *context, const struct sg_area_layer *layer,
                                const struct sg_taxonomy *taxonomy, const struct sg_table *wide,
                                struct sg_table *ret_table);

/* The city-wide table: one row per type, `all` first. */
enum sg_status sg_city_table(struct sg_context *context, const struct sg_taxonomy *taxonomy,
                             const struct sg_measures *measures, const struct sg_judgement *judgement,
                             enum sg_language language, struct sg_table *ret_table);

#endif
