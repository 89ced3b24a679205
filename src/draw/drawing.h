/* The state of one page being drawn, shared by the files that draw its elements. */
#ifndef SG_DRAW_DRAWING_H
#define SG_DRAW_DRAWING_H

#include <cairo.h>

#include "draw/border_arcs.h"
#include "draw/clean_text.h"
#include "draw/coverage_mask.h"
#include "draw/lettering.h"
#include "draw/map.h"
#include "draw/map_frame.h"
#include "draw/map_style.h"
#include "draw/page.h"
#include "draw/placed_box.h"
#include "draw/wording.h"

/* An area that is known by its number on the map. */
struct sg_key_row {
    uint32_t area;
    double x, y, width, height; /* of its row in the legend */
};

/* A symbol for one site, or for several whose symbols would overlap. */
struct sg_placed_symbol {
    struct sg_point point; /* on the page */
    size_t type;
    bool is_mixed; /* stands for more than one type */
};

/* A proportional circle. */
struct sg_placed_circle {
    struct sg_point point;
    double radius;
    uint32_t area;
};

/* A part of the map that is shown once more, enlarged. */
struct sg_inset {
    bool is_placed;
    struct sg_rectangle window, rectangle; /* the part, and where it is shown */
    double factor;
};

/* Small maps side by side, in rows. */
struct sg_panel_grid {
    int columns, rows;
    double width, height; /* of the map in each panel */
    double title_height;  /* over it */
    double gap;
};

struct sg_drawing {
    struct sg_context *context;
    const struct sg_map *map;
    struct sg_theme theme; /* scaled to the page */
    struct sg_page page;
    struct sg_map_style style;
    struct sg_lettering *lettering;
    cairo_t *cairo;
    struct sg_map_frame frame;
    struct sg_topology topology; /* of the areas, in display coordinates until fitted, then on the page */
    struct sg_coverage_mask mask;
    struct sg_shape *context_shapes; /* on the page, as many as the map's */
    struct sg_line *lines;           /* on the page, as many as the map's */
    struct sg_point *sites;          /* on the page, as many as the map's */
    struct sg_box_list boxes;
    struct sg_map_report report;
    struct sg_key_row *key; /* in the order of their numbers */
    size_t key_count;
    double key_size_pt;
    double key_value_em; /* width of the widest value, in type sizes */
    bool key_has_values;
    size_t *type_uses; /* sites of each type */
    struct sg_placed_symbol *symbols;
    size_t symbol_count;
    struct sg_placed_circle *circles; /* largest first */
    size_t circle_count;
    struct sg_inset inset;
    struct sg_panel_grid grid; /* of a series of small maps */
    bool is_brief;             /* the legend has no room for all it could say */
    bool has_mixed_symbols;
    bool has_main_roads, has_streets, has_ranked_lines;
    bool out_of_memory; /* noted where it happened, told after the element is drawn */
    double foot_pt;     /* kept for the lines at the foot of the page */
    double widest_row;  /* of the legend, while it is measured */
};

static inline void sg_set_colour(cairo_t *cairo, struct sg_colour colour) {
    cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

/* Cleans a text that is to be drawn. NULL when out of memory, which is noted. Free with sg_free(). */
static inline char *sg_drawing_clean(struct sg_drawing *drawing, const char *text) {
    char *clean = sg_text_clean(text, false);
    drawing->out_of_memory = drawing->out_of_memory || clean == NULL;
    return clean;
}

/* Releases a text that was drawn, noting when it could not be put together whole. */
static inline void sg_drawing_release_text(struct sg_drawing *drawing, struct sg_text *text) {
    drawing->out_of_memory = drawing->out_of_memory || text->failed;
    sg_text_release(text);
}

/* The theme's style for a kind of text. */
static inline struct sg_text_style sg_style_of(double size_pt, double weight, struct sg_colour colour) {
    return (struct sg_text_style){.size_pt = size_pt, .weight = weight, .colour = colour};
}

#endif
