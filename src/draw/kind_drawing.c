#include "draw/kind_drawing.h"

#include "draw/bivariate.h"
#include "draw/change.h"
#include "draw/dots.h"
#include "draw/multiples.h"
#include "draw/regions_fill.h"
#include "draw/symbols.h"

const struct sg_kind_drawing *sg_kind_drawing(const struct sg_drawing *drawing) {
    static const struct sg_kind_drawing kinds[SG_MAP_KIND_COUNT] = {
        [SG_MAP_CHOROPLETH] = {.has_histogram = true},
        [SG_MAP_BIVARIATE] = {.draw_last = sg_draw_cell_names,
                              .rows = sg_bivariate_rows,
                              .describe = sg_bivariate_describe},
        [SG_MAP_MULTIPLES] = {.describe = sg_multiples_describe},
        [SG_MAP_SYMBOLS] = {.place = sg_place_circles,
                            .draw_over = sg_draw_circles,
                            .rows = sg_circle_rows,
                            .describe = sg_circles_describe},
        [SG_MAP_CHANGE] = {.rows = sg_change_rows, .describe = sg_change_describe, .has_histogram = true},
        [SG_MAP_CLUSTERS] = {0},
        [SG_MAP_DOTS] = {.choose = sg_choose_dot_value,
                         .draw_over = sg_draw_dots,
                         .rows = sg_dot_rows,
                         .describe = sg_dots_describe},
        [SG_MAP_REGIONS] = {.rows = sg_region_rows, .describe = sg_regions_describe},
    };
    return &kinds[drawing->map->kind];
}
