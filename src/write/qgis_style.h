/* QGIS styles of a layer: rules by class, no data hatched, and the titles of the fields as aliases. */
#ifndef SG_WRITE_QGIS_STYLE_H
#define SG_WRITE_QGIS_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "classify/breaks.h"
#include "model/table.h"
#include "model/taxonomy.h"

/* A class of a field's values: lower <= value < upper, NaN for no limit on that side; or, where a style goes
   by text, the very text, and NULL for all others. */
struct sg_style_class {
    double lower, upper;
    char *text;
    struct sg_colour colour;
    enum sg_symbol symbol; /* of points */
    char *label;           /* as in the legend of the map */
};

enum sg_style_mark { SG_STYLE_AREAS, SG_STYLE_OUTLINES, SG_STYLE_LINES, SG_STYLE_POINTS };

/* The look of one field, as the printed map has it. */
struct sg_layer_style {
    char *name;  /* in the list of styles: "gap_index" */
    char *field; /* column of the layer */
    enum sg_style_mark mark;
    bool is_by_text; /* the classes go by text, and are listed in their order: numbers' from the highest */
    struct sg_style_class *classes;
    size_t class_count;
    bool has_zero_class;
    struct sg_colour zero;
    char *zero_label;
    bool is_complete; /* no value is missing: there is no class for those */
    struct sg_colour no_data;
    char *no_data_label;
    int transparency_pct; /* of the fills: what lies under them is seen */
};

void sg_layer_style_release(struct sg_layer_style *style);

/* The style as a QML document (QGIS 3) with a rule-based renderer: QGIS's graduated renderer drops missing
   values. table gives the aliases; with short_names fields are called as in the shapefile. Free with
   sg_free(); NULL when out of memory. */
char *sg_qgis_style(const struct sg_layer_style *style, const struct sg_table *table, bool short_names);

#endif
