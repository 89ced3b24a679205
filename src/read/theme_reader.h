/* Themes: every number of a map's look, read from a file. */
#ifndef SG_READ_THEME_READER_H
#define SG_READ_THEME_READER_H

#include "core/context.h"
#include "model/taxonomy.h"

/* Type sizes in points. */
struct sg_type_sizes {
    double title, subtitle, legend_title, legend_text, histogram, key, label, label_least, street, place,
        scale, credit;
};

/* Line widths and pitches in points. */
struct sg_line_sizes {
    double inner_border, outer_border, region, context_border, swatch, hatch, hatch_pitch, axis, scale_bar,
        street_major, street_middle, street_minor, label_halo, symbol_halo, stripe, circle, leader;
};

/* Distances in points. */
struct sg_spacing {
    double margin, gap, legend_narrow, legend_wide, swatch_width, swatch_height, row_gap, symbol,
        histogram_height, frame_inset, corner, panel_least, cell, circle, dot, leader, /* the longest */
        locator;                                                                       /* its longer side */
};

struct sg_theme_colours {
    struct sg_colour paper, text, quiet_text, land, water, water_text, context_border, inner_border,
        inner_border_dark, outer_border, region, swatch_border, no_data, hatch, zero, street, street_text,
        axis, symbol_halo, quiet_area, circle, circle_line, dot;
};

/* Font weights, 100 to 900 (400 is regular). */
struct sg_weights {
    double title, subtitle, legend_title, legend_text, label, credit;
};

struct sg_theme {
    char *name;
    char **families; /* in order of preference */
    size_t family_count;
    char *scheme;          /* for numbers */
    bool is_for_grey;      /* the map is printed in grey: colours that blur there are warned of */
    char *category_scheme; /* for text fields */
    char *bivariate_scheme, *change_scheme, *cluster_scheme, *region_scheme; /* for those kinds of map */
    struct sg_type_sizes sizes;
    struct sg_type_sizes slide_sizes; /* on a 960 x 540 pt slide */
    struct sg_weights weights;
    struct sg_line_sizes lines;
    struct sg_spacing spacing;
    struct sg_theme_colours colours;
};

/* Reads a theme by its name among styles/themes or by the path of a file (a name with '/' or '.'). A theme
   may build on another ("based_on: council") and say only what differs; otherwise every field must be
   there. SG_BAD_STYLE with file and line. Release with sg_theme_release(). */
enum sg_status sg_theme_read(struct sg_context *context, const char *name, struct sg_theme *ret_theme);
void sg_theme_release(struct sg_theme *theme);

/* The same for bytes in memory, not building on another: for tests and fuzzers. */
enum sg_status sg_theme_parse(struct sg_context *context, const char *bytes, size_t length,
                              struct sg_theme *ret_theme);

#endif
