/* Which colour each area gets, and what the legend must say of it. */
#ifndef SG_DRAW_MAP_STYLE_H
#define SG_DRAW_MAP_STYLE_H

#include "classify/palette.h"
#include "draw/hatch.h"
#include "draw/map.h"
#include "read/theme_reader.h"

/* A value of a text field and its colour. */
struct sg_category {
    char *name; /* cleaned; owned */
    size_t count;
    struct sg_colour colour;
};

/* Some regions that share areas, and how their shared areas look. */
struct sg_shared_fill {
    uint32_t regions[SG_MOST_STRIPES]; /* positions among the map's regions, ascending */
    struct sg_stripes stripes;
    size_t count; /* of areas */
};

enum { SG_CELLS_ACROSS = 3, SG_CELL_COUNT = 9 };

struct sg_map_style {
    bool is_categorical;
    bool is_ranked;            /* the categories are words that rank, the worst first */
    bool is_whole;             /* all values are whole numbers */
    bool worst_is_lowest;      /* the legend's first row is class 0 */
    struct sg_palette palette; /* by class */
    struct sg_category *categories;
    size_t category_count;
    struct sg_shared_fill *shared; /* of a map of regions: classes from category_count on */
    size_t shared_count, shared_capacity;
    size_t cell_counts[SG_CELL_COUNT]; /* of a bivariate map: areas in each class */
    bool is_covered;                   /* circles, dots or stripes lie on the areas */
    int *classes; /* of each area (of a series: of each panel's areas, one panel after the other): class,
                     category, SG_CLASS_ZERO or SG_CLASS_MISSING */
    size_t missing_count;
    size_t zero_count;
};

/* Reads the scheme, passes it through the gate and gives every area its class. Release with
   sg_map_style_release(). */
enum sg_status sg_map_style_init(struct sg_context *context, const struct sg_map *map,
                                 const struct sg_theme *theme, struct sg_map_style *ret_style);
void sg_map_style_release(struct sg_map_style *style);

/* What the kinds of map put in place of classes: like sg_map_style_init(), the scheme being read. */
typedef enum sg_status sg_kind_style_fn(struct sg_context *context, const struct sg_map *map,
                                        const struct sg_theme *theme, const struct sg_scheme *scheme,
                                        struct sg_map_style *style);

/* The fill of an area; false when something lies on it: hatching (no data), stripes, circles, dots. */
bool sg_map_style_fill(const struct sg_map_style *style, const struct sg_theme *theme, int class,
                       struct sg_colour *ret_colour);

/* Black or white, whichever reads better on the colour. */
struct sg_colour sg_text_on(struct sg_colour fill, const struct sg_theme *theme);

#endif
