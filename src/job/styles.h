/* The styles that go with the layers of a run: one for the gap index and one for each mapped column. */
#ifndef SG_JOB_STYLES_H
#define SG_JOB_STYLES_H

#include "job/run.h"
#include "write/qgis_style.h"

/* The same classes and colours as the printed maps'. The first style is the layers' own: the gap index, else
   the first map of numbers, else the first measure. An empty list when there is none. Free with
   sg_styles_free(). */
enum sg_status sg_run_styles(struct sg_run *run, struct sg_layer_style **ret_styles, size_t *ret_count);
void sg_styles_free(struct sg_layer_style *styles, size_t count);

/* How QGIS draws services: by type, as the maps do, those of several types in one look. SG_NO_MEMORY. Release
   with sg_layer_style_release(). */
enum sg_status sg_run_site_style(struct sg_run *run, struct sg_layer_style *ret_style);

/* The same for a layer of one look: records that count nowhere as quiet crosses, or outlines that cover
   nothing. field is any of the layer's. */
enum sg_status sg_run_plain_style(struct sg_run *run, enum sg_style_mark mark, const char *field,
                                  const char *label, struct sg_layer_style *ret_style);

/* The classes of a mapped column: as the request says, the gap index by its own limits (cuts), zeros of
   counts and rates by themselves. */
enum sg_status sg_column_classify(struct sg_context *context, const struct sg_map_request *request,
                                  const struct sg_column *column, size_t row_count, const double cuts[4],
                                  struct sg_classification *ret_classes);

#endif
