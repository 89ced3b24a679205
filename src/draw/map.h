/* One map page: what is on it, and the drawing of it to PNG, SVG or PDF. */
#ifndef SG_DRAW_MAP_H
#define SG_DRAW_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "classify/breaks.h"
#include "core/context.h"
#include "draw/map_kind.h"
#include "model/crs.h"
#include "model/geometry.h"
#include "model/taxonomy.h"

/* A polygon to colour. Everything is borrowed. */
struct sg_map_area {
    const struct sg_shape *shape; /* in the map's input CRS; polygon_count 0: not drawn, but counted */
    const char *name;             /* its label */
    double value;                 /* NaN = no data */
    const char *category;         /* for a text field: drawn by category instead of value; NULL = none */
    double rank;                  /* label priority: larger first; NaN = least */
};

struct sg_map_site {
    struct sg_point point; /* in the input CRS */
    size_t type;           /* position in the taxonomy's types */
};

/* Lines for orientation: streets, rail, outlines. */
struct sg_map_line {
    struct sg_line line;
    const char *name; /* NULL: none */
    int class_rank;   /* 0 = most important (motorway), larger = less; -1 unknown */
};

/* Flat polygons under the map: water, neighbouring land. */
struct sg_map_context_shape {
    const struct sg_shape *shape;
    bool is_water;
    const char *name;
};

/* A group of areas drawn as one heavier outline (a partnership). */
struct sg_map_region {
    const char *name;
    const uint32_t *areas; /* positions among the map's areas */
    size_t area_count;
};

/* One of a series of small maps: its own values for the same areas. */
struct sg_map_panel {
    const char *title;
    const double *values; /* of each area; NaN = no data */
};

struct sg_map {
    enum sg_map_kind kind;

    /* words; UTF-8; NULL = none. Wrapped to the page, never clipped. */
    const char *title;        /* the finding */
    const char *subtitle;     /* measure, unit, threshold, population, date */
    const char *legend_title; /* variable */
    const char *legend_unit;  /* under it: "% of residents", "0 to 100, higher is worse" */
    const char *source;       /* "Sources: ..." (the words only; the label is added) */
    const char *credit;
    const char *method; /* "Method: ..." */
    const char *note;
    const char *alt_text; /* description for readers who cannot see the map; NULL: made from the numbers */
    enum sg_language language;

    /* what is drawn, in the input CRS */
    const struct sg_crs *crs;
    const struct sg_map_area *areas;
    size_t area_count;
    const struct sg_map_site *sites;
    size_t site_count;
    const struct sg_taxonomy *taxonomy; /* of the sites; NULL without sites */
    const struct sg_map_line *lines;
    size_t line_count;
    const struct sg_map_context_shape *context_shapes;
    size_t context_shape_count;
    const struct sg_map_region *regions;
    size_t region_count;

    /* of single kinds */
    const double *second_values; /* SG_MAP_BIVARIATE: of each area; NaN = no data */
    const struct sg_classification *second_classification;
    const char *axis_titles[2]; /* of the first, across, and the second, upwards */
    const char *axis_units[2];  /* of their numbers; NULL or "": none */
    bool axis_falls[2]; /* a low value is the worst: the axis runs from high to low, to the worst of both */
    const struct sg_map_panel *panels; /* SG_MAP_MULTIPLES: those of one page */
    size_t panel_count;
    size_t panel_slots;  /* room for as many, so that pages look alike; at least panel_count, or 0 */
    const char *counted; /* what circles and dots count: "people"; NULL: nothing is said */
    bool counts_people;  /* the values are people, who are told without fractions */

    /* how */
    const struct sg_classification *classification; /* of the values (ignored for categories) */
    const char *value_unit; /* short, after legend numbers where it helps ("%", "km"); may be "" */
    const char *zero_label; /* of the zero class: "0 (enough of every type)"; NULL: "0" */
    const char *area_word;  /* plural, for the histogram: "neighbourhoods"; NULL: "areas" */
    const char *key_title;  /* over the key of numbered areas: "Worst served"; NULL: "Numbers on the map" */
    const char *scheme;     /* name or file; NULL: the theme's default */
    bool scheme_is_usual; /* nobody chose it: another of its kind may stand in where its colours are too alike
                           */
    bool reverse_scheme;
    bool high_is_good; /* darkest = worst: low values get the dark end */
    bool force_palette;
    const char *theme;       /* name or file; NULL: council */
    const char *display_crs; /* NULL: the areas' own if projected, else a local one */
    double rotate_deg;       /* turns the page counter-clockwise; NaN = auto (fills the frame best) */
    bool no_labels;
    const char *paper; /* "letter", "tabloid", "a4", "a3", "slide", "420x297mm", "1920x1080px" */
    bool portrait;     /* landscape otherwise; ignored for sizes given as WxH */
    double dpi;        /* of PNG; 200 by default */
    long long created; /* seconds since 1970 for the PDF's date; 0 = none */
};

/* Defaults: everything NULL, 0 or off, landscape letter, 200 dpi, council theme. */
void sg_map_init(struct sg_map *map);

/* What became of the labels and boxes; for reports and tests. */
struct sg_map_report {
    size_t labels_drawn;       /* names, on the map or beside it */
    size_t labels_abbreviated; /* of these: shortened by the rules */
    size_t labels_led;         /* of these: beside the map with a leader */
    size_t labels_keyed;       /* as a number with a key */
    size_t labels_dropped;     /* neither */
    size_t site_symbols;
    size_t dots;      /* of a dot map */
    double dot_value; /* what one of them stands for */
};

/* Draws the map to a file whose ending says the format (.png .svg .pdf), by way of a temporary file
   beside it: the final name appears only when it is complete. Deterministic: the same map gives the same
   bytes, whatever else the process drew before. ret_report may be NULL. SG_BAD_STYLE for a theme or scheme
   that cannot be used, SG_BAD_CRS for display_crs, SG_DRAWING, SG_NO_OUTPUT. */
enum sg_status sg_map_write(struct sg_context *context, const struct sg_map *map, const char *path,
                            struct sg_map_report *ret_report);

/* How many small maps of a series fit legibly on the map's page with its theme: at least 1. */
enum sg_status sg_map_panels_per_page(struct sg_context *context, const struct sg_map *map,
                                      size_t *ret_count);

/* "1.16.0" */
const char *sg_cairo_version(void);

/* Does the ending of the name say how a map is written? Else SG_USAGE with the endings that do. */
enum sg_status sg_map_check_name(struct sg_context *context, const char *name);

#endif
