/* What the kinds of map need beside one column: classes of two, panels, findings; private to src/job. */
#ifndef SG_JOB_MAP_KINDS_H
#define SG_JOB_MAP_KINDS_H

#include "draw/map.h"
#include "job/job.h"
#include "judge/kind_words.h"
#include "judge/whom.h"
#include "model/table.h"

/* A column of the coverage, or a field of a layer, as a map sees it. Everything is borrowed. */
struct sg_map_variable {
    const char *title; /* of its legend */
    const char *unit;
    const char *panel_title; /* of its map in a series: its type */
    const char *zero_label;
    const double *values; /* of each area; NaN = missing */
    double cuts[4];       /* its own limits, of which the middle ones make three classes; none: all 0 */
    bool has_cuts;
    bool has_finding; /* its title says one */
    bool low_is_worst;
    bool has_zero_class;
    bool counts_people; /* people are told without fractions */
    bool counts_services;
};

/* Gives the variable the words, direction, zero class and limits of the column's measure. */
void sg_map_variable_use_column(const struct sg_column *column, enum sg_whom whom, const struct sg_job *job,
                                struct sg_map_variable *variable);

/* What a map borrows. Begin with zeroes; release with sg_map_kind_parts_release(). */
struct sg_map_kind_parts {
    struct sg_classification first, second;
    struct sg_map_panel *panels;
    char *title, *subtitle; /* NULL: those of the column stand */
};

void sg_map_kind_parts_release(struct sg_map_kind_parts *parts);

/* Sets the map's kind, classes, panels and words from the variables (none for a map of regions, two for a
   bivariate one). The map has its areas, regions, page and look. A choropleth's classes are the caller's.
   page counts from 0; ret_pages: on how many pages a series goes. */
enum sg_status sg_map_kind_prepare(struct sg_context *context, const struct sg_map_request *request,
                                   enum sg_area_noun noun, const struct sg_map_variable *variables,
                                   size_t count, size_t page, struct sg_map_kind_parts *parts,
                                   struct sg_map *map, size_t *ret_pages);

/* "gaps.png" for the first page (0), "gaps-2.png" for the next. Free with sg_free(); NULL when out of memory.
 */
char *sg_map_page_name(const char *output, size_t page);

/* Does the kind colour areas by the classes of one field, so that a method names them? */
bool sg_map_kind_has_method(enum sg_map_kind kind);

#endif
