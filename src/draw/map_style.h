/* Which colour each area gets, and what the legend must say of it. */
#ifndef SG_DRAW_MAP_STYLE_H
#define SG_DRAW_MAP_STYLE_H

#include "classify/palette.h"
#include "draw/map.h"
#include "read/theme_reader.h"

/* A value of a text field and its colour. */
struct sg_category {
    char *name; /* cleaned; owned */
    size_t count;
    struct sg_colour colour;
};

struct sg_map_style {
    bool is_categorical;
    bool is_whole;             /* all values are whole numbers */
    bool darkest_is_lowest;    /* the legend's first row is class 0 */
    struct sg_palette palette; /* by class */
    struct sg_category *categories;
    size_t category_count;
    int *classes; /* of each area: class or category, SG_CLASS_ZERO or SG_CLASS_MISSING */
    size_t missing_count;
    size_t zero_count;
};

/* Reads the scheme, passes it through the gate and gives every area its class. Release with
   sg_map_style_release(). */
enum sg_status sg_map_style_init(struct sg_context *context, const struct sg_map *map,
                                 const struct sg_theme *theme, struct sg_map_style *ret_style);
void sg_map_style_release(struct sg_map_style *style);

/* The fill of an area; false when it is hatched (no data). */
bool sg_map_style_fill(const struct sg_map_style *style, const struct sg_theme *theme, int class,
                       struct sg_colour *ret_colour);

/* Black or white, whichever reads better on the colour. */
struct sg_colour sg_text_on(struct sg_colour fill, const struct sg_theme *theme);

#endif
