/* Tables with geometry to files: GeoPackage, shapefile, GeoJSON, FlatGeobuf, spreadsheets, CSV. */
#ifndef SG_WRITE_LAYER_WRITER_H
#define SG_WRITE_LAYER_WRITER_H

#include <stdbool.h>

#include "core/context.h"
#include "model/crs.h"
#include "model/geometry.h"
#include "model/table.h"
#include "write/formats.h"
#include "write/qgis_style.h"
#include "write/staging.h"

enum sg_geometry_kind { SG_NO_GEOMETRY, SG_POLYGONS, SG_LINES, SG_POINTS };

/* One layer: a table and, row by row, its geometry. All borrowed. */
struct sg_layer {
    const char *name;  /* "coverage" */
    const char *title; /* for people, and for metadata */
    const char *description;
    const struct sg_table *table;
    enum sg_geometry_kind kind;
    const struct sg_shape *const *shapes; /* of the rows, for SG_POLYGONS and SG_LINES, whose lines are the
                                             rings; polygon_count 0: null geometry */
    const struct sg_point *points;        /* of the rows, for SG_POINTS; not finite: null geometry */
    const struct sg_crs *crs;

    /* Where a layer is too long to be held: fills table and points with its next rows (the first ones when
       is_start) and sets their number, 0 after the last. False when out of memory. NULL: the table is all. */
    bool (*refill)(void *user, bool is_start);
    void *user;

    const struct sg_layer_style *styles; /* for QGIS; the first is the layer's own. NULL: none */
    size_t style_count;
};

/* Writes the layers (a format of one layer takes the first) to a file of that name in the staging folder.
   Dates inside files are written_at (seconds since 1970). A shapefile gets its field dictionary and encoding
   file. */
enum sg_status sg_layers_write(struct sg_context *context, struct sg_staging *staging, const char *name,
                               const struct sg_layer *layers, size_t layer_count, long long written_at);

/* A layer's table as CSV, in the same form, to a staged file. */
enum sg_status sg_layer_write_csv(struct sg_context *context, struct sg_staging *staging, const char *name,
                                  const struct sg_layer *layer);

/* A table alone, as CSV (UTF-8, comma, numbers with all their digits, missing empty) to a staged file or,
   with staging NULL, to the standard output. */
enum sg_status sg_table_write_csv(struct sg_context *context, struct sg_staging *staging, const char *name,
                                  const struct sg_table *table);

#endif
