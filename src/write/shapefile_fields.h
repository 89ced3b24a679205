/* What a shapefile can hold: short names, sized numbers, cut texts, and the dictionary that explains them. */
#ifndef SG_WRITE_SHAPEFILE_FIELDS_H
#define SG_WRITE_SHAPEFILE_FIELDS_H

#include <ogr_api.h>

#include "core/context.h"
#include "model/table.h"
#include "write/qgis_style.h"
#include "write/staging.h"

enum { SG_SHAPEFILE_TEXT = 254, SG_SHAPEFILE_FIELDS = 255, SG_SHAPEFILE_NAME = 10 };

/* An error when the table has more than 255 columns (names --measures) or two short names are the same; a
   warning when texts will be cut. */
enum sg_status sg_shapefile_check(struct sg_context *context, const char *name, const struct sg_table *table);

/* Sets width and decimals so that every value of the column fits with ten significant digits. */
void sg_shapefile_field_size(OGRFieldDefnH field, const struct sg_column *column, size_t row_count);

/* The text itself when it fits in 254 bytes, else its first characters that do, in cut. */
const char *sg_shapefile_cut(const char *text, char cut[static SG_SHAPEFILE_TEXT + 1]);

/* Writes NAME.fields.csv beside: short name, long name, unit, definition. */
enum sg_status sg_shapefile_dictionary(struct sg_context *context, struct sg_staging *staging,
                                       const char *name, const struct sg_table *table);

/* Writes NAME.qml beside, which QGIS applies when it opens the shapefile, and NAME.sld for other programs. */
enum sg_status sg_shapefile_style(struct sg_context *context, struct sg_staging *staging, const char *name,
                                  const struct sg_layer_style *style, const struct sg_table *table);

#endif
