/* What maps of the coverage and maps of any layer have in common; private to src/job. */
#ifndef SG_JOB_MAP_PARTS_H
#define SG_JOB_MAP_PARTS_H

#include "draw/map.h"
#include "job/run.h"

/* What is drawn over and under the areas, in the form that draw/ takes. */
struct sg_overlay {
    struct sg_map_line *lines;
    struct sg_map_context_shape *shapes;
};

/* Points the map at the layers; false when out of memory. */
bool sg_overlay_make(const struct sg_map_layers *layers, struct sg_overlay *overlay, struct sg_map *map);
void sg_overlay_release(struct sg_overlay *overlay);

/* Sets what the request says of language, look, page and words. */
void sg_map_apply_request(const struct sg_map_request *request, const struct sg_job *job, struct sg_map *map);

/* Puts the request's own note, where there is one, before what the page has to say. */
enum sg_status sg_map_note_after(struct sg_context *context, const char *own, char **note);

/* "start. Classes: quantiles. servicegap 0.1.0."; classes may be NULL. NULL when out of memory. */
char *sg_map_method_sentence(const char *start, const struct sg_classification *classes,
                             enum sg_language language);

/* The regions as the map takes them; borrowed from the layer. NULL when out of memory. Free with sg_free().
 */
struct sg_map_region *sg_map_regions_from(const struct sg_area_layer *layer);

void sg_map_say_labels(struct sg_context *context, const char *output, const struct sg_map_report *report);

/* A file of points with types, for symbols on a map. */
struct sg_point_file {
    struct sg_map_site *sites;
    size_t count, capacity;
    struct sg_taxonomy taxonomy;
};

enum sg_status sg_point_file_read(struct sg_context *context, const char *path, const struct sg_job *job,
                                  const struct sg_crs *to, struct sg_point_file *ret_file);
void sg_point_file_release(struct sg_point_file *file);

#endif
