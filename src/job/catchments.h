/* The catchments of a run as layers; private to src/job. */
#ifndef SG_JOB_CATCHMENTS_H
#define SG_JOB_CATCHMENTS_H

#include "job/run.h"
#include "measure/catchments.h"

/* `catchments`, polygons of all sites of a type together; `catchment_streets`, the lines in them;
   `catchment_sites`, polygons of every site. */
enum sg_catchment_kind { SG_CATCHMENT_TYPES, SG_CATCHMENT_STREETS, SG_CATCHMENT_SITES, SG_CATCHMENT_KINDS };

/* One of the layers. */
struct sg_catchment_layer {
    struct sg_shape *shapes; /* in the CRS of the areas; NULL: not wanted */
    size_t shape_count;
    struct sg_table table;
    const struct sg_shape **rows;
    struct sg_layer_style style;
};

struct sg_run_catchments {
    struct sg_catchment_layer kinds[SG_CATCHMENT_KINDS];
    struct sg_layer layers[SG_CATCHMENT_KINDS]; /* those that are wanted */
    enum sg_catchment_kind layer_kinds[SG_CATCHMENT_KINDS];
    size_t layer_count;
};

/* A warning where catchments were asked for and no output can hold them; an error where those of every site
   would be too many. Asked before the long work. */
enum sg_status sg_run_check_catchments(struct sg_run *run);

/* Finds them where a job's layers hold any. Not by a table of costs, which knows no places in between.
   Release with sg_run_catchments_release(), also after a failure. */
enum sg_status sg_run_find_catchments(struct sg_run *run, struct sg_run_catchments *ret_catchments);

/* The rows of `catchment_sites`; called by it. */
enum sg_status sg_run_find_site_catchments(struct sg_run *run, const struct sg_catchment_request *request,
                                           struct sg_catchment_layer *layer);

/* The columns that all three have in common: threshold, unit, within and way from position first on. False
   when out of memory. */
bool sg_catchment_add_columns(struct sg_table *table);
bool sg_catchment_fill_row(const struct sg_run *run, struct sg_table *table, size_t first, size_t row,
                           size_t threshold);

/* How QGIS draws catchments, as lines or polygons: the nearer, the darker, and polygons see-through.
   SG_BAD_STYLE when the scheme is not there, SG_NO_MEMORY. Release the style with sg_layer_style_release().
 */
enum sg_status sg_run_catchment_style(struct sg_run *run, bool is_lines, struct sg_layer_style *ret_style);

/* The threshold at a rank: the largest comes first, so that the smaller ones are drawn over it. */
size_t sg_catchment_threshold(const struct sg_measures *measures, size_t rank);

/* The file of a layer of catchments beside one of a format that holds a single layer ("catchments.shp" beside
   "coverage.shp"); NULL where there is none, or when out of memory (*ret_no_memory). Free with sg_free(). */
char *sg_catchments_file(const struct sg_job *job, size_t layer, enum sg_catchment_kind kind,
                         bool *ret_no_memory);

/* Writes those files. */
enum sg_status sg_run_write_catchments(struct sg_run *run, struct sg_staging *staging,
                                       const struct sg_run_catchments *catchments);
void sg_run_catchments_release(struct sg_run_catchments *catchments);

#endif
